# SPDX-License-Identifier: AGPL-3.0-or-later
"""The editions of the two source plans; ``TUTTE`` adds the ready-made ones of ``modelli``.

Both plans print targets and say that attainment is evaluated (ASST Cremona, chapter 6.4, lines
2952-2975; ATS Milano, "Albero delle performance"), but neither prints a formula for it. What they
do state is here; where they are silent we chose the plainest rule in use, and say it:

- a target in % (``≥ 95%``, ``100%``, a share of cases): in proportion to the target, up to 100;
  the goal that falls short counts for what was done;
- a target in another unit (``≤ 49`` euro, days), a date, a benchmark: met or not met;
- a trend on the starting point (``Riduzione``, ``Mantenimento``): met or not met; one per cent of
  tolerance for ``Mantenimento``, because the baselines are printed rounded (``74%``);
- a qualitative goal: its declared progress;
- missing results and goals that cannot be evaluated stay out, and the coverage says how much;
- half-up rounding to two decimals on the score of the indicator, so that the levels above can be
  redone by hand from the printed page; equal weights where the plan prints none.

ASST Cremona also prints the weights of its scheda budget (lines 2866-2903): economic area 30 %, the
other three areas 70 % together; institutional goals are a prerequisite and have no weight. What
happens when one is missed is not printed, so no gate is set: it stays out of the count, visible.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from .edizione import Edizione, GruppoAree, MetodiPredefiniti, Metodo
from .edizione_dati import come_dati
from .modelli import MODELLI

ORDINARIA = Edizione(
    codice="ordinaria",
    nome="Regole ordinarie",
    fonte="Scelta del prodotto: proporzione sui target in percentuale, soglia sugli altri.",
    metodi=MetodiPredefiniti(
        percentuale=Metodo.RAPPORTO,
        quota_di_casi=Metodo.RAPPORTO,
        valore=Metodo.SOGLIA,
        data=Metodo.SOGLIA,
        riferimento=Metodo.SOGLIA,
        traguardo=Metodo.AVANZAMENTO,
    ),
    tolleranza_mantenimento=Decimal(1),
)

ATS_MILANO = replace(
    ORDINARIA,
    codice="ats-milano-2021",
    nome="ATS Milano, piano 2021-2023",
    fonte="Il piano non stampa formule: regole ordinarie.",
)

ASST_CREMONA = replace(
    ORDINARIA,
    codice="asst-cremona-2022",
    nome="ASST Cremona, piano 2022-2024",
    fonte="Pesi della scheda budget: piano 2022-2024, paragrafo 6.2. Formule: regole ordinarie.",
    gruppi_aree=(
        GruppoAree("Performance economica", ("A1",), Decimal(30)),
        GruppoAree("Esiti, processi, sviluppo", ("A2", "A3", "A4"), Decimal(70)),
    ),
)

PREDEFINITE: dict[str, Edizione] = {
    "ats-milano": ATS_MILANO,
    "asst-cremona": ASST_CREMONA,
}

TUTTE: dict[str, Edizione] = {
    edizione.codice: edizione for edizione in (ORDINARIA, ATS_MILANO, ASST_CREMONA, *MODELLI)
}
"""Every edition that comes with the product, by its code: one file each in fixtures/edizioni."""


def predefinita(azienda: str) -> Edizione:
    """The edition of an azienda by its code; the ordinary rules for one we do not know."""
    return PREDEFINITE.get(azienda, ORDINARIA)


def edizione_per(azienda: str) -> dict[str, Any]:
    """Name and parameters of a new edition row for an azienda, by its code."""
    edizione = predefinita(azienda)
    return {"nome": edizione.nome, "parametri": come_dati(edizione)}
