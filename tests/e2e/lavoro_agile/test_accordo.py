# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole story of an agreement: mapped, asked, answered, admitted, written, signed, printed,
communicated, left.
"""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from lavoro_agile.models import (
    AccordoIndividuale,
    BandoLavoroAgile,
    DomandaLavoroAgile,
    MappaturaAttivita,
)
from piani.models import Ruolo, UnitaOrganizzativa, Utente
from tests.e2e.conciliazione.passi import entra
from tests.e2e.lavoro_agile import atti
from tests.e2e.occhi import STRETTA, senza_scorrimento
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.factories_lavoro_agile import BandoAgileFactory, TrancheFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bando(transactional_db: None) -> BandoLavoroAgile:
    bando = BandoAgileFactory()
    TrancheFactory(bando=bando, ordine=1, posti=2)
    return bando


@pytest.fixture
def unita(bando: BandoLavoroAgile) -> UnitaOrganizzativa:
    organigramma = OrganigrammaFactory(azienda=bando.azienda, valido_dal=date(2020, 1, 1))
    return UnitaFactory(organigramma=organigramma, nome="Ufficio protocollo")


def test_dalla_mappatura_alla_cessazione(
    pagina: Page, live_server: Any, bando: BandoLavoroAgile, unita: UnitaOrganizzativa,
    accessibile: Callable[[], None], scatta: Callable[..., None],
) -> None:  # fmt: skip
    azienda, sito = bando.azienda, str(live_server.url)

    def di(ruolo: Ruolo, **altro: Any) -> Utente:
        return IncaricoFactory(ruolo=ruolo, azienda=azienda, **altro).utente

    def apri(chi: Utente, nome: str, *chiavi: Any) -> None:
        entra(pagina, sito, chi)
        pagina.goto(sito + reverse(nome, args=chiavi))

    def esamina(nome: str) -> None:
        accessibile()
        pagina.set_viewport_size(STRETTA)
        senza_scorrimento(pagina)
        scatta(f"{nome}-stretta", full_page=True)
        pagina.set_viewport_size({"width": 1280, "height": 900})
        scatta(nome, full_page=True)

    ufficio, persona = di(Ruolo.RISORSE_UMANE), di(Ruolo.DIPENDENTE, unita=unita)
    capo = di(Ruolo.RESPONSABILE_CDR, unita=unita)

    # The head says what can be done away from the office.
    apri(ufficio, "lavoro_agile_mappatura", azienda.codice)
    atti.prepara_la_mappatura(pagina)
    pagina.get_by_role("button", name="Prepara").click()
    pagina.get_by_role("button", name="Apri la mappatura").click()
    entra(pagina, sito, capo)
    pagina.get_by_role("link", name="Mappa le attività: «Ufficio protocollo»").click()
    atti.scrive_attivita_e_persone(pagina)
    atti.scrive_il_resto(pagina)
    pagina.get_by_role("button", name="Trasmetti").click()
    expect(pagina.get_by_text("Scheda trasmessa")).to_be_visible()
    assert MappaturaAttivita.objects.get().attivita.get().esito == "si"

    # The person asks, the head answers, the risorse umane admit.
    apri(persona, "agile_bando", bando.pk)
    atti.scrive_la_domanda(pagina)
    atti.presenta_la_domanda(pagina)
    domanda = DomandaLavoroAgile.objects.get()
    apri(capo, "agile_domanda", domanda.pk)
    atti.tiene_il_colloquio(pagina)
    atti.da_parere_favorevole(pagina)
    apri(ufficio, "agile_bando_ammissione", bando.pk)
    atti.ammette(pagina)

    # The agreement is written, proposed, signed by both.
    entra(pagina, sito, ufficio)
    pagina.get_by_role("link", name="1 domanda ammessa aspetta l'accordo").click()
    atti.scrive_l_accordo(pagina)
    accessibile()
    atti.propone_l_accordo(pagina)
    accordo = AccordoIndividuale.objects.get()
    entra(pagina, sito, persona)
    pagina.get_by_role("link", name="Firma il tuo accordo").click()
    esamina("lavoro-agile-accordo")
    pagina.get_by_role("button", name="Firma l'accordo").click()
    entra(pagina, sito, capo)
    pagina.get_by_role("link", name="Firma per l'azienda l'accordo").click()
    expect(pagina.locator("main")).not_to_contain_text("Stato di salute")
    pagina.get_by_role("button", name="Firma per l'azienda").click()
    accordo.refresh_from_db()
    assert accordo.stato == "sottoscritto"
    assert accordo.giorni_mese == 6

    # It is printed; that it began is communicated.
    stampato = pagina.request.get(sito + reverse("agile_accordo_pdf", args=[accordo.pk]))
    testo = "".join(foglio.extract_text() for foglio in PdfReader(BytesIO(stampato.body())).pages)
    assert "Dieci pratiche alla settimana." in testo
    assert str(persona) in testo
    entra(pagina, sito, ufficio)
    pagina.get_by_role("link", name="1 accordo da comunicare al Ministero").click()
    pagina.get_by_role("button", name="Segna come comunicati").click()
    expect(pagina.get_by_text("Accordi segnati")).to_be_visible()

    # The person leaves it; that it ended is communicated too.
    apri(persona, "agile_accordo", accordo.pk)
    atti.recede_per_giustificato_motivo(pagina)
    apri(capo, "agile_accordo", accordo.pk)
    expect(pagina.locator("main")).to_contain_text("Recede la persona")
    expect(pagina.locator("main")).not_to_contain_text("Mi trasferisco")
    entra(pagina, sito, ufficio)
    pagina.get_by_role("link", name="1 cessazione anticipata da comunicare").click()
    esamina("lavoro-agile-comunicazione")
    pagina.get_by_role("button", name="Segna le cessazioni come comunicate").click()
    expect(pagina.get_by_text("Nessuna cessazione da comunicare")).to_be_visible()
    apri(ufficio, "agile_accordo", accordo.pk)
    expect(pagina.locator("main")).to_contain_text("Cessazione comunicata al Ministero")
