# SPDX-License-Identifier: AGPL-3.0-or-later
"""How wide a text is when set in Titillium Web, without opening the font.

SVG does not wrap text: the shapes break lines themselves. Widths are those of the regular
weight, in thousandths of an em, rounded to 50; unknown characters count as wide ones.
"""

from decimal import Decimal

_LARGHEZZE = {
    230: "',.:ij ·ìíîï’‘",
    270: "!();I`l|¡¦¨¯´¸ÌÍÎÏ",
    310: "J²³¹",
    360: '"[]frt{}“”',
    410: "*/ªº•†",
    460: "-?\\csxz¿ç–",
    510: "Laegkvy§àáâãäåèéêëýÿ",
    570: "#$%+0123456789<=>CEFKSTXYZ^bdhnopqu~¢£¤¥«¬°±µ»ÇÈÉÊË×Ýßðñòóôõö÷øùúûüþ€≥≤",
    620: "ABGPRV¶ÀÁÂÃÄÅÞ",
    670: "DOQU_ÐÒÓÔÕÖØÙÚÛÜ",
    720: "&HNÑ",
    770: "w",
    870: "Mm",
    920: "WÆ@…—",
}
_DI_CARATTERE = {carattere: misura for misura, testo in _LARGHEZZE.items() for carattere in testo}
_IGNOTO = 900


def larghezza(testo: str, corpo: Decimal | int) -> Decimal:
    """Width of the text in the units of ``corpo`` (font size)."""
    millesimi = sum(_DI_CARATTERE.get(carattere, _IGNOTO) for carattere in testo)
    return Decimal(millesimi) * corpo / 1000


def a_capo(testo: str, corpo: Decimal | int, massimo: Decimal | int) -> list[str]:
    """Break the text into lines no wider than ``massimo``; too long words are cut."""
    righe: list[str] = []
    corrente = ""
    for parola in testo.split():
        for pezzo in _pezzi(parola, corpo, massimo):
            prova = f"{corrente} {pezzo}" if corrente else pezzo
            if corrente and larghezza(prova, corpo) > massimo:
                righe.append(corrente)
                prova = pezzo
            corrente = prova
    return [*righe, corrente] if corrente or not righe else righe


def _pezzi(parola: str, corpo: Decimal | int, massimo: Decimal | int) -> list[str]:
    pezzi, corrente = [], ""
    for carattere in parola:
        if corrente and larghezza(corrente + carattere, corpo) > massimo:
            pezzi.append(corrente)
            corrente = ""
        corrente += carattere
    return [*pezzi, corrente]


def righe_stimate(testo: str, colonna: Decimal | int, corpo: Decimal | int = 12) -> int:
    """Lines that a table cell of that width needs; empty text takes one."""
    return max(1, len(a_capo(testo, corpo, colonna)))
