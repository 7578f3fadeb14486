# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a measure asks to be judged on, period by period, apart from any edition.

Each measure is a *voce*: for every period, the parts that are judged (one; one for each quarter of
a target by period; one for each site). A part names the column and the site of its result, the
figures of the measure (target, benchmark, baseline), and a *modello*: what is left of the measure
once those figures are taken away. ``≥ 80%`` and ``≥ 95%`` are one modello, so an edition compiles
a few dozen rules whatever the number of measures.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from ..giudizio import SENZA_GIUDIZIO
from ..letture import Lettura, LetturaTarget, Tipo
from ..misura import Misura, Periodo, chiave
from .compila import scegli
from .nucleo import Interi, Veri
from .risultati import FRAZIONI, FUORI
from .sagome import Modello, Sagoma, nuda

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

    def con(self, parti: list[_Parte], voci: list[list[tuple[int, int, bool]]]) -> "Parti":
        """With others after them."""
        righe = np.array(parti, np.int64).reshape(-1, 7).T
        inizi, quante, insieme = np.array(voci, np.int64).transpose(2, 1, 0)
        nuove = (*righe[:6], righe[6] != 0, inizi, quante, insieme != 0)
        vecchie = (getattr(self, campo.name) for campo in fields(self))
        return Parti(*(np.append(v, n, axis=-1) for v, n in zip(vecchie, nuove, strict=True)))


class Voci:
    """The measures of a year, by number; with ``fisse`` no figure is taken away from the modello.

    (A rule that interpolates between baseline and target needs both.)
    """

    def __init__(self, anno: int, *, fisse: bool = False) -> None:
        self.anno, self.fisse = anno, fisse
        self.modelli: list[Modello] = []
        self.sedi: list[str] = []
        self._numeri: dict[Hashable, int] = {}
        self._posti_sedi: dict[str, int] = {}
        self._quante = self._quante_parti = 0
        self._nuove: list[list[tuple[int, int, bool]]] = []
        self._nuove_parti: list[_Parte] = []
        self._colonne = _nessuna()

    def __len__(self) -> int:
        return self._quante

    def aggiungi(self, misura: Misura) -> int:
        """The number of a new measure; its results do not count."""
        fatte: dict[int, _Parte] = {}
        if misura.target is not None and misura.target.tipo is Tipo.PER_PERIODO:
            righe = [self._nel(misura, frazione, fatte) for frazione in FRAZIONI]
        else:
            anno, pezzo = (self._nel(misura, frazione, fatte) for frazione in ("", "T1"))
            righe = [anno, *[pezzo] * (len(FRAZIONI) - 1)]
        self._nuove.append(righe)
        self._quante += 1
        return self._quante - 1

    def parti(self) -> Parti:
        """All the parts as columns."""
        if self._nuove:
            self._colonne = self._colonne.con(self._nuove_parti, self._nuove)
            self._nuove, self._nuove_parti = [], []
        return self._colonne

    # --- the parts of a measure -----------------------------------------------------------

    def _nel(
        self, misura: Misura, frazione: str, fatte: dict[int, _Parte]
    ) -> tuple[int, int, bool]:
        """Where the parts of a measure in a period begin, how many, whether they make a mean."""
        inizio = self._quante_parti
        scelte = scegli(misura, Periodo(self.anno, frazione))
        insieme = False
        if scelte is None:
            self._metti(self._sempre_uguale(misura, frazione))
        elif len(scelte) == 1 and _per_sede(scelte[0][1]):
            insieme = True
            for lettura in scelte[0][1]:
                self._metti(self._parte(misura, lettura, fatte), scelte[0][0], frazione)
        elif all(len(letture) == 1 and not letture[0].sede for _, letture in scelte):
            insieme = len(scelte) > 1
            for dove, letture in scelte:
                self._metti(self._parte(misura, letture[0], fatte), dove, frazione)
        else:
            self._metti(self._senza_figure(_A_UNO_A_UNO, _A_UNO_A_UNO))
        return inizio, self._quante_parti - inizio, insieme

    def _metti(self, parte: _Parte, dove: str = "", frazione: str = "") -> None:
        """Add a part, judged in a part of the year."""
        posto = PROPRIO if dove == frazione else _posto(dove)
        self._nuove_parti.append((posto, *parte[1:]))
        self._quante_parti += 1

    def _parte(self, misura: Misura, lettura: Lettura, fatte: dict[int, _Parte]) -> _Parte:
        """A comparison with its figures, made once for each measure."""
        fatta = fatte.get(id(lettura))
        if fatta is None:
            sagoma = Sagoma(misura, lettura, fissa=self.fisse)
            numero = self._numeri.get(sagoma.chiave)
            if numero is None:
                numero = self._nuovo(sagoma.chiave, sagoma.modello())
            sede = self._sede(chiave(lettura.sede)) if lettura.sede else AZIENDA
            fatta = fatte[id(lettura)] = (
                PROPRIO, sede, numero, *sagoma.numeri(), sagoma.da_riferimento,
            )  # fmt: skip
        return fatta

    def _sempre_uguale(self, misura: Misura, frazione: str) -> _Parte:
        """No target, none that can be judged, or none for a part of the year."""
        target = misura.target
        if frazione and target is not None and target.tipo not in SENZA_GIUDIZIO:
            return self._senza_figure(_SENZA_TARGET_SUO, _SENZA_TARGET_SUO)
        return self._senza_figure(("sempre", target), Modello(nuda(misura, target), None))

    def _senza_figure(self, chiave: Hashable, modello: Modello) -> _Parte:
        numero = self._numeri.get(chiave)
        if numero is None:
            numero = self._nuovo(chiave, modello)
        return PROPRIO, AZIENDA, numero, 0, 0, 1, False

    def _nuovo(self, chiave: Hashable, modello: Modello) -> int:
        numero = self._numeri[chiave] = len(self.modelli)
        self.modelli.append(modello)
        return numero

    def _sede(self, nome: str) -> int:
        if nome not in self._posti_sedi:
            self._posti_sedi[nome] = len(self.sedi)
            self.sedi.append(nome)
        return self._posti_sedi[nome]


def _nessuna() -> Parti:
    niente = np.zeros(0, np.int64)
    vuote = np.zeros((len(FRAZIONI), 0), np.int64)
    falsi = niente.astype(np.bool_)
    sei = (niente,) * 6
    return Parti(*sei, falsi, vuote, vuote, vuote.astype(np.bool_))


def _posto(frazione: str) -> int:
    return FRAZIONI.index(frazione) if frazione in FRAZIONI else FUORI


def _per_sede(letture: Sequence[Lettura]) -> bool:
    """Whether each comparison is for a site of its own."""
    sedi = [chiave(lettura.sede) for lettura in letture]
    return all(sedi) and len(set(sedi)) == len(sedi)
