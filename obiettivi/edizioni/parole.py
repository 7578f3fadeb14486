# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules in words: every field of an edition with its value as people read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from obiettivi.calcolo.arrotondamento import numero
from obiettivi.calcolo.edizione import Edizione

from .campi import Campo, Specie, campi_edizione
from .etichette import ALTRE, SEZIONI, etichetta, etichetta_scelta

NIENTE = "non in uso"


@dataclass(frozen=True)
class Detta:
    """A rule: a value in words, or the rules inside it, or a table of them."""

    etichetta: str
    valore: str = ""
    figli: tuple["Detta", ...] = ()
    intestazioni: tuple[str, ...] = ()
    righe: tuple[tuple[str, ...], ...] = field(default=())


def in_parole(edizione: Edizione) -> list[tuple[str, list[Detta]]]:
    """The sections of the rules, each with what it says."""
    dette = {campo.nome: _detta(campo, getattr(edizione, campo.nome)) for campo in campi_edizione()}
    sezioni = [(titolo, [dette.pop(n) for n in nomi if n in dette]) for titolo, nomi in SEZIONI]
    return [*sezioni, (ALTRE, list(dette.values()))] if dette else sezioni


def _detta(campo: Campo, valore: Any) -> Detta:
    nome = etichetta(campo.chiave)
    if campo.specie is Specie.GRUPPO and valore is not None:
        figli = (_detta(uno, getattr(valore, uno.nome)) for uno in campo.figli)
        return Detta(nome, figli=tuple(figli))
    if campo.specie is Specie.LISTA and valore:
        righe = (tuple(_cella(getattr(uno, f.nome)) for f in campo.figli) for uno in valore)
        usate = list(righe)
        piene = [n for n, _ in enumerate(campo.figli) if any(riga[n] for riga in usate)]
        return Detta(
            nome,
            intestazioni=tuple(etichetta(campo.figli[n].chiave) for n in piene),
            righe=tuple(tuple(riga[n] for n in piene) for riga in usate),
        )
    return Detta(nome, _cella(valore) or NIENTE)


def _cella(valore: Any) -> str:
    """A value in words; a series on one line."""
    if valore is None:
        return ""
    if isinstance(valore, StrEnum):
        return etichetta_scelta(valore)
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, Decimal):
        return numero(valore)
    if isinstance(valore, Sequence) and not isinstance(valore, str):
        return ", ".join(_cella(uno) for uno in valore)
    return _fascia(valore) if hasattr(valore, "punti") else str(valore)


def _fascia(fascia: Any) -> str:
    da, a = _cella(fascia.da) or "…", _cella(fascia.a) or "…"
    fine = "" if fascia.punti_a is None else f"–{_cella(fascia.punti_a)}"
    return f"{da}–{a}: {_cella(fascia.punti)}{fine}"
