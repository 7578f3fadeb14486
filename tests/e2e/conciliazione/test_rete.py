# SPDX-License-Identifier: AGPL-3.0-or-later
"""The network in the browser: a body comes in and leaves, the territory is surveyed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from conciliazione.azioni.tempi import chiedi_tempi
from conciliazione.carica.rete import carica
from conciliazione.models import Adesione
from conciliazione.rete.membri import e_membro
from piani.models import Ruolo
from tests.conftest import RADICE
from tests.e2e.conciliazione import atti_rete as atti
from tests.e2e.conciliazione.passi import entra, guarda, premi
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    AmbitoFactory,
    ComuneFactory,
    EdizioneConciliazioneFactory,
    ReferenteFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_un_ente_entra_nella_rete_e_ne_esce(
    pagina: Page, live_server: Any, transactional_db: None, scatta: Any, settings: Any
) -> None:
    settings.ADESIONI_PER_ORA = 1000
    sito, edizione = live_server.url, EdizioneConciliazioneFactory()
    ufficio = IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=edizione.azienda).utente
    pagina.set_default_timeout(20_000)
    adesione = atti.chiesta(
        pagina, sito, edizione, nome="Cooperativa Girandola", codice="01234567897",
        email="girandola@example.org", referente="bice@example.org",
    )  # fmt: skip
    atti.confermata(pagina, sito, adesione)
    entra(pagina, sito, ufficio)
    ente = atti.accolta(pagina, sito, adesione)
    assert e_membro(ente)
    atti.composizione_approvata(pagina, sito, edizione)
    scatta("rete-composizione", full_page=True)
    Adesione.objects.update(dal=timezone.localdate() - timedelta(days=90))
    entra(pagina, sito, ReferenteFactory(ente=ente).utente)
    atti.rinunciata(pagina, sito, adesione, edizione)
    entra(pagina, sito, ufficio)
    atti.presa_d_atto(pagina, sito, edizione)
    assert not e_membro(ente, timezone.localdate() + timedelta(days=30))


def test_il_territorio_e_i_suoi_tempi(
    pagina: Page, live_server: Any, transactional_db: None, scatta: Any
) -> None:
    sito, edizione = live_server.url, EdizioneConciliazioneFactory()
    carica(edizione, RADICE / "fixtures" / "conciliazione_2020_2023")
    entra(
        pagina, sito, IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=edizione.azienda).utente
    )  # fmt: skip
    pagina.goto(f"{sito}{reverse('rete_ambiti', args=[edizione.slug])}")
    guarda(pagina)
    scatta("rete-ambiti", full_page=True)
    pagina.get_by_role("link", name="Paullo").click()
    guarda(pagina)
    pagina.goto(f"{sito}{reverse('rete_tempi', args=[edizione.slug])}")
    guarda(pagina)
    comune = ComuneFactory(ambito=AmbitoFactory(azienda=edizione.azienda, ordine=99))
    (riga,) = chiedi_tempi(edizione, chiesta_il=timezone.localdate(), da=None)
    pagina.goto(f"{sito}{reverse('rete_tempi_rispondi', args=[edizione.slug, riga.pk])}")
    guarda(pagina)
    pagina.get_by_label(re.compile(r"^Risposta( \*)?$")).select_option("Adottato e vigente")
    piccolo = pagina.get_by_role("group", name=comune.nome)
    piccolo.get_by_label("adottato").check()
    piccolo.get_by_label("ancora vigente").check()
    piccolo.get_by_label("nel").fill("2015")
    scatta("rete-tempi-rispondi", full_page=True)
    premi(pagina, "Salva", "Risposta salvata.")
    guarda(pagina)
    pagina.goto(f"{sito}{reverse('rete_pubblica', args=[edizione.azienda.codice])}")
    guarda(pagina)
