# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rules not yet saved would do to the results that are there: judged and told, not written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from obiettivi.calcolo.arrotondamento import mostra
from obiettivi.calcolo.edizione import Edizione, EdizioneNonValida
from obiettivi.calcolo.edizione_dati import da_dati
from obiettivi.calcolo.valori import motivo_di
from obiettivi.models import EdizioneSMVP, Misura, Prospettiva, Rilevazione
from obiettivi.raccolta import raccogli
from obiettivi.valutazione import Valutazione, valuta
from piani.models import Piano

MISURE_MASSIME = 600
"""A larger plan is not judged at every keystroke: its calculation is asked for."""


@dataclass(frozen=True)
class Effetto:
    """A plan with its results of a year: the score by the saved rules and by the new ones.

    ``adesso`` and ``sarebbe`` are as people read them, or the reason why there is none;
    ``cambiano`` counts the indicators whose score would be another.
    """

    piano: Piano
    anno: int
    adesso: str
    sarebbe: str
    cambiano: int
    indicatori: int
    dimostrativo: bool


def effetti(salvata: EdizioneSMVP, nuova: Edizione, piani: Iterable[Piano]) -> Iterator[Effetto]:
    """The effect on the results of the year of the rules or, if none is there yet, of the last."""
    try:
        prima: Edizione | None = da_dati(salvata.parametri)
    except EdizioneNonValida:
        prima = None
    for piano in piani:
        anno = _anno_con_risultati(piano, salvata.anno)
        if anno is not None and _piccolo(piano):
            yield _effetto(piano, anno, prima, nuova)


def _effetto(piano: Piano, anno: int, prima: Edizione | None, nuova: Edizione) -> Effetto:
    albero = raccogli(piano, Prospettiva.CONSUNTIVO, anno)
    vecchi = valuta(albero, prima) if prima else None
    nuovi = valuta(albero, nuova)
    return Effetto(
        piano=piano,
        anno=anno,
        adesso=_mostrato(vecchi) if vecchi else "",
        sarebbe=_mostrato(nuovi),
        cambiano=_cambiano(vecchi, nuovi) if vecchi else 0,
        indicatori=len(nuovi.giudizi),
        dimostrativo=nuovi.piano.dimostrativo,
    )


def _mostrato(valutazione: Valutazione) -> str:
    punteggio = valutazione.piano.punteggio
    return mostra(punteggio) or motivo_di(punteggio)


def _cambiano(vecchi: Valutazione, nuovi: Valutazione) -> int:
    return sum(
        vecchi.giudizi[chiave].punteggio != giudizio.punteggio
        for chiave, giudizio in nuovi.giudizi.items()
    )


def _anno_con_risultati(piano: Piano, anno: int) -> int | None:
    """The year of the rules if it has results, otherwise the one before."""
    con_risultati = set(
        Rilevazione.objects.correnti()
        .filter(
            indicatore__in=Misura.objects.filter(obiettivo__area__piano=piano).values("indicatore"),
            anno__in=[uno for uno in (anno, anno - 1) if uno in piano.anni],
            unita__isnull=True,
        )
        .values_list("anno", flat=True)
    )
    return max(con_risultati, default=None)


def _piccolo(piano: Piano) -> bool:
    return Misura.objects.filter(obiettivo__area__piano=piano).count() <= MISURE_MASSIME
