# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the agreements: from an admitted request to two signatures, and who reads what."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from lavoro_agile.accordi.stampa import componi, fotografa, rende_pdf
from lavoro_agile.models import AccordoIndividuale, BandoLavoroAgile, EdizioneLavoroAgile
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    DomandaAgileFactory,
    RecessoFactory,
    TutelaFactory,
)

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]
OGGI = timezone.localdate()
SCRITTO = {
    "dal": OGGI.isoformat(), "al": "", "giorni_mese": "6", "giorni_settimana": "2",
    "prevalenza": "mensile", "mesi_prevalenza": "1", "obiettivi": "Pratiche concluse.",
    "misurazione": "Ogni mese.", "modalita": "Due giorni.", "rotazione": "A turno.",
    "disconnessione": "Dalle 19 alle 8.", "contatto_dalle": "09:00", "contatto_alle": "12:30",
    "contatto_nota": "", "strumenti": "Portatile.", "strumenti_aziendali": "on",
    "luogo": "domicilio", "riservatezza": "Rete protetta.", "controllo": "Sui risultati.",
    "arretrato": "", "informativa_il": OGGI.strftime("%d/%m/%Y"), "visto": "0",
}  # fmt: skip


@pytest.fixture
def fatto(
    edizione: EdizioneLavoroAgile, dipendente: Utente, unita: UnitaOrganizzativa
) -> AccordoIndividuale:
    return AccordoAgileFactory(
        edizione=edizione, persona=dipendente, unita=unita, obiettivi="Pratiche concluse."
    )


def vai(client: Client, nome: str, *argomenti: Any, **dati: Any) -> str:
    """Send a form and read the page where one arrives."""
    risposta = client.post(reverse(nome, args=argomenti), dati, follow=True)
    assert risposta.status_code == 200, nome
    return risposta.content.decode()


def leggi(client: Client, nome: str, *argomenti: Any) -> str:
    risposta = client.get(reverse(nome, args=argomenti))
    assert risposta.status_code == 200, nome
    return risposta.getvalue().decode()


def test_da_una_domanda_ammessa_alle_due_firme(
    azienda: Azienda, bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente,
    ufficio: Utente, capo: Utente, entra: Entra,
) -> None:  # fmt: skip
    domanda = DomandaAgileFactory(
        bando=bando, persona=dipendente, unita=unita, stato="ammessa", ammessa_il=OGGI,
        giorni_concessi=6,
    )  # fmt: skip
    client = entra(ufficio)
    assert "Domande ammesse senza accordo" in leggi(client, "lavoro_agile_accordi", azienda.codice)
    assert "Bozza preparata" in vai(client, "agile_domanda_accordo", domanda.pk)
    pk = AccordoIndividuale.objects.get().pk
    assert "Prima di proporlo" in leggi(client, "agile_accordo", pk)
    assert "Accordo salvato" in vai(client, "agile_accordo_modifica", pk, **SCRITTO)
    assert "Accordo proposto" in vai(client, "agile_accordo_proponi", pk)
    client = entra(dipendente)
    assert reverse("agile_accordo_firma", args=[pk]) in leggi(client, "agile_accordo", pk)
    assert "la tua firma è registrata" in vai(client, "agile_accordo_firma", pk, visto="1")
    client = entra(capo)
    assert "Firma dell" in vai(client, "agile_accordo_firma_azienda", pk, visto="1")
    fatto = AccordoIndividuale.objects.get()
    assert (fatto.stato, fatto.firma_azienda_da) == ("sottoscritto", capo)
    assert fatto.contatto_alle is not None
    assert f"{fatto.contatto_alle:%H:%M}" == "12:30"


def test_un_accordo_lo_trovano_le_sue_parti_e_le_risorse_umane(
    azienda: Azienda, fatto: AccordoIndividuale, dipendente: Utente, ufficio: Utente,
    capo: Utente, con_incarico: Callable[..., Utente], entra: Entra,
) -> None:  # fmt: skip
    chi = fatto.chi
    for lettore in (dipendente, ufficio, capo):
        client = entra(lettore)
        assert chi in leggi(client, "lavoro_agile_accordi", azienda.codice)
        assert "Condizioni di legge" in leggi(client, "agile_accordo", fatto.pk)
    collega = con_incarico(Ruolo.DIPENDENTE)
    for ruolo_di in (collega, con_incarico(Ruolo.CUG), con_incarico(Ruolo.DIREZIONE)):
        client = entra(ruolo_di)
        pagina = leggi(client, "lavoro_agile_accordi", azienda.codice)
        assert "Nessun accordo da mostrarti" in pagina
        for nome in ("agile_accordo", "agile_accordo_pdf", "agile_accordo_recesso"):
            assert client.get(reverse(nome, args=[fatto.pk])).status_code == 404


def test_la_parte_riservata_la_leggono_la_persona_e_le_risorse_umane(
    fatto: AccordoIndividuale, dipendente: Utente, ufficio: Utente, capo: Utente, entra: Entra
) -> None:
    TutelaFactory(accordo=fatto, tipo="disabile")
    RecessoFactory(accordo=fatto, giustificato=True, motivo="Motivo segreto.")
    AccordoIndividuale.objects.update(stato="cessato", cessa_il=OGGI + timedelta(days=25))
    for lettore in (dipendente, ufficio):
        pagina = leggi(entra(lettore), "agile_accordo", fatto.pk)
        assert "Lavoratore disabile" in pagina
        assert "Motivo segreto." in pagina
    pagina = leggi(entra(capo), "agile_accordo", fatto.pk)
    assert "disabile" not in pagina
    assert "Motivo segreto." not in pagina
    assert "Comunicato il" not in pagina
    fatto.refresh_from_db()
    assert "disabile" not in componi(fotografa(fatto))


def test_una_tutela_si_scrive_e_si_toglie_dalla_pagina(
    fatto: AccordoIndividuale, ufficio: Utente, capo: Utente, entra: Entra
) -> None:
    dati = {"tutela-tipo": "fragile", "tutela-dal": OGGI.isoformat(), "tutela-giorni_mese": "9"}
    client = entra(ufficio)
    assert "fino a 9 giorni al mese" in vai(client, "agile_accordo_tutela", fatto.pk, **dati)
    assert "c&#x27;è già" in vai(client, "agile_accordo_tutela", fatto.pk, **dati)
    tutela = fatto.tutele.get()
    assert entra(capo).post(reverse("agile_tutela_togli", args=[tutela.pk])).status_code == 404
    assert "Tutela tolta" in vai(entra(ufficio), "agile_tutela_togli", tutela.pk)


def test_il_recesso_lo_scrive_chi_puo(
    fatto: AccordoIndividuale, dipendente: Utente, capo: Utente, entra: Entra
) -> None:
    indirizzo = reverse("agile_accordo_recesso", args=[fatto.pk])
    assert entra(capo).get(indirizzo).status_code == 403
    client = entra(dipendente)
    assert "si recede solo per giustificato" in client.get(indirizzo).content.decode()
    AccordoIndividuale.objects.update(al=None)
    minimo = (OGGI + timedelta(days=30)).strftime("%d/%m/%Y")
    assert minimo in client.get(indirizzo).content.decode()
    senza = client.post(indirizzo, {"giustificato": "on"}).content.decode()
    assert "Scrivi il giustificato motivo." in senza
    assert "Recesso registrato" in vai(client, "agile_accordo_recesso", fatto.pk)


def test_il_foglio_per_il_ministero_e_delle_risorse_umane(
    azienda: Azienda, fatto: AccordoIndividuale, ufficio: Utente, capo: Utente, entra: Entra
) -> None:
    TutelaFactory(accordo=fatto, tipo="disabile")
    assert entra(capo).get(reverse("agile_comunicazione", args=[azienda.codice])).status_code == 403
    client = entra(ufficio)
    assert "Scegli almeno un accordo." in vai(
        client, "agile_comunicazione", azienda.codice, giorno=OGGI.isoformat()
    )
    vai(
        client, "agile_comunicazione", azienda.codice, giorno=OGGI.isoformat(),
        accordi=str(fatto.pk),
    )  # fmt: skip
    foglio = leggi(client, "agile_comunicazione_csv", azienda.codice, OGGI.isoformat())
    testa, riga = foglio.strip().split("\r\n")
    assert testa.endswith("inizio;fine;durata;cessato dal;comunicazione")
    assert riga.split(";")[5:8] == [
        f"{fatto.dal:%d/%m/%Y}", f"{fatto.al:%d/%m/%Y}", "a termine",
    ]  # fmt: skip
    assert "disabile" not in foglio
    vuoto = leggi(client, "agile_comunicazione_csv", azienda.codice, "da-comunicare")
    assert vuoto.count("\r\n") == 1
    altro = reverse("agile_comunicazione_csv", args=[azienda.codice, "ieri"])
    assert client.get(altro).status_code == 404
    assert entra(capo).get(altro).status_code == 404


def test_il_pdf_dell_accordo_e_accessibile(fatto: AccordoIndividuale) -> None:
    pdf = rende_pdf(fatto)
    assert pdf.contenuto.startswith(b"%PDF-1.7")
    letto = PdfReader(BytesIO(pdf.contenuto))
    assert letto.trailer["/Root"]["/MarkInfo"]["/Marked"] is not None
    assert "/StructTreeRoot" in letto.trailer["/Root"]
    assert "Condizioni di legge" in "".join(pagina.extract_text() for pagina in letto.pages)
    pagina = componi(fotografa(fatto))
    assert f"Accordo individuale di lavoro agile n. {fatto.numero}" in pagina
    assert "6 giorni al mese, al massimo 2 alla settimana, la presenza prevale nel mese" in pagina
    TutelaFactory(accordo=fatto, giorni_mese=6)
    assert "la presenza prevale" not in componi(fotografa(fatto))
    assert fotografa(fatto)["recesso"].startswith("L'accordo è a termine: prima che finisca")
    fatto.al = None
    assert "con un preavviso di 30 giorni" in fotografa(fatto)["recesso"]


@pytest.mark.parametrize("quanti", [1, 3])
def test_l_elenco_costa_uguale(
    quanti: int, azienda: Azienda, edizione: EdizioneLavoroAgile, bando: BandoLavoroAgile,
    ufficio: Utente, entra: Entra, django_assert_num_queries: Any,
) -> None:  # fmt: skip
    AccordoAgileFactory.create_batch(quanti, edizione=edizione, al=OGGI + timedelta(days=9))
    DomandaAgileFactory.create_batch(quanti, bando=bando, stato="ammessa", ammessa_il=OGGI)
    client = entra(ufficio)
    leggi(client, "lavoro_agile_accordi", azienda.codice)
    with django_assert_num_queries(10):
        leggi(client, "lavoro_agile_accordi", azienda.codice)
