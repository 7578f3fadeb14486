# SPDX-License-Identifier: AGPL-3.0-or-later
"""The act, the years and the resources of an edition of the past, with its printed parameters."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, salva
from conciliazione.calcolo.edizione import Parametri
from conciliazione.carica.fogli import foglio, riscontra
from conciliazione.models import EdizioneConciliazione
from piani.models import Utente

# Where a printed parameter of the 2020-2023 sheet lives among our rules.
NELLE_REGOLE = {
    "quota_azioni_sistema": "quota_sistema",
    "contributo_massimo_quota": "quota_massima",
    "contributo_massimo_importo": "contributo_massimo",
    "valore_minimo_progetto": "valore_minimo",
    "cofinanziamento_minimo_quota": "cofinanziamento_minimo",
}
RISERVE = {"riserva_consulenza_quota": "consulenza", "riserva_tempi_quota": "tempi"}
DIMENSIONI = {"quota_altre_imprese_salvatempo": "c", "quota_altre_imprese_consulenza": "d"}
ORDINE = 500  # after the figures that add up, in the list of the edition


def carica(edizione: EdizioneConciliazione, cartella: Path, da: Utente | None = None) -> None:
    """Write act, years and resources; put each printed parameter beside the rule that we use.

    Running it again writes the same. A folder without the sheet says nothing.
    """
    dati = foglio(cartella, "edizione")
    if dati is None:
        return
    with transaction.atomic():
        sua = dati["edizione"]
        edizione.anno_inizio = sua["periodo_inizio"].year
        edizione.anno_fine = sua["periodo_fine"].year
        edizione.atto, edizione.atto_data = _atto(dati["dgr"])
        edizione.dotazione = _dotazione(dati, cartella)
        salva(edizione, "anno_inizio", "anno_fine", "atto", "atto_data", "dotazione")
        for posto, voce in enumerate(dati.get("parametri", []), ORDINE):
            nostro = _nelle_regole(edizione.regole, voce["codice"])
            if nostro is not None:
                riscontra(edizione, _riga(voce, posto), nostro)
        annota(
            "conc_edizione.caricata",
            edizione,
            _("Caricati i dati di %(edizione)s dalla fonte") % {"edizione": edizione},
            da=da,
        )


def _atto(dgr: dict[str, Any]) -> tuple[str, date | None]:
    giorno = dgr.get("data")
    anno = giorno.year if giorno else dgr.get("anno")
    return f"DGR {dgr['numero']}/{anno}", giorno


def _dotazione(dati: dict[str, Any], cartella: Path) -> Decimal | None:
    """What the Region assigned: among the parameters, or in the financial sheet."""
    for voce in dati.get("parametri", []):
        if voce["codice"] == "dotazione":
            return Decimal(voce["valore"])
    fonti = (foglio(cartella, "finanziario") or {}).get("fonti", [])
    regionali = [una["importo"]["valore"] for una in fonti if una["codice"] == "regionali"]
    return Decimal(regionali[0]) if regionali else None


def _nelle_regole(regole: Parametri, codice: str) -> Decimal | None:
    """The value of ours that a printed parameter is of; None if it is not a rule of ours."""
    if codice in NELLE_REGOLE:
        valore: Decimal | None = getattr(regole, NELLE_REGOLE[codice]).valore
        return valore
    quote = {una.codice: una.quota for una in regole.riserve}
    if codice in RISERVE:
        return quote.get(RISERVE[codice])
    delle_imprese = {una.categorie: una.quota for una in regole.dimensioni}
    return delle_imprese.get((DIMENSIONI.get(codice, ""),))


def _riga(voce: dict[str, Any], posto: int) -> dict[str, Any]:
    """A printed parameter in the shape of a printed figure."""
    return {
        **voce,
        "codice": f"regola-{voce['codice'].replace('_', '-')}",
        "ordine": posto,
        "dove": voce["nome"],
        "nota": voce.get("articolo", ""),
    }
