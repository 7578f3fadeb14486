# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Nucleo's grid of the obligations: opened, filled in, closed, corrected, published."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from piani.attestazione import azioni, bacheca
from piani.attestazione.documento import fotografa
from piani.attestazione.proposte import proposte
from piani.models import (
    Azienda,
    DocumentoEnte,
    Evento,
    ObbligoDiPubblicazione,
    PubblicazioneAltrove,
    PunteggioObbligo,
    RilevazioneObblighi,
    Ruolo,
    Utente,
)
from piani.obblighi.azioni import dichiara_non_applicabile, riprendi
from piani.stampa import rende_json
from tests.factories import IncaricoFactory

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
GIORNO = date(2023, 5, 31)
SCHEMA = Path(__file__).parents[2] / "static" / "schemi" / "documento-ente-1.schema.json"
PIENI = {"pubblicazione": 2, "completezza": 3, "uffici": 3, "aggiornamento": 3, "formato": 3}


@pytest.fixture
def nucleo(azienda: Azienda) -> Utente:
    chi: Utente = IncaricoFactory(
        azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2023, anno_a=2023
    ).utente
    return chi


@pytest.fixture
def rpct(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.PUBBLICATORE)


@pytest.fixture
def griglia(azienda: Azienda, nucleo: Utente) -> RilevazioneObblighi:
    return azioni.apri(
        azienda, anno=2023, riferimento=GIORNO, organismo="Nucleo di valutazione", da=nucleo
    )


def obbligo(codice: str) -> ObbligoDiPubblicazione:
    return ObbligoDiPubblicazione.objects.get(codice=codice)


def riga(griglia: RilevazioneObblighi, codice: str) -> PunteggioObbligo:
    return griglia.punteggi.get(obbligo__codice=codice)


def piena(griglia: RilevazioneObblighi, **altro: Any) -> dict[int, dict[str, Any]]:
    return {una.pk: {**PIENI, **altro} for una in griglia.punteggi.all()}


def compila(griglia: RilevazioneObblighi, nucleo: Utente) -> RilevazioneObblighi:
    """Everything said, everything good."""
    mia = azioni.scrivi_punteggi(griglia, righe=piena(griglia), visto=griglia.modifiche, da=nucleo)
    return azioni.scrivi_scheda(
        mia, visto=mia.modifiche, da=nucleo, inizio=date(2023, 6, 5), fine=date(2023, 6, 9),
        estensione="Tutti gli uffici.", modalita="Verifica diretta sul sito.", criticita="",
        flussi=True, responsabili=True, senza_filtri=False,
    )  # fmt: skip


def pubblicata_altrove(azienda: Azienda, codice: str, indirizzo: str, il: date) -> None:
    PubblicazioneAltrove.objects.create(
        azienda=azienda, codice=codice, titolo="Documento", indirizzo=indirizzo, anno=2023,
        pubblicato_il=il,
    )  # fmt: skip


# --- chi, e quando ------------------------------------------------------------------------------


def test_si_apre_con_una_riga_per_ogni_obbligo_che_si_applica(
    azienda: Azienda, nucleo: Utente
) -> None:
    dichiara_non_applicabile(azienda, obbligo("concessioni"), motivo="Non ne dà.", da=None)
    griglia = azioni.apri(azienda, anno=2023, riferimento=GIORNO, organismo="OIV", da=nucleo)
    codici = {una.obbligo.codice for una in griglia.punteggi.select_related("obbligo")}
    assert len(codici) == ObbligoDiPubblicazione.objects.in_vigore(GIORNO).count() - 1
    assert "concessioni" not in codici
    assert all(una.mancano for una in griglia.punteggi.all())


@pytest.mark.parametrize("ruolo", [uno for uno in Ruolo if uno != Ruolo.NUCLEO])
def test_la_apre_soltanto_il_nucleo(azienda: Azienda, incaricato: Persona, ruolo: Ruolo) -> None:
    with pytest.raises(PermissionDenied):
        azioni.apri(azienda, anno=2023, riferimento=GIORNO, organismo="OIV", da=incaricato(ruolo))


def test_il_nucleo_di_altri_anni_non_la_apre_ne_la_legge(
    azienda: Azienda, griglia: RilevazioneObblighi, entra: Entra
) -> None:
    altro = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2025).utente
    with pytest.raises(PermissionDenied):
        azioni.scrivi_punteggi(griglia, righe={}, visto=0, da=altro)
    assert entra(altro).get(griglia.get_absolute_url()).status_code == 404


def test_non_due_alla_stessa_data_ne_a_un_giorno_che_verra(
    azienda: Azienda, griglia: RilevazioneObblighi, nucleo: Utente
) -> None:
    with pytest.raises(ValidationError, match="C'è già una rilevazione"):
        azioni.apri(azienda, anno=2023, riferimento=GIORNO, organismo="OIV", da=nucleo)
    with pytest.raises(ValidationError) as errore:
        azioni.apri(azienda, anno=2023, riferimento=date(2999, 1, 1), organismo="OIV", da=nucleo)
    assert set(errore.value.message_dict) == {"riferimento"}


# --- ciò che il registro suggerisce -------------------------------------------------------------


def test_di_cio_che_non_c_e_si_propone_zero(griglia: RilevazioneObblighi) -> None:
    detta = proposte(griglia)["premi-dati"]
    assert detta.punteggi == {"pubblicazione": 0, "aggiornamento": 0, "formato": 0}


@pytest.mark.parametrize(
    ("coda", "formato"), [("piano.csv", 3), ("piano.docx", 0), ("piano.pdf", None), ("", None)]
)
def test_del_formato_si_dice_cio_che_l_indirizzo_dice(
    azienda: Azienda, griglia: RilevazioneObblighi, coda: str, formato: int | None
) -> None:
    pubblicata_altrove(azienda, "piano", f"https://example.org/{coda}", date(2023, 1, 30))
    detta = proposte(griglia)["piano"].punteggi
    assert (detta["pubblicazione"], detta["aggiornamento"]) == (2, 3)
    assert detta.get("formato") == formato


def test_cio_che_si_pubblica_dopo_la_data_non_conta(
    azienda: Azienda, griglia: RilevazioneObblighi
) -> None:
    pubblicata_altrove(azienda, "piano", "https://example.org/p.csv", date(2023, 6, 15))
    assert proposte(griglia)["piano"].punteggi["pubblicazione"] == 0


def test_le_proposte_stanno_accanto_e_non_si_scrivono_da_se(
    azienda: Azienda, griglia: RilevazioneObblighi, nucleo: Utente, entra: Entra
) -> None:
    pubblicata_altrove(azienda, "piano", "https://example.org/p.csv", date(2023, 1, 30))
    testo = entra(nucleo).get(reverse("attestazione_punteggi", args=[griglia.pk])).content.decode()
    assert "Il registro suggerisce 2" in testo
    assert riga(griglia, "piano").pubblicazione is None
    assert "selected" not in testo.replace('<option value="" selected>', "")


# --- i punteggi ---------------------------------------------------------------------------------


def test_si_scrive_dalla_pagina_un_po_alla_volta(
    griglia: RilevazioneObblighi, nucleo: Utente, entra: Entra
) -> None:
    una = riga(griglia, "piano")
    inviati = {
        "visto": "0", f"{una.pk}-pubblicazione": "2", f"{una.pk}-uffici": "na",
        f"{una.pk}-nota": "Letto il 31 maggio",
    }  # fmt: skip
    indirizzo = reverse("attestazione_punteggi", args=[griglia.pk])
    assert entra(nucleo).post(indirizzo, inviati).status_code == 302
    una.refresh_from_db()
    assert (una.pubblicazione, una.uffici, una.senza_uffici) == (2, None, True)
    assert una.mancano == ["completezza del contenuto", "aggiornamento", "apertura del formato"]
    evento = Evento.objects.get(tipo="attestazione.punteggi")
    assert list(evento.dati) == [str(una.obbligo)]


def test_cio_che_non_e_pubblicato_ha_zero_in_tutto(
    griglia: RilevazioneObblighi, nucleo: Utente, entra: Entra
) -> None:
    una = riga(griglia, "piano")
    inviati = {"visto": "0", f"{una.pk}-pubblicazione": "0", f"{una.pk}-formato": "3"}
    risposta = entra(nucleo).post(reverse("attestazione_punteggi", args=[griglia.pk]), inviati)
    assert risposta.status_code == 200
    assert "Ciò che non è pubblicato ha zero anche qui." in risposta.content.decode()
    una.refresh_from_db()
    assert (una.pubblicazione, una.formato) == (None, None)


@pytest.mark.parametrize(("campo", "valore"), [("pubblicazione", 3), ("formato", 4)])
def test_fuori_dalla_scala_non_si_scrive(
    griglia: RilevazioneObblighi, nucleo: Utente, campo: str, valore: int
) -> None:
    una = riga(griglia, "piano")
    with pytest.raises(ValidationError) as errore:
        azioni.scrivi_punteggi(griglia, righe={una.pk: {campo: valore}}, visto=0, da=nucleo)
    assert set(errore.value.message_dict) == {f"{una.pk}-{campo}"}


def test_chi_salva_per_secondo_lo_sa(griglia: RilevazioneObblighi, nucleo: Utente) -> None:
    azioni.scrivi_punteggi(griglia, righe=piena(griglia), visto=0, da=nucleo)
    with pytest.raises(ValidationError, match="qualcun altro ha salvato"):
        azioni.scrivi_punteggi(griglia, righe=piena(griglia, formato=1), visto=0, da=nucleo)


def test_gli_altri_non_leggono_i_punteggi_finche_e_aperta(
    griglia: RilevazioneObblighi, nucleo: Utente, rpct: Utente, entra: Entra
) -> None:
    azioni.scrivi_punteggi(griglia, righe=piena(griglia, nota="segreta"), visto=0, da=nucleo)
    testo = entra(rpct).get(griglia.get_absolute_url()).content.decode()
    assert "Il Nucleo la sta compilando" in testo
    assert "segreta" not in testo


# --- l'elenco cambia ----------------------------------------------------------------------------


def test_un_obbligo_che_non_si_applica_piu_esce_dalla_griglia(
    azienda: Azienda, griglia: RilevazioneObblighi, nucleo: Utente
) -> None:
    compila(griglia, nucleo)
    dichiara_non_applicabile(azienda, obbligo("criteri"), motivo="Non ne dà.", da=None)
    griglia.refresh_from_db()
    assert azioni.mancano(griglia) == [
        "Gli obblighi che si applicano sono cambiati: aggiorna l'elenco."
    ]
    azioni.allinea(griglia, da=nucleo)
    assert not griglia.punteggi.filter(obbligo__codice="criteri").exists()
    riprendi(azienda, obbligo("criteri"), da=None)
    azioni.allinea(griglia, da=nucleo)
    assert len(riga(griglia, "criteri").mancano) == 5


# --- chiudere, correggere, pubblicare -----------------------------------------------------------


def test_non_si_chiude_se_manca_qualcosa(griglia: RilevazioneObblighi, nucleo: Utente) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni.chiudi(griglia, da=nucleo)
    assert "Scheda di sintesi: procedure e modalità seguite." in errore.value.messages
    griglia.refresh_from_db()
    assert griglia.aperta


def test_chiusa_diventa_una_versione_con_griglia_sintesi_e_attestazione(
    griglia: RilevazioneObblighi, nucleo: Utente
) -> None:
    una = riga(griglia, "piano")
    compila(griglia, nucleo)
    PunteggioObbligo.objects.filter(pk=una.pk).update(uffici=None, senza_uffici=True, formato=2)
    documento = azioni.chiudi(griglia, da=nucleo)
    assert (documento.versione, documento.pubblicato_il) == (1, None)
    parti = {una["titolo"]: una for una in documento.fotografia["parti"]}
    tabella = parti["Griglia di rilevazione"]["tabella"]
    assert [colonna["chiave"] for colonna in tabella["colonne"]] == [
        "sottosezione_1", "sottosezione_2", "norma", "obbligo", "contenuto", "tempo",
        "pubblicazione", "completezza", "uffici", "aggiornamento", "formato", "note",
    ]  # fmt: skip
    del_piano = next(riga for riga in tabella["righe"] if riga[3] == "Piano della Performance")
    assert del_piano[6:11] == [2, 3, "n/a", 3, 2]
    quanti = len(tabella["righe"])
    sintesi = {riga[0]: riga[1:5] for riga in parti["Sintesi dei punteggi"]["tabella"]["righe"]}
    assert sintesi["Pubblicazione"] == [quanti, quanti * 2, quanti * 2, 100]
    assert sintesi["Completezza rispetto agli uffici"][0] == quanti - 1
    assert sintesi["Apertura del formato"][1] == quanti * 3 - 1
    frasi = parti["Documento di attestazione"]["elenco"]
    assert len(frasi) == 4
    assert "usa filtri o altri accorgimenti" in frasi[2]
    assert parti["Aspetti critici riscontrati"]["paragrafi"] == ["Nessuno."]


def test_la_fotografia_ha_la_forma_dello_schema_pubblicato(griglia: RilevazioneObblighi) -> None:
    dichiara_non_applicabile(griglia.azienda, obbligo("criteri"), motivo="Niente.", da=None)
    foto = rende_json(fotografa(griglia, versione=1, giorno=GIORNO))
    jsonschema.validate(json.loads(foto), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_cio_che_non_si_applica_e_detto_nel_documento(
    azienda: Azienda, griglia: RilevazioneObblighi
) -> None:
    dichiara_non_applicabile(azienda, obbligo("concessioni"), motivo="Non ne dà.", da=None)
    foto = fotografa(griglia, versione=1, giorno=GIORNO)
    parti = {una["titolo"]: una for una in foto["parti"]}
    righe = parti["Obblighi che non si applicano"]["tabella"]["righe"]
    assert righe == [["Atti di concessione", "Non ne dà."]]


def test_la_pubblica_chi_pubblica_e_si_legge_con_l_etichetta_della_legge(
    griglia: RilevazioneObblighi, nucleo: Utente, rpct: Utente, entra: Entra, client: Client
) -> None:
    compila(griglia, nucleo)
    azioni.chiudi(griglia, da=nucleo)
    with pytest.raises(PermissionDenied):
        azioni.pubblica(griglia, da=nucleo)
    assert entra(rpct).post(reverse("attestazione_pubblica", args=[griglia.pk])).status_code == 302
    client.logout()
    codice = griglia.azienda.codice
    pagina = client.get(reverse("at_azienda", args=[codice])).content.decode()
    etichetta = (
        "Attestazione dell&#x27;OIV o di altra struttura analoga nell&#x27;assolvimento degli "
        "obblighi di pubblicazione"
    )
    assert f">{etichetta}</a>" in pagina
    documento = DocumentoEnte.objects.get()
    assert documento.pubblicato_il == timezone.localdate()
    testo = client.get(documento.get_absolute_url()).content.decode()
    assert "Griglia di rilevazione" in testo


def test_si_corregge_con_una_versione_nuova_che_dice_perche(
    griglia: RilevazioneObblighi, nucleo: Utente, rpct: Utente
) -> None:
    compila(griglia, nucleo)
    azioni.chiudi(griglia, da=nucleo)
    prima = azioni.pubblica(griglia, da=rpct)
    with pytest.raises(ValidationError, match="che cosa si corregge"):
        azioni.correggi(griglia, motivo=" ", da=nucleo)
    azioni.correggi(griglia, motivo="Un formato letto male", da=nucleo)
    griglia.refresh_from_db()
    azioni.scrivi_punteggi(
        griglia, righe={riga(griglia, "piano").pk: {"formato": 1}}, visto=griglia.modifiche,
        da=nucleo,
    )  # fmt: skip
    seconda = azioni.chiudi(griglia, da=nucleo)
    assert (seconda.versione, seconda.motivo) == (2, "Un formato letto male")
    prima.refresh_from_db()
    assert prima.sostituito_da is None
    azioni.pubblica(griglia, da=rpct)
    prima.refresh_from_db()
    assert prima.sostituito_da == seconda


def test_chiusa_non_si_scrive(griglia: RilevazioneObblighi, nucleo: Utente) -> None:
    compila(griglia, nucleo)
    azioni.chiudi(griglia, da=nucleo)
    griglia.refresh_from_db()
    with pytest.raises(ValidationError, match="si può fare solo quando"):
        azioni.scrivi_punteggi(griglia, righe={}, visto=griglia.modifiche, da=nucleo)
    with pytest.raises(ValidationError):
        azioni.chiudi(griglia, da=nucleo)


# --- la home, le pagine -------------------------------------------------------------------------


def test_ciascuno_trova_nella_home_cio_che_gli_tocca(
    griglia: RilevazioneObblighi, nucleo: Utente, rpct: Utente
) -> None:
    compila(griglia, nucleo)
    assert [cosa.titolo for cosa in bacheca.cose_da_fare(nucleo)] == [
        "Da completare: Griglia di rilevazione al 31/05/2023"
    ]
    assert list(bacheca.cose_da_fare(rpct)) == []
    azioni.chiudi(griglia, da=nucleo)
    assert list(bacheca.cose_da_fare(nucleo)) == []
    assert [cosa.titolo for cosa in bacheca.cose_da_fare(rpct)] == [
        "Da pubblicare: Griglia di rilevazione al 31/05/2023"
    ]
    azioni.pubblica(griglia, da=rpct)
    assert list(bacheca.cose_da_fare(rpct)) == []


def test_dalla_pagina_la_apre_e_la_chiude_il_nucleo(
    azienda: Azienda, nucleo: Utente, rpct: Utente, entra: Entra
) -> None:
    client, nuova = entra(nucleo), reverse("attestazione_nuova")
    inviati = {
        "azienda": azienda.codice, "anno": "2023", "riferimento": "2023-05-31",
        "organismo": "Nucleo di valutazione",
    }  # fmt: skip
    assert client.post(nuova, inviati).status_code == 302
    griglia = RilevazioneObblighi.objects.get()
    azioni.scrivi_punteggi(griglia, righe=piena(griglia), visto=0, da=nucleo)
    scheda = {
        "visto": "1", "organismo": "Nucleo di valutazione", "inizio": "2023-06-05",
        "fine": "2023-06-09", "estensione": "Tutti gli uffici.", "modalita": "Sul sito.",
        "criticita": "", "flussi": "si", "responsabili": "no", "senza_filtri": "si",
    }  # fmt: skip
    assert client.post(reverse("attestazione_scheda", args=[griglia.pk]), scheda).status_code == 302
    griglia.refresh_from_db()
    assert (griglia.flussi, griglia.responsabili) == (True, False)
    assert client.get(reverse("attestazione_anteprima", args=[griglia.pk])).status_code == 200
    assert client.post(reverse("attestazione_chiudi", args=[griglia.pk])).status_code == 302
    versione = reverse("attestazione_versione", args=[griglia.pk, 1])
    assert entra(rpct).get(versione).status_code == 200
    file = reverse("attestazione_file", args=[griglia.pk, 1, "csv/griglia.csv"])
    assert entra(rpct).get(file)["Cache-Control"] == "private, no-cache"
    assert entra(rpct).get(nuova).status_code == 403


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_costa_lo_stesso_con_una_o_con_tre(
    azienda: Azienda, nucleo: Utente, entra: Entra, django_assert_num_queries: Any, quante: int
) -> None:
    for mese in range(1, quante + 1):
        RilevazioneObblighi.objects.create(
            azienda=azienda, anno=2023, riferimento=date(2023, mese, 1), organismo="OIV"
        )
    client = entra(nucleo)
    client.get(reverse("attestazioni"))
    with django_assert_num_queries(5):
        client.get(reverse("attestazioni"))
