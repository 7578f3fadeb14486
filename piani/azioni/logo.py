# SPDX-License-Identifier: AGPL-3.0-or-later
"""The logo on the covers of an azienda: put, changed, taken away."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.logo import FILE_MASSIMO, leggi_logo
from piani.models import Azienda, LogoAzienda, Utente
from piani.rules import esigi

PERMESSO = "piani.tiene_logo"


def carica_logo(
    azienda: Azienda, *, file: UploadedFile, alternativa: str, da: Utente | None
) -> LogoAzienda:
    """Put a logo on the documents to come; those of before keep theirs.

    :raises PermissionDenied: the person does not administer the azienda.
    :raises ValidationError: in ``file``: it is not a PNG that suits a cover; in ``alternativa``:
        it is empty.
    """
    esigi(da, PERMESSO, azienda)
    if not alternativa.strip():
        raise ValidationError({"alternativa": _("Scrivere che cosa c'è nel logo.")})
    if (file.size or 0) > FILE_MASSIMO:
        raise ValidationError({"file": _("Il file supera i 2 MB: esportare un PNG più piccolo.")})
    try:
        immagine = leggi_logo(file.read())
    except ValueError as errore:
        raise ValidationError({"file": str(errore)}) from errore
    with transaction.atomic():
        Azienda.objects.select_for_update().get(pk=azienda.pk)
        logo, nuovo = LogoAzienda.objects.update_or_create(
            azienda=azienda,
            defaults={
                "png": immagine.png, "larga": immagine.larga, "alta": immagine.alta,
                "alternativa": alternativa.strip(), "da": da,
            },
        )  # fmt: skip
        registra(
            "azienda.logo",
            azienda,
            azienda=azienda,
            da=da,
            descrizione=_("Caricato il logo") if nuovo else _("Cambiato il logo"),
            dati={
                "sha256": hashlib.sha256(immagine.png).hexdigest(),
                "alternativa": logo.alternativa,
            },
        )
    return logo


def togli_logo(azienda: Azienda, *, da: Utente | None) -> None:
    """Leave the covers to come without a logo.

    :raises PermissionDenied: the person does not administer the azienda.
    :raises ValidationError: there is none.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        tolti, _quali = LogoAzienda.objects.filter(azienda=azienda).delete()
        if not tolti:
            raise ValidationError(_("L'azienda non ha un logo: forse è già stato tolto."))
        registra(
            "azienda.logo_tolto",
            azienda,
            azienda=azienda,
            da=da,
            descrizione=_("Tolto il logo"),
        )
