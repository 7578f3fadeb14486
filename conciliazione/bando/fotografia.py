# SPDX-License-Identifier: AGPL-3.0-or-later
"""A version of a proposal as plain data: what is hashed when it is sent, and compared later."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from conciliazione.models import Partner, VersioneProposta

SCHEMA = "albero/proposta-conciliazione/1"
TESTI = ("titolo", "bisogni", "descrizione", "risultati", "continuita", "territorio")


def fotografa(versione: VersioneProposta) -> dict[str, Any]:
    """Everything that a version says, with who is in the Alleanza and the papers beside it."""
    proposta = versione.proposta
    partner = proposta.partner.attuali().select_related("ente").order_by("ente__nome", "pk")
    return {
        "schema": SCHEMA,
        "manifestazione": str(proposta.manifestazione),
        "versione": versione.numero,
        "capofila": proposta.capofila.nome,
        **{campo: getattr(versione, campo) for campo in TESTI},
        "finalita": list(versione.finalita),
        "dal": _giorno(versione.dal),
        "al": _giorno(versione.al),
        "contributo": _importo(versione.contributo),
        "costo_dichiarato": _importo(versione.costo_dichiarato),
        "partner": [_partner(uno) for uno in partner],
        "azioni": [_azione(una) for una in versione.azioni.prefetch_related("costi")],
        "cofinanziamenti": [
            {
                "ente": uno.ente.nome if uno.ente else "",
                "forma": uno.forma,
                "pubblico": uno.pubblico,
                "importo": _importo(uno.importo),
            }
            for uno in versione.cofinanziamenti.select_related("ente")
        ],
        "allegati": [
            {"nome": uno.nome, "sha256": uno.sha256} for uno in proposta.allegati.order_by("pk")
        ],
    }


def fotografia_di(versione: VersioneProposta) -> dict[str, Any]:
    """The photograph kept when the version was closed; taken now if it is open, or of the past."""
    tenuta = (versione.ammissibilita or {}).get("fotografia")
    return tenuta if tenuta else fotografa(versione)


def come_testo(fotografia: dict[str, Any]) -> str:
    """The one way to write a photograph: the hash of the receipt is of these characters."""
    return json.dumps(fotografia, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def impronta_di(fotografia: dict[str, Any]) -> str:
    return hashlib.sha256(come_testo(fotografia).encode()).hexdigest()


def _partner(uno: Partner) -> dict[str, str]:
    return {"ente": uno.ente.nome, "stato": uno.stato, "ruolo": uno.ruolo, "apporto": uno.apporto}


def _azione(una: Any) -> dict[str, Any]:
    return {
        "titolo": una.titolo,
        "intervento": una.intervento,
        "descrizione": una.descrizione,
        "persone": una.persone,
        "imprese": una.imprese,
        "dal": _giorno(una.dal),
        "al": _giorno(una.al),
        "costi": {uno.categoria: _importo(uno.importo) for uno in una.costi.all()},
    }


def _importo(importo: Decimal | None) -> str | None:
    return None if importo is None else f"{importo:.2f}"


def _giorno(giorno: date | None) -> str | None:
    return giorno.isoformat() if giorno else None
