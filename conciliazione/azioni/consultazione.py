# SPDX-License-Identifier: AGPL-3.0-or-later
"""The members of the network ask for an opinion: proposed, signed, brought to a meeting."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, salva
from conciliazione.azioni.seduta import CONVOCA
from conciliazione.comitato.firme import firme_di
from conciliazione.models import (
    EdizioneConciliazione,
    Ente,
    FirmaRichiesta,
    PuntoOrdine,
    RichiestaConsultazione,
    Seduta,
)
from conciliazione.rules import esigi_referente
from piani.models import Utente
from piani.rules import esigi

CHIEDE = "conciliazione.chiede_consultazione"


def chiedi_consultazione(
    edizione: EdizioneConciliazione, *, ente: Ente, oggetto: str, testo: str, da: Utente | None
) -> RichiestaConsultazione:
    """A member asks the network for an opinion, and signs first.

    :raises PermissionDenied: the author does not represent that body.
    :raises ValidationError: by field; the body is not in the network, the edition not in force.
    """
    esigi_referente(da, CHIEDE, ente)
    with transaction.atomic():
        esigi_stato(bloccata(edizione), EdizioneConciliazione.Stato.IN_VIGORE)
        _membro(edizione, ente)
        richiesta = salva(
            RichiestaConsultazione(
                edizione=edizione, oggetto=oggetto, testo=testo, proposta_da=ente
            )
        )
        salva(FirmaRichiesta(richiesta=richiesta, ente=ente, firmata_da=da))
        annota(
            "conc_consultazione.chiesta",
            richiesta,
            _("%(ente)s chiede una consultazione: %(oggetto)s")
            % {"ente": ente, "oggetto": richiesta},
            da=da,
            riguarda=[edizione],
        )
    return richiesta


def firma_richiesta(
    richiesta: RichiestaConsultazione, *, ente: Ente, da: Utente | None
) -> FirmaRichiesta:
    """Another member asks the same.

    :raises PermissionDenied: the author does not represent that body.
    :raises ValidationError: the body is not in the network, signed already, or the request has its
        meeting.
    """
    esigi_referente(da, CHIEDE, ente)
    with transaction.atomic():
        questa = bloccata(richiesta)
        if questa.seduta_id:
            raise ValidationError(_("La richiesta è già all'ordine del giorno di una seduta."))
        _membro(questa.edizione, ente)
        firma = salva(FirmaRichiesta(richiesta=questa, ente=ente, firmata_da=da))
        annota(
            "conc_consultazione.firmata",
            questa,
            _("%(ente)s firma la richiesta «%(oggetto)s»") % {"ente": ente, "oggetto": questa},
            da=da,
            riguarda=[questa.edizione],
        )
    return firma


def porta_in_seduta(
    richiesta: RichiestaConsultazione, *, seduta: Seduta, da: Utente | None
) -> PuntoOrdine:
    """Put a request that has its signatures on the agenda of a meeting of the Rete.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: signatures are missing, the meeting is not of the Rete or was called,
        or the request has its meeting already.
    """
    esigi(da, CONVOCA, richiesta)
    with transaction.atomic():
        questa, dove = bloccata(richiesta), bloccata(seduta)
        firme = firme_di(questa)
        if not firme.bastano:
            raise ValidationError(
                _(
                    "Hanno firmato %(date)s enti su %(membri)s: ne servono %(servono)s, un quarto "
                    "della Rete o la quota che dice l'edizione."
                )
                % {"date": firme.date, "membri": firme.membri, "servono": firme.servono}
            )
        if dove.organo != Seduta.Organo.RETE or dove.edizione_id != questa.edizione_id:
            raise ValidationError({"seduta": _("La consultazione è di una riunione della Rete.")})
        esigi_stato(dove, Seduta.Stato.BOZZA)
        libera = RichiestaConsultazione.objects.filter(pk=questa.pk, seduta__isnull=True)
        if not libera.update(seduta=dove):
            raise ValidationError(_("La richiesta è già all'ordine del giorno di una seduta."))
        ultimo = dove.punti.aggregate(ultimo=Max("ordine"))["ultimo"] or 0
        punto = salva(
            PuntoOrdine(
                seduta=dove,
                ordine=ultimo + 1,
                genere=PuntoOrdine.Genere.PARERE,
                titolo=questa.oggetto,
            )
        )
        annota(
            "conc_consultazione.in_seduta",
            questa,
            _("All'ordine del giorno di «%(seduta)s»: %(oggetto)s")
            % {"seduta": dove, "oggetto": questa},
            da=da,
            riguarda=[dove, questa.edizione],
        )
    return punto


def stacca_richiesta(richiesta: RichiestaConsultazione, *, da: Utente | None) -> None:
    """Take a request away from a meeting that was not called yet; the item stays, it is the
    Capofila's to propose.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it has no meeting, or the meeting was called.
    """
    esigi(da, CONVOCA, richiesta)
    with transaction.atomic():
        libere = RichiestaConsultazione.objects.filter(
            pk=richiesta.pk, seduta__stato=Seduta.Stato.BOZZA
        )
        if not libere.update(seduta=None):
            raise ValidationError(_("La richiesta non è di una seduta ancora da convocare."))
        annota(
            "conc_consultazione.staccata",
            richiesta,
            _("Staccata dalla seduta la richiesta «%(oggetto)s»") % {"oggetto": richiesta},
            da=da,
            riguarda=[richiesta.edizione],
        )


def _membro(edizione: EdizioneConciliazione, ente: Ente) -> None:
    della_rete = Ente.objects.filter(pk=ente.pk, azienda=edizione.azienda_id).membri()
    if not della_rete.exists():
        raise ValidationError(
            {"ente": _("«%(ente)s» oggi non fa parte della Rete.") % {"ente": ente}}
        )
