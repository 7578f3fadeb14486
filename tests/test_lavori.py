# SPDX-License-Identifier: AGPL-3.0-or-later
"""Jobs for real: a Celery worker, the broker, the same database as the pages."""

from collections.abc import Iterator

import pytest
from celery.contrib.testing.worker import start_worker

from config.celery import app
from obiettivi import azioni
from obiettivi.models import Calcolo, Raggiungimento
from piani import azioni as azioni_piani
from piani.models import DocumentoPubblicato
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    SezioneFactory,
    TargetFactory,
)
from tests.lavoratori import aspetta

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lavoratore() -> Iterator[None]:
    with start_worker(app, perform_ping_check=False, shutdown_timeout=30):
        yield
    app.control.purge()


def test_il_calcolo_passa_dal_broker_e_la_riga_dice_a_che_punto_è(lavoratore: None) -> None:
    piano = PianoFactory()
    EdizioneFactory(azienda=piano.azienda)
    misura = MisuraFactory(obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)))
    TargetFactory(misura=misura, stampato="≥ 80%")
    RilevazioneFactory(indicatore=misura.indicatore, valore=40)
    calcolo = azioni.avvia_calcolo(piano, prospettiva="consuntivo", anno=2022, da=None)
    aspetta(lambda: not Calcolo.objects.get(pk=calcolo.pk).aperto)
    calcolo.refresh_from_db()
    assert (calcolo.stato, calcolo.fatti, calcolo.totale) == (Calcolo.Stato.FATTO, 1, 1)
    del_piano = Raggiungimento.objects.get(livello=Raggiungimento.Livello.PIANO)
    assert del_piano.mostrato == "50,00"


def test_la_stampa_passa_dal_broker(lavoratore: None) -> None:
    piano = SezioneFactory().piano
    documento = azioni_piani.pubblica(piano, da=None)
    pronti = DocumentoPubblicato.objects.pubblicati()
    aspetta(lambda: pronti.filter(pk=documento.pk).exists())
    assert (documento.cartella / "documento.pdf").read_bytes().startswith(b"%PDF-1.7")
