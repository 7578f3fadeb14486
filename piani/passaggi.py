# SPDX-License-Identifier: AGPL-3.0-or-later
"""The states of a plan in their order, and the steps that lead from one to the next."""

from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from piani.models import Piano

Stato = Piano.Stato
ORDINE = tuple(Stato.values)


class Passo(IntEnum):
    """The steps in order: what blocks one blocks those after it too."""

    INVIO = 1
    VALIDAZIONE = 2
    ADOZIONE = 3
    PUBBLICAZIONE = 4


@dataclass(frozen=True)
class Passaggio:
    """A step: from which state to which, who may take it, the event that records it."""

    passo: Passo
    da: Stato
    a: Stato
    permesso: str
    evento: str
    titolo: str | Promise
    chi: str | Promise


INVIO = Passaggio(
    Passo.INVIO, Stato.BOZZA, Stato.IN_VALIDAZIONE, "piani.modifica", "piano.inviato",
    _("Invia al Nucleo di valutazione"), _("il controllo di gestione"),
)  # fmt: skip
VALIDAZIONE = Passaggio(
    Passo.VALIDAZIONE, Stato.IN_VALIDAZIONE, Stato.VALIDATO, "piani.valida", "piano.validato",
    _("Valida il piano"), _("il Nucleo di valutazione"),
)  # fmt: skip
ADOZIONE = Passaggio(
    Passo.ADOZIONE, Stato.VALIDATO, Stato.ADOTTATO, "piani.adotta", "piano.adottato",
    _("Adotta il piano"), _("la Direzione strategica o il controllo di gestione"),
)  # fmt: skip
PUBBLICAZIONE = Passaggio(
    Passo.PUBBLICAZIONE, Stato.ADOTTATO, Stato.PUBBLICATO, "piani.pubblica", "piano.pubblicato",
    _("Pubblica il documento"), _("il pubblicatore o il controllo di gestione"),
)  # fmt: skip
PASSAGGI = (INVIO, VALIDAZIONE, ADOZIONE, PUBBLICAZIONE)

# The state to which each event brought a plan.
ARRIVI = {
    "piano.creato": Stato.BOZZA,
    "piano.scorso": Stato.BOZZA,
    "piano.respinto": Stato.BOZZA,
    "piano.in_bozza": Stato.BOZZA,
    "piano.inviato": Stato.IN_VALIDAZIONE,
    "piano.validato": Stato.VALIDATO,
    "piano.caricato": Stato.ADOTTATO,
    "piano.adottato": Stato.ADOTTATO,
    "piano.pubblicato": Stato.PUBBLICATO,
    "piano.superato": Stato.SUPERATO,
}


def prossimo(piano: Piano) -> Passaggio | None:
    """The step that awaits a plan in its state; none once it is published."""
    return next((uno for uno in PASSAGGI if uno.da == piano.stato), None)


def oltre(piano: Piano, stato: str) -> bool:
    """Whether the plan has reached that state, or gone beyond it."""
    return ORDINE.index(piano.stato) >= ORDINE.index(stato)
