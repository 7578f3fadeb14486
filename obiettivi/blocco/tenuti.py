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
from dataclasses import replace
from decimal import Decimal

import numpy as np
from django.db import connection

from obiettivi.blocco import righe as colonne
from obiettivi.blocco.colonne import Interi
from obiettivi.blocco.confermati import Confermati, chiavi_di
from obiettivi.blocco.lettura import Blocco, Ramo, leggi
from obiettivi.blocco.regolario import Regolario
from obiettivi.blocco.righe import Parole, Righe
from obiettivi.blocco.scrittura import Differenze, salvate
from obiettivi.blocco.valutazione import _Periodo, _Tavole, giudica_blocco
from obiettivi.blocco.versioni import Versioni, indicatore_di, leggi_versioni
from obiettivi.calcolo.arrotondamento import Livello, esatto
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.misura import Misura
from obiettivi.calcolo.veloce.esiti import Esiti
from obiettivi.calcolo.veloce.medie import Gruppi, Nodi, risali
from obiettivi.calcolo.veloce.risalita import Figlio
from obiettivi.models import Indicatore, Prospettiva, Rilevazione
from obiettivi.raccolta import risultato

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
        self.tavole = _Tavole(blocco)
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
        foglie, misure = self.regolario.foglie(self.blocco), _Misure(self.blocco)
        for frazione in frazioni:
            periodo = _Giudicato(self.blocco, self.regolario, foglie, frazione)
            periodo.intero(self.tavole, misure)
            self.periodi[frazione] = periodo

    def differenze(self, frazioni: Sequence[str], versioni: Versioni) -> Differenze:
        """What differs from the stored scores, after what was marked is done again."""
        periodi = [self.periodi[frazione] for frazione in frazioni]
        for periodo in periodi:
            self.confermati.dimentica(periodo.chiavi[posto] for posto in periodo.rifai())
        tutte = Righe.unite([periodo.tutte for periodo in periodi])
        chiavi = [chiave for periodo in periodi for chiave in periodo.chiavi]
        return self.confermati.differenze(tutte, chiavi, frazioni, versioni.punteggi)


class _Misure(dict[int, Misura]):
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


class _Giudicato(_Periodo):
    """A plan in a period, with what each level gave.

    ``tutte`` are its scores: leaves, objectives, areas and the plan, each in the order of the tree.
    """

    esiti: Esiti
    obiettivi: list[Figlio]
    aree: list[Figlio]
    tutte: Righe
    chiavi: list[bytes]
    misure: _Misure

    @esatto
    def intero(self, tavole: _Tavole, misure: _Misure) -> None:
        """Judge the whole plan."""
        self.misure, self.da_rifare = misure, set[int]()
        self.tutte = Righe.unite(self.righe(tavole))
        self.chiavi = chiavi_di(self.tutte.matrice)

    def _foglie(self) -> Esiti:
        self.esiti = super()._foglie()
        return self.esiti

    def _obiettivi(self, esiti: Esiti) -> tuple[list[Figlio], Nodi]:
        self.obiettivi, nodi = super()._obiettivi(esiti)
        return self.obiettivi, nodi

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

    def _vuote(self, posti: Interi) -> Interi:
        """Some of the rows with only what they are of."""
        vuote = self.tutte.matrice[posti]
        vuote[:, colonne.STATO :] = 0
        return vuote

    def _metti_nodi(
        self, posti: Interi, nodi: Sequence[Figlio], fatti: Nodi | None = None
    ) -> list[int]:
        nuove = colonne.con_nodi(self._vuote(posti), nodi, self._parole, fatti)
        return self._metti(posti, nuove)

    def _metti(self, posti: Interi, nuove: Righe) -> list[int]:
        """Put some scores in the places of those that were there; the places of those that
        differ."""
        diverse = (self.tutte.matrice[posti] != nuove.matrice).any(axis=1)
        self.tutte.matrice[posti] = nuove.matrice
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
