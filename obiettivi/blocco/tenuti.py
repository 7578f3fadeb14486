# SPDX-License-Identifier: AGPL-3.0-or-later
"""One plan after a new result: kept as last judged, so that only what changed since is redone.

PostgreSQL tells the version of every row (``ctid`` and ``xmin``: no two versions share both), at a
fraction of the cost of reading it. Where the tree, its targets and its indicators have the same
versions as last time, only the leaves of the indicators whose results have others are judged
again, then the branches above them, by the same functions as a whole block. Versions are read
before the rows: what is kept may be newer than they say, and is then done again, never older.

SQLite has no such versions: there the whole plan is done each time.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from django.db import connection

from obiettivi.blocco import righe as colonne
from obiettivi.blocco.colonne import Interi
from obiettivi.blocco.lettura import Blocco, leggi
from obiettivi.blocco.regolario import Regolario
from obiettivi.blocco.righe import Righe
from obiettivi.blocco.valutazione import _Periodo, giudica_blocco
from obiettivi.blocco.versioni import Versioni, di_risultati, di_struttura, indicatore_di
from obiettivi.calcolo.arrotondamento import ZERO, esatto
from obiettivi.calcolo.veloce.foglie import Esiti, Foglie, Stato
from obiettivi.calcolo.veloce.medie import Gruppi, risali
from obiettivi.calcolo.veloce.risalita import Figlio
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Indicatore, Raggiungimento, Rilevazione
from obiettivi.raccolta import risultato

Tavola = Raggiungimento.Livello
FOGLIE_TENUTE = 20_000
"""Leaves of the plans kept by a process: about 2 kB each."""
TROPPE = 40
"""Leaves to judge again beyond which the whole plan costs less."""
# Plain SQL for what every new result asks: to compile a query costs more than to run it.
_RISULTATI = f"""SELECT r.*, i.tipo_formula AS formula FROM {Rilevazione._meta.db_table} r
    JOIN {Indicatore._meta.db_table} i ON i.id = r.indicatore_id
    WHERE r.sostituita_il IS NULL AND r.unita_id IS NULL AND r.indicatore_id IN (%s)
    AND r.anno = %%s ORDER BY r.indicatore_id, r.frazione, r.sede"""  # noqa: S608 -- names of tables


def punteggi(piano: int, anno: int, regolario: Regolario, frazioni: Sequence[str]) -> Righe:
    """The scores of every level of a plan in some periods. Called with the plan locked."""
    if connection.vendor != "postgresql":
        return giudica_blocco(leggi([piano], anno), regolario, frazioni)
    chiave = (piano, anno)
    # Out while it changes: after an error the plan is read again.
    tenuto = _tenuti.pop(chiave, None)
    struttura, risultati = di_struttura(piano, anno), di_risultati(piano, anno)
    altre: Iterable[str] = ()
    if tenuto is not None and tenuto.vale(regolario, struttura):
        tenuto.segna(risultati)
        altre = tenuto.periodi
    if tenuto is None or not altre or not tenuto.basta(frazioni):
        tenuto = _Tenuto(leggi([piano], anno), regolario, struttura, risultati)
        tenuto.giudica({*frazioni, *altre})
    fatte = tenuto.righe(frazioni)
    _tieni(chiave, tenuto)
    return fatte


_tenuti: OrderedDict[tuple[int, int], "_Tenuto"] = OrderedDict()


def _tieni(chiave: tuple[int, int], tenuto: "_Tenuto") -> None:
    """Keep a plan, and forget those not touched for the longest time if they are too many."""
    _tenuti[chiave] = tenuto
    while sum(len(uno.blocco.misure) for uno in list(_tenuti.values())) > FOGLIE_TENUTE:
        _tenuti.popitem(last=False)


@dataclass
class _Tenuto:
    """A plan as last judged, with the versions of the rows that it comes from."""

    blocco: Blocco
    regolario: Regolario
    struttura: bytes
    risultati: Versioni
    periodi: "dict[str, _Giudicato]" = field(default_factory=dict)
    foglie: dict[int, list[int]] = field(init=False)
    """The places of the leaves of each indicator."""

    def __post_init__(self) -> None:
        self.foglie = defaultdict(list)
        indicatori = self.blocco.indicatori[self.blocco.indicatore].tolist()
        for posto, indicatore in enumerate(indicatori):
            self.foglie[indicatore].append(posto)

    def vale(self, regolario: Regolario, struttura: bytes) -> bool:
        """Whether rules and tree are still these."""
        return self.regolario is regolario and self.struttura == struttura

    def segna(self, risultati: Versioni) -> None:
        """Mark the leaves whose results changed."""
        for indicatore in {indicatore_di(riga) for riga in risultati ^ self.risultati}:
            self.blocco.interi.pop(indicatore, None)
            for periodo in self.periodi.values():
                periodo.da_rifare.update(self.foglie.get(indicatore, ()))
        self.risultati = risultati

    def basta(self, frazioni: Sequence[str]) -> bool:
        """Whether these periods can be had from what is kept, with little to do again."""
        periodi = self.periodi
        return all(una in periodi and len(periodi[una].da_rifare) <= TROPPE for una in frazioni)

    def giudica(self, frazioni: Iterable[str]) -> None:
        """Judge the whole plan in some periods."""
        foglie = self.regolario.foglie(self.blocco.chiavi, self.blocco.indicatore)
        for frazione in frazioni:
            self.periodi[frazione] = _Giudicato(self.blocco, self.regolario, foglie, frazione)

    def righe(self, frazioni: Sequence[str]) -> Righe:
        """The scores in some periods, after what was marked is done again."""
        for frazione in frazioni:
            self.periodi[frazione].rifai()
        return Righe.unite([self.periodi[frazione].tutte for frazione in frazioni])


class _Giudicato(_Periodo):
    """A plan in a period, with what each level gave.

    ``tutte`` are its scores: leaves, objectives, areas and the plan, each in the order of the tree.
    """

    @esatto
    def __init__(self, blocco: Blocco, regolario: Regolario, foglie: Foglie, frazione: str) -> None:
        super().__init__(blocco, regolario, foglie, frazione)
        self.da_rifare: set[int] = set()
        self.esiti: Esiti
        self.obiettivi: list[Figlio]
        self.aree: list[Figlio]
        self.tutte = Righe.unite(self.righe())

    def _foglie(self) -> Esiti:
        self.esiti = super()._foglie()
        return self.esiti

    def _obiettivi(self, esiti: Esiti) -> list[Figlio]:
        self.obiettivi = super()._obiettivi(esiti)
        return self.obiettivi

    def _aree(self, obiettivi: Sequence[Figlio]) -> list[Figlio]:
        self.aree = super()._aree(obiettivi)
        return self.aree

    @esatto
    def rifai(self) -> None:
        """Judge again the leaves that are marked, by the reference, and what is above them."""
        if not self.da_rifare:
            return
        posti = np.array(sorted(self.da_rifare), np.int64)
        _leggi_risultati(self.blocco, posti)
        for posto, giudizio in zip(posti.tolist(), self._uno_per_uno(posti.tolist()), strict=True):
            _svuota(self.esiti, posto)
            self.esiti.metti(posto, giudizio)
        self.esiti.dimostrativo[posti] |= self.blocco.inventati[posti]
        self._scrivi_foglie(posti)
        self._risali(np.unique(self.blocco.obiettivo[posti]))
        self.da_rifare = set()

    def _scrivi_foglie(self, posti: Interi) -> None:
        misure = np.array(self.blocco.misure, np.int64)[posti]
        piani = np.full(len(posti), self.blocco.piani[0])
        self._metti(posti, colonne.di_foglie(_scelti(self.esiti, posti), misure, piani))

    def _risali(self, toccati: Interi) -> None:
        """Objectives that have something new under them, then every area and the plan."""
        blocco = self.blocco
        dentro = np.flatnonzero(np.isin(blocco.obiettivo, toccati))
        _pieni, inizi = np.unique(blocco.obiettivo[dentro], return_index=True)
        esiti, gruppi = _scelti(self.esiti, dentro), Gruppi(inizi, blocco.pesi[dentro])
        fatti = risali(esiti, gruppi, self.risalita, lambda k: blocco.nomi[int(dentro[k])])
        for k, figlio in zip(toccati.tolist(), fatti, strict=True):
            self.obiettivi[k] = self._con_ramo(figlio, blocco.obiettivi[k])
        piani = self._piani(self._aree(self.obiettivi))
        inizio = len(blocco.misure)
        self._metti_nodi(
            Tavola.OBIETTIVO,
            inizio + toccati,
            [blocco.obiettivi[k].chiave for k in toccati.tolist()],
            [self.obiettivi[k] for k in toccati.tolist()],
        )
        inizio += len(blocco.obiettivi)
        aree = [area.chiave for area in blocco.aree]
        self._metti_nodi(Tavola.AREA, inizio + np.arange(len(aree)), aree, self.aree)
        inizio += len(aree)
        self._metti_nodi(Tavola.PIANO, np.array([inizio]), blocco.piani, piani)

    def _metti_nodi(
        self, livello: str, posti: Interi, oggetti: Sequence[int], nodi: list[Figlio]
    ) -> None:
        piani = [self.blocco.piani[0]] * len(nodi)
        self._metti(posti, colonne.di_nodi(livello, piani, oggetti, nodi))

    def _metti(self, posti: Interi, nuove: Righe) -> None:
        """Put some scores in the places of those that were there."""
        nuove.matrice[:, colonne.FRAZIONE] = FRAZIONI.index(self.frazione)
        self.tutte.matrice[posti] = nuove.matrice
        for k, posto in enumerate(posti.tolist()):
            _sostituisci(self.tutte.motivi, posto, nuove.motivi.get(k))
            _sostituisci(self.tutte.grandi, posto, nuove.grandi.get(k))


def _leggi_risultati(blocco: Blocco, posti: Interi) -> None:
    """Read all the results of some leaves that are not known yet."""
    chiavi = set(blocco.indicatori[blocco.indicatore[posti]].tolist()) - blocco.interi.keys()
    if not chiavi:
        return
    blocco.interi.update({chiave: [] for chiave in chiavi})
    quali = ", ".join(str(chiave) for chiave in chiavi)
    for rilevazione in Rilevazione.objects.raw(_RISULTATI % quali, [blocco.anno]):
        chiave, formula = rilevazione.indicatore_id, rilevazione.formula
        rilevazione.indicatore = Indicatore(pk=chiave, tipo_formula=formula)
        blocco.interi[chiave].append(risultato(rilevazione))


T = TypeVar("T")


def _sostituisci(dove: dict[int, T], posto: int, valore: T | None) -> None:
    dove.pop(posto, None)
    if valore is not None:
        dove[posto] = valore


def _svuota(esiti: Esiti, posto: int) -> None:
    """As it was before the leaf was judged."""
    esiti.valori[posto], esiti.stato[posto], esiti.punti[posto] = ZERO, Stato.CALCOLATO, 0
    esiti.coperture.pop(posto, None)
    esiti.grandi.pop(posto, None)


def _scelti(esiti: Esiti, posti: Interi) -> Esiti:
    """Some of the leaves, in the order of ``posti``."""
    scelti = posti.tolist()
    return Esiti(
        [esiti.valori[posto] for posto in scelti],
        esiti.stato[posti],
        esiti.punti[posti],
        esiti.dimostrativo[posti],
        esiti.tondi,
        {k: esiti.grandi[posto] for k, posto in enumerate(scelti) if posto in esiti.grandi},
        {k: esiti.coperture[posto] for k, posto in enumerate(scelti) if posto in esiti.coperture},
    )
