# SPDX-License-Identifier: AGPL-3.0-or-later
"""One audit line for each change."""

from typing import Any

from django.db.models import Model

from piani.models import Azienda, Evento, Utente


def registra(
    tipo: str,
    oggetto: Model,
    *,
    azienda: Azienda | None,
    da: Utente | None,
    descrizione: str,
    per_conto_di: Utente | None = None,
    dati: dict[str, Any] | None = None,
) -> Evento:
    """Write what happened. Called inside the transaction of the change it records."""
    evento = evento_di(
        tipo,
        oggetto,
        azienda=azienda,
        da=da,
        descrizione=descrizione,
        per_conto_di=per_conto_di,
        dati=dati,
    )
    evento.save(force_insert=True)
    return evento


def evento_di(
    tipo: str,
    oggetto: Model,
    *,
    azienda: Azienda | None,
    da: Utente | None,
    descrizione: str,
    per_conto_di: Utente | None = None,
    dati: dict[str, Any] | None = None,
) -> Evento:
    """The audit line of a change, not saved: for changes that are written many at a time.

    Who acts for somebody else signs with both names, without having to say it.
    """
    if per_conto_di is None and da is not None:
        per_conto_di = da.per_conto_di
    return Evento(
        tipo=tipo,
        azienda=azienda,
        da=da,
        per_conto_di=per_conto_di,
        oggetto=f"{oggetto._meta.label_lower}:{oggetto.pk}",
        descrizione=descrizione[:300],
        dati=dati or {},
    )
