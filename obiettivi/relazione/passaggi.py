# SPDX-License-Identifier: AGPL-3.0-or-later
"""The states of a Relazione and the steps between them.

The body that governs approves, the Nucleo validates, then it is published (art. 10 c. 1 lett. b
and art. 14 c. 4 lett. c D.Lgs. 150/2009).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Relazione
from piani.models import Piano

Stato = Relazione.Stato

# Only an adopted plan is accounted for.
SI_RENDICONTA = Piano.ADOTTATI


@dataclass(frozen=True)
class Passaggio:
    """A step: from which state to which, who may take it, the event that records it."""

    da: Stato
    a: Stato
    permesso: str
    evento: str
    titolo: str | Promise
    chi: str | Promise


APPROVAZIONE = Passaggio(
    Stato.BOZZA, Stato.APPROVATA, "obiettivi.approva_relazione", "relazione.approvata",
    _("Approva la relazione"), _("la Direzione strategica"),
)  # fmt: skip
INVIO = Passaggio(
    Stato.APPROVATA, Stato.IN_VALIDAZIONE, "obiettivi.prepara_relazione", "relazione.inviata",
    _("Manda la relazione al Nucleo"), _("il controllo di gestione"),
)  # fmt: skip
VALIDAZIONE = Passaggio(
    Stato.IN_VALIDAZIONE, Stato.VALIDATA, "obiettivi.valida_relazione", "relazione.validata",
    _("Valida la relazione"), _("il Nucleo di valutazione"),
)  # fmt: skip
PUBBLICAZIONE = Passaggio(
    Stato.VALIDATA, Stato.PUBBLICATA, "piani.pubblica", "relazione.pubblicata",
    _("Pubblica la relazione"), _("il pubblicatore o il controllo di gestione"),
)  # fmt: skip
RITORNO = Passaggio(
    Stato.NON_VALIDATA, Stato.BOZZA, "obiettivi.prepara_relazione", "relazione.in_bozza",
    _("Riporta la relazione in bozza"), _("il controllo di gestione"),
)  # fmt: skip
PASSAGGI = (APPROVAZIONE, INVIO, VALIDAZIONE, PUBBLICAZIONE, RITORNO)

# From where the text can still be taken up again: what was said of it no longer holds.
SI_RIAPRE = tuple(stato for stato in Stato if stato != Stato.BOZZA)

# The road as the page draws it; a refusal is a halt on it.
CAMMINO = (
    Stato.BOZZA, Stato.APPROVATA, Stato.IN_VALIDAZIONE, Stato.VALIDATA, Stato.PUBBLICATA,
)  # fmt: skip

# The state to which each event brought a Relazione.
ARRIVI = {passaggio.evento: passaggio.a for passaggio in PASSAGGI} | {
    "relazione.cominciata": Stato.BOZZA,
    "relazione.non_validata": Stato.NON_VALIDATA,
}


def prossimo(relazione: Relazione) -> Passaggio | None:
    """The step that awaits a Relazione in its state; none once it is published."""
    return next((uno for uno in PASSAGGI if uno.da == relazione.stato), None)
