# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reasons of one request, for who may read them."""

from typing import Any

from lavoro_agile.models import DomandaLavoroAgile, MotivoDomanda
from piani.models import Utente


def motivi_leggibili(domanda: DomandaLavoroAgile, utente: Utente) -> list[tuple[str, str]]:
    """Name and detail of each reason, for the risorse umane and for the person; for others none."""
    tutti: Any = MotivoDomanda.objects
    loro = tutti.visibili_a(utente) | tutti.della_persona(utente)
    regole = domanda.bando.edizione.regole
    trovati = []
    for uno in loro.filter(domanda=domanda).distinct():
        motivo = regole.motivo(uno.codice)
        trovati.append((motivo.nome if motivo else uno.codice, uno.dettaglio))
    return trovati
