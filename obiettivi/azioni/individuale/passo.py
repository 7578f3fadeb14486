# SPDX-License-Identifier: AGPL-3.0-or-later
"""A change of a sheet: its row locked, its state compared, its story written."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from obiettivi.models import PassoValutazione, ValutazioneIndividuale
from piani.azioni import registra
from piani.models import Utente

Stato = ValutazioneIndividuale.Stato


@contextmanager
def in_stato(
    valutazione: ValutazioneIndividuale, *stati: str, versione: int | None = None
) -> Iterator[ValutazioneIndividuale]:
    """A transaction with the sheet locked, as long as it is in one of those states.

    :param versione: the one that the person had before the eyes; None does not ask.
    :raises ValidationError: it went on meanwhile, or somebody saved it after it was read.
    """
    with transaction.atomic():
        righe = ValutazioneIndividuale.objects.select_for_update(of=("self",))
        adesso = righe.select_related("edizione", "azienda", "unita__organigramma").get(
            pk=valutazione.pk
        )
        if adesso.stato not in stati:
            raise ValidationError(gia(adesso))
        if versione is not None and versione != adesso.versione:
            raise ValidationError(
                _("Qualcun altro ha salvato questa scheda dopo che l'hai aperta. Ciò che hai "
                  "scritto è ancora qui sotto: ricarica in un'altra finestra, confronta e salva "
                  "di nuovo.")
            )  # fmt: skip
        yield adesso


def cambia(adesso: ValutazioneIndividuale, **campi: object) -> None:
    """Write those fields of a locked sheet, from the state it was read in."""
    ferma = ValutazioneIndividuale.objects.filter(
        pk=adesso.pk, stato=adesso.stato, versione=adesso.versione
    )
    if not ferma.update(**campi, versione=adesso.versione + 1):
        adesso.refresh_from_db(fields=["stato"])
        raise ValidationError(gia(adesso))


def gia(valutazione: ValutazioneIndividuale) -> str:
    return _("La scheda è già «%(stato)s»: ricarica la pagina per vederla com'è.") % {
        "stato": valutazione.get_stato_display()
    }


def segna(
    valutazione: ValutazioneIndividuale, fatto: str, *, da: Utente | None, motivo: str = ""
) -> None:
    """Write a step in the sheet's own story; the register learns only that one was taken."""
    PassoValutazione.objects.create(
        valutazione=valutazione,
        fatto=fatto,
        motivo=motivo,
        da=da,
        per_conto_di=da.per_conto_di if da is not None else None,
    )
    registra(
        "valutazione_individuale.aggiornata",
        valutazione,
        azienda=valutazione.azienda,
        da=da,
        descrizione=_("Valutazione individuale %(anno)s: registrato un passo")
        % {"anno": valutazione.anno},
    )
