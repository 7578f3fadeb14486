# SPDX-License-Identifier: AGPL-3.0-or-later
"""The clocks of a sheet, in days of the calendar from the signatures."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from obiettivi.models import RichiestaConciliazione, ValutazioneIndividuale


def richiesta_entro(valutazione: ValutazioneIndividuale) -> date | None:
    """By when the person may ask for a conciliation; None before their signature."""
    return _dopo(valutazione.firmata_valutato_il, valutazione.regole.giorni_richiesta)


def firma_entro(valutazione: ValutazioneIndividuale) -> date | None:
    """By when the person is awaited; after it the sheet may be closed without them."""
    return _dopo(valutazione.firmata_valutatore_il, valutazione.regole.giorni_richiesta)


def conciliazione_di(valutazione: ValutazioneIndividuale) -> RichiestaConciliazione | None:
    return getattr(valutazione, "conciliazione", None)


def perche_aperta(valutazione: ValutazioneIndividuale, oggi: date) -> str:
    """The reason why a sheet cannot be closed yet, as a code; "" if it can.

    ``firma``, ``termine``, ``conciliazione``, ``stato``.
    """
    Stato = ValutazioneIndividuale.Stato
    if valutazione.stato in ValutazioneIndividuale.DA_VALUTARE:
        return "" if valutazione.sotto_il_minimo else "stato"
    if valutazione.stato == Stato.CHIUSA:
        return "stato"
    richiesta = conciliazione_di(valutazione)
    if richiesta is not None:
        return "conciliazione" if richiesta.esito == RichiestaConciliazione.Esito.IN_ATTESA else ""
    if valutazione.stato == Stato.FIRMATA_VALUTATORE:
        scade = firma_entro(valutazione)
        return "firma" if scade is None or oggi <= scade else ""
    scade = richiesta_entro(valutazione)
    return "termine" if scade is None or oggi <= scade else ""


def _dopo(quando: datetime | None, giorni: int) -> date | None:
    return None if quando is None else timezone.localdate(quando) + timedelta(days=giorni)
