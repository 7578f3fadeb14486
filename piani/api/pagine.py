# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list comes in pages, inside an object: ``pagina`` and ``per_pagina`` in the address."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

PREDEFINITA, MASSIMA = 100, 500
PAGINA_MASSIMA = 1_000_000


class Pagine(BasePagination):
    """Counts, cuts, and says where the pages before and after are."""

    def paginate_queryset(
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> QuerySet[Any]:
        self.indirizzo = request.build_absolute_uri()
        self.pagina = _intero(request, "pagina", 1, PAGINA_MASSIMA)
        self.per_pagina = _intero(request, "per_pagina", PREDEFINITA, MASSIMA)
        self.totale = queryset.count()
        primo = (self.pagina - 1) * self.per_pagina
        return queryset[primo : primo + self.per_pagina]

    def insieme(self, risultati: list[dict[str, Any]]) -> dict[str, Any]:
        """What is sent."""
        ce_altro = self.pagina * self.per_pagina < self.totale
        return {
            "totale": self.totale,
            "successiva": self._alla(self.pagina + 1) if ce_altro else None,
            "precedente": self._alla(self.pagina - 1) if self.pagina > 1 else None,
            "risultati": risultati,
        }

    def _alla(self, pagina: int) -> str:
        return str(replace_query_param(self.indirizzo, "pagina", pagina))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        indirizzo = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["totale", "successiva", "precedente", "risultati"],
            "properties": {
                "totale": {"type": "integer", "description": "Quanti sono in tutto."},
                "successiva": indirizzo | {"description": "La pagina dopo, se c'è."},
                "precedente": indirizzo | {"description": "La pagina prima, se c'è."},
                "risultati": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parametro("pagina", "Quale pagina, da 1.", 1, PAGINA_MASSIMA),
            _parametro("per_pagina", "Quanti per pagina.", PREDEFINITA, MASSIMA),
        ]


def _parametro(nome: str, detto: str, predefinito: int, massimo: int) -> dict[str, Any]:
    return {
        "name": nome,
        "in": "query",
        "required": False,
        "description": detto,
        "schema": {"type": "integer", "minimum": 1, "maximum": massimo, "default": predefinito},
    }


def _intero(request: Request, nome: str, predefinito: int, massimo: int) -> int:
    testo = request.query_params.get(nome)
    if testo is None:
        return predefinito
    if not (testo.isascii() and testo.isdecimal() and 1 <= int(testo[:10]) <= massimo):
        raise ValidationError({nome: _("Un numero intero da 1 a %(n)s.") % {"n": massimo}})
    return int(testo)
