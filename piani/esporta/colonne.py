# SPDX-License-Identifier: AGPL-3.0-or-later
"""The columns that many lists have, each said once."""

from django.utils.translation import gettext_lazy as _

from piani.esporta.foglio import Colonna, Testo, Via

AZIENDA = Colonna(_("Azienda"), "azienda.nome")
ANNO = Colonna(_("Anno"), "anno")
PRIMO_ANNO = Colonna(_("Primo anno"), "anno_inizio")
ULTIMO_ANNO = Colonna(_("Ultimo anno"), "anno_fine")
DAL = Colonna(_("Dal"), "dal")
AL = Colonna(_("Al"), "al")
STATO = Colonna(_("Stato"), "get_stato_display")


def euro(nome: Testo, valore: Via) -> Colonna:
    """An amount of money, with its two decimals."""
    return Colonna(nome, valore, 2)
