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
from typing import TypeVar

import numpy as np
from django.db import connection

from obiettivi.blocco import righe as colonne
from obiettivi.blocco.colonne import Interi
from obiettivi.blocco.confermati import Confermati, chiavi_di
from obiettivi.blocco.lettura import Blocco, Ramo, leggi
from obiettivi.blocco.regolario import Regolario
from obiettivi.blocco.righe import Righe
from obiettivi.blocco.scrittura import Differenze, salvate
from obiettivi.blocco.valutazione import _Periodo, giudica_blocco
from obiettivi.blocco.versioni import Versioni, indicatore_di, leggi_versioni
from obiettivi.calcolo.arrotondamento import ZERO, Livello, esatto
from obiettivi.calcolo.veloce.foglie import Esiti, Foglie, Stato
from obiettivi.calcolo.veloce.medie import Gruppi, risali
from obiettivi.calcolo.veloce.risalita import Figlio
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Indicatore, Prospettiva, Raggiungimento, Rilevazione
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


def differenze(piano: int, anno: int, regolario: Regolario, frazioni: Sequence[str]) -> Differenze:
    """What of the stored scores of a plan in some periods is to change. Called with it locked."""
    if connection.vendor != "postgresql":
        nuove = giudica_blocco(leggi([piano], anno), regolario, frazioni)
        return Differenze(salvate([piano], Prospettiva.CONSUNTIVO, anno, frazioni), nuove)
    chiave = (piano, anno)
    # Out while it changes: after an error the plan is read again.
    tenuto = _tenuti.pop(chiave, None)
    versioni = leggi_versioni(piano, anno, frazioni)
    if tenuto is not None and tenuto.vale(regolario, versioni):
        tenuto.segna(versioni)
        if not tenuto.basta(frazioni):
            altre = tenuto.periodi.keys()
            tenuto = _Tenuto(piano, anno, regolario, versioni)
            tenuto.giudica({*frazioni, *altre})
    else:
        tenuto = _Tenuto(piano, anno, regolario, versioni)
        tenuto.giudica(frazioni)
    fatte = tenuto.differenze(frazioni, versioni)
    _tieni(chiave, tenuto)
    return fatte


_tenuti: OrderedDict[tuple[int, int], "_Tenuto"] = OrderedDict()


def _tieni(chiave: tuple[int, int], tenuto: "_Tenuto") -> None:
    """Keep a plan, and forget those not touched for the longest time if they are too many."""
    _tenuti[chiave] = tenuto
    while sum(len(uno.blocco.misure) for uno in list(_tenuti.values())) > FOGLIE_TENUTE:
        _tenuti.popitem(last=False)


class _Tenuto:
    """A plan as last judged, with the versions of the rows that it comes from."""

    def __init__(self, piano: int, anno: int, regolario: Regolario, versioni: Versioni) -> None:
        self.regolario, self.versioni = regolario, versioni
        self.blocco = blocco = leggi([piano], anno)
        self.periodi: dict[str, _Giudicato] = {}
        self.confermati = Confermati(piano, anno)
        self._foglie: dict[int, list[int]] = defaultdict(list)
        for posto, indicatore in enumerate(blocco.indicatori[blocco.indicatore].tolist()):
            self._foglie[indicatore].append(posto)

    def vale(self, regolario: Regolario, versioni: Versioni) -> bool:
        """Whether rules and tree are still these."""
        return self.regolario is regolario and self.versioni.struttura == versioni.struttura

    def segna(self, versioni: Versioni) -> None:
        """Mark the leaves whose results changed."""
        cambiati = versioni.risultati ^ self.versioni.risultati
        for indicatore in {indicatore_di(versione) for versione in cambiati}:
            self.blocco.interi.pop(indicatore, None)
            for periodo in self.periodi.values():
                periodo.da_rifare.update(self._foglie.get(indicatore, ()))
        self.versioni = versioni

    def basta(self, frazioni: Sequence[str]) -> bool:
        """Whether these periods can be had from what is kept, with little to do again."""
        periodi = self.periodi
        return all(una in periodi and len(periodi[una].da_rifare) <= TROPPE for una in frazioni)

    def giudica(self, frazioni: Iterable[str]) -> None:
        """Judge the whole plan in some periods."""
        foglie = self.regolario.foglie(self.blocco.chiavi, self.blocco.indicatore)
        for frazione in frazioni:
            self.periodi[frazione] = _Giudicato(self.blocco, self.regolario, foglie, frazione)

    def differenze(self, frazioni: Sequence[str], versioni: Versioni) -> Differenze:
        """What differs from the stored scores, after what was marked is done again."""
        periodi = [self.periodi[frazione] for frazione in frazioni]
        for periodo in periodi:
            self.confermati.dimentica(periodo.chiavi[posto] for posto in periodo.rifai())
        tutte = Righe.unite([periodo.tutte for periodo in periodi])
        chiavi = [chiave for periodo in periodi for chiave in periodo.chiavi]
        return self.confermati.differenze(tutte, chiavi, frazioni, versioni.punteggi)


class _Giudicato(_Periodo):
    """A plan in a period, with what each level gave.

    ``tutte`` are its scores: leaves, objectives, areas and the plan, each in the order of the tree.
    """

    @esatto
    def __init__(self, blocco: Blocco, regolario: Regolario, foglie: Foglie, frazione: str) -> None:
        super().__init__(blocco, regolario, foglie, frazione)
        self.da_rifare: set[int] = set()
        self._cambiati: list[int] = []
        self.esiti: Esiti
        self.obiettivi: list[Figlio]
        self.aree: list[Figlio]
        self.tutte = Righe.unite(self.righe())
        self.chiavi = chiavi_di(self.tutte.matrice)

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
    def rifai(self) -> list[int]:
        """Judge again the leaves that are marked, by the reference, and what is above them.

        The places of the scores that changed come back.
        """
        if not self.da_rifare:
            return []
        posti = np.array(sorted(self.da_rifare), np.int64)
        _leggi_risultati(self.blocco, posti)
        for posto, giudizio in zip(posti.tolist(), self._uno_per_uno(posti.tolist()), strict=True):
            _svuota(self.esiti, posto)
            self.esiti.metti(posto, giudizio)
        self.esiti.dimostrativo[posti] |= self.blocco.inventati[posti]
        self.da_rifare = set()
        self._cambiati = []
        self._scrivi_foglie(posti)
        self._risali(np.unique(self.blocco.obiettivo[posti]))
        return self._cambiati

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
        inizio = len(blocco.misure)
        self._metti_nodi(
            Tavola.OBIETTIVO, inizio, toccati.tolist(), blocco.obiettivi, self.obiettivi
        )
        padri = {blocco.obiettivi[k].padre for k in toccati.tolist()}
        aree = [k for k, area in enumerate(blocco.aree) if area.chiave in padri]
        for k in aree:
            self.aree[k] = self._area(blocco.aree[k])
        inizio += len(blocco.obiettivi)
        self._metti_nodi(Tavola.AREA, inizio, aree, blocco.aree, self.aree)
        inizio += len(blocco.aree)
        self._metti(
            np.array([inizio]),
            colonne.di_nodi(Tavola.PIANO, blocco.piani, blocco.piani, self._piani(self.aree)),
        )

    def _area(self, area: Ramo) -> Figlio:
        figli = [
            figlio
            for figlio, ramo in zip(self.obiettivi, self.blocco.obiettivi, strict=True)
            if ramo.padre == area.chiave
        ]
        return self._con_ramo(self.risalita.nodo(Livello.AREA, area.nome, figli), area)

    def _metti_nodi(
        self, livello: str, inizio: int, quali: list[int], rami: list[Ramo], nodi: list[Figlio]
    ) -> None:
        piani = [self.blocco.piani[0]] * len(quali)
        oggetti, scelti = [rami[k].chiave for k in quali], [nodi[k] for k in quali]
        self._metti(inizio + np.array(quali), colonne.di_nodi(livello, piani, oggetti, scelti))

    def _metti(self, posti: Interi, nuove: Righe) -> None:
        """Put some scores in the places of those that were there; note those that differ."""
        nuove.matrice[:, colonne.FRAZIONE] = FRAZIONI.index(self.frazione)
        diverse = (self.tutte.matrice[posti] != nuove.matrice).any(axis=1)
        self.tutte.matrice[posti] = nuove.matrice
        for k, posto in enumerate(posti.tolist()):
            stesse = _sostituisci(self.tutte.motivi, posto, nuove.motivi.get(k))
            stesse &= _sostituisci(self.tutte.grandi, posto, nuove.grandi.get(k))
            if diverse[k] or not stesse:
                self._cambiati.append(posto)


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


def _sostituisci(dove: dict[int, T], posto: int, valore: T | None) -> bool:
    """Put a value in its place, or leave it empty; whether it was so already."""
    prima = dove.pop(posto, None)
    if valore is not None:
        dove[posto] = valore
    return prima == valore


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
