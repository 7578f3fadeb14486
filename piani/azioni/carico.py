# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many rows written together or not at all: what is wrong is told row by row."""

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _

Errore = tuple[int, str, str]
"""Place of the row from 1, field, what is wrong."""
_SPECIALI = re.compile(r"[\\\t\n\r]")
_SEGNI = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class RigheSbagliate(ValidationError):
    """Nothing was written; ``righe`` says where it is wrong."""

    def __init__(self, righe: list[Errore]) -> None:
        super().__init__(_("Non è stato scritto niente: alcune righe sono da correggere."))
        self.righe = righe


def errori_di(posto: int, errore: ValidationError) -> Iterator[Errore]:
    """What is wrong with a row, field by field."""
    if hasattr(errore, "error_dict"):
        for campo, messaggi in errore.message_dict.items():
            yield from ((posto, campo, messaggio) for messaggio in messaggi)
    else:
        yield from ((posto, "", messaggio) for messaggio in errore.messages)


def copia(modello: type[Model], colonne: Iterable[str], righe: Iterable[tuple[Any, ...]]) -> None:
    """Add rows as they are, all their columns given: COPY on PostgreSQL, many inserts on SQLite."""
    colonne = tuple(colonne)
    tabella, elenco = modello._meta.db_table, ", ".join(colonne)
    with connection.cursor() as cursore:
        if connection.vendor == "postgresql":
            testo = "".join("\t".join(map(_scritto, riga)) + "\n" for riga in righe)
            cursore.copy_expert(f"COPY {tabella} ({elenco}) FROM STDIN", StringIO(testo))
            return
        posti = ", ".join(["%s"] * len(colonne))
        cursore.executemany(
            f"INSERT INTO {tabella} ({elenco}) VALUES ({posti})",  # noqa: S608 -- names of a table and its columns
            [[_per_sqlite(valore) for valore in riga] for riga in righe],
        )


def riconta(modello: type[Model]) -> None:
    """Let PostgreSQL know the rows of a table as this transaction sees them: after thousands of
    new ones, it would go on choosing how to read them as if they were few.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursore:
            cursore.execute(f"ANALYZE {modello._meta.db_table}")


def _scritto(valore: Any) -> str:
    """A value in the text format of COPY."""
    if valore is None:
        return "\\N"
    if isinstance(valore, bool):
        return "t" if valore else "f"
    scritto = str(valore)
    return scritto.translate(_SEGNI) if _SPECIALI.search(scritto) else scritto


def _per_sqlite(valore: Any) -> Any:
    return connection.ops.adapt_unknown_value(valore)
