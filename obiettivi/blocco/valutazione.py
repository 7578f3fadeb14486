# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block of plans judged: leaves all together, then objectives, areas and plans."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from obiettivi.blocco import righe as colonne
from obiettivi.blocco.lettura import Blocco, Ramo
from obiettivi.blocco.regolario import Regolario, uno_alla_volta
from obiettivi.blocco.righe import Dati, Parole, Righe
from obiettivi.calcolo.arrotondamento import Livello, esatto
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.misura import Periodo
from obiettivi.calcolo.veloce.esiti import Esiti
from obiettivi.calcolo.veloce.foglie import Foglie
from obiettivi.calcolo.veloce.medie import Gruppi, Nodi, Salita
from obiettivi.calcolo.veloce.risalita import Figlio, Risalita
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Raggiungimento
from piani.memoria import senza_cercare_cicli

Tavola = Raggiungimento.Livello


@uno_alla_volta
@senza_cercare_cicli()
@esatto
def giudica_insieme(
    blocco: Blocco, regolari: Mapping[int, Regolario], frazioni: Sequence[str]
) -> list[Righe]:
    """The scores of every level of the plans, for each of the periods; plans go with their rules.

    The results of the block are let go once its leaves are judged: the scores take their place.
    """
    per_regole: dict[int, list[int]] = defaultdict(list)
    for piano in blocco.piani:
        per_regole[id(regolari[piano])].append(piano)
    insiemi = []
    for piani in per_regole.values():
        parte = blocco if len(per_regole) == 1 else blocco.parte(piani)
        insiemi.append(_Insieme(parte, regolari[piani[0]], frazioni))
    blocco.risultati.lascia()
    parole, inizio = Parole(), 0
    dati = [colonne.vuota(_righe_di(blocco)) for _frazione in frazioni]
    fatte: list[list[Righe]] = [[] for _frazione in frazioni]
    for insieme in insiemi:
        dove = slice(inizio, inizio + _righe_di(insieme.blocco))
        for k, righe in enumerate(insieme.righe(parole, [tutte[dove] for tutte in dati])):
            fatte[k].append(righe)
        inizio = dove.stop
    return [Righe.unite(pezzi, tutte) for pezzi, tutte in zip(fatte, dati, strict=True)]


def _righe_di(blocco: Blocco) -> int:
    """How many scores a block has in a period."""
    return sum(map(len, (blocco.misure, blocco.obiettivi, blocco.aree, blocco.piani)))


class _Insieme:
    """Plans with the same rules, in some periods; the leaves come one period after the other."""

    def __init__(self, blocco: Blocco, regolario: Regolario, frazioni: Sequence[str]) -> None:
        self.blocco, foglie = blocco, regolario.foglie(blocco)
        self.risalita = Risalita(regolario.edizione)
        self.periodi = [PeriodoGiudicato(blocco, regolario, foglie, una) for una in frazioni]
        per_periodo = {uno.periodo: uno for uno in self.periodi}
        self.esiti = regolario.giudice(blocco.anno).giudica_insieme(
            foglie,
            list(per_periodo),
            blocco.risultati,
            lambda periodo, posti: per_periodo[periodo]._uno_per_uno(posti),
        )
        self.esiti.dimostrativo |= np.tile(blocco.inventati, len(frazioni))

    def righe(self, parole: Parole, dati: Sequence[Dati]) -> Iterator[Righe]:
        """The scores of every level in each period, in their place among those of the block."""
        tavole, quante = Tavole(self.blocco, parole), len(self.blocco.misure)
        obiettivi = Obiettivi(self.blocco, self.esiti, self.risalita, len(dati))
        for k, (periodo, dove) in enumerate(zip(self.periodi, dati, strict=True)):
            esiti = self.esiti.parte(k * quante, (k + 1) * quante)
            yield periodo.righe(tavole, dove, esiti, obiettivi.nel(k))


class Tavole:
    """The rows of a block before any score: what each is of."""

    def __init__(self, blocco: Blocco, parole: Parole) -> None:
        self.parole = parole
        piano_di_area = {area.chiave: area.padre for area in blocco.aree}
        di_obiettivo = [piano_di_area[ramo.padre] for ramo in blocco.obiettivi]
        di_foglia = np.array(di_obiettivo, np.int64)[blocco.obiettivo]
        livelli = (
            colonne.intestate(di_foglia, Tavola.INDICATORE, blocco.misure),
            colonne.intestate(
                di_obiettivo, Tavola.OBIETTIVO, (ramo.chiave for ramo in blocco.obiettivi)
            ),
            colonne.intestate(
                (ramo.padre for ramo in blocco.aree),
                Tavola.AREA,
                (ramo.chiave for ramo in blocco.aree),
            ),
            colonne.intestate(blocco.piani, Tavola.PIANO, blocco.piani),
        )
        self.vuote = np.concatenate(livelli)
        self._tagli = np.cumsum([len(una) for una in livelli[:-1]])

    def di(self, frazione: str, dove: Dati) -> list[Dati]:
        """Rows of leaves, objectives, areas and plans for a period, made in ``dove``."""
        dove[:] = self.vuote
        dove[colonne.FRAZIONE] = FRAZIONI.index(frazione)
        return np.split(dove, self._tagli)


class Obiettivi:
    """The objectives of a block, whose leaves come one period after the other."""

    def __init__(self, blocco: Blocco, esiti: Esiti, risalita: Risalita, periodi: int) -> None:
        self.blocco, self.risalita = blocco, risalita
        self._pieni, inizi = np.unique(blocco.obiettivo, return_index=True)
        prime = np.arange(periodi) * len(blocco.misure)
        gruppi = Gruppi((prime[:, None] + inizi).ravel(), np.tile(blocco.pesi, periodi))
        self._salita = Salita(esiti, gruppi, risalita)

    def nel(self, k: int) -> Nodi:
        """Those of a period, by its place."""
        quanti = len(self._pieni)
        nodi = self._salita.nodi(slice(k * quanti, (k + 1) * quanti), self._nome)
        return nodi.sparsi(self._pieni, len(self.blocco.obiettivi), self._vuoto)

    def _nome(self, posto: int) -> str:
        return self.blocco.nomi[posto % len(self.blocco.misure)]

    def _vuoto(self) -> Figlio:
        """An objective with no leaves."""
        return self.risalita.nodo(Livello.OBIETTIVO, "", ())


class PeriodoGiudicato:
    """A block in a period."""

    def __init__(self, blocco: Blocco, regolario: Regolario, foglie: Foglie, frazione: str) -> None:
        self.blocco, self.regolario, self.foglie = blocco, regolario, foglie
        self.frazione, self.periodo = frazione, Periodo(blocco.anno, frazione)
        self.edizione = regolario.edizione
        self.risalita = Risalita(self.edizione)

    def righe(self, tavole: Tavole, dove: Dati, esiti: Esiti, nodi: Nodi) -> Righe:
        """The scores of every level, from leaves and objectives, made in ``dove``."""
        obiettivi = self._obiettivi(nodi)
        aree = self._aree(obiettivi)
        di_foglie, di_obiettivi, di_aree, di_piani = tavole.di(self.frazione, dove)
        livelli = [
            colonne.con_foglie(di_foglie, esiti, tavole.parole),
            colonne.con_nodi(di_obiettivi, obiettivi, tavole.parole, nodi),
            colonne.con_nodi(di_aree, aree, tavole.parole),
            colonne.con_nodi(di_piani, self._piani(aree), tavole.parole),
        ]
        return Righe.unite(livelli, dove)

    def _foglie(self) -> Esiti:
        esiti = self.regolario.giudice(self.blocco.anno).giudica(
            self.foglie, self.periodo, self.blocco.risultati, self._uno_per_uno
        )
        esiti.dimostrativo |= self.blocco.inventati
        return esiti

    def _uno_per_uno(self, posti: Sequence[int]) -> list[Giudizio]:
        """The leaves that only the reference can judge, with all the results they have."""
        misure = self.regolario.misure(self.blocco, posti)
        return [
            giudica(replace(misura, risultati=tuple(risultati)), self.edizione, self.periodo)
            for misura, risultati in zip(misure, self.blocco.risultati_interi(posti), strict=True)
        ]

    def _obiettivi(self, nodi: Nodi) -> list[Figlio]:
        """The objectives, each with its weight."""
        rami = zip(nodi.figli, self.blocco.obiettivi, strict=True)
        return [self._con_ramo(figlio, ramo) for figlio, ramo in rami]

    def _aree(self, obiettivi: Sequence[Figlio]) -> list[Figlio]:
        sotto: dict[int, list[Figlio]] = defaultdict(list)
        for ramo, figlio in zip(self.blocco.obiettivi, obiettivi, strict=True):
            sotto[ramo.padre].append(figlio)
        return [
            self._con_ramo(self.risalita.nodo(Livello.AREA, area.nome, sotto[area.chiave]), area)
            for area in self.blocco.aree
        ]

    def _piani(self, aree: Sequence[Figlio]) -> list[Figlio]:
        """The linee strategiche stay out: they are measured by their projects."""
        sotto: dict[int, list[Figlio]] = defaultdict(list)
        for ramo, figlio in zip(self.blocco.aree, aree, strict=True):
            if ramo.nel_piano:
                sotto[ramo.padre].append(figlio)
        return [self.risalita.nodo(Livello.PIANO, "", sotto[piano]) for piano in self.blocco.piani]

    @staticmethod
    def _con_ramo(figlio: Figlio, ramo: Ramo) -> Figlio:
        figlio.peso, figlio.prerequisito = ramo.peso, ramo.prerequisito
        figlio.nome = ramo.come_si_chiama
        return figlio
