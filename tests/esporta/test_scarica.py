# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list as a file: the rows of the screen, and the line it leaves in the register."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import AziendaFactory, IncaricoFactory, MisuraFactory, PianoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def amministratore(azienda: Azienda, client: Client) -> Utente:
    utente: Utente = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente
    client.force_login(utente)
    return utente


def contenuto(risposta: Any) -> bytes:
    return b"".join(risposta.streaming_content)


def righe(risposta: Any) -> list[list[str]]:
    testo = contenuto(risposta).decode("utf-8-sig")
    return list(csv.reader(StringIO(testo), delimiter=";"))


def test_i_filtri_e_l_ordine_sono_quelli_della_pagina(
    azienda: Azienda, amministratore: Utente, client: Client
) -> None:
    for anno in (2020, 2023, 2021):
        PianoFactory(azienda=azienda, titolo=f"Piano {anno}", anno_inizio=anno, anno_fine=anno + 2)
    PianoFactory(azienda=azienda, titolo="Altro", anno_inizio=2020, anno_fine=2022)
    PianoFactory(azienda=AziendaFactory(), titolo="Piano di altri")
    domanda = {"q": "Piano", "ordina": "-anni", "pagina": "2", "formato": "csv"}
    lette = righe(client.get(reverse("piani"), domanda))
    assert [riga[0] for riga in lette[1:]] == ["Piano 2023", "Piano 2021", "Piano 2020"]


def test_si_scaricano_tutte_le_pagine(
    azienda: Azienda, amministratore: Utente, client: Client
) -> None:
    for numero in range(30):
        PianoFactory(azienda=azienda, titolo=f"Piano {numero}")
    letto = json.loads(contenuto(client.get(reverse("piani"), {"formato": "json"})))
    assert len(letto["righe"]) == 30


def test_un_formato_che_non_c_e_mostra_la_pagina(amministratore: Utente, client: Client) -> None:
    for formato in ("docx", "", "CSV"):
        risposta = client.get(reverse("piani"), {"formato": formato})
        assert risposta["Content-Type"].startswith("text/html")


def test_chi_scarica_persone_resta_nel_registro(
    azienda: Azienda, amministratore: Utente, client: Client
) -> None:
    indirizzo = reverse("persone", args=[azienda.codice])
    contenuto(client.get(indirizzo, {"q": amministratore.last_name, "formato": "xlsx"}))
    evento = Evento.objects.get(tipo="esportazione.scaricata")
    assert (evento.da, evento.azienda) == (amministratore, azienda)
    assert evento.descrizione == "Scaricato l’elenco «Persone» in xlsx: 1 riga."
    assert evento.dati == {
        "elenco": "Persone", "formato": "xlsx", "righe": 1,
        "filtri": f"q={amministratore.last_name}",
    }  # fmt: skip


def test_chi_scarica_i_piani_non_lascia_niente(amministratore: Utente, client: Client) -> None:
    contenuto(client.get(reverse("piani"), {"formato": "csv"}))
    assert not Evento.objects.filter(tipo="esportazione.scaricata").exists()


def test_un_nome_che_comincia_con_uguale_resta_un_nome(
    azienda: Azienda, amministratore: Utente, client: Client
) -> None:
    PianoFactory(azienda=azienda, titolo='=HYPERLINK("https://example.org";"qui")')
    assert righe(client.get(reverse("piani"), {"formato": "csv"}))[1][0].startswith("'=HYPER")
    foglio = contenuto(client.get(reverse("piani"), {"formato": "xlsx"}))
    cella = load_workbook(BytesIO(foglio)).active["A2"]
    assert (cella.data_type, cella.value[:6]) == ("s", "=HYPER")


def test_il_file_non_resta_nelle_copie_del_browser(amministratore: Utente, client: Client) -> None:
    risposta = client.get(reverse("piani"), {"formato": "csv"})
    assert risposta["Cache-Control"] == "private, no-store"
    assert risposta["Content-Disposition"] == 'attachment; filename="piani.csv"'


def test_la_pagina_tiene_i_filtri_nei_collegamenti(
    azienda: Azienda, amministratore: Utente, client: Client
) -> None:
    PianoFactory(azienda=azienda)
    pagina = client.get(reverse("piani"), {"ordina": "-anni", "pagina": "1"}).content.decode()
    assert 'href="?ordina=-anni&amp;formato=ods"' in pagina


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_domande_alla_banca_dati_non_crescono(
    azienda: Azienda,
    amministratore: Utente,
    client: Client,
    quanti: int,
    django_assert_num_queries: Any,
) -> None:
    for _numero in range(quanti):
        PianoFactory(azienda=azienda)
        IncaricoFactory(azienda=azienda)
    with django_assert_num_queries(DOMANDE_PIANI):
        contenuto(client.get(reverse("piani"), {"formato": "csv"}))
    with django_assert_num_queries(DOMANDE_PERSONE):
        contenuto(client.get(reverse("persone", args=[azienda.codice]), {"formato": "csv"}))


@pytest.mark.parametrize("quante", [1, 3])
def test_l_albero_si_scarica_con_le_stesse_domande(
    azienda: Azienda,
    amministratore: Utente,
    client: Client,
    quante: int,
    django_assert_num_queries: Any,
) -> None:
    piano = PianoFactory(azienda=azienda)
    for _numero in range(quante):
        MisuraFactory(obiettivo__area__piano=piano)
    with django_assert_num_queries(DOMANDE_ALBERO):
        contenuto(client.get(piano.get_absolute_url(), {"formato": "csv"}))


DOMANDE_PIANI = 5
DOMANDE_PERSONE = 13
DOMANDE_ALBERO = 8
