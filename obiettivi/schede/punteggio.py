# SPDX-License-Identifier: AGPL-3.0-or-later
"""The result of a scheda, for who builds on it."""

from decimal import Decimal

from obiettivi.models import SchedaBudget, ValidazioneScheda


def risultato_finale(scheda: SchedaBudget) -> Decimal | None:
    """The score that the Nucleo validated; None until then."""
    Stato = SchedaBudget.Stato
    if scheda.stato not in (Stato.VALIDATA, Stato.CHIUSA):
        return None
    validate = scheda.validazioni.filter(esito=ValidazioneScheda.Esito.VALIDATA)
    ultima = validate.order_by("-creata_il", "-pk").first()
    return ultima.punteggio if ultima else None
