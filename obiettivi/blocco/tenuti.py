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

from django.db import connection

from obiettivi.blocco.confermati import Confermati
from obiettivi.blocco.giudicato import Giudicato, Misure
from obiettivi.blocco.lettura import leggi
from obiettivi.blocco.regolario import Regolario, uno_alla_volta
from obiettivi.blocco.righe import Parole, Righe
from obiettivi.blocco.scrittura import Differenze, salvate
from obiettivi.blocco.valutazione import Tavole, giudica_insieme
from obiettivi.blocco.versioni import Versioni, indicatore_di, leggi_versioni
from obiettivi.models import Prospettiva

FOGLIE_TENUTE = 20_000
"""Leaves of the plans kept by a process: about 2 kB each."""
TROPPE = 40
"""Leaves to judge again beyond which the whole plan costs less."""


def differenze(piano: int, anno: int, regolario: Regolario, frazioni: Sequence[str]) -> Differenze:
    """What of the stored scores of a plan in some periods is to change. Called with it locked."""
    if connection.vendor != "postgresql":
        nuove = Righe.unite(giudica_insieme(leggi([piano], anno), {piano: regolario}, frazioni))
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
    for vecchia in list(_tenuti):
        if sum(len(uno.blocco.misure) for uno in list(_tenuti.values())) <= FOGLIE_TENUTE:
            return
        _tenuti.pop(vecchia, None)


class _Tenuto:
    """A plan as last judged, with the versions of the rows that it comes from."""

    def __init__(self, piano: int, anno: int, regolario: Regolario, versioni: Versioni) -> None:
        self.regolario, self.versioni = regolario, versioni
        self.blocco = blocco = leggi([piano], anno)
        self.tavole = Tavole(blocco, Parole())
        self.periodi: dict[str, Giudicato] = {}
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

    @uno_alla_volta
    def giudica(self, frazioni: Iterable[str]) -> None:
        """Judge the whole plan in some periods."""
        foglie, misure = self.regolario.foglie(self.blocco), Misure(self.blocco)
        for frazione in frazioni:
            periodo = Giudicato(self.blocco, self.regolario, foglie, frazione)
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
