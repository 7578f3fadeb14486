# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chart in the browser: from the clone to the new version in force, then what is to mend."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from piani.models import Azienda, Incarico, Organigramma, Ruolo, UnitaOrganizzativa
from tests.e2e.occhi import apri_tutto, senza_scorrimento
from tests.factories import (
    PASSWORD,
    AziendaFactory,
    IncaricoFactory,
    OrganigrammaFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STRETTA = {"width": 375, "height": 800}
UNITA = [
    ("DG", "", "Direzione Generale", "direzione", False),
    ("DS", "DG", "Direzione Sanitaria", "direzione", False),
    ("DIP-MED", "DS", "Dipartimento Medico", "dipartimento", False),
    ("CAR", "DIP-MED", "Cardiologia", "uoc", True),
    ("PNE", "DIP-MED", "Pneumologia", "uoc", True),
    ("NEF", "DIP-MED", "Nefrologia", "uoc", True),
    ("DA", "DG", "Direzione Amministrativa", "direzione", False),
    ("RU", "DA", "Risorse Umane", "uoc", True),
]


@pytest.fixture
def azienda(transactional_db: None) -> Azienda:
    azienda = AziendaFactory(codice="asst-prova", nome="ASST di prova")
    versione = OrganigrammaFactory(
        azienda=azienda, nome="Organizzazione dal 2020", fonte="POAS 2020 (inventato)"
    )
    per_codice: dict[str, UnitaOrganizzativa] = {}
    for ordine, (codice, padre, nome, tipo, cdr) in enumerate(UNITA, start=1):
        per_codice[codice] = UnitaFactory(
            organigramma=versione,
            parent=per_codice.get(padre),
            codice=codice,
            nome=nome,
            tipo=tipo,
            cdr=cdr,
            ordine=ordine,
        )
    for nome, codice in (("Livia", "DG"), ("Carla", "CAR"), ("Piero", "PNE")):
        IncaricoFactory(
            azienda=azienda,
            ruolo=Ruolo.RESPONSABILE_CDR,
            unita=per_codice[codice],
            utente__first_name=nome,
            utente__last_name="Inventata",
        )
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE, utente__username="ada.amministra")
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIREZIONE, utente__username="lino.legge")
    return azienda


def entra(pagina: Page, sito: str, nome: str = "ada.amministra") -> str:
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(nome)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")
    return f"{sito}/aziende/asst-prova/organigramma/"


def apri(pagina: Page, titolo: str) -> None:
    pagina.locator("summary", has_text=titolo).click()


def in_albero(versione: Organigramma) -> list[str]:
    return [una.codice for una in UnitaOrganizzativa.objects.di_versione(versione)]


def test_dal_clone_alla_nuova_versione_in_vigore(
    azienda: Azienda,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    base = entra(pagina, str(live_server.url))
    pagina.on("dialog", lambda domanda: domanda.accept())
    pagina.get_by_role("link", name="Organigramma").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Organigramma di ASST di prova")
    expect(pagina.locator("main")).to_contain_text("risponde Livia Inventata (Direzione Generale)")
    accessibile()
    pagina.get_by_role("link", name="Come disegno").click()
    expect(pagina.get_by_role("img", name="Organigramma di ASST di prova")).to_be_visible()
    accessibile()

    # A draft, cloned; a unit added under another, then moved up with the keyboard alone.
    pagina.get_by_role("link", name="Versioni e bozze").click()
    accessibile()
    pagina.get_by_label("Nome della nuova bozza").fill("Organizzazione dal 2027")
    pagina.get_by_role("button", name="Apri la bozza").click()
    bozza = Organigramma.objects.bozze().get()
    pagina.get_by_role("link", name="Aggiungi sotto: Direzione Amministrativa").click()
    pagina.get_by_label("Codice").fill("ICT")
    pagina.get_by_label("Denominazione").fill("Sistemi informativi")
    pagina.get_by_label("Tipo").select_option("uos")
    pagina.get_by_role("button", name="Aggiungi", exact=True).click()
    expect(pagina.locator(".messaggi")).to_contain_text("Aggiunta «Sistemi informativi».")
    assert in_albero(bozza)[-2:] == ["RU", "ICT"]
    su = pagina.get_by_role("button", name="Sposta in su: Nefrologia")
    su.focus()
    pagina.keyboard.press("Enter")
    expect(su).to_be_focused()
    pagina.keyboard.press("Enter")
    expect(su).to_have_count(0)
    expect(pagina.get_by_role("button", name="Sposta in giù: Nefrologia")).to_be_focused()
    assert in_albero(bozza)[3:6] == ["NEF", "CAR", "PNE"]
    accessibile()

    # Split, merge, rename, move.
    pagina.get_by_role("link", name="Cardiologia", exact=True).click()
    apri_tutto(pagina)
    accessibile()
    seconda = pagina.get_by_role("group", name="Unità 2")
    seconda.get_by_label("Codice").fill("EMO")
    seconda.get_by_label("Denominazione").fill("Emodinamica")
    pagina.get_by_role("button", name="Dividi").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Divisa in «Cardiologia», «Emodinamica».")
    pagina.get_by_role("link", name="Pneumologia", exact=True).click()
    apri(pagina, "Unisci con altre")
    pagina.get_by_label("Nefrologia (NEF)", exact=True).check()
    pagina.locator("#unisci_codice").fill("PN")
    pagina.locator("#unisci_nome").fill("Pneumologia e Nefrologia")
    pagina.get_by_role("button", name="Unisci").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Unite in «Pneumologia e Nefrologia».")
    pagina.get_by_role("link", name="Torna alla bozza").click()
    pagina.get_by_role("link", name="Risorse Umane", exact=True).click()
    apri(pagina, "Codice, nome, tipo")
    pagina.locator("#id_nome").fill("Gestione del personale")
    pagina.get_by_role("button", name="Salva").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Gestione del personale")
    apri(pagina, "Sposta sotto un’altra")
    pagina.get_by_label("Sotto").select_option(label="Direzione Generale (DG)")
    pagina.get_by_role("button", name="Sposta").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Unità spostata.")
    pagina.goto(f"{base}bozze/{bozza.pk}/")
    scatta("organigramma-bozza")

    # What will happen, and then it happens.
    pagina.get_by_role("link", name="Metti in vigore…").click()
    pagina.get_by_label("In vigore dal").fill("2026-01-01")
    pagina.get_by_role("button", name="Mostra che cosa succede").click()
    testo = pagina.locator("main")
    for frase in (
        "Che cosa succede il 1 gennaio 2026",
        "1 incarico resta da sistemare.",
        "Carla Inventata, Responsabile di CdR di «Cardiologia»",
        "è divisa in",
        "riunisce «Pneumologia» (PNE) e «Nefrologia» (NEF)",
        "ora è «Gestione del personale»",
        "passa da «Direzione Amministrativa» (DA) a «Direzione Generale» (DG)",
    ):
        expect(testo).to_contain_text(frase)
    accessibile()
    scatta("organigramma-decorrenza", full_page=True)
    pagina.get_by_role("button", name="Metti in vigore dal 1 gennaio 2026").click()
    expect(pagina.locator(".messaggi")).to_contain_text("è in vigore dal 01/01/2026")
    bozza.refresh_from_db()
    assert bozza.valido_dal == date(2026, 1, 1)

    # What it left behind: found in the home, mended.
    pagina.goto(str(live_server.url))
    pagina.get_by_role("link", name="1 incarico da sistemare").click()
    accessibile()
    carla = pagina.locator("li.scheda", has_text="Carla Inventata")
    carla.get_by_label("Unità").select_option(label="Emodinamica (EMO)")
    carla.get_by_role("button", name="Assegna l’unità").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Carla Inventata passa a «Emodinamica».")
    pagina.goto(f"{base}verifiche/")
    accessibile()
    expect(pagina.locator("main")).to_contain_text(
        "Incarichi su unità di versioni passate: nessuna"
    )
    pagina.get_by_role("link", name=re.compile("^Cardiologia: risponde Livia")).click()

    # A head appointed from the page of the unit.
    apri(pagina, "Nomina il responsabile o il vicario")
    pagina.get_by_label("Persona").select_option(label="Piero Inventata")
    pagina.locator("#nomina_dal").fill("2026-02-01")
    pagina.get_by_role("button", name="Nomina").click()
    expect(pagina.locator("#responsabili + p")).to_contain_text("Piero Inventata")
    accessibile()
    assert Incarico.objects.get(unita__codice="CAR", al__isnull=True).dal == date(2026, 2, 1)
    pagina.goto(f"{base}versioni/")
    expect(pagina.locator("main")).to_contain_text("dal 1 gennaio 2020 al 31 dicembre 2025")
    accessibile()


def test_tutto_sta_in_uno_schermo_stretto(
    azienda: Azienda,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    base = entra(pagina, str(live_server.url))
    pagina.set_viewport_size(STRETTA)
    pagina.goto(f"{base}versioni/")
    pagina.get_by_label("Nome della nuova bozza").fill("Organizzazione dal 2027")
    pagina.get_by_role("button", name="Apri la bozza").click()
    bozza = Organigramma.objects.bozze().get()
    car = bozza.unita.get(codice="CAR")
    vecchia = UnitaOrganizzativa.objects.get(codice="CAR", organigramma=bozza.nata_da)
    for nome, indirizzo in (
        ("oggi", ""),
        ("disegno", "?vista=disegno"),
        ("versioni", f"versioni/?prima={bozza.nata_da_id}&dopo={bozza.pk}"),
        ("verifiche", "verifiche/"),
        ("incarichi", "incarichi/"),
        ("bozza", f"bozze/{bozza.pk}/"),
        ("decorrenza", f"bozze/{bozza.pk}/in-vigore/"),
        ("unita-bozza", f"unita/{car.pk}/"),
        ("unita", f"unita/{vecchia.pk}/"),
    ):
        pagina.goto(f"{base}{indirizzo}")
        apri_tutto(pagina)
        senza_scorrimento(pagina)
        accessibile()
        scatta(f"stretta-organigramma-{nome}", full_page=True)


def test_senza_javascript_si_disegna_si_importa_e_si_mette_in_vigore(
    azienda: Azienda, live_server: Any, browser: Browser, tmp_path: Path
) -> None:
    contesto = browser.new_context(java_script_enabled=False, locale="it-IT")
    pagina = contesto.new_page()
    base = entra(pagina, str(live_server.url))
    pagina.goto(f"{base}versioni/")
    pagina.get_by_label("Nome della nuova bozza").fill("Organizzazione dal 2027")
    pagina.get_by_role("button", name="Apri la bozza").click()
    pagina.get_by_role("button", name="Sposta in giù: Cardiologia").click()
    bozza = Organigramma.objects.bozze().get()
    assert in_albero(bozza)[3:5] == ["PNE", "CAR"]

    foglio = tmp_path / "organigramma.csv"
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("link", name="Scarica in CSV").click()
    foglio.write_bytes(scaricato.value.path().read_bytes() + b"X;;uoc;NO;forse;\n")
    apri(pagina, "Importa un foglio CSV")
    pagina.get_by_label("Foglio CSV").set_input_files(foglio)
    pagina.get_by_role("button", name="Importa").click()
    for frase in (
        "Riga 10, colonna nome: manca.",
        "Riga 10, colonna cdr: «forse» non è né sì né no.",
        "Riga 10, colonna codice_superiore: «NO» non è il codice di nessuna riga.",
    ):
        expect(pagina.locator("main")).to_contain_text(frase)
    foglio.write_bytes(scaricato.value.path().read_bytes() + b"FAR;Farmacia;uoc;DS;si;\n")
    pagina.get_by_label("Foglio CSV").set_input_files(foglio)
    pagina.get_by_role("button", name="Importa").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Unità aggiunte 1, cambiate 0, tolte 0.")

    pagina.get_by_role("link", name="Metti in vigore…").click()
    pagina.get_by_role("button", name=re.compile("^Metti in vigore dal")).click()
    expect(pagina.locator(".messaggi")).to_contain_text("«Organizzazione dal 2027» è in vigore dal")
    contesto.close()


def test_chi_legge_vede_la_bozza_e_non_la_cambia(
    azienda: Azienda, live_server: Any, pagina: Page, accessibile: Callable[[], None]
) -> None:
    bozza = OrganigrammaFactory(azienda=azienda, nome="In preparazione", valido_dal=None)
    UnitaFactory(organigramma=bozza, nome="Direzione nuova")
    base = entra(pagina, str(live_server.url), "lino.legge")
    pagina.goto(f"{base}versioni/")
    expect(pagina.get_by_role("button", name="Apri la bozza")).to_have_count(0)
    pagina.get_by_role("link", name="In preparazione").first.click()
    expect(pagina.get_by_role("button", name=re.compile("Sposta|Elimina|Aggiungi"))).to_have_count(
        0
    )
    pagina.get_by_role("link", name="Direzione nuova").click()
    expect(pagina.get_by_role("button")).to_have_count(1)  # only «Esci»
    accessibile()
