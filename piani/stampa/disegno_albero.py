# SPDX-License-Identifier: AGPL-3.0-or-later
"""The albero della performance on a spread: mission and areas on the left page, objectives on the
right one, each beside its area.

The two pictures have the same height and the lines between them meet at the fold. A plan larger
than a spread takes as many as it needs. Nothing is cut: boxes grow with their text, an area with
more objectives than a page holds goes on as "(segue)".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.utils.safestring import SafeString

from .grafici import coordinata, figura, rettangolo, testo_svg
from .testi_svg import a_capo
from .tinte import AZZURRO, CARTA, GRIGIO, INCHIOSTRO, PRIMARIO, VELO

LARGO, ALTO = 720, 938
"""A portrait page from its outer margin to the fold, and the height of its text."""
GOLA = 68
"""The inner margin, which only the lines between the two pages cross."""
TESTA = 22
MISSIONE_W = 190
AREA_X = 236
AREA_W = LARGO - GOLA - AREA_X
FOGLIA_X, FOGLIA_W = GOLA, LARGO - GOLA - 1
SPINA = 34
CODICE_W, CONTO_W = 56, 50
CORPO, RIGA, ARIA = Decimal("11.2"), 14, 5
FRA_FOGLIE, FRA_RAMI = 4, 10
INDICATORI = ("indicatore", "indicatori")
LARGHE, AMPIE = 9, 44
"""How far apart leaves and branches may be moved to fill the page."""


@dataclass(frozen=True)
class Foglia:
    """An objective: its code, its name, how many indicators measure it."""

    codice: str
    nome: str
    indicatori: int = 0

    @cached_property
    def righe(self) -> list[str]:
        return a_capo(self.nome, CORPO, FOGLIA_W - CODICE_W - CONTO_W)

    @cached_property
    def alta(self) -> int:
        return RIGA * len(self.righe) + 2 * ARIA


@dataclass(frozen=True)
class Ramo:
    """An area with its objectives; ``segue`` marks the continuation of a cut area."""

    codice: str
    nome: str
    foglie: tuple[Foglia, ...]
    segue: bool = False

    @property
    def titolo(self) -> str:
        return f"{self.nome} (segue)" if self.segue else self.nome

    @cached_property
    def righe(self) -> list[str]:
        return a_capo(self.titolo, Decimal("13.4"), AREA_W - 36)  # semibold is wider

    @property
    def conto(self) -> str:
        indicatori = sum(foglia.indicatori for foglia in self.foglie)
        obiettivi = _quanti(len(self.foglie), "obiettivo", "obiettivi")
        return f"{obiettivi}, {_quanti(indicatori, *INDICATORI)}" if indicatori else obiettivi

    @property
    def riquadro(self) -> int:
        return 17 * len(self.righe) + 38

    def alta(self, fra: Decimal | int = FRA_FOGLIE) -> Decimal:
        foglie = sum(foglia.alta for foglia in self.foglie) + fra * max(len(self.foglie) - 1, 0)
        return Decimal(max(foglie, self.riquadro))


@dataclass(frozen=True)
class Posto:
    """A branch where it stands: its top, its height, the middle of it and of its leaves."""

    ramo: Ramo
    alto: Decimal
    alta: Decimal
    fra: Decimal

    @property
    def centro(self) -> Decimal:
        return self.alto + self.alta / 2

    def foglie(self) -> Iterator[tuple[Foglia, Decimal]]:
        """Each leaf with its top; together they are in the middle of the branch."""
        sole = sum(foglia.alta for foglia in self.ramo.foglie)
        y = self.alto + (self.alta - sole - self.fra * max(len(self.ramo.foglie) - 1, 0)) / 2
        for foglia in self.ramo.foglie:
            yield foglia, y
            y += foglia.alta + self.fra


def albero(chiave: str, missione: str, rami: Sequence[Ramo]) -> list[tuple[SafeString, SafeString]]:
    """The spreads of the tree, left and right page of each; ids derive from ``chiave``."""
    aperture = _aperture(rami)
    fatte = []
    for numero, gruppo in enumerate(aperture, start=1):
        quale = f", apertura {numero} di {len(aperture)}" if len(aperture) > 1 else ""
        posti = _disposti(gruppo)
        fatte.append(
            (
                _sinistra(f"{chiave}-{numero}-s", missione, posti, quale),
                _destra(f"{chiave}-{numero}-d", posti, quale),
            )
        )
    return fatte


def _disposti(rami: Sequence[Ramo]) -> list[Posto]:
    """The branches of a spread from top to bottom, apart enough to fill it but not to scatter."""
    spazi = sum(max(len(ramo.foglie) - 1, 0) for ramo in rami)
    libero = ALTO - TESTA - _ingombro(rami)
    fra = Decimal(FRA_FOGLIE) + min(Decimal(LARGHE), libero / 2 / max(spazi, 1))
    libero = ALTO - TESTA - _ingombro(rami, fra)
    stacco = FRA_RAMI + min(Decimal(AMPIE), max(libero, Decimal(0)) / max(len(rami) - 1, 1))
    posti, y = [], Decimal(TESTA)
    for ramo in rami:
        posti.append(Posto(ramo, y, ramo.alta(fra), fra))
        y += ramo.alta(fra) + stacco
    return posti


def _ingombro(rami: Sequence[Ramo], fra: Decimal | int = FRA_FOGLIE) -> Decimal:
    return sum((ramo.alta(fra) for ramo in rami), Decimal(0)) + FRA_RAMI * (len(rami) - 1)


def _fondo(posti: Sequence[Posto]) -> Decimal:
    return posti[-1].alto + posti[-1].alta + 2


def _sinistra(chiave: str, missione: str, posti: Sequence[Posto], quale: str) -> SafeString:
    testo = a_capo(missione, Decimal("13.4"), MISSIONE_W - 36)
    alta = 18 * len(testo) + 58
    centro = (posti[0].centro + posti[-1].centro) / 2
    alto = max(centro - Decimal(alta) / 2, Decimal(TESTA))
    parti = _testata((AREA_X, "Aree", ""))
    for posto in posti:
        parti.append(_raccordo(MISSIONE_W, centro, AREA_X, posto.centro))
        parti += [*_area(posto), _filo(LARGO - GOLA, posto.centro, LARGO)]
    parti.append(rettangolo(0, alto, MISSIONE_W, alta, INCHIOSTRO, rx="4"))
    parti.append(
        testo_svg(18, alto + 28, "MISSIONE", fill=CARTA, font_size="11", letter_spacing="1.3")
    )
    parti += _blocco(testo, 18, alto + 52, 13, 18, "600", fill=CARTA)
    elenco = "; ".join(f"{posto.ramo.titolo}, {posto.ramo.conto}" for posto in posti)
    return figura(
        chiave,
        f"Albero della performance: dalla missione alle aree{quale}",
        f"{missione}. Aree: {elenco}.",
        max(_fondo(posti), alto + alta + 2),
        parti,
        larga=LARGO,
    )


def _area(posto: Posto) -> list[str]:
    ramo = posto.ramo
    alto = posto.centro - Decimal(ramo.riquadro) / 2
    return [
        rettangolo(AREA_X, alto, AREA_W, ramo.riquadro, PRIMARIO, rx="4"),
        *_blocco(ramo.righe, AREA_X + 18, alto + 25, 13, 17, "600", fill=CARTA),
        testo_svg(
            AREA_X + 18, alto + ramo.riquadro - 13, ramo.conto, font_size="11", fill=CARTA
        ),
    ]  # fmt: skip


def _destra(chiave: str, posti: Sequence[Posto], quale: str) -> SafeString:
    parti = _testata((FOGLIA_X, "Obiettivi", "Indicatori"))
    frasi = []
    for posto in posti:
        parti += _foglie(posto)
        elenco = "; ".join(f"{una.codice} {una.nome}".strip() for una in posto.ramo.foglie)
        frasi.append(f"{posto.ramo.titolo}: {elenco or 'nessun obiettivo'}.")
    return figura(
        chiave,
        f"Albero della performance: gli obiettivi di ogni area{quale}",
        " ".join(frasi),
        _fondo(posti),
        parti,
        larga=LARGO,
    )


def _foglie(posto: Posto) -> list[str]:
    parti = []
    for foglia, alto in posto.foglie():
        centro = alto + Decimal(foglia.alta) / 2
        parti.append(_raccordo(0, posto.centro, FOGLIA_X, centro))
        parti += [
            rettangolo(FOGLIA_X, alto, FOGLIA_W, foglia.alta, VELO, stroke=AZZURRO, rx="3"),
            testo_svg(
                FOGLIA_X + 10, alto + 16, foglia.codice, font_weight="600", font_size=str(CORPO)
            ),
            *_blocco(foglia.righe, FOGLIA_X + CODICE_W, alto + 16, CORPO, RIGA, "400"),
        ]
        if foglia.indicatori:
            conto = str(foglia.indicatori)
            parti.append(_a_destra(alto + 16, conto, font_size=str(CORPO), font_weight="600"))
    if parti:
        return parti
    nota = testo_svg(
        FOGLIA_X, posto.centro + 4, "nessun obiettivo", fill=GRIGIO, font_size=str(CORPO)
    )
    return [_filo(0, posto.centro, FOGLIA_X - 6), nota]


def _testata(colonna: tuple[int, str, str]) -> list[str]:
    """The name of what stands below, and at the end of the line that of its figures."""
    x, nome, cifre = colonna
    come = {"font_size": "11", "fill": GRIGIO, "letter_spacing": "1.3"}
    parti = [testo_svg(x, 12, nome.upper(), **come)]
    return [*parti, _a_destra(12, cifre.upper(), **come)] if cifre else parti


def _a_destra(y: Decimal | int, testo: str, **altri: str) -> str:
    return testo_svg(FOGLIA_X + FOGLIA_W - 10, y, testo, text_anchor="end", **altri)


def _raccordo(x1: int, y1: Decimal, x2: int, y2: Decimal) -> str:
    mezzo = coordinata(Decimal(x1 + x2) / 2)
    return _tratto(f"M{x1} {coordinata(y1)}H{mezzo}V{coordinata(y2)}H{x2}")


def _filo(x1: int, y: Decimal, x2: int) -> str:
    return _tratto(f"M{x1} {coordinata(y)}H{x2}")


def _tratto(d: str) -> str:
    return f'<path d="{d}" stroke="{GRIGIO}" stroke-width="1.2" fill="none"/>'


def _blocco(
    righe: Sequence[str],
    x: Decimal | int,
    y: Decimal | int,
    corpo: Decimal | int,
    passo: int,
    peso: str,
    **altri: str,
) -> list[str]:
    return [
        testo_svg(x, y + passo * n, riga, font_size=str(corpo), font_weight=peso, **altri)
        for n, riga in enumerate(righe)
    ]


def _quanti(quanti: int, uno: str, molti: str) -> str:
    return f"{quanti} {uno if quanti == 1 else molti}"


def _aperture(rami: Sequence[Ramo]) -> list[list[Ramo]]:
    """As few spreads as fit, then as even as they come: the last one is not left half empty."""
    aperture = list(_gruppi(rami, ALTO - TESTA))
    for massimo in range(ALTO // 3, ALTO - TESTA, 15):
        prova = list(_gruppi(rami, massimo))
        if len(prova) <= len(aperture):
            return prova
    return aperture


def _gruppi(rami: Sequence[Ramo], massimo: int) -> Iterator[list[Ramo]]:
    """Group the branches into spreads no taller than ``massimo``, but for a branch alone."""
    gruppo: list[Ramo] = []
    for ramo in (pezzo for intero in rami for pezzo in _spezza(intero)):
        if gruppo and _ingombro([*gruppo, ramo]) > massimo:
            yield gruppo
            gruppo = []
        gruppo.append(ramo)
    if gruppo:
        yield gruppo


def _spezza(ramo: Ramo) -> Iterator[Ramo]:
    """Cut a branch taller than a page; the pieces after the first say "(segue)"."""
    foglie: list[Foglia] = []
    segue = False
    for foglia in ramo.foglie:
        prova = replace(ramo, foglie=(*foglie, foglia), segue=segue)
        if foglie and prova.alta() > ALTO - TESTA:
            yield replace(ramo, foglie=tuple(foglie), segue=segue)
            foglie, segue = [], True
        foglie.append(foglia)
    yield replace(ramo, foglie=tuple(foglie), segue=segue)
