# SPDX-License-Identifier: AGPL-3.0-or-later
"""The printed figures of a document beside ours, for what no other part of the edition claimed.

Ours comes from our rows where there are rows for it (projects, financial plan); else from the
operation on printed figures that the file writes out, done anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Max

from conciliazione.calcolo.importi import somma
from conciliazione.calcolo.operazioni import esegui
from conciliazione.finanziario.quadro import corrente, quadro_di
from conciliazione.models import EdizioneConciliazione, Progetto, Riscontro

Dati = dict[str, Any]
Nostre = dict[str, Decimal | None]
FILE = (("quadrature", "quadrature"), ("derivate", "derivate"))
# Figures of the two documents that are items of the financial plan, by the code of the item.
DELLE_VOCI = {
    "risorse-regionali": "regionali",
    "azioni-sistema": "sistema",
    "ats-tre-anni": "dotazione-ats",
    "alleanze": "alleanze",
    "riserva-consulenza": "consulenza",
    "riserva-tempi": "tempi-citta",
}


def carica_riscontri(edizione: EdizioneConciliazione, file: Mapping[str, Dati]) -> None:
    """Create the figures of the files that no other part has created."""
    prese = set(edizione.riscontri.values_list("chiave", flat=True))
    ultimo = edizione.riscontri.aggregate(n=Max("ordine"))["n"] or 0
    righe = [riga for riga in _righe(file) if riga["codice"] not in prese]
    nostre = _dalle_righe(edizione, file)
    Riscontro.objects.bulk_create(
        _riscontro(edizione, riga, ordine, nostre)
        for ordine, riga in enumerate(righe, start=ultimo + 1)
    )


def _righe(file: Mapping[str, Dati]) -> Iterator[Dati]:
    viste: set[str] = set()
    for nome, elenco in FILE:
        righe: Iterable[Dati] = file.get(nome, {}).get(elenco, [])
        for riga in righe:
            if riga["codice"] not in viste:
                viste.add(riga["codice"])
                yield riga


def _riscontro(
    edizione: EdizioneConciliazione, riga: Dati, ordine: int, nostre: Nostre
) -> Riscontro:
    stampato = riga.get("valore")
    dai_dati = nostre.get(riga["codice"])
    note = [f"{riga['calcolo']}.", riga.get("nota", "")]
    return Riscontro(
        edizione=edizione,
        ordine=ordine,
        chiave=riga["codice"],
        dove=riga["dove"],
        stampato=riga.get("stampato", ""),
        valore_stampato=None if stampato is None else Decimal(stampato),
        calcolato=esegui(riga["calcolo"], riga["decimali"]) if dai_dati is None else dai_dati,
        unita=riga["unita"],
        nota=" ".join(una for una in note if una),
        riga_fonte=str(riga["riga"]),
    )


def _dalle_righe(edizione: EdizioneConciliazione, file: Mapping[str, Dati]) -> Nostre:
    """What our own projects and financial plan come to, by the code of the figure."""
    progetti = list(edizione.progetti.prefetch_related("azioni"))
    nostre: Nostre = _del_piano_finanziario(edizione)
    if progetti:
        costo = somma(uno.costo for uno in progetti)
        contributo = somma(uno.contributo for uno in progetti)
        nostre |= {
            "costo-sei-progetti": costo,
            "costo-sei-progetti-calcolato": costo,
            "assegnato-sei-progetti": contributo,
            "cofinanziamento": costo - contributo,
            "numero-progetti": Decimal(len(progetti)),
        }
    codici = {una["ordine"]: una["codice"] for una in file.get("progetti", {}).get("progetti", [])}
    for progetto in progetti:
        codice = codici.get(progetto.numero, "")
        nostre |= {
            f"scheda-{codice}": progetto.costo,
            f"azioni-{codice}": Decimal(_azioni_numerate(progetto)),
            f"cofinanziamento-{codice}": progetto.costo - progetto.contributo,
        }
    return nostre


def _azioni_numerate(progetto: Progetto) -> int:
    """The source numbers the actions; those with a letter (2.a, 2.b) count for their number."""
    return len({una.titolo.split(".")[0] for una in progetto.azioni.all()})


def _del_piano_finanziario(edizione: EdizioneConciliazione) -> Nostre:
    piano = corrente(edizione.pk)
    if piano is None:
        return {}
    quadro = quadro_di(piano)
    voci = {riga.voce.codice: riga.calcolato for riga in quadro.righe}
    nostre = {figura: voci.get(voce) for figura, voce in DELLE_VOCI.items()}
    if "azioni-sistema" in voci:
        nostre["azioni-sistema"] = voci["azioni-sistema"]
        nostre["dotazione"] = quadro.totale_impieghi
    else:
        nostre |= {"costo-piano": quadro.totale_impieghi, "fonti-piano": quadro.totale_fonti}
    return nostre
