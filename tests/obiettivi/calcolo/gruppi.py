# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores under a roll-up, in few words."""

from decimal import Decimal

from obiettivi.calcolo.aggregazione import Aggregato, Foglia, Nodo
from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio

D = Decimal
ESATTA = Edizione("esatta", "Esatta", arrotondamento=Arrotondamento(Modo.NESSUNO, 2, ()))
MANCA = NonCalcolabile(Motivo.NESSUN_VALORE)
IGNOTO = NonCalcolabile(Motivo.RIFERIMENTO_SCONOSCIUTO)
FUORI = Escluso("rinviato")
LIVELLI = [Livello.OBIETTIVO, Livello.AREA, Livello.SCHEDA, Livello.PIANO]
GRADI = (
    Fascia(None, D(50), D(0)),
    Fascia(D(50), D(80), D(50)),
    Fascia(D(80), D(100), D(80)),
    Fascia(D(100), None, D(100)),
)


def foglia(
    punteggio: str | Punteggio, peso: str | None = None, nome: str = "i", prerequisito: bool = False
) -> Foglia:
    stato = Calcolato(D(punteggio)) if isinstance(punteggio, str) else punteggio
    peso_vero = None if peso is None else D(peso)
    return Foglia(nome, nome, stato, peso_vero, prerequisito=prerequisito)


def scheda(*figli: Foglia, livello: Livello = Livello.SCHEDA, **altro: object) -> Nodo:
    return Nodo(livello, "s", "Scheda", figli, **altro)


def codici(aggregato: Aggregato) -> list[Codice]:
    return [uno.codice for uno in aggregato.passi]


DUE = (foglia("90", "60", "Tempi"), foglia("70", "40", "Esiti"))  # 0,6 × 90 + 0,4 × 70 = 82
