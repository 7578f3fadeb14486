# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a row, said in a line each: who may does them, and they do what the pages do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conciliazione.models import EdizioneConciliazione, VersioneProposta
from piani.models import Azienda, Ruolo
from tests.api.mondo_conciliazione import una_di_ogni
from tests.api.mondo_lavoro_agile import una_di_ogni as una_di_ogni_agile
from tests.api.passi import cambia, detto, leggi, manda
from tests.factories import OrganigrammaFactory, UnitaFactory
from tests.factories_conciliazione import EdizioneConciliazioneFactory, SedutaFactory
from tests.factories_lavoro_agile import (
    BandoAgileFactory,
    EdizioneAgileFactory,
    RilevazioneAgileFactory,
)
from tests.frontiere.api_conciliazione import PASSI
from tests.frontiere.api_lavoro_agile import ALTRI, GIORNI

pytestmark = pytest.mark.django_db
# Of who leads a project, not of the office.
DI_ALTRI = {("rendiconti", "trasmissione"), ("rilevazioni", "trasmissione")}


@pytest.fixture
def capofila(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.RISORSE_UMANE)


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    fatta: EdizioneConciliazione = EdizioneConciliazioneFactory(azienda=azienda)
    return fatta


def test_chi_puo_fa_ogni_passo_della_conciliazione(
    capofila: Client, edizione: EdizioneConciliazione
) -> None:
    """Done, or refused for what was sent or for the state of the row: never for who asks."""
    righe = una_di_ogni(edizione)
    for nome, passi in PASSI.items():
        for passo in passi:
            risposta = manda(capofila, f"conciliazione/{nome}/{righe[nome].pk}/{passo}")
            attesi = (403,) if (nome, passo) in DI_ALTRI else (200, 201, 400, 422)
            assert risposta.status_code in attesi, (nome, passo, risposta.content)


def test_chi_puo_fa_ogni_passo_del_lavoro_agile(ufficio: Client, azienda: Azienda) -> None:
    righe = una_di_ogni_agile(EdizioneAgileFactory(azienda=azienda))
    for nome, passo in ALTRI:
        if passo not in ("totali", "cifre", "risultati"):
            risposta = manda(ufficio, f"lavoro-agile/{nome}/{righe[nome].pk}/{passo}")
            assert risposta.status_code in (200, 201, 400, 422), (nome, passo, risposta.content)


def test_una_seduta_si_convoca_e_si_annulla(
    capofila: Client, edizione: EdizioneConciliazione
) -> None:
    seduta = SedutaFactory(edizione=edizione, stato="bozza")
    qui = f"conciliazione/sedute/{seduta.pk}"
    annullata = manda(capofila, f"{qui}/annullamento", {"motivo": "Manca il numero"})
    assert annullata.status_code == 200, annullata.content
    assert leggi(capofila, qui)["motivo_annullamento"] == "Manca il numero"
    detto(manda(capofila, f"{qui}/convocazione"), 422)


def test_un_semestre_si_chiude_e_si_riapre(
    capofila: Client, edizione: EdizioneConciliazione
) -> None:
    qui = f"conciliazione/semestri/{una_di_ogni(edizione)['semestri'].pk}"
    finestra = {"apre": "2021-01-01", "scade": "2020-12-31"}
    assert detto(manda(capofila, f"{qui}/finestra", finestra), 422)
    assert "motivo" in str(manda(capofila, f"{qui}/riapertura").json())


def test_uno_scenario_si_copia_e_si_toglie(
    capofila: Client, edizione: EdizioneConciliazione
) -> None:
    scenario = una_di_ogni(edizione)["scenari"]
    qui = f"conciliazione/scenari/{scenario.pk}/copia"
    assert "quale contributo chiede" in detto(manda(capofila, qui), 422)
    VersioneProposta.objects.update(contributo=7, costo_dichiarato=10)
    copia = manda(capofila, qui)
    assert copia.status_code == 201, copia.content
    assert copia["Location"] == f"/api/v1/conciliazione/scenari/{copia.json()['id']}"
    tolta = cambia(capofila, f"conciliazione/scenari/{copia.json()['id']}", metodo="delete")
    assert tolta.status_code == 204, tolta.content


def test_di_un_progetto_cambia_solo_cio_che_si_manda(
    capofila: Client, edizione: EdizioneConciliazione
) -> None:
    progetto = una_di_ogni(edizione)["progetti"]
    qui = f"conciliazione/progetti/{progetto.pk}"
    prima = leggi(capofila, qui)
    dopo: Any = cambia(capofila, qui, {"atto_concessione": "Decreto n. 7"})
    assert dopo.status_code == 200, dopo.content
    assert dopo.json() == prima | {"atto_concessione": "Decreto n. 7"}


def test_un_bando_per_il_lavoro_agile_si_annulla(ufficio: Client, azienda: Azienda) -> None:
    bando = BandoAgileFactory(edizione=EdizioneAgileFactory(azienda=azienda), stato="pubblicato")
    qui = f"lavoro-agile/bandi/{bando.pk}"
    annullato = manda(ufficio, f"{qui}/annullamento", {"motivo": "Rifatto"})
    assert annullato.json()["stato"] == "annullato"
    detto(manda(ufficio, f"{qui}/pubblicazione"), 422)


def test_una_rilevazione_si_toglie_dopo_averla_letta(ufficio: Client, azienda: Azienda) -> None:
    rilevazione = RilevazioneAgileFactory(azienda=azienda)
    qui = f"lavoro-agile/rilevazioni/{rilevazione.pk}"
    detto(manda(ufficio, qui, metodo="delete"), 428)
    assert cambia(ufficio, qui, metodo="delete").status_code == 204
    assert ufficio.get(f"/api/v1/{qui}").status_code == 404


def test_una_seduta_si_prepara_e_si_cambia(
    capofila: Client, edizione: EdizioneConciliazione
) -> None:
    corpo = {
        "edizione": edizione.slug,
        "organo": "comitato",
        "oggetto": "Riparto",
        "quando": "2031-05-01T10:00:00Z",
    }
    nuova = manda(capofila, "conciliazione/sedute", corpo)
    assert nuova.status_code == 201, nuova.content
    qui = f"conciliazione/sedute/{nuova.json()['id']}"
    dopo = cambia(capofila, qui, {"sede": "Sala grande"})
    assert dopo.json() == nuova.json() | {"sede": "Sala grande"}


def test_una_mappatura_si_prepara_si_apre_e_si_cambia(ufficio: Client, azienda: Azienda) -> None:
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    corpo = {"azienda": azienda.codice, "anno": 2029, **GIORNI}
    nuova = manda(ufficio, "lavoro-agile/mappature", corpo)
    assert nuova.status_code == 201, nuova.content
    qui = f"lavoro-agile/mappature/{nuova.json()['id']}"
    assert cambia(ufficio, qui, {"titolo": "Un altro"}).json()["titolo"] == "Un altro"
    aperta = manda(ufficio, f"{qui}/unita", {"unita": [unita.pk]})
    assert aperta.json()["stato"] == "aperta", aperta.content
    assert detto(manda(ufficio, f"{qui}/unita", {"unita": [0]}), 422)


def test_un_bando_si_prepara_e_si_cambia(ufficio: Client, azienda: Azienda) -> None:
    corpo = {"edizione": EdizioneAgileFactory(azienda=azienda).slug, **GIORNI}
    nuovo = manda(ufficio, "lavoro-agile/bandi", corpo)
    assert nuovo.status_code == 201, nuovo.content
    qui = f"lavoro-agile/bandi/{nuovo.json()['id']}"
    dopo = cambia(ufficio, qui, {"atto": "Delibera 3"})
    assert dopo.json() == nuovo.json() | {"atto": "Delibera 3"}


def test_un_semestre_si_apre(capofila: Client, edizione: EdizioneConciliazione) -> None:
    corpo = {"edizione": edizione.slug, "anno": edizione.anno_inizio, "semestre": 1}
    giorni = {"apre": f"{edizione.anno_inizio}-07-01", "scade": f"{edizione.anno_inizio}-07-31"}
    nuovo = manda(capofila, "conciliazione/semestri", corpo | giorni)
    assert nuovo.status_code == 201, nuovo.content
    detto(manda(capofila, "conciliazione/semestri", corpo | giorni), 422)
