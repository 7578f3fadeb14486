# SPDX-License-Identifier: AGPL-3.0-or-later
"""A tiny font with the signs that Titillium Web lacks: ≥ ≤ → ✓ ✗ and a few more.

Without it the PDF would borrow them from whatever font the machine has, and the same photograph
would give different bytes on two machines. Drawn here as polygons on a 1000-unit em, built in
memory with fontTools (which WeasyPrint already needs), with no clock in it.
"""

from functools import cache
from io import BytesIO

FAMIGLIA = "Albero Simboli"
Poligono = tuple[tuple[int, int], ...]

_BARRA = ((60, 20), (500, 20), (500, 80), (60, 80))
_MAGGIORE = ((60, 140), (60, 208), (420, 350), (60, 492), (60, 560), (500, 384), (500, 316))
_FRECCIA = (
    (60, 318), (640, 318), (480, 170), (525, 125), (760, 350), (525, 575), (480, 530), (640, 382),
    (60, 382),
)  # fmt: skip
_SPUNTA = ((60, 320), (115, 370), (245, 220), (560, 640), (620, 600), (250, 110))
_CROCE = (
    (100, 130), (300, 330), (500, 130), (545, 175), (345, 375), (545, 575), (500, 620), (300, 420),
    (100, 620), (55, 575), (255, 375), (55, 175),
)  # fmt: skip
_TRATTO = ((55, 240), (325, 240), (325, 310), (55, 310))
_UGUALE = (
    ((60, 220), (500, 220), (500, 280), (60, 280)),
    ((60, 400), (500, 400), (500, 460), (60, 460)),
)


def _specchio(poligono: Poligono, larga: int) -> Poligono:
    return tuple((larga - x, y) for x, y in poligono)


def _girato(poligono: Poligono) -> Poligono:
    return tuple((y, x - 60) for x, y in poligono)


# sign: (advance width, polygons)
SEGNI: dict[str, tuple[int, tuple[Poligono, ...]]] = {
    "≥": (560, (_MAGGIORE, _BARRA)),
    "≤": (560, (_specchio(_MAGGIORE, 560), _BARRA)),
    "≠": (560, (*_UGUALE, ((180, 120), (240, 100), (385, 560), (325, 580)))),
    "→": (820, (_FRECCIA,)),
    "←": (820, (_specchio(_FRECCIA, 820),)),
    "↑": (700, (_girato(_FRECCIA),)),
    "↓": (700, (tuple((x, 700 - y) for x, y in _girato(_FRECCIA)),)),
    "✓": (680, (_SPUNTA,)),
    "✔": (680, (_SPUNTA,)),
    "✗": (600, (_CROCE,)),
    "✘": (600, (_CROCE,)),
    "\u2010": (380, (_TRATTO,)),
    "\u2011": (380, (_TRATTO,)),
    "▲": (700, (((50, 60), (650, 60), (350, 620)),)),
    "▼": (700, (((50, 620), (650, 620), (350, 60)),)),
    "■": (700, (((80, 60), (620, 60), (620, 600), (80, 600)),)),
    "◆": (700, (((350, 10), (650, 330), (350, 650), (50, 330)),)),
}


@cache
def carattere() -> bytes:
    """The font file (TrueType); the same bytes each time."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    nomi = {segno: f"uni{ord(segno):04X}" for segno in SEGNI}
    glifi: dict[str, Glyph] = {".notdef": _glifo(())}
    misure = {".notdef": (500, 0)}
    for segno, (larga, poligoni) in SEGNI.items():
        glifi[nomi[segno]] = _glifo(poligoni)
        sinistra = min(x for poligono in poligoni for x, _y in poligono)
        misure[nomi[segno]] = (larga, sinistra)
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(list(glifi))
    font.setupCharacterMap({ord(segno): nome for segno, nome in nomi.items()})
    font.setupGlyf(glifi)
    font.setupHorizontalMetrics(misure)
    font.setupHorizontalHeader(ascent=1133, descent=-388)
    font.setupNameTable({"familyName": FAMIGLIA, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=1133, sTypoDescender=-388, usWinAscent=1133, usWinDescent=388)
    font.setupPost()
    font.updateHead(created=0, modified=0)
    font.font.recalcTimestamp = False
    uscita = BytesIO()
    font.save(uscita)
    return uscita.getvalue()


def _glifo(poligoni: tuple[Poligono, ...]):  # type: ignore[no-untyped-def]  # fontTools has no types
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    penna = TTGlyphPen(None)
    for poligono in poligoni:
        penna.moveTo(poligono[0])
        for punto in poligono[1:]:
            penna.lineTo(punto)
        penna.closePath()
    return penna.glyph()
