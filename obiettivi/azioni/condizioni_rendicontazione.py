# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a report can be written, sent, opened again: the states, the window, the closed periods."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.periodo import cominciato
from obiettivi.models import (
    AreaScheda,
    Finestra,
    PeriodoChiuso,
    Rendicontazione,
    RigaScheda,
    SchedaBudget,
)
from obiettivi.schede.ciclo import TRIMESTRI
from obiettivi.schede.finestre import esigi_aperta


@contextmanager
def in_monitoraggio(scheda: SchedaBudget) -> Iterator[None]:
    """A transaction with the scheda locked, as long as it is being monitored.

    :raises ValidationError: it is not.
    """
    with transaction.atomic():
        stato = (
            SchedaBudget.objects.select_for_update()
            .filter(pk=scheda.pk)
            .order_by("pk")  # the usual order joins the unit, that a template lacks
            .values_list("stato", flat=True)
            .first()
        )
        if stato != SchedaBudget.Stato.IN_MONITORAGGIO:
            raise ValidationError(
                _("La scheda non è in monitoraggio: si rendiconta dopo che è stata divulgata e "
                  "finché non comincia la valutazione.")
            )  # fmt: skip
        yield


def controlla_riga(riga: RigaScheda, frazione: str) -> None:
    """:raises ValidationError: the CdR does not report this row, or not yet this quarter."""
    if frazione not in TRIMESTRI:
        raise ValidationError({"frazione": _("Si rendiconta per trimestre.")})
    if riga.aziendale:
        raise ValidationError(
            _("Per questa riga vale il risultato dell'azienda: il CdR non la rendiconta.")
        )
    if riga.area.tipo == AreaScheda.Tipo.ADEMPIMENTI:
        raise ValidationError(_("Gli adempimenti istituzionali si valutano alla fine dell'anno."))
    if not cominciato(riga.area.scheda.anno, frazione, timezone.localdate()):
        raise ValidationError({"frazione": _("Questo trimestre non è ancora cominciato.")})


def controlla_bozza(questa: Rendicontazione) -> None:
    """:raises ValidationError: it was sent."""
    if questa.trasmessa:
        raise ValidationError(
            _("Questa rendicontazione è già stata trasmessa: per correggerla va riaperta.")
        )


def esigi_finestra(questa: Rendicontazione) -> None:
    """:raises ValidationError: today is out of the window that the CdR has, or it has none."""
    scheda = questa.riga.area.scheda
    esigi_aperta(
        scheda.azienda,
        scheda.anno,
        Finestra.Tipo.RENDICONTAZIONE,
        questa.frazione,
        unita=scheda.unita,
        obbligatoria=True,
    )


def esigi_non_chiuso(questa: Rendicontazione) -> None:
    """Also the reports without a figure stop at a closed period.

    :raises ValidationError: the quarter, or a period that holds it, takes no more results.
    """
    scheda = questa.riga.area.scheda
    chiusi = PeriodoChiuso.objects.filter(azienda=scheda.azienda_id)
    chiuso = chiusi.che_comprendono(scheda.anno, questa.frazione).first()
    if chiuso is not None:
        raise ValidationError(
            _("Il periodo è chiuso ai nuovi risultati: %(periodo)s.")
            % {"periodo": str(chiuso).lower()}
        )


def controlla_percentuale(validato: Decimal) -> None:
    """From 0 to 100, with two decimals: what is stored is what was written.

    :raises ValidationError: in ``validato``.
    """
    try:
        Rendicontazione._meta.get_field("validato").clean(validato, None)
    except ValidationError as errore:
        raise ValidationError({"validato": errore.messages}) from errore


def controlla_completa(questa: Rendicontazione) -> None:
    """:raises ValidationError: by field, what a report says before it is sent."""
    mancano = {}
    if not questa.azioni.strip():
        mancano["azioni"] = _("Scrivi che cosa è stato fatto nel trimestre.")
    if questa.raggiungibile is None:
        mancano["raggiungibile"] = _("Di' se l'obiettivo è raggiungibile al 31/12.")
    elif not questa.raggiungibile and not questa.motivo.strip():
        mancano["motivo"] = _("Scrivi perché l'obiettivo non è raggiungibile.")
    if questa.dichiarato is None:
        mancano["dichiarato"] = _("Scrivi la percentuale raggiunta, da 0 a 100.")
    if mancano:
        raise ValidationError(mancano)
