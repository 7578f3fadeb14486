# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rounds of computation for the tests: plans whose score is known, asked, done, read."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection

from obiettivi import azioni
from obiettivi.azioni.massivo import blocchi
from obiettivi.models import GiroDiCalcolo, Raggiungimento
from piani.models import Azienda, Piano
from tests.factories import (
    AreaFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)


def piano_con(valore: int, azienda: Azienda, misure: int = 1, **altro: Any) -> Piano:
    """A plan whose score is the result of its indicators."""
    piano = PianoFactory(azienda=azienda, **altro)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    for _una in range(misure):
        misura = MisuraFactory(obiettivo=obiettivo)
        TargetFactory(misura=misura, stampato="100%")
        RilevazioneFactory(indicatore=misura.indicatore, valore=valore)
    return piano


def chiedi(*piani: Piano, **altro: Any) -> GiroDiCalcolo:
    dati: dict[str, Any] = {"prospettiva": "consuntivo", "anno": 2022, "da": None}
    return azioni.avvia_giro(piani, **dati | altro)


def fai(giro: GiroDiCalcolo) -> GiroDiCalcolo:
    for blocco in blocchi(giro.calcoli.all()):
        azioni.esegui_blocco(blocco)
    return giro


def stati(giro: GiroDiCalcolo) -> dict[tuple[int, str], str]:
    return {(uno.piano_id, uno.frazione): uno.stato for uno in giro.calcoli.all()}


def punteggi_dei_piani() -> dict[int, Decimal | None]:
    righe = Raggiungimento.objects.filter(livello=Raggiungimento.Livello.PIANO, frazione="")
    return {riga.piano_id: riga.punteggio for riga in righe}


def in_un_altra_connessione(lavoro: Callable[[], Any]) -> Any:
    try:
        return lavoro()
    finally:
        connection.close()
