# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables as CSV files, with the Italian separators and no cell that a sheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse

from conciliazione.monitoraggio.conto import Situazione
from conciliazione.monitoraggio.tavole import Riga
from piani.stampa.formati import numero_italiano
from piani.views.registro import innocua

INDICATORI = (
    "semestre", "codice", "indicatore", "di che cosa", "numeratore", "denominatore", "valore",
    "perché non si calcola", "nota",
)  # fmt: skip
QUADRO = (
    "numero", "progetto", "stato", "costo", "contributo assegnato", "riconosciuto", "liquidato",
    "disposto e non eseguito", "da liquidare", "da recuperare", "recuperato", "residuo",
)  # fmt: skip


def foglio(nome: str, testata: Sequence[str], righe: Iterable[Sequence[str]]) -> HttpResponse:
    """A file to be saved, that sheets open with its accents right."""
    uscita = io.StringIO()
    scrittore = csv.writer(uscita, delimiter=";", lineterminator="\n")
    scrittore.writerow(testata)
    for riga in righe:
        scrittore.writerow([innocua(cella) for cella in riga])
    return HttpResponse(
        "\ufeff" + uscita.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nome}.csv"'},
    )


def indicatori(nome: str, righe: Iterable[Riga]) -> HttpResponse:
    """The values of the indicators, with both terms."""
    return foglio(
        nome,
        INDICATORI,
        (
            (
                str(una.semestre), una.codice, una.nome, una.dove, una.numeratore,
                una.denominatore, una.mostrato, una.motivo, una.nota,
            )
            for una in righe
        ),
    )  # fmt: skip


def quadro(nome: str, righe: Iterable[Situazione]) -> HttpResponse:
    """Planned, recognised, paid, project by project."""
    return foglio(
        nome,
        QUADRO,
        (
            (
                str(una.progetto.numero), una.progetto.titolo,
                str(una.progetto.get_stato_display()),
                *(_cifra(importo) for importo in (
                    una.progetto.costo, una.progetto.contributo, una.riconosciuto,
                    una.liquidato, una.disposto, una.da_liquidare,
                    una.da_recuperare if una.liquidato is not None else None,
                    una.recuperato if una.liquidato is not None else None, una.residuo,
                )),
            )
            for una in righe
        ),
    )  # fmt: skip


def _cifra(importo: Decimal | None) -> str:
    return numero_italiano(importo, 2)
