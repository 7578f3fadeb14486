# SPDX-License-Identifier: AGPL-3.0-or-later
"""One audit line for each change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from piani.models import Azienda, Evento, OggettoEvento, Piano, Utente
from piani.models.evento import chiave_di


def registra(
    tipo: str,
    oggetto: Model,
    *,
    azienda: Azienda | None,
    da: Utente | None,
    descrizione: str,
    per_conto_di: Utente | None = None,
    dati: dict[str, Any] | None = None,
    riguarda: Iterable[Model] = (),
) -> Evento:
    """Write what happened. Called inside the transaction of the change it records.

    :param riguarda: what the row is part of, so that their stories tell it too; the row itself
        and its plan need not be said.
    """
    evento = Evento.objects.create(
        tipo=tipo,
        azienda=azienda,
        da=da,
        per_conto_di=per_conto_di,
        oggetto=chiave_di(oggetto),
        descrizione=descrizione[:300],
        dati=dati or {},
    )
    chiavi = {chiave_di(uno) for uno in (oggetto, *riguarda)} | _del_piano(oggetto)
    OggettoEvento.objects.bulk_create(
        OggettoEvento(evento=evento, oggetto=chiave) for chiave in sorted(chiavi)
    )
    return evento


def _del_piano(oggetto: Model) -> set[str]:
    """The key of the plan that a row names, with no query."""
    piano = getattr(oggetto, "piano_id", None)
    return {f"{Piano._meta.label_lower}:{piano}"} if piano else set()
