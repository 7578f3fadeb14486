# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Nucleo's remarks: written, answered, closed. The only thing that the Nucleo writes here."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import AreaStrategica, Indicatore, Misura, Obiettivo, Osservazione
from piani.azioni import registra
from piani.models import Piano, Utente
from piani.rules import esigi

Stato = Osservazione.Stato
Oggetto = AreaStrategica | Obiettivo | Indicatore


def osserva(piano: Piano, *, su: Oggetto | None = None, testo: str, da: Utente) -> Osservazione:
    """Leave a remark on a plan, or on one of its areas, objectives, indicators.

    :raises PermissionDenied: the person is not in the Nucleo, or the years of the plan are not
        entrusted to it.
    :raises ValidationError: no text, or what it is about is not of the plan.
    """
    esigi(da, "obiettivi.osserva", piano)
    if not testo.strip():
        raise ValidationError({"testo": _("Scrivi l'osservazione.")})
    if su is not None and not _e_del_piano(su, piano):
        raise ValidationError(_("L'osservazione riguarda qualcosa che non è di questo piano."))
    with transaction.atomic():
        nuova = Osservazione.objects.create(
            piano=piano,
            testo=testo.strip(),
            autore=da,
            area=su if isinstance(su, AreaStrategica) else None,
            obiettivo=su if isinstance(su, Obiettivo) else None,
            indicatore=su if isinstance(su, Indicatore) else None,
        )
        _registra("scritta", nuova, _("Osservazione del Nucleo"), da)
    return nuova


def _e_del_piano(su: Oggetto, piano: Piano) -> bool:
    if isinstance(su, AreaStrategica):
        return su.piano_id == piano.pk
    if isinstance(su, Obiettivo):
        return su.area.piano_id == piano.pk
    return Misura.objects.filter(indicatore=su, obiettivo__area__piano=piano).exists()


def rispondi(osservazione: Osservazione, *, testo: str, da: Utente | None) -> None:
    """Answer a remark, once.

    :raises PermissionDenied: the person does not build the plans of this azienda.
    :raises ValidationError: no text, or the remark was answered or closed meanwhile.
    """
    esigi(da, "obiettivi.rispondi", osservazione)
    if not testo.strip():
        raise ValidationError({"testo": _("Scrivi la risposta.")})
    with transaction.atomic():
        aperta = Osservazione.objects.filter(pk=osservazione.pk, stato=Stato.APERTA)
        if not aperta.update(
            stato=Stato.RISPOSTA,
            risposta=testo.strip(),
            risposta_da=da,
            risposta_il=timezone.now(),
        ):
            raise ValidationError(_gia(osservazione))
        _registra("risposta", osservazione, _("Risposta all'osservazione"), da)


def chiudi_osservazione(osservazione: Osservazione, *, da: Utente) -> None:
    """Close a remark: the Nucleo is content with the answer, or withdraws it.

    :raises PermissionDenied: the person is not in the Nucleo of those years.
    :raises ValidationError: it was closed already.
    """
    esigi(da, "obiettivi.osserva", osservazione)
    with transaction.atomic():
        non_chiusa = Osservazione.objects.filter(pk=osservazione.pk).exclude(stato=Stato.CHIUSA)
        if not non_chiusa.update(stato=Stato.CHIUSA, chiusa_da=da, chiusa_il=timezone.now()):
            raise ValidationError(_gia(osservazione))
        _registra("chiusa", osservazione, _("Chiusa l'osservazione"), da)


def _gia(osservazione: Osservazione) -> str:
    osservazione.refresh_from_db(fields=["stato"])
    return _("L'osservazione è già «%(stato)s»: ricarica la pagina per vederla com'è.") % {
        "stato": osservazione.get_stato_display()
    }


def _registra(verbo: str, osservazione: Osservazione, detto: str, da: Utente | None) -> None:
    registra(
        f"osservazione.{verbo}",
        osservazione,
        azienda=osservazione.azienda,
        da=da,
        descrizione=f"{detto}: {osservazione.su_che_cosa}",
    )
