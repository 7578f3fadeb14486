# SPDX-License-Identifier: AGPL-3.0-or-later
"""The printed parameters of an edition of the past beside the rules that we use."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

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
RISERVE = {"riserva_consulenza_quota": "consulenza", "riserva_tempi_quota": "lr28"}
DIMENSIONI = {"quota_altre_imprese_salvatempo": "c", "quota_altre_imprese_consulenza": "d"}
ORDINE = 500  # after the figures that add up, in the list of the edition


def carica(edizione: EdizioneConciliazione, cartella: Path, da: Utente | None = None) -> None:
    """Put each printed parameter of the edition beside the rule of ours that it is.

    Running it again writes the same. A folder that prints none says nothing.
    """
    dati = foglio(cartella, "edizione") or {}
    with transaction.atomic():
        for posto, voce in enumerate(dati.get("parametri", []), ORDINE):
            nostro = _nelle_regole(edizione.regole, voce["codice"])
            if nostro is not None:
                riscontra(edizione, _riga(voce, posto), nostro)


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
