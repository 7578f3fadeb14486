# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules from plain JSON data, field by field with all that is wrong said at once, and back."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")


def semplice(valore: Any) -> Any:
    """A value of some rules as plain data: Decimals as text, exactly."""
    if is_dataclass(valore) and not isinstance(valore, type):
        return {campo.name: semplice(getattr(valore, campo.name)) for campo in fields(valore)}
    if isinstance(valore, tuple):
        return [semplice(uno) for uno in valore]
    if isinstance(valore, StrEnum):
        return valore.value
    if isinstance(valore, Decimal):
        return format(valore, "f")
    if isinstance(valore, date):
        return valore.isoformat()
    return valore


class Lettore:
    """Takes the fields of a JSON object one by one and collects what is wrong with them."""

    def __init__(self, dati: Any, dove: str = "", problemi: list[str] | None = None) -> None:
        self.problemi: list[str] = [] if problemi is None else problemi
        self.dove = dove
        if not isinstance(dati, Mapping):
            self.problemi.append(f"{dove or 'edizione'}: serve un oggetto con dei campi.")
            dati = {}
        self.dati: dict[str, Any] = {str(chiave): valore for chiave, valore in dati.items()}

    def _nome(self, campo: str) -> str:
        return f"{self.dove}.{campo}" if self.dove else campo

    def _di(self, campo: str, leggi: Callable[[Any], V], altrimenti: V, serve: str) -> V:
        if campo not in self.dati:
            return altrimenti
        valore = self.dati.pop(campo)
        try:
            return leggi(valore)
        except (ValueError, TypeError, InvalidOperation):
            self.problemi.append(f"{self._nome(campo)}: «{valore}» non va bene, serve {serve}.")
            return altrimenti

    def testo(self, campo: str, altrimenti: str = "") -> str:
        return self._di(campo, _testo, altrimenti, "un testo")

    def intero(self, campo: str, altrimenti: int) -> int:
        return self._di(campo, _intero, altrimenti, "un numero intero")

    def intero_o_nulla(self, campo: str) -> int | None:
        return self._di(campo, _intero_o_nulla, None, "un numero intero o niente")

    def decimale(self, campo: str, altrimenti: Decimal) -> Decimal:
        return self._di(campo, _decimale, altrimenti, "un numero")

    def decimale_o_nulla(self, campo: str, altrimenti: Decimal | None) -> Decimal | None:
        return self._di(campo, _decimale_o_nulla, altrimenti, "un numero o niente")

    def scelta(self, campo: str, altrimenti: E) -> E:
        tipo = type(altrimenti)
        return self._di(campo, tipo, altrimenti, _uno_fra(tipo))

    def scelta_dovuta(self, campo: str, altrimenti: E) -> E:
        """A choice that must be there: no value of it goes without saying."""
        self.dati.setdefault(campo, "")
        return self.scelta(campo, altrimenti)

    def scelta_o_nulla(self, campo: str, tipo: type[E]) -> E | None:
        def leggi(valore: Any) -> E | None:
            return None if valore is None else tipo(valore)

        return self._di(campo, leggi, None, f"{_uno_fra(tipo)}, o niente")

    def scelte(self, campo: str, tipo: type[E], altrimenti: tuple[E, ...]) -> tuple[E, ...]:
        def leggi(valore: Any) -> tuple[E, ...]:
            return tuple(tipo(uno) for uno in _lista(valore))

        ammessi = ", ".join(uno.value for uno in tipo)
        return self._di(campo, leggi, altrimenti, f"una lista di {ammessi}")

    def testi(self, campo: str) -> tuple[str, ...]:
        def leggi(valore: Any) -> tuple[str, ...]:
            return tuple(_testo(uno) for uno in _lista(valore))

        return self._di(campo, leggi, (), "una lista di testi")

    def oggetto(self, campo: str, leggi: Callable[["Lettore"], V], altrimenti: V) -> V:
        if campo not in self.dati:
            return altrimenti
        return self._dentro(self.dati.pop(campo), self._nome(campo), leggi)

    def oggetto_o_nulla(self, campo: str, leggi: Callable[["Lettore"], V]) -> V | None:
        if self.dati.get(campo) is None:
            self.dati.pop(campo, None)
            return None
        return self._dentro(self.dati.pop(campo), self._nome(campo), leggi)

    def lista(self, campo: str, leggi: Callable[["Lettore"], V]) -> tuple[V, ...]:
        voci: list[Any] = self._di(campo, _lista, [], "una lista")
        return tuple(
            self._dentro(voce, f"{self._nome(campo)}[{posto}]", leggi)
            for posto, voce in enumerate(voci, 1)
        )

    def _dentro(self, dati: Any, dove: str, leggi: Callable[["Lettore"], V]) -> V:
        lettore = Lettore(dati, dove, self.problemi)
        letto = leggi(lettore)
        lettore.resto()
        return letto

    def resto(self) -> None:
        """Whatever was not taken is not a field of an edition."""
        self.problemi += [f"{self._nome(campo)}: campo sconosciuto." for campo in sorted(self.dati)]


def _uno_fra(tipo: type[StrEnum]) -> str:
    return "uno fra " + ", ".join(uno.value for uno in tipo)


def _testo(valore: Any) -> str:
    if not isinstance(valore, str):
        raise TypeError
    valore.encode()  # half a character is refused
    if "\x00" in valore:
        raise ValueError
    return valore


def _intero(valore: Any) -> int:
    if not isinstance(valore, int) or isinstance(valore, bool):
        raise TypeError
    return valore


def _intero_o_nulla(valore: Any) -> int | None:
    return None if valore is None else _intero(valore)


def _decimale(valore: Any) -> Decimal:
    """From text, an integer or a Decimal; a float is refused, it has already lost digits."""
    if isinstance(valore, bool) or not isinstance(valore, str | int | Decimal):
        raise TypeError
    letto = Decimal(valore)
    if not letto.is_finite():
        raise ValueError
    return letto


def _decimale_o_nulla(valore: Any) -> Decimal | None:
    return None if valore is None else _decimale(valore)


def _lista(valore: Any) -> list[Any]:
    if not isinstance(valore, list | tuple):
        raise TypeError
    return list(valore)
