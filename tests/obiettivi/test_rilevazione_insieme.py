# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several people who write results of one plan at once: no score is left behind."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from obiettivi import azioni
from obiettivi.models import Calcolo, Indicatore, Raggiungimento, Rilevazione
from piani.models import Piano
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
)


def scrivi(posto: int, indicatori: list[Indicatore]) -> None:
    """Twelve results by one client, over the same indicators in another order each time."""
    try:
        for giro in range(12):
            indicatore = indicatori[(giro * (posto + 1) + posto) % len(indicatori)]
            azioni.rileva(indicatore, anno=2022, valore=Decimal(posto * 40 + giro), da=None)
    finally:
        connection.close()


def ricalcola(piano: Piano) -> Calcolo:
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    return calcolo


@pytest.mark.django_db(transaction=True)
def test_tre_persone_insieme_non_lasciano_indietro_nessun_punteggio() -> None:
    piano = PianoFactory()
    EdizioneFactory(azienda=piano.azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    misure = [TargetFactory(misura=MisuraFactory(obiettivo=obiettivo)).misura for _una in range(4)]
    indicatori = [misura.indicatore for misura in misure]
    with ThreadPoolExecutor(3) as tre:
        for fatto in [tre.submit(scrivi, posto, indicatori) for posto in range(3)]:
            fatto.result()
    correnti = Rilevazione.objects.correnti()
    assert correnti.count() == len({riga.indicatore_id for riga in correnti})
    assert Raggiungimento.objects.filter(livello="P").count() == 1
    assert ricalcola(piano).scritti == 0
