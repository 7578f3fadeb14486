# SPDX-License-Identifier: AGPL-3.0-or-later
"""The objectives of a PIAO in the order of the fields of the Portale PIAO, from the photograph: a
sheet to fill it from (CSV, xlsx), the same nested for programs (JSON).

One row for each indicator; what nobody wrote is empty.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .tabelle import cella_target, indicatori

Dati = dict[str, Any]
TRIENNIO = 3
CAMPI = (
    "obiettivo_codice", "obiettivo", "unita_responsabile", "indicatore_codice", "indicatore",
    "dimensione", "unita_di_misura", "formula", "peso", "polarita", "baseline_anno", "baseline",
    "fonte", "anno_1", "target_1", "anno_2", "target_2", "anno_3", "target_3",
)  # fmt: skip

SCHEMA = "albero/portale-piao/1"


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


def titoli() -> tuple[str, ...]:
    """The headings of the sheet as people read them, in the order of ``CAMPI``."""
    anni = [
        testo % {"n": n}
        for n in range(1, TRIENNIO + 1)
        for testo in (_("Anno %(n)s"), _("Target dell'anno %(n)s"))
    ]
    return (
        _("Codice dell'obiettivo"), _("Obiettivo"), _("Unità responsabile"),
        _("Codice dell'indicatore"), _("Indicatore"), _("Dimensione"), _("Unità di misura"),
        _("Formula"), _("Peso"), _("Polarità"), _("Anno del valore di partenza"),
        _("Valore di partenza"), _("Fonte"), *anni,
    )  # fmt: skip


def in_dati(foto: Dati) -> Dati:
    """The same rows as nested data: an objective with its indicators, an indicator with its
    baseline and its three targets. ``static/schemi/portale-piao-1.schema.json`` describes them.
    """
    piano, obiettivi = foto["piano"], []
    per_riga = [dict(zip(CAMPI, riga, strict=True)) for riga in righe(foto)]
    posto = iter(per_riga)
    for area in foto["aree"]:
        for obiettivo in area["obiettivi"]:
            obiettivi.append(
                {
                    "codice": obiettivo["codice"],
                    "nome": obiettivo["nome"],
                    "area": area["nome"],
                    "unita_responsabile": obiettivo["responsabile"],
                    "indicatori": [_indicatore(next(posto)) for _uno in obiettivo["indicatori"]],
                }
            )
    return {
        "schema": SCHEMA,
        "ente": {campo: foto["azienda"][campo] for campo in ("codice", "nome", "dipendenti")},
        "piao": {
            "titolo": piano["titolo"],
            "anno_inizio": piano["anno_inizio"],
            "anno_fine": piano["anno_fine"],
            "atto": piano["atto"],
            "versione": foto["versione"],
            "data": foto["data"],
            "semplificato": foto["piao"]["semplificato"],
        },
        "licenza": foto["licenza"],
        "obiettivi": obiettivi,
    }


def _indicatore(riga: Dati) -> Dati:
    propri = ("dimensione", "unita_di_misura", "formula", "peso", "polarita", "fonte")
    return {
        "codice": riga["indicatore_codice"],
        "nome": riga["indicatore"],
        **{campo: riga[campo] for campo in propri},
        "baseline": {"anno": riga["baseline_anno"], "valore": riga["baseline"]},
        "target": [
            {"anno": riga[f"anno_{n}"], "valore": riga[f"target_{n}"]}
            for n in range(1, TRIENNIO + 1)
            if riga[f"anno_{n}"]
        ],
    }
