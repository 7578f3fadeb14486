# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented year that ./avvia adds: marked as such, alive from today, written once."""

from datetime import date

import pytest

from lavoro_agile.azioni.carica import carica_lavoro_agile
from lavoro_agile.azioni.dimostrazione import completa_dimostrazione
from lavoro_agile.models import (
    AccordoIndividuale,
    AutorizzatiUnita,
    BandoLavoroAgile,
    CampagnaMappatura,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    GiornateAgili,
    MappaturaAttivita,
    MotivoDomanda,
    RilevazioneAgile,
)
from obiettivi.azioni import carica
from obiettivi.models import Rilevazione
from piani.models import (
    AzionePositiva,
    Evento,
    MonitoraggioAzione,
    PersonalePerGenere,
    Piano,
    RelazioneCUG,
)
from piani.models.azione_positiva import quota_realizzata
from tests.conftest import RADICE
from tests.factories import UtenteFactory

pytestmark = pytest.mark.django_db
FONTI = RADICE / "fixtures"
OGGI = date(2026, 11, 22)


@pytest.fixture
def dimostrazione() -> EdizioneLavoroAgile:
    carica(FONTI / "asst-cremona-performance-2022-2024", da=None)
    carica_lavoro_agile(FONTI / "lavoro_agile_asst_cremona_2022", da=None)
    UtenteFactory(username="dino.dipendente")
    edizione = completa_dimostrazione(OGGI)
    assert edizione is not None
    return edizione


def test_la_dimostrazione_riempie_ogni_pagina_e_dice_di_essere_inventata(
    dimostrazione: EdizioneLavoroAgile,
) -> None:
    assert (dimostrazione.stato, dimostrazione.dimostrativa) == ("in_vigore", True)
    bando = BandoLavoroAgile.objects.get(edizione=dimostrazione)
    assert (bando.apre_il, bando.chiude_il) == (date(2026, 11, 12), date(2026, 12, 12))
    domanda = DomandaLavoroAgile.objects.get(bando=bando)
    assert (domanda.stato, domanda.dimostrativa) == ("presentata", True)
    assert domanda.unita.codice == "UFF-TEC"
    assert MotivoDomanda.objects.filter(domanda=domanda).count() == 2
    accordi = AccordoIndividuale.objects.in_vigore(OGGI)
    assert set(accordi.values_list("codice", "dimostrativo")) == {
        ("DIM-A1", True),
        ("DIM-A2", True),
    }
    assert min(uno.al for uno in accordi) == date(2026, 12, 17)

    campagna = CampagnaMappatura.objects.get()
    assert (campagna.anno, campagna.stato, campagna.dimostrativa) == (2026, "aperta", True)
    assert dict(MappaturaAttivita.objects.values_list("unita__codice", "stato")) == {
        "UFF-TEC": "da_compilare",
        "ECO-FIN": "in_compilazione",
        "RIS-UMANE": "trasmessa",
        "SIA": "trasmessa",
    }
    sportello = MappaturaAttivita.objects.get(unita__codice="RIS-UMANE").attivita.get(ordine=2)
    assert sportello.smartabile == "no"

    inventata = RilevazioneAgile.objects.get(dimostrativa=True)
    quanti = AutorizzatiUnita.objects.filter(rilevazione=inventata).values_list("quanti", flat=True)
    assert (inventata.giorno, sum(quanti), min(quanti)) == (date(2025, 12, 31), 64, 5)
    assert GiornateAgili.objects.filter(dimostrativa=True).count() == 20  # 10 months, 2 units
    risultati = Rilevazione.objects.filter(indicatore__codice__startswith="CR-AGILE")
    assert risultati.filter(dimostrativa=True, anno=2021).count() == 6
    assert not risultati.exclude(dimostrativa=True).exists()


def test_le_azioni_positive_inventate_sono_a_meta_con_la_relazione_da_scrivere(
    dimostrazione: EdizioneLavoroAgile,
) -> None:
    piano = Piano.objects.get(slug="azioni-positive-asst-cremona-2026")
    assert piano.titolo == "Piano delle azioni positive (dimostrazione)"
    azioni = AzionePositiva.objects.filter(area__piano=piano)
    assert azioni.count() == 4
    assert not azioni.filter(indicatore="").exists()
    fatto = MonitoraggioAzione.objects.filter(azione__in=azioni, anno=2026)
    assert quota_realizzata(list(fatto)) == 50
    relazione = RelazioneCUG.objects.get(anno=2026)
    assert (relazione.stato, relazione.scade_il) == ("bozza", date(2027, 3, 30))
    personale = PersonalePerGenere.objects.filter(anno=2025)
    assert personale.filter(dimostrativo=True).count() == personale.count() == 3


def test_la_dimostrazione_si_scrive_una_volta(dimostrazione: EdizioneLavoroAgile) -> None:
    eventi = Evento.objects.count()
    assert completa_dimostrazione(OGGI) is None
    assert Evento.objects.count() == eventi


def test_senza_l_azienda_non_c_e_dimostrazione(db: None) -> None:
    assert completa_dimostrazione(OGGI) is None
    assert not EdizioneLavoroAgile.objects.exists()
