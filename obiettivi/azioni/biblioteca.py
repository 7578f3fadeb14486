# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new indicator of the library; what describes one changes in ``indicatore``."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from obiettivi.models import Indicatore
from piani.azioni import registra
from piani.azioni.righe import istantanea
from piani.models import Azienda, Utente
from piani.rules import esigi


def crea_indicatore(azienda: Azienda, *, da: Utente | None, **valori: Any) -> Indicatore:
    """A new indicator of the library.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: by field, what is wrong; the code is taken.
    """
    esigi(da, "obiettivi.modifica_indicatore", azienda)
    indicatore = Indicatore(azienda=azienda, **valori)
    indicatore.clean_fields(exclude=["azienda"])
    try:
        with transaction.atomic():
            indicatore.save(force_insert=True)
            registra(
                "indicatore.aggiunto",
                indicatore,
                azienda=azienda,
                da=da,
                descrizione=_("Aggiunto l'indicatore %(codice)s: %(nome)s")
                % {"codice": indicatore.codice, "nome": indicatore.nome},
                dati={"dopo": istantanea(indicatore, indicatore.SCRITTI)},
            )
    except IntegrityError as errore:
        raise ValidationError(
            {"codice": _("Quel codice è già di un altro indicatore.")}
        ) from errore
    return indicatore
