# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two at once on the same scheda: one winner, and a clear sentence for the other."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from obiettivi.models import FirmaScheda, RigaScheda
from piani.models import Ruolo
from tests.e2e.scena_ciclo import Scena, entra, negoziata, premi, prepara
from tests.factories import IncaricoFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Apre = Callable[[str], Page]


@pytest.fixture
def scena(live_server: Any) -> Scena:
    """The scheda is being negotiated; two people do the controllo di gestione."""
    scena = prepara(str(live_server.url))
    IncaricoFactory(
        azienda=scena.azienda, ruolo=Ruolo.CONTROLLO_GESTIONE, utente__username="marta",
        utente__first_name="Marta",
    )  # fmt: skip
    negoziata(scena)
    return scena


@pytest.fixture
def apre(browser: Browser, scena: Scena) -> Iterator[Apre]:
    """A browser of one's own, already logged in."""
    with ExitStack() as aperti:

        def di(nome: str) -> Page:
            contesto = browser.new_context(locale="it-IT")
            aperti.callback(contesto.close)
            pagina = contesto.new_page()
            entra(pagina, scena, nome)
            return pagina

        yield di


def test_due_firme_dello_stesso_posto(scena: Scena, apre: Apre) -> None:
    prima, seconda = apre("dario"), apre("dario")
    for pagina in (prima, seconda):
        pagina.goto(f"{scena.sito}{scena.scheda.get_absolute_url()}")
    premi(prima, "Firma la versione 1 come direzione strategica", "Firma registrata.")
    premi(
        seconda,
        "Firma la versione 1 come direzione strategica",
        "Questa firma (Direzione strategica) c'è già: l'ha data Dario Inventata",
    )
    assert FirmaScheda.objects.get().utente.username == "dario"


def test_chi_salva_sopra_un_testo_piu_nuovo_lo_legge_e_non_perde_il_suo(
    scena: Scena, apre: Apre
) -> None:
    anna, marta, dario = apre("anna"), apre("marta"), apre("dario")
    dario.goto(f"{scena.sito}{scena.scheda.get_absolute_url()}")
    riga = scena.riga("CARTELLE")
    for pagina, atteso in ((anna, "≥ 80%"), (marta, "≥ 85%")):
        pagina.goto(f"{scena.sito}/schede/parti/riga/{riga.pk}/modifica/")
        pagina.get_by_label("Valore atteso").fill(atteso)
    anna.get_by_role("button", name="Salva", exact=True).last.click()
    expect(anna).to_have_url(f"{scena.sito}/schede/{scena.scheda.pk}/modifica/#area-{riga.area_id}")
    marta.get_by_role("button", name="Salva", exact=True).last.click()
    expect(marta.locator(".alert-danger")).to_contain_text(
        "Mentre scrivevi Anna Inventata ha salvato questa stessa riga"
    )
    expect(marta.get_by_label("Valore atteso")).to_have_value("≥ 85%")
    assert RigaScheda.objects.get(pk=riga.pk).atteso == "≥ 80%"

    # Who signs has read version 1; meanwhile the second one is sent.
    anna.goto(f"{scena.sito}{scena.scheda.get_absolute_url()}")
    anna.get_by_label("Che cosa cambia").fill("Cartelle: 80%")
    premi(anna, "Invia la nuova versione", "versione 2")
    premi(
        dario,
        "Firma la versione 1 come direzione strategica",
        "Hai letto la versione 1, e nel frattempo è stata inviata la 2",
    )
    assert not FirmaScheda.objects.exists()
