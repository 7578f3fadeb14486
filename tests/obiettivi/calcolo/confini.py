# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules that show every digit, for the tests of the boundaries."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.giudizio import giudica
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo
from obiettivi.calcolo.misura import Misura, Periodo, Risultato
from obiettivi.calcolo.valori import Mancante, Numero, Punteggio

D = Decimal
ANNO = Periodo(2022)
GE, GT, LE, LT, EQ = (
    Comparatore.MAGGIORE_UGUALE,
    Comparatore.MAGGIORE,
    Comparatore.MINORE_UGUALE,
    Comparatore.MINORE,
    Comparatore.UGUALE,
)

BANDE = (
    Fascia(None, D(50), D(0)),
    Fascia(D(50), D(80), D(50)),
    Fascia(D(80), D(100), D(80)),
    Fascia(D(100), None, D(100)),
)

ESATTA = Edizione(
    "esatta",
    "Esatta",
    fasce=BANDE,
    pavimento=D(-1000),
    tetto=D(1000),
    tolleranza_intervallo=D(10),
    tolleranza_uguaglianza=D(10),
    arrotondamento=Arrotondamento(Modo.META_SU, 4, (Livello.INDICATORE,)),
)

NORMALE = replace(ESATTA, pavimento=D(0), tetto=D(100))


def misura(target: LetturaTarget, risultato: str | Risultato | None, **altro: Any) -> Misura:
    if not isinstance(risultato, Risultato):
        valore = Mancante() if risultato is None else Numero(D(risultato))
        risultato = Risultato(ANNO, valore=valore)
    return Misura("X", "X", target, (risultato,), **{"unita": "%"} | altro)


def soglia(comparatore: Comparatore, valore: str, **altro: Any) -> LetturaTarget:
    lettura = Lettura(comparatore, D(valore), unita="%", **altro)
    return LetturaTarget("x", Tipo.SOGLIA, (lettura,))


def voto(caso: Misura, edizione: Edizione = ESATTA) -> Punteggio:
    return giudica(caso, edizione, ANNO).punteggio
