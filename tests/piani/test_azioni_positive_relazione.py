# SPDX-License-Identifier: AGPL-3.0-or-later
"""The CUG's report as a document: frozen when sent, printed, corrected in a new version."""

import csv
import hashlib
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from piani import stampa, tasks
from piani.azioni_positive import relazione as scrittura
from piani.azioni_positive import trasmissione
from piani.azioni_positive.documento import fotografa
from piani.models import Azienda, Evento, Piano, RelazioneCUG, Ruolo, Utente, VersioneRelazioneCUG
from tests.factories_lavoro_agile import (
    AreaPositivaFactory,
    AzionePositivaFactory,
    MonitoraggioAzioneFactory,
    PersonaleGenereFactory,
    PianoPositivoFactory,
    RelazioneCUGFactory,
)
from tests.stampe.veloce import fallimenti

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
SCHEMA = Path(__file__).parents[2] / "static" / "schemi" / "relazione-cug-1.schema.json"
TESTI = {parte: f"Parte «{parte}».\n\nScritta <dal> CUG." for parte in RelazioneCUG.PARTI}


@pytest.fixture
def cug(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.CUG)


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    piano = PianoPositivoFactory(azienda=azienda, titolo="PAP di prova")
    azione = AzionePositivaFactory(area=AreaPositivaFactory(piano=piano), titolo="Sportello")
    MonitoraggioAzioneFactory(azione=azione, stato="realizzata", percentuale=100, fatto="Aperto.")
    contati = (("Sanitario", 60, 17), ("Amministrativo", 41, 3))
    for ordine, (ruolo, donne, uomini) in enumerate(contati, start=1):
        PersonaleGenereFactory(
            azienda=azienda, anno=2022, ordine=ordine, ruolo=ruolo, femmine=donne, maschi=uomini
        )
    return piano


@pytest.fixture
def relazione(azienda: Azienda, piano: Piano) -> RelazioneCUG:
    return RelazioneCUGFactory(azienda=azienda, anno=2022, piano=piano, **TESTI)


def indirizzo(versione: VersioneRelazioneCUG, nome: str = "") -> str:
    base = reverse("cug_versione", args=[versione.relazione_id, versione.numero])
    return base + nome


# --- fermata quando si trasmette ----------------------------------------------------------------


def test_chi_trasmette_ferma_una_versione_con_la_sua_impronta(
    cug: Utente, relazione: RelazioneCUG
) -> None:
    versione = trasmissione.trasmetti(relazione, da=cug)
    assert (versione.numero, versione.motivo, versione.trasmessa_da) == (1, "", cug)
    assert versione.trasmessa_il == timezone.localdate()
    assert versione.sha256_contenuto == hashlib.sha256(versione.contenuto.encode()).hexdigest()
    evento = Evento.objects.get(tipo="relazione_cug.trasmessa")
    assert evento.dati == {"versione": 1, "sha256": versione.sha256_contenuto}


def test_la_fotografia_e_quella_dello_schema_e_tace_i_gruppi_piccoli(
    relazione: RelazioneCUG,
) -> None:
    foto = fotografa(relazione, versione=1, giorno=timezone.localdate())
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert [e.message for e in schema.iter_errors(json.loads(stampa.rende_json(foto)))] == []
    assert foto["azioni"]["voci"][0]["azione"] == "Sportello"
    assert [r["maschi"] for r in foto["personale"]["righe"]] == [None, None]
    assert foto["sezioni"][0]["html"].endswith("<p>Scritta &lt;dal&gt; CUG.</p>")


def test_una_relazione_senza_piano_e_senza_personale_lo_dice(azienda: Azienda) -> None:
    sola = RelazioneCUGFactory(azienda=azienda, anno=2019, **TESTI)
    foto = fotografa(sola, versione=1, giorno=timezone.localdate())
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert [e.message for e in schema.iter_errors(json.loads(stampa.rende_json(foto)))] == []
    testo = stampa.rende_html(foto)
    assert "Il personale di quell’anno non è stato contato." in testo
    assert "In quell’anno non c’era un piano delle azioni positive." in testo
    assert stampa.rende_csv(foto)["personale.csv"] == b"anno,area,ruolo,donne,uomini,totale\n"


def test_il_pdf_e_accessibile_da_archiviare_e_conservato_una_volta(
    cug: Utente, relazione: RelazioneCUG, settings: Any
) -> None:
    versione = trasmissione.trasmetti(relazione, da=cug)
    assert not versione.file
    tasks.stampa_relazione_cug(versione.pk)
    versione.refresh_from_db()
    with versione.file.open("rb") as aperto:
        contenuto = aperto.read()
    assert versione.sha256_pdf == hashlib.sha256(contenuto).hexdigest()
    assert stampa.rende_pdf(versione.fotografia).contenuto == contenuto
    assert b"<pdfuaid:part>1</pdfuaid:part>" in contenuto
    assert b'pdfaid:part="2"' in contenuto
    assert fallimenti(contenuto) == {"ua1": set(), "2a": set()}
    letto = PdfReader(BytesIO(contenuto))
    assert versione.pagine == len(letto.pages)
    testo = " ".join(" ".join(pagina.extract_text() for pagina in letto.pages).split())
    assert "Relazione del CUG 2022" in testo
    assert "Amministrativo non mostrato non mostrato 44" in testo
    assert "realizzata, pari al 100,00 %" in testo
    assert trasmissione.stampa(versione) is False
    assert list(VersioneRelazioneCUG.objects.da_stampare()) == []


def test_cio_che_aspetta_la_stampa_si_riprende(
    cug: Utente, relazione: RelazioneCUG, monkeypatch: pytest.MonkeyPatch
) -> None:
    versione = trasmissione.trasmetti(relazione, da=cug)
    VersioneRelazioneCUG.objects.update(creata_il=timezone.now() - timezone.timedelta(hours=1))
    mandate: list[int] = []
    monkeypatch.setattr(tasks.stampa_relazione_cug, "delay", mandate.append)
    assert tasks.riprendi_stampe() == 1
    assert mandate == [versione.pk]


# --- pagina e file ------------------------------------------------------------------------------


def test_la_pagina_della_versione_e_i_suoi_file(
    incaricato: Persona, cug: Utente, relazione: RelazioneCUG, entra: Entra
) -> None:
    versione = trasmissione.trasmetti(relazione, da=cug)
    Piano.objects.update(titolo="Cambiato dopo")
    client = entra(incaricato(Ruolo.NUCLEO))
    testo = client.get(indirizzo(versione)).getvalue().decode()
    assert "PAP di prova" in testo
    assert "Cambiato dopo" not in testo
    assert versione.sha256_contenuto in testo
    dati = client.get(indirizzo(versione, "documento.json"))
    assert (dati["Content-Type"], dati.getvalue().decode()) == (
        "application/json", versione.contenuto,
    )  # fmt: skip
    foglio = client.get(indirizzo(versione, "csv/personale.csv")).getvalue().decode()
    assert list(csv.reader(StringIO(foglio)))[1:] == [
        ["2022", "", "Sanitario", "•", "•", "77"],
        ["2022", "", "Amministrativo", "•", "•", "44"],
        ["2022", "", "Totale", "101", "20", "121"],
    ]
    pdf = client.get(indirizzo(versione, "documento.pdf"))
    assert pdf.getvalue().startswith(b"%PDF")
    assert pdf["Cache-Control"] == "private, no-cache"
    for nome in ("csv/altro.csv", "personale.csv", "../segreto", "documento.html"):
        assert client.get(indirizzo(versione, nome)).status_code == 404


def test_le_letture_della_pagina_non_crescono_con_le_versioni(
    cug: Utente, relazione: RelazioneCUG, entra: Entra
) -> None:
    client, url = entra(cug), reverse("cug_relazione", args=[relazione.pk])
    conti = []
    for giro in range(3):
        trasmissione.trasmetti(relazione, da=cug)
        client.get(url)
        with CaptureQueriesContext(connection) as lette:
            client.get(url)
        conti.append(len(lette))
        if giro < 2:
            trasmissione.riapri(relazione, motivo="Un refuso.", da=cug)
    assert len(set(conti)) == 1


# --- si corregge --------------------------------------------------------------------------------


def test_una_correzione_e_una_nuova_versione_e_la_prima_resta(
    incaricato: Persona, cug: Utente, relazione: RelazioneCUG, entra: Entra
) -> None:
    prima = trasmissione.trasmetti(relazione, da=cug)
    nucleo = incaricato(Ruolo.NUCLEO)
    client = entra(cug)
    url = reverse("cug_correggi", args=[relazione.pk])
    vuoto = client.post(url, {"motivo": " "})
    assert vuoto.context["form"].errors.keys() == {"motivo"}
    client.post(url, {"motivo": "Mancava un'iniziativa."})
    relazione.refresh_from_db()
    assert (relazione.stato, relazione.trasmessa_il) == ("bozza", timezone.localdate())
    scrittura.scrivi(relazione, visto=0, da=cug, attivita="Testo nuovo, ancora da mandare.")
    casa = reverse("cug_relazione", args=[relazione.pk])
    visto = entra(nucleo).get(casa).content.decode()
    assert "Parte «attivita»." in visto
    assert "Testo nuovo" not in visto
    assert "Le cifre trasmesse" in visto
    assert "Testo nuovo" in entra(cug).get(casa).content.decode()
    seconda = trasmissione.trasmetti(relazione, da=cug)
    assert (seconda.numero, seconda.motivo) == (2, "Mancava un'iniziativa.")
    prima.refresh_from_db()
    assert "Testo nuovo" not in prima.contenuto
    vecchia = entra(nucleo).get(indirizzo(prima)).content.decode()
    assert "corretta da una dopo" in vecchia
    assert "Mancava un&#x27;iniziativa." in vecchia
    assert Evento.objects.get(tipo="relazione_cug.riaperta").dati == {
        "motivo": "Mancava un'iniziativa."
    }


def test_l_anteprima_e_di_chi_prepara_e_non_lascia_traccia(
    incaricato: Persona, cug: Utente, relazione: RelazioneCUG, entra: Entra
) -> None:
    url = reverse("cug_anteprima", args=[relazione.pk])
    assert "Parte «dati»." in entra(cug).get(url).content.decode()
    assert entra(incaricato(Ruolo.RISORSE_UMANE)).get(url).status_code == 200
    trasmissione.trasmetti(relazione, da=cug)
    assert entra(incaricato(Ruolo.DIREZIONE)).get(url).status_code == 404
    assert VersioneRelazioneCUG.objects.count() == 1


def test_una_relazione_trasmessa_senza_documento_lo_ha_quando_si_riapre(
    cug: Utente, azienda: Azienda
) -> None:
    """Sent before the product kept versions: its words and figures become the first."""
    vecchia = RelazioneCUGFactory(
        azienda=azienda, stato="trasmessa", trasmessa_il=timezone.localdate(), **TESTI
    )
    trasmissione.riapri(vecchia, motivo="Un errore.", da=cug)
    assert vecchia.versioni.get().fotografia["sezioni"][0]["testo"] == TESTI["dati"]


def test_solo_il_cug_corregge_e_solo_cio_che_e_trasmesso(
    incaricato: Persona, cug: Utente, relazione: RelazioneCUG
) -> None:
    with pytest.raises(ValidationError, match="solo quando è «Trasmessa»"):
        trasmissione.riapri(relazione, motivo="Perché sì.", da=cug)
    trasmissione.trasmetti(relazione, da=cug)
    with pytest.raises(PermissionDenied):
        trasmissione.riapri(relazione, motivo="No.", da=incaricato(Ruolo.RISORSE_UMANE))
    with pytest.raises(ValidationError) as errore:
        trasmissione.riapri(relazione, motivo=" ", da=cug)
    assert "motivo" in errore.value.message_dict
