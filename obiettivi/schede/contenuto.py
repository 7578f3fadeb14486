# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a scheda says, what it lacks, and the photograph that its versions keep.

``contenuto`` reads it, ``manca`` says what keeps it from being sent, ``fotografia_scheda`` and
``impronta_di`` are for whoever keeps or compares versions.
"""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from obiettivi.models import RigaScheda, SchedaBudget
from obiettivi.schede.lettura import AreaLetta, Contenuto, contenuto
from obiettivi.schede.manca import manca

__all__ = ["Contenuto", "contenuto", "fotografia_scheda", "impronta_di", "manca"]


def fotografia_scheda(scheda: SchedaBudget) -> dict[str, Any]:
    """What is agreed on with the CdR, as plain data that JSON can hold, figures as text.

    What becomes known of the resources during the year is not part of it.
    """
    letto = contenuto(scheda)
    return {
        "schema": "albero/scheda/1",
        "azienda": str(scheda.azienda),
        "anno": scheda.anno,
        "cdr": {"codice": scheda.unita.codice, "nome": scheda.unita.nome} if scheda.unita else None,
        "piano": str(scheda.piano) if scheda.piano else None,
        "nota": scheda.nota,
        "aree": [_area_in_dati(una) for una in letto.aree],
        "risorse": [
            {
                "fattore": una.risorsa.fattore,
                "unita_misura": una.risorsa.unita_misura,
                "budget": _testo(una.risorsa.budget),
            }
            for una in letto.risorse
        ],
    }


def impronta_di(fotografia: dict[str, Any]) -> str:
    """The sha256 of a photograph, in hexadecimal: the same content gives the same mark."""
    testo = json.dumps(
        fotografia, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(testo.encode()).hexdigest()


def _area_in_dati(letta: AreaLetta) -> dict[str, Any]:
    return {
        "tipo": letta.area.tipo,
        "nome": letta.area.nome,
        "peso": _testo(letta.area.peso),
        "con_la_precedente": letta.area.con_la_precedente,
        "righe": [_riga_in_dati(riga) for riga in letta.righe],
    }


def _riga_in_dati(riga: RigaScheda) -> dict[str, Any]:
    """``riga`` is the key of the row, to recognise it from one version to the next."""
    misura = riga.misura
    return {
        "riga": riga.pk,
        "obiettivo": riga.obiettivo,
        "indicatore": {
            "codice": riga.indicatore.codice,
            "nome": riga.indicatore.nome,
            "unita": riga.indicatore.unita,
        },
        "nel_piano": f"{misura.obiettivo.codice} {misura.obiettivo}" if misura else None,
        "aziendale": riga.aziendale,
        "peso": _testo(riga.peso),
        "storico_anno": riga.storico_anno,
        "storico": riga.storico,
        "dato_anno": riga.dato_anno,
        "dato": riga.dato,
        "atteso": riga.atteso,
        "lettura": riga.lettura,
        "nota": riga.nota,
    }


def _testo(cifra: Decimal | None) -> str | None:
    return None if cifra is None else f"{cifra:f}"
