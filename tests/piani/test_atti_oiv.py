# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of the OIV in one table: page, CSV, JSON, and the maps that lead there."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any
from unittest.mock import ANY

import pytest
from django.test import Client
from django.urls import reverse

from piani.aperti.atti_oiv import CAMPI, atti_di, nomi_dei_campi
from piani.aperti.scheda_anac import OIV
from piani.documenti_ente.azioni import rende_pubblico
from piani.models import Azienda, DocumentoEnte, DocumentoPubblicato, PubblicazioneAltrove
from tests.factories import DocumentoEnteFactory, PianoFactory

pytestmark = pytest.mark.django_db
OGGI = date(2023, 7, 1)


@pytest.fixture
def atti(azienda: Azienda) -> Azienda:
    """An attestation of the body, the validation of a Relazione, an act of the azienda's site."""
    Azienda.objects.filter(pk=azienda.pk).update(codice_fiscale="01234567890")
    attestazione = rende_pubblico(DocumentoEnteFactory(azienda=azienda), da=None)
    DocumentoEnte.objects.filter(pk=attestazione.pk).update(pubblicato_il=date(2022, 6, 30))
    DocumentoPubblicato.objects.create(
        piano=PianoFactory(azienda=azienda), versione=1, stato="pronto", serie="validazione-2022",
        titolo="Validazione della Relazione 2022", generatore="Albero di prova",
        contenuto=json.dumps({"validazione": {"organo": "Nucleo", "data": "2023-06-20"}}),
        sha256_contenuto="0" * 64, sha256_pdf="1" * 64, pubblicato_il=date(2023, 6, 28),
        sezione_at="documento-oiv-di-validazione-della-relazione-sulla-performance",
    )  # fmt: skip
    PubblicazioneAltrove.objects.create(
        azienda=azienda, codice="oiv-relazione", titolo="Relazione dell'OIV", anno=2022,
        indirizzo="https://example.org/oiv.pdf", pubblicato_il=date(2023, 3, 1),
    )  # fmt: skip
    return azienda


def test_ogni_atto_dice_che_cosa_e_di_chi_e_quando(atti: Azienda) -> None:
    righe = [(uno.titolo, uno.anno, uno.organismo, uno.data_atto) for uno in atti_di(atti, OGGI)]
    assert righe == [
        ("Attestazione di prova", 2022, "Nucleo di prova", "2022-06-20"),
        ("Validazione della Relazione 2022", 2022, "Nucleo", "2023-06-20"),
        ("Relazione dell'OIV", 2022, "", ""),
    ]


def test_le_tipologie_sono_le_etichette_della_legge(atti: Azienda) -> None:
    prima = atti_di(atti, OGGI)[0]
    assert prima.tipologia.startswith("Attestazione dell'OIV o di altra struttura analoga")
    assert (prima.pubblicato_il, prima.in_pubblicazione_fino_al) == ("2022-06-30", "2028-01-01")


def test_il_csv_e_il_json_hanno_le_stesse_righe(atti: Azienda, client: Client) -> None:
    testo = client.get(reverse("atti_oiv_csv", args=[atti.codice])).content.decode()
    righe = list(csv.DictReader(StringIO(testo)))
    dati = json.loads(client.get(reverse("atti_oiv_json", args=[atti.codice])).content)
    assert tuple(righe[0]) == CAMPI == tuple(dati["campi"])
    assert [riga["titolo"] for riga in righe] == [atto["titolo"] for atto in dati["atti"]]
    assert righe[0]["link"].startswith("http://testserver/amministrazione-trasparente/")
    assert (righe[2]["link"], righe[2]["versione"]) == ("https://example.org/oiv.pdf", "")


def test_i_nomi_delle_colonne_sono_quanti_i_campi() -> None:
    assert len(nomi_dei_campi()) == len(CAMPI)


def test_la_pagina_li_elenca_e_le_mappe_ci_portano(atti: Azienda, client: Client) -> None:
    indirizzo = reverse("atti_oiv", args=[atti.codice])
    testo = client.get(indirizzo).content.decode()
    assert "Validazione della Relazione 2022" in testo
    assert "20 giugno 2023" in testo
    mappa = json.loads(client.get(reverse("at_sezioni_json", args=[atti.codice])).content)
    assert f"http://testserver{indirizzo}" in [una["url"] for una in mappa["sezioni"]]
    assert indirizzo in client.get(reverse("sitemap")).content.decode()
    assert indirizzo in client.get(reverse("at_azienda", args=[atti.codice])).content.decode()


def test_senza_atti_lo_dice(azienda: Azienda, client: Client) -> None:
    rende_pubblico(
        DocumentoEnteFactory(azienda=azienda, sezione_at="dati-relativi-ai-premi"), da=None
    )
    testo = client.get(reverse("atti_oiv", args=[azienda.codice])).content.decode()
    assert "Nessun atto in pubblicazione." in testo


def test_le_interrogazioni_non_crescono_con_gli_atti(
    atti: Azienda, django_assert_num_queries: Any
) -> None:
    for quanti in (0, 2):
        for numero in range(quanti):
            nuovo = DocumentoEnteFactory(azienda=atti, serie=f"attestazione-{numero}")
            rende_pubblico(nuovo, da=None)
        with django_assert_num_queries(4):
            atti_di(atti, OGGI)


def test_la_scheda_di_un_organismo_analogo_ha_ogni_atto_dell_anno(
    atti: Azienda, client: Client
) -> None:
    risposta = client.get(reverse("scheda_anac", args=[atti.codice, 2022]))
    atti_pubblicati = [
        {"dataPubblicazione": "30/06/2022", "URLPubblicazione": ANY},
        {"dataPubblicazione": "28/06/2023", "URLPubblicazione": ANY},
        {
            "dataPubblicazione": "01/03/2023",
            "URLPubblicazione": "https://example.org/oiv.pdf",
        },
    ]
    assert risposta.json() == {
        "intestazione": {
            "amministrazione": {"codiceFiscale": "01234567890", "denominazione": atti.nome},
            "dataPubblicazione": "28/06/2023",
        },
        "annoDiRiferimanto": 2022,
        "controlliERilievi": {
            "attiOrganismiDiValutazioneAnaloghi": {"attiPubblicati": atti_pubblicati}
        },
    }
    assert risposta["Access-Control-Allow-Origin"] == "*"


def test_la_scheda_di_un_oiv_vuole_i_suoi_due_atti(atti: Azienda, client: Client) -> None:
    documento = DocumentoPubblicato.objects.get(serie="validazione-2022")
    documento.contenuto = json.dumps({"validazione": {"organo": "OIV", "data": "2023-06-20"}})
    documento.save()
    dati = client.get(reverse("scheda_anac", args=[atti.codice, 2022])).json()
    suoi = dati["controlliERilievi"]["attiOrganoIndipendenteDiValidazione"]
    assert {nome: uno["dataPubblicazione"] for nome, uno in suoi.items()} == {
        "documentoDiValidazioneDellaRelazioneSullaPerformance": "28/06/2023",
        "relazioneSulFunzionamentoDelSistemaDiValutazione": "01/03/2023",
    }
    PubblicazioneAltrove.objects.all().delete()
    assert client.get(reverse("scheda_anac", args=[atti.codice, 2022])).status_code == 404
    testo = client.get(reverse("atti_oiv", args=[atti.codice])).content.decode()
    assert "2022: manca «Relazione dell" in testo


@pytest.mark.parametrize(
    "organo", ["O.I.V.", "Organismo Indipendente di Valutazione", "OIV monocratico"]
)
def test_un_oiv_si_riconosce_dal_nome(organo: str) -> None:
    assert OIV.search(organo)


@pytest.mark.parametrize("organo", ["Nucleo di Valutazione delle Prestazioni", "Nucleo OIVA", ""])
def test_un_nucleo_non_e_un_oiv(organo: str) -> None:
    assert not OIV.search(organo)


def test_senza_codice_fiscale_o_senza_atti_la_scheda_non_c_e(atti: Azienda, client: Client) -> None:
    assert client.get(reverse("scheda_anac", args=[atti.codice, 2019])).status_code == 404
    Azienda.objects.filter(pk=atti.pk).update(codice_fiscale="")
    assert client.get(reverse("scheda_anac", args=[atti.codice, 2022])).status_code == 404
    testo = client.get(reverse("atti_oiv", args=[atti.codice])).content.decode()
    assert "manca il codice fiscale dell&#x27;ente, undici cifre" in testo
