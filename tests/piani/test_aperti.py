# SPDX-License-Identifier: AGPL-3.0-or-later
"""What programs read: the map of the links, the sitemap, the catalogue, the columns of a CSV."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from piani import trasparenza as at
from piani.aperti.descrittori import tipo_di
from piani.documenti_ente.azioni import rende_pubblico
from piani.models import Azienda, DocumentoPubblicato
from tests.factories import DocumentoEnteFactory, PianoFactory
from tests.piani.test_obblighi import pubblicato

pytestmark = pytest.mark.django_db
SITO = "http://testserver"
AT = "{https://guida-servizi.anticorruzione.it/trasparenza}"


@pytest.fixture
def documento(azienda: Azienda) -> DocumentoPubblicato:
    """A published plan with two files of data."""
    azienda.codice_ipa = "prova_ipa"
    azienda.save()
    uno = pubblicato(PianoFactory(azienda=azienda), timezone.localdate())
    (uno.cartella / "csv").mkdir(parents=True)
    (uno.cartella / "documento.json").write_text("{}")
    (uno.cartella / "csv" / "aree.csv").write_text(
        "codice,nome,Peso %,quanti,dal,attiva\n"
        "007,Salute,12.50,3,2022-01-01,true\nA2,Lavoro,,-4,2022-02-01,false\n"
    )
    return uno


# --- la mappa dei link --------------------------------------------------------------------------


def test_la_mappa_dei_link_ha_le_chiavi_dell_anac(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    risposta = client.get("/at_map.json")
    assert risposta["Content-Type"] == "application/json"
    casa = f"{SITO}{reverse('at_azienda', args=[azienda.codice])}"

    def sezione(slug: str) -> str:
        return f"{SITO}{reverse('at_sezione', args=[azienda.codice, slug])}"

    assert risposta.json() == {
        "data_ultima_modifica": f"{timezone.localdate():%d/%m/%Y}",
        "at_art2_bis_c1": {
            "amministrazione_trasparente": casa,
            "disposizioni_generali": f"{casa}#generali",
            "atti_generali": sezione("documenti-di-programmazione-strategico-gestionale"),
            "performance": f"{casa}#performance",
            "ammontare_complessivo_dei_premi": sezione("ammontare-complessivo-dei-premi"),
            "dati_relativi_ai_premi": sezione("dati-relativi-ai-premi"),
            "controlli_e_rilievi": f"{casa}#controlli",
            "nuclei_di_valutazione": f"{casa}#controlli",
            "altri_contenuti": casa,
            "accessibilita_e_catalogo_dati": f"{casa}dati-aperti/",
        },
    }


def test_la_mappa_in_xml_dice_le_stesse_cose(
    documento: DocumentoPubblicato, client: Client
) -> None:
    radice = ET.fromstring(client.get("/at_map.xml").content)  # noqa: S314 -- ours
    assert radice.tag == f"{AT}amministrazione_trasparente"
    dati = client.get("/at_map.json").json()
    assert radice.findtext(f"{AT}data_ultima_modifica") == dati["data_ultima_modifica"]
    nodo = radice.find(f"{AT}map/{AT}at_art2_bis_c1")
    assert nodo is not None
    assert {uno.tag.removeprefix(AT): uno.text for uno in nodo} == dati["at_art2_bis_c1"]


def test_con_piu_enti_ognuno_ha_la_sua_mappa(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    pubblicato(PianoFactory(), timezone.localdate())
    assert client.get("/at_map.json").json()["at_art2_bis_c1"] == {
        "amministrazione_trasparente": f"{SITO}/amministrazione-trasparente/"
    }
    sua = client.get(reverse("at_map_json_ente", args=[azienda.codice])).json()
    assert "performance" in sua["at_art2_bis_c1"]
    assert client.get(reverse("at_map_json_ente", args=["nessuno"])).status_code == 404


def test_ogni_indirizzo_delle_mappe_si_apre(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    documento.contenuto = "{}"
    sezioni = client.get(reverse("at_sezioni_json", args=[azienda.codice])).json()["sezioni"]
    assert {uno["etichetta"] for uno in sezioni} >= {una.etichetta for una in at.PERFORMANCE}
    for uno in sezioni:
        assert client.get(uno["url"].removeprefix(SITO)).status_code == 200, uno


def test_senza_documenti_le_mappe_rispondono_lo_stesso(client: Client, db: None) -> None:
    for indirizzo in ("/at_map.xml", "/at_map.json", "/sitemap.xml", "/robots.txt"):
        assert client.get(indirizzo).status_code == 200, indirizzo


# --- per i motori di ricerca --------------------------------------------------------------------


def test_la_sitemap_elenca_le_versioni_in_vigore_con_il_loro_giorno(
    documento: DocumentoPubblicato, client: Client
) -> None:
    nuovo = pubblicato(documento.piano, date(2026, 3, 1), versione=2, motivo="Errore")
    DocumentoPubblicato.objects.filter(pk=documento.pk).update(sostituito_da=nuovo)
    spazio = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    radice = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- ours
    pagine = {
        url.findtext(f"{spazio}loc"): url.findtext(f"{spazio}lastmod")
        for url in radice.findall(f"{spazio}url")
    }
    assert pagine[f"{SITO}{nuovo.get_absolute_url()}"] == "2026-03-01"
    assert f"{SITO}{documento.get_absolute_url()}" not in pagine
    assert len(pagine) == len(radice)


def test_i_robot_leggono_tutto_e_trovano_le_mappe(client: Client, db: None) -> None:
    righe = client.get("/robots.txt").content.decode().splitlines()
    assert righe[0] == "User-agent: *"
    assert f"Sitemap: {SITO}/sitemap.xml" in righe
    assert "Disallow: /" not in righe
    assert not any("trasparente" in riga for riga in righe if riga.startswith("Disallow"))


# --- i metadati ---------------------------------------------------------------------------------


def test_il_catalogo_segue_il_profilo_italiano(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client
) -> None:
    risposta = client.get(reverse("catalogo_dcat", args=[azienda.codice]))
    assert risposta["Content-Type"] == "application/ld+json"
    nodi = {nodo["@id"]: nodo for nodo in json.loads(risposta.content)["@graph"]}
    tipi = {tipo: nodo for nodo in nodi.values() for tipo in nodo["@type"]}
    quadro, insieme = tipi["dcatapit:Catalog"], tipi["dcatapit:Dataset"]
    obbligatori = {
        "dct:title", "dct:description", "dct:publisher", "dct:modified", "dcat:dataset",
    }  # fmt: skip
    assert obbligatori <= quadro.keys()
    assert {
        "dct:identifier", "dct:title", "dct:description", "dct:modified", "dcat:theme",
        "dct:rightsHolder", "dct:accrualPeriodicity", "dcat:distribution",
    } <= insieme.keys()  # fmt: skip
    assert insieme["dcat:theme"]["@id"].endswith("/data-theme/GOVE")
    assert insieme["dct:accrualPeriodicity"]["@id"].endswith("/frequency/ANNUAL")
    assert tipi["dcatapit:Agent"]["dct:identifier"] == "prova_ipa"
    file = [nodi[uno["@id"]] for uno in insieme["dcat:distribution"]]
    assert [uno["dct:title"]["@value"] for uno in file] == [
        "documento.json", "documento.xlsx", "aree.csv",
    ]  # fmt: skip
    for uno in file:
        assert {"dct:format", "dct:license", "dcat:accessURL"} <= uno.keys()
        assert uno["dct:license"]["@id"] in nodi
        indirizzo = uno["dcat:downloadURL"]["@id"].removeprefix(SITO)
        if not indirizzo.endswith(".xlsx"):  # made from the photograph, which is empty here
            assert b"".join(client.get(indirizzo).streaming_content)


def test_il_catalogo_non_costa_di_piu_con_piu_documenti(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    indirizzo = reverse("catalogo_dcat", args=[azienda.codice])
    for _volta in range(2):
        with django_assert_max_num_queries(3):  # the azienda, its plans' documents, its own
            client.get(indirizzo)
        pubblicato(PianoFactory(azienda=azienda), timezone.localdate())
        pubblicato(PianoFactory(azienda=azienda), timezone.localdate())


def test_i_documenti_dell_ente_sono_nel_catalogo_e_fra_i_dati_aperti(
    azienda: Azienda, client: Client
) -> None:
    DocumentoEnteFactory(azienda=azienda, serie="premi-dati-2022")  # not public
    documento = rende_pubblico(DocumentoEnteFactory(azienda=azienda), da=None)
    risposta = client.get(reverse("catalogo_dcat", args=[azienda.codice]))
    nodi = {nodo["@id"]: nodo for nodo in json.loads(risposta.content)["@graph"]}
    (insieme,) = [uno for uno in nodi.values() if "dcatapit:Dataset" in uno["@type"]]
    assert insieme["dct:identifier"] == f"{azienda.codice}:attestazione-2022-05-31"
    assert insieme["dct:title"]["@value"] == "Attestazione di prova"
    assert insieme["dct:temporal"]["dcatapit:startDate"]["@value"] == "2022-01-01"
    file = [nodi[uno["@id"]] for uno in insieme["dcat:distribution"]]
    assert [uno["dct:title"]["@value"] for uno in file] == [
        "documento.json", "documento.xlsx", "cifre.csv",
    ]  # fmt: skip
    for uno in file:
        indirizzo = uno["dcat:downloadURL"]["@id"].removeprefix(SITO)
        assert client.get(indirizzo).content
    colonne = file[-1]["foaf:isPrimaryTopicOf"]["@id"].removeprefix(SITO)
    assert client.get(colonne).json()["url"] == "cifre.csv"
    pagina = client.get(reverse("dati_aperti", args=[azienda.codice])).content.decode()
    assert f'href="{documento.get_absolute_url()}csv/cifre.csv"' in pagina
    assert "premi-dati-2022" not in pagina


def test_il_descrittore_nasce_dalle_colonne(documento: DocumentoPubblicato, client: Client) -> None:
    tabella = client.get(f"{documento.get_absolute_url()}csv/aree.csv")
    assert b"".join(tabella.streaming_content).startswith(b"codice,nome")
    assert tabella["Link"] == (
        '<aree.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    )
    risposta = client.get(f"{documento.get_absolute_url()}csv/aree.csv-metadata.json")
    assert risposta["Content-Type"] == "application/csvm+json"
    dati = risposta.json()
    assert (dati["url"], dati["dc:license"]["@id"]) == (
        "aree.csv", "https://creativecommons.org/licenses/by/4.0/",
    )  # fmt: skip
    detto = [
        (una["name"], una["titles"], una["datatype"], una["required"])
        for una in dati["tableSchema"]["columns"]
    ]
    assert detto == [
        ("codice", "codice", "string", True),
        ("nome", "nome", "string", True),
        ("peso", "Peso %", "decimal", False),
        ("quanti", "quanti", "integer", True),
        ("dal", "dal", "date", True),
        ("attiva", "attiva", "boolean", True),
    ]


@pytest.mark.parametrize("nome", ["csv/niente.csv", "../../aree.csv", "documento.json"])
def test_un_descrittore_di_niente_non_c_e(
    documento: DocumentoPubblicato, client: Client, nome: str
) -> None:
    indirizzo = f"{documento.get_absolute_url()}{nome}-metadata.json"
    assert client.get(indirizzo).status_code == 404


def test_il_tipo_di_una_colonna_vuota_e_un_testo() -> None:
    assert tipo_di(["", ""]) == "string"
    assert tipo_di(["1", "2.5"]) == "decimal"
    assert tipo_di(["01", "2"]) == "string"


def test_la_pagina_dei_dati_aperti_collega_ogni_file_e_la_sua_descrizione(
    documento: DocumentoPubblicato, azienda: Azienda, client: Client, tmp_path: Path
) -> None:
    testo = client.get(reverse("dati_aperti", args=[azienda.codice])).content.decode()
    assert f'href="{documento.get_absolute_url()}csv/aree.csv"' in testo
    assert f'href="{documento.get_absolute_url()}csv/aree.csv-metadata.json"' in testo
    assert reverse("catalogo_dcat", args=[azienda.codice]) in testo
    casa = client.get(reverse("at_azienda", args=[azienda.codice])).content.decode()
    assert "Catalogo di dati, metadati e delle banche dati" in casa
