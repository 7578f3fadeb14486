# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the benches of the computation share: how large, what is in the tables, how to run it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import F

from obiettivi.azioni import Svolgimento
from obiettivi.azioni.esecuzione import Resoconto
from obiettivi.models import Prospettiva, Raggiungimento, Rilevazione

from .bersagli import PERIODI
from .giri import sql
from .regione import genera

ANNO = 2024
ABBASTANZA = 99_000
"""Results above which the marks on floor and memory hold: below, a run is one small block."""
CAMPIONE = 250
"""Indicators of the plan of a thousand results."""
FINESTRA = 500
"""Indicators of the plan where the new results arrive."""


@dataclass(frozen=True)
class Taglia:
    """How large: the base grows by ``tappe`` of (plans, mean of indicators).

    What is slow runs on less and is scaled, saying so: ``frazioni_lente`` quarters for the loop
    row by row, ``in_blocco`` results for the ORM in bulk, ``giri_lenti`` rounds.
    """

    tappe: tuple[tuple[int, int], ...]
    giri: int = 5
    giri_lenti: int = 5
    frazioni_lente: int = len(PERIODI)
    in_blocco: int = 100_000
    nuovi: int = 300
    per_cliente: int = 400
    regione: bool = False


PICCOLA = Taglia(
    tappe=((8, 219), (90, 250)),
    giri=3,
    giri_lenti=3,
    frazioni_lente=1,
    in_blocco=4_000,
    nuovi=60,
    per_cliente=40,
)
"""10 000 results, then 100 000: what a change can wait for."""
MEDIA = Taglia(tappe=((28, 866), (270, 833)))
"""100 000 results in 30 plans, then 1 000 000 in 300."""
GRANDE = Taglia(tappe=(*MEDIA.tappe, (1200, 833)), regione=True)
"""Up to 5 000 000 in 1 500 plans, and forty aziende of 2 000 indicators with three years."""


@dataclass
class Base:
    """The plans in the tables, each with its number of indicators."""

    indicatori: dict[int, int] = field(default_factory=dict)
    aziende: list[int] = field(default_factory=list)

    @property
    def piani(self) -> list[int]:
        return list(self.indicatori)

    @property
    def campione(self) -> int:
        return self.piani[0]

    @property
    def finestra(self) -> int:
        return self.piani[1]

    @property
    def risultati(self) -> int:
        return self.conta(self.piani)

    def conta(self, piani: Sequence[int]) -> int:
        """Results of those plans."""
        return sum(self.indicatori[piano] for piano in piani) * len(PERIODI)

    def cresci(self, piani: int, indicatori: int, *, uguali: bool = False, anni: int = 1) -> None:
        """Generate more plans."""
        seme = len(self.indicatori) + 1
        altri = genera(
            piani,
            indicatori,
            aziende=self.aziende,
            anno=ANNO,
            anni=anni,
            seme=seme,
            uguali=uguali,
        )
        self.indicatori.update(altri.indicatori)
        self.aziende = altri.aziende

    def circa(self, risultati: int) -> list[int]:
        """Plans that make about that many results together."""
        scelti: list[int] = []
        for piano, quanti in self.indicatori.items():
            if risultati < quanti:
                break
            scelti.append(piano)
            risultati -= quanti * len(PERIODI)
        return scelti

    def sposta(self, piani: Sequence[int]) -> None:
        """Change every number that those plans are judged on."""
        rilevazioni = Rilevazione.objects.correnti().filter(
            indicatore__misure__obiettivo__area__piano__in=piani, anno=ANNO
        )
        rilevazioni.update(valore=F("valore") + 1, numeratore=F("numeratore") + 1)

    def pronta(self) -> str:
        """Let the server know its tables; a line that says what is in them."""
        sql("VACUUM (ANALYZE)")
        return f"{len(self.indicatori)} piani, {migliaia(self.risultati)} risultati"


def da_capo() -> Base:
    """Empty tables."""
    tabelle = [modello._meta.db_table for modello in apps.get_models()]
    sql(f"TRUNCATE {', '.join(tabelle)} CASCADE")
    return Base()


def ricalcola(piani: Sequence[int], frazioni: Sequence[str] = PERIODI) -> Resoconto:
    """Our path on those plans; a plan that fails stops the bench."""
    tutto = Resoconto()
    for _calcoli, resoconto in Svolgimento(
        piani, prospettiva=Prospettiva.CONSUNTIVO, anno=ANNO, frazioni=frazioni
    ):
        tutto.aggiungi(resoconto)
    assert not tutto.falliti, f"{len(tutto.falliti)} falliti: {tutto.falliti[0]}"
    return tutto


def dimentica(piani: Sequence[int]) -> None:
    """Take the scores of those plans away."""
    righe = Raggiungimento.objects.filter(piano__in=piani)
    righe._raw_delete(righe.db)


def migliaia(numero: int) -> str:
    return f"{numero:,}".replace(",", " ")
