# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outcome as CSV and as JSON: the same columns and the same digits in both."""

import csv
import json
from io import StringIO
from typing import Any

from obiettivi.calcolo.spiegazione import cifre_esatte
from obiettivi.calcolo.valori import motivo_di

from .casi import SCRITTE
from .esito import Riga, Simulazione

SCHEMA = "albero/simulazione/1"


def in_csv(simulazione: Simulazione, separatore: str = ",") -> str:
    """The rows as they were, with score, state and explanation; then the groups and the whole."""
    uscita = StringIO()
    scrittore = csv.writer(uscita, delimiter=separatore, lineterminator="\n")
    scrittore.writerow((*simulazione.colonne, *SCRITTE))
    for riga in simulazione.righe:
        celle = (riga.celle.get(nome, "") for nome in simulazione.colonne)
        scrittore.writerow((*celle, riga.punteggio, riga.stato, " ".join(riga.frasi)))
    return uscita.getvalue()


def in_json(simulazione: Simulazione) -> str:
    """The JSON text of ``in_dati``."""
    return json.dumps(in_dati(simulazione), ensure_ascii=False, indent=1) + "\n"


def in_dati(simulazione: Simulazione) -> dict[str, Any]:
    """The outcome as plain data: numbers as exact text, ``None`` where there is none."""
    edizione = simulazione.edizione
    return {
        "schema": SCHEMA,
        "edizione": {"codice": edizione.codice, "nome": edizione.nome},
        "casi": [_riga(riga, simulazione.colonne) for riga in simulazione.casi],
        "gruppi": [_riga(riga, simulazione.colonne) for riga in simulazione.gruppi],
        "totale": _riga(simulazione.totale, simulazione.colonne)
        | {"classe": simulazione.totale.classe and simulazione.totale.classe.etichetta},
    }


def _riga(riga: Riga, colonne: tuple[str, ...]) -> dict[str, Any]:
    return {
        **{nome: riga.celle.get(nome, "") for nome in colonne},
        "punteggio": riga.punteggio or None,
        "punteggio_esatto": None if riga.esatto is None else cifre_esatte(riga.esatto),
        "stato": riga.stato,
        "motivo": motivo_di(riga.esito),
        "copertura": cifre_esatte(riga.copertura),
        "spiegazione": " ".join(riga.frasi),
        "frasi": list(riga.frasi),
    }
