# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program sees to its own webhooks through the API, and reads what was sent to it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from piani import azioni as azioni_piani
from piani.models import Azienda, ClienteApi, Consegna, Ruolo, TipoAnnuncio, Utente, Webhook
from piani.models.cliente import ambiti
from piani.webhook import azioni, consegne
from piani.webhook.posta import annuncia, annuncio
from tests.api.conftest import client_di
from tests.ricevitore import Ricevitore, in_ascolto

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def ricevitore(settings: Any) -> Iterator[Ricevitore]:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.WEBHOOK_HOST_INTERNI = ["127.0.0.1"]
    with in_ascolto() as questo:
        yield questo


@pytest.fixture
def cliente(azienda: Azienda) -> ClienteApi:
    return azioni_piani.crea_cliente(
        azienda, nome="Cruscotto", ruolo=Ruolo.REGIONE, ambiti=list(ambiti()), da=None
    )[0]


def crea(client: Client, cliente: ClienteApi, ricevitore: Ricevitore, **cambia: Any) -> Any:
    corpo = {
        "programma": cliente.client_id,
        "indirizzo": ricevitore.indirizzo,
        "eventi": ["documento.pubblicato"],
    }
    return client.post("/api/v1/webhook", json.dumps(corpo | cambia), **JSON)  # type: ignore[arg-type]


def test_un_programma_tiene_i_suoi(
    cliente: ClienteApi,
    ricevitore: Ricevitore,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    client = client_di(cliente)
    fatto = crea(client, cliente, ricevitore)
    assert fatto.status_code == 201, fatto.content
    detto, dove = fatto.json(), fatto["Location"]
    segreto = detto.pop("segreto")
    assert segreto.startswith("whsec_")
    letto = client.get(dove)
    assert letto.json() == detto
    assert segreto not in client.get("/api/v1/webhook").content.decode()
    assert client.patch(dove, "{}", **JSON).status_code == 428  # type: ignore[arg-type]
    cambiato = client.patch(
        dove, json.dumps({"eventi": ["punteggio.cambiato"]}), **JSON,  # type: ignore[arg-type]
        headers={"If-Match": letto["ETag"]},
    )  # fmt: skip
    assert cambiato.json()["eventi"] == ["punteggio.cambiato"]
    with django_capture_on_commit_callbacks(execute=True):
        provato = client.post(f"{dove}/prova")
    assert provato.status_code == 202
    consegna = client.get(provato["Location"]).json()
    assert (consegna["stato"], consegna["evento"]) == ("consegnata", "prova")
    assert [uno["risposta"] for uno in consegna["tentativi"]] == [204]
    ricevitore.ricevute[0].verifica(segreto)
    assert consegna["codice"] == ricevitore.ricevute[0].codice
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{provato['Location']}/rinvio").status_code == 202
    assert len(ricevitore.ricevute) == 2
    rinnovo = client.post(f"{dove}/segreto", json.dumps({"giorni": 1}), **JSON)  # type: ignore[arg-type]
    assert rinnovo.json()["segreto"] != segreto
    assert client.post(f"{dove}/sospensione").json()["stato"] == "sospeso"
    di_nuovo = client.post(f"{dove}/sospensione")
    assert (di_nuovo.status_code, di_nuovo.json()["detail"]) == (422, "Il webhook non è attivo.")
    assert client.post(f"{dove}/riattivazione").json()["stato"] == "attivo"
    adesso = client.get(dove)["ETag"]
    assert client.delete(dove, headers={"If-Match": adesso}).status_code == 204
    assert client.get(dove).json()["stato"] == "chiuso"


def test_cio_che_non_va_e_detto_per_campo(cliente: ClienteApi, ricevitore: Ricevitore) -> None:
    client = client_di(cliente)
    di_casa = crea(client, cliente, ricevitore, indirizzo="https://169.254.169.254/latest")
    assert di_casa.status_code == 422
    assert di_casa.json()["errori"][0]["campo"] == "indirizzo"
    assert crea(client, cliente, ricevitore, eventi=["prova"]).status_code == 400
    assert crea(client, cliente, ricevitore, altro=1).status_code == 400
    assert crea(client, cliente, ricevitore, programma="nessuno").status_code == 400
    assert not Webhook.objects.exists()


def test_un_altro_programma_non_li_trova_e_l_amministratore_si(
    azienda: Azienda, cliente: ClienteApi, ricevitore: Ricevitore, api: Client,
    amministratore: Utente, entra: Callable[[Utente], Client],
) -> None:  # fmt: skip
    dove = crea(client_di(cliente), cliente, ricevitore)["Location"]
    assert api.get(dove).status_code == 404
    assert api.get("/api/v1/webhook").json()["totale"] == 0
    assert crea(api, cliente, ricevitore).status_code == 403
    chi = entra(amministratore)
    assert chi.get(dove).json()["programma"] == cliente.client_id
    assert crea(chi, cliente, ricevitore, indirizzo=f"{ricevitore.indirizzo}2").status_code == 201
    assert chi.get(f"/api/v1/webhook?azienda={azienda.codice}&stato=attivo").json()["totale"] == 2


@pytest.mark.parametrize("quante", [1, 3])
def test_gli_elenchi_costano_lo_stesso_quante_siano(
    azienda: Azienda,
    cliente: ClienteApi,
    ricevitore: Ricevitore,
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    for n in range(quante):
        azioni.crea_webhook(
            cliente,
            indirizzo=f"{ricevitore.indirizzo}{n}",
            eventi=["documento.pubblicato"],
            da=None,
        )
    annuncia([annuncio(TipoAnnuncio.DOCUMENTO, azienda.pk, {})])
    consegne.smista()
    for chiave in consegne.in_arretrato():
        consegne.consegna_a(chiave)
    assert Consegna.objects.count() == quante
    client = client_di(cliente)
    for dove, domande in (("/api/v1/webhook", 3), ("/api/v1/consegne-webhook", 4)):
        client.get(dove)
        with django_assert_num_queries(domande):
            assert client.get(dove).json()["totale"] == quante
