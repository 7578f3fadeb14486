# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a measure asks to be judged on, period by period, apart from any edition.

Each measure is a *voce*: for every period, the parts that are judged (one; one for each quarter of
a target by period; one for each site). A part names the column and the site of its result, the
figures of the measure (target, benchmark, baseline), and a *modello*: what is left of the measure
once those figures are taken away. ``≥ 80%`` and ``≥ 95%`` are one modello, so an edition compiles
a few dozen rules whatever the number of measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

import numpy as np

from ..edizione import Metodo
from ..giudizio import SENZA_GIUDIZIO, tipo_di
from ..letture import Lettura, LetturaTarget, Tipo
from ..misura import Base, Misura, Periodo, chiave
from ..periodi import Aggregazione, Cumulo
from ..scelta import ANNO_PRIMA
from .compila import Aperte, Parametro, scegli
from .nucleo import Interi, Veri
from .regola import GRANDE
from .risultati import FRAZIONI, FUORI

PROPRIO = -1
"""In the column of the parts: the period that is judged, whichever it is."""
AZIENDA = -1
"""In the column of the sites: none, the whole azienda."""
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Modello:
    """A measure without its figures: the measure, the comparisons, which figures are open.

    ``letture`` is ``None`` where every result has the same outcome, empty where only the reference
    can judge.
    """

    misura: Misura
    letture: tuple[Lettura, ...] | None
    aperte: Aperte = frozenset()


_A_UNO_A_UNO = Modello(Misura("", "", None), ())
_DELL_ANNO = LetturaTarget("", Tipo.SOGLIA, (Lettura(),))
_SENZA_TARGET_SUO = Modello(Misura("", "", _DELL_ANNO, eredita_target=False), None)
"""A part of the year, of a target that speaks of the whole year only."""

_Parte = tuple[int, int, int, int, int, int, bool]
"""Place of the part of the year, site, modello, xn, yn, xd, whether x is the benchmark."""


@dataclass
class Parti:
    """The parts of every voce as columns; those of a voce in a period come together.

    ``inizi`` and ``quante`` have a row for each voce and a column for each period; ``insieme``:
    several parts (or sites) that make one score together.
    """

    dove: Interi
    sede: Interi
    modello: Interi
    xn: Interi
    yn: Interi
    xd: Interi
    da_riferimento: Veri
    inizi: Interi
    quante: Interi
    insieme: Veri


class Voci:
    """The measures of a year, by number; with ``fisse`` no figure is taken away from the modello.

    (A rule that interpolates between baseline and target needs both.)
    """

    def __init__(self, anno: int, *, fisse: bool = False) -> None:
        self.anno, self.fisse = anno, fisse
        self.modelli: list[Modello] = []
        self.sedi: list[str] = []
        self._numeri: dict[Modello, int] = {}
        self._posti_sedi: dict[str, int] = {}
        self._parti: list[_Parte] = []
        self._voci: list[list[tuple[int, int, bool]]] = []
        self._colonne: Parti | None = None

    def __len__(self) -> int:
        return len(self._voci)

    def aggiungi(self, misura: Misura) -> int:
        """The number of a new measure; its results do not count."""
        if misura.target is not None and misura.target.tipo is Tipo.PER_PERIODO:
            righe = [self._nel(misura, frazione) for frazione in FRAZIONI]
        else:
            anno, parte = self._nel(misura, ""), self._nel(misura, "T1")
            righe = [anno, *[parte] * (len(FRAZIONI) - 1)]
        self._voci.append(righe)
        self._colonne = None
        return len(self._voci) - 1

    def parti(self) -> Parti:
        """All the parts as columns."""
        if self._colonne is None:
            self._colonne = self._in_colonna()
        return self._colonne

    def _in_colonna(self) -> Parti:
        parti = np.array(self._parti, np.int64).reshape(-1, 7).T
        voci = np.array(self._voci, np.int64).reshape(-1, len(FRAZIONI), 3)
        dove, sede, modello, xn, yn, xd, rif = (np.ascontiguousarray(una) for una in parti)
        inizi, quante, insieme = (np.ascontiguousarray(voci[:, :, k].T) for k in range(3))
        return Parti(
            dove, sede, modello, xn, yn, xd, rif != 0, inizi, quante, insieme.astype(np.bool_)
        )

    # --- the parts of a measure -----------------------------------------------------------

    def _nel(self, misura: Misura, frazione: str) -> tuple[int, int, bool]:
        """Where the parts of a measure in a period begin, how many, whether they make a mean."""
        inizio = len(self._parti)
        scelte = scegli(misura, Periodo(self.anno, frazione))
        insieme = False
        if scelte is None:
            self._aggiungi_parte(frazione, AZIENDA, self._sempre_uguale(misura, frazione))
        elif len(scelte) == 1 and _per_sede(scelte[0][1]):
            insieme = True
            for lettura in scelte[0][1]:
                self._parte(misura, frazione, scelte[0][0], lettura)
        elif all(len(letture) == 1 and not letture[0].sede for _, letture in scelte):
            insieme = len(scelte) > 1
            for dove, letture in scelte:
                self._parte(misura, frazione, dove, letture[0])
        else:
            self._aggiungi_parte(frazione, AZIENDA, _A_UNO_A_UNO)
        return inizio, len(self._parti) - inizio, insieme

    def _parte(self, misura: Misura, frazione: str, dove: str, lettura: Lettura) -> None:
        fisse = self.fisse or misura.metodo is Metodo.INTERPOLAZIONE
        figure = {} if fisse else _figure(misura, lettura)
        modello = _modello(misura, lettura, figure, con_base=fisse)
        sede = self._sede(chiave(lettura.sede)) if lettura.sede else AZIENDA
        posto = PROPRIO if dove == frazione else _posto(dove)
        y = figure.pop(Parametro.MASSIMO, _ZERO)
        da_riferimento = Parametro.RIFERIMENTO in figure
        x = next(iter(figure.values()), _ZERO)
        numeri = _stesso_denominatore(Fraction(x), Fraction(y))
        self._parti.append((posto, sede, self._numero(modello), *numeri, da_riferimento))

    def _aggiungi_parte(self, frazione: str, sede: int, modello: Modello) -> None:
        self._parti.append((PROPRIO, sede, self._numero(modello), 0, 0, 1, False))

    @staticmethod
    def _sempre_uguale(misura: Misura, frazione: str) -> Modello:
        """No target, none that can be judged, or none for a part of the year."""
        target = misura.target
        if frazione and target is not None and target.tipo not in SENZA_GIUDIZIO:
            return _SENZA_TARGET_SUO
        return Modello(_nuda(misura, target, None, None), None)

    def _numero(self, modello: Modello) -> int:
        numero = self._numeri.get(modello)
        if numero is None:
            numero = self._numeri[modello] = len(self.modelli)
            self.modelli.append(modello)
        return numero

    def _sede(self, nome: str) -> int:
        if nome not in self._posti_sedi:
            self._posti_sedi[nome] = len(self.sedi)
            self.sedi.append(nome)
        return self._posti_sedi[nome]


def _posto(frazione: str) -> int:
    return FRAZIONI.index(frazione) if frazione in FRAZIONI else FUORI


def _per_sede(letture: Sequence[Lettura]) -> bool:
    """Whether each comparison is for a site of its own."""
    sedi = [chiave(lettura.sede) for lettura in letture]
    return all(sedi) and len(set(sedi)) == len(sedi)


def _nuda(
    misura: Misura, target: LetturaTarget | None, base: Base | None, riferimento: Decimal | None
) -> Misura:
    """A measure without what no judgement of its own result looks at."""
    return replace(
        misura,
        codice="",
        nome="",
        target=target,
        risultati=(),
        decimali=2,
        base=base,
        riferimento=riferimento,
        riferimento_fonte="",
        aggregazione=Aggregazione.ULTIMO,
        cumulo=Cumulo.NESSUNO,
        eredita_target=True,
    )


# --- figures ------------------------------------------------------------------------------


def _figure(misura: Misura, lettura: Lettura) -> dict[Parametro, Decimal]:
    """The figures that can be left open; none if one of them is not there or is not a number."""
    trovate = {quale: _finita(valore) for quale, valore in _candidate(misura, lettura).items()}
    figure = {quale: valore for quale, valore in trovate.items() if valore is not None}
    minimo, massimo = figure.get(Parametro.VALORE), figure.get(Parametro.MASSIMO)
    scambiati = minimo is not None and massimo is not None and minimo > massimo
    return {} if scambiati or len(figure) < len(trovate) else figure


def _candidate(misura: Misura, lettura: Lettura) -> dict[Parametro, Decimal | None]:
    tipo = tipo_di(misura.target, lettura)
    limiti = {Parametro.VALORE: lettura.valore, Parametro.MASSIMO: lettura.valore_max}
    if tipo is Tipo.INTERVALLO:
        return limiti
    if tipo is Tipo.QUOTA_DI_CASI:
        return {Parametro.QUOTA: lettura.quota}
    if tipo is Tipo.SOGLIA and not lettura.data:
        if lettura.valore_max is not None:
            return limiti
        if lettura.quota is not None:
            return {Parametro.QUOTA: lettura.quota}
        return {Parametro.VALORE: lettura.valore}
    if _guarda_riferimento(tipo, lettura):
        return {Parametro.RIFERIMENTO: misura.riferimento}
    if tipo is Tipo.TENDENZA:
        return {Parametro.BASE: misura.base.per_sede("") if misura.base else None}
    return {}


def _guarda_riferimento(tipo: Tipo, lettura: Lettura) -> bool:
    """Whether the result is compared with the benchmark: a level with a name is one."""
    nome = lettura.riferimento
    verso_un_livello = bool(nome) and nome not in ANNO_PRIMA and not nome.isdecimal()
    return tipo is Tipo.RIFERIMENTO or (tipo is Tipo.TENDENZA and verso_un_livello)


def _finita(valore: Decimal | None) -> Decimal | None:
    if valore is None or not valore.is_finite():
        return None
    numeratore, denominatore = valore.as_integer_ratio()
    return valore if max(abs(numeratore), denominatore) <= GRANDE else None


def _stesso_denominatore(x: Fraction, y: Fraction) -> tuple[int, int, int]:
    comune = lcm(x.denominator, y.denominator)
    return int(x * comune), int(y * comune), comune


def _segno(valore: Decimal) -> Decimal:
    return Decimal((valore > 0) - (valore < 0))


def _modello(
    misura: Misura, lettura: Lettura, figure: dict[Parametro, Decimal], *, con_base: bool
) -> Modello:
    """The measure against one comparison, with the signs of its open figures in their place."""
    target = misura.target
    tipo = tipo_di(target, lettura)
    segni = {quale: _segno(valore) for quale, valore in figure.items()}
    sola = replace(
        lettura,
        valore=segni.get(Parametro.VALORE, lettura.valore),
        valore_max=segni.get(Parametro.MASSIMO, lettura.valore_max),
        quota=segni.get(Parametro.QUOTA, lettura.quota),
        periodo="",
        sede="",
    )
    if Parametro.QUOTA in segni and lettura.valore is not None and lettura.valore.is_finite():
        sola = replace(sola, valore=_segno(lettura.valore))  # only the explanation shows it
    guarda = _guarda_riferimento(tipo, lettura)
    nuovo = LetturaTarget(
        "", tipo, (sola,), target.verso if target else None, passi=target.passi if target else ()
    )
    riferimento = segni.get(Parametro.RIFERIMENTO, misura.riferimento) if guarda else None
    base = _base(misura.base, lettura.sede, segni.get(Parametro.BASE))
    usa_base = con_base or (tipo is Tipo.TENDENZA and not guarda)
    nuda = _nuda(misura, nuovo, base if usa_base else None, riferimento)
    return Modello(nuda, (sola,), frozenset(figure))


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
