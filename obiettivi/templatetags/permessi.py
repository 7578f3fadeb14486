# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may, asked by pages that speak of many aziende at once."""

from django import template

from obiettivi.rules import GOVERNA
from piani.models import Utente

register = template.Library()


@register.filter
def governa_misurazioni(utente: Utente) -> bool:
    """Whether the person may compute the plans of at least an azienda."""
    return utente.puo_tutto or utente.ha_ruolo(GOVERNA)
