# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents of the body, the Nucleo's grid and the prizes through the API."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import simplejson
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from piani.documenti_ente import azioni
from piani.models import Azienda, DocumentoEnte, RilevazioneObblighi, Ruolo
from tests.api.passi import RADICE, cambia, detto, entrato, leggi, manda
from tests.factories import AziendaFactory, DocumentoEnteFactory, IncaricoFactory

pytestmark = pytest.mark.django_db
PIENI = {"pubblicazione": 2, "completezza": 3, "uffici": 3, "aggiornamento": 3, "formato": 3}
SCHEDA = {
    "inizio": "2023-06-05", "fine": "2023-06-09", "estensione": "Tutti gli uffici.",
    "modalita": "Verifica diretta.", "flussi": True, "responsabili": True, "senza_filtri": False,
}  # fmt: skip


def test_chiunque_legge_i_documenti_dell_ente_pubblicati(azienda: Azienda, client: Client) -> None:
    prima = azioni.rende_pubblico(DocumentoEnteFactory(azienda=azienda), da=None)
    DocumentoEnteFactory(azienda=azienda, serie="premi-dati-2022")  # not public
    seconda = azioni.rende_pubblico(
        DocumentoEnteFactory(azienda=azienda, versione=2, motivo="Un errore"), da=None
    )
    dette = leggi(client, "documenti-ente?ordering=titolo")["risultati"]
    assert {una["id"]: una["corrente"] for una in dette} == {prima.pk: False, seconda.pk: True}
    (sola,) = leggi(client, "documenti-ente?corrente=true&anno=2022")["risultati"]
    assert sola["motivo"] == "Un errore"
    pagina = f"http://localhost:8000{seconda.get_absolute_url()}"
    assert (sola["pagina"], sola["xlsx"]) == (pagina, f"{pagina}documento.xlsx")
    assert client.get(f"{seconda.get_absolute_url()}documento.json").status_code == 200
    assert leggi(client, "documenti-ente?serie=niente")["totale"] == 0


def test_un_documento_dell_ente_scaduto_non_si_legge_piu(azienda: Azienda, client: Client) -> None:
    documento = azioni.rende_pubblico(DocumentoEnteFactory(azienda=azienda), da=None)
    assert client.get(f"{RADICE}/documenti-ente/{documento.pk}").status_code == 200
    DocumentoEnte.objects.update(pubblicato_il=timezone.localdate() - timedelta(days=7 * 366))
    assert client.get(f"{RADICE}/documenti-ente/{documento.pk}").status_code == 404


@pytest.fixture
def nucleo(azienda: Azienda) -> Client:
    uno = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2023, anno_a=2023)
    return entrato(uno.utente)


def aperta(nucleo: Client, azienda: Azienda) -> str:
    corpo = {
        "azienda": azienda.codice, "anno": 2023, "riferimento": "2023-05-31",
        "organismo": "Nucleo di valutazione",
    }  # fmt: skip
    risposta = manda(nucleo, "attestazioni", corpo)
    assert risposta.status_code == 201, risposta.content
    return f"attestazioni/{risposta.json()['id']}"


def test_il_nucleo_compila_chiude_e_corregge_e_chi_pubblica_pubblica(
    azienda: Azienda, nucleo: Client, programma: Callable[..., Client]
) -> None:
    dove, rpct = aperta(nucleo, azienda), programma(Ruolo.PUBBLICATORE)
    griglia = leggi(nucleo, f"{dove}/griglia")
    assert griglia["mancano"]
    assert "manca ancora qualcosa" in detto(manda(nucleo, f"{dove}/chiusura"), 422)
    pieni = [{"id": una["id"], **PIENI} for una in griglia["punteggi"]]
    scritta = manda(nucleo, f"{dove}/punteggi", {"visto": 0, "punteggi": pieni}).json()
    assert {una["formato"] for una in scritta["punteggi"]} == {3}
    una = {"visto": scritta["modifiche"], "punteggi": [{"id": pieni[0]["id"], "nota": "Bene"}]}
    scritta = manda(nucleo, f"{dove}/punteggi", una).json()
    prima = next(riga for riga in scritta["punteggi"] if riga["id"] == pieni[0]["id"])
    assert (prima["nota"], prima["completezza"]) == ("Bene", 3)
    superata = manda(nucleo, f"{dove}/scheda", {"visto": 0} | SCHEDA)
    assert "qualcun altro ha salvato" in detto(superata, 422)
    fatta = manda(nucleo, f"{dove}/scheda", {"visto": scritta["modifiche"]} | SCHEDA).json()
    assert fatta["mancano"] == []
    chiusa = manda(nucleo, f"{dove}/chiusura").json()
    assert (chiusa["stato"], chiusa["versioni"][0]["pubblicato_il"]) == ("chiusa", None)
    assert manda(nucleo, f"{dove}/pubblicazione").status_code == 403
    pubblicata = manda(rpct, f"{dove}/pubblicazione").json()
    assert pubblicata["versioni"][0]["pubblicato_il"] == f"{timezone.localdate()}"
    assert manda(rpct, f"{dove}/chiusura").status_code == 403
    corretta = manda(nucleo, f"{dove}/correzione", {"motivo": "Un refuso"}).json()
    assert corretta["stato"] == "aperta"
    assert [una["versione"] for una in corretta["versioni"]] == [1]


def test_una_versione_chiusa_e_non_pubblica_la_legge_chi_legge_l_attestazione(
    azienda: Azienda, programma: Callable[..., Client], client: Client
) -> None:
    griglia = RilevazioneObblighi.objects.create(
        azienda=azienda, anno=2022, riferimento=date(2022, 5, 31), organismo="Nucleo"
    )
    azioni.rende_pubblico(DocumentoEnteFactory(azienda=azienda, serie=griglia.serie), da=None)
    dopo = DocumentoEnteFactory(
        azienda=azienda, serie=griglia.serie, versione=2, motivo="Un refuso", titolo="Corretta"
    )
    lettore, dove = programma(Ruolo.PUBBLICATORE), f"attestazioni/{griglia.pk}/versioni"
    letta = leggi(lettore, f"{dove}/2")
    assert (letta["versione"], letta["motivo"], letta["pubblicato_il"]) == (2, "Un refuso", None)
    assert letta["sha256_contenuto"] == dopo.sha256_contenuto
    assert letta["contenuto"] == simplejson.loads(dopo.contenuto)
    assert letta["contenuto"]["documento"]["titolo"] == "Corretta"
    assert leggi(lettore, f"{dove}/1")["pubblicato_il"] == f"{timezone.localdate()}"
    assert lettore.get(f"{RADICE}/{dove}/3").status_code == 404

    dopo.file.save("corretta.pdf", ContentFile(b"%PDF-1.7 di prova"), save=False)
    dopo.sha256_pdf = "2" * 64
    dopo.save()
    carta = lettore.get(f"{RADICE}/{dove}/2/pdf", headers={"Accept": "application/pdf"})
    assert (carta.content, carta["Content-Type"]) == (b"%PDF-1.7 di prova", "application/pdf")
    gia = lettore.get(f"{RADICE}/{dove}/2/pdf", headers={"If-None-Match": carta["ETag"]})
    assert gia.status_code == 304
    for indirizzo in (f"{dove}/2", f"{dove}/2/pdf"):
        estraneo = programma(Ruolo.PUBBLICATORE, AziendaFactory())
        assert estraneo.get(f"{RADICE}/{indirizzo}").status_code == 404
        assert client.get(f"{RADICE}/{indirizzo}").status_code == 401


def test_la_griglia_da_scrivere_la_legge_solo_chi_la_scrive(
    azienda: Azienda, nucleo: Client, api: Client, programma: Callable[..., Client]
) -> None:
    dove = aperta(nucleo, azienda)
    assert leggi(api, dove)["organismo"] == "Nucleo di valutazione"
    for altro in (api, programma(Ruolo.PUBBLICATORE)):
        assert altro.get(f"{RADICE}/{dove}/griglia").status_code == 404
        assert manda(altro, f"{dove}/punteggi", {}).status_code == 403


def test_un_punteggio_di_un_altra_griglia_non_si_scrive(azienda: Azienda, nucleo: Client) -> None:
    dove = aperta(nucleo, azienda)
    altra = RilevazioneObblighi.objects.create(
        azienda=azienda, anno=2023, riferimento=date(2023, 4, 30), organismo="Nucleo"
    )
    obbligo = leggi(nucleo, f"{dove}/griglia")["punteggi"][0]["id"]
    estraneo = {"visto": 0, "punteggi": [{"id": obbligo, "pubblicazione": 2}]}
    assert manda(nucleo, f"attestazioni/{altra.pk}/punteggi", estraneo).status_code == 404
    troppo = {"visto": 0, "punteggi": [{"id": obbligo, "pubblicazione": 3}]}
    assert manda(nucleo, f"{dove}/punteggi", troppo).status_code == 400
    assert leggi(nucleo, f"{dove}/griglia")["modifiche"] == 0


def test_i_premi_li_scrive_il_personale_e_li_pubblica_chi_pubblica(
    azienda: Azienda, programma: Callable[..., Client]
) -> None:
    personale, rpct = programma(Ruolo.RISORSE_UMANE), programma(Ruolo.PUBBLICATORE)
    corpo = {"azienda": azienda.codice, "anno": 2022}
    assert manda(rpct, "premi", corpo).status_code == 403
    dove = f"premi/{manda(personale, 'premi', corpo).json()['id']}"
    assert "già" in detto(manda(personale, "premi", corpo), 422)
    voce = {"gruppo": "dirigenti", "nome": "Fondo", "stanziato": "1000.50"}
    scritta = manda(personale, f"{dove}/voci", voce)
    assert scritta.status_code == 201, scritta.content
    sua = f"voci-premi/{scritta.json()['id']}"
    assert scritta.json()["distribuito"] is None
    assert cambia(personale, sua, {"distribuito": "900"}).json()["distribuito"] == 900
    assert "È più di quanto" in detto(cambia(personale, sua, {"distribuito": "2000"}), 422)
    cambiati = cambia(personale, dove, {"criteri": "A merito."}).json()
    assert (cambiati["criteri"], cambiati["voci"][0]["stanziato"]) == ("A merito.", 1000.5)
    assert "Non sono categorie" in detto(cambia(personale, dove, {"dirigenza": ["x"]}), 422)
    assert cambia(rpct, dove, {"criteri": "Altri"}).status_code == 403
    assert manda(personale, f"{dove}/pubblicazione", {"tabella": "ammontare"}).status_code == 403
    assert manda(rpct, f"{dove}/pubblicazione", {"tabella": "ammontare"}).status_code == 200
    ancora = manda(rpct, f"{dove}/pubblicazione", {"tabella": "ammontare"})
    assert "Scrivi perché" in detto(ancora, 422)
    (pubblico,) = leggi(Client(), "documenti-ente")["risultati"]
    assert pubblico["serie"] == "premi-ammontare-2022"
    assert cambia(personale, sua, metodo="delete").status_code == 204
    assert leggi(personale, dove)["voci"] == []
