# SPDX-License-Identifier: AGPL-3.0-or-later
"""The communication of agreements to the Ministry (art. 23 c. 1 L. 81/2017): that they began, that
they ended before their time. The program does not send it: it says what is due, and what was done.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.accordi.comunicazioni import FINE_COMUNICATA, fini_da_comunicare
from lavoro_agile.azioni.passi import annota
from lavoro_agile.models import AccordoIndividuale
from piani.azioni import registra
from piani.models import Azienda, Utente
from piani.rules import esigi

COMUNICA = "lavoro_agile.comunica_accordi"
Stato = AccordoIndividuale.Stato


def comunica(
    azienda: Azienda, *, accordi: Iterable[AccordoIndividuale], giorno: date, da: Utente | None
) -> int:
    """Mark signed agreements as communicated to the Ministry on a day; how many. Of those that are
    over by then, the end was said with the beginning.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: none is chosen, one is marked already, the day is still to come.
    """
    esigi(da, COMUNICA, azienda)
    chiavi = _chiavi(accordi)
    _gia_venuto(giorno)
    with transaction.atomic():
        bloccati = list(_bloccati(azienda, chiavi))
        attesi = [u for u in bloccati if u.comunicato_il is None and u.sottoscritto_il is not None]
        if len(attesi) != len(chiavi):
            raise ValidationError(_gia_segnato())
        AccordoIndividuale.objects.filter(pk__in=chiavi).update(comunicato_il=giorno)
        for uno in attesi:
            if uno.stato == Stato.CESSATO:
                _annota_fine(uno, giorno, da=da)
        registra(
            "agile_accordi.comunicati", azienda, azienda=azienda, da=da,
            descrizione=_("Segnati come comunicati al Ministero %(quanti)s accordi individuali")
            % {"quanti": len(attesi)},
            dati={"quanti": len(attesi), "giorno": giorno.isoformat()},
        )  # fmt: skip
    return len(attesi)


def comunica_fini(
    azienda: Azienda, *, accordi: Iterable[AccordoIndividuale], giorno: date, da: Utente | None
) -> int:
    """Mark the early end of agreements as communicated to the Ministry on a day; how many.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: none is chosen, one is marked already, the day is still to come.
    """
    esigi(da, COMUNICA, azienda)
    chiavi = _chiavi(accordi)
    _gia_venuto(giorno)
    with transaction.atomic():
        # Locked first, asked after: who waited for the lock reads what the other wrote.
        bloccati = list(_bloccati(azienda, chiavi))
        attesi = set(fini_da_comunicare(azienda).values_list("pk", flat=True))
        if len(bloccati) != len(chiavi) or not chiavi <= attesi:
            raise ValidationError(_gia_segnato())
        for uno in bloccati:
            _annota_fine(uno, giorno, da=da)
    return len(bloccati)


def _annota_fine(accordo: AccordoIndividuale, giorno: date, *, da: Utente | None) -> None:
    """The line of the register is what says that it was communicated: neither changes."""
    annota(
        FINE_COMUNICATA, accordo,
        _("Segnata come comunicata al Ministero la cessazione dell'accordo n. %(numero)s")
        % {"numero": accordo.numero}, da=da, dati={"giorno": giorno.isoformat()},
    )  # fmt: skip


def _bloccati(azienda: Azienda, chiavi: set[int]) -> QuerySet[AccordoIndividuale]:
    di_qui = AccordoIndividuale.objects.filter(pk__in=chiavi, edizione__azienda=azienda)
    return di_qui.select_for_update(of=("self",)).order_by("pk")


def _chiavi(accordi: Iterable[AccordoIndividuale]) -> set[int]:
    chiavi = {uno.pk for uno in accordi}
    if not chiavi:
        raise ValidationError({"accordi": _("Scegli almeno un accordo.")})
    return chiavi


def _gia_venuto(giorno: date) -> None:
    if giorno > timezone.localdate():
        raise ValidationError({"giorno": _("Il giorno deve ancora venire: scrivilo dopo l'invio.")})


def _gia_segnato() -> str:
    return _("Nel frattempo qualche accordo è già segnato: rileggi l'elenco, poi ripeti.")
