# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan from draft to superseded, by the people who take each step; all of it on a phone too."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from obiettivi.models import Indicatore, Misura
from piani.models import PareriDovuti, Piano, Quadratura, Ruolo, TermineAdozione
from tests.e2e.occhi import apri_tutto, senza_scorrimento
from tests.factories import (
    PASSWORD,
    AziendaFactory,
    FonteFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    TargetFactory,
    piano_pronto,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STRETTA = {"width": 375, "height": 800}
PERSONE = {
    "anna": Ruolo.CONTROLLO_GESTIONE,
    "carla": Ruolo.NUCLEO,
    "dario": Ruolo.DIREZIONE,
}


@pytest.fixture
def piano(transactional_db: None) -> Piano:
    """An adopted plan of two weighed indicators, and the people of its azienda."""
    azienda = AziendaFactory(
        codice="asst-prova", nome="ASST di prova", vertice="Direttore Generale"
    )
    for nome, ruolo in PERSONE.items():
        IncaricoFactory(
            azienda=azienda, ruolo=ruolo, utente__username=nome, utente__first_name=nome.title()
        )
    TermineAdozione.objects.get_or_create(
        tipo="performance", anno_dal=2011,
        defaults={"mese": 1, "giorno": 31, "norma": "art. 10 D.Lgs. 150/2009"},
    )  # fmt: skip
    PareriDovuti.objects.update_or_create(
        tipo_azienda="ASST", anno_dal=2016, defaults={"ruoli": ["DA"], "norma": "prova"}
    )
    piano = piano_pronto(
        azienda,
        slug="prova-2022-2024",
        titolo="Piano della performance 2022-2024",
        stato=Piano.Stato.PUBBLICATO,
        atto_tipo="decreto",
    )
    prima = Misura.objects.get()
    prima.peso = 60
    prima.save(update_fields=["peso"])
    Indicatore.objects.update(codice="X-1", nome="Tempi di attesa entro lo standard")
    seconda = MisuraFactory(
        obiettivo=prima.obiettivo,
        ordine=2,
        peso=40,
        base_stampata="82%",
        base_anno=2021,
        base_lettura=TargetFactory.build(misura=None, stampato="82%").lettura,
        indicatore=IndicatoreFactory(
            azienda=azienda, codice="X-2", nome="Pazienti soddisfatti", fonte=FonteFactory()
        ),
    )
    for anno in piano.anni:
        TargetFactory(misura=seconda, anno=anno)
    Quadratura.objects.create(
        piano=piano, ordine=1, dove="Tavola 1", stampato="10", calcolato=9, differenza=1
    )
    azienda.edizioni_smvp.update(anno=2023)
    return piano


def entra(pagina: Page, sito: str, nome: str) -> None:
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(nome)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def comincia_la_revisione(pagina: Page, sito: str, piano: Piano) -> Piano:
    pagina.goto(f"{sito}{reverse('stato_piano', args=[piano.slug])}")
    pagina.get_by_text("Comincia la revisione per gli anni dopo").click()
    pagina.get_by_label("Per gli anni nuovi proponi il target").check()
    pagina.get_by_role("button", name="Comincia la revisione").click()
    expect(pagina.locator(".messaggi")).to_contain_text("La revisione è cominciata")
    return Piano.objects.get(scorrimento_di=piano)


def test_dalla_revisione_al_piano_superato(
    piano: Piano,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito, "anna")
    nuovo = comincia_la_revisione(pagina, sito, piano)
    stato = f"{sito}{reverse('stato_piano', args=[nuovo.slug])}"
    accessibile()

    # A weight that does not make 100 stops the plan; the link leads where it is mended.
    pagina.goto(f"{sito}{reverse('pesi', args=[nuovo.slug])}")
    somma = pagina.locator(".peso-somma").first
    expect(somma).to_contain_text("100")
    pagina.get_by_label(re.compile("X-2")).fill("45,5")
    expect(somma).to_contain_text("105,5")
    expect(somma).to_contain_text("non fa 100")
    accessibile()
    scatta("pesi")
    pagina.get_by_role("button", name="Salva i pesi").click()
    pagina.goto(stato)
    expect(pagina.locator(".blocco-ferma")).to_contain_text("105,5 invece che a 100")
    expect(pagina.get_by_role("button", name="Invia al Nucleo")).to_have_count(0)
    pagina.locator(".blocco-ferma").get_by_role("link", name="Rimedia").click()
    pagina.get_by_label(re.compile("X-2")).fill("40")
    pagina.get_by_role("button", name="Salva i pesi").click()
    expect(pagina).to_have_url(stato)
    expect(pagina.locator(".blocco-ferma")).to_have_count(0)

    # A target is written with its reading beside it; a worse one is only warned about.
    misura = Misura.objects.get(obiettivo__area__piano=nuovo, indicatore__codice="X-2")
    pagina.goto(f"{sito}{reverse('misura_modifica', args=[misura.pk])}?torna=stato")
    pagina.get_by_label("Atteso 2025").fill("80%")
    lettura = pagina.locator("#lettura-atteso_2025")
    expect(lettura).to_contain_text("certezza media")
    lettura.get_by_label("Confermo: è questo che il piano intende").check()
    accessibile()
    scatta("target-mentre-si-scrive")
    pagina.get_by_role("button", name="Salva").click()
    expect(pagina).to_have_url(stato)
    expect(pagina.locator(".blocco-avverte")).to_contain_text("peggiore della partenza, «82%»")
    assert misura.target.get(anno=2025).confermato_da.username == "anna"
    accessibile()
    scatta("stato-bozza", full_page=True)

    # Warnings are to be seen before the plan is sent.
    pagina.get_by_role("button", name="Invia al Nucleo di valutazione").click()
    expect(pagina.locator(".alert-danger")).to_contain_text("conferma di averle viste")
    pagina.get_by_label(re.compile("Ho visto l.avvertenza")).check()
    pagina.get_by_role("button", name="Invia al Nucleo di valutazione").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Piano inviato al Nucleo")

    # The Nucleo refuses, then validates.
    entra(pagina, sito, "carla")
    expect(pagina.locator(".cose")).to_contain_text("Valida il piano: «Piano della performance")
    pagina.get_by_role("link", name=re.compile("^Valida il piano")).click()
    accessibile()
    pagina.get_by_label("Esito").select_option("non_validato")
    pagina.get_by_label("Motivazione").fill("Il target di X-2 va motivato.")
    pagina.get_by_role("button", name="Registra la valutazione").click()
    expect(pagina.locator("main")).to_contain_text("Il target di X-2 va motivato.")
    entra(pagina, sito, "anna")
    expect(pagina.locator(".cose")).to_contain_text("Il Nucleo non l'ha validato")
    pagina.goto(stato)
    pagina.get_by_label(re.compile("Ho visto l.avvertenza")).check()
    pagina.get_by_role("button", name="Invia al Nucleo di valutazione").click()
    entra(pagina, sito, "carla")
    pagina.goto(stato)
    pagina.get_by_label("Motivazione").fill("Coerente con le linee guida.")
    pagina.locator("#id_data").fill("2023-01-20")
    pagina.get_by_label(re.compile("Ho visto l.avvertenza")).check()
    scatta("nucleo-valida", full_page=True)
    pagina.get_by_role("button", name="Registra la valutazione").click()
    expect(pagina.locator(".tappa-adesso")).to_contain_text("Validato")

    # The direction gives the opinion and adopts, late and with its reason.
    entra(pagina, sito, "dario")
    pagina.goto(stato)
    expect(pagina.locator(".blocco-ferma")).to_contain_text("Manca il parere")
    pagina.get_by_text("Registra un parere").click()
    accessibile()
    pagina.locator("#id_data").fill("2023-02-01")
    pagina.get_by_role("button", name="Registra il parere").click()
    expect(pagina.locator(".blocco-ferma")).to_have_count(0)
    pagina.get_by_label("Tipo di atto").fill("decreto")
    pagina.get_by_label("Numero").fill("77")
    pagina.get_by_label("Data dell'atto").fill("2023-02-10")
    pagina.get_by_label(re.compile("Ho visto l.avvertenza")).check()
    pagina.get_by_role("button", name="Adotta il piano").click()
    expect(pagina.locator(".errore")).to_contain_text("scrivi il motivo")
    pagina.get_by_label("Motivo del ritardo").fill("Regole di sistema arrivate tardi")
    pagina.get_by_label(re.compile("Ho visto l.avvertenza")).check()
    accessibile()
    scatta("adozione", full_page=True)
    pagina.get_by_role("button", name="Adotta il piano").click()
    expect(pagina.locator(".tappa-adesso")).to_contain_text("Adottato")

    # Published, it supersedes the plan it rolled on from.
    entra(pagina, sito, "anna")
    pagina.goto(stato)
    pagina.get_by_label(re.compile("Ho visto l.avvertenza")).check()
    pagina.get_by_role("button", name="Pubblica il documento").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Versione 1 fissata")
    pagina.goto(stato)
    accessibile()
    scatta("stato-pubblicato", full_page=True)
    pagina.goto(f"{sito}{reverse('stato_piano', args=[piano.slug])}")
    expect(pagina.locator(".tappa-adesso")).to_contain_text("Superato")
    accessibile()

    # What changed, and who did what.
    pagina.goto(f"{sito}{reverse('revisione', args=[nuovo.slug])}")
    expect(pagina.locator("main")).to_contain_text("Anni nuovi: 2025")
    accessibile()
    scatta("revisione", full_page=True)
    pagina.goto(f"{sito}{nuovo.get_absolute_url()}")
    pagina.get_by_role("link", name="Storia").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(nuovo.titolo)
    expect(pagina.locator("#eventi")).to_contain_text("validato dal Nucleo")
    pagina.get_by_label("Che cosa").select_option("piano.adottato")
    expect(pagina.locator("#eventi")).to_contain_text("1 evento")
    pagina.get_by_text("Dettagli").first.click()
    expect(pagina.locator("#eventi")).to_contain_text("Regole di sistema arrivate tardi")
    accessibile()
    scatta("storia")
    pagina.get_by_text("Scarica l’elenco").click()
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("link", name="CSV", exact=True).click()
    righe = scaricato.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(righe) == 2
    assert "Dario" in righe[1]


def test_l_albero_si_scrive_e_si_riordina(
    piano: Piano,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito, "anna")
    nuovo = comincia_la_revisione(pagina, sito, piano)
    pagina.goto(f"{sito}{reverse('albero_modifica', args=[nuovo.slug])}")
    accessibile()
    pagina.get_by_role("link", name="Aggiungi un’area").click()
    accessibile()
    pagina.get_by_label("Codice").fill("A9")
    pagina.get_by_label("Nome").fill("Ricerca")
    pagina.get_by_role("button", name="Salva").click()
    pagina.get_by_role("link", name=re.compile("Aggiungi un obiettivo.*Ricerca")).click()
    accessibile()
    pagina.locator("#id_titolo").fill("Pubblicare gli studi")
    pagina.get_by_role("button", name="Salva").click()
    pagina.get_by_role("link", name=re.compile("Aggiungi un indicatore.*Pubblicare")).click()
    pagina.get_by_label("Codice dell'indicatore").fill("X-9")
    pagina.get_by_label("Che cosa misura").fill("Studi pubblicati")
    pagina.get_by_text("Altri dati di un indicatore nuovo").click()
    pagina.get_by_label("Unità di misura").fill("n.")
    pagina.get_by_label("Atteso 2023").fill("≥ 12")
    expect(pagina.locator("#lettura-atteso_2023")).to_contain_text("almeno 12")
    accessibile()
    pagina.get_by_role("button", name="Salva").click()
    expect(pagina.locator("main")).to_contain_text("Studi pubblicati")
    pagina.get_by_role("button", name=re.compile("Sposta in su.*Ricerca")).click()
    expect(pagina.locator(".bozza-area").first).to_contain_text("Ricerca")
    accessibile()
    scatta("albero-in-bozza", full_page=True)
    pagina.get_by_role("link", name=re.compile("Togli.*Ricerca")).click()
    expect(pagina.locator("main")).to_contain_text("1 indicatore con i suoi target")
    accessibile()
    pagina.get_by_role("button", name="Togli dal piano").click()
    expect(pagina.locator("main")).not_to_contain_text("Studi pubblicati")


def test_tutto_sta_in_uno_schermo_stretto(
    piano: Piano,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito, "anna")
    nuovo = comincia_la_revisione(pagina, sito, piano)
    misura = Misura.objects.filter(obiettivo__area__piano=nuovo).first()
    pagina.set_viewport_size(STRETTA)
    for nome, indirizzo in {
        "stato": reverse("stato_piano", args=[nuovo.slug]),
        "stato-vecchio": reverse("stato_piano", args=[piano.slug]),
        "albero": reverse("albero_modifica", args=[nuovo.slug]),
        "misura": reverse("misura_modifica", args=[misura.pk]),
        "misura-nuova": reverse("misura_nuova", args=[misura.obiettivo_id]),
        "obiettivo": reverse("obiettivo_modifica", args=[misura.obiettivo_id]),
        "indicatore": reverse("indicatore_modifica", args=["asst-prova", "X-2"]),
        "pesi": reverse("pesi", args=[nuovo.slug]),
        "sezioni": reverse("sezioni", args=[nuovo.slug]),
        "sezione": reverse("sezione_nuova", args=[nuovo.slug]),
        "revisione": reverse("revisione", args=[nuovo.slug]),
        "quadratura": reverse("quadratura", args=[piano.quadrature.get().pk]),
        "registro": reverse("registro"),
        "allora": f"{piano.get_absolute_url()}?al=2026-01-01",
        "manca": reverse("da_completare", args=[piano.slug]),
        "nuovo": reverse("piano_nuovo"),
    }.items():
        assert pagina.goto(f"{sito}{indirizzo}").status == 200, indirizzo
        apri_tutto(pagina)
        senza_scorrimento(pagina)
        accessibile()
        scatta(f"stretta-{nome}", full_page=True)


def test_senza_javascript_si_scrive_si_conferma_e_si_invia(
    piano: Piano, live_server: Any, browser: Browser
) -> None:
    sito = str(live_server.url)
    contesto = browser.new_context(java_script_enabled=False, locale="it-IT")
    pagina = contesto.new_page()
    entra(pagina, sito, "anna")
    nuovo = comincia_la_revisione(pagina, sito, piano)
    misura = Misura.objects.get(obiettivo__area__piano=nuovo, indicatore__codice="X-1")
    indirizzo = f"{sito}{reverse('misura_modifica', args=[misura.pk])}"
    pagina.goto(indirizzo)
    pagina.get_by_label("Atteso 2025").fill("60%")
    pagina.get_by_role("button", name="Salva").click()
    pagina.goto(indirizzo)
    pagina.get_by_label("Confermo: è questo che il piano intende").check()
    pagina.get_by_role("button", name="Salva").click()
    assert misura.target.get(anno=2025).confermato_da.username == "anna"
    pagina.goto(f"{sito}{reverse('stato_piano', args=[nuovo.slug])}")
    pagina.get_by_role("button", name="Invia al Nucleo di valutazione").click()
    expect(pagina.locator(".tappa-adesso")).to_contain_text("In validazione")
    contesto.close()
