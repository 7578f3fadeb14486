# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block of plans judged: leaves all together, then objectives, areas and plans."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from obiettivi.blocco import righe as colonne
from obiettivi.blocco.lettura import Blocco, Ramo
from obiettivi.blocco.regolario import Regolario
from obiettivi.blocco.righe import Righe
from obiettivi.calcolo.arrotondamento import Livello, esatto
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.misura import Periodo
from obiettivi.calcolo.veloce.foglie import Esiti, Foglie
from obiettivi.calcolo.veloce.medie import Gruppi, risali
from obiettivi.calcolo.veloce.risalita import Figlio, Risalita
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Raggiungimento

Tavola = Raggiungimento.Livello


@esatto
def giudica_blocco(blocco: Blocco, regolario: Regolario, frazioni: Sequence[str]) -> Righe:
    """The scores of every level of the plans, in each of the periods."""
    foglie = regolario.foglie(blocco.chiavi, blocco.indicatore)
    pezzi = [
        pezzo
        for frazione in frazioni
        for pezzo in _Periodo(blocco, regolario, foglie, frazione).righe()
    ]
    return Righe.unite(pezzi)


class _Periodo:
    """A block in a period."""

    def __init__(self, blocco: Blocco, regolario: Regolario, foglie: Foglie, frazione: str) -> None:
        self.blocco, self.regolario, self.foglie = blocco, regolario, foglie
        self.frazione, self.periodo = frazione, Periodo(blocco.anno, frazione)
        self.edizione = regolario.edizione
        self.risalita = Risalita(self.edizione)

    def righe(self) -> list[Righe]:
        blocco = self.blocco
        esiti = self._foglie()
        obiettivi = self._obiettivi(esiti)
        aree = self._aree(obiettivi)
        piani = self._piani(aree)
        piano_di_area = {area.chiave: area.padre for area in blocco.aree}
        di_obiettivo = [piano_di_area[ramo.padre] for ramo in blocco.obiettivi]
        di_foglia = np.array(di_obiettivo, np.int64)[blocco.obiettivo]
        pezzi = [
            colonne.di_foglie(esiti, np.array(blocco.misure, np.int64), di_foglia),
            colonne.di_nodi(
                Tavola.OBIETTIVO, di_obiettivo, (r.chiave for r in blocco.obiettivi), obiettivi
            ),
            colonne.di_nodi(
                Tavola.AREA, (r.padre for r in blocco.aree), (r.chiave for r in blocco.aree), aree
            ),
            colonne.di_nodi(Tavola.PIANO, blocco.piani, blocco.piani, piani),
        ]
        for pezzo in pezzi:
            pezzo.matrice[:, colonne.FRAZIONE] = FRAZIONI.index(self.frazione)
        return pezzi

    def _foglie(self) -> Esiti:
        esiti = self.regolario.giudice.giudica(
            self.foglie, self.periodo, self.blocco.risultati, self._uno_per_uno
        )
        esiti.dimostrativo |= self.blocco.inventati
        return esiti

    def _uno_per_uno(self, posti: Sequence[int]) -> list[Giudizio]:
        """The leaves that only the reference can judge, with all the results they have."""
        return [
            giudica(
                replace(
                    self.regolario.misura(self.blocco.chiavi[posto]), risultati=tuple(risultati)
                ),
                self.edizione,
                self.periodo,
            )
            for posto, risultati in zip(posti, self.blocco.risultati_interi(posti), strict=True)
        ]

    def _obiettivi(self, esiti: Esiti) -> list[Figlio]:
        blocco = self.blocco
        pieni, inizi = np.unique(blocco.obiettivo, return_index=True)
        gruppi = Gruppi(inizi, blocco.pesi)
        fatti = risali(esiti, gruppi, self.risalita, lambda posto: blocco.nomi[posto])
        per_posto = dict(zip(pieni.tolist(), fatti, strict=True))
        return [
            self._con_ramo(per_posto.get(k) or self.risalita.nodo(Livello.OBIETTIVO, "", ()), ramo)
            for k, ramo in enumerate(blocco.obiettivi)
        ]

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
