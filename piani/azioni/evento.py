# SPDX-License-Identifier: AGPL-3.0-or-later
"""One audit line for each change."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model

from piani.models import Azienda, Evento, OggettoEvento, Piano, Utente
from piani.models.evento import chiave_di

INSIEME = 400
"""Rows of what events concern that are written at a time."""


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
    evento = evento_di(
        tipo,
        oggetto,
        azienda=azienda,
        da=da,
        descrizione=descrizione,
        per_conto_di=per_conto_di,
        dati=dati,
        riguarda=riguarda,
    )
    evento.save(force_insert=True)
    _scrivi_riguardi([evento])
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
    riguarda: Iterable[Model] = (),
) -> Evento:
    """The audit line of a change, not saved: for :func:`registra_insieme`.

    Who acts for somebody else signs with both names, without having to say it.
    """
    if per_conto_di is None and da is not None:
        per_conto_di = da.per_conto_di
    evento = Evento(
        tipo=tipo,
        azienda=azienda,
        da=da,
        per_conto_di=per_conto_di,
        oggetto=chiave_di(oggetto),
        descrizione=descrizione[:300],
        dati=dati or {},
    )
    evento.chiavi = {chiave_di(uno) for uno in (oggetto, *riguarda)} | _del_piano(oggetto)
    return evento


def registra_insieme(eventi: Iterable[Evento]) -> None:
    """Write many audit lines at a time, with what each concerns."""
    _scrivi_riguardi(Evento.objects.bulk_create(eventi))


def _scrivi_riguardi(eventi: Iterable[Evento]) -> None:
    righe = [(evento.pk, chiave) for evento in eventi for chiave in sorted(evento.chiavi)]
    with connection.cursor() as cursore:  # plain SQL: every change that is recorded comes by here
        for inizio in range(0, len(righe), INSIEME):
            queste = righe[inizio : inizio + INSIEME]
            cursore.execute(
                f"INSERT INTO {OggettoEvento._meta.db_table} (evento_id, oggetto) VALUES "  # noqa: S608 -- name of a table
                + ", ".join(["(%s, %s)"] * len(queste)),
                [valore for riga in queste for valore in riga],
            )


def _del_piano(oggetto: Model) -> set[str]:
    """The key of the plan that a row names, with no query."""
    piano = getattr(oggetto, "piano_id", None)
    return {f"{Piano._meta.label_lower}:{piano}"} if piano else set()
