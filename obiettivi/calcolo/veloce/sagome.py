# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outline of a measure set against a comparison: all that its rule depends on but the figures.

Outlines are many and rules are few, so a *sagoma* is cheap: its key is made without building
anything, and its *modello*, that an edition compiles, only when the key is new.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from decimal import Decimal
from math import lcm
from typing import TypeGuard

from ..edizione import Metodo
from ..giudizio import tipo_di
from ..letture import Lettura, LetturaTarget, Tipo
from ..misura import Base, Misura
from ..periodi import Aggregazione, Cumulo
from ..scelta import ANNO_PRIMA
from .compila import Aperte, Parametro
from .regola import GRANDE

Figure = tuple[Parametro, ...]
"""Which figures of a measure are left open."""
_SEGNI = {segno: Decimal(segno) for segno in (-1, 0, 1)}


@dataclass(frozen=True)
class Modello:
    """A measure without its figures: the measure, the comparisons, which figures are open.

    ``letture`` is ``None`` where every result has the same outcome, empty where only the reference
    can judge.
    """

    misura: Misura
    letture: tuple[Lettura, ...] | None
    aperte: Aperte = frozenset()


class Sagoma:
    """A measure against one comparison; ``fissa``: no figure is left open."""

    def __init__(self, misura: Misura, lettura: Lettura, *, fissa: bool) -> None:
        self.misura, self.lettura, self.target = misura, lettura, misura.target
        self.tipo = tipo_di(misura.target, lettura)
        self.fissa = fissa = fissa or misura.metodo is Metodo.INTERPOLAZIONE
        guarda = _guarda_riferimento(self.tipo, lettura)
        aperte = {} if fissa else _aperte(valori(self._candidate(guarda), misura, lettura))
        self.figure: Figure = tuple(aperte)
        segni = {quale: segno(valore) for quale, valore in aperte.items()}
        self.da_riferimento = Parametro.RIFERIMENTO in segni
        self.valore = segni.get(Parametro.VALORE, lettura.valore)
        if Parametro.QUOTA in segni and lettura.valore is not None and lettura.valore.is_finite():
            self.valore = segno(lettura.valore)  # only the explanation shows it
        self.massimo = segni.get(Parametro.MASSIMO, lettura.valore_max)
        self.quota = segni.get(Parametro.QUOTA, lettura.quota)
        self.riferimento = segni.get(Parametro.RIFERIMENTO, misura.riferimento) if guarda else None
        usa_base = fissa or (self.tipo is Tipo.TENDENZA and not guarda)
        self.base = (
            _base(misura.base, lettura.sede, segni.get(Parametro.BASE)) if usa_base else None
        )

    @property
    def chiave(self) -> Hashable:
        """What the rule depends on."""
        misura, lettura, target = self.misura, self.lettura, self.target
        return (
            self.tipo,
            lettura.comparatore,
            self.valore,
            self.massimo,
            lettura.unita,
            self.quota,
            lettura.data,
            lettura.riferimento,
            target.verso if target else None,
            target.passi if target else (),
            misura.verso,
            misura.unita,
            misura.metodo,
            misura.fasce,
            misura.fattore,
            misura.pesi_passi,
            misura.recupero,
            self.base,
            self.riferimento,
            self.figure,
        )

    @property
    def generica(self) -> bool:
        """Whether the measures that differ in their figures only, not in signs, have it too."""
        lettura, figure = self.lettura, self.figure
        nel_contorno = self.tipo is Tipo.TENDENZA
        solo_mostrato = Parametro.QUOTA in figure and contenuta(lettura.valore)
        return not self.fissa and all(
            (
                lettura.valore is None
                or Parametro.VALORE in figure
                or solo_mostrato
                or nel_contorno,
                lettura.valore_max is None or Parametro.MASSIMO in figure,
                lettura.quota is None or Parametro.QUOTA in figure,
                self.riferimento is None or Parametro.RIFERIMENTO in figure,
                self.base is None or (Parametro.BASE in figure and not lettura.sede),
            )
        )

    def modello(self) -> Modello:
        """The measure with the signs of its open figures in their place."""
        target = self.target
        sola = replace(
            self.lettura,
            valore=self.valore,
            valore_max=self.massimo,
            quota=self.quota,
            periodo="",
            sede="",
        )
        verso, passi = (target.verso, target.passi) if target else (None, ())
        nuovo = LetturaTarget("", self.tipo, (sola,), verso, passi=passi)
        misura = replace(nuda(self.misura, nuovo), base=self.base, riferimento=self.riferimento)
        return Modello(misura, (sola,), frozenset(self.figure))

    def _candidate(self, guarda: bool) -> Figure:
        """The figures that could be left open."""
        lettura, tipo = self.lettura, self.tipo
        limiti = (Parametro.VALORE, Parametro.MASSIMO)
        if tipo is Tipo.INTERVALLO:
            return limiti
        if tipo is Tipo.QUOTA_DI_CASI:
            return (Parametro.QUOTA,)
        if tipo is Tipo.SOGLIA and not lettura.data:
            if lettura.valore_max is not None:
                return limiti
            return (Parametro.VALORE,) if lettura.quota is None else (Parametro.QUOTA,)
        if guarda:
            return (Parametro.RIFERIMENTO,)
        return (Parametro.BASE,) if tipo is Tipo.TENDENZA else ()


Valori = dict[Parametro, Decimal | None]


def valori(figure: Figure, misura: Misura, lettura: Lettura) -> Valori:
    """Some figures of a measure set against a comparison."""
    return {quale: _VALORE[quale](misura, lettura) for quale in figure}


def _della_base(misura: Misura, _lettura: Lettura) -> Decimal | None:
    return misura.base.per_sede("") if misura.base else None


_VALORE: dict[Parametro, Callable[[Misura, Lettura], Decimal | None]] = {
    Parametro.VALORE: lambda misura, lettura: lettura.valore,
    Parametro.MASSIMO: lambda misura, lettura: lettura.valore_max,
    Parametro.QUOTA: lambda misura, lettura: lettura.quota,
    Parametro.RIFERIMENTO: lambda misura, lettura: misura.riferimento,
    Parametro.BASE: _della_base,
}


def numeri(figure: Figure, misura: Misura, lettura: Lettura) -> tuple[int, int, int]:
    """The open figures of a measure: numerators of x and y, and their denominator."""
    xn, yn, xd, yd = 0, 0, 1, 1
    for quale in figure:
        valore = _VALORE[quale](misura, lettura)
        if valore is not None and quale is Parametro.MASSIMO:
            yn, yd = valore.as_integer_ratio()
        elif valore is not None:
            xn, xd = valore.as_integer_ratio()
    comune = lcm(xd, yd)
    return xn * (comune // xd), yn * (comune // yd), comune


def nuda(misura: Misura, target: LetturaTarget | None) -> Misura:
    """A measure without what no judgement of its own result looks at."""
    return replace(
        misura,
        codice="",
        nome="",
        target=target,
        risultati=(),
        decimali=2,
        base=None,
        riferimento=None,
        riferimento_fonte="",
        aggregazione=Aggregazione.ULTIMO,
        cumulo=Cumulo.NESSUNO,
        eredita_target=True,
    )


def _aperte(trovate: Valori) -> dict[Parametro, Decimal]:
    """The figures that can be left open; none if one of them is not there or is not a number."""
    figure = {quale: valore for quale, valore in trovate.items() if contenuta(valore)}
    minimo, massimo = figure.get(Parametro.VALORE), figure.get(Parametro.MASSIMO)
    scambiati = minimo is not None and massimo is not None and minimo > massimo
    return {} if scambiati or len(figure) < len(trovate) else figure


def contenuta(valore: Decimal | None) -> TypeGuard[Decimal]:
    """Whether a figure can be left open: a number, and not too large for the exact core."""
    if valore is None or not valore.is_finite():
        return False
    numeratore, denominatore = valore.as_integer_ratio()
    return max(abs(numeratore), denominatore) <= GRANDE


def _guarda_riferimento(tipo: Tipo, lettura: Lettura) -> bool:
    """Whether the result is compared with the benchmark: a level with a name is one."""
    nome = lettura.riferimento
    verso_un_livello = bool(nome) and nome not in ANNO_PRIMA and not nome.isdecimal()
    return tipo is Tipo.RIFERIMENTO or (tipo is Tipo.TENDENZA and verso_un_livello)


def segno(valore: Decimal) -> Decimal:
    """1, 0 or -1."""
    return _SEGNI[(valore > 0) - (valore < 0)]


def _base(base: Base | None, sede: str, segno: Decimal | None) -> Base | None:
    """The baseline that counts for a site, or in place of its figure only the sign."""
    if base is None:
        return None
    if sede:
        return Base(valore=base.per_sede(sede), anno=base.anno)
    if segno is None:
        return base
    if base.valore is not None or base.lettura is None:
        return Base(valore=segno, anno=base.anno)
    unita = base.lettura.letture[0].unita if base.lettura.letture else ""
    letta = LetturaTarget("", Tipo.SOGLIA, (Lettura(valore=segno, unita=unita),))
    return Base(lettura=letta, anno=base.anno)
