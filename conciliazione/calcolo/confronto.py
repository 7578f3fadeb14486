# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two versions of a proposal side by side: money, actions, partners."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from conciliazione.calcolo.importi import ZERO, somma

Foto = Mapping[str, Any]


@dataclass(frozen=True)
class Scarto:
    """A figure before and after; None where that version has not the thing."""

    voce: str
    prima: Decimal | None
    dopo: Decimal | None

    @property
    def differenza(self) -> Decimal | None:
        if self.prima is None and self.dopo is None:
            return None
        return (self.dopo or ZERO) - (self.prima or ZERO)


@dataclass(frozen=True)
class Confronto:
    """What changed from a version to another."""

    totali: tuple[Scarto, ...]
    categorie: tuple[Scarto, ...]
    azioni: tuple[Scarto, ...]
    persone: Scarto
    imprese: Scarto
    entrati: tuple[str, ...]
    usciti: tuple[str, ...]


def confronta(prima: Foto, dopo: Foto, categorie: Mapping[str, str]) -> Confronto:
    """Two photographs of a proposal, the older first; ``categorie``: names of the cost headings."""
    enti = [{uno["ente"] for uno in foto["partner"]} for foto in (prima, dopo)]
    return Confronto(
        totali=(
            Scarto("Costo", costo_di(prima), costo_di(dopo)),
            Scarto("Contributo", _numero(prima["contributo"]), _numero(dopo["contributo"])),
            Scarto("Cofinanziamento", _cofinanziamento(prima), _cofinanziamento(dopo)),
        ),
        categorie=_scarti(prima, dopo, _per_categoria, categorie),
        azioni=_scarti(prima, dopo, _per_azione, {}),
        persone=Scarto("Persone previste", _conta(prima, "persone"), _conta(dopo, "persone")),
        imprese=Scarto("Imprese previste", _conta(prima, "imprese"), _conta(dopo, "imprese")),
        entrati=tuple(sorted(enti[1] - enti[0])),
        usciti=tuple(sorted(enti[0] - enti[1])),
    )


def costo_di(foto: Foto) -> Decimal | None:
    """The sum of the rows; what was declared where there are none."""
    righe = _per_categoria(foto)
    return somma(righe.values()) if righe else _numero(foto["costo_dichiarato"])


def _scarti(
    prima: Foto,
    dopo: Foto,
    leggi: Callable[[Foto], dict[str, Decimal]],
    nomi: Mapping[str, str],
) -> tuple[Scarto, ...]:
    vecchi, nuovi = leggi(prima), leggi(dopo)
    chiavi = dict.fromkeys([*vecchi, *nuovi])
    return tuple(Scarto(nomi.get(una, una), vecchi.get(una), nuovi.get(una)) for una in chiavi)


def _per_categoria(foto: Foto) -> dict[str, Decimal]:
    totali: dict[str, Decimal] = {}
    for azione in foto["azioni"]:
        for categoria, importo in azione["costi"].items():
            totali[categoria] = totali.get(categoria, ZERO) + Decimal(importo)
    return totali


def _per_azione(foto: Foto) -> dict[str, Decimal]:
    """By title: two actions of the same title are one line."""
    totali: dict[str, Decimal] = {}
    for azione in foto["azioni"]:
        costo = somma(Decimal(importo) for importo in azione["costi"].values())
        totali[azione["titolo"]] = totali.get(azione["titolo"], ZERO) + costo
    return totali


def _cofinanziamento(foto: Foto) -> Decimal:
    return somma(Decimal(uno["importo"]) for uno in foto["cofinanziamenti"])


def _conta(foto: Foto, campo: str) -> Decimal:
    return Decimal(sum(una[campo] or 0 for una in foto["azioni"]))


def _numero(scritto: str | None) -> Decimal | None:
    return None if scritto is None else Decimal(scritto)
