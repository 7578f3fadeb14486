# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores in the pages of the ground floor, which does not know how they are made."""

from decimal import Decimal

from django import template

from obiettivi.calcolo.arrotondamento import Modo, arrotonda, italiano, mostra, numero
from obiettivi.models import Raggiungimento
from obiettivi.voti import Voto, voto_di

register = template.Library()


@register.filter
def voto(riga: Raggiungimento) -> Voto:
    """The score of a row, ready for ``_semaforo.html``."""
    return voto_di(riga)


@register.filter
def cifra(valore: Decimal | str) -> str:
    """A figure (or its exact text) the Italian way: ``1205.3000`` → ``1.205,3``."""
    return numero(Decimal(valore))


@register.filter
def mostrato(punteggio: Decimal) -> str:
    """A score as people read it; below 100 it never shows 100,00."""
    return mostra(punteggio)


@register.filter
def percentuale(quota: Decimal) -> str:
    """A rate with one decimal: ``66,7``."""
    return italiano(arrotonda(quota, Modo.META_SU, 1))
