# SPDX-License-Identifier: AGPL-3.0-or-later
"""The organisation chart, drawn from left to right: each level a column, each unit a box.

Nothing is cut: boxes grow with their text, and the picture with the number of units.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.safestring import SafeString

from .grafici import coordinata, figura, rettangolo, testo_svg
from .testi_svg import a_capo
from .tinte import AZZURRO, CARTA, GRIGIO, INCHIOSTRO, PRIMARIO, VELO

LARGA, FRA_COLONNE, FRA_CASELLE = 220, 36, 8
CORPO, RIGA, SOTTO = Decimal("13"), 17, Decimal("11.5")


@dataclass(frozen=True)
class Casella:
    """A unit: its name, a line of detail, those under it; ``piena`` ones stand out."""

    nome: str
    dettaglio: str
    piena: bool = False
    figlie: tuple["Casella", ...] = ()


def organigramma(chiave: str, titolo: str, radici: Sequence[Casella]) -> SafeString:
    """The picture; ids derive from ``chiave``. Its description says who stands under whom."""
    parti: list[str] = []
    y = Decimal(1)
    livelli = 1
    for radice in radici:
        tavola = _Tavola()
        alta = tavola.disponi(radice, 0, y)
        parti += tavola.parti
        livelli = max(livelli, tavola.livelli)
        y += alta + FRA_CASELLE
    frasi = " ".join(frase for radice in radici for frase in _in_parole(radice))
    larga = livelli * LARGA + (livelli - 1) * FRA_COLONNE + 2
    return figura(chiave, titolo, frasi, y, parti, larga=larga)


class _Tavola:
    """The shapes of one tree as they are placed, and how many columns they take.

    A unit stands level with the first of those under it, so that what is on top is read first.
    """

    def __init__(self) -> None:
        self.parti: list[str] = []
        self.livelli = 0

    def disponi(self, casella: Casella, livello: int, alto: Decimal) -> Decimal:
        """Place a box with what is under it from that height down; gives the height taken."""
        self.livelli = max(self.livelli, livello + 1)
        alta = Decimal(_altezza(casella))
        x = Decimal(1 + livello * (LARGA + FRA_COLONNE))
        centro = alto + alta / 2
        figlia_y = alto
        for figlia in casella.figlie:
            mezzo = figlia_y + Decimal(_altezza(figlia)) / 2
            self.parti.append(_raccordo(x + LARGA, centro, x + LARGA + FRA_COLONNE, mezzo))
            figlia_y += self.disponi(figlia, livello + 1, figlia_y) + FRA_CASELLE
        self.parti += _disegna(casella, x, alto, alta)
        return max(alta, figlia_y - FRA_CASELLE - alto)


def _disegna(casella: Casella, x: Decimal, y: Decimal, alta: Decimal) -> list[str]:
    tinta, scritta = (PRIMARIO, CARTA) if casella.piena else (VELO, INCHIOSTRO)
    parti = [rettangolo(x, y, LARGA, alta, tinta, stroke=AZZURRO, rx="4")]
    for posto, riga in enumerate(_righe(casella.nome)):
        parti.append(
            testo_svg(
                x + 10,
                y + 19 + RIGA * posto,
                riga,
                font_size=str(CORPO),
                font_weight="600",
                fill=scritta,
            )
        )
    sotto = y + 17 + RIGA * len(_righe(casella.nome))
    parti.append(testo_svg(x + 10, sotto, casella.dettaglio, font_size=str(SOTTO), fill=scritta))
    return parti


def _raccordo(x1: Decimal, y1: Decimal, x2: Decimal, y2: Decimal) -> str:
    mezzo = coordinata((x1 + x2) / 2)
    d = f"M{coordinata(x1)} {coordinata(y1)}H{mezzo}V{coordinata(y2)}H{coordinata(x2)}"
    return f'<path d="{d}" stroke="{GRIGIO}" stroke-width="1.2" fill="none"/>'


@lru_cache(maxsize=4096)
def _righe(nome: str) -> list[str]:
    return a_capo(nome, CORPO * Decimal("1.03"), LARGA - 20)  # semibold is wider


def _altezza(casella: Casella) -> int:
    return RIGA * len(_righe(casella.nome)) + 27


def _in_parole(casella: Casella) -> Iterator[str]:
    if casella.figlie:
        yield f"{casella.nome}: {'; '.join(figlia.nome for figlia in casella.figlie)}."
    for figlia in casella.figlie:
        yield from _in_parole(figlia)
