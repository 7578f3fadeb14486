# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition from the text of its JSON file, with sentences for all that is wrong with it."""

import json
from decimal import Decimal
from typing import Any

from obiettivi.calcolo.edizione import Edizione, EdizioneNonValida
from obiettivi.calcolo.edizione_dati import da_dati


class EdizioneIlleggibile(ValueError):
    """A file that is no edition; ``problemi`` holds all the Italian sentences."""

    def __init__(self, problemi: tuple[str, ...]) -> None:
        self.problemi = problemi
        super().__init__("\n".join(problemi))


def edizione_da_json(testo: str) -> Edizione:
    """The checked edition; numbers keep all their digits. Raises ``EdizioneIlleggibile``."""
    try:
        dati = json.loads(testo, parse_float=Decimal, parse_constant=_rifiuta)
    except json.JSONDecodeError as errore:
        raise EdizioneIlleggibile(
            (f"Il file dell'edizione non è JSON (riga {errore.lineno}, colonna {errore.colno}).",)
        ) from errore
    except (ValueError, RecursionError) as errore:
        raise EdizioneIlleggibile((f"Il file dell'edizione non si legge: {errore}.",)) from errore
    try:
        return da_dati(dati)
    except EdizioneNonValida as errore:
        raise EdizioneIlleggibile(errore.problemi) from errore


def _rifiuta(costante: str) -> Any:
    raise ValueError(f"{costante} non è un numero")
