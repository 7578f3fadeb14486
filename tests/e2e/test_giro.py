# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runs of many plans in the browser: chosen, followed, on a desk and on a telephone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from obiettivi import azioni
from obiettivi.azioni.massivo import blocchi
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA
from obiettivi.models import GiroDiCalcolo
from piani.models import Ruolo, Utente
from tests.e2e.occhi import senza_scorrimento
from tests.factories import (
    PASSWORD,
    AreaFactory,
    AziendaFactory,
    EdizioneFactory,
    IncaricoFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STRETTA = {"width": 375, "height": 800}
LARGA = {"width": 1280, "height": 900}


@pytest.fixture
def controllore(transactional_db: None) -> Utente:
    """Who governs four invented bodies, two plans each; one has bad rules, the last has none."""
    utente = UtenteFactory(username="carla.controllo", first_name="Carla", last_name="Controllo")
    for numero in range(4):
        azienda = AziendaFactory(nome=f"ASST inventata numero {numero + 1}")
        IncaricoFactory(utente=utente, azienda=azienda, ruolo=Ruolo.CONTROLLO_GESTIONE)
        if numero < 3:
            regole = come_dati(ORDINARIA) | ({"tetto": "-1"} if numero == 1 else {})
            EdizioneFactory(azienda=azienda, parametri=regole)
        for anno in (2021, 2022):
            piano = PianoFactory(
                azienda=azienda, titolo=f"Piano della performance {anno}-{anno + 2}",
                slug=f"p-{numero}-{anno}", anno_inizio=anno, anno_fine=anno + 2,
            )  # fmt: skip
            misura = MisuraFactory(obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)))
            TargetFactory(misura=misura, stampato="100%")
            RilevazioneFactory(indicatore=misura.indicatore, valore=50 + numero)
    return utente


def test_si_scelgono_i_piani_e_si_segue_il_giro(
    controllore: Utente,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill("carla.controllo")
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.get_by_role("link", name="Piani", exact=True).click()
    pagina.get_by_role("link", name="Calcola più piani").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Calcola più piani")
    piani = pagina.locator("#piani-scelti input[type=checkbox]")
    expect(piani).to_have_count(8)
    expect(pagina.locator("#piani-scelti input:checked")).to_have_count(8)
    accessibile()

    # Another year, another list: without a reload, and the address says it.
    pagina.get_by_label("Anno", exact=True).first.select_option("2024")
    expect(piani).to_have_count(4)
    expect(pagina).to_have_url(f"{sito}/calcoli/giri/?anno=2024")
    pagina.get_by_label("Anno", exact=True).first.select_option("2022")
    expect(piani).to_have_count(8)

    pagina.get_by_role("button", name="Nessuno").click()
    expect(pagina.locator("#piani-scelti input:checked")).to_have_count(0)
    pagina.get_by_role("button", name="Tutti").click()
    expect(pagina.locator("#piani-scelti input:checked")).to_have_count(8)
    pagina.get_by_label("1° trimestre").check()
    scatta("giri")
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    accessibile()
    pagina.set_viewport_size(LARGA)
    pagina.get_by_role("button", name="Calcola").click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Risultati dell'anno 2022")
    expect(pagina.get_by_text("0 di 12 finiti")).to_be_visible()
    accessibile()

    # The page follows the workers by itself.
    giro = GiroDiCalcolo.objects.get()
    for blocco in blocchi(giro.calcoli.all()):
        azioni.esegui_blocco(blocco)
    expect(pagina.get_by_text("12 di 12 finiti")).to_be_visible(timeout=15_000)
    expect(pagina.locator("tbody tr").first).to_contain_text("tetto: deve superare")
    expect(pagina.locator("tbody tr")).to_have_count(12)
    expect(pagina.get_by_text("Mancano le regole di misurazione del 2022.")).to_have_count(2)
    accessibile()
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    accessibile()
    pagina.set_viewport_size(LARGA)
    scatta("giro")

    # The inbox says it too, once.
    pagina.goto(f"{sito}/")
    pagina.get_by_role("link", name="4 calcoli non riusciti").click()
    expect(pagina).to_have_url(f"{sito}{giro.get_absolute_url()}")
    pagina.goto(f"{sito}/calcoli/giri/")
    expect(pagina.get_by_text("12 di 12 finiti, 4 non riusciti")).to_be_visible()
