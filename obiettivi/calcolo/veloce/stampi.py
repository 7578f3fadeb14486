# SPDX-License-Identifier: AGPL-3.0-or-later
"""Moulds: measures that differ only in their figures have the same parts.

``≥ 80%`` and ``≥ 95%`` are judged in the same periods by the same rules: what is found for the
first serves the second, that brings only its numbers. The *contorno* of a measure says all that
its parts depend on but those.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from ..letture import Lettura, LetturaTarget, Tipo
from ..misura import Base, Misura
from .sagome import Figure, contenuta, numeri, segno


@dataclass(frozen=True, slots=True)
class ParteDiStampo:
    """A part without its figures: which are open (``figure``), of which comparison (``lettura``,
    its place). ``di_tutte``: whether the measures with other figures have it too.
    """

    dove: int
    sede: int
    modello: int
    lettura: int = 0
    figure: Figure = ()
    da_riferimento: bool = False
    di_tutte: bool = True

    def numeri(self, misura: Misura) -> tuple[int, int, int]:
        """The figures of a measure of this mould: numerators of x and y, their denominator."""
        if not self.figure:
            return 0, 0, 1
        return numeri(self.figure, misura, letture_di(misura)[self.lettura])


@dataclass(frozen=True, slots=True)
class Stampo:
    """The parts of some measures, and how they go with the periods (``schema``, its number)."""

    parti: tuple[ParteDiStampo, ...]
    schema: int

    @property
    def di_tutte(self) -> bool:
        """Whether every measure with the same contorno has these parts."""
        return all(una.di_tutte for una in self.parti)


def letture_di(misura: Misura) -> tuple[Lettura, ...]:
    """The comparisons of a measure: a target that has none is judged as an empty one."""
    return (misura.target.letture if misura.target else ()) or _VUOTA


_VUOTA = (Lettura(),)


def contorno(misura: Misura) -> Hashable:
    """All that the parts of a measure depend on, with the signs of its figures in their place.

    The change that a trend asks for is never open: it stays as it is.
    """
    target = misura.target
    return (
        _del_target(target),
        misura.verso,
        misura.unita,
        misura.metodo,
        misura.fasce,
        misura.fattore,
        misura.pesi_passi,
        misura.recupero,
        misura.aggregazione,
        misura.eredita_target,
        _marca(misura.riferimento),
        _della_base(misura.base) if target and target.tipo is Tipo.TENDENZA else None,
    )


def _del_target(target: LetturaTarget | None) -> Hashable:
    if target is None:
        return None
    letture = tuple([_della_lettura(una, target.tipo) for una in target.letture])
    return target.tipo, target.verso, target.passi, letture


def _della_lettura(lettura: Lettura, tipo: Tipo) -> Hashable:
    minimo, massimo = lettura.valore, lettura.valore_max
    return (
        lettura.comparatore,
        str(minimo) if tipo is Tipo.TENDENZA else _marca(minimo),
        _marca(massimo),
        minimo is not None and massimo is not None and minimo > massimo,
        _marca(lettura.quota),
        lettura.unita,
        lettura.periodo,
        lettura.sede,
        lettura.data,
        lettura.riferimento,
    )


def _della_base(base: Base | None) -> Hashable:
    if base is None:
        return None
    lettura = base.lettura
    unita = lettura.letture[0].unita if lettura and lettura.letture else ""
    return base.anno, base.valore is None, lettura is None, unita, _marca(base.per_sede(""))


def _marca(valore: Decimal | None) -> Hashable:
    """The sign of a figure that can be left open; what is not one, as it is."""
    if valore is None:
        return None
    return int(segno(valore)) if contenuta(valore) else str(valore)
