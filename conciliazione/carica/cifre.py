# SPDX-License-Identifier: AGPL-3.0-or-later
"""The printed figures of a document beside ours, from the operations that its files write out."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Max

from conciliazione.calcolo.operazioni import esegui
from conciliazione.models import EdizioneConciliazione, Riscontro

Dati = dict[str, Any]
FILE = (("quadrature", "quadrature"), ("derivate", "derivate"))


def carica_riscontri(edizione: EdizioneConciliazione, file: Mapping[str, Dati]) -> None:
    """Create the figures that no other part of the edition claimed: each is computed anew, from
    the operation written in its row.
    """
    prese = set(edizione.riscontri.values_list("chiave", flat=True))
    ultimo = edizione.riscontri.aggregate(n=Max("ordine"))["n"] or 0
    righe = [riga for riga in _righe(file) if riga["codice"] not in prese]
    Riscontro.objects.bulk_create(
        _riscontro(edizione, riga, ordine) for ordine, riga in enumerate(righe, start=ultimo + 1)
    )


def _righe(file: Mapping[str, Dati]) -> Iterator[Dati]:
    viste: set[str] = set()
    for nome, elenco in FILE:
        righe: Iterable[Dati] = file.get(nome, {}).get(elenco, [])
        for riga in righe:
            if riga["codice"] not in viste:
                viste.add(riga["codice"])
                yield riga


def _riscontro(edizione: EdizioneConciliazione, riga: Dati, ordine: int) -> Riscontro:
    stampato = riga.get("valore")
    note = [f"{riga['calcolo']}.", riga.get("nota", "")]
    return Riscontro(
        edizione=edizione,
        ordine=ordine,
        chiave=riga["codice"],
        dove=riga["dove"],
        stampato=riga.get("stampato", ""),
        valore_stampato=None if stampato is None else Decimal(stampato),
        calcolato=esegui(riga["calcolo"], riga["decimali"]),
        unita=riga["unita"],
        nota=" ".join(una for una in note if una),
        riga_fonte=str(riga["riga"]),
    )
