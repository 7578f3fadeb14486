# SPDX-License-Identifier: AGPL-3.0-or-later
"""The actions of no Alleanza as a plan of the past lists them: di sistema, trasversali, dirette."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from conciliazione.models import AzioneDiPiano, EdizioneConciliazione

Dati = dict[str, Any]
Genere = AzioneDiPiano.Genere


def carica_azioni(edizione: EdizioneConciliazione, dati: Dati) -> None:
    """Create the actions that the file lists; the two documents list them in different shapes."""
    if edizione.azioni_di_piano.exists():
        return
    righe = [
        *_sistema_per_aree(dati.get("sistema", {})),
        *_sistema_per_linee(dati),
        *_trasversali(dati.get("trasversali", {})),
        *_dirette(dati.get("dirette", {})),
    ]
    posti: dict[str, int] = {}
    for riga in righe:
        genere = riga["genere"]
        posti[genere] = posti.get(genere, 0) + 1
        AzioneDiPiano.objects.create(edizione=edizione, ordine=posti[genere], **riga)


def _sistema_per_aree(sistema: Dati) -> Iterator[Dati]:
    """The areas of the 2017-2018 plan; the amount that covers them all stands on the first row,
    the one of the whole.
    """
    if not sistema:
        return
    yield {
        "genere": Genere.SISTEMA,
        "titolo": sistema["nome"],
        "descrizione": _elenco(sistema.get("obiettivi", [])),
        "importo": Decimal(sistema["importo"]["valore"]),
        "responsabile": "ATS",
        "riga_fonte": str(sistema["riga"]),
    }
    for area in sistema.get("aree", []):
        yield {
            "genere": Genere.SISTEMA,
            "titolo": area["nome"],
            "gruppo": sistema["nome"],
            "descrizione": _elenco(area.get("voci", [])),
            "responsabile": "ATS",
            "riga_fonte": str(area["riga"]),
        }


def _sistema_per_linee(dati: Dati) -> Iterator[Dati]:
    """The lines of the 2020-2023 document, with one amount for all."""
    if "azioni_sistema" not in dati:
        return
    insieme = dati["azioni"]
    yield {
        "genere": Genere.SISTEMA,
        "titolo": "Azioni di sistema",
        "importo": Decimal(insieme["importo"]["valore"]),
        "responsabile": insieme["titolare"],
        "riga_fonte": str(insieme["riga"]),
    }
    linee = {una["ordine"]: una["nome"] for una in dati.get("linee", [])}
    for azione in dati["azioni_sistema"]:
        yield {
            "genere": Genere.SISTEMA,
            "titolo": azione["nome"],
            "gruppo": linee.get(azione["linea"], ""),
            "descrizione": azione.get("descrizione", ""),
            "responsabile": insieme["titolare"],
            "riga_fonte": str(azione["riga"]),
        }


def _trasversali(dati: Dati) -> Iterator[Dati]:
    mesi = dati.get("incontri_ogni_mesi", {}).get("stampato", "")
    for tema in dati.get("temi", []):
        yield {
            "genere": Genere.TRASVERSALE,
            "titolo": tema["nome"],
            "gruppo": dati["nome"],
            "descrizione": f"Incontri fra le Alleanze {mesi}.".replace(" .", "."),
            "riga_fonte": str(tema["riga"]),
        }


def _dirette(dati: Dati) -> Iterator[Dati]:
    for azione in dati.get("azioni", []):
        yield {
            "genere": Genere.DIRETTA,
            "titolo": azione["nome"],
            "gruppo": dati["nome"],
            "descrizione": f"Per {azione['destinatari']}: {', '.join(azione['effetti'])}.",
            "responsabile": dati.get("proponente", ""),
            "riga_fonte": str(azione["riga"]),
        }


def _elenco(righe: Iterable[Dati]) -> str:
    """The items of a list, one a line; each after its group, where it has one."""
    return "\n".join(
        f"{una['gruppo']}: {una['nome']}" if una.get("gruppo") else una["nome"] for una in righe
    )
