# SPDX-License-Identifier: AGPL-3.0-or-later
"""For how long a file and its preview are kept: that they came, and what undoing needs, stays."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from piani.importazioni.azioni import togli_originale
from piani.models import Importazione, RigaImportata

Stato = Importazione.Stato


def dimentica() -> int:
    """Throw away files and rows of the imports of too long ago, how many; those never confirmed
    are discarded.
    """
    soglia = timezone.now() - timedelta(days=settings.IMPORTAZIONI_GIORNI)
    vecchie = Importazione.objects.filter(caricata_il__lt=soglia, lavoro="")
    vecchie.filter(stato__in=(Stato.CARICATA, Stato.LETTA)).update(stato=Stato.SCARTATA)
    righe = RigaImportata.objects.filter(importazione=OuterRef("pk"))
    piene = vecchie.filter(~Q(file="") | Exists(righe))
    quante = 0
    for una in piene:
        with transaction.atomic():
            RigaImportata.objects.filter(importazione=una).delete()
            Importazione.objects.filter(pk=una.pk).update(struttura=[])
            togli_originale(una)
        quante += 1
    return quante
