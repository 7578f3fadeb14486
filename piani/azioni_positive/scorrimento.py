# SPDX-License-Identifier: AGPL-3.0-or-later
"""The azioni positive carried into a revision «a scorrimento»: areas, actions, and their years."""

from typing import TypeVar

from piani.models import AreaAzioniPositive, AzionePositiva, Piano

R = TypeVar("R", AreaAzioniPositive, AzionePositiva)


def scorri_azioni_positive(vecchio: Piano, nuovo: Piano) -> tuple[int, int]:
    """Copy the areas and the actions of a plan into its revision, each with the row that it comes
    from; how many of the two. What was done of them stays in the old plan.

    Called inside the transaction that makes the revision.
    """
    aree = {}
    for area in AreaAzioniPositive.objects.filter(piano=vecchio):
        copia = _copia(area)
        copia.piano = nuovo
        aree[area.pk] = copia
    AreaAzioniPositive.objects.bulk_create(aree.values())
    azioni = []
    for azione in AzionePositiva.objects.filter(area__in=aree):
        copiata = _copia(azione)
        copiata.area = aree[azione.area_id]
        copiata.anno_inizio, copiata.anno_fine = anni_nel(nuovo, azione, vecchio)
        azioni.append(copiata)
    AzionePositiva.objects.bulk_create(azioni)
    return len(aree), len(azioni)


def anni_nel(nuovo: Piano, azione: AzionePositiva, vecchio: Piano) -> tuple[int, int]:
    """The years of an action in the revision of its plan.

    One that is still on goes on: to its last year, or to the end of the new plan if it lasted as
    long as the old one. One that was over is proposed again, as many years later as the plan.
    """
    primo, ultimo = azione.anno_inizio, azione.anno_fine
    if ultimo < nuovo.anno_inizio:
        passati = nuovo.anno_inizio - vecchio.anno_inizio
        primo, ultimo = primo + passati, ultimo + passati
    elif ultimo == vecchio.anno_fine:
        ultimo = nuovo.anno_fine
    return max(primo, nuovo.anno_inizio), min(ultimo, nuovo.anno_fine)


def _copia(riga: R) -> R:
    """The row as it is, not saved, that remembers where it comes from."""
    campi = [campo.attname for campo in riga._meta.concrete_fields if not campo.primary_key]
    copia = type(riga)(**{campo: getattr(riga, campo) for campo in campi})
    copia.precedente, copia.riga_fonte = riga, ""
    return copia
