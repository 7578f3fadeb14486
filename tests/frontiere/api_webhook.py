# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the webhooks in the API, with the keys of an azienda's rows."""

from typing import Any

from piani.models import Azienda
from tests.frontiere.webhook import consegna_di

PASSI = ("", "/prova", "/segreto", "/sospensione", "/riattivazione")
# Of the program itself and of who sees to it: who reads the azienda finds none.
NASCOSTE = {
    *(f"/webhook/{{id}}{passo}" for passo in PASSI),
    "/consegne-webhook/{id}", "/consegne-webhook/{id}/rinvio",
}  # fmt: skip
VUOTE = {"/webhook", "/consegne-webhook"}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    consegna = consegna_di(azienda)
    della_consegna = ("/consegne-webhook/{id}", "/consegne-webhook/{id}/rinvio")
    return {
        **{f"/webhook/{{id}}{passo}": {"id": consegna.webhook_id} for passo in PASSI},
        **{percorso: {"id": consegna.pk} for percorso in della_consegna},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    altrui = azienda.clienti_api.get(name="Un programma")
    return {
        "/webhook": {
            "programma": altrui.client_id,
            "indirizzo": "https://127.0.0.1:9443/altro",
            "eventi": ["documento.pubblicato"],
        }
    }
