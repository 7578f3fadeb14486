# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is missing in a plan of the azioni positive: areas, actions, who answers for them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni_positive.quadro import aree_di
from piani.models import AzionePositiva, Piano, UnitaOrganizzativa
from piani.passaggi import Passo
from piani.verifiche import Mancanza


def del_piano(piano: Piano) -> Iterator[Mancanza]:
    """Nothing for the other plans."""
    if piano.tipo != Piano.Tipo.AZIONI_POSITIVE:
        return
    casa, gruppo = reverse("positive_piano", args=[piano.slug]), _("Aree e azioni")
    in_bozza = piano.stato == Piano.Stato.BOZZA
    aree = aree_di(piano)
    if not aree:
        yield Mancanza(
            _("Il piano non ha ancora aree di intervento."), url=casa,
            rimedio=reverse("positive_area_nuova", args=[piano.slug]) if in_bozza else "",
            gruppo=gruppo, blocca_da=Passo.INVIO,
        )  # fmt: skip
    for area in aree:
        azioni = list(area.azioni.all())
        if not azioni:
            yield Mancanza(
                _("L'area «%(area)s» non ha azioni.") % {"area": area}, url=casa,
                rimedio=reverse("positive_azione_nuova", args=[area.pk]) if in_bozza else "",
                gruppo=gruppo, blocca_da=Passo.INVIO,
            )  # fmt: skip
    if in_bozza:
        yield from _responsabili(piano, [a for area in aree for a in area.azioni.all()], gruppo)


def _responsabili(piano: Piano, azioni: list[AzionePositiva], gruppo: str) -> Iterator[Mancanza]:
    """Actions for which nobody answers, or a unit that the chart has no more."""
    dette = {una.responsabile_id for una in azioni if una.responsabile_id}
    ancora: set[int] = set()
    if dette:
        unita = UnitaOrganizzativa.objects.alla_data(piano.azienda, timezone.localdate())
        ancora = set(unita.values_list("pk", flat=True))
    for una in azioni:
        if una.responsabile_id and una.responsabile_id not in ancora:
            testo = _("«%(azione)s»: l'unità responsabile non è più nell'organigramma.")
        elif not una.chi_risponde:
            testo = _("«%(azione)s»: nessuno ne risponde.")
        else:
            continue
        dove = reverse("positive_azione_modifica", args=[una.pk])
        yield Mancanza(
            testo % {"azione": una}, url=dove, rimedio=dove, gruppo=gruppo,
            avverte_da=Passo.INVIO,
        )  # fmt: skip
