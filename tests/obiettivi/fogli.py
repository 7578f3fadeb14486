# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet of cases scored by rules in few words, for the tests of the simulator."""

import pytest

from obiettivi.calcolo.edizione import Edizione, MetodiPredefiniti, Metodo
from obiettivi.simulazione import CasiNonValidi, Simulazione, leggi_casi, simula

PROPORZIONE = Edizione(
    codice="prova",
    nome="Proporzione",
    metodi=MetodiPredefiniti(valore=Metodo.RAPPORTO, riferimento=Metodo.SOGLIA),
)

INTESTAZIONE = "id,gruppo,target,operatore,valore,verso,base,risultato,peso"


def prova(righe: str, edizione: Edizione = PROPORZIONE, anno: int | None = None) -> Simulazione:
    return simula(leggi_casi(f"{INTESTAZIONE}\n{righe}", anno), edizione)


def problemi(testo: str) -> list[str]:
    with pytest.raises(CasiNonValidi) as preso:
        leggi_casi(testo)
    return list(preso.value.problemi)
