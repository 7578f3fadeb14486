# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Relazione as data: one CSV for each table of its photograph."""

from collections.abc import Iterator
from typing import Any

from .dati import (
    CAMPI_RAGGIUNGIMENTI,
    CAMPI_RISULTATI,
    CAMPI_TARGET,
    Riga,
    in_csv,
    per_campi,
    raggiungimenti,
    risultati,
    target,
)

Dati = dict[str, Any]
CAMPI_SCOSTAMENTI = (
    "area", "obiettivo", "codice", "indicatore", "target", "risultato", "stato", "punteggio",
    "mostrato", "motivo", "causa", "azione",
)  # fmt: skip
CAMPI_SCHEDE = (
    "dipartimento", "unita", "stato", "validata", "punteggio", "mostrato", "copertura", "motivo",
    "dimostrativo",
)  # fmt: skip
CAMPI_RISORSE = (
    "fattore", "unita_misura", "schede", "senza_budget", "senza_consuntivo", "budget",
    "consuntivo", "differenza",
)  # fmt: skip
CAMPI_FASI = ("ordine", "nome", "scadenza", "prevista", "conclusa", "nota")
CAMPI_CRITERI = ("codice", "nome", "norma", "esito", "nota")
CAMPI_INDIVIDUALE = ("tavola", "riga", "colonna", "valore", "soppressa")


def csv_relazione(foto: Dati) -> dict[str, bytes]:
    """The tables of the photograph of a Relazione, by file name."""
    return {
        "target.csv": in_csv(CAMPI_TARGET, target(foto)),
        "risultati.csv": in_csv(CAMPI_RISULTATI, risultati(foto)),
        "raggiungimenti.csv": in_csv(CAMPI_RAGGIUNGIMENTI, raggiungimenti(foto)),
        "scostamenti.csv": in_csv(
            CAMPI_SCOSTAMENTI, per_campi(foto["scostamenti"], CAMPI_SCOSTAMENTI)
        ),
        "schede.csv": in_csv(CAMPI_SCHEDE, _schede(foto)),
        "risorse.csv": in_csv(CAMPI_RISORSE, per_campi(foto["risorse"], CAMPI_RISORSE)),
        "individuale.csv": in_csv(CAMPI_INDIVIDUALE, _individuale(foto)),
        "fasi.csv": in_csv(CAMPI_FASI, per_campi(foto["fasi"], CAMPI_FASI)),
        **csv_validazione(foto),
    }


def csv_validazione(foto: Dati) -> dict[str, bytes]:
    """The criteria of the Nucleo with their outcomes."""
    criteri = foto["validazione"]["criteri"] if foto["validazione"] else []
    return {"criteri.csv": in_csv(CAMPI_CRITERI, per_campi(criteri, CAMPI_CRITERI))}


def _schede(foto: Dati) -> Iterator[Riga]:
    for reparto in foto["schede"]:
        for scheda in reparto["schede"]:
            yield [reparto["dipartimento"], *(scheda.get(campo) for campo in CAMPI_SCHEDE[1:])]


def _individuale(foto: Dati) -> Iterator[Riga]:
    for tavola in foto["individuale"]:
        for riga in tavola["righe"]:
            for colonna, cella in zip(tavola["colonne"], riga["celle"], strict=True):
                yield [
                    tavola["titolo"], riga["etichetta"], colonna, cella["valore"],
                    cella["soppressa"],
                ]  # fmt: skip
