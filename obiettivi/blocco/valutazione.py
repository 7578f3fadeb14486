# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block of plans judged: leaves all together, then objectives, areas and plans."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from obiettivi.blocco import righe as colonne
from obiettivi.blocco.colonne import Interi
from obiettivi.blocco.lettura import Blocco, Chiave, Ramo
from obiettivi.blocco.righe import Righe
from obiettivi.calcolo.arrotondamento import Livello, esatto
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.letture import Verso, da_dati
from obiettivi.calcolo.misura import Base, Misura, Periodo
from obiettivi.calcolo.periodi import Aggregazione, Cumulo
from obiettivi.calcolo.veloce.foglie import Esiti, Giudice
from obiettivi.calcolo.veloce.medie import Gruppi, risali
from obiettivi.calcolo.veloce.risalita import Figlio, Risalita
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Raggiungimento

Tavola = Raggiungimento.Livello


@dataclass
class Regolario:
    """The different rules of an edition, each read and compiled once however many use it."""

    edizione: Edizione
    misure: list[Misura] = field(default_factory=list)
    numeri: dict[Chiave, int] = field(default_factory=dict)
    giudici: dict[Periodo, Giudice] = field(default_factory=dict)

    def numero(self, chiave: Chiave) -> int:
        """The number of a rule."""
        numero = self.numeri.get(chiave)
        if numero is None:
            numero = self.numeri[chiave] = len(self.misure)
            self.misure.append(_misura(chiave))
        return numero

    def giudice(self, periodo: Periodo) -> Giudice:
        """Who judges in a period, with all the rules known so far."""
        giudice = self.giudici.setdefault(periodo, Giudice(self.edizione, periodo))
        for misura in self.misure[len(giudice.voci) :]:
            giudice.voce(misura)
        return giudice


def _misura(chiave: Chiave) -> Misura:
    target, unita, verso, aggregazione, cumulo, eredita, base, base_anno, riferimento = chiave
    return Misura(
        codice="",
        nome="",
        target=da_dati(json.loads(target)) if target else None,
        verso=Verso(verso) if verso else None,
        unita=unita,
        base=Base(lettura=da_dati(json.loads(base)), anno=base_anno) if base else None,
        riferimento=riferimento,
        aggregazione=Aggregazione(aggregazione),
        cumulo=Cumulo(cumulo),
        eredita_target=eredita,
    )


@esatto
def giudica_blocco(blocco: Blocco, regolario: Regolario, frazioni: Sequence[str]) -> Righe:
    """The scores of every level of the plans, in each of the periods."""
    numeri = np.array([regolario.numero(chiave) for chiave in blocco.chiavi], np.int64)
    pezzi = [
        pezzo
        for frazione in frazioni
        for pezzo in _Periodo(blocco, regolario, numeri, frazione).righe()
    ]
    return Righe.unite(pezzi)


class _Periodo:
    """A block in a period."""

    def __init__(self, blocco: Blocco, regolario: Regolario, numeri: Interi, frazione: str) -> None:
        self.blocco, self.regolario = blocco, regolario
        self.numeri, self.frazione = numeri, frazione
        self.periodo = Periodo(blocco.anno, frazione)
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
        giudice = self.regolario.giudice(self.periodo)
        blocco = self.blocco
        esiti = giudice.giudica(self.numeri, blocco.indicatore, blocco.risultati, self._uno_per_uno)
        esiti.dimostrativo |= blocco.inventati
        return esiti

    def _uno_per_uno(self, posti: Sequence[int]) -> list[Giudizio]:
        """The leaves that only the reference can judge, with all the results they have."""
        blocco = self.blocco
        risultati = blocco.risultati_interi(posti)
        return [
            giudica(
                replace(
                    self.regolario.misure[self.numeri[posto]],
                    risultati=tuple(
                        risultati.get(int(blocco.indicatori[blocco.indicatore[posto]]), ())
                    ),
                ),
                self.edizione,
                self.periodo,
            )
            for posto in posti
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
