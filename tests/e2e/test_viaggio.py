# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journey of the controllo di gestione, from the login to the published document."""

import re
import subprocess
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.management import call_command
from playwright.sync_api import Page, expect

from config.celery import app
from obiettivi.models import Rilevazione
from piani.models import DocumentoPubblicato, Piano, Utente
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CREMONA = "asst-cremona-performance-2022-2024"


@pytest.fixture
def sito(transactional_db: None, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The site with the two plans loaded, computed and published, and a worker beside it."""
    settings.DATI = tmp_path
    call_command("avvia_dimostrazione", stdout=StringIO())
    for persona in Utente.objects.all():
        persona.set_password(PASSWORD)
        persona.save(update_fields=["password"])
    with start_worker(app, perform_ping_check=False, shutdown_timeout=60):
        yield str(live_server.url)
    app.control.purge()


def entra(pagina: Page, sito: str, nome: str) -> None:
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(nome)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()


def test_dal_login_al_documento_pubblicato(
    sito: str,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
    tmp_path: Path,
) -> None:
    pagina.goto(sito)
    accessibile()

    entra(pagina, sito, "anna.controllo")
    expect(pagina.get_by_role("heading", name=re.compile("Buon lavoro, Anna"))).to_be_visible()
    accessibile()
    scatta("home")

    # The tree: filter by text, and the filter stays in the address.
    piano = Piano.objects.get(slug=CREMONA)
    pagina.goto(f"{sito}{piano.get_absolute_url()}")
    expect(pagina.get_by_role("heading", level=1)).to_have_text(piano.titolo)
    accessibile()
    pagina.locator("#titolo-albero").evaluate(
        "titolo => titolo.scrollIntoView({behavior: 'instant'})"
    )
    scatta("piano-albero")
    pagina.get_by_label("Cerca fra obiettivi e indicatori").fill("telemedicina")
    expect(pagina.locator("#albero")).to_contain_text("telemedicina")
    expect(pagina.locator("#albero")).not_to_contain_text("Abbandoni da PS")
    expect(pagina).to_have_url(re.compile("[?&]q=telemedicina"))
    accessibile()

    # An indicator, and why its score.
    pagina.goto(f"{sito}/aziende/asst-cremona/indicatori/CR-27/")
    expect(pagina.locator("main")).to_contain_text("21,02% Cremona 34,55% Oglio Po")
    expect(pagina.locator("main")).to_contain_text("imostrativ")
    accessibile()
    scatta("indicatore")
    pagina.locator(f"main a[href*='/piani/{CREMONA}/perche/']").first.click()
    expect(pagina.locator("main")).to_contain_text("20 %")
    accessibile()
    scatta("perche")

    # A result corrected after publication: the run waits for a reason, then ends.
    Rilevazione.objects.filter(indicatore__codice="CR-04").update(valore=70)
    pagina.goto(f"{sito}{piano.get_absolute_url()}")
    pagina.get_by_role("button", name="Calcola").click()
    expect(pagina.locator("#calcolo")).to_contain_text("Da accettare", timeout=30_000)
    accessibile()
    scatta("da-accettare")
    pagina.get_by_label("Motivo del cambiamento").fill("Tempo di pagamento corretto")
    pagina.get_by_role("button", name="Accetta").click()
    expect(pagina.locator("#calcolo")).to_contain_text("Fatto", timeout=30_000)
    expect(pagina.locator("#calcolo")).to_contain_text("64 di 64")
    accessibile()
    scatta("calcolo")

    # A new version of the document, printed by the worker.
    pagina.goto(f"{sito}{piano.get_absolute_url()}")
    pagina.get_by_text("Pubblica una nuova versione").click()
    pagina.get_by_label("Motivo").fill("Punteggi ricalcolati")
    pagina.get_by_role("button", name=re.compile("^Pubblica «")).click()
    expect(pagina.locator(".messaggi")).to_contain_text("Versione 2 fissata")
    pubblicati = DocumentoPubblicato.objects.pubblicati()
    for _attesa in range(120):
        if pubblicati.filter(piano=piano, versione=2).exists():
            break
        pagina.wait_for_timeout(500)

    # What the citizen finds, without a login.
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}/amministrazione-trasparente/asst-cremona/")
    expect(pagina.get_by_role("link", name="Piano della Performance", exact=True)).to_be_visible()
    accessibile()
    pagina.get_by_role("link", name="Piano della Performance", exact=True).click()
    expect(pagina.locator("main")).to_contain_text("Punteggi ricalcolati")
    accessibile()
    scatta("amministrazione-trasparente")
    pagina.goto(f"{sito}/documenti/{CREMONA}/")
    expect(pagina).to_have_url(re.compile("/v2/$"))
    accessibile()
    scatta("documento")
    pagina.goto(f"{sito}/documenti/{CREMONA}/v1/")
    expect(pagina.locator("main")).to_contain_text("superata")

    pdf = pubblicati.get(piano=piano, versione=2).cartella / "documento.pdf"
    fotografa_pdf(pdf, scatta, tmp_path)


def fotografa_pdf(pdf: Path, scatta: Callable[..., None], tmp_path: Path) -> None:
    """The cover and a page of objectives, as pictures for the manual."""
    import os

    cartella = Path(os.environ.get("ALBERO_IMMAGINI", tmp_path))
    testo = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    pagine = testo.stdout.decode().split("\f")
    obiettivi = next(n for n, una in enumerate(pagine, 1) if "CR-05" in una and "CR-07" in una)
    for nome, numero in (("pdf-copertina", 1), ("pdf-obiettivi", obiettivi)):
        subprocess.run(
            [
                "pdftoppm", "-r", "60", "-png", "-singlefile",
                "-f", str(numero), "-l", str(numero), pdf, cartella / nome,
            ],
            check=True,
        )  # fmt: skip
        assert (cartella / f"{nome}.png").stat().st_size > 5_000


def test_tutto_si_legge_anche_su_un_telefono_e_senza_javascript(
    sito: str, browser: Any, scatta: Callable[..., None]
) -> None:
    contesto = browser.new_context(
        viewport={"width": 375, "height": 700}, locale="it-IT", java_script_enabled=False
    )
    pagina = contesto.new_page()
    entra(pagina, sito, "carla.nucleo")
    for indirizzo in (
        "/",
        f"/piani/{CREMONA}/",
        "/aziende/asst-cremona/indicatori/CR-14/",
        "/aziende/asst-cremona/organigramma/",
        "/amministrazione-trasparente/",
        f"/documenti/{CREMONA}/v1/",
    ):
        risposta = pagina.goto(f"{sito}{indirizzo}")
        assert risposta.status == 200, indirizzo
        corpo = pagina.locator("body").bounding_box()
        assert corpo["width"] <= 376, indirizzo
    pagina.goto(f"{sito}/piani/{CREMONA}/")
    assert pagina.get_by_role("button", name="Calcola").count() == 0
    contesto.close()
