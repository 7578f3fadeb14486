# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many expenses of a project written together: all of them, or none."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from conciliazione.azioni.passi import bloccata
from conciliazione.azioni.spesa import DatiSpesa, inserisci_spesa
from conciliazione.models import Progetto, Spesa
from piani.azioni.carico import Errore, RigheSbagliate, errori_di
from piani.models import Utente


def carica_spese(
    progetto: Progetto, *, spese: Sequence[DatiSpesa], da: Utente | None
) -> list[Spesa]:
    """Write the expenses one after the other, each as if it were alone with those before it.

    :raises PermissionDenied: the author represents neither the body of one of them nor the
        capofila.
    :raises RigheSbagliate: row by row, why it cannot be written; then none is.
    """
    nuove: list[Spesa] = []
    errori: list[Errore] = []
    with transaction.atomic():
        bloccata(progetto)
        for posto, dati in enumerate(spese, start=1):
            try:
                nuove.append(inserisci_spesa(progetto, dati=dati, da=da))
            except ValidationError as errore:
                errori += errori_di(posto, errore)
        if errori:
            raise RigheSbagliate(errori)
    return nuove
