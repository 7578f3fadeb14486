# SPDX-License-Identifier: AGPL-3.0-or-later
"""Deleghe: given by who holds the incarico or by the amministratore, revoked by either."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.models import Delega, Incarico, Ruolo, Utente
from piani.rules import esigi


def delega(
    incarico: Incarico,
    *,
    a: Utente,
    dal: date,
    al: date,
    motivo: str,
    da: Utente | None,
) -> Delega:
    """Lend an incarico to a person from a day to another, ends included.

    :raises PermissionDenied: the author neither holds the incarico nor sees to its azienda's
        people.
    :raises ValidationError: by field: the person is not of the azienda or has it already in some
        of those days, the dates go out of the incarico or are past, the reason is missing; or
        the incarico is of the Nucleo, which answers for itself, or would go to one of its
        members; or the author has it on loan.
    """
    esigi(da, "piani.delega", incarico)
    if da is not None and da.delega is not None and da.delega.incarico_id == incarico.pk:
        raise ValidationError(_("Un incarico avuto per delega non si delega ad altri."))
    with transaction.atomic():
        Incarico.objects.select_for_update().get(pk=incarico.pk)
        errori = {
            "incarico": _problema_incarico(incarico),
            "delegato": _problema_delegato(incarico, a) or _gia_data(incarico, a, dal, al),
            "dal": _("La delega comincia prima dell'incarico.") if dal < incarico.dal else "",
            "al": _problema_fine(incarico, dal, al),
            "motivo": "" if motivo.strip() else _("Scrivi il motivo: resta nel registro."),
        }
        if any(errori.values()):
            raise ValidationError({campo: frase for campo, frase in errori.items() if frase})
        nuova = Delega.objects.create(
            incarico=incarico, delegato=a, dal=dal, al=al, motivo=motivo.strip(), creata_da=da
        )
        registra(
            "delega.data",
            nuova,
            azienda=incarico.azienda,
            da=da,
            descrizione=_("%(delega)s, dal %(dal)s al %(al)s")
            % {"delega": nuova, "dal": dal.strftime("%d/%m/%Y"), "al": al.strftime("%d/%m/%Y")},
            dati={"motivo": nuova.motivo},
        )
    return nuova


def _problema_incarico(incarico: Incarico) -> str:
    if incarico.ruolo == Ruolo.NUCLEO:
        return _("L'incarico nel Nucleo non si delega: chi ne fa parte risponde in proprio.")
    return _("L'incarico è finito.") if incarico.finito else ""


def _problema_delegato(incarico: Incarico, a: Utente) -> str:
    if a.pk == incarico.utente_id:
        return _("Non si delega a sé stessi.")
    if not a.is_active:
        return _("La persona è disattivata.")
    suoi = incarico.azienda.incarichi.filter(utente=a).in_vigore()
    if not suoi.exists():
        return _("La persona non ha incarichi in vigore in questa azienda.")
    if suoi.filter(ruolo=Ruolo.NUCLEO).exists():
        return _("Chi fa parte del Nucleo non agisce per conto dell'azienda che valuta.")
    return ""


def _gia_data(incarico: Incarico, a: Utente, dal: date, al: date) -> str:
    doppia = incarico.deleghe.filter(
        delegato=a, revocata_il__isnull=True, dal__lte=al, al__gte=dal
    ).first()
    if doppia is None:
        return ""
    return _("Ha già questa delega dal %(dal)s al %(al)s: per cambiarla, revoca quella.") % {
        "dal": doppia.dal.strftime("%d/%m/%Y"),
        "al": doppia.al.strftime("%d/%m/%Y"),
    }


def _problema_fine(incarico: Incarico, dal: date, al: date) -> str:
    if al < dal:
        return _("La delega finisce prima di cominciare.")
    if al < timezone.localdate():
        return _("La delega sarebbe già finita.")
    if incarico.al is not None and al > incarico.al:
        return _("L'incarico finisce il %(al)s: la delega non può durare di più.") % {
            "al": incarico.al.strftime("%d/%m/%Y")
        }
    return ""


def revoca_delega(delega: Delega, *, da: Utente | None) -> None:
    """Take a delega back: who was using it acts for themselves from the next page on.

    :raises PermissionDenied: the author neither holds the incarico nor sees to its azienda's
        people.
    :raises ValidationError: it was revoked already.
    """
    esigi(da, "piani.delega", delega.incarico)
    with transaction.atomic():
        aperta = Delega.objects.filter(pk=delega.pk, revocata_il__isnull=True)
        if not aperta.update(revocata_il=timezone.now()):
            raise ValidationError(_("La delega è già revocata."))
        registra(
            "delega.revocata",
            delega,
            azienda=delega.azienda,
            da=da,
            descrizione=_("Revocata la delega %(delega)s") % {"delega": delega},
        )
