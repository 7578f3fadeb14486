# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of the impact show of a KPI: its values beside the baseline, and their chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from conciliazione.calcolo import kpi as calcolo
from conciliazione.models import Kpi, ValoreKpi
from piani.stampa.formati import numero_italiano
from piani.stampa.grafici import Dato, Serie

STAMPATI = "impatto-"
"""How the key of a printed figure of the impact begins."""


@dataclass(frozen=True)
class Letto:
    """A value of a KPI, or its last one, against where it started from."""

    kpi: Kpi
    riga: ValoreKpi | None

    @property
    def valore(self) -> Decimal | None:
        return self.riga.valore if self.riga else None

    @property
    def variazione(self) -> Decimal | None:
        return calcolo.variazione(self.kpi.base, self.valore)

    @property
    def percento(self) -> Decimal | None:
        return calcolo.variazione_percento(self.kpi.base, self.valore)

    @property
    def cammino(self) -> Decimal | None:
        return calcolo.cammino(self.kpi.base, self.kpi.atteso, self.valore)

    @property
    def giudizio(self) -> str:
        cresce = self.kpi.verso == Kpi.Verso.CRESCE
        meglio = calcolo.migliora(self.kpi.base, self.valore, cresce=cresce)
        if meglio is None:
            return ""
        return _("meglio della partenza") if meglio else _("peggio della partenza")


def ultimo(kpi: Kpi) -> Letto:
    """Its last value; its values come by day, and may be fetched before."""
    valori = list(kpi.valori.all())
    return Letto(kpi, valori[-1] if valori else None)


def andamento(kpi: Kpi, valori: Sequence[ValoreKpi]) -> dict[str, object] | None:
    """What the chart of a KPI draws: the baseline and then its values; None with less than two
    points.
    """
    punti = [(riga.giorno, riga.valore) for riga in valori]
    if kpi.base is not None and kpi.base_il is not None:
        punti = [(kpi.base_il, kpi.base), *(p for p in punti if p[0] != kpi.base_il)]
    if len(punti) < 2:
        return None
    return {
        "ascisse": [giorno.strftime("%d/%m/%y") for giorno, _valore in punti],
        "serie": [Serie("", tuple(_dato(valore) for _giorno, valore in punti))],
        "atteso": None if kpi.atteso is None else _dato(kpi.atteso),
    }


def _dato(valore: Decimal) -> Dato:
    return Dato(valore, numero_italiano(valore))
