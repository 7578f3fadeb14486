# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days and hours in agile work of a unit in a month."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lavoro_agile.azioni.passi import annota, bloccata, salva
from lavoro_agile.models import GiornateAgili
from piani.models import Azienda, Utente
from piani.rules import esigi

PERMESSO = "lavoro_agile.rileva_giornate"


def registra_giornate(azienda: Azienda, *, da: Utente | None, **valori: Any) -> GiornateAgili:
    """Write the days and hours of a unit, or of a person's agreement, in a month.

    :raises PermissionDenied: the author is neither of the risorse umane nor leads the unit.
    :raises ValidationError: by field; that month is there already; the unit is of another azienda.
    """
    nuova = GiornateAgili(azienda=azienda, **valori)
    esigi(da, PERMESSO, nuova)
    if nuova.unita is not None and nuova.unita.organigramma.azienda_id != azienda.pk:
        raise ValidationError({"unita": _("L'unità è di un'altra azienda.")})
    with transaction.atomic():
        salva(nuova)
        annota(
            "agile_giornate.scritte", nuova,
            _("Scritte le giornate in modalità agile di %(quando)s") % {"quando": nuova}, da=da,
        )  # fmt: skip
    return nuova


def togli_giornate(giornate: GiornateAgili, *, da: Utente | None) -> None:
    """Take away a row, to write it again.

    :raises PermissionDenied: the author is neither of the risorse umane nor leads the unit.
    """
    esigi(da, PERMESSO, giornate)
    with transaction.atomic():
        mia = bloccata(giornate)
        annota(
            "agile_giornate.tolte", mia,
            _("Tolte le giornate in modalità agile di %(quando)s") % {"quando": mia}, da=da,
        )  # fmt: skip
        mia.delete()
