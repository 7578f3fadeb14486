# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fields of a dataclass of rules, by introspection: kind, whether optional, what is inside."""

from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from obiettivi.calcolo.edizione import Edizione


class Specie(Enum):
    """What a field holds; the last three hold other fields, or several values."""

    TESTO = "testo"
    INTERO = "intero"
    DECIMALE = "decimale"
    SPUNTA = "spunta"
    SCELTA = "scelta"
    SCELTE = "scelte"
    TESTI = "testi"
    GRUPPO = "gruppo"
    LISTA = "lista"


@dataclass(frozen=True)
class Campo:
    """A field: ``chiave`` is ``Classe.campo``, the key of its label; ``figli`` what is inside.

    ``classe`` is the dataclass of a group or of the rows of a list.
    """

    nome: str
    chiave: str
    specie: Specie
    facoltativo: bool = False
    scelte: type[StrEnum] | None = None
    figli: tuple["Campo", ...] = ()
    classe: type | None = None


_SEMPLICI: dict[Any, Specie] = {
    str: Specie.TESTO,
    int: Specie.INTERO,
    Decimal: Specie.DECIMALE,
    bool: Specie.SPUNTA,
}


@cache
def campi_di(classe: type) -> tuple[Campo, ...]:
    """The fields of a dataclass, in their order. ``TypeError`` for a type no form can show."""
    tipi = get_type_hints(classe)
    return tuple(
        _campo(campo.name, f"{classe.__name__}.{campo.name}", tipi[campo.name])
        for campo in fields(classe)
    )


def campi_edizione() -> tuple[Campo, ...]:
    """The fields of an edition."""
    return campi_di(Edizione)


def tutti(campi: tuple[Campo, ...]) -> list[Campo]:
    """The fields with all that is inside them."""
    return [uno for campo in campi for uno in (campo, *tutti(campo.figli))]


def _campo(nome: str, chiave: str, tipo: Any) -> Campo:
    if get_origin(tipo) in (Union, UnionType):
        (dentro,) = (uno for uno in get_args(tipo) if uno is not NoneType)
        campo = _campo(nome, chiave, dentro)
        return Campo(nome, chiave, campo.specie, True, campo.scelte, campo.figli, campo.classe)
    if get_origin(tipo) is tuple:
        return _di_tanti(nome, chiave, get_args(tipo)[0])
    if is_dataclass(tipo) and isinstance(tipo, type):
        return Campo(nome, chiave, Specie.GRUPPO, figli=campi_di(tipo), classe=tipo)
    if isinstance(tipo, type) and issubclass(tipo, StrEnum):
        return Campo(nome, chiave, Specie.SCELTA, scelte=tipo)
    if tipo not in _SEMPLICI:
        raise TypeError(f"{chiave}: {tipo} non ha un campo che lo mostri.")
    return Campo(nome, chiave, _SEMPLICI[tipo])


def _di_tanti(nome: str, chiave: str, uno: Any) -> Campo:
    if is_dataclass(uno) and isinstance(uno, type):
        return Campo(nome, chiave, Specie.LISTA, figli=campi_di(uno), classe=uno)
    if isinstance(uno, type) and issubclass(uno, StrEnum):
        return Campo(nome, chiave, Specie.SCELTE, scelte=uno)
    if uno is str:
        return Campo(nome, chiave, Specie.TESTI)
    raise TypeError(f"{chiave}: una serie di {uno} non ha un campo che la mostri.")
