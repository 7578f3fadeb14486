# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reports of the CUG, the staff by gender and the questionnaires through the API."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from piani.models import Azienda, Compilazione, PersonalePerGenere, Risposta, Ruolo
from piani.questionari.risposte import rispondi
from tests.api.passi import cambia, detto, entrato, leggi, manda
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import DomandaFactory, QuestionarioFactory
from tests.factories_lavoro_agile import PersonaleGenereFactory, RelazioneCUGFactory
from tests.frontiere.api_cug import trasmessa

pytestmark = pytest.mark.django_db
PARTI = ("dati", "azioni", "benessere", "attivita", "conclusioni")
OGGI = timezone.localdate()


@pytest.fixture
def comitato(azienda: Azienda) -> Client:
    """Somebody of the CUG."""
    return entrato(IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG).utente)


def conta(client: Client, dove: str) -> int:
    with CaptureQueriesContext(connection) as chieste:
        assert leggi(client, dove)["totale"] > 0
    return len(chieste)


# The CUG


def test_una_relazione_si_scrive_si_trasmette_e_si_corregge(
    comitato: Client, programma: Callable[..., Client], azienda: Azienda
) -> None:
    chiesta = {"azienda": azienda.codice, "anno": OGGI.year - 1}
    nuova = manda(comitato, "relazioni-cug", chiesta)
    assert nuova.status_code == 201, nuova.content
    qui = f"relazioni-cug/{nuova.json()['id']}"
    assert cambia(comitato, qui, {"dati": "Le tabelle"}).json()["dati"] == "Le tabelle"
    frase = detto(manda(comitato, f"{qui}/trasmissione"), 422)
    assert "Azioni realizzate" in frase or "azioni realizzate" in frase
    cambia(comitato, qui, dict.fromkeys(PARTI, "Prima stesura."))
    assert manda(comitato, f"{qui}/trasmissione").json()["stato"] == "trasmessa"

    assert manda(comitato, f"{qui}/correzione", {"motivo": "Un errore"}).status_code == 200
    cambia(comitato, qui, {"dati": "Seconda stesura."})
    chi_riceve = programma(Ruolo.REGIONE)
    assert leggi(chi_riceve, qui)["dati"] == "Prima stesura.", "finché non si trasmette di nuovo"
    assert leggi(comitato, qui)["dati"] == "Seconda stesura."
    manda(comitato, f"{qui}/trasmissione")
    assert leggi(chi_riceve, qui)["dati"] == "Seconda stesura."
    versioni = leggi(chi_riceve, f"{qui}/versioni")["risultati"]
    assert [(una["numero"], una["motivo"]) for una in versioni] == [(2, "Un errore"), (1, "")]
    assert leggi(chi_riceve, f"{qui}/versioni/1")["contenuto"]["sezioni"][0]["testo"] == (
        "Prima stesura."
    )
    giorno = {"giorno": OGGI.isoformat()}
    assert manda(comitato, f"{qui}/dipartimento", giorno).json()["al_dipartimento_il"]
    detto(manda(chi_riceve, f"{qui}/dipartimento", giorno), 403)


def test_una_bozza_mai_trasmessa_e_di_chi_la_prepara(
    comitato: Client, programma: Callable[..., Client], azienda: Azienda
) -> None:
    bozza = RelazioneCUGFactory(azienda=azienda, dati="Ancora da finire")
    qui = f"relazioni-cug/{bozza.pk}"
    assert leggi(comitato, qui)["dati"] == "Ancora da finire"
    assert leggi(programma(Ruolo.RISORSE_UMANE), qui)["dati"] == "Ancora da finire"
    assert programma(Ruolo.REGIONE).get(f"/api/v1/{qui}").status_code == 404


def test_chi_scrive_su_una_relazione_cambiata_lo_sa(comitato: Client, azienda: Azienda) -> None:
    qui = f"relazioni-cug/{RelazioneCUGFactory(azienda=azienda).pk}"
    etag = comitato.get(f"/api/v1/{qui}")["ETag"]
    cambia(comitato, qui, {"azioni": "Scritto da un'altra."})
    detto(manda(comitato, qui, {"azioni": "x"}, "patch", headers={"If-Match": etag}), 412)
    assert leggi(comitato, qui)["azioni"] == "Scritto da un'altra."


def test_il_pdf_di_una_versione(programma: Callable[..., Client], azienda: Azienda) -> None:
    lettore = programma(Ruolo.REGIONE)
    qui = f"/api/v1/relazioni-cug/{trasmessa(azienda).pk}/versioni/1/pdf"
    risposta = lettore.get(qui)
    assert (risposta["Content-Type"], risposta.content[:5]) == ("application/pdf", b"%PDF-")
    assert f"relazione-cug-{azienda.codice}-2021-v1.pdf" in risposta["Content-Disposition"]
    ancora = lettore.get(qui, headers={"If-None-Match": risposta["ETag"]})
    assert ancora.status_code == 304


def test_tante_relazioni_costano_quanto_una(
    programma: Callable[..., Client], azienda: Azienda
) -> None:
    lettore = programma(Ruolo.REGIONE)
    trasmessa(azienda, 2020)
    leggi(lettore, "relazioni-cug")
    con_una = conta(lettore, "relazioni-cug")
    for anno in (2021, 2022):
        trasmessa(azienda, anno)
    assert conta(lettore, "relazioni-cug") == con_una


# The staff by gender


def test_il_personale_si_conta_e_agli_altri_i_gruppi_piccoli_tacciono(
    programma: Callable[..., Client], azienda: Azienda
) -> None:
    ufficio, lettore = programma(Ruolo.RISORSE_UMANE), programma(Ruolo.REGIONE)
    riga = {"azienda": azienda.codice, "anno": 2022, "area": "comparto"}
    for ruolo, femmine, maschi in (("Infermieri", 60, 41), ("Assistenti", 2, 30)):
        nuova = manda(
            ufficio, "personale-per-genere",
            {**riga, "ruolo": ruolo, "femmine": femmine, "maschi": maschi},
        )  # fmt: skip
        assert nuova.status_code == 201, nuova.content
    tavole = f"aziende/{azienda.codice}/personale-per-genere"
    (intera,) = leggi(ufficio, tavole)["tavole"]
    assert [una["femmine"] for una in intera["righe"]] == [60, 2]
    (letta,) = leggi(lettore, tavole)["tavole"]
    assert letta["righe"][1]["femmine"] is None
    assert leggi(lettore, "personale-per-genere")["totale"] == 0
    doppia = {**riga, "ruolo": "Infermieri", "femmine": 1, "maschi": 1}
    assert "Quel ruolo c'è già" in detto(manda(ufficio, "personale-per-genere", doppia), 422)
    assert cambia(ufficio, f"personale-per-genere/{nuova.json()['id']}", metodo="delete")
    assert PersonalePerGenere.objects.get().ruolo == "Infermieri"


# Questionnaires


@pytest.fixture
def questionario(azienda: Azienda) -> str:
    bozza = QuestionarioFactory(azienda=azienda, stato="bozza", apre=None, chiude=None, soglia=5)
    return f"questionari/{bozza.pk}"


def apri(client: Client, questionario: str) -> Any:
    giorni = {"apre": OGGI.isoformat(), "chiude": (OGGI + timedelta(days=9)).isoformat()}
    return manda(client, f"{questionario}/apertura", giorni)


def test_un_questionario_dalle_domande_ai_risultati(comitato: Client, questionario: str) -> None:
    assert "non ha domande" in detto(apri(comitato, questionario), 422)
    prima = manda(comitato, f"{questionario}/domande", {"testo": "Come va?", "massimo": 3}).json()
    seconda = manda(
        comitato, f"{questionario}/domande", {"testo": "Che cosa cambieresti?", "tipo": "testo"}
    ).json()
    spostata = manda(comitato, f"domande-questionario/{seconda['id']}/spostamento", {"verso": "su"})
    assert spostata.json()["ordine"] == 1
    qui = f"domande-questionario/{prima['id']}"
    assert cambia(comitato, qui, {"massimo": 5}).json()["massimo"] == 5
    cambia(comitato, f"domande-questionario/{seconda['id']}", metodo="delete")
    assert apri(comitato, questionario).json()["stato"] == "aperto"
    assert "solo in bozza" in detto(cambia(comitato, qui, {"massimo": 4}), 422)

    dati = manda(comitato, f"{questionario}/collegamenti", {"quanti": 6})
    assert (dati.status_code, len(dati.json()["collegamenti"])) == (201, 6)
    for posto, collegamento in enumerate(dati.json()["collegamenti"]):
        rispondi(collegamento.rstrip("/").rsplit("/", 1)[1], {prima["id"]: 5 if posto else 1})
    aperto = str(leggi(comitato, f"{questionario}/risultati"))
    assert "Come va?" not in aperto, "finché è aperto non se ne sa niente"
    assert manda(comitato, f"{questionario}/chiusura").json()["stato"] == "chiuso"
    risultati = leggi(comitato, f"{questionario}/risultati")
    detti = [riga for riga in risultati["righe"] if "Come va?" in riga]
    assert detti
    assert all(str(1) not in riga[4:5] for riga in detti), "chi è solo non si riconosce"
    assert Risposta.objects.count() == Compilazione.objects.count() == 6


def test_gli_inviti_partono_e_non_si_conservano(comitato: Client, questionario: str) -> None:
    DomandaFactory(questionario_id=int(questionario.rsplit("/", 1)[1]))
    apri(comitato, questionario)
    corpo = {"indirizzi": ["ada@ente.example", "eva@ente.example"], "gruppo": "Sede"}
    risposta = manda(comitato, f"{questionario}/inviti", corpo)
    assert (risposta.status_code, risposta.json()) == (202, {"invitati": 2})
    corpo["indirizzi"] = ["non è un indirizzo"]
    assert "non è un indirizzo" in detto(manda(comitato, f"{questionario}/inviti", corpo), 422)


def test_chi_legge_i_risultati_non_prepara(
    programma: Callable[..., Client], questionario: str
) -> None:
    lettore = programma(Ruolo.REGIONE)
    assert leggi(lettore, f"{questionario}/risultati")["colonne"]
    detto(manda(lettore, f"{questionario}/collegamenti", {"quanti": 1}), 403)
    detto(manda(lettore, f"{questionario}/inviti", {"indirizzi": ["a@b.example"]}), 403)


def test_tanti_questionari_costano_quanto_uno(comitato: Client, azienda: Azienda) -> None:
    DomandaFactory(questionario__azienda=azienda)
    leggi(comitato, "questionari")
    con_uno = conta(comitato, "questionari"), conta(comitato, "domande-questionario")
    for _n in range(3):
        DomandaFactory(questionario__azienda=azienda)
        PersonaleGenereFactory(azienda=azienda)
    assert (conta(comitato, "questionari"), conta(comitato, "domande-questionario")) == con_uno
