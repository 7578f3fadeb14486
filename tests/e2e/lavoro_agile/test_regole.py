# SPDX-License-Identifier: AGPL-3.0-or-later
"""The risorse umane copy the regulation of before, change its rules, put it in force."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lavoro_agile.models import EdizioneLavoroAgile
from piani.models import Ruolo
from tests.e2e.conciliazione.passi import entra
from tests.e2e.occhi import STRETTA, senza_scorrimento
from tests.factories import IncaricoFactory
from tests.factories_lavoro_agile import EdizioneAgileFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_dalla_copia_al_regolamento_in_vigore(
    pagina: Page, live_server: Any, accessibile: Callable[[], None], scatta: Callable[..., None]
) -> None:
    prima = EdizioneAgileFactory(stato="chiusa", nome="Regolamento di prima")
    sito = str(live_server.url)
    entra(pagina, sito, IncaricoFactory(ruolo=Ruolo.RISORSE_UMANE, azienda=prima.azienda).utente)
    pagina.goto(sito + reverse("lavoro_agile_azienda", args=[prima.azienda.codice]))
    pagina.get_by_role("link", name="Nuova edizione").click()
    expect(pagina.get_by_label("Da quali regole cominciare")).to_have_value(f"e:{prima.slug}")
    pagina.get_by_label("Nome").fill("Regolamento nuovo")
    accessibile()
    pagina.get_by_role("button", name="Comincia l'edizione").click()
    expect(pagina.locator("main")).to_contain_text("Non manca niente.")
    accessibile()
    scatta("lavoro-agile-edizione", full_page=True)

    pagina.get_by_role("link", name="Cambia giorni e durata").click()
    expect(pagina.locator("main")).to_contain_text("In «Regolamento di prima (2021–2023)»: 6")
    pagina.get_by_label("Giorni al mese, al massimo").fill("40")
    pagina.get_by_role("button", name="Salva questa sezione").click()
    expect(pagina.get_by_text("Va da 1 a 31.").last).to_be_visible()
    accessibile()
    scatta("lavoro-agile-regole-giorni", full_page=True)
    pagina.get_by_label("Giorni al mese, al massimo").fill("8")
    pagina.get_by_role("button", name="Salva questa sezione").click()
    expect(pagina.get_by_text("Regole salvate: Giorni e durata.")).to_be_visible()

    pagina.get_by_role("link", name="Cambia i motivi", exact=True).click()
    accessibile()
    nuova = pagina.get_by_role("group", name="Nuova riga").first
    nuova.get_by_label("Nome").fill("Rientro da un'assenza lunga")
    nuova.get_by_label("Priorità").fill("6")
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    scatta("lavoro-agile-regole-motivi-stretta", full_page=True)
    pagina.get_by_role("button", name="Salva questa sezione").click()
    expect(pagina.get_by_role("row", name="Rientro da un'assenza lunga")).to_be_visible()
    senza_scorrimento(pagina)
    scatta("lavoro-agile-edizione-stretta", full_page=True)
    for sezione in ("chi", "tranche", "termini", "riservatezza"):
        slug = EdizioneLavoroAgile.objects.get(nome="Regolamento nuovo").slug
        pagina.goto(sito + reverse("lavoro_agile_regole", args=[slug, sezione]))
        accessibile()
        senza_scorrimento(pagina)
    pagina.goto(sito + reverse("lavoro_agile_edizione", args=[slug]))
    pagina.get_by_role("button", name="Metti in vigore").click()
    expect(pagina.get_by_text("L'edizione è in vigore.")).to_be_visible()
    expect(pagina.get_by_role("link", name="Cambia giorni e durata")).to_have_count(0)
    nuova_edizione = EdizioneLavoroAgile.objects.in_vigore().get()
    assert nuova_edizione.regole.giorni_mese.valore == 8
