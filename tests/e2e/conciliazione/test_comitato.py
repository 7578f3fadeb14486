# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting of the Comitato in the browser: called, held, decided by a tie, put in writing."""

from typing import Any

import pytest
from playwright.sync_api import Page

from conciliazione.models import EdizioneConciliazione, Seduta, Verbale, Votazione
from piani.models import Ruolo, Utente
from tests.e2e.conciliazione import atti_comitato as atti
from tests.factories import PASSWORD, IncaricoFactory
from tests.factories_conciliazione import (
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    SeggioFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESITO = "Si approva la graduatoria?"


def entra(pagina: Page, sito: str, chi: Utente) -> None:
    pagina.set_default_timeout(20_000)
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(chi.username)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def test_una_seduta_dalla_convocazione_al_verbale(
    pagina: Page, live_server: Any, transactional_db: None
) -> None:
    sito = live_server.url
    edizione: EdizioneConciliazione = EdizioneConciliazioneFactory()
    ufficio = IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=edizione.azienda).utente
    seggi = [
        SeggioFactory(edizione=edizione, ordine=n, denominazione=nome, capofila=n == 1)
        for n, nome in enumerate(("ATS di prova", "Sindacato di prova", "Comune di prova"), 1)
    ]
    titolari = [ComponenteFactory(seggio=seggio).utente for seggio in seggi]
    ComponenteFactory(seggio=seggi[2], qualita="supplente")

    entra(pagina, sito, ufficio)
    seduta = atti.convocata(
        pagina, sito, edizione, oggetto="Valutazione dei progetti", punti=["Graduatoria", "Varie"]
    )
    atti.nel_suo_giorno(seduta)
    atti.aperta(pagina, sito, seduta, {seggi[0]: "titolare", seggi[1]: "titolare"})
    atti.messa_ai_voti(pagina, sito, seduta, "1. Graduatoria", QUESITO)
    for chi, voto in zip(titolari, ("Favorevole", "Contrario"), strict=False):
        entra(pagina, sito, chi)
        atti.votata(pagina, sito, QUESITO, voto)
    entra(pagina, sito, ufficio)
    atti.decisa(pagina, sito, seduta, "Parità: prevale il voto del capofila di Rete, favorevole.")
    atti.verbale_inviato(pagina, sito, seduta)
    entra(pagina, sito, titolari[1])
    atti.verbale_validato(pagina, sito, seduta)
    entra(pagina, sito, ufficio)
    atti.verbale_definitivo(pagina, sito, seduta)
    assert Votazione.objects.get().esito == "approvata"
    assert Seduta.objects.get().stato == Seduta.Stato.CHIUSA
    assert Verbale.objects.get().stato == Verbale.Stato.VALIDATO
