# SPDX-License-Identifier: AGPL-3.0-or-later
"""Projects, agreements, actions and papers written through the API, as from their pages."""

import base64
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from conciliazione.azioni.accordo import firma, manda_alla_firma
from conciliazione.models import (
    Accordo,
    AzioneProgetto,
    DocumentoProgetto,
    EdizioneConciliazione,
    Progetto,
    VoceBudget,
)
from piani.models import Azienda, Evento, Ruolo
from tests.api.passi import RADICE, cambia, detto, entrato, leggi, manda
from tests.conciliazione.progetti_fonte import finanziata
from tests.factories_conciliazione import (
    AccordoFactory,
    AzioneProgettoFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ProgettoFactory,
    PropostaFactory,
    ReferenteFactory,
    SpesaFactory,
    VoceBudgetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    fatta: EdizioneConciliazione = EdizioneConciliazioneFactory(azienda=azienda)
    return fatta


@pytest.fixture
def progetto(edizione: EdizioneConciliazione) -> Progetto:
    fatto: Progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    return fatto


@pytest.fixture
def azione(progetto: Progetto) -> AzioneProgetto:
    fatta: AzioneProgetto = AzioneProgettoFactory(
        progetto=progetto, dal=date(2021, 2, 1), al=date(2021, 12, 31)
    )
    return fatta


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


@pytest.fixture
def lettore(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.REGIONE)


@pytest.fixture
def capofila(progetto: Progetto) -> Client:
    """Who represents the capofila of the Alleanza, in their session."""
    return entrato(ReferenteFactory(ente=progetto.capofila).utente)


def campi(risposta: Any) -> list[str]:
    """The fields that a refusal names."""
    return [uno["campo"] for uno in risposta.json()["errori"]]


# --- il progetto --------------------------------------------------------------------------------


def test_un_progetto_nasce_da_una_proposta_finanziata(
    ufficio: Client, lettore: Client, edizione: EdizioneConciliazione
) -> None:
    proposta = finanziata(edizione)
    corpo = {"proposta": proposta.pk}
    detto(manda(lettore, "conciliazione/progetti", corpo), 403)
    nuovo = manda(ufficio, "conciliazione/progetti", corpo)
    assert nuovo.status_code == 201, nuovo.content
    progetto = Progetto.objects.get()
    assert nuovo["Location"] == f"{RADICE}/conciliazione/progetti/{progetto.pk}"
    letto = leggi(ufficio, f"conciliazione/progetti/{progetto.pk}")
    assert (letto["costo"], letto["contributo"], letto["stato"]) == (100000, 68000, "da_avviare")
    assert [una["budget"][0]["importo"] for una in letto["azioni"]] == [60000, 40000]
    assert Evento.objects.filter(tipo="conc_progetto.creato").count() == 1
    assert "ha già il suo progetto" in detto(manda(ufficio, "conciliazione/progetti", corpo), 422)


def test_una_proposta_non_finanziata_o_di_altri_non_diventa_un_progetto(
    ufficio: Client, edizione: EdizioneConciliazione
) -> None:
    ammessa = PropostaFactory(
        manifestazione__edizione=edizione, manifestazione__chiusa=True, presentata=True,
        stato="ammessa",
    )  # fmt: skip
    no = manda(ufficio, "conciliazione/progetti", {"proposta": ammessa.pk})
    assert "Finanziata" in detto(no, 422)
    straniera = finanziata(EdizioneConciliazioneFactory())
    detto(manda(ufficio, "conciliazione/progetti", {"proposta": straniera.pk}), 404)
    assert campi(manda(ufficio, "conciliazione/progetti", {})) == ["proposta"]
    assert not Progetto.objects.exists()


# --- gli accordi --------------------------------------------------------------------------------


def test_un_accordo_si_comincia_si_scrive_e_torna_in_bozza(
    ufficio: Client, progetto: Progetto
) -> None:
    qui = f"conciliazione/progetti/{progetto.pk}/accordi"
    corpo = {"genere": "convenzione", "testo": "Chi fa che cosa.", "dal": "2021-01-01"}
    nuovo = manda(ufficio, qui, corpo)
    assert nuovo.status_code == 201, nuovo.content
    suo = f"conciliazione/accordi/{nuovo.json()['id']}"
    assert nuovo["Location"] == f"{RADICE}/{suo}"
    assert "ha già un accordo di quel genere" in detto(manda(ufficio, qui, corpo), 422)
    detto(manda(ufficio, suo, {"testo": "x"}, "patch"), 428)
    dopo = cambia(ufficio, suo, {"protocollo": "12/2021"})
    assert dopo.json() == nuovo.json() | {"protocollo": "12/2021"}
    assert campi(cambia(ufficio, suo, {"al": "2020-01-01"})) == [""]
    accordo = Accordo.objects.get()
    assert (accordo.testo, accordo.protocollo, accordo.al) == ("Chi fa che cosa.", "12/2021", None)

    manda_alla_firma(accordo, da=None)
    firma(accordo.firme.get(), da=ReferenteFactory(ente=progetto.capofila).utente)
    assert "Sottoscritto" in detto(manda(ufficio, f"{suo}/bozza", {"motivo": "Manca"}), 422)
    assert "Bozza" in detto(cambia(ufficio, suo, {"testo": "Altro"}), 422)


def test_un_accordo_alla_firma_torna_in_bozza_e_le_firme_cadono(
    ufficio: Client, lettore: Client, progetto: Progetto
) -> None:
    accordo = AccordoFactory(progetto=progetto, genere="convenzione", testo="Testo")
    manda_alla_firma(accordo, da=None)
    qui = f"conciliazione/accordi/{accordo.pk}/bozza"
    detto(manda(lettore, qui, {}), 403)
    assert campi(manda(ufficio, qui, {})) == ["motivo"]
    tornato = manda(ufficio, qui, {"motivo": "Manca un allegato"})
    assert (tornato.json()["stato"], tornato.json()["firme"]) == ("bozza", [])
    assert Evento.objects.filter(tipo="conc_accordo.in_bozza").count() == 1


def test_sciolto_un_accordo_non_si_riscrive(ufficio: Client, progetto: Progetto) -> None:
    sciolto = AccordoFactory(progetto=progetto, stato="sciolto", testo="Prima")
    detto(cambia(ufficio, f"conciliazione/accordi/{sciolto.pk}", {"testo": "Dopo"}), 422)
    assert Accordo.objects.get().testo == "Prima"
    qui = f"conciliazione/progetti/{progetto.pk}/accordi"
    assert manda(ufficio, qui, {"genere": "partenariato"}).status_code == 201


def test_il_capofila_scrive_il_suo_accordo_e_non_la_convenzione(
    capofila: Client, progetto: Progetto
) -> None:
    qui = f"conciliazione/progetti/{progetto.pk}/accordi"
    detto(manda(capofila, qui, {"genere": "convenzione", "testo": "Mia"}), 403)
    suo = manda(capofila, qui, {"genere": "partenariato", "testo": "Nostro"})
    assert suo.status_code == 201, suo.content
    convenzione = AccordoFactory(progetto=progetto, genere="convenzione")
    detto(cambia(capofila, f"conciliazione/accordi/{convenzione.pk}", {"testo": "Mia"}), 403)
    detto(manda(capofila, f"conciliazione/accordi/{convenzione.pk}/bozza", {"motivo": "x"}), 403)


# --- i documenti --------------------------------------------------------------------------------


def in_base64(testo: bytes) -> str:
    return base64.b64encode(testo).decode()


def test_un_documento_si_carica_si_scarica_e_si_toglie(
    capofila: Client, ufficio: Client, progetto: Progetto
) -> None:
    qui = f"conciliazione/progetti/{progetto.pk}/documenti"
    testo = "Che cosa è stato fatto".encode()
    corpo = {"genere": "relazione", "nome": "relazione «1».txt", "contenuto": in_base64(testo)}
    nuovo = manda(capofila, qui, corpo)
    assert nuovo.status_code == 201, nuovo.content
    suo = f"conciliazione/documenti-di-progetto/{nuovo.json()['id']}"
    assert nuovo["Location"] == f"{RADICE}/{suo}"
    letto = leggi(ufficio, suo)
    assert (letto["nome"], letto["tipo"], letto["dimensione"], letto["genere"]) == (
        "relazione «1».txt", "text/plain", len(testo), "relazione",
    )  # fmt: skip
    file = ufficio.get(f"{RADICE}/{suo}/contenuto")
    assert (file.content, file["Content-Type"]) == (testo, "text/plain")
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''relazione")
    ancora = ufficio.get(f"{RADICE}/{suo}/contenuto", headers={"If-None-Match": file["ETag"]})
    assert ancora.status_code == 304
    assert "c'è già" in detto(manda(capofila, qui, corpo), 422)
    detto(manda(ufficio, suo, metodo="delete"), 428)
    assert cambia(ufficio, suo, metodo="delete").status_code == 204
    assert ufficio.get(f"{RADICE}/{suo}").status_code == 404
    assert not DocumentoProgetto.objects.exists()


def test_di_un_documento_si_guarda_il_contenuto_non_il_nome(
    ufficio: Client, lettore: Client, progetto: Progetto
) -> None:
    qui = f"conciliazione/progetti/{progetto.pk}/documenti"
    corpo = {"genere": "altro", "nome": "a.pdf", "contenuto": in_base64(b"non un PDF")}
    detto(manda(lettore, qui, corpo), 403)
    no = manda(ufficio, qui, corpo)
    assert campi(no) == ["file"]
    assert "a.pdf: Di questo tipo" in detto(no, 422)
    assert campi(manda(ufficio, qui, corpo | {"contenuto": "%%%"})) == ["contenuto"]
    assert campi(manda(ufficio, qui, corpo | {"genere": "segreto"})) == ["genere"]
    detto(manda(ufficio, qui, corpo | {"nome": ".."}), 400)
    assert not DocumentoProgetto.objects.exists()


def test_chi_e_di_un_altro_ente_non_trova_i_documenti(ufficio: Client, progetto: Progetto) -> None:
    corpo = {"genere": "altro", "nome": "a.txt", "contenuto": in_base64(b"Nostro")}
    nuovo = manda(ufficio, f"conciliazione/progetti/{progetto.pk}/documenti", corpo)
    suo = f"{RADICE}/conciliazione/documenti-di-progetto/{nuovo.json()['id']}"
    altro = entrato(ReferenteFactory(ente=EnteFactory(azienda=progetto.azienda)).utente)
    assert [altro.get(dove).status_code for dove in (suo, f"{suo}/contenuto")] == [404, 404]
    DocumentoProgetto.objects.get().file.delete(save=True)
    assert ufficio.get(f"{suo}/contenuto").status_code == 404


# --- le azioni ----------------------------------------------------------------------------------


def test_di_un_azione_cambia_solo_cio_che_si_manda(
    capofila: Client, lettore: Client, azione: AzioneProgetto
) -> None:
    qui = f"conciliazione/azioni-di-progetto/{azione.pk}"
    prima = leggi(capofila, qui)
    detto(manda(lettore, qui, {}, "patch"), 403)
    dopo = cambia(capofila, qui, {"persone": 7, "descrizione": "In due turni"})
    assert dopo.json() == prima | {"persone": 7, "descrizione": "In due turni"}
    assert cambia(capofila, qui, {"dal": "2020-12-31"}).json()["errori"] == [
        {"campo": "dal", "messaggio": "Comincia prima del progetto, che parte il 01/01/2021."}
    ]
    assert campi(cambia(capofila, qui, {"titolo": "Un altro"})) == ["titolo"]
    azione.refresh_from_db()
    assert (azione.persone, azione.dal) == (7, date(2021, 2, 1))
    vecchio = {"headers": {"If-Match": '"vecchio"'}}
    detto(manda(capofila, qui, {"persone": 8}, "patch", **vecchio), 412)


def test_un_azione_avanza_solo_in_un_progetto_in_corso(
    ufficio: Client, azione: AzioneProgetto
) -> None:
    qui = f"conciliazione/azioni-di-progetto/{azione.pk}/avanzamento"
    assert manda(ufficio, qui, {"stato": "in_corso"}).json()["stato"] == "in_corso"
    assert "non può diventare" in detto(manda(ufficio, qui, {"stato": "prevista"}), 422)
    assert campi(manda(ufficio, qui, {"stato": "ferma"})) == ["stato"]
    Progetto.objects.update(stato="concluso")
    assert "In corso" in detto(manda(ufficio, qui, {"stato": "conclusa"}), 422)
    azione.refresh_from_db()
    assert azione.stato == "in_corso"


def test_un_attivita_si_aggiunge_nel_periodo_e_si_toglie(
    capofila: Client, lettore: Client, azione: AzioneProgetto
) -> None:
    qui = f"conciliazione/azioni-di-progetto/{azione.pk}"
    corpo = {"nome": "Corso", "dal": "2021-03-01", "al": "2021-04-01"}
    detto(manda(lettore, f"{qui}/attivita", corpo), 403)
    nuova = manda(capofila, f"{qui}/attivita", corpo)
    assert nuova.status_code == 201, nuova.content
    suo = f"conciliazione/attivita-di-progetto/{nuova.json()['id']}"
    assert nuova["Location"] == f"{RADICE}/{suo}"
    assert leggi(capofila, qui)["attivita"] == [corpo | {"id": nuova.json()["id"]}]
    assert campi(manda(capofila, f"{qui}/attivita", corpo | {"al": "2022-01-01"})) == ["al"]
    assert campi(manda(capofila, f"{qui}/attivita", corpo | {"al": "2021-02-01"})) == [""]
    detto(manda(lettore, suo, metodo="delete"), 403)
    assert cambia(capofila, suo, metodo="delete").status_code == 204
    assert leggi(capofila, qui)["attivita"] == []


# --- il budget ----------------------------------------------------------------------------------


def test_il_budget_si_scrive_intero_anche_quando_si_sposta_denaro(
    ufficio: Client, capofila: Client, azione: AzioneProgetto
) -> None:
    VoceBudgetFactory(azione=azione, categoria="servizi", importo=Decimal(60000))
    VoceBudgetFactory(azione=azione, categoria="beni", importo=Decimal(40000))
    qui = f"conciliazione/azioni-di-progetto/{azione.pk}"
    righe = [
        {"categoria": "servizi", "importo": "70000.50"},
        {"categoria": "beni", "importo": "29999.50"},
    ]
    etag = {"headers": {"If-Match": ufficio.get(f"{RADICE}/{qui}")["ETag"]}}
    detto(manda(capofila, f"{qui}/budget", {"budget": righe}, "patch", **etag), 403)
    detto(manda(ufficio, f"{qui}/budget", {"budget": righe}, "patch"), 428)
    dopo = manda(ufficio, f"{qui}/budget", {"budget": righe}, "patch", **etag)
    assert dopo.status_code == 200, dopo.content
    assert dict(azione.budget.values_list("categoria", "importo")) == {
        "servizi": Decimal("70000.50"), "beni": Decimal("29999.50"),
    }  # fmt: skip
    assert leggi(ufficio, qui)["budget"] == dopo.json()["budget"]
    detto(manda(ufficio, f"{qui}/budget", {"budget": righe}, "patch", **etag), 412)
    assert Evento.objects.filter(tipo="conc_budget.scritto").count() == 2


@pytest.mark.parametrize(
    ("righe", "stato", "campo", "frase"),
    [
        ([("servizi", 60000), ("beni", 60000)], 422, "importo", "il budget è 120.000,00 €"),
        ([("beni", 1), ("servizi", 400)], 422, "importo", "Su «servizi» sono già inserite spese"),
        ([("beni", 1), ("altra", 1)], 422, "categoria", "«altra» non è fra quelle dell'edizione"),
        ([("beni", 1), ("beni", 2)], 400, "budget", "«beni» è scritta due volte"),
        ([("beni", -1)], 400, "budget.0.importo", "maggiore o uguale"),
        ([], 400, "budget", "non può essere vuota"),
    ],
)
def test_un_budget_che_non_va_e_rifiutato_intero(
    ufficio: Client, azione: AzioneProgetto, righe: Any, stato: int, campo: str, frase: str
) -> None:
    voce = VoceBudgetFactory(azione=azione, categoria="servizi", importo=Decimal(1000))
    SpesaFactory(voce=voce, importo=Decimal(500))
    corpo = {"budget": [{"categoria": c, "importo": importo} for c, importo in righe]}
    qui = f"conciliazione/azioni-di-progetto/{azione.pk}"
    etag = {"headers": {"If-Match": ufficio.get(f"{RADICE}/{qui}")["ETag"]}}
    no = manda(ufficio, f"{qui}/budget", corpo, "patch", **etag)
    assert frase in detto(no, stato)
    assert campi(no)[0].startswith(campo)
    assert list(VoceBudget.objects.values_list("categoria", "importo")) == [
        ("servizi", Decimal("1000.00"))
    ]
