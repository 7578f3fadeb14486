# SPDX-License-Identifier: AGPL-3.0-or-later
"""The states of a scheda: locked while something is decided of it, changed by compare-and-set."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import SchedaBudget
from piani.azioni import registra
from piani.models import Evento, Utente


def bloccata(scheda: SchedaBudget) -> SchedaBudget:
    """The scheda as it is now; who else writes of it waits for this transaction.

    :raises ValidationError: it was removed meanwhile, or it is a template.
    """
    adesso = (
        SchedaBudget.objects.select_for_update(of=("self",))
        .select_related("azienda", "unita__organigramma", "piano")
        .filter(pk=scheda.pk)
        .first()
    )
    if adesso is None:
        raise ValidationError(_("Nel frattempo la scheda è stata tolta."))
    if adesso.modello:
        raise ValidationError(_("È un modello: si negoziano le schede dei CdR."))
    return adesso


def passa(scheda: SchedaBudget, da_stato: str, a_stato: str, **campi: Any) -> None:
    """Change the state of a scheda, if it still is the one expected.

    :raises ValidationError: somebody took this step already, or another.
    """
    mia = SchedaBudget.objects.filter(pk=scheda.pk, stato=da_stato)
    if not mia.update(stato=a_stato, **campi):
        raise ValidationError(e_gia(scheda))
    for campo, valore in {"stato": a_stato, **campi}.items():
        setattr(scheda, campo, valore)


def e_gia(scheda: SchedaBudget) -> str:
    """«La scheda ora è …», with who brought it there and when."""
    scheda.refresh_from_db(fields=["stato"])
    ultimo = Evento.objects.che_riguardano(scheda).filter(tipo__startswith="scheda.").first()
    if ultimo is None:
        return _("La scheda ora è «%(stato)s».") % {"stato": scheda.get_stato_display()}
    return _("La scheda ora è «%(stato)s»: l'ultimo passo è di %(chi)s, il %(quando)s.") % {
        "stato": scheda.get_stato_display(),
        "chi": ultimo.da or _("il sistema"),
        "quando": timezone.localtime(ultimo.quando).strftime("%d/%m/%Y alle %H:%M"),
    }


def annota_scheda(
    verbo: str,
    scheda: SchedaBudget,
    detto: str,
    *,
    da: Utente | None,
    dati: dict[str, Any] | None = None,
) -> None:
    """Record what happened to a scheda: ``scheda.inviata``."""
    registra(
        f"scheda.{verbo}",
        scheda,
        azienda=scheda.azienda,
        da=da,
        descrizione=f"{scheda}: {detto}",
        dati=dati,
    )
