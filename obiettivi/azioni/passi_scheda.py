# SPDX-License-Identifier: AGPL-3.0-or-later
"""A step of the evaluation of a scheda: its row locked, its state compared and set, recorded."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import SchedaBudget
from piani.azioni import registra
from piani.models import Evento, Utente

Stato = SchedaBudget.Stato
PASSI = {
    Stato.IN_VALUTAZIONE: "scheda.in_valutazione",
    Stato.CONTRODEDOTTA: "scheda.controdedotta",
    Stato.VALIDATA: "scheda.validata",
    Stato.CHIUSA: "scheda.chiusa",
}


def blocca(scheda: SchedaBudget) -> SchedaBudget:
    """The scheda as it is now, locked until the end of the transaction."""
    return SchedaBudget.objects.select_for_update(no_key=True).get(pk=scheda.pk)


def passa(
    scheda: SchedaBudget,
    da_stati: Sequence[str],
    a: SchedaBudget.Stato,
    *,
    da: Utente | None,
    descrizione: str,
    dati: dict[str, Any] | None = None,
    evento: str = "",
) -> None:
    """Set the next state, by compare-and-set, and record it."""
    ancora = SchedaBudget.objects.filter(pk=scheda.pk, stato__in=da_stati)
    if not ancora.update(stato=a):
        raise ValidationError(perche_no(scheda, da_stati))
    scheda.stato = a
    registra(
        evento or PASSI[a],
        scheda,
        azienda=scheda.azienda,
        da=da,
        descrizione=descrizione % {"scheda": scheda},
        dati=dati,
    )


def esigi_stato(scheda: SchedaBudget, stati: Sequence[str]) -> None:
    """Stop unless the scheda is in one of those states now."""
    if not SchedaBudget.objects.filter(pk=scheda.pk, stato__in=stati).exists():
        raise ValidationError(perche_no(scheda, stati))


def perche_no(scheda: SchedaBudget, stati: Sequence[str]) -> str:
    """Who took the step already, or which comes first."""
    scheda.refresh_from_db(fields=["stato"])
    ordine = [stato.value for stato in Stato]
    if ordine.index(scheda.stato) < min(ordine.index(stato) for stato in stati):
        return _("La scheda è «%(stato)s»: prima deve essere «%(prima)s».") % {
            "stato": scheda.get_stato_display(),
            "prima": Stato(stati[0]).label,
        }
    passi = (*PASSI.values(), "scheda.rinviata")
    ultimo = Evento.objects.che_riguardano(scheda).filter(tipo__in=passi).first()
    if ultimo is None:
        return _("La scheda è già «%(stato)s».") % {"stato": scheda.get_stato_display()}
    return _("La scheda è già «%(stato)s»: lo ha fatto %(chi)s il %(quando)s.") % {
        "stato": scheda.get_stato_display(),
        "chi": ultimo.da or _("il sistema"),
        "quando": timezone.localtime(ultimo.quando).strftime("%d/%m/%Y alle %H:%M"),
    }
