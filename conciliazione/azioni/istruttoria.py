# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the office does of the proposals once the call has closed: admits, opens again, merges."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione import tasks
from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa
from conciliazione.azioni.presentazione import copia_apporti, copia_azioni, nuova_versione
from conciliazione.conti import versione_di
from conciliazione.models import ManifestazioneInteresse as Manifestazione
from conciliazione.models import Partner, Proposta
from piani.azioni import manda
from piani.models import Utente
from piani.rules import esigi

ISTRUISCE = "conciliazione.istruisce"
Stato = Proposta.Stato


def ammetti(proposta: Proposta, *, motivo: str = "", da: Utente | None) -> None:
    """Let a proposal be evaluated; one found inadmissible may be admitted later, saying why.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the call has not closed; by field.
    """
    esigi(da, ISTRUISCE, proposta)
    with transaction.atomic():
        mia = _dissigillata(proposta)
        if mia.stato == Stato.NON_AMMESSA and not motivo.strip():
            raise ValidationError({"motivo": _("Scrivi perché adesso è ammessa.")})
        passa(mia, Stato.AMMESSA, da_stati=[Stato.PRESENTATA, Stato.NON_AMMESSA], motivo=motivo)
        _annota("conc_proposta.ammessa", mia, _("Ammessa «%(proposta)s»"), da, motivo)
        manda(tasks.avvisa_capofila, mia.pk)
    proposta.stato = mia.stato


def non_ammettere(proposta: Proposta, *, motivo: str, da: Utente | None) -> None:
    """Leave a proposal out of the evaluation, and say why.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the call has not closed.
    """
    esigi(da, ISTRUISCE, proposta)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la proposta non è ammessa.")})
    with transaction.atomic():
        mia = _dissigillata(proposta)
        passa(mia, Stato.NON_AMMESSA, da_stati=[Stato.PRESENTATA], motivo=motivo)
        _annota("conc_proposta.non_ammessa", mia, _("Non ammessa «%(proposta)s»"), da, motivo)
        manda(tasks.avvisa_capofila, mia.pk)
    proposta.stato = mia.stato


def coprogetta(proposta: Proposta, *, motivo: str, da: Utente | None) -> None:
    """Give an admitted proposal back to its capofila, as a new version to work on together.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; it is not admitted.
    """
    esigi(da, ISTRUISCE, proposta)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi che cosa si chiede di rivedere.")})
    with transaction.atomic():
        mia = _dissigillata(proposta)
        passa(mia, Stato.IN_COPROGETTAZIONE)
        nuova_versione(mia, motivo, da)
        _annota(
            "conc_proposta.in_coprogettazione",
            mia,
            _("In co-progettazione «%(proposta)s»"),
            da,
            motivo,
        )
        manda(tasks.avvisa_capofila, mia.pk)
    proposta.stato = mia.stato


def fondi(
    rimane: Proposta, altre: Sequence[Proposta], *, titolo: str, motivo: str, da: Utente | None
) -> None:
    """Merge proposals into one: the one that stays gets a new version with the actions and the
    cofinancing of all, to be worked on by its capofila; the others keep their history and say
    where they went. Their bodies become partners: those that had led are asked to confirm.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; one is not admitted, or is of another call.
    """
    esigi(da, ISTRUISCE, rimane)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché si fondono.")})
    chiavi = {una.pk for una in altre}
    if not chiavi or rimane.pk in chiavi:
        raise ValidationError(
            {"altre": _("Scegli almeno una proposta, diversa da quella in cui confluiscono.")}
        )
    with transaction.atomic():
        mia = _dissigillata(rimane)
        queste = [_dissigillata(una) for una in sorted(altre, key=lambda una: una.pk)]
        if any(una.manifestazione_id != mia.manifestazione_id for una in queste):
            raise ValidationError({"altre": _("Le proposte sono di manifestazioni diverse.")})
        _riapri(mia, motivo, da)
        versione = mia.versioni.get(chiusa_il__isnull=True)
        for una in queste:
            sua = versione_di(una)
            passa(
                una, Stato.FUSA, da_stati=[Stato.AMMESSA, Stato.IN_COPROGETTAZIONE],
                confluita_in=mia, motivo=motivo,
            )  # fmt: skip
            if sua is not None:
                copia_azioni(sua, versione)
                copia_apporti(sua, versione)
                versione.contributo = (versione.contributo or 0) + (sua.contributo or 0)
                versione.costo_dichiarato = (versione.costo_dichiarato or 0) + (
                    sua.costo_dichiarato or 0
                )
                versione.finalita = list(dict.fromkeys([*versione.finalita, *sua.finalita]))
            _porta_i_partner(una, mia)
        versione.titolo = titolo or versione.titolo
        versione.modifiche += 1
        versione.save(
            update_fields=["titolo", "contributo", "costo_dichiarato", "finalita", "modifiche"]
        )
        Proposta.objects.filter(pk=mia.pk).update(titolo=versione.titolo)
        annota(
            "conc_proposta.fuse",
            mia,
            _("In «%(proposta)s» confluiscono %(quante)s proposte")
            % {"proposta": mia, "quante": len(queste)},
            da=da,
            dati={"motivo": motivo, "numeri": [una.numero for una in queste]},
            riguarda=[*queste, mia.manifestazione],
        )
        for una in (mia, *queste):
            manda(tasks.avvisa_capofila, una.pk)


def _riapri(mia: Proposta, motivo: str, da: Utente | None) -> None:
    """The one that stays is being worked on: with the version it has open, or a new one."""
    if mia.stato == Stato.AMMESSA:
        passa(mia, Stato.IN_COPROGETTAZIONE)
        nuova_versione(mia, motivo, da)
    else:
        esigi_stato(mia, Stato.IN_COPROGETTAZIONE)


def _porta_i_partner(una: Proposta, mia: Proposta) -> None:
    """Who had said yes is in; who led the other is invited, and answers for itself."""
    gia = set(mia.partner.values_list("ente", flat=True)) | {mia.capofila_id}
    for partner in una.partner.attuali():
        if partner.ente_id not in gia:
            gia.add(partner.ente_id)
            Partner.objects.create(
                proposta=mia,
                ente_id=partner.ente_id,
                stato=partner.stato,
                ruolo=partner.ruolo,
                apporto=partner.apporto,
                risposto_il=partner.risposto_il,
                risposto_da_id=partner.risposto_da_id,
                nota=_("Dalla proposta n. %(n)s") % {"n": una.numero},
            )
    if una.capofila_id not in gia:
        nuovo = Partner.objects.create(
            proposta=mia,
            ente_id=una.capofila_id,
            nota=_("Capofila della proposta n. %(n)s") % {"n": una.numero},
        )
        manda(tasks.avvisa_invitato, nuovo.pk)


def _dissigillata(proposta: Proposta) -> Proposta:
    """The proposal, locked, of a call that has closed and is being looked at."""
    bando = bloccata(proposta.manifestazione)
    if bando.sigillata:
        raise ValidationError(_("La manifestazione non si è ancora chiusa: le proposte sono "
                                "sigillate."))  # fmt: skip
    esigi_stato(bando, Manifestazione.Stato.IN_VALUTAZIONE)
    return bloccata(proposta)


def _annota(tipo: str, proposta: Proposta, frase: str, da: Utente | None, motivo: str) -> None:
    annota(
        tipo,
        proposta,
        frase % {"proposta": proposta},
        da=da,
        dati={"motivo": motivo} if motivo else None,
        riguarda=[proposta.manifestazione],
    )
