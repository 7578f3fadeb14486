# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the writes of the floors above share: a row locked, its state changed by compare-and-set,
a row saved with the sentences of its constraints.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)


def bloccata(riga: M) -> M:
    """The row as it is now; who else would write of it waits. Inside a transaction.

    :raises ValidationError: it was removed meanwhile.
    """
    # Without the ordering of the model, that may join tables which a lock cannot reach.
    senza_ordine = type(riga)._default_manager.select_for_update().order_by()
    adesso = senza_ordine.filter(pk=riga.pk).first()
    if adesso is None:
        raise ValidationError(_("Nel frattempo la riga è stata tolta: torna all'elenco."))
    return adesso


def passa_da(riga: Any, attesi: Iterable[str], stato: str, **campi: Any) -> None:
    """Bring a row to a state, if it still is in one of those expected; write ``campi`` with it.

    :raises ValidationError: it is in another state, or somebody took the step already.
    """
    mia = type(riga)._default_manager.filter(pk=riga.pk, stato__in=list(attesi))
    if not mia.update(stato=stato, **campi):
        riga.refresh_from_db(fields=["stato"])
        raise ValidationError(
            _("«%(riga)s» adesso è «%(adesso)s»: da qui non può diventare «%(poi)s».")
            % {
                "riga": riga,
                "adesso": riga.get_stato_display(),
                "poi": dict(riga._meta.get_field("stato").choices)[stato],
            }
        )
    for campo, valore in {"stato": stato, **campi}.items():
        setattr(riga, campo, valore)


def esigi_stato(riga: Any, *stati: str) -> None:
    """Stop unless a row (locked) is in one of those states."""
    if riga.stato not in stati:
        campo = dict(riga._meta.get_field("stato").choices)
        raise ValidationError(
            _("«%(riga)s» è «%(adesso)s»: si può fare solo quando è «%(quando)s».")
            % {
                "riga": riga,
                "adesso": riga.get_stato_display(),
                "quando": "», «".join(str(campo[uno]) for uno in stati),
            }
        )


def salva(riga: M, *campi: str) -> M:
    """Save a row after asking it and its constraints: new, or only these fields.

    :raises ValidationError: by field; a constraint says its sentence, also to the loser of a race.
    """
    riga.full_clean()
    try:
        with transaction.atomic():  # a savepoint: who lost a race can still read who won it
            riga.save(update_fields=list(campi) or None)
    except IntegrityError:
        riga.validate_constraints()
        raise
    return riga
