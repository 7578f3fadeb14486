# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented cycle of a year: what ``./avvia`` leaves for every role to try."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from obiettivi import azioni
from obiettivi.azioni.ciclo_dimostrativo import carica_ciclo
from obiettivi.models import (
    Finestra,
    Misura,
    PunteggioScheda,
    Rendicontazione,
    Rilevazione,
    SchedaBudget,
    ValutazioneIndividuale,
)
from piani import bacheca
from piani.azioni import crea_dimostrative
from piani.importa import leggi_toml
from piani.models import Piano, Utente
from tests.conftest import RADICE

pytestmark = [pytest.mark.lunga, pytest.mark.django_db, pytest.mark.due_banche]
FIXTURES = RADICE / "fixtures"
ANNO = 2026
AUTUNNO = date(ANNO, 11, 22)
Stato = SchedaBudget.Stato


@pytest.fixture
def cremona(monkeypatch: pytest.MonkeyPatch) -> Piano:
    """The source plan and the people, on a day of autumn."""
    monkeypatch.setattr(timezone, "localdate", lambda *_argomenti: AUTUNNO)
    azioni.carica_fonti()
    for cartella in ("asst-cremona-performance-2022-2024", "ats-milano-performance-2021-2023"):
        azioni.carica(FIXTURES / cartella, da=None)
    crea_dimostrative(leggi_toml(FIXTURES / "utenti_dimostrativi.toml")["utenti"])
    return Piano.objects.get(slug="asst-cremona-performance-2022-2024")


def scheda(nome: str) -> SchedaBudget:
    return SchedaBudget.objects.get(unita__nome=nome)


def test_le_schede_sono_in_tre_momenti_diversi_e_la_loro_cifra_si_rifa_a_mano(
    cremona: Piano,
) -> None:
    piano = carica_ciclo(AUTUNNO)
    assert piano is not None
    assert (piano.stato, piano.scorrimento_di) == (Piano.Stato.ADOTTATO, cremona)
    assert [*piano.anni] == [ANNO, ANNO + 1, ANNO + 2]
    assert piano.titolo == "Piano della performance (dimostrazione) 2026-2028"
    misure = Misura.objects.filter(obiettivo__area__piano=piano)
    assert not misure.filter(indicatore__codice="CR-18").exists()
    momenti = {
        "Ufficio Tecnico": Stato.IN_MONITORAGGIO,
        "Economica Finanziaria": Stato.IN_NEGOZIAZIONE,
        "Acquisti e Servizi": Stato.PROPOSTA,
    }
    assert {str(una.unita): una.stato for una in SchedaBudget.objects.dei_cdr()} == momenti
    dell_anno = PunteggioScheda.objects.get(
        scheda=scheda("Ufficio Tecnico"), livello="S", frazione=""
    )
    # 0,30 × 100 + 0,70 × (0,30 × 100 + 0,45 × 100 + 0,25 × 55/80)
    assert dell_anno.punteggio == Decimal("94.53125")
    assert dell_anno.dimostrativo
    assert carica_ciclo(AUTUNNO) is None
    assert SchedaBudget.objects.dei_cdr().count() == 3


def test_le_scadenze_sono_vive_e_ogni_cifra_dice_di_essere_inventata(cremona: Piano) -> None:
    carica_ciclo(AUTUNNO)
    aperte = Finestra.objects.aperte(AUTUNNO).values_list("tipo", "frazione")
    assert set(aperte) == {("negoziazione", ""), ("rendicontazione", "T3")}
    bozze = Rendicontazione.objects.filter(stato="bozza")
    assert [(una.riga.indicatore.codice, una.frazione) for una in bozze] == [("DIM-05", "T3")]
    di_cdr = Rilevazione.objects.filter(unita__isnull=False)
    assert di_cdr.count() == 14
    assert not di_cdr.filter(dimostrativa=False).exists()
    assert ValutazioneIndividuale.objects.count() == 5
    attese = {
        "paola.tecnico": "Rendiconta il 3° trimestre 2026: Ufficio Tecnico",
        "remo.economica": "Firma la scheda budget",
        "gaia.rilevatrice": "Rileva DIM-05, 3° trimestre 2026",
        "anna.controllo": "Pubblica il documento",
    }
    for nome, titolo in attese.items():
        cose = [cosa.titolo for cosa in bacheca.raccogli(Utente.objects.get(username=nome))]
        assert any(titolo in uno for uno in cose), (nome, cose)


def test_a_gennaio_il_ciclo_comincia_dal_modello(
    cremona: Piano, monkeypatch: pytest.MonkeyPatch
) -> None:
    gennaio = date(ANNO, 1, 9)
    monkeypatch.setattr(timezone, "localdate", lambda *_argomenti: gennaio)
    carica_ciclo(gennaio)
    assert {str(una.unita): una.stato for una in SchedaBudget.objects.dei_cdr()} == {
        "Economica Finanziaria": Stato.IN_NEGOZIAZIONE,
        "Acquisti e Servizi": Stato.PROPOSTA,
    }
    cose = bacheca.raccogli(Utente.objects.get(username="anna.controllo"))
    assert "9 CdR senza scheda budget 2026" in [cosa.titolo for cosa in cose]
    assert not Rendicontazione.objects.exists()


def test_senza_il_piano_o_le_persone_si_dice_che_cosa_manca() -> None:
    with pytest.raises(ValidationError, match="asst-cremona-performance-2022-2024"):
        carica_ciclo(AUTUNNO)
    azioni.carica(FIXTURES / "asst-cremona-performance-2022-2024", da=None)
    with pytest.raises(ValidationError, match="«anna"):
        carica_ciclo(AUTUNNO)
    assert Piano.objects.count() == 1
