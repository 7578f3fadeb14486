# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the ground floor: one transaction, one permission, one Evento each."""

from piani.azioni.carica import carica_piano
from piani.azioni.documento import assicura_stampa, pubblica, ristampa, stampa
from piani.azioni.evento import registra
from piani.azioni.lavoro import manda

__all__ = ["assicura_stampa", "carica_piano", "manda", "pubblica", "registra", "ristampa", "stampa"]
