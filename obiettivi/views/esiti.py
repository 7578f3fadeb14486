# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action answered, told to the person: scores that moved, plans that wait."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from obiettivi.azioni.piani_toccati import Effetti


def avvisa_dei_piani(request: HttpRequest, effetti: Effetti) -> None:
    """The plans and the schede whose scores did not follow at once, and why."""
    for piano in effetti.in_coda:
        messages.info(
            request,
            _("La posizione di partenza di «%(piano)s» si sta ricalcolando.") % {"piano": piano},
        )
    for piano in effetti.trattenuti:
        messages.warning(
            request,
            _("«%(piano)s»: il documento pubblicato mostra questi punteggi. Le differenze "
              "aspettano un motivo fra le cose da fare.") % {"piano": piano},
        )  # fmt: skip
    for piano in effetti.non_aggiornati:
        messages.warning(
            request,
            _("I punteggi di «%(piano)s» non si sono aggiornati: le sue regole non si possono "
              "usare.") % {"piano": piano},
        )  # fmt: skip
    for scheda in effetti.ferme:
        messages.warning(
            request,
            _("La scheda budget «%(scheda)s» è già validata: i suoi punteggi restano quelli, e la "
              "sua pagina dice che cosa cambierebbe.") % {"scheda": scheda},
        )  # fmt: skip
