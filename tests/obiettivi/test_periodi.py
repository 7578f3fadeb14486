# SPDX-License-Identifier: AGPL-3.0-or-later
"""Periods closed and opened again from their page."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import PeriodoChiuso
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import IndicatoreFactory, PianoFactory, RilevazioneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: date(2023, 5, 10))


def pagina(client: Client, azienda: Azienda) -> str:
    return unescape(client.get(reverse("periodi", args=[azienda.codice])).content.decode())


def righe(client: Client, azienda: Azienda, anno: int) -> dict[str, dict[str, Any]]:
    risposta = client.get(reverse("periodi", args=[azienda.codice]))
    return {riga["frazione"]: riga for riga in dict(risposta.context["anni"])[anno]}


def invia(client: Client, nome: str, azienda: Azienda, **dati: str) -> Any:
    return client.post(reverse(nome, args=[azienda.codice]), dati, follow=True)


def test_gli_anni_sono_quelli_dei_piani_dei_risultati_e_l_anno_in_corso(
    azienda: Azienda, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    PianoFactory(azienda=azienda, anno_inizio=2022, anno_fine=2025)
    RilevazioneFactory(indicatore=IndicatoreFactory(azienda=azienda), anno=2019)
    risposta = entra(controllo).get(reverse("periodi", args=[azienda.codice]))
    assert [anno for anno, _righe in risposta.context["anni"]] == [2023, 2022, 2019]


def test_si_chiude_e_si_vede_chi_e_quando(
    azienda: Azienda, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    indicatore = IndicatoreFactory(azienda=azienda)
    RilevazioneFactory(indicatore=indicatore, anno=2023, frazione="T1", provvisoria=True)
    client = entra(controllo)
    assert righe(client, azienda, 2023)["T1"]["contati"]["provvisori"] == 1
    risposta = invia(client, "periodo_chiudi", azienda, anno="2023", frazione="T1")
    assert "Chiuso ai risultati: 1° trimestre 2023." in risposta.content.decode()
    chiuso = PeriodoChiuso.objects.get()
    assert (chiuso.anno, chiuso.frazione, chiuso.chiuso_da) == (2023, "T1", controllo)
    assert righe(client, azienda, 2023)["T1"]["chiuso"] == chiuso
    assert str(controllo) in pagina(client, azienda)
    assert Evento.objects.get().tipo == "periodo.chiuso"


def test_le_parti_di_un_anno_chiuso_dicono_che_sono_chiuse_con_lui(
    azienda: Azienda, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    client = entra(controllo)
    anno = azioni.chiudi_periodo(azienda, anno=2023, da=controllo)
    dell_anno = righe(client, azienda, 2023)
    assert {f: riga["intorno"] for f, riga in dell_anno.items()} == {
        "": [], "S1": [anno], "T1": [anno], "T2": [anno], "S2": [anno], "T3": [anno], "T4": [anno],
    }  # fmt: skip
    assert "compreso in un periodo chiuso: anno" in pagina(client, azienda)


def test_si_riapre_con_un_motivo_che_resta_scritto(
    azienda: Azienda, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    client = entra(controllo)
    azioni.chiudi_periodo(azienda, anno=2022, frazione="S1", da=None)
    senza = invia(client, "periodo_riapri", azienda, anno="2022", frazione="S1", motivo="  ")
    assert "Scrivere perché il periodo si riapre." in senza.content.decode()
    assert senza.context["sbagliato"] == (2022, "S1")
    assert PeriodoChiuso.objects.exists()
    con = invia(
        client, "periodo_riapri", azienda, anno="2022", frazione="S1", motivo="Flusso rettificato"
    )
    assert "Periodo riaperto" in con.content.decode()
    assert not PeriodoChiuso.objects.exists()
    assert "Flusso rettificato" in pagina(client, azienda)
    evento = Evento.objects.get(tipo="periodo.riaperto")
    assert (evento.da, evento.dati) == (controllo, {"motivo": "Flusso rettificato"})


@pytest.mark.parametrize(
    ("dati", "campo"),
    [
        ({"anno": "2024", "frazione": ""}, "anno"),
        ({"anno": "1999", "frazione": ""}, "anno"),
        ({"anno": "99999999999", "frazione": ""}, "anno"),
        ({"anno": "abc", "frazione": ""}, "anno"),
        ({"frazione": "T1"}, "anno"),
        ({"anno": "2022", "frazione": "T9"}, "frazione"),
        ({"anno": "2023", "frazione": "T3"}, "frazione"),
        ({"anno": "2023", "frazione": "S2"}, "frazione"),
        ({"anno": "2022", "frazione": "T1"}, "frazione"),
    ],
)
def test_cio_che_non_si_puo_chiudere_si_dice(
    azienda: Azienda,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    dati: dict[str, str],
    campo: str,
) -> None:
    azioni.chiudi_periodo(azienda, anno=2022, frazione="T1", da=None)
    risposta = invia(entra(controllo), "periodo_chiudi", azienda, **dati)
    assert risposta.status_code == 200
    assert list(risposta.context["form"].errors) == [campo]
    assert PeriodoChiuso.objects.count() == 1


@pytest.mark.parametrize("anno", ["2022", "99999999999"])
def test_non_si_riapre_cio_che_e_aperto(
    azienda: Azienda, entra: Callable[[Utente], Client], controllo: Utente, anno: str
) -> None:
    risposta = invia(entra(controllo), "periodo_riapri", azienda, anno=anno, motivo="errore")
    assert "Quel periodo non è chiuso." in risposta.content.decode()


def test_un_periodo_non_cominciato_non_si_chiude_nemmeno_dall_azione(azienda: Azienda) -> None:
    with pytest.raises(ValidationError, match="non è ancora cominciato"):
        azioni.chiudi_periodo(azienda, anno=2023, frazione="T3", da=None)
    assert azioni.chiudi_periodo(azienda, anno=2023, frazione="T2", da=None).frazione == "T2"


@pytest.mark.parametrize("ruolo", [Ruolo.RILEVATORE, Ruolo.NUCLEO])
def test_chi_non_governa_la_misurazione_legge_soltanto(
    azienda: Azienda,
    entra: Callable[[Utente], Client],
    incaricato: Callable[..., Utente],
    ruolo: Ruolo,
) -> None:
    client = entra(incaricato(ruolo))
    azioni.chiudi_periodo(azienda, anno=2022, da=None)
    testo = pagina(client, azienda)
    assert "dal sistema" in testo
    assert "periodi/chiudi/" not in testo
    assert "periodi/riapri/" not in testo
    dati = {"anno": "2022", "frazione": "", "motivo": "x"}
    for nome in ("periodo_chiudi", "periodo_riapri"):
        assert invia(client, nome, azienda, **dati).status_code == 403
    assert PeriodoChiuso.objects.count() == 1


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_fa_sempre_le_stesse_domande(
    azienda: Azienda,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    django_assert_num_queries: Any,
    quanti: int,
) -> None:
    for n in range(quanti):
        azioni.chiudi_periodo(azienda, anno=2020 + n, frazione="T1", da=controllo)
        RilevazioneFactory(indicatore=IndicatoreFactory(azienda=azienda), anno=2020 + n)
        PianoFactory(azienda=azienda)
    client = entra(controllo)
    with django_assert_num_queries(11):
        client.get(reverse("periodi", args=[azienda.codice]))
