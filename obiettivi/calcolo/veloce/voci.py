# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a measure asks to be judged on, period by period, apart from any edition.

Each measure is a *voce*: for every period, the parts that are judged (one; one for each quarter of
a target by period; one for each site). A part names the column and the site of its result, the
figures of the measure (target, benchmark, baseline), and a *modello*: what is left of the measure
once those figures are taken away. ``≥ 80%`` and ``≥ 95%`` are one modello, so an edition compiles
a few dozen rules whatever the number of measures; and they come out of one *stampo*, so the parts
are looked for once.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..giudizio import SENZA_GIUDIZIO
from ..letture import Lettura, LetturaTarget, Tipo
from ..misura import Misura, Periodo, chiave
from .compila import scegli
from .nucleo import Interi, Veri
from .risultati import FRAZIONI, FUORI
from .sagome import Modello, Sagoma, nuda
from .stampi import ParteDiStampo, Stampo, contorno, letture_di

PROPRIO = -1
"""In the column of the parts: the period that is judged, whichever it is."""
AZIENDA = -1
"""In the column of the sites: none, the whole azienda."""


_A_UNO_A_UNO = Modello(Misura("", "", None), ())
_DELL_ANNO = LetturaTarget("", Tipo.SOGLIA, (Lettura(),))
_SENZA_TARGET_SUO = Modello(Misura("", "", _DELL_ANNO, eredita_target=False), None)
"""A part of the year, of a target that speaks of the whole year only."""

_Parte = tuple[int, int, int, int, int, int, bool]
"""Place of the part of the year, site, modello, xn, yn, xd, whether x is the benchmark."""
_DI_PARTE, _DI_VOCE = 7, 2
_LARGHEZZE = (np.int8, np.int16, np.int32, np.int64)
_Schema = tuple[tuple[int, int, bool], ...]
"""For each period: the first of the parts that are judged in it, how many, whether together."""


@dataclass
class Parti:
    """The parts of every voce as columns; those of a voce come together.

    Few voci differ in how their parts go with the periods: each has the number of a schema.
    Columns are as narrow as their numbers: to be widened before they are multiplied.
    ``inizi`` (from the first part of the voce), ``quante`` and ``insieme`` have a row for each
    period and a column for each schema; ``insieme``: several parts (or sites) that make one score.
    """

    dove: Interi
    sede: Interi
    modello: Interi
    xn: Interi
    yn: Interi
    xd: Interi
    da_riferimento: Veri
    prime: Interi
    schemi: Interi
    inizi: Interi
    quante: Interi
    insieme: Veri

    def del_periodo(self, posti: Interi, voci: Interi) -> tuple[Interi, Interi]:
        """Where the parts of some voci begin, each in a period, and how many they are."""
        schemi = self.schemi[voci]
        return self.prime[voci] + self.inizi[posti, schemi], self.quante[posti, schemi]

    def messe_insieme(self, posti: Sequence[int], voci: Interi) -> Veri:
        """Whether the parts make one score together: a row for each period."""
        insieme: Veri = self.insieme[posti][:, self.schemi[voci]]
        return insieme


class Voci:
    """The measures of a year, by number; with ``fisse`` no figure is taken away from the modello.

    (A rule that interpolates between baseline and target needs both.)
    """

    def __init__(self, anno: int, *, fisse: bool = False) -> None:
        self.anno, self.fisse = anno, fisse
        self.modelli: list[Modello] = []
        self.sedi: list[str] = []
        self._numeri: dict[Hashable, int] = {}
        self._stampi: dict[Hashable, Stampo] = {}
        self._posti_sedi: dict[str, int] = {}
        self._schemi: dict[_Schema, int] = {}
        self._colonne: list[Interi] = [np.zeros(0, np.int8)] * (_DI_PARTE + _DI_VOCE)
        self._nuove: list[tuple[int, int]] = []
        self._nuove_parti: list[_Parte] = []
        self._quante = self._quante_parti = 0
        self._tutte: Parti | None = None

    def __len__(self) -> int:
        return self._quante

    def aggiungi(self, misura: Misura) -> int:
        """The number of a new measure; its results do not count."""
        stampo = self._stampo(misura)
        self._nuove.append((self._quante_parti, stampo.schema))
        self._nuove_parti += [
            (una.dove, una.sede, una.modello, *una.numeri(misura), una.da_riferimento)
            for una in stampo.parti
        ]
        self._quante_parti += len(stampo.parti)
        self._quante += 1
        self._tutte = None
        return self._quante - 1

    @property
    def forme(self) -> int:
        """How many modelli and stampi are kept."""
        return len(self.modelli) + len(self._stampi)

    def parti(self) -> Parti:
        """All the parts as columns."""
        if self._tutte is None:
            nuove = [*zip(*self._nuove_parti, strict=True), *zip(*self._nuove, strict=True)]
            if nuove:
                self._colonne = [
                    _accoda(vecchia, nuova)
                    for vecchia, nuova in zip(self._colonne, nuove, strict=True)
                ]
            self._nuove, self._nuove_parti = [], []
            schemi = np.array(list(self._schemi), np.int64).reshape(-1, len(FRAZIONI), 3)
            inizi, quante, insieme = schemi.transpose(2, 1, 0)
            *parti, da_riferimento, prime, suoi = self._colonne
            tutte: list[Any] = [
                *parti,
                da_riferimento != 0,
                prime,
                suoi,
                inizi,
                quante,
                insieme != 0,
            ]
            self._tutte = Parti(*tutte)
        return self._tutte

    def tieni(self, quali: Interi) -> None:
        """Forget the other measures; those that stay are numbered from 0, in the order given."""
        self.parti()
        *parti, prime, schemi = self._colonne
        quante = np.diff(prime, append=self._quante_parti)[quali]
        fini = np.cumsum(quante)
        posti = np.repeat(prime[quali] - fini + quante, quante) + np.arange(quante.sum())
        nuove = _accoda(prime[:0], fini - quante)
        self._colonne = [*(colonna[posti] for colonna in parti), nuove, schemi[quali]]
        self._quante, self._quante_parti = len(quali), len(posti)
        self._tutte = None

    # --- the parts of a measure -----------------------------------------------------------

    def _stampo(self, misura: Misura) -> Stampo:
        suo = contorno(misura)
        stampo = self._stampi.get(suo)
        if stampo is None:
            stampo = self._nuovo_stampo(misura)
            if stampo.di_tutte:
                self._stampi[suo] = stampo
        return stampo

    def _nuovo_stampo(self, misura: Misura) -> Stampo:
        if misura.target is not None and misura.target.tipo is Tipo.PER_PERIODO:
            righe = [self._nel(misura, frazione) for frazione in FRAZIONI]
        else:
            anno, pezzo = (self._nel(misura, frazione) for frazione in ("", "T1"))
            righe = [anno, *[pezzo] * (len(FRAZIONI) - 1)]
        mie: list[ParteDiStampo] = []
        schema = tuple((_metti(mie, parti), len(parti), insieme) for parti, insieme in righe)
        return Stampo(tuple(mie), self._schemi.setdefault(schema, len(self._schemi)))

    def _nel(self, misura: Misura, frazione: str) -> tuple[list[ParteDiStampo], bool]:
        """The parts of a measure in a period, and whether they make a mean."""
        scelte = scegli(misura, Periodo(self.anno, frazione))
        if scelte is None:
            return [self._sempre_uguale(misura, frazione)], False
        if len(scelte) == 1 and _per_sede(scelte[0][1]):
            dove, letture = scelte[0]
            return [_nella(dove, frazione, self._parte(misura, una)) for una in letture], True
        if all(len(letture) == 1 and not letture[0].sede for _, letture in scelte):
            return [
                _nella(dove, frazione, self._parte(misura, letture[0])) for dove, letture in scelte
            ], len(scelte) > 1
        return [self._senza_figure(_A_UNO_A_UNO, _A_UNO_A_UNO)], False

    def _parte(self, misura: Misura, lettura: Lettura) -> ParteDiStampo:
        """A comparison, without its figures."""
        sagoma = Sagoma(misura, lettura, fissa=self.fisse)
        numero = self._numeri.get(sagoma.chiave)
        if numero is None:
            numero = self._nuovo(sagoma.chiave, sagoma.modello())
        return ParteDiStampo(
            PROPRIO,
            self._sede(chiave(lettura.sede)) if lettura.sede else AZIENDA,
            numero,
            next((k for k, una in enumerate(letture_di(misura)) if una is lettura), 0),
            sagoma.figure,
            sagoma.da_riferimento,
            di_tutte=sagoma.generica,
        )

    def _sempre_uguale(self, misura: Misura, frazione: str) -> ParteDiStampo:
        """No target, none that can be judged, or none for a part of the year."""
        target = misura.target
        if frazione and target is not None and target.tipo not in SENZA_GIUDIZIO:
            return self._senza_figure(_SENZA_TARGET_SUO, _SENZA_TARGET_SUO)
        suo = self._senza_figure(("sempre", target), Modello(nuda(misura, target), None))
        return replace(suo, di_tutte=target is None)

    def _senza_figure(self, chiave: Hashable, modello: Modello) -> ParteDiStampo:
        numero = self._numeri.get(chiave)
        if numero is None:
            numero = self._nuovo(chiave, modello)
        return ParteDiStampo(PROPRIO, AZIENDA, numero)

    def _nuovo(self, chiave: Hashable, modello: Modello) -> int:
        numero = self._numeri[chiave] = len(self.modelli)
        self.modelli.append(modello)
        return numero

    def _sede(self, nome: str) -> int:
        if nome not in self._posti_sedi:
            self._posti_sedi[nome] = len(self.sedi)
            self.sedi.append(nome)
        return self._posti_sedi[nome]


def _accoda(colonna: Interi, nuovi: Sequence[int] | Interi) -> Interi:
    """A column with more numbers at its end, no wider than they need: it is of thousands."""
    altri = np.array(nuovi, np.int64)
    estremi = altri.min(initial=0), altri.max(initial=0)
    largo = next(tipo for tipo in _LARGHEZZE if all(_ci_sta(tipo, uno) for uno in estremi))
    insieme: Interi = np.append(colonna, altri.astype(largo))
    return insieme


def _ci_sta(tipo: type[np.signedinteger[Any]], numero: int) -> bool:
    return bool(np.iinfo(tipo).min <= numero <= np.iinfo(tipo).max)


def _nella(dove: str, frazione: str, parte: ParteDiStampo) -> ParteDiStampo:
    """A part judged in a part of the year, where a period asks for it."""
    return replace(parte, dove=PROPRIO if dove == frazione else _posto(dove))


def _metti(tutte: list[ParteDiStampo], parti: list[ParteDiStampo]) -> int:
    """Where some parts are among all those of a voce; if they are not there, they are added."""
    for posto in range(len(tutte) - len(parti) + 1):
        if tutte[posto : posto + len(parti)] == parti:
            return posto
    tutte += parti
    return len(tutte) - len(parti)


def _posto(frazione: str) -> int:
    return FRAZIONI.index(frazione) if frazione in FRAZIONI else FUORI


def _per_sede(letture: Sequence[Lettura]) -> bool:
    """Whether each comparison is for a site of its own."""
    sedi = [chiave(lettura.sede) for lettura in letture]
    return all(sedi) and len(set(sedi)) == len(sedi)
