# SPDX-License-Identifier: AGPL-3.0-or-later
"""The partners of a proposal: invited by the capofila, each answers for itself."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione import tasks
from conciliazione.azioni.passi import bloccata, passa, salva
from conciliazione.azioni.proposta import SCRIVE, annota_sigillata
from conciliazione.models import Ente, Partner, Proposta
from conciliazione.rules import esigi_referente
from piani.azioni import manda
from piani.models import Utente

Stato = Partner.Stato


def invita_partner(
    proposta: Proposta, ente: Ente, *, ruolo: str = "", apporto: str = "", da: Utente | None
) -> Partner:
    """Ask a body to be in the Alleanza; who represents it is written to. One that refused or left
    is asked again.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: by field; it is not in the network, or is in the Alleanza already; the
        proposal is not being written.
    """
    esigi_referente(da, SCRIVE, proposta)
    with transaction.atomic():
        mia = _scrivibile(proposta)
        if ente.azienda_id != mia.azienda.pk:
            raise ValidationError({"ente": _("L'ente è della Rete di un'altra ATS.")})
        if ente.pk == mia.capofila_id:
            raise ValidationError({"ente": _("È il capofila: nell'Alleanza c'è già.")})
        if not Ente.objects.membri().filter(pk=ente.pk).exists():
            raise ValidationError({"ente": _("%(ente)s non è nella Rete.") % {"ente": ente}})
        partner = mia.partner.filter(ente=ente).first()
        if partner is None:
            partner = salva(Partner(proposta=mia, ente=ente, ruolo=ruolo, apporto=apporto))
        elif partner.stato in Partner.ATTUALI:
            raise ValidationError({"ente": _("%(ente)s è già invitato.") % {"ente": ente}})
        else:
            passa(
                partner, Stato.INVITATO, ruolo=ruolo, apporto=apporto, risposto_il=None,
                risposto_da=None, uscito_il=None,
            )  # fmt: skip
        annota_sigillata("conc_partner.invitato", mia, _("Invitato un partner"), da)
        manda(tasks.avvisa_invitato, partner.pk)
    return partner


def togli_partner(partner: Partner, *, da: Utente | None) -> None:
    """The capofila takes a body out of the Alleanza; its cofinancing of the open version goes too.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: it is out already, or the proposal is not being written.
    """
    esigi_referente(da, SCRIVE, partner.proposta)
    with transaction.atomic():
        mia = _scrivibile(partner.proposta)
        passa(partner, Stato.USCITO, uscito_il=timezone.localdate())
        for versione in mia.versioni.filter(chiusa_il__isnull=True):
            versione.cofinanziamenti.filter(ente=partner.ente_id).delete()
        annota_sigillata("conc_partner.tolto", mia, _("Tolto un partner"), da)


def rispondi(partner: Partner, *, accetta: bool, nota: str = "", da: Utente | None) -> None:
    """A body says for itself whether it is in.

    :raises PermissionDenied: the author does not represent the body.
    :raises ValidationError: it answered already, it is no longer invited, or the proposal is not
        being written any more.
    """
    esigi_referente(da, "conciliazione.risponde_partner", partner)
    with transaction.atomic():
        mia = _scrivibile(partner.proposta)
        passa(
            partner,
            Stato.CONFERMATO if accetta else Stato.RIFIUTATO,
            da_stati=[Stato.INVITATO],
            nota=nota,
            risposto_il=timezone.now(),
            risposto_da=da,
        )
        detto = _("Un partner ha confermato") if accetta else _("Un partner ha rifiutato")
        annota_sigillata("conc_partner.risposto", mia, detto, da)


def _scrivibile(proposta: Proposta) -> Proposta:
    mia = bloccata(proposta)
    if mia.stato not in Proposta.SCRIVIBILI:
        raise ValidationError(
            _("La proposta è «%(stato)s»: l'Alleanza non si cambia più.")
            % {"stato": mia.get_stato_display()}
        )
    return mia
