# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may not evaluate a call, nor vote on it: whoever leads, or is partner of, a proposal of it.

Piano 2017-2018, par. 2.4, point 3; art. 5 of the Regolamento. It is read from the proposals as they
are now, so that a partner added later counts; what was declared does not.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from conciliazione.models import (
    DichiarazioneConflitto,
    ManifestazioneInteresse,
    Partner,
    Presenza,
    Proposta,
    PuntoOrdine,
    Referente,
    Seggio,
)
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


def senza_voto(punto: PuntoOrdine, presenze: Iterable[Presenza]) -> dict[int, str]:
    """By seat, why it does not vote on an item that evaluates the proposals of a call; in as many
    queries for one seat as for all, and none for any other item.

    The source says that in the evaluation of the projects only those of the Comitato took part that
    were not capofila or partner of a proposal (Piano 2017-2018, par. 2.4, point 3), that a meeting
    is valid with half of the members plus one, and that it decides by the majority of those present
    (art. 7 of the Regolamento). It does not say that who abstains for a conflict is less present:
    so a seat counts for the quorum and for the majority all the same. Ours: that the vote of its
    body, of who declared a conflict as evaluator, and of who sits there while representing a body
    that proposes, is not taken at all on that item; on the others it is.
    """
    if punto.manifestazione is None or punto.manifestazione.sigillata:
        return {}
    perche = proponenti(punto.manifestazione)
    righe = [una for una in presenze if una.seggio is not None]
    dichiarati = dict(
        DichiarazioneConflitto.objects.filter(
            valutatore__manifestazione=punto.manifestazione,
            valutatore__seggio__in=[una.seggio_id for una in righe],
            in_conflitto=True,
        ).values_list("valutatore__seggio", "motivo")
    )
    rappresenta = _rappresentati({una.utente_id for una in righe if una.utente_id})
    trovati: dict[int, str] = {}
    for una in righe:
        suoi = [una.seggio.ente_id, *rappresenta.get(una.utente_id, ())]
        motivo = next((perche[uno] for uno in suoi if uno in perche), "")
        if not motivo and una.seggio_id in dichiarati:
            motivo = _("Ha dichiarato un conflitto: %(motivo)s") % {
                "motivo": dichiarati[una.seggio_id]
            }
        if motivo:
            trovati[una.seggio_id] = motivo
    return trovati


def _rappresentati(persone: set[int]) -> dict[int | None, list[int]]:
    """The bodies that each of these people represents today, in one query."""
    trovati: dict[int | None, list[int]] = defaultdict(list)
    righe = Referente.objects.in_vigore().filter(utente__in=persone)
    for utente, ente in righe.order_by("ente").values_list("utente", "ente"):
        trovati[utente].append(ente)
    return trovati
