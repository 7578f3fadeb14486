# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runs of many plans for real: worker processes, a broker, a worker that dies half-way."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from obiettivi import azioni
from obiettivi.azioni import massivo
from obiettivi.models import Calcolo, GiroDiCalcolo, Raggiungimento
from obiettivi.tasks import riprendi_in_attesa
from piani.models import Evento, Piano
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)
from tests.lavoratori import Lavoratore, aspetta, lavoratori, tenuto

pytestmark = [pytest.mark.lunga, pytest.mark.django_db(transaction=True)]
Stato = Calcolo.Stato
FRAZIONI = ["", "T1"]
VALORI = (10, 20, 30, 40, 50, 60)


@pytest.fixture
def due(transactional_db: None) -> Iterator[list[Lavoratore]]:
    with lavoratori("primo", "secondo") as vivi:
        yield vivi


@pytest.fixture
def piani() -> list[Piano]:
    """Six plans: the result of each is its score in the year, and in the first quarter."""
    fatti = []
    for valore in VALORI:
        piano = PianoFactory()
        EdizioneFactory(azienda=piano.azienda)
        misura = MisuraFactory(obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)))
        TargetFactory(misura=misura, stampato="100%")
        for frazione in FRAZIONI:
            RilevazioneFactory(indicatore=misura.indicatore, frazione=frazione, valore=valore)
        fatti.append(piano)
    return fatti


def chiedi(piani: list[Piano]) -> GiroDiCalcolo:
    return azioni.avvia_giro(piani, prospettiva="consuntivo", anno=2022, frazioni=FRAZIONI, da=None)


def quanti(giro: GiroDiCalcolo, stato: str) -> int:
    return giro.calcoli.filter(stato=stato).count()


def controlla_finito(giro: GiroDiCalcolo, piani: list[Piano]) -> None:
    """Each run done once, whoever did it, and every score right."""
    assert quanti(giro, Stato.FATTO) == len(piani) * len(FRAZIONI)
    fatti = Evento.objects.filter(tipo="calcolo.fatto").values_list("oggetto", flat=True)
    assert sorted(fatti) == sorted(f"obiettivi.calcolo:{c.pk}" for c in giro.calcoli.all())
    punteggi = Raggiungimento.objects.filter(livello=Raggiungimento.Livello.PIANO)
    assert {(uno.piano_id, uno.frazione): uno.punteggio for uno in punteggi} == {
        (piano.pk, frazione): Decimal(valore)
        for piano, valore in zip(piani, VALORI, strict=True)
        for frazione in FRAZIONI
    }


def test_un_giro_è_fatto_da_due_lavoratori_insieme(
    due: list[Lavoratore], piani: list[Piano], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(massivo, "INDICATORI_PER_BLOCCO", 1)  # one plan for each job
    with tenuto(piani[0]):
        giro = chiedi(piani)
        # One worker is held by the first plan: the other five can only be the other's work.
        aspetta(lambda: quanti(giro, Stato.FATTO) == 10)
        aspetta(lambda: quanti(giro, Stato.IN_CORSO) == 2)
        assert [uno.occupato() for uno in due].count(True) == 1
    aspetta(lambda: not giro.calcoli.aperti().exists())
    controlla_finito(giro, piani)


def test_un_lavoratore_ucciso_a_metà_non_perde_niente(
    due: list[Lavoratore], piani: list[Piano], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(massivo, "INDICATORI_PER_BLOCCO", 3)  # three plans for each job
    with tenuto(piani[0]):
        giro = chiedi(piani)
        aspetta(lambda: quanti(giro, Stato.FATTO) == 6)
        # Taken, read and judged: it waits to write the first plan, and two others with it.
        aspetta(lambda: quanti(giro, Stato.IN_CORSO) == 6)
        next(uno for uno in due if uno.occupato()).uccidi()
    assert quanti(giro, Stato.IN_CORSO) == 6
    assert not Raggiungimento.objects.filter(piano__in=piani[:3]).exists()
    assert riprendi_in_attesa(minuti=0) == 6
    aspetta(lambda: not giro.calcoli.aperti().exists())
    controlla_finito(giro, piani)
