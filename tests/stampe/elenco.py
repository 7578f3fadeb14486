# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of what is printed: one document of every kind, each printed once, whoever asks.

A new kind: a function under ``@stampa`` (``tests/stampe/documenti.py``) with the kind's key, which
is the ``schema`` of its photograph or, for what is printed by itself, the module that calls
``da_html``.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from piani.stampa.generi import GENERI

APP = ("piani", "obiettivi", "conciliazione", "lavoro_agile")
MACCHINA = {"piani.stampa.pdf"}  # it prints the photographs, whose kinds are listed
Rende = Callable[[], bytes]


@dataclass(frozen=True)
class Stampa:
    """A document to check; ``fonte`` if it is one of the source plans, long to load."""

    nome: str
    genere: str
    rende: Rende
    fonte: bool


STAMPE: dict[str, Stampa] = {}


def stampa(nome: str, genere: str, *, fonte: bool = False) -> Callable[[Rende], Rende]:
    """Enter a document in the list."""

    def iscrivi(rende: Rende) -> Rende:
        una_volta = cache(rende)
        STAMPE[nome] = Stampa(nome, genere, una_volta, fonte)
        return una_volta

    return iscrivi


def generi_del_prodotto() -> set[str]:
    """Every kind: the schemas of the photographs, and the modules that print a page of theirs."""
    schemi = set(GENERI) | set(settings.ALBERO_GENERI)
    return schemi | ({nome for nome in _moduli() if _stampa_da_se(nome)} - MACCHINA)


def _moduli() -> list[str]:
    base = Path(settings.BASE)
    file = [uno for app in APP for uno in (base / app).rglob("*.py")]
    return [".".join(uno.relative_to(base).with_suffix("").parts) for uno in sorted(file)]


def _stampa_da_se(modulo: str) -> bool:
    testo = (Path(settings.BASE) / modulo.replace(".", "/")).with_suffix(".py").read_text()
    if "da_html" not in testo:
        return False
    chiamate = [nodo.func for nodo in ast.walk(ast.parse(testo)) if isinstance(nodo, ast.Call)]
    return "da_html" in {getattr(f, "attr", getattr(f, "id", "")) for f in chiamate}
