# SPDX-License-Identifier: AGPL-3.0-or-later
"""Incarichi to mend: left on a unit that is no longer there, or on none where one is expected."""

from datetime import date
from itertools import groupby

from piani.models import Azienda, Incarico, Ruolo
from piani.models.incarico import IncaricoQuerySet

# Whoever holds only these is not of the body, or keeps the program: no unit is expected.
SENZA_UNITA = (Ruolo.NUCLEO, Ruolo.REGIONE, Ruolo.CAPOFILA, Ruolo.AMMINISTRATORE)
# These are of a unit, or they are of nothing.
DI_UNA_UNITA = (Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO, Ruolo.RILEVATORE)


def rimasti_indietro(azienda: Azienda, giorno: date) -> IncaricoQuerySet:
    """Incarichi in force on that day whose unit is not in the chart of that day."""
    in_vigore = azienda.organigrammi.in_vigore(giorno).order_by()
    return (
        _del_giorno(azienda, giorno)
        .filter(unita__isnull=False)
        .exclude(unita__organigramma__in=in_vigore)
    )


def senza_unita(azienda: Azienda, giorno: date) -> list[Incarico]:
    """Incarichi that want a unit and have none; of who has none at all, the first of the others."""
    trovati: list[Incarico] = []
    for _persona, suoi in groupby(_del_giorno(azienda, giorno), key=lambda i: i.utente_id):
        incarichi = list(suoi)
        vuoti = [i for i in incarichi if i.unita_id is None and i.ruolo not in SENZA_UNITA]
        di_unita = [i for i in vuoti if i.ruolo in DI_UNA_UNITA]
        if di_unita:
            trovati += di_unita
        elif vuoti and all(i.unita_id is None for i in incarichi):
            trovati.append(vuoti[0])
    return trovati


def _del_giorno(azienda: Azienda, giorno: date) -> IncaricoQuerySet:
    return (
        Incarico.objects.filter(azienda=azienda)
        .in_vigore(giorno)
        .select_related("utente", "unita__organigramma")
        .order_by("utente__last_name", "utente__first_name", "utente", "ruolo", "pk")
    )
