# SPDX-License-Identifier: AGPL-3.0-or-later
"""A gathered plan judged by an edition: leaves, then objectives, areas and the plan.

Nothing is read or written: the run stores what comes out, the explanation tells it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from obiettivi.calcolo.aggregazione import Aggregato, Nodo, aggrega
from obiettivi.calcolo.aggregazione import Foglia as FogliaGiudicata
from obiettivi.calcolo.arrotondamento import Livello
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.models import AreaStrategica
from obiettivi.raccolta import Albero


@dataclass(frozen=True)
class Valutazione:
    """The outcome, by key of the row at each level; ``linee`` are areas out of the plan's score."""

    giudizi: dict[int, Giudizio]
    obiettivi: dict[int, Aggregato]
    aree: dict[int, Aggregato]
    piano: Aggregato


def valuta(
    albero: Albero, edizione: Edizione, avanza: Callable[[int], None] = lambda fatti: None
) -> Valutazione:
    """Judge every leaf, then roll up; ``avanza`` hears how many leaves are done."""
    giudizi: dict[int, Giudizio] = {}
    foglie: dict[int, list[FogliaGiudicata]] = defaultdict(list)
    for fatti, foglia in enumerate(albero.foglie, start=1):
        giudizio = giudica(foglia.da_giudicare, edizione, foglia.periodo)
        if foglia.riferimento_dimostrativo:
            giudizio = replace(giudizio, dimostrativo=True)
        giudizi[foglia.chiave] = giudizio
        foglie[foglia.obiettivo].append(giudizio.foglia(foglia.peso))
        avanza(fatti)
    nodi = _nodi_area(albero, foglie)
    piano = aggrega(
        Nodo(
            Livello.PIANO,
            str(albero.piano.pk),
            albero.piano.titolo,
            tuple(nodi[a.pk] for a in albero.aree if a.tipo == AreaStrategica.Tipo.AREA),
        ),
        edizione,
    )
    # The linee strategiche are measured by their projects, apart from the plan's own score.
    linee = [
        aggrega(nodi[a.pk], edizione) for a in albero.aree if a.tipo == AreaStrategica.Tipo.LINEA
    ]
    tutti = [nodo for radice in (piano, *linee) for nodo in radice.tutti()]
    return Valutazione(
        giudizi=giudizi,
        obiettivi={int(n.codice): n for n in tutti if n.livello is Livello.OBIETTIVO},
        aree={int(n.codice): n for n in tutti if n.livello is Livello.AREA},
        piano=piano,
    )


def _nodi_area(albero: Albero, foglie: dict[int, list[FogliaGiudicata]]) -> dict[int, Nodo]:
    per_area: dict[int, list[Nodo]] = defaultdict(list)
    for obiettivo in albero.obiettivi:
        per_area[obiettivo.area_id].append(
            Nodo(
                Livello.OBIETTIVO,
                str(obiettivo.pk),
                obiettivo.titolo,
                tuple(foglie[obiettivo.pk]),
                obiettivo.peso,
                prerequisito=obiettivo.prerequisito,
            )
        )
    return {
        area.pk: Nodo(Livello.AREA, str(area.pk), area.nome, tuple(per_area[area.pk]), area.peso)
        for area in albero.aree
    }
