# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outcome as CSV and as JSON: the same columns and the same digits in both."""

import csv
import json
from io import StringIO
from typing import Any

from obiettivi.calcolo.spiegazione import cifre_esatte
from obiettivi.calcolo.valori import motivo_di

from .casi import SCRITTE, SCRITTE_CON_CLASSI
from .esito import Riga, Simulazione

SCHEMA = "albero/simulazione/1"


def in_csv(simulazione: Simulazione, separatore: str = ",") -> str:
    """The rows as they were, with score, state and explanation; then the groups and the whole.

    Class and bonus too, before the explanation, when the rules have classes.
    """
    uscita = StringIO()
    scrittore = csv.writer(uscita, delimiter=separatore, lineterminator="\n")
    con_classi = SCRITTE_CON_CLASSI if simulazione.edizione.classi else ()
    scrittore.writerow(
        (*map(_a_capo, simulazione.colonne), *SCRITTE[:-1], *con_classi, SCRITTE[-1])
    )
    for riga in simulazione.righe:
        celle = (_a_capo(riga.celle.get(nome, "")) for nome in simulazione.colonne)
        della_classe = _classe(riga).values() if con_classi else ()
        frasi = " ".join(riga.frasi)
        scrittore.writerow((*celle, riga.punteggio, riga.stato, *della_classe, frasi))
    return uscita.getvalue()


def _a_capo(cella: str) -> str:
    """A carriage return alone would not be quoted, and would break the row."""
    return cella.replace("\r\n", "\n").replace("\r", "\n")


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
        "gruppi": [
            _riga(riga, simulazione.colonne)
            | _classe(riga)
            | {"spettava": riga.spettava and riga.spettava.etichetta}
            for riga in simulazione.gruppi
        ],
        "totale": _riga(simulazione.totale, simulazione.colonne) | _classe(simulazione.totale),
    }


def _classe(riga: Riga) -> dict[str, str | None]:
    return {
        "classe": None if riga.classe is None else riga.classe.etichetta,
        "premio": None if riga.premio is None else cifre_esatte(riga.premio),
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
