# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every part asks of a folder of transcriptions: its files, their figures, their units."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from piani.importa import leggi_toml
from piani.models import Azienda, UnitaOrganizzativa

Dati = Mapping[str, Any]


def leggi(cartella: Path, nome: str) -> dict[str, Any]:
    """A file of the folder; nothing if it is not there."""
    file = cartella / f"{nome}.toml"
    return leggi_toml(file) if file.exists() else {}


def righe_di(dati: Dati) -> str:
    """Where a row is in its source: its lines, or its line."""
    return str(dati.get("righe", dati.get("riga", "")))


def intero(figura: Dati) -> int:
    """The number of a printed figure that counts something."""
    return int(Decimal(figura["valore"]))


def unita_di(azienda: Azienda) -> dict[str, UnitaOrganizzativa]:
    """The units of the azienda by code, as its oldest dated chart has them: the documents that are
    brought in are those of its years.
    """
    prima = azienda.organigrammi.datate().order_by("valido_dal").first()
    return {} if prima is None else {una.codice: una for una in prima.unita.all()}
