# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many requests of a call give each reason: never who, never a small group.

A request may give several reasons, so the counts do not add up to anything and no sum is shown. A
count is silent when it is of few, or when those that do not give the reason are few.
"""

from collections import Counter
from dataclasses import dataclass

from lavoro_agile.cifre.autorizzati import minimo
from lavoro_agile.models import BandoLavoroAgile, MotivoDomanda
from obiettivi.calcolo.riservatezza import cella_piccola


@dataclass(frozen=True)
class ConteggioMotivo:
    """A reason of the edition and how many requests give it; None is silent."""

    codice: str
    nome: str
    quanti: int | None


def conteggi_motivi(bando: BandoLavoroAgile, *, intero: bool = False) -> list[ConteggioMotivo]:
    """The reasons of the requests of a call, in the order of the edition.

    :param intero: for the risorse umane, with the small groups.
    """
    domande = bando.domande.presentate()
    tutte = domande.count()
    righe = MotivoDomanda.objects.filter(domanda__in=domande).values_list("codice", flat=True)
    trovati = Counter(righe.order_by())
    nomi = {motivo.codice: motivo.nome for motivo in bando.edizione.regole.motivi}
    nomi |= {codice: codice for codice in trovati if codice not in nomi}
    soglia = 1 if intero else max(minimo(), bando.edizione.regole.cella_minima)
    return [
        ConteggioMotivo(codice, nome, _detto(trovati[codice], tutte, soglia))
        for codice, nome in nomi.items()
    ]


def _detto(quanti: int, tutte: int, soglia: int) -> int | None:
    pochi = cella_piccola(quanti, soglia) or cella_piccola(tutte - quanti, soglia)
    return None if pochi else quanti
