# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queries whose text is composed once: Django writes it the first time, then only values change.

To compose a query of a few joins takes longer than to run it, and the text of most is always the
same. Only the text is kept: every run asks the database.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Func, QuerySet, Value
from django.utils import timezone

TENUTE = 500
"""Texts that each query keeps, one for each of its shapes: some hundred kilobytes."""
# The type is said: without it PostgreSQL compares the keys one by one.
_FRA = {"postgresql": "= ANY(%s::bigint[])", "sqlite": "IN (SELECT value FROM json_each(%s))"}
_INIZIO_E_FINE = {"postgresql": "{}", "sqlite": "[]"}


class Posto(Value):
    """Where a value will stand, under its name."""

    def __init__(self, nome: str) -> None:
        super().__init__(None)
        self.nome = nome

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def valore(self, detti: dict[str, Any]) -> Any:
        return detti[self.nome]


class _Chiavi(Posto):
    """Where some keys will stand, as one value however many they are."""

    def valore(self, detti: dict[str, Any]) -> Any:
        inizio, fine = _INIZIO_E_FINE[connection.vendor]
        return inizio + ",".join(str(int(chiave)) for chiave in detti[self.nome]) + fine


class UnoDi(Func):
    """``filter(UnoDi("piano_id", "piani"))``: a column is one of the keys, whole numbers, that are
    said under a name when the query is run.

    Unlike that of ``__in``, its text is the same for one key and for a hundred.
    """

    output_field = BooleanField()

    def __init__(self, colonna: str, nome: str) -> None:
        super().__init__(colonna)
        self.nome = nome

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:
        colonna, valori = compiler.compile(self.get_source_expressions()[0])
        return f"{colonna} {_FRA[connection.vendor]}", [*valori, _Chiavi(self.nome)]


class Scritta:
    """The text of a query, and how its columns become values of Python."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        compilatore = queryset.query.get_compiler(connection=connection)
        self._testo, self._valori = compilatore.as_sql()
        colonne = [colonna for colonna, *_resto in compilatore.select]
        self._conversioni = list(compilatore.get_converters(colonne).items())

    def righe(self, **detti: Any) -> list[Any]:
        """Ask the database; ``detti``: what stands in each ``Posto``."""
        valori = [
            valore.valore(detti) if isinstance(valore, Posto) else valore for valore in self._valori
        ]
        with connection.cursor() as cursore:
            cursore.execute(self._testo, valori)
            lette: list[Any] = cursore.fetchall()
        return [self._convertita(riga) for riga in lette] if self._conversioni else lette

    def _convertita(self, riga: Iterable[Any]) -> list[Any]:
        valori = list(riga)
        for posto, (conversioni, colonna) in self._conversioni:
            for converti in conversioni:
                valori[posto] = converti(valori[posto], colonna, connection)
        return valori


class Interrogazione:
    """A query in one or more shapes; ``scrivi`` gives the ``values_list`` of one.

    What is not a ``Posto`` stays in the text: a shape is named by all that ``scrivi`` reads.
    """

    def __init__(self, scrivi: Callable[..., QuerySet[Any]]) -> None:
        self._scrivi = scrivi
        self._tenute: OrderedDict[Hashable, Scritta] = OrderedDict()
        self._serratura = Lock()

    def righe(self, **detti: Any) -> list[Any]:
        """The rows, where the shape is only one."""
        return self.forma(()).righe(**detti)

    def forma(self, nome: Hashable, *parti: Any) -> Scritta:
        """The text of a shape, written with these ``parti`` if it is not there."""
        with self._serratura:
            if nome in self._tenute:
                self._tenute.move_to_end(nome)
                return self._tenute[nome]
        scritta = Scritta(self._scrivi(*parti))
        with self._serratura:
            self._tenute[nome] = scritta
            while len(self._tenute) > TENUTE:
                self._tenute.popitem(last=False)
        return scritta


def diritti_di(chi: Any) -> Hashable:
    """All that the rows visible to a person depend on, besides the tables themselves."""
    delega = chi.delega.incarico_id if chi.delega is not None else None
    return chi.pk, delega, chi.puo_tutto, timezone.localdate()
