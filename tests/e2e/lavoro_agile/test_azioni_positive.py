# SPDX-License-Identifier: AGPL-3.0-or-later
"""The CUG writes what was done of an action and reports of the year; the Nucleo reads it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from piani.azioni_positive.trasmissione import trasmetti
from piani.models import AzionePositiva, Piano, RelazioneCUG, Ruolo
from tests.e2e.conciliazione.passi import entra
from tests.e2e.occhi import STRETTA, senza_scorrimento
from tests.factories import IncaricoFactory
from tests.factories_lavoro_agile import (
    AreaPositivaFactory,
    AzionePositivaFactory,
    PersonaleGenereFactory,
    PianoPositivoFactory,
    RelazioneCUGFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def azione(transactional_db: None) -> AzionePositiva:
    """An action of an adopted plan, and a staff with a small group."""
    piano = PianoPositivoFactory(titolo="Piano delle azioni positive di prova")
    for ruolo, donne, uomini in (("Sanitario", 60, 17), ("Amministrativo", 41, 3)):
        PersonaleGenereFactory(
            azienda=piano.azienda, anno=2022, ruolo=ruolo, femmine=donne, maschi=uomini
        )
    area = AreaPositivaFactory(piano=piano, ordine=1)
    return AzionePositivaFactory(area=area, ordine=1, indicatore="Indagini fatte", atteso="una")


def test_dal_monitoraggio_alla_relazione_del_cug(
    pagina: Page, live_server: Any, azione: AzionePositiva,
    accessibile: Callable[[], None], scatta: Callable[..., None],
) -> None:  # fmt: skip
    azienda, sito = azione.azienda, live_server.url
    entra(pagina, sito, IncaricoFactory(ruolo=Ruolo.CUG, azienda=azienda).utente)
    pagina.goto(sito + reverse("azioni_positive"))
    accessibile()
    pagina.get_by_role("link", name="Piano delle azioni positive di prova").click()
    accessibile()
    pagina.get_by_role("link", name="2022", exact=True).click()
    pagina.get_by_role("link", name="Scrivi Indagine sul benessere").click()
    pagina.get_by_label("stato").first.select_option("realizzata")
    pagina.get_by_label("Che cosa si è fatto").fill("Indagine a ottobre, 812 risposte.")
    accessibile()
    pagina.get_by_role("button", name="Salva il monitoraggio").click()
    expect(pagina.get_by_text("Azioni realizzate: 1 su 1 previste: 100,00 %")).to_be_visible()
    pagina.set_viewport_size(STRETTA)
    accessibile()
    senza_scorrimento(pagina)
    scatta("azioni-positive-anno", full_page=True)

    pagina.goto(sito + reverse("cug_nuova"))
    pagina.get_by_label("Anno di cui riferisce").fill("2022")
    pagina.get_by_role("button", name="Comincia").click()
    pagina.get_by_role("link", name="Scrivi", exact=True).click()
    for campo in pagina.locator("textarea").all():
        campo.fill("Scritto dal Comitato per la prova.")
    pagina.get_by_role("button", name="Salva la relazione").click()
    pagina.get_by_role("link", name="Trasmetti").click()
    pagina.get_by_role("button", name="Trasmetti la relazione").click()
    expect(pagina.get_by_role("heading", name="Le cifre trasmesse")).to_be_visible()
    accessibile()
    senza_scorrimento(pagina)
    indirizzo = pagina.url
    scatta("relazione-cug", full_page=True)
    pagina.get_by_role("link", name="Versione 1", exact=True).click()
    expect(pagina.get_by_role("heading", name="Relazione del CUG 2022", level=1)).to_be_visible()
    expect(pagina.get_by_role("row", name="Amministrativo")).to_contain_text("non mostrato")
    accessibile()
    senza_scorrimento(pagina)
    documento = pagina.url
    for file, inizio in (("documento.pdf", b"%PDF-1.7"), ("documento.json", b"{")):
        scaricato = pagina.request.get(documento + file)
        assert (scaricato.status, scaricato.body()[: len(inizio)]) == (200, inizio)

    pagina.context.clear_cookies()
    entra(pagina, sito, IncaricoFactory(ruolo=Ruolo.NUCLEO, azienda=azienda).utente)
    pagina.goto(indirizzo)
    expect(pagina.get_by_text("Indagine a ottobre, 812 risposte.")).to_be_visible()
    expect(pagina.get_by_role("link", name="Trasmetti")).to_have_count(0)
    assert pagina.request.get(f"{documento}documento.pdf").status == 200
    pagina.goto(sito + reverse("positive_personale", args=[azienda.codice]))
    expect(pagina.get_by_role("row", name="Amministrativo")).not_to_contain_text("41")
    accessibile()


def test_il_cug_corregge_la_relazione_e_prepara_il_piano_degli_anni_dopo(
    pagina: Page, live_server: Any, azione: AzionePositiva, accessibile: Callable[[], None]
) -> None:
    azienda, sito = azione.azienda, live_server.url
    testi = dict.fromkeys(RelazioneCUG.PARTI, "Scritto per la prova.")
    relazione = RelazioneCUGFactory(azienda=azienda, anno=2022, piano=azione.piano, **testi)
    trasmetti(relazione, da=None)
    entra(pagina, sito, IncaricoFactory(ruolo=Ruolo.CUG, azienda=azienda).utente)
    pagina.goto(sito + reverse("cug_relazione", args=[relazione.pk]))
    pagina.get_by_role("link", name="Correggi").click()
    pagina.get_by_label("Che cosa si corregge, e perché").fill("Mancava lo sportello.")
    accessibile()
    pagina.get_by_role("button", name="Riapri").click()
    expect(pagina.get_by_text("In correzione")).to_be_visible()
    pagina.get_by_role("link", name="Anteprima del documento").click()
    accessibile()
    pagina.get_by_role("link", name="Torna alla relazione").click()
    pagina.get_by_role("link", name="Trasmetti").click()
    pagina.get_by_role("button", name="Trasmetti la relazione").click()
    expect(pagina.get_by_role("link", name="Versione 2", exact=True)).to_be_visible()
    expect(pagina.get_by_text("Mancava lo sportello.")).to_be_visible()

    pagina.goto(sito + reverse("positive_piano", args=[azione.piano.slug]))
    pagina.get_by_role("link", name="Prepara il piano degli anni dopo").click()
    pagina.get_by_text("Comincia la revisione per gli anni dopo").click()
    pagina.get_by_role("button", name="Comincia la revisione").click()
    nuovo = Piano.objects.get(scorrimento_di=azione.piano)
    pagina.goto(sito + reverse("positive_piano", args=[nuovo.slug]))
    expect(pagina.get_by_text("Dal piano di prima")).to_have_count(2)
    expect(pagina.get_by_text("2023–2025").first).to_be_visible()
    accessibile()
