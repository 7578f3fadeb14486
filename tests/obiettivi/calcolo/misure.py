# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures, targets and results in few words, for the tests of a single score."""

from decimal import Decimal
from typing import Any

from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Misura, Periodo, Risultato
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.predefinite import ASST_CREMONA
from obiettivi.calcolo.valori import Mancante, Numero, Punteggio

D = Decimal
GE, GT, LE, LT, EQ = (
    Comparatore.MAGGIORE_UGUALE,
    Comparatore.MAGGIORE,
    Comparatore.MINORE_UGUALE,
    Comparatore.MINORE,
    Comparatore.UGUALE,
)

CRESCENTE, DECRESCENTE, MANTENIMENTO = Verso
ANNO = Periodo(2022)


def lettura(
    comparatore: Comparatore | None, valore: str, unita: str = "%", **altro: Any
) -> Lettura:
    return Lettura(comparatore, D(valore), unita=unita, **altro)


def target(tipo: Tipo, *letture: Lettura, testo: str = "x", verso: Verso | None = None,
           **altro: Any) -> LetturaTarget:  # fmt: skip
    return LetturaTarget(testo, tipo, letture, verso, **altro)


def soglia(comparatore: Comparatore, valore: str, unita: str = "%") -> LetturaTarget:
    return target(Tipo.SOGLIA, lettura(comparatore, valore, unita))


def tendenza(verso: Verso | None) -> LetturaTarget:
    return target(Tipo.TENDENZA, verso=verso)


def numero(valore: str, **altro: Any) -> Risultato:
    return Risultato(ANNO, valore=Numero(D(valore)), **altro)


def rapporto(sopra: str, sotto: str, **altro: Any) -> Risultato:
    return Risultato(ANNO, numeratore=D(sopra), denominatore=D(sotto), **altro)


def misura(mira: LetturaTarget | None, *risultati: Risultato, **altro: Any) -> Misura:
    altro = {"unita": "%", "verso": CRESCENTE} | altro
    return Misura("X-01", "Indicatore", mira, risultati, **altro)


def voto(caso: Misura, edizione: Edizione = ASST_CREMONA, periodo: Periodo = ANNO) -> Punteggio:
    return giudica(caso, edizione, periodo).punteggio


def codici(giudizio: Giudizio) -> list[Codice]:
    return [uno.codice for uno in giudizio.passi]


TRIMESTRI = target(
    Tipo.PER_PERIODO,
    *(lettura(EQ, valore, periodo=f"T{n}") for n, valore in enumerate(("80", "85", "85", "90"), 1)),
    verso=CRESCENTE,
)


def trimestre(n: int, valore: str | None, **altro: Any) -> Risultato:
    dato = Mancante() if valore is None else Numero(D(valore))
    return Risultato(Periodo(2022, f"T{n}"), valore=dato, **altro)
