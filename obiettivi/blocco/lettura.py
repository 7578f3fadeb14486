# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the tables to columns: the trees of a block of plans."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

import numpy as np

from obiettivi.blocco import misure
from obiettivi.blocco.colonne import Interi, in_elenco, intere_o_nulle, tuple_di
from obiettivi.blocco.rilevazioni import leggi_risultati
from obiettivi.calcolo.misura import Risultato
from obiettivi.calcolo.veloce.risultati import Risultati
from obiettivi.models import AreaStrategica, Misura, Obiettivo, Rilevazione
from obiettivi.raccolta import risultati_di

_AREA, _OBIETTIVO = (modello._meta.db_table for modello in (AreaStrategica, Obiettivo))


@dataclass(frozen=True, slots=True)
class Ramo:
    """An objective or an area: its key, that of its parent, its weight."""

    chiave: int
    padre: int
    peso: Decimal | None
    nome: str
    prerequisito: bool = False
    nel_piano: bool = True

    def come_si_chiama(self) -> str:
        """Its name, for who asks it only if a sentence needs it."""
        return self.nome


@dataclass
class Blocco:
    """The plans of a block: branches as rows, leaves as columns, in the order of the tree.

    ``obiettivo`` and ``indicatore`` are the places of a leaf's objective and indicator;
    ``pesi`` are in hundredths, ``riferimenti`` in tenths of thousandths. ``chiavi`` say what each
    leaf is judged on: equal keys, equal readings (``misure``).
    """

    piani: Sequence[int]
    anno: int
    aree: list[Ramo]
    obiettivi: list[Ramo]
    misure: Interi
    obiettivo: Interi
    indicatore: Interi
    pesi: Interi
    riferimenti: Interi
    chiavi: Interi
    inventati: Interi
    indicatori: Interi
    risultati: Risultati
    interi: dict[int, list[Risultato]] = field(default_factory=dict)

    @cached_property
    def nomi(self) -> dict[int, str]:
        """The names of the indicators by place of the leaf; read only if a sentence needs them."""
        nomi = dict(
            Misura.objects.filter(obiettivo__area__piano__in=self.piani).values_list(
                "pk", "indicatore__nome"
            )
        )
        return {posto: nomi[chiave] for posto, chiave in enumerate(self.misure.tolist())}

    @property
    def foglie_per_piano(self) -> dict[int, int]:
        """How many leaves each plan has."""
        di_area = {area.chiave: area.padre for area in self.aree}
        quante = dict.fromkeys(self.piani, 0)
        conti = np.bincount(self.obiettivo, minlength=len(self.obiettivi)).tolist()
        for ramo, conto in zip(self.obiettivi, conti, strict=True):
            quante[di_area[ramo.padre]] += conto
        return quante

    def parte(self, piani: Sequence[int]) -> "Blocco":
        """Some of the plans; the results stay those of all."""
        miei = set(piani)
        aree = [area for area in self.aree if area.padre in miei]
        delle_aree = {area.chiave for area in aree}
        quali = np.array([ramo.padre in delle_aree for ramo in self.obiettivi], np.bool_)
        posti = np.flatnonzero(quali[self.obiettivo])
        return Blocco(
            piani=piani,
            anno=self.anno,
            aree=aree,
            obiettivi=[ramo for ramo in self.obiettivi if ramo.padre in delle_aree],
            misure=self.misure[posti],
            obiettivo=(np.cumsum(quali) - 1)[self.obiettivo[posti]],
            indicatore=self.indicatore[posti],
            pesi=self.pesi[posti],
            riferimenti=self.riferimenti[posti],
            chiavi=self.chiavi[posti],
            inventati=self.inventati[posti],
            indicatori=self.indicatori,
            risultati=self.risultati,
            interi=self.interi,
        )

    def risultati_interi(self, posti: Sequence[int]) -> list[list[Risultato]]:
        """All the results of the indicators of some leaves, as the reference wants them."""
        chiavi = [int(self.indicatori[self.indicatore[posto]]) for posto in posti]
        if nuove := set(chiavi) - self.interi.keys():
            trovati = risultati_di(Rilevazione.objects.correnti(), nuove, self.anno)
            self.interi.update({chiave: trovati.get(chiave, []) for chiave in nuove})
        return [self.interi[chiave] for chiave in chiavi]


def leggi(piani: Sequence[int], anno: int) -> Blocco:
    """Read the trees of some plans and the results of a year: the same queries for one or many."""
    aree, obiettivi = _rami(piani)
    foglie = misure.leggi(piani, anno)
    chiavi = np.array([ramo.chiave for ramo in obiettivi], np.int64)
    in_ordine = np.argsort(chiavi)
    posti = in_ordine[np.searchsorted(chiavi, foglie.obiettivo, sorter=in_ordine)]
    # The objectives as they come, the leaves of each in their order.
    foglie = foglie.scelte(np.lexsort((foglie.misura, foglie.ordine, posti)))
    posti.sort()
    indicatori, primi, chi = np.unique(foglie.indicatore, return_index=True, return_inverse=True)
    return Blocco(
        piani=piani,
        anno=anno,
        aree=aree,
        obiettivi=obiettivi,
        misure=foglie.misura,
        obiettivo=posti,
        indicatore=chi,
        pesi=foglie.peso,
        riferimenti=foglie.riferimento,
        chiavi=foglie.chiavi,
        inventati=foglie.inventata,
        indicatori=indicatori,
        risultati=leggi_risultati(piani, anno, indicatori, foglie, primi),
    )


def _rami(piani: Sequence[int]) -> tuple[list[Ramo], list[Ramo]]:
    """Areas and objectives, in the order of the plans."""
    dei = in_elenco("a.piano_id", piani)
    aree = [
        Ramo(chiave, piano, _peso(peso), nome, nel_piano=tipo == AreaStrategica.Tipo.AREA)
        for chiave, piano, peso, nome, tipo in tuple_di(
            ("a.id", "a.piano_id", intere_o_nulle("a.peso", 2), "a.nome", "a.tipo"),
            f"{_AREA} a WHERE {dei} ORDER BY a.piano_id, a.tipo, a.ordine, a.id",
        )
    ]
    obiettivi = [
        Ramo(chiave, area, _peso(peso), nome, bool(prerequisito))
        for chiave, area, peso, nome, prerequisito in tuple_di(
            ("o.id", "o.area_id", intere_o_nulle("o.peso", 2), "o.titolo", "o.prerequisito"),
            f"{_OBIETTIVO} o JOIN {_AREA} a ON a.id = o.area_id "
            f"WHERE {dei} ORDER BY o.area_id, o.ordine, o.id",
        )
    ]
    return aree, obiettivi


@lru_cache(maxsize=1000)
def _peso(centesimi: int | None) -> Decimal | None:
    return None if centesimi is None else Decimal(centesimi).scaleb(-2)
