# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may not evaluate a call: whoever leads, or is partner of, a proposal of it.

Piano 2017-2018, par. 2.4, point 3; art. 5 of the Regolamento. It is read from the proposals as they
are now, so that a partner added later counts; what was declared does not.
"""

from django.utils.translation import gettext as _

from conciliazione.models import ManifestazioneInteresse, Partner, Proposta, Seggio
from conciliazione.rules import enti_rappresentati
from piani.models import Utente


def proponenti(manifestazione: ManifestazioneInteresse) -> dict[int, str]:
    """By body, why it is in conflict: in two queries; nobody if the edition does not ask for it."""
    if not manifestazione.edizione.regole.astensione.valore:
        return {}
    inviate = Proposta.objects.inviate().filter(manifestazione=manifestazione)
    perche: dict[int, str] = {}
    for partner in (
        Partner.objects.attuali().filter(proposta__in=inviate).select_related("proposta", "ente")
    ):
        perche[partner.ente_id] = _("%(ente)s è partner della proposta «%(proposta)s».") % {
            "ente": partner.ente,
            "proposta": partner.proposta,
        }
    for proposta in inviate.select_related("capofila"):
        perche[proposta.capofila_id] = _("%(ente)s guida la proposta «%(proposta)s».") % {
            "ente": proposta.capofila,
            "proposta": proposta,
        }
    return perche


def del_seggio(seggio: Seggio, manifestazione: ManifestazioneInteresse) -> str:
    """Why the body of a seat is in conflict; "" if it is not."""
    return proponenti(manifestazione).get(seggio.ente_id, "")


def della_persona(utente: Utente | None, manifestazione: ManifestazioneInteresse) -> str:
    """Why a person is in conflict by a body that they represent, whatever seat they hold."""
    if utente is None:
        return ""
    perche = proponenti(manifestazione)
    return next((perche[uno] for uno in sorted(enti_rappresentati(utente)) if uno in perche), "")
