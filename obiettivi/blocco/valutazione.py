# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block of plans judged: leaves all together, then objectives, areas and plans."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from obiettivi.blocco import righe as colonne
from obiettivi.blocco.colonne import Interi
from obiettivi.blocco.lettura import Blocco, Ramo
from obiettivi.blocco.regolario import Regolario, uno_alla_volta
from obiettivi.blocco.righe import Parole, Righe
from obiettivi.calcolo.arrotondamento import Livello, esatto
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.misura import Periodo
from obiettivi.calcolo.veloce.esiti import Esiti
from obiettivi.calcolo.veloce.foglie import Foglie
from obiettivi.calcolo.veloce.medie import Gruppi, Nodi, risali
from obiettivi.calcolo.veloce.risalita import Figlio, Risalita
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Raggiungimento

Tavola = Raggiungimento.Livello


@uno_alla_volta
@esatto
def giudica_blocco(blocco: Blocco, regolario: Regolario, frazioni: Sequence[str]) -> Righe:
    """The scores of every level of the plans, in each of the periods."""
    matrice = colonne.vuota(_righe_di(blocco) * len(frazioni))
    return Righe.unite(_giudica(blocco, regolario, frazioni, Parole(), matrice), matrice)


@uno_alla_volta
@esatto
def giudica_insieme(
    blocco: Blocco, regolari: Mapping[int, Regolario], frazioni: Sequence[str]
) -> Righe:
    """The same of plans each with its own rules, by key of the plan."""
    per_regole: dict[int, list[int]] = defaultdict(list)
    for piano in blocco.piani:
        per_regole[id(regolari[piano])].append(piano)
    matrice = colonne.vuota(_righe_di(blocco) * len(frazioni))
    parole, pezzi, inizio = Parole(), list[Righe](), 0
    for piani in per_regole.values():
        parte = blocco if len(per_regole) == 1 else blocco.parte(piani)
        fine = inizio + _righe_di(parte) * len(frazioni)
        pezzi += _giudica(parte, regolari[piani[0]], frazioni, parole, matrice[inizio:fine])
        inizio = fine
    return Righe.unite(pezzi, matrice)


def _righe_di(blocco: Blocco) -> int:
    """How many scores a block has in a period."""
    return sum(map(len, (blocco.misure, blocco.obiettivi, blocco.aree, blocco.piani)))


def _giudica(
    blocco: Blocco, regolario: Regolario, frazioni: Sequence[str], parole: Parole, matrice: Interi
) -> list[Righe]:
    """The scores of each period, in their place of a matrix that has room for all."""
    foglie, tavole = regolario.foglie(blocco), Tavole(blocco, parole)
    periodi = [PeriodoGiudicato(blocco, regolario, foglie, frazione) for frazione in frazioni]
    per_periodo = {uno.periodo: uno for uno in periodi}
    tutti = regolario.giudice(blocco.anno).giudica_insieme(
        foglie,
        list(per_periodo),
        blocco.risultati,
        lambda periodo, posti: per_periodo[periodo]._uno_per_uno(posti),
    )
    posti = np.split(matrice, len(frazioni)) if frazioni else []
    return [
        periodo.righe(tavole, dove, esiti)
        for periodo, dove, esiti in zip(periodi, posti, tutti, strict=True)
    ]


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

    def di(self, frazione: str, dove: Interi) -> list[Interi]:
        """Rows of leaves, objectives, areas and plans for a period, made in ``dove``."""
        dove[:] = self.vuote
        dove[:, colonne.FRAZIONE] = FRAZIONI.index(frazione)
        return np.split(dove, self._tagli)


class PeriodoGiudicato:
    """A block in a period."""

    def __init__(self, blocco: Blocco, regolario: Regolario, foglie: Foglie, frazione: str) -> None:
        self.blocco, self.regolario, self.foglie = blocco, regolario, foglie
        self.frazione, self.periodo = frazione, Periodo(blocco.anno, frazione)
        self.edizione = regolario.edizione
        self.risalita = Risalita(self.edizione)

    def righe(self, tavole: Tavole, dove: Interi, giudicate: Esiti | None = None) -> Righe:
        """The scores of every level, from those of the leaves if they are known, in ``dove``."""
        esiti = self._foglie() if giudicate is None else giudicate
        esiti.dimostrativo |= self.blocco.inventati
        obiettivi, fatti = self._obiettivi(esiti)
        aree = self._aree(obiettivi)
        di_foglie, di_obiettivi, di_aree, di_piani = tavole.di(self.frazione, dove)
        livelli = [
            colonne.con_foglie(di_foglie, esiti, tavole.parole),
            colonne.con_nodi(di_obiettivi, obiettivi, tavole.parole, fatti),
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

    def _obiettivi(self, esiti: Esiti) -> tuple[list[Figlio], Nodi]:
        """All the objectives, and the figures of those that are made together."""
        blocco = self.blocco
        pieni, inizi = np.unique(blocco.obiettivo, return_index=True)
        gruppi = Gruppi(inizi, blocco.pesi)
        fatti = risali(esiti, gruppi, self.risalita, lambda posto: blocco.nomi[posto])
        fatti = fatti.sparsi(pieni, len(blocco.obiettivi), self._vuoto)
        for figlio, ramo in zip(fatti.figli, blocco.obiettivi, strict=True):
            self._con_ramo(figlio, ramo)
        return fatti.figli, fatti

    def _vuoto(self) -> Figlio:
        """An objective with no leaves."""
        return self.risalita.nodo(Livello.OBIETTIVO, "", ())

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
        figlio.nome = lambda: ramo.nome
        return figlio
