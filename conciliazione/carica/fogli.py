# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the loaders of the editions and of the calls share: the sheets, the printed figures."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from conciliazione.models import EdizioneConciliazione, Riscontro


def foglio(cartella: Path, nome: str) -> dict[str, Any] | None:
    """A sheet of the folder; None if the source has nothing of it."""
    dove = Path(cartella) / f"{nome}.toml"
    return tomllib.loads(dove.read_text(encoding="utf-8")) if dove.exists() else None


def quadrature(cartella: Path) -> dict[str, dict[str, Any]]:
    """The printed figures of the source, by code, with their place in the list."""
    dati = foglio(cartella, "quadrature") or {"quadrature": []}
    return {
        una["codice"]: una | {"ordine": posto} for posto, una in enumerate(dati["quadrature"], 1)
    }


def riscontra(edizione: EdizioneConciliazione, voce: dict[str, Any], calcolato: Decimal) -> None:
    """Put our figure beside the printed one; what somebody took note of stays."""
    Riscontro.objects.update_or_create(
        edizione=edizione,
        chiave=voce["codice"],
        defaults={
            "ordine": voce["ordine"],
            "dove": voce["dove"],
            "stampato": voce["stampato"],
            "valore_stampato": Decimal(voce["valore"]),
            "calcolato": calcolato,
            "unita": voce.get("unita", ""),
            "nota": voce.get("nota", ""),
            "riga_fonte": str(voce.get("righe", voce["riga"])),
        },
    )
