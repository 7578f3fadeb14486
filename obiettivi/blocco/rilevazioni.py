# SPDX-License-Identifier: AGPL-3.0-or-later
"""The results of a year as columns: one row for each indicator, then one for each of its sites."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from obiettivi.blocco.colonne import (
    Interi,
    decimali,
    fra_quelli,
    in_elenco,
    in_uno,
    intere_per,
    tuple_di,
    vero,
)
from obiettivi.blocco.misure import Foglie
from obiettivi.calcolo.misura import chiave
from obiettivi.calcolo.veloce.nucleo import Veri
from obiettivi.calcolo.veloce.regola import Classe
from obiettivi.calcolo.veloce.risultati import FRAZIONI, Risultati
from obiettivi.models import AreaStrategica, Misura, Obiettivo, Rilevazione

_RILEVAZIONE, _MISURA, _OBIETTIVO, _AREA = (
    modello._meta.db_table for modello in (Rilevazione, Misura, Obiettivo, AreaStrategica)
)
_VALORE, _NUMERATORE, _DENOMINATORE, _AVANZAMENTO = 1, 2, 4, 8
_NUMERO, _NON_APPLICABILE, _DIMOSTRATIVA, _SEDE, _TESTO, _DATA = 16, 32, 64, 128, 256, 512
_SEGNI = {
    "r.valore IS NOT NULL": _VALORE,
    "r.numeratore IS NOT NULL": _NUMERATORE,
    "r.denominatore IS NOT NULL": _DENOMINATORE,
    "r.avanzamento IS NOT NULL": _AVANZAMENTO,
    f"r.stato = '{Rilevazione.Stato.NUMERO}'": _NUMERO,
    f"r.stato = '{Rilevazione.Stato.NON_APPLICABILE}'": _NON_APPLICABILE,
    "r.dimostrativa": _DIMOSTRATIVA,
    "r.sede <> ''": _SEDE,
    "r.testo <> ''": _TESTO,
    "r.data IS NOT NULL": _DATA,
}
_TUTTI = 2 * _DATA
"""Where the indicator begins, in the number that it shares with the marks."""
_ESPRESSIONI = (
    in_uno(
        "r.indicatore_id",
        (" + ".join(vero(condizione, bit) for condizione, bit in _SEGNI.items()), _TUTTI),
    ),
    # Only one of the three speaks: a result that says more than one thing is not a column's.
    decimali("coalesce(r.numeratore, r.valore, r.avanzamento)", 4),
    decimali("r.denominatore", 4),
)
"""Indicator and marks, figure or numerator, denominator."""


def leggi_risultati(
    piani: Sequence[int], anno: int, indicatori: Interi, foglie: Foglie, prime: Interi
) -> Risultati:
    """The results of some indicators; ``prime`` are the places of a leaf of each."""
    loro = f"""SELECT m.indicatore_id FROM {_MISURA} m
        JOIN {_OBIETTIVO} o ON o.id = m.obiettivo_id
        JOIN {_AREA} a ON a.id = o.area_id
        WHERE {in_elenco("a.piano_id", piani)}"""  # noqa: S608 -- names and whole numbers
    da = f"{_RILEVAZIONE} r WHERE {_CORRENTI} AND {fra_quelli('r.indicatore_id', loro)}"
    pezzi = intere_per("r.frazione", _ESPRESSIONI, da, (anno,))
    con_sede = [righe[_della_sede(righe), 0] // _TUTTI for _frazione, righe in pezzi]
    sedi = _Sedi(anno, indicatori, np.unique(np.concatenate([np.zeros(0, np.int64), *con_sede])))
    propri = np.concatenate((np.arange(len(indicatori)), sedi.padri))
    sue = prime[propri]
    risultati = Risultati.vuoti(foglie.aggregazione[sue], foglie.cumulo[sue])
    risultati.sedi = sedi.quali
    risultati.uno_per_uno[sedi.strani] = True
    si_no = foglie.si_no[sue]
    for frazione, posti, righe in sedi.per_frazione():
        _riempi(risultati, frazione, posti, righe, si_no, propri)
    while pezzi:  # a part of the year at a time: the numbers of all would be there twice
        frazione, righe = pezzi.pop()
        righe = righe[~_della_sede(righe)].astype(np.int64)
        posti = np.searchsorted(indicatori, righe[:, 0] // _TUTTI)
        _riempi(risultati, frazione, posti, righe, si_no, propri)
    _con_testi(risultati, anno, indicatori, len(indicatori), sedi)
    return risultati


def _della_sede(righe: Interi) -> Veri:
    """Which rows are of a site."""
    veri: Veri = righe[:, 0] & _SEDE != 0
    return veri


_CORRENTI = "r.sostituita_il IS NULL AND r.unita_id IS NULL AND r.anno = %s"


def _riempi(
    risultati: Risultati, frazione: str, chi: Interi, righe: Interi, si_no: Veri, propri: Interi
) -> None:
    """Put the results of a part of the year in their column, each in its row."""
    if frazione not in FRAZIONI:
        risultati.uno_per_uno[propri[chi]] = True
        return
    insieme, n, d = righe.T
    segni, dove = insieme % _TUTTI, FRAZIONI.index(frazione)
    classe = _classi(segni, d, si_no[chi])
    rapporto = (classe == Classe.RAPPORTO) | (classe == Classe.DENOMINATORE_ZERO)
    risultati.classe[chi, dove] = classe
    risultati.n[chi, dove] = n
    risultati.d[chi, dove] = np.where(rapporto, d, 10**4)
    risultati.dimostrativo[chi, dove] = (segni & _DIMOSTRATIVA) != 0


def _classi(segni: Interi, d: Interi, si_no: Veri) -> Interi:
    """What each result is made of, as ``raccolta.risultato`` and the reference would see it."""
    classe: Interi = _tutte_le_classi()[si_no.astype(np.int8), segni]
    classe[(classe == Classe.RAPPORTO) & (d == 0)] = Classe.DENOMINATORE_ZERO
    return classe


@cache
def _tutte_le_classi() -> Interi:
    """The class of any marks: a row for other indicators, one for those answered yes or no."""
    segni = np.arange(_TUTTI)
    classi = [_classi_dei_segni(segni, np.bool_(si_no)) for si_no in (False, True)]
    return np.array(classi, np.int8)


def _classi_dei_segni(segni: Interi, si_no: np.bool_) -> Interi:
    def ha(bit: int) -> Veri:
        veri: Veri = (segni & bit) != 0
        return veri

    numero, testo = ha(_NUMERO), ha(_TESTO) & si_no
    rapporto = ha(_NUMERATORE) & ha(_DENOMINATORE)
    mezzo = ha(_NUMERATORE) ^ ha(_DENOMINATORE)
    cifre = ha(_NUMERATORE) | ha(_DENOMINATORE) | ha(_AVANZAMENTO)
    con_altro = ha(_AVANZAMENTO) | testo
    casi_e_classi = (
        (ha(_NON_APPLICABILE), Classe.NON_APPLICABILE),
        (ha(_DATA), Classe.ALTRO),
        (~numero & (cifre | testo), Classe.ALTRO),
        (~numero, Classe.MANCANTE),
        (mezzo, Classe.ALTRO),
        (rapporto & con_altro, Classe.ALTRO),
        (rapporto, Classe.RAPPORTO),
        (ha(_VALORE) & con_altro, Classe.ALTRO),
        (ha(_VALORE), Classe.VALORE),
        (ha(_AVANZAMENTO) & testo, Classe.ALTRO),
        (ha(_AVANZAMENTO), Classe.AVANZAMENTO),
        (testo, Classe.TESTO),
    )
    casi, classi = zip(*casi_e_classi, strict=True)
    return np.select(casi, classi, Classe.MANCANTE)


class _Sedi:
    """The results by site of some indicators.

    ``padri``: the row of the indicator of each row that is added; ``quali``: what it is of.
    ``strani`` are the indicators whose sites only the reference can tell apart.
    """

    def __init__(self, anno: int, indicatori: Interi, quali: Interi) -> None:
        self.quali: dict[tuple[int, str], int] = {}
        self.strani: set[int] | list[int] = set()
        self._righe: dict[str, list[tuple[int, list[int]]]] = defaultdict(list)
        nomi: dict[int, str] = {}
        for *numeri, frazione, nome in _delle_sedi(anno, quali.tolist()) if len(quali) else ():
            padre = int(np.searchsorted(indicatori, int(numeri[0]) // _TUTTI))
            suo = self.quali.setdefault((padre, chiave(nome)), len(indicatori) + len(self.quali))
            if not chiave(nome) or nomi.setdefault(suo, nome) != nome:
                self.strani.add(padre)
            self._righe[frazione].append((suo, [int(uno) for uno in numeri]))
        self.strani = sorted(self.strani)
        self.padri = np.array([padre for padre, _nome in self.quali], np.int64)

    def per_frazione(self) -> Iterator[tuple[str, Interi, Interi]]:
        """For each part of the year, where its results go, and they as ``_ESPRESSIONI`` says."""
        for frazione, coppie in self._righe.items():
            posti, righe = zip(*coppie, strict=True)
            yield frazione, np.array(posti, np.int64), np.array(righe, np.int64)


def _delle_sedi(anno: int, indicatori: Sequence[int]) -> list[tuple[Any, ...]]:
    return tuple_di(
        (*_ESPRESSIONI, "r.frazione", "r.sede"),
        f"{_RILEVAZIONE} r WHERE {_CORRENTI} AND r.sede <> '' "
        f"AND {in_elenco('r.indicatore_id', indicatori)}",
        (anno,),
    )


def _con_testi(
    risultati: Risultati, anno: int, indicatori: Interi, quanti: int, sedi: _Sedi
) -> None:
    """Reasons of what is not applicable, and results that are texts."""
    in_parole = np.isin(risultati.classe, (Classe.NON_APPLICABILE, Classe.TESTO)).any(axis=1)
    quali = np.flatnonzero(in_parole)
    if not len(quali):
        return
    padri = np.concatenate((np.arange(quanti), sedi.padri))[quali]
    righe = tuple_di(
        ("r.indicatore_id", "r.frazione", "r.sede", "r.testo", "r.stato"),
        f"{_RILEVAZIONE} r WHERE {_CORRENTI} AND (r.testo <> '' OR r.stato = %s) "
        f"AND {in_elenco('r.indicatore_id', indicatori[np.unique(padri)].tolist())}",
        (anno, str(Rilevazione.Stato.NON_APPLICABILE)),
    )
    for indicatore, frazione, sede, testo, stato in righe:
        padre = int(np.searchsorted(indicatori, indicatore))
        riga = sedi.quali.get((padre, chiave(sede))) if sede else padre
        if riga is not None and frazione in FRAZIONI:
            non_applicabile = stato == Rilevazione.Stato.NON_APPLICABILE
            detto = testo or ("non applicabile" if non_applicabile else "")
            risultati.testi[riga, FRAZIONI.index(frazione)] = detto
