# SPDX-License-Identifier: AGPL-3.0-or-later
"""A text cut into measurable phrases ("fatti") and the words between them.

At each token the longest phrase of ``grammatica.lark`` wins; a token that starts no phrase is a
word. A phrase is short, so the time grows with the length of the text and any text gets through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from .fatti import Fatto
from .traduzione import traduci

MAI_UN_FATTO = frozenset(("PAROLA", "ALTRO", "SEGNO", "E", "SE", "ETICHETTA", "COLON"))
LUNGHEZZA_FATTO = 24
"""Tokens of the longest phrase that is tried."""


@dataclass(frozen=True)
class Voce:
    """One fact or one run of words, with its place in the text; ``fatto`` is None for words."""

    fatto: Fatto | None
    inizio: int
    fine: int
    tipi: tuple[str, ...] = ()


@cache
def _grammatica() -> Lark:
    return Lark.open(
        "grammatica.lark",
        rel_to=__file__,
        parser="lalr",
        lexer="basic",
        start=["fatto", "resto"],
        maybe_placeholders=False,
    )


def _frase(tokens: list[Token], da: int) -> tuple[Tree[Token], int] | None:
    """The longest phrase that starts at token ``da``, and the token after it."""
    analisi = _grammatica().parse_interactive(start="fatto")
    tappe = []
    for posto in range(da, min(da + LUNGHEZZA_FATTO, len(tokens))):
        try:
            analisi.feed_token(tokens[posto])
        except UnexpectedInput:
            break
        tappe.append(analisi.copy())
    for quante in range(len(tappe), 0, -1):
        try:
            return tappe[quante - 1].feed_eof(), da + quante
        except UnexpectedInput:
            continue
    return None


def _inizio(token: Token) -> int:
    return token.start_pos or 0


def _fine(token: Token) -> int:
    return token.end_pos or 0


def _mai_un_fatto(tokens: list[Token], posto: int) -> bool:
    """A word, or a dash that keeps two things apart: a sign touches its number and no other."""
    token = tokens[posto]
    if token.type != "MINUS" or posto == 0:
        return token.type in MAI_UN_FATTO
    prima, dopo = tokens[posto - 1], tokens[posto + 1 : posto + 2]
    attaccato = bool(dopo) and _inizio(dopo[0]) == _fine(token)
    return not attaccato or (_fine(prima) == _inizio(token) and prima not in "([:;,")


def _passo(tokens: list[Token]) -> Iterator[Voce]:
    posto = 0
    while posto < len(tokens):
        token = tokens[posto]
        trovata = None if _mai_un_fatto(tokens, posto) else _frase(tokens, posto)
        if trovata:
            albero, dopo = trovata
            yield Voce(traduci(albero), _inizio(token), _fine(tokens[dopo - 1]))
            posto = dopo
        else:
            yield Voce(None, _inizio(token), _fine(token), (token.type,))
            posto += 1


def voci(testo: str) -> list[Voce]:
    """Cut a regular text (``testo.pulisci``) into facts and runs of words, in order."""
    tagliate: list[Voce] = []
    for voce in _passo(list(_grammatica().lex(testo))):
        if voce.fatto is None and tagliate and tagliate[-1].fatto is None:
            ultima = tagliate.pop()
            voce = replace(ultima, fine=voce.fine, tipi=ultima.tipi + voce.tipi)
        tagliate.append(voce)
    return tagliate
