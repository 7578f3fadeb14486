# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan judged in a period, of which some leaves can be judged again with what is above them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from obiettivi.blocco import righe as colonne
from obiettivi.blocco.colonne import Interi
from obiettivi.blocco.confermati import chiavi_di
from obiettivi.blocco.lettura import Blocco, Ramo
from obiettivi.blocco.regolario import Regolario
from obiettivi.blocco.righe import Dati, Parole, Righe
from obiettivi.blocco.valutazione import Obiettivi, PeriodoGiudicato, Tavole
from obiettivi.calcolo.arrotondamento import Livello, esatto
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.misura import Misura
from obiettivi.calcolo.veloce.esiti import Esiti
from obiettivi.calcolo.veloce.medie import Gruppi, Nodi, risali
from obiettivi.calcolo.veloce.risalita import Figlio
from obiettivi.models import Indicatore, Rilevazione
from obiettivi.raccolta import risultato

# Plain SQL for what every new result asks: to compile a query costs more than to run it.
_RISULTATI = f"""SELECT r.*, i.tipo_formula AS formula FROM {Rilevazione._meta.db_table} r
    JOIN {Indicatore._meta.db_table} i ON i.id = r.indicatore_id
    WHERE r.sostituita_il IS NULL AND r.unita_id IS NULL AND r.indicatore_id IN (%s)
    AND r.anno = %%s ORDER BY r.indicatore_id, r.frazione, r.sede"""  # noqa: S608 -- names of tables


class Misure(dict[int, Misura]):
    """The measures of a plan as the reference takes them, by their place.

    Each is read once, with those of its objective, that will be asked too.
    """

    def __init__(self, blocco: Blocco) -> None:
        super().__init__()
        self.blocco = blocco

    def di(self, posti: Sequence[int]) -> list[Misura]:
        """Those of some places."""
        if nuovi := [posto for posto in posti if posto not in self]:
            obiettivi = self.blocco.obiettivo[nuovi]
            insieme = np.flatnonzero(np.isin(self.blocco.obiettivo, obiettivi)).tolist()
            self.update(zip(insieme, Regolario.misure(self.blocco, insieme), strict=True))
        return [self[posto] for posto in posti]


class Giudicato(PeriodoGiudicato):
    """A plan in a period, with what each level gave.

    ``tutte`` are its scores: leaves, objectives, areas and the plan, each in the order of the tree.
    """

    esiti: Esiti
    obiettivi: list[Figlio]
    aree: list[Figlio]
    tutte: Righe
    chiavi: list[bytes]
    misure: Misure

    @esatto
    def intero(self, tavole: Tavole, misure: Misure) -> None:
        """Judge the whole plan."""
        self.misure, self.da_rifare = misure, set[int]()
        self.esiti = self._foglie()
        nodi = Obiettivi(self.blocco, self.esiti, self.risalita, periodi=1).nel(0)
        self.tutte = self.righe(tavole, np.empty_like(tavole.vuote), self.esiti, nodi)
        self.chiavi = chiavi_di(self.tutte.dati)

    def _obiettivi(self, nodi: Nodi) -> list[Figlio]:
        self.obiettivi = super()._obiettivi(nodi)
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
        self._rigiudica(posti)
        foglie = colonne.con_foglie(self._vuote(posti), _scelti(self.esiti, posti), self._parole)
        self.da_rifare = set()
        return self._metti(posti, foglie) + self._risali(np.unique(self.blocco.obiettivo[posti]))

    def _rigiudica(self, posti: Interi) -> None:
        _leggi_risultati(self.blocco, posti)
        misure = self.misure.di(posti.tolist())
        tutti = self.blocco.risultati_interi(posti.tolist())
        for posto, misura, suoi in zip(posti.tolist(), misure, tutti, strict=True):
            con_risultati = replace(misura, risultati=tuple(suoi))
            _metti_giudizio(self.esiti, posto, giudica(con_risultati, self.edizione, self.periodo))
        self.esiti.dimostrativo[posti] |= self.blocco.inventati[posti]

    def _risali(self, toccati: Interi) -> list[int]:
        """Objectives that have something new under them, their areas and the plan."""
        blocco, inizio = self.blocco, len(self.blocco.misure)
        dentro = np.flatnonzero(np.isin(blocco.obiettivo, toccati))
        _pieni, inizi = np.unique(blocco.obiettivo[dentro], return_index=True)
        esiti, gruppi = _scelti(self.esiti, dentro), Gruppi(inizi, blocco.pesi[dentro])
        nodi = risali(esiti, gruppi, self.risalita, lambda k: blocco.nomi[int(dentro[k])])
        for k, figlio in zip(toccati.tolist(), nodi.figli, strict=True):
            self.obiettivi[k] = self._con_ramo(figlio, blocco.obiettivi[k])
        cambiati = self._metti_nodi(inizio + toccati, nodi.figli, nodi)
        padri = {blocco.obiettivi[k].padre for k in toccati.tolist()}
        aree = [k for k, area in enumerate(blocco.aree) if area.chiave in padri]
        for k in aree:
            self.aree[k] = self._area(blocco.aree[k])
        inizio += len(blocco.obiettivi)
        cambiati += self._metti_nodi(inizio + np.array(aree), [self.aree[k] for k in aree])
        inizio += len(blocco.aree)
        return cambiati + self._metti_nodi(np.array([inizio]), self._piani(self.aree))

    def _area(self, area: Ramo) -> Figlio:
        figli = [
            figlio
            for figlio, ramo in zip(self.obiettivi, self.blocco.obiettivi, strict=True)
            if ramo.padre == area.chiave
        ]
        return self._con_ramo(self.risalita.nodo(Livello.AREA, area.nome, figli), area)

    @property
    def _parole(self) -> Parole:
        return self.tutte.parole

    def _vuote(self, posti: Interi) -> Dati:
        """Some of the rows with only what they are of."""
        vuote = colonne.vuota(len(posti))
        for quale in colonne.CHIAVE:
            vuote[quale] = self.tutte.dati[quale][posti]
        return vuote

    def _metti_nodi(
        self, posti: Interi, nodi: Sequence[Figlio], fatti: Nodi | None = None
    ) -> list[int]:
        nuove = colonne.con_nodi(self._vuote(posti), nodi, self._parole, fatti)
        return self._metti(posti, nuove)

    def _metti(self, posti: Interi, nuove: Righe) -> list[int]:
        """Put some scores in the places of those that were there; the places of those that
        differ."""
        diverse = self.tutte.dati[posti] != nuove.dati
        self.tutte.dati[posti] = nuove.dati
        for k, posto in enumerate(posti.tolist()):
            diverse[k] |= self.tutte.grandi.pop(posto, None) != nuove.grandi.get(k)
            if k in nuove.grandi:
                self.tutte.grandi[posto] = nuove.grandi[k]
        return posti[diverse].tolist()


def _leggi_risultati(blocco: Blocco, posti: Interi) -> None:
    """Read all the results of some leaves that are not known yet."""
    chiavi = set(blocco.indicatori[blocco.indicatore[posti]].tolist()) - blocco.interi.keys()
    if not chiavi:
        return
    blocco.interi.update({chiave: [] for chiave in chiavi})
    quali = ", ".join(str(chiave) for chiave in chiavi)
    loro: dict[int, Indicatore] = {}
    for rilevazione in Rilevazione.objects.raw(_RISULTATI % quali, [blocco.anno]):
        chiave = rilevazione.indicatore_id
        if chiave not in loro:
            loro[chiave] = Indicatore(pk=chiave, tipo_formula=rilevazione.formula)
        rilevazione.indicatore = loro[chiave]
        blocco.interi[chiave].append(risultato(rilevazione))


def _metti_giudizio(esiti: Esiti, posto: int, giudizio: Giudizio) -> None:
    """Put a judgement in the place of the one that was there."""
    for colonna in (esiti.stato, esiti.punti, esiti.num, esiti.den, esiti.motivo):
        colonna[posto] = 0
    for particolari in (esiti.esatti, esiti.grandi, esiti.coperture):
        particolari.pop(posto, None)
    quanti = len(esiti.detti)
    esiti.metti(posto, giudizio)
    if len(esiti.detti) > quanti and (primo := esiti.detti.index(esiti.detti[-1])) < quanti:
        esiti.motivo[posto] = primo  # said already: the list does not grow at each result
        esiti.detti.pop()


def _scelti(esiti: Esiti, posti: Interi) -> Esiti:
    """Some of the leaves, in the order of ``posti``."""
    scelti = posti.tolist()

    def dentro(particolari: dict[int, Decimal]) -> dict[int, Decimal]:
        return {k: particolari[posto] for k, posto in enumerate(scelti) if posto in particolari}

    return replace(
        esiti,
        stato=esiti.stato[posti],
        punti=esiti.punti[posti],
        num=esiti.num[posti],
        den=esiti.den[posti],
        motivo=esiti.motivo[posti],
        dimostrativo=esiti.dimostrativo[posti],
        esatti=dentro(esiti.esatti),
        grandi=dentro(esiti.grandi),
        coperture=dentro(esiti.coperture),
    )
