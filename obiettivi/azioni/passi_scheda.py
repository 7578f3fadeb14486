# SPDX-License-Identifier: AGPL-3.0-or-later
"""The states of a scheda: locked while something is decided of it, changed by compare-and-set."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import SchedaBudget
from piani.azioni import registra
from piani.models import Evento, Utente

Stato = SchedaBudget.Stato
ORDINE = tuple(Stato.values)
PASSI = (
    "inviata", "sottoscritta", "divulgata", "in_revisione", "revisione_abbandonata",
    "in_valutazione", "controdedotta", "validata", "rinviata", "chiusa",
)  # fmt: skip
"""What brings a scheda to another state; the other events are said of it where it stays."""


def con_scheda_bloccata(scheda: SchedaBudget) -> SchedaBudget:
    """The scheda, or the template, as it is now; who else would write of it waits.

    :raises ValidationError: it was removed.
    """
    adesso = (
        SchedaBudget.objects.select_for_update(of=("self",))
        .select_related("azienda", "unita__organigramma", "piano")
        .filter(pk=scheda.pk)
        .first()
    )
    if adesso is None:
        raise ValidationError(_("Nel frattempo la scheda è stata tolta."))
    return adesso


def bloccata(scheda: SchedaBudget) -> SchedaBudget:
    """The same, of a CdR's scheda.

    :raises ValidationError: it was removed, or it is a template.
    """
    adesso = con_scheda_bloccata(scheda)
    if adesso.modello:
        raise ValidationError(_("È un modello: si negoziano le schede dei CdR."))
    return adesso


def passa(scheda: SchedaBudget, da_stati: str | Sequence[str], a_stato: str, **campi: Any) -> None:
    """Change the state of a scheda, if it still is one of those expected.

    :raises ValidationError: somebody took this step already, or it comes later.
    """
    attesi = [da_stati] if isinstance(da_stati, str) else list(da_stati)
    mia = SchedaBudget.objects.filter(pk=scheda.pk, stato__in=attesi)
    if not mia.update(stato=a_stato, **campi):
        raise ValidationError(perche_no(scheda, attesi))
    for campo, valore in {"stato": a_stato, **campi}.items():
        setattr(scheda, campo, valore)


def esigi_stato(scheda: SchedaBudget, stati: str | Sequence[str]) -> None:
    """Stop unless the scheda is in one of those states now."""
    attesi = [stati] if isinstance(stati, str) else list(stati)
    if not SchedaBudget.objects.filter(pk=scheda.pk, stato__in=attesi).exists():
        raise ValidationError(perche_no(scheda, attesi))


def perche_no(scheda: SchedaBudget, attesi: Sequence[str]) -> str:
    """Which state comes first; or, beyond it, who took the last step and when."""
    scheda.refresh_from_db(fields=["stato"])
    if ORDINE.index(scheda.stato) < min(map(ORDINE.index, attesi)):
        return _("La scheda è «%(stato)s»: prima deve essere «%(prima)s».") % {
            "stato": scheda.get_stato_display(),
            "prima": Stato(attesi[0]).label,
        }
    passi = [f"scheda.{passo}" for passo in PASSI]
    ultimo = Evento.objects.che_riguardano(scheda).filter(tipo__in=passi).first()
    if ultimo is None:
        return _("La scheda è già «%(stato)s».") % {"stato": scheda.get_stato_display()}
    return _("La scheda è già «%(stato)s»: lo ha fatto %(chi)s il %(quando)s.") % {
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
