# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of the simulator: rows and files tried on any rules, and nothing kept."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from obiettivi.models import EdizioneSMVP
from obiettivi.views import simulatore as modulo_simulatore
from piani.models import Evento
from tests.factories import EdizioneFactory

FOGLIO = "id;gruppo;target;risultato\na;G;≥ 95%;92,3%\nb;G;≥ 80%;n.d.\n"


@pytest.fixture
def simulatore() -> str:
    return reverse("simulatore")


def test_il_simulatore_prova_le_righe_incollate(client_controllo: Client, simulatore: str) -> None:
    risposta = client_controllo.post(simulatore, {"edizione": "p:ordinaria", "righe": FOGLIO})
    testo = risposta.content.decode()
    assert risposta.context["esito"].totale.punteggio == "97.16"
    assert "97,16" in testo
    assert "manca il risultato" in testo


def test_il_simulatore_prova_un_file_con_le_regole_di_un_azienda(
    edizione: EdizioneSMVP, client_controllo: Client, simulatore: str
) -> None:
    edizione.parametri = edizione.parametri | {"tetto_se_mancato": "50"}
    edizione.save()
    caricato = SimpleUploadedFile("casi.csv", ("\ufeff" + FOGLIO).encode())
    risposta = client_controllo.post(
        simulatore, {"edizione": f"e{edizione.pk}", "file": caricato, "righe": "non serve"}
    )
    assert risposta.context["esito"].totale.punteggio == "50.00"


def test_l_esito_si_scarica_uguale_a_quello_mostrato(
    client_controllo: Client, simulatore: str
) -> None:
    mostrato = client_controllo.post(simulatore, {"edizione": "p:ordinaria", "righe": FOGLIO})
    assert mostrato.context["foglio"] == FOGLIO
    risposta = client_controllo.post(
        reverse("simulatore_csv"),
        {"edizione": "p:ordinaria", "righe": mostrato.context["foglio"]},
    )
    assert risposta["Content-Type"] == "text/csv; charset=utf-8"
    righe = risposta.content.decode("utf-8-sig").splitlines()
    assert righe[0] == "id;gruppo;target;risultato;punteggio;stato;spiegazione"
    assert [riga.split(";")[:6] for riga in righe[1:]] == [
        ["a", "G", "≥ 95%", "92,3%", "97.16", "calcolato"],
        ["b", "G", "≥ 80%", "n.d.", "", "non_calcolabile"],
        ["gruppo:G", "G", "", "", "97.16", "calcolato"],
        ["totale", "", "", "", "97.16", "calcolato"],
    ]


@pytest.mark.parametrize("nome", ["simulatore", "simulatore_csv"])
def test_un_foglio_sbagliato_torna_con_tutte_le_frasi(client_controllo: Client, nome: str) -> None:
    sbagliato = FOGLIO.replace("92,3%", "boh").replace("n.d.", "bah")
    risposta = client_controllo.post(reverse(nome), {"edizione": "p:ordinaria", "righe": sbagliato})
    testo = risposta.content.decode()
    assert "Riga 2, colonna «risultato»: «boh»" in testo
    assert "Riga 3, colonna «risultato»: «bah»" in testo


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({}, "Scegliere un file o incollare le righe da provare."),
        ({"file": b"x" * (2 * 1024 * 1024 + 1)}, "Il file supera i 2 MB."),
        ({"file": "è".encode("latin-1")}, "Il file non è in UTF-8 (byte 1)"),
        ({"righe": "id\n" * 5002}, "Le righe sono più di 5000"),
    ],
)
def test_cio_che_non_si_puo_provare_si_dice(
    client_controllo: Client, simulatore: str, dati: dict[str, Any], frase: str
) -> None:
    if isinstance(dati.get("file"), bytes):
        dati = {"file": SimpleUploadedFile("casi.csv", dati["file"])}
    risposta = client_controllo.post(simulatore, {"edizione": "p:ordinaria"} | dati)
    assert frase in risposta.content.decode()


def test_non_si_provano_le_regole_di_un_azienda_che_non_si_vede(
    client_controllo: Client, simulatore: str
) -> None:
    altrui = EdizioneFactory()
    risposta = client_controllo.post(simulatore, {"edizione": f"e{altrui.pk}", "righe": FOGLIO})
    assert "edizione" in risposta.context["form"].errors
    assert altrui.azienda.nome not in risposta.content.decode()


def test_niente_di_cio_che_si_prova_viene_conservato(
    edizione: EdizioneSMVP, client_controllo: Client, simulatore: str
) -> None:
    prima = list(EdizioneSMVP.objects.values())
    client_controllo.post(simulatore, {"edizione": f"e{edizione.pk}", "righe": FOGLIO})
    assert list(EdizioneSMVP.objects.values()) == prima
    assert Evento.objects.count() == 0


def test_l_esempio_della_pagina_si_puo_provare_cosi_com_e(
    client_controllo: Client, simulatore: str
) -> None:
    risposta = client_controllo.post(
        simulatore, {"edizione": "p:ordinaria", "righe": modulo_simulatore.ESEMPIO}
    )
    assert len(risposta.context["esito"].casi) == 7
