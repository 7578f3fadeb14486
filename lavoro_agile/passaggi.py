# SPDX-License-Identifier: AGPL-3.0-or-later
"""The states of each noun and where each leads. A step that is not here does not exist."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from lavoro_agile.models import (
    AccordoIndividuale,
    BandoLavoroAgile,
    CampagnaMappatura,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    MappaturaAttivita,
)

PASSAGGI: Mapping[type[Model], Mapping[str, tuple[str, ...]]] = {
    EdizioneLavoroAgile: {
        "bozza": ("in_vigore",),
        "in_vigore": ("chiusa",),
        "chiusa": ("in_vigore",),
    },
    BandoLavoroAgile: {
        "bozza": ("pubblicato",),
        "pubblicato": ("concluso", "annullato"),
        "concluso": ("pubblicato",),
        "annullato": (),
    },
    CampagnaMappatura: {"bozza": ("aperta",), "aperta": ("chiusa",), "chiusa": ("aperta",)},
    MappaturaAttivita: {
        "da_compilare": ("in_compilazione",),
        "in_compilazione": ("trasmessa",),
        "trasmessa": ("chiusa", "in_compilazione"),
        "chiusa": ("in_compilazione",),
    },
    DomandaLavoroAgile: {
        "bozza": ("presentata", "ritirata"),
        "presentata": ("favorevole", "negata", "ritirata"),
        "favorevole": ("ammessa", "ritirata"),
        "negata": ("in_riesame", "ritirata"),
        "in_riesame": ("favorevole", "respinta", "ritirata"),
        "ammessa": ("ritirata",),
        "respinta": (),
        "ritirata": (),
    },
    AccordoIndividuale: {
        "bozza": ("alla_firma", "annullato"),
        "alla_firma": ("sottoscritto", "bozza", "annullato"),
        "sottoscritto": ("cessato",),
        "cessato": (),
        "annullato": (),
    },
}


def prossimi(riga: Any) -> tuple[str, ...]:
    """The states that a row may go to from the one it is in."""
    return PASSAGGI[type(riga)][riga.stato]


def provenienze(modello: type[Model], stato: str) -> list[str]:
    """The states from which one arrives there."""
    return [da for da, verso in PASSAGGI[modello].items() if stato in verso]
