# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the evaluators named to the results that anybody reads, in the browser."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from conciliazione.models import Graduatoria, ManifestazioneInteresse, Scenario
from piani.models import Ruolo, Utente
from tests.e2e.conciliazione import atti_riparto as atti
from tests.factories import PASSWORD, IncaricoFactory
from tests.factories_conciliazione import (
    ComponenteFactory,
    CriterioFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PropostaFactory,
    SedutaFactory,
    SeggioFactory,
    VersioneFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROGETTI = (("Servizi salvatempo", "120000.00"), ("Tempi della città", "90000.00"))


@pytest.fixture
def bando(transactional_db: None) -> ManifestazioneInteresse:
    edizione = EdizioneConciliazioneFactory(dotazione=Decimal("968676.00"))
    bando = ManifestazioneFactory(
        edizione=edizione, chiusa=True, numero=1, titolo="Alleanze locali", dotazione=180000
    )
    CriterioFactory(manifestazione=bando, nome="Coerenza", punti=60)
    CriterioFactory(manifestazione=bando, nome="Sinergia con i tempi", punti=10, premiale=True)
    for numero, (titolo, chiesto) in enumerate(PROGETTI, 1):
        proposta = PropostaFactory(
            manifestazione=bando, presentata=True, stato="ammessa", numero=numero, titolo=titolo
        )
        VersioneFactory(
            proposta=proposta, contributo=Decimal(chiesto), costo_dichiarato=Decimal(200000),
            chiusa_il=timezone.now(),
        )  # fmt: skip
    return bando


def entra(pagina: Page, sito: str, chi: Utente) -> None:
    pagina.set_default_timeout(15_000)
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(chi.username)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def test_dalla_nomina_dei_valutatori_agli_esiti(
    bando: ManifestazioneInteresse,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
) -> None:
    sito = str(live_server.url)
    ufficio = IncaricoFactory(azienda=bando.azienda, ruolo=Ruolo.CAPOFILA).utente
    seggio = SeggioFactory(edizione=bando.edizione, denominazione="CISL Milano Metropoli")
    recusato = SeggioFactory(
        edizione=bando.edizione,
        ente=bando.proposte.first().capofila,
        denominazione="Provincia di prova",
    )
    valuta = ComponenteFactory(seggio=seggio).utente
    seduta = SedutaFactory(edizione=bando.edizione, stato="chiusa", componenti=30, numero_legale=16)
    entra(pagina, sito, ufficio)
    atti.valutatori_nominati(pagina, sito, bando, [seggio, recusato])
    scatta("conciliazione-valutatori")
    entra(pagina, sito, valuta)
    atti.senza_conflitti(pagina, sito, bando)
    for (titolo, _chiesto), voto in zip(PROGETTI, ("48,5", "52"), strict=True):
        atti.proposta_valutata(
            pagina, sito, bando, titolo, {"Coerenza": voto, "Sinergia con i tempi": "6"}
        )
    entra(pagina, sito, ufficio)
    atti.graduatoria_decisa(pagina, sito, bando, seduta)
    scatta("conciliazione-graduatoria")
    assert list(Graduatoria.objects.get().righe.values_list("posto", "punti")) == [
        (1, Decimal(58)), (2, Decimal("54.5")),
    ]  # fmt: skip
    atti.scenario_calcolato(pagina, sito, bando, "In proporzione")
    atti.scenario_calcolato(
        pagina, sito, bando, "Con un taglio", tagli={"Servizi salvatempo": "10.000"}
    )
    scatta("conciliazione-scenari", full_page=True)
    atti.scenario_scelto(pagina, sito, bando, "Con un taglio", "Le azioni ripetute si tolgono.")
    scatta("conciliazione-esiti", full_page=True)
    scelto = Scenario.objects.get(in_vigore=True)
    assert list(scelto.righe.values_list("assegnato", flat=True)) == [
        Decimal("99000.00"), Decimal("81000.00"),
    ]  # fmt: skip
