# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of a year: which months they cover, what they are called, how parts make a whole.

A part is written as in ``Lettura``: ``T1``-``T4`` quarters, ``S1``-``S2`` half years, ``Q1``-``Q3``
four-month terms, ``M01``-``M12`` months; "" is the whole year.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache


class Aggregazione(StrEnum):
    """How the figures of the parts make the figure of a longer period."""

    __hash__ = str.__hash__

    SOMMA = "somma"
    ULTIMO = "ultimo"
    MEDIA = "media"
    RAPPORTO = "rapporto_delle_somme"


class Cumulo(StrEnum):
    """Whether the figure of a part speaks of that part alone, or of all the year up to its end.

    ``da_inizio_anno``: the readings are cumulative and so are the targets. ``da_scorporare``: the
    readings are cumulative, the targets speak of the part alone, so that the reading before is
    taken away.
    """

    NESSUNO = ""
    DA_INIZIO_ANNO = "da_inizio_anno"
    DA_SCORPORARE = "da_scorporare"


_DURATE = {"S": 6, "Q": 4, "T": 3, "M": 1}
_PLURALI = {12: "anni", 6: "semestri", 4: "quadrimestri", 3: "trimestri", 1: "mesi"}
_NOMI = {"S": "semestre", "Q": "quadrimestre", "T": "trimestre"}
_MESI = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip


@lru_cache(maxsize=256)
def mesi(frazione: str) -> range:
    """The months of a part, ``T2`` → 4, 5, 6; empty for a text that is no part of the year."""
    if not frazione:
        return range(1, 13)
    durata, posto = _DURATE.get(frazione[0], 0), frazione[1:]
    if not durata or not (posto.isascii() and posto.isdigit()):
        return range(0)
    inizio = (int(posto) - 1) * durata + 1
    return range(inizio, inizio + durata) if 1 <= inizio <= 12 else range(0)


@lru_cache(maxsize=1024)
def contiene(intero: str, parte: str) -> bool:
    """Whether a period holds another, shorter one: ``S1`` holds ``T2``, nothing holds itself."""
    fuori, dentro = mesi(intero), mesi(parte)
    return bool(dentro) and len(dentro) < len(fuori) and dentro[0] in fuori and dentro[-1] in fuori


@lru_cache(maxsize=256)
def parti_di(frazione: str, durata: int) -> tuple[str, ...]:
    """The parts of so many months inside a period: (``S2``, 3) → ``T3``, ``T4``."""
    lettera = next((lettera for lettera, quanti in _DURATE.items() if quanti == durata), "")
    if not lettera:
        return ()
    cifre = 2 if durata == 1 else 1
    tutte = (f"{lettera}{posto:0{cifre}}" for posto in range(1, 12 // durata + 1))
    return tuple(parte for parte in tutte if contiene(frazione, parte))


@lru_cache(maxsize=256)
def genitori(frazione: str) -> tuple[str, ...]:
    """The periods that hold a part, the shortest first: ``T2`` → ``S1``, the year."""
    lunghe = [parte for durata in (3, 4, 6) for parte in parti_di("", durata)]
    return tuple(parte for parte in (*lunghe, "") if contiene(parte, frazione))


def nome(frazione: str) -> str:
    """``T1`` → ``1° trimestre``, ``M01`` → ``gennaio``, "" → ``anno``; other texts as they are."""
    if not frazione:
        return "anno"
    if not mesi(frazione):
        return frazione
    if frazione[0] == "M":
        return _MESI[int(frazione[1:]) - 1]
    return f"{int(frazione[1:])}° {_NOMI[frazione[0]]}"


def con_articolo(frazione: str) -> str:
    """``il 4° trimestre``, ``l’anno``, ``il mese di gennaio``."""
    if not frazione:
        return "l’anno"
    mese = frazione[0] == "M" and bool(mesi(frazione))
    return f"il mese di {nome(frazione)}" if mese else f"il {nome(frazione)}"


def di(frazione: str) -> str:
    """``del 4° trimestre``, ``dell’anno``."""
    detto = con_articolo(frazione)
    return f"del {detto.removeprefix('il ')}" if frazione else f"del{detto}"


def plurale(frazioni: Iterable[str]) -> str:
    """What some parts are together: ``trimestri``; ``periodi`` when they are of several kinds."""
    durate = {len(mesi(una)) for una in frazioni}
    return _PLURALI.get(durate.pop(), "periodi") if len(durate) == 1 else "periodi"


def mancano(frazioni: Sequence[str]) -> str:
    """``manca il 4° trimestre``, ``mancano il 3° trimestre e il 4° trimestre``; "" for none."""
    if not frazioni:
        return ""
    detti = [con_articolo(una) for una in frazioni]
    if len(detti) == 1:
        return f"manca {detti[0]}"
    return f"mancano {', '.join(detti[:-1])} e {detti[-1]}"


def copertura_di(frazioni: Iterable[str]) -> frozenset[int]:
    """The months that some parts cover together."""
    return frozenset(mese for una in frazioni for mese in mesi(una))


def scoperte(frazione: str, coperti: frozenset[int], durata: int) -> tuple[str, ...]:
    """The parts of a period that are not covered: of ``durata`` months, single months otherwise."""
    parti = [una for una in parti_di(frazione, durata) if not copertura_di([una]) <= coperti]
    detti = coperti | copertura_di(parti)
    soli = [una for una in parti_di(frazione, 1) if not copertura_di([una]) <= detti]
    return tuple(sorted((*parti, *soli), key=lambda una: mesi(una)[0]))
