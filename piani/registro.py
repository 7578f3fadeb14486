# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register as people read it: what happened, with what was there before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from piani.models import Evento

# Kept for the machine: a key, a long list told elsewhere.
TACIUTI = {"prima_riga", "campi"}


@dataclass(frozen=True)
class Differenza:
    """A thing that changed; ``prima`` is "" for what is only told."""

    nome: str
    prima: str
    dopo: str


@dataclass(frozen=True)
class Racconto:
    """An event with its differences and what else it tells."""

    evento: Evento
    differenze: list[Differenza]
    altro: list[tuple[str, str]]


def raccontati(eventi: Iterable[Evento]) -> list[Racconto]:
    return [racconta(evento) for evento in eventi]


def racconta(evento: Evento) -> Racconto:
    """An event ready to be shown."""
    dati = dict(evento.dati)
    prima, dopo = dati.pop("prima", None), dati.pop("dopo", None)
    return Racconto(
        evento,
        differenze=list(_differenze(prima, dopo)),
        altro=[
            (nome.replace("_", " "), _testo(valore))
            for nome, valore in dati.items()
            if nome not in TACIUTI and valore not in ("", None, [], {})
        ],
    )


def _differenze(prima: Any, dopo: Any) -> Iterable[Differenza]:
    """By field when both sides have fields; what is equal is not told."""
    if not isinstance(prima, Mapping | None) or not isinstance(dopo, Mapping | None):
        if prima != dopo:
            yield Differenza("", _testo(prima), _testo(dopo))
        return
    prima, dopo = prima or {}, dopo or {}
    for nome in {**prima, **dopo}:
        if prima.get(nome) != dopo.get(nome):
            yield Differenza(
                nome.replace("_", " "), _testo(prima.get(nome)), _testo(dopo.get(nome))
            )


def _testo(valore: Any) -> str:
    if valore is None:
        return ""
    if isinstance(valore, bool):
        return _("sì") if valore else _("no")
    if isinstance(valore, Mapping):
        return "; ".join(f"{nome}: {_testo(uno)}" for nome, uno in valore.items())
    if isinstance(valore, list):
        return "; ".join(map(_testo, valore))
    return str(valore)


def in_riga(racconto: Racconto) -> tuple[str, str]:
    """Before and after as two texts, for a sheet."""
    prima = [f"{d.nome}: {d.prima}".removeprefix(": ") for d in racconto.differenze if d.prima]
    dopo = [f"{d.nome}: {d.dopo}".removeprefix(": ") for d in racconto.differenze if d.dopo]
    dopo += [f"{nome}: {valore}" for nome, valore in racconto.altro]
    return "; ".join(prima), "; ".join(dopo)
