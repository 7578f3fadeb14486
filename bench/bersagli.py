# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kinds of target of the invented region, and how often each comes.

Numbers are whole ten-thousandths: the last digit that a result may have.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from obiettivi.espressioni import leggi
from obiettivi.models import Indicatore, Target

UNO = 10_000
"""One, in ten-thousandths."""
PERIODI = ("T1", "T2", "T3", "T4")
SEDI = ("Ospedale Nord", "Ospedale Sud")

Formula = Indicatore.Formula
Verso = Indicatore.Verso


@dataclass(frozen=True)
class Bersaglio:
    """A target as printed, and the number that the results fall around."""

    testo: str
    mira: int = 0


@dataclass(frozen=True)
class Genere:
    """A kind of indicator with its targets; ``quanti`` of it in a deck (``mazzo``)."""

    nome: str
    quanti: int
    stampa: Callable[[Random], Bersaglio]
    unita: str = "%"
    verso: str = Verso.CRESCENTE
    formula: str = Formula.DIRETTO
    base: bool = False
    sedi: tuple[str, ...] = ("",)


def italiano(numero: int, migliaia: str = ".") -> str:
    """``12050000`` ten-thousandths as people print it: ``1.205``."""
    intero, resto = divmod(numero, UNO)
    decimali = f",{resto:04}".rstrip("0") if resto else ""
    return f"{intero:,}".replace(",", migliaia) + decimali


def _passi(caso: Random, primo: int, ultimo: int, passo: int = UNO) -> int:
    """A number of the scale from first to last; all three in ten-thousandths."""
    return primo + passo * caso.randrange((ultimo - primo) // passo + 1)


def _una(*frasi: str, primo: int, ultimo: int, passo: float = 1) -> Callable[[Random], Bersaglio]:
    """One of the sentences, with a number of the scale in its place."""

    def stampa(caso: Random) -> Bersaglio:
        mira = _passi(caso, primo * UNO, ultimo * UNO, round(passo * UNO))
        return Bersaglio(caso.choice(frasi).format(italiano(mira)), mira)

    return stampa


def _fisse(*frasi: str, mira: int = 0) -> Callable[[Random], Bersaglio]:
    return lambda caso: Bersaglio(caso.choice(frasi), mira * UNO)


def _quota(caso: Random) -> Bersaglio:
    giorni = italiano(_passi(caso, 5 * UNO, 60 * UNO, 5 * UNO))
    quota = _passi(caso, 80 * UNO, 98 * UNO, 2 * UNO)
    frase = caso.choice(("≤ {} gg. da calendario nel {}% dei casi", "entro {} gg nel {}% dei casi"))
    return Bersaglio(frase.format(giorni, italiano(quota)), quota)


def _intervallo(caso: Random) -> Bersaglio:
    minimo = _passi(caso, 10 * UNO, 40 * UNO, UNO // 2)
    massimo = minimo + caso.choice((2, 5, 12)) * UNO
    frase = caso.choice(("tra {} e {}", "{} - {}"))
    return Bersaglio(frase.format(italiano(minimo), italiano(massimo)), massimo)


def _per_periodo(caso: Random) -> Bersaglio:
    """Growing through the year; now and then a quarter is missing, or the year has two halves."""
    segno = caso.choice(("", "", "≥ "))
    primo, passo = caso.randrange(40, 81, 5), caso.choice((2, 5))
    trimestri = [f"{n}° trim: {segno}{primo + passo * (n - 1)}%" for n in (1, 2, 3, 4)]
    dadi = caso.random()
    if dadi < 0.1:
        return Bersaglio(f"1° semestre: {primo}% 2° semestre: {primo + 15}%", primo * UNO)
    if dadi < 0.3:
        del trimestri[caso.randrange(4)]
    return Bersaglio(" ".join(trimestri), (primo + passo) * UNO)


def _tendenza(caso: Random) -> Bersaglio:
    quanto = italiano(_passi(caso, UNO, 10 * UNO, UNO // 2))
    frasi = ("Riduzione", "Incremento", "Mantenimento", "Incremento del {}%", "Riduzione del {}%")
    return Bersaglio(caso.choice(frasi).format(quanto), _passi(caso, 20 * UNO, 90 * UNO, UNO // 2))


def _per_sede(caso: Random) -> Bersaglio:
    mire = [_passi(caso, 50 * UNO, 95 * UNO, 5 * UNO) for _ in SEDI]
    voci = [f"{sede}: ≥ {italiano(mira)}%" for sede, mira in zip(SEDI, mire, strict=True)]
    return Bersaglio(" ".join(voci), mire[0])


_ALMENO = _una("≥ {}%", "almeno {}%", "> {}%", primo=50, ultimo=100, passo=0.5)
_AL_MASSIMO = _una("≤ {}%", "< {}%", "non superiore al {}%", primo=1, ultimo=40, passo=0.5)
_TRAGUARDI = ("Avvio", "Consolidamento", "Attuazione e reporting sui risultati", "Messa a regime")
_SENZA_SENSO = ("???", "15/20/25", "x / y / z")
CALA = Verso.DECRESCENTE

GENERI = (
    Genere("soglia crescente, valore", 30, _ALMENO),
    Genere("soglia crescente, rapporto", 38, _ALMENO, formula=Formula.RAPPORTO),
    Genere("soglia 100%", 4, _fisse("100%", mira=100), formula=Formula.RAPPORTO),
    Genere("soglia decrescente, valore", 10, _AL_MASSIMO, verso=CALA),
    Genere("soglia decrescente, rapporto", 16, _AL_MASSIMO, verso=CALA, formula=Formula.RAPPORTO),
    Genere("ore", 6, _una("entro {} ore", primo=4, ultimo=96), "ore", CALA),
    Genere("giorni", 8, _una("≤ {} gg", primo=1, ultimo=60, passo=0.5), "gg", CALA),
    Genere("degenza media", 4, _una("≤ {}", primo=2, ultimo=12, passo=0.1), "", CALA,
           Formula.RAPPORTO),
    Genere("spesa", 9, _una("≤ € {}", "€ {}", primo=250_000, ultimo=24_000_000, passo=250_000),
           "€", CALA),
    Genere("quante", 8, _una("≥ {}", "almeno {}", primo=1, ultimo=100), "n"),
    Genere("numero solo", 7, _una("{}%", primo=60, ultimo=99, passo=0.5)),
    Genere("quota di casi", 14, _quota, formula=Formula.RAPPORTO),
    Genere("intervallo", 7, _intervallo, "n", ""),
    Genere("per periodo", 14, _per_periodo, formula=Formula.RAPPORTO),
    Genere("riferimento", 4, _fisse("Benchmark regionale", "≥ media regionale", mira=80)),
    Genere("riferimento che cala", 3, _fisse("≤ media regionale", mira=15), verso=CALA),
    Genere("tendenza", 7, _tendenza, base=True),
    Genere("traguardo", 5, _fisse(*_TRAGUARDI), formula=Formula.AVANZAMENTO),
    Genere("sì o no", 2, _fisse("Sì", "SI/NO"), "", formula=Formula.SI_NO),
    Genere("per sede", 1, _per_sede, sedi=SEDI),
    Genere("data", 1, _fisse("entro il 30/06", "entro il 31/12"), "", "", Formula.DATA),
    Genere("da definire", 1, _fisse("Da definire secondo indicazioni Regionali")),
    Genere("non disponibile", 1, _fisse("N.D.")),
    Genere("non interpretabile", 1, _fisse(*_SENZA_SENSO)),
)  # fmt: skip


def mazzo(caso: Random) -> list[Genere]:
    """A shuffled deck with every kind in it: dealing it out keeps the shares, in any order."""
    carte = [genere for genere in GENERI for _ in range(genere.quanti)]
    caso.shuffle(carte)
    return carte


@cache
def lettura(testo: str) -> str:
    """What the reader makes of a printed text, as the table keeps it."""
    campo = Target._meta.get_field("lettura")
    return json.dumps(leggi(testo).come_dati(), cls=campo.encoder)
