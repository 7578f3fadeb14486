# SPDX-License-Identifier: AGPL-3.0-or-later
"""The paper of the Nucleo that goes with a Relazione, published in its own section."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from obiettivi.models import Relazione
from obiettivi.relazione.dati import di_se, validazione_di, validazione_in_dati
from piani.documenti import azienda_in_dati, frontespizio, piano_in_dati

SCHEMA = "albero/validazione/1"


def fotografa_validazione(relazione: Relazione, *, versione: int, giorno: date) -> dict[str, Any]:
    """What the Nucleo said of a Relazione, as plain data."""
    return frontespizio(SCHEMA, versione=versione, giorno=giorno) | {
        "azienda": azienda_in_dati(relazione.azienda),
        "piano": piano_in_dati(relazione.piano)
        | {"dimostrativo": relazione.generati["piano"]["dimostrativo"]},
        "relazione": di_se(relazione),
        "validazione": validazione_in_dati(validazione_di(relazione)),
    }


def titolo_validazione(relazione: Relazione) -> str:
    """The title of the paper."""
    return _("Validazione della Relazione sulla performance %(anno)s") % {"anno": relazione.anno}
