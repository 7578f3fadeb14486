# SPDX-License-Identifier: AGPL-3.0-or-later
"""The printed text made regular for reading: one kind of space, of dash, of digit, of quote.

Only the reading uses this copy; the printed text is kept as it is. What could change a figure
(a fraction in one character, an exponent) is left alone, so that the reader stumbles on it and
says so.
"""

import html
import re
import unicodedata

# Glyphs of the Symbol font as PDF extraction leaves them (private use area): the office sees "≥".
_SYMBOL = {
    0xF0A3: "≤",
    0xF0B3: "≥",
    0xF0B1: "±",
    0xF0B8: "÷",
    0xF0B7: "•",
    0xF0A7: "•",
    0xF0D8: "•",
    0xF0FC: "✓",
    0xF0AD: "↑",
    0xF0AF: "↓",
}
_SIMILI = {
    "≧": "≥",
    "⩾": "≥",
    "⪰": "≥",
    "≦": "≤",
    "⩽": "≤",
    "⪯": "≤",
    "＝": "=",
    "﹪": "%",
    "٪": "%",
    "٫": ",",
    "№": "n.",
    "⁄": "/",
    "∕": "/",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "′": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "…": "...",
    "‣": "•",
    "▪": "•",
    "●": "•",
    "■": "•",
    "∙": "•",
    "·": "•",
    "➢": "•",
    "◦": "•",
}
_TRATTINI = dict.fromkeys("‐‑‒–—―−﹣－", "-")
_TABELLA = _SYMBOL | str.maketrans(_SIMILI | _TRATTINI)
# Decompositions that only change how a character looks, not what it says.
_ASPETTO = ("<wide>", "<narrow>", "<font>", "<noBreak>", "<compat>")

_MIGLIAIA_SPAZIO = re.compile(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)")
_APICE_NOTA = re.compile(r"(?<=[^\d\s])[¹²³⁰⁴-⁹]+")
_METRI = re.compile(r"(?<![^\W\d_])m[²³]")
_DIVISA = re.compile(r"\b([^\W\d_]{4,}(?:ment|zion)) ([oiea])\b", re.IGNORECASE)
_NASCOSTI = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def _regolare(carattere: str) -> str:
    """One character as the reader wants it; "" if it cannot be seen."""
    if carattere.isascii():
        return carattere if carattere >= " " else (" " if carattere in "\n\t\r\v\f" else "")
    categoria = unicodedata.category(carattere)
    if categoria == "Nd":
        return str(unicodedata.decimal(carattere))
    if categoria in _NASCOSTI:
        return ""
    if categoria in ("Zs", "Zl", "Zp"):
        return " "
    if unicodedata.decomposition(carattere).startswith(_ASPETTO):
        return unicodedata.normalize("NFKC", carattere)
    return carattere


def pulisci(testo: str) -> str:
    """The text to read: NFC, single spaces, ASCII digits, plain quotes and dashes, no controls.

    ``pulisci("≥ 95 %\\n") == "≥ 95 %"``; also joins the last letter that a narrow column
    broke off (``Consolidament o``). Total: any text gives a text.
    """
    testo = unicodedata.normalize("NFC", html.unescape(testo))
    testo = _MIGLIAIA_SPAZIO.sub(lambda trovato: re.sub(r"\s", ".", trovato[0]), testo)
    testo = _METRI.sub(lambda trovato: "mq" if trovato[0][1] == "²" else "mc", testo)
    testo = _APICE_NOTA.sub("", testo)
    testo = "".join(map(_regolare, testo.translate(_TABELLA)))
    testo = unicodedata.normalize("NFC", testo)
    return _DIVISA.sub(r"\1\2", " ".join(testo.split()))
