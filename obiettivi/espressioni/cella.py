# SPDX-License-Identifier: AGPL-3.0-or-later
"""A cell being read: its facts and words, and the draft of its reading with its doubts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from obiettivi.calcolo.letture import Certezza, Lettura, LetturaTarget, Tipo, Verso

from .fatti import Fascia, Fatto, Valore
from .taglio import Voce

F = TypeVar("F", bound=Fatto)

# Tokens that say nothing by themselves: leaving them unread takes nothing away from the reading.
NEUTRI = frozenset(
    (
        *("SEGNO", "COLON", "MINUS", "E", "ETICHETTA", "UGUALE", "TRA", "INCOGNITA"),
        *("A", "DI", "DA", "NEL", "ARTICOLO"),
    )
)
_BORDI = ' ,;:.()[]{}"*/|•-=_'
_GRADI = (Certezza.ALTA, Certezza.MEDIA, Certezza.BASSA)


@dataclass(frozen=True)
class Cella:
    """The printed text, the regular text and what it was cut into."""

    stampato: str
    testo: str
    voci: list[Voce]

    def di(self, classe: type[F]) -> list[tuple[int, F]]:
        """Facts of one class with their place among the voices."""
        return [
            (posto, voce.fatto)
            for posto, voce in enumerate(self.voci)
            if isinstance(voce.fatto, classe)
        ]

    def ha(self, *classi: type[Fatto]) -> bool:
        """Whether any fact of these classes was found."""
        return any(isinstance(voce.fatto, classi) for voce in self.voci)

    def misure(self) -> list[tuple[int, Valore | Fascia]]:
        """The figures, values and ranges, in order, with their place."""
        return [
            (posto, voce.fatto)
            for posto, voce in enumerate(self.voci)
            if isinstance(voce.fatto, Valore | Fascia)
        ]

    def stampa(self, posto: int) -> str:
        """The text of one voice, as printed."""
        return self.testo[self.voci[posto].inizio : self.voci[posto].fine]

    def muta(self, posto: int) -> bool:
        """Whether the voice at ``posto`` says nothing (signs, articles, prepositions)."""
        voce = self.voci[posto]
        return voce.fatto is None and NEUTRI.issuperset(voce.tipi)

    def contigui(self, primo: int, secondo: int) -> bool:
        """Whether only silent words stand between two voices."""
        return all(self.muta(posto) for posto in range(primo + 1, secondo))

    def in_testa(self, posto: int) -> bool:
        """Whether only silent words stand before a voice."""
        return self.contigui(-1, posto)


@dataclass
class Bozza:
    """A reading being made: ``usate`` are the places of the voices it accounts for."""

    tipo: Tipo
    letture: list[Lettura] = field(default_factory=list)
    verso: Verso | None = None
    usate: set[int] = field(default_factory=set)
    lette_fino: dict[int, int] = field(default_factory=dict)
    passi: tuple[str, ...] = ()
    dubbi: list[tuple[Certezza, str]] = field(default_factory=list)

    def dubita(self, grado: Certezza, *frasi: str) -> None:
        """Record what a person should confirm, and how much it weighs."""
        self.dubbi.extend((grado, frase) for frase in frasi if frase)

    def chiudi(self, cella: Cella) -> LetturaTarget:
        """The reading, with what was left unread named among its doubts."""
        avanzi = " … ".join(_avanzi(self, cella))
        if avanzi:
            self.dubita(Certezza.MEDIA, f"non è stato letto «{accorcia(avanzi)}»")
        grado = max((grado for grado, _ in self.dubbi), key=_GRADI.index, default=Certezza.ALTA)
        frasi = dict.fromkeys(frase for _, frase in self.dubbi)
        return LetturaTarget(
            testo=cella.stampato,
            tipo=self.tipo,
            letture=tuple(self.letture),
            verso=self.verso,
            certezza=grado,
            motivo=frase_intera("; ".join(frasi)),
            passi=self.passi,
        )


def frase_intera(testo: str) -> str:
    """Capital letter and full stop; "" stays ""."""
    return f"{testo[0].upper()}{testo[1:]}." if testo else ""


def accorcia(testo: str, massimo: int = 80) -> str:
    """The beginning of a long text, cut at a word."""
    if len(testo) <= massimo:
        return testo
    return testo[:massimo].rsplit(" ", 1)[0] + " …"


def _avanzi(bozza: Bozza, cella: Cella) -> Iterator[str]:
    for posto, voce in enumerate(cella.voci):
        if posto in bozza.usate or cella.muta(posto):
            continue
        inizio = bozza.lette_fino.get(posto, voce.inizio)
        if resto := cella.testo[inizio : voce.fine].strip(_BORDI):
            yield resto
