# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes sent with a key: done once, answered the same each time."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.models import RichiestaUnica, Utente

GIORNI = 7
"""For how long a key is remembered."""


def una_volta(
    chiave: str, corpo: bytes, fai: Callable[[], dict[str, Any]], *, da: Utente
) -> tuple[dict[str, Any], bool]:
    """What ``fai`` answers, and whether it was answered before: the write and its key stand or
    fall together. Who sends the same key meanwhile waits for the first.

    :raises ValidationError: the key was used for something else, or what ``fai`` refuses (then
        the key is free again).
    """
    impronta = hashlib.sha256(corpo).hexdigest()
    fatta = _gia_fatta(chiave, impronta, da)
    if fatta is not None:
        return fatta, True
    try:
        with transaction.atomic():
            richiesta = RichiestaUnica.objects.create(utente=da, chiave=chiave, impronta=impronta)
            risposta = fai()
            RichiestaUnica.objects.filter(pk=richiesta.pk).update(risposta=risposta)
    except IntegrityError:
        fatta = _gia_fatta(chiave, impronta, da)
        if fatta is None:
            raise
        return fatta, True
    return risposta, False


def _gia_fatta(chiave: str, impronta: str, da: Utente) -> dict[str, Any] | None:
    vecchia = RichiestaUnica.objects.filter(utente=da, chiave=chiave).first()
    if vecchia is None:
        return None
    if vecchia.impronta != impronta:
        raise ValidationError(
            _("Questa Idempotency-Key è già servita per un'altra richiesta: usarne una nuova.")
        )
    risposta: dict[str, Any] = vecchia.risposta
    return risposta


def dimentica_richieste() -> int:
    """Forget the keys that are old enough; how many."""
    vecchie = RichiestaUnica.objects.filter(creata_il__lt=timezone.now() - timedelta(days=GIORNI))
    return vecchie.delete()[0]
