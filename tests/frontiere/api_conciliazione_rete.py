# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written of the editions, the network and the Comitato, with an azienda's keys.

The rows are those of ``api_conciliazione``, that comes before; the keys of those read one by one
are there too.
"""

from typing import Any

from conciliazione.models import (
    Adesione,
    Ambito,
    EdizioneConciliazione,
    Ente,
    PuntoOrdine,
    RichiestaConsultazione,
    Rinuncia,
    Seduta,
    Votazione,
)
from piani.models import Azienda

PASSI: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
    ("enti", Ente, "azienda", ("unione",)),
    ("adesioni", Adesione, "azienda", ("rinuncia",)),
    ("rinunce", Rinuncia, "adesione__azienda", ("presa-atto",)),
    ("sedute", Seduta, "edizione__azienda", ("decisioni", "presenze", "punti")),
    ("punti", PuntoOrdine, "seduta__edizione__azienda", ("votazioni",)),
    ("votazioni", Votazione, "punto__seduta__edizione__azienda", ("voti",)),
    ("consultazioni", RichiestaConsultazione, "edizione__azienda", ("distacco", "seduta")),
)
MODULO = {
    "arrivata_il": "2021-03-01", "rappresentante": "Ida Inventata",
    "denominazione": "Cooperativa Girandola", "codice_fiscale": "01234567897",
    "tipo": "non_profit", "comune": "Lodi", "provincia": "lo", "via": "via delle Prove",
    "civico": "3", "email": "girandola@example.org", "telefono": "02 000001",
    "referente_nome": "Bice", "referente_cognome": "Inventata",
    "referente_telefono": "02 000002", "referente_email": "bice@example.org",
    "interesse": True, "regolamento_visto": True,
}  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    return {
        f"/conciliazione/{nome}/{{id}}/{passo}": {
            "id": modello.objects.filter(**{sua: azienda}).latest("pk").pk
        }
        for nome, modello, sua, passi in PASSI
        for passo in passi
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    edizione = EdizioneConciliazione.objects.filter(azienda=azienda).latest("pk")
    ente = Ente.objects.filter(azienda=azienda).latest("pk")
    return {
        "/conciliazione/edizioni": {
            "azienda": azienda.codice,
            "nome": "Piano nuovo",
            "anno_inizio": 2031,
            "anno_fine": 2033,
            "pronte": "2020-2023",
        },
        "/conciliazione/adesioni": {"azienda": azienda.codice, **MODULO},
        "/conciliazione/ambiti": {
            "azienda": azienda.codice,
            "codice": "un-ambito-nuovo",
            "nome": "Un ambito nuovo",
        },
        "/conciliazione/comuni": {
            "ambito": Ambito.objects.filter(azienda=azienda).latest("pk").pk,
            "nome": "Un comune nuovo",
        },
        "/conciliazione/seggi": {
            "edizione": edizione.slug,
            "tipologia": "OO.SS.",
            "ente": ente.pk,
        },
        "/conciliazione/consultazioni": {
            "edizione": edizione.slug,
            "ente": ente.pk,
            "oggetto": "Gli orari dei servizi",
            "testo": "Si chiede un parere.",
        },
    }
