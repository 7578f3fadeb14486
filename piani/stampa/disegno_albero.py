# SPDX-License-Identifier: AGPL-3.0-or-later
"""The albero della performance, drawn: mission → areas → objectives.

The first picture shows the trunk (mission and areas), the next ones each area with its
objectives, as many areas to a picture as fit the height of a page. Nothing is cut: boxes grow
with their text, an area with more objectives than a page holds goes on as "(segue)".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.safestring import SafeString

from .grafici import coordinata, figura, rettangolo, testo_svg
from .testi_svg import a_capo
from .tinte import AZZURRO, CARTA, GRIGIO, INCHIOSTRO, PRIMARIO, VELO

LARGO, ALTO = 1000, 625  # the content box of a landscape A4 page
AREA_X, AREA_W = 26, 250
FOGLIA_X = 330
FOGLIA_W = LARGO - FOGLIA_X - 1
CORPO, RIGA, ARIA = Decimal("12.5"), 16, 6


@dataclass(frozen=True)
class Foglia:
    """An objective: its code and its name."""

    codice: str
    nome: str


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


def albero(chiave: str, missione: str, rami: Sequence[Ramo]) -> list[SafeString]:
    """The pictures of the tree, in reading order; ids derive from ``chiave``."""
    pagine = _pagine_equilibrate(rami)
    tavole = [_tronco(f"{chiave}-0", missione, rami)]
    for numero, gruppo in enumerate(pagine, start=1):
        tavole.append(_chioma(f"{chiave}-{numero}", gruppo, numero, len(pagine)))
    return tavole


def _tronco(chiave: str, missione: str, rami: Sequence[Ramo]) -> SafeString:
    alta = max(46, min(74, (ALTO - 50) // max(len(rami), 1) - 10))
    riquadri = [_righe(ramo.titolo, 14, 560) for ramo in rami]
    altezze = [max(alta, 19 * len(righe) + 32) for righe in riquadri]
    totale = sum(altezze) + 10 * (len(rami) - 1) if rami else 120
    centro = Decimal(totale) / 2
    parti = []
    y = Decimal(0)
    for ramo, righe, h in zip(rami, riquadri, altezze, strict=True):
        parti.append(_raccordo(Decimal(290), centro, Decimal(370), y + Decimal(h) / 2))
        parti.append(rettangolo(370, y, 629, h, CARTA, stroke=PRIMARIO, rx="4"))
        parti.append(rettangolo(370, y, 8, h, PRIMARIO))
        parti += _blocco(righe, 394, y + Decimal(h - 19 * len(righe) - 16) / 2 + 14, 14, 19, "600")
        conta = len(ramo.foglie)
        nota = f"{conta} obiettivo" if conta == 1 else f"{conta} obiettivi"
        base = y + Decimal(h - 19 * len(righe) - 16) / 2 + 19 * len(righe) + 13
        parti.append(testo_svg(394, base, nota, font_size="12.5", fill=GRIGIO))
        y += h + 10
    testo = a_capo(missione, 15, 235)
    h = max(130, 20 * len(testo) + 60)
    alto = max(centro - Decimal(h) / 2, Decimal(0))
    parti.append(rettangolo(0, alto, 290, h, INCHIOSTRO, rx="4"))
    parti.append(
        testo_svg(22, alto + 32, "MISSIONE", fill=CARTA, font_size="13", letter_spacing="1.5")
    )
    parti += _blocco(testo, 22, alto + 60, 15, 20, "600", fill=CARTA)
    elenco = "; ".join(f"{ramo.titolo}, {len(ramo.foglie)} obiettivi" for ramo in rami)
    alto_totale = max(Decimal(totale), alto + h)
    return figura(
        chiave,
        "Albero della performance: dalla missione alle aree",
        f"{missione}. Aree: {elenco}.",
        alto_totale + 2,
        parti,
        larga=LARGO,
    )


def _chioma(chiave: str, rami: Sequence[Ramo], numero: int, pagine: int) -> SafeString:
    parti: list[str] = []
    y = Decimal(1)
    centri = []
    for ramo in rami:
        alta = _altezza(ramo)
        centri.append(y + Decimal(alta) / 2)
        parti += _disegna_ramo(ramo, y, Decimal(alta))
        y += alta + 18
    fondo = y - 18
    tronco = [f"M1 1V{coordinata(fondo)}"]
    tronco += [f"M1 {coordinata(centro)}H{AREA_X}" for centro in centri]
    parti.insert(
        0, f'<path d="{"".join(tronco)}" stroke="{INCHIOSTRO}" stroke-width="2" fill="none"/>'
    )
    frasi = []
    for ramo in rami:
        elenco = "; ".join(f"{foglia.codice} {foglia.nome}".strip() for foglia in ramo.foglie)
        frasi.append(f"{ramo.titolo}: {elenco or 'nessun obiettivo'}.")
    return figura(
        chiave,
        f"Albero della performance: aree e obiettivi, tavola {numero} di {pagine}",
        " ".join(frasi),
        fondo + 1,
        parti,
        larga=LARGO,
    )


def _disegna_ramo(ramo: Ramo, y: Decimal, alta: Decimal) -> list[str]:
    righe = _righe(ramo.titolo, 14, AREA_W - 30)
    h = 19 * len(righe) + 22
    alto = y + (alta - h) / 2
    parti = [rettangolo(AREA_X, alto, AREA_W, h, PRIMARIO, rx="4")]
    parti += _blocco(righe, AREA_X + 15, alto + 25, 14, 19, "600", fill=CARTA)
    centro = y + alta / 2
    foglia_y = y + (alta - _altezza_foglie(ramo)) / 2
    for foglia in ramo.foglie:
        testo = _righe_foglia(foglia)
        fh = RIGA * len(testo) + 2 * ARIA
        mezzo = foglia_y + Decimal(fh) / 2
        parti.append(_raccordo(Decimal(AREA_X + AREA_W), centro, Decimal(FOGLIA_X), mezzo))
        parti.append(rettangolo(FOGLIA_X, foglia_y, FOGLIA_W, fh, VELO, stroke=AZZURRO, rx="3"))
        parti.append(
            testo_svg(
                FOGLIA_X + 10,
                foglia_y + ARIA + 12,
                foglia.codice,
                font_weight="600",
                font_size=str(CORPO),
            )
        )
        parti += _blocco(testo, FOGLIA_X + 78, foglia_y + ARIA + 12, CORPO, RIGA, "400")
        foglia_y += fh + 5
    return parti


def _raccordo(x1: Decimal, y1: Decimal, x2: Decimal, y2: Decimal) -> str:
    mezzo = coordinata((x1 + x2) / 2)
    d = f"M{coordinata(x1)} {coordinata(y1)}H{mezzo}V{coordinata(y2)}H{coordinata(x2)}"
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


def _righe(testo: str, corpo: Decimal | int, massimo: int) -> list[str]:
    return a_capo(testo, Decimal(corpo) * Decimal("1.03"), massimo)  # semibold is wider


def _righe_foglia(foglia: Foglia) -> list[str]:
    return a_capo(foglia.nome, CORPO, FOGLIA_W - 92)


def _altezza_foglie(ramo: Ramo) -> int:
    alte = [RIGA * len(_righe_foglia(foglia)) + 2 * ARIA for foglia in ramo.foglie]
    return sum(alte) + 5 * (len(alte) - 1) if alte else 0


def _altezza(ramo: Ramo) -> int:
    return max(_altezza_foglie(ramo), 19 * len(_righe(ramo.titolo, 14, AREA_W - 30)) + 22)


def _pagine_equilibrate(rami: Sequence[Ramo]) -> list[list[Ramo]]:
    """As few pictures as fit, then as even as they come: the last one is not left half empty."""
    pagine = list(_pagine(rami, ALTO))
    for massimo in range(ALTO // 2, ALTO, 15):
        prova = list(_pagine(rami, massimo))
        if len(prova) <= len(pagine):
            return prova
    return pagine


def _pagine(rami: Sequence[Ramo], massimo: int) -> Iterator[list[Ramo]]:
    """Group the branches into pictures no taller than ``massimo``."""
    gruppo: list[Ramo] = []
    usato = 0
    for ramo in (pezzo for intero in rami for pezzo in _spezza(intero)):
        alta = _altezza(ramo) + (18 if gruppo else 0)
        if gruppo and usato + alta > massimo:
            yield gruppo
            gruppo, usato = [], 0
            alta = _altezza(ramo)
        gruppo.append(ramo)
        usato += alta
    if gruppo:
        yield gruppo


def _spezza(ramo: Ramo) -> Iterator[Ramo]:
    """Cut a branch taller than a page; the pieces after the first say "(segue)"."""
    foglie: list[Foglia] = []
    segue = False
    for foglia in ramo.foglie:
        if foglie and _altezza(replace(ramo, foglie=(*foglie, foglia), segue=segue)) > ALTO:
            yield replace(ramo, foglie=tuple(foglie), segue=segue)
            foglie, segue = [], True
        foglie.append(foglia)
    yield replace(ramo, foglie=tuple(foglie), segue=segue)
