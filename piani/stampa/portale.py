# SPDX-License-Identifier: AGPL-3.0-or-later
"""The objectives of a PIAO in the order of the fields of the Portale PIAO, from the photograph.

One row for each indicator; what nobody wrote is empty.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from .tabelle import cella_target, indicatori

Dati = dict[str, Any]
TRIENNIO = 3
CAMPI = (
    "obiettivo_codice", "obiettivo", "unita_responsabile", "indicatore_codice", "indicatore",
    "dimensione", "unita_di_misura", "formula", "peso", "polarita", "baseline_anno", "baseline",
    "fonte", "anno_1", "target_1", "anno_2", "target_2", "anno_3", "target_3",
)  # fmt: skip


def righe(foto: Dati) -> Iterator[Sequence[Any]]:
    """The rows of the sheet, in the order of ``CAMPI``."""
    piano = foto["piano"]
    anni = [
        anno if anno <= piano["anno_fine"] else None
        for anno in range(piano["anno_inizio"], piano["anno_inizio"] + TRIENNIO)
    ]
    for _area, obiettivo, uno in indicatori(foto):
        base = uno["base"] or {}
        target: list[Any] = []
        for anno in anni:
            target += [anno, cella_target(uno, str(anno)).stampato if anno else ""]
        yield [
            obiettivo["codice"], obiettivo["nome"], obiettivo["responsabile"], uno["codice"],
            uno["nome"], obiettivo.get("dimensione", ""), uno["unita"], uno["formula"],
            uno.get("peso"), uno["verso"], base.get("anno"), base.get("stampato"), uno["fonte"],
            *target,
        ]  # fmt: skip
