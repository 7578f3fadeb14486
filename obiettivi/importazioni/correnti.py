# SPDX-License-Identifier: AGPL-3.0-or-later
"""The results that a file may replace, read one year at a time and kept small."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from obiettivi.azioni.carico import Chiave
from obiettivi.models import Rilevazione
from piani.models import Azienda

_COLONNE = (
    "pk", "indicatore_id", "unita_id", "anno", "frazione", "sede", "stato", "valore",
    "numeratore", "denominatore", "avanzamento", "data", "testo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corrente:
    """A result as known now."""

    pk: int
    stato: str
    valore: Decimal | None
    numeratore: Decimal | None
    denominatore: Decimal | None
    avanzamento: Decimal | None
    data: date | None
    testo: str


class Correnti:
    """One query for each year that the file speaks of."""

    def __init__(self, azienda: Azienda) -> None:
        self.azienda = azienda
        self.anni: dict[int, dict[Chiave, Corrente]] = {}

    def di(self, chiave: Chiave) -> Corrente | None:
        """The current result of that indicator, unit, period and sede."""
        anno = chiave[2]
        if anno not in self.anni:
            self.anni[anno] = dict(self._leggi(anno))
        return self.anni[anno].get(chiave)

    def altre(
        self, periodi: set[tuple[int, str]], viste: set[Chiave]
    ) -> Iterator[tuple[Chiave, Corrente]]:
        """Those of the periods that are not among the ones seen, in order of key."""
        for anno in sorted(self.anni):
            mancano = [
                (chiave, una)
                for chiave, una in self.anni[anno].items()
                if chiave not in viste and (anno, chiave[3]) in periodi
            ]
            yield from sorted(mancano, key=lambda coppia: coppia[1].pk)

    def _leggi(self, anno: int) -> Iterator[tuple[Chiave, Corrente]]:
        righe = Rilevazione.objects.correnti().filter(indicatore__azienda=self.azienda, anno=anno)
        for pk, indicatore, unita, _anno, frazione, sede, *resto in righe.values_list(
            *_COLONNE
        ).iterator(5000):
            yield (indicatore, unita, anno, frazione, sede), Corrente(pk, *resto)
