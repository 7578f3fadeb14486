# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attestations, prizes, webhooks and their deliveries as files: what each row says."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi.models import PremiAnno, VocePremi
from piani.models import (
    Annuncio,
    Azienda,
    Consegna,
    RilevazioneObblighi,
    Ruolo,
    Tentativo,
    Webhook,
)
from tests.factories import AziendaFactory, IncaricoFactory
from tests.frontiere.api import cliente_di

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture(autouse=True)
def _entra(azienda: Azienda, client: Client) -> None:
    client.force_login(IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente)


def scaricate(client: Client, indirizzo: str, **filtri: str) -> list[dict[str, Any]]:
    risposta = client.get(indirizzo, {"formato": "json", **filtri})
    righe: list[dict[str, Any]] = json.loads(b"".join(risposta.streaming_content))["righe"]
    return righe


def premi(azienda: Azienda, anno: int, *voci: tuple[int, int | None]) -> PremiAnno:
    questi = PremiAnno.objects.create(azienda=azienda, anno=anno)
    for numero, (stanziato, distribuito) in enumerate(voci):
        VocePremi.objects.create(
            premi=questi, gruppo="dirigenti", nome=f"Fondo {numero}",
            stanziato=Decimal(stanziato),
            distribuito=None if distribuito is None else Decimal(distribuito),
        )  # fmt: skip
    return questi


def test_di_ogni_anno_le_somme_e_niente_di_distribuito_finche_manca_una_voce(
    azienda: Azienda, client: Client
) -> None:
    premi(azienda, 2021, (1000, 900), (500, 500))
    premi(azienda, 2022, (1000, 900), (500, None))
    premi(azienda, 2023)
    premi(AziendaFactory(), 2021, (7, 7))
    lette = scaricate(client, reverse("premi_di", args=[azienda.codice]))
    assert [
        (una["anno"], una["stanziato"], una["distribuito"], una["voci_non_ancora_distribuite"])
        for una in lette
    ] == [(2023, None, None, 0), (2022, 1500, None, 1), (2021, 1500, 1400, 0)]


def test_le_voci_di_un_anno(azienda: Azienda, client: Client) -> None:
    (una,) = scaricate(client, premi(azienda, 2021, (1000, 900)).get_absolute_url())
    assert una == {
        "anno": 2021, "voce": "Fondo 0", "a_chi_va": "Dirigenti", "stanziato": 1000,
        "distribuito": 900,
    }  # fmt: skip


def test_le_griglie_sono_solo_delle_proprie_aziende(azienda: Azienda, client: Client) -> None:
    for ente in (azienda, AziendaFactory()):
        RilevazioneObblighi.objects.create(
            azienda=ente, anno=2022, riferimento=date(2022, 5, 31), organismo="Nucleo"
        )
    (una,) = scaricate(client, reverse("attestazioni"))
    assert (una["azienda"], una["data_di_riferimento"], una["stato"]) == (
        azienda.nome, "2022-05-31", "Aperta",
    )  # fmt: skip


def test_le_consegne_con_l_ultimo_tentativo_e_mai_un_segreto(
    azienda: Azienda, client: Client
) -> None:
    cliente, adesso = cliente_di(azienda), timezone.now()
    webhook = Webhook.objects.create(
        cliente=cliente, azienda=azienda, indirizzo="https://example.org/qui",
        eventi=["documento.pubblicato"], segreto="non si legge",
    )  # fmt: skip
    for stato, risposte in (("consegnata", (500, 204)), ("in_attesa", ())):
        annuncio = Annuncio.objects.create(
            azienda=azienda, tipo="documento.pubblicato", corpo='{"numero": 1}'
        )
        consegna = Consegna.objects.create(
            webhook=webhook, annuncio=annuncio, stato=stato, dal=adesso,
            tentativi_fatti=len(risposte),
        )  # fmt: skip
        for numero, risposta in enumerate(risposte):
            Tentativo.objects.create(
                consegna=consegna, quando=adesso + timedelta(minutes=numero), durata_ms=12,
                risposta=risposta,
            )  # fmt: skip
    dove = reverse("webhook", args=[azienda.codice, webhook.pk])
    lette = scaricate(client, dove)
    assert [(una["stato"], una["tentativi"], una["stato_della_risposta"]) for una in lette] == [
        ("in attesa", 0, None), ("consegnata", 2, 204),
    ]  # fmt: skip
    assert [una["stato"] for una in scaricate(client, dove, stato="consegnata")] == ["consegnata"]
    elenco = scaricate(client, reverse("webhook_del_programma", args=[azienda.codice, cliente.pk]))
    assert [una["eventi"] for una in elenco] == ["Documento pubblicato"]
    assert "non si legge" not in json.dumps(elenco)
