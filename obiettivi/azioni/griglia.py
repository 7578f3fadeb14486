# SPDX-License-Identifier: AGPL-3.0-or-later
"""One indicator for all the CdR that have it in their scheda: all the results, or none."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from obiettivi.azioni.rilevazione import CIFRE, rileva
from obiettivi.models import Indicatore
from piani.models import UnitaOrganizzativa, Utente
from piani.rules import esigi

Cifre = Mapping[str, Decimal | date]


def cella(unita: int, campo: str) -> str:
    """The name of a cell of the grid."""
    return f"{campo}-{unita}"


def rileva_griglia(
    indicatore: Indicatore,
    *,
    anno: int,
    frazione: str,
    risultati: Mapping[UnitaOrganizzativa, Cifre],
    da: Utente | None,
) -> int:
    """Write the results of a period, CdR by CdR, and say how many changed.

    :raises PermissionDenied: the person neither governs the measurement nor certifies the
        indicator.
    :raises ValidationError: by cell (:func:`cella`), and then nothing is written; of no cell, when
        it is the period that is refused.
    """
    esigi(da, "obiettivi.certifica", indicatore)
    sbagliate: dict[str, list[str]] = {}
    cambiati = 0
    with transaction.atomic():
        for unita, cifre in risultati.items():
            try:
                figure: dict[str, Any] = {**cifre}
                fatta = rileva(
                    indicatore, anno=anno, frazione=frazione, unita=unita, da=da, **figure
                )
            except ValidationError as errore:
                _annota(sbagliate, unita.pk, errore)
            else:
                cambiati += fatta.cambiata
        if sbagliate:
            raise ValidationError(sbagliate)
    return cambiati


def _annota(sbagliate: dict[str, list[str]], unita: int, errore: ValidationError) -> None:
    """The errors of a result in its cells; those of the period stop all of them."""
    if not hasattr(errore, "error_dict") or not errore.error_dict.keys() <= {*CIFRE}:
        raise errore
    for campo, errori in errore.message_dict.items():
        sbagliate[cella(unita, campo)] = errori
