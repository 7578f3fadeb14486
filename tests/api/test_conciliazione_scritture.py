# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conciliation written through the API: the actions of the pages, and their refusals."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from conciliazione.models import (
    EdizioneConciliazione,
    Ente,
    Pagamento,
    RilevazioneAzionePiano,
    Spesa,
)
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories_conciliazione import (
    AdesioneFactory,
    AzioneDiPianoFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    PagamentoFactory,
    PartnerFactory,
    ProgettoFactory,
    ReferenteFactory,
    RendicontoFactory,
    RilevazioneProgettoFactory,
    SemestreFactory,
    VoceBudgetFactory,
)

pytestmark = pytest.mark.django_db
RADICE = "/api/v1/conciliazione"


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory(azienda=azienda)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


@pytest.fixture
def entra() -> Callable[[Utente], Client]:
    def con(utente: Utente) -> Client:
        client = Client()
        client.force_login(utente)
        return client

    return con


def manda(client: Client, dove: str, corpo: Any, metodo: str = "post", **come: Any) -> Any:
    return getattr(client, metodo)(
        f"{RADICE}/{dove}", json.dumps(corpo, default=str), content_type="application/json", **come
    )


def etag(client: Client, dove: str) -> dict[str, Any]:
    return {"headers": {"If-Match": client.get(f"{RADICE}/{dove}")["ETag"]}}


def test_l_ufficio_aggiunge_e_cambia_un_ente_l_ente_solo_i_suoi_recapiti(
    azienda: Azienda, ufficio: Client, entra: Callable[[Utente], Client]
) -> None:
    nuovo = {"azienda": azienda.codice, "nome": "Cooperativa inventata", "tipo": "non_profit"}
    risposta = manda(ufficio, "enti", nuovo)
    assert risposta.status_code == 201, risposta.content
    ente = Ente.objects.get(nome="Cooperativa inventata")
    assert ente.natura == "privata_non_profit"
    assert risposta["Location"] == f"{RADICE}/enti/{ente.pk}"
    assert Evento.objects.filter(tipo="conc_ente.scritto").count() == 1

    doppio = manda(ufficio, "enti", nuovo)
    assert doppio.status_code == 422
    assert "C'è già un ente con quel nome." in doppio.json()["errori"][0]["messaggio"]
    assert manda(ufficio, "enti", nuovo | {"colore": "blu"}).status_code == 400

    dove = f"enti/{ente.pk}"
    assert manda(ufficio, dove, {"sede": "Via 1"}, "patch").status_code == 428
    visto = etag(ufficio, dove)
    assert manda(ufficio, dove, {"sede": "Via 1"}, "patch", **visto).json()["sede"] == "Via 1"
    assert manda(ufficio, dove, {"sede": "Via 2"}, "patch", **visto).status_code == 412

    referente = entra(ReferenteFactory(ente=ente).utente)
    sua = manda(referente, dove, {"addetti": 12}, "patch", **etag(referente, dove))
    assert sua.json()["addetti"] == 12
    nome = manda(referente, dove, {"nome": "Altro"}, "patch", **etag(referente, dove))
    assert nome.status_code == 403
    ente.refresh_from_db()
    assert (ente.nome, ente.sede) == ("Cooperativa inventata", "Via 1")


def test_l_adesione_si_accoglie_o_si_respinge(azienda: Azienda, ufficio: Client) -> None:
    ente = EnteFactory(azienda=azienda)
    prima, seconda = (
        AdesioneFactory(ente=None, azienda=azienda, stato="confermata", dal=None, tipo=ente.tipo,
                        natura=ente.natura, denominazione=nome)
        for nome in ("Uno", "Due")
    )  # fmt: skip
    corpo = {"dal": "2021-01-01", "valutata_il": "2020-12-20", "ente": ente.pk,
             "con_referente": False}  # fmt: skip
    accolta = manda(ufficio, f"adesioni/{prima.pk}/accoglienza", corpo)
    assert accolta.status_code == 200, accolta.content
    assert (accolta.json()["stato"], accolta.json()["ente"]) == ("accolta", ente.pk)
    ancora = manda(ufficio, f"adesioni/{prima.pk}/accoglienza", corpo)
    assert ancora.status_code == 422
    respinta = manda(
        ufficio, f"adesioni/{seconda.pk}/rifiuto", {"valutata_il": "2020-12-20", "motivo": "No"}
    )
    assert respinta.json()["stato"] == "respinta"


def test_la_composizione_di_un_semestre_si_prepara_e_si_approva(
    edizione: EdizioneConciliazione, ufficio: Client
) -> None:
    corpo = {"edizione": edizione.slug, "anno": 2021, "semestre": 1, "al": "2021-06-30"}
    nuova = manda(ufficio, "composizioni", corpo)
    assert nuova.status_code == 201, nuova.content
    assert nuova.json()["stato"] == "bozza"
    dove = f"composizioni/{nuova.json()['id']}/approvazione"
    assert manda(ufficio, dove, {}).json()["stato"] == "approvata"
    assert manda(ufficio, "composizioni", corpo).status_code == 422


def test_la_spesa_la_scrive_chi_rappresenta_l_ente_e_mai_un_programma(
    edizione: EdizioneConciliazione, ufficio: Client, entra: Callable[[Utente], Client]
) -> None:
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    voce = VoceBudgetFactory(azione__progetto=progetto)
    ente = PartnerFactory(proposta=progetto.proposta).ente
    AdesioneFactory(ente=progetto.capofila)
    corpo = {
        "progetto": progetto.pk, "voce": voce.pk, "ente": ente.pk, "descrizione": "Educatori",
        "documento": "Fattura 7", "documento_del": "2021-07-31", "importo": 1000.5,
    }  # fmt: skip
    assert manda(ufficio, "spese", corpo).status_code == 403
    partner = entra(ReferenteFactory(ente=ente).utente)
    fatta = manda(partner, "spese", corpo)
    assert fatta.status_code == 201, fatta.content
    spesa = Spesa.objects.get()
    assert (str(spesa.importo), spesa.ente) == ("1000.50", ente)
    troppa = manda(partner, "spese", corpo | {"importo": 9000, "documento": "Fattura 8"})
    assert troppa.status_code == 422
    assert troppa.json()["errori"][0]["campo"] == "importo"
    assert "Sulla voce restano 8.999,50 €" in troppa.json()["errori"][0]["messaggio"]
    del_capofila = manda(partner, "spese", corpo | {"ente": progetto.capofila_id})
    assert del_capofila.status_code == 403

    dove = f"spese/{spesa.pk}"
    cambiata = manda(partner, dove, {"importo": 900}, "patch", **etag(partner, dove))
    assert (cambiata.json()["importo"], cambiata.json()["documento"]) == (900, "Fattura 7")
    estraneo = entra(ReferenteFactory(ente=EnteFactory(azienda=edizione.azienda)).utente)
    assert manda(estraneo, dove, {"importo": 1}, "patch").status_code == 404
    assert manda(partner, dove, {}, "delete", **etag(partner, dove)).status_code == 204
    assert not Spesa.objects.exists()


def test_si_paga_a_pezzi_si_esegue_e_si_annulla(
    edizione: EdizioneConciliazione, ufficio: Client
) -> None:
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    rata = RendicontoFactory(
        progetto=progetto, stato="approvato", richiesto="35000.00", riconosciuto="35000.00"
    )
    dove = f"rendiconti/{rata.pk}/pagamenti"
    corpo = {"atto": "Determina 1", "disposto_il": "2021-03-01"}
    prima = manda(ufficio, dove, corpo | {"importo": 20000})
    assert prima.status_code == 201, prima.content
    oltre = manda(ufficio, dove, corpo | {"importo": 15000.01})
    assert oltre.status_code == 422
    seconda = manda(ufficio, dove, corpo)
    assert seconda.json()["importo"] == 15000
    eseguita = manda(
        ufficio, f"pagamenti/{prima.json()['id']}/esecuzione", {"eseguito_il": "2021-03-10"}
    )
    assert eseguita.json()["stato"] == "eseguito"
    annullata = manda(
        ufficio, f"pagamenti/{seconda.json()['id']}/annullamento", {"motivo": "IBAN sbagliato"}
    )
    assert annullata.json()["stato"] == "annullato"
    assert Pagamento.objects.validi().count() == 1


def test_un_recupero_si_incassa_e_si_annulla(
    edizione: EdizioneConciliazione, ufficio: Client
) -> None:
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    rata = RendicontoFactory(progetto=progetto, stato="approvato", richiesto="10.00",
                             riconosciuto="10.00", verifiche={"finale": "4.00"})  # fmt: skip
    PagamentoFactory(
        rendiconto=rata, importo="10.00", stato="eseguito", eseguito_il=date(2021, 3, 1)
    )
    dove, corpo = f"progetti/{progetto.pk}/incassi", {"atto": "N", "incassato_il": "2021-05-01"}
    assert manda(ufficio, dove, corpo | {"importo": 6.01}).status_code == 422
    fatto = manda(ufficio, dove, corpo | {"importo": 6})
    assert fatto.status_code == 201, fatto.content
    via = manda(ufficio, f"incassi/{fatto.json()['id']}/annullamento", {"motivo": "Doppio"})
    assert via.json()["motivo"] == "Doppio"
    assert via.json()["annullato_il"]


def test_le_rilevazioni_si_validano_si_rimandano_e_quelle_del_piano_si_scrivono(
    edizione: EdizioneConciliazione, ufficio: Client
) -> None:
    semestre = SemestreFactory(edizione=edizione)
    azione = AzioneDiPianoFactory(edizione=edizione)
    dove = f"semestri/{semestre.pk}/azioni-di-piano"
    corpo = {"azioni": [{"azione": azione.pk, "persone": 12, "avviata": True}]}
    scritta = manda(ufficio, dove, corpo)
    assert scritta.status_code == 200, scritta.content
    assert RilevazioneAzionePiano.objects.get().persone == 12
    assert manda(ufficio, dove, {"azioni": [{"azione": azione.pk, "persone": -1}]}).status_code == (
        400
    )
    progetti = [ProgettoFactory(proposta__manifestazione__edizione=edizione) for _n in range(2)]
    prima, seconda = (
        RilevazioneProgettoFactory(progetto=p, semestre=semestre, stato="trasmessa")
        for p in progetti
    )
    assert manda(ufficio, f"rilevazioni/{prima.pk}/validazione", {}).json()["stato"] == "validata"
    rinvio = manda(ufficio, f"rilevazioni/{seconda.pk}/rinvio", {"nota": "Mancano le imprese"})
    assert (rinvio.json()["stato"], rinvio.json()["nota"]) == ("bozza", "Mancano le imprese")
    seconda.refresh_from_db()
    assert seconda.stato == "bozza"
