# SPDX-License-Identifier: AGPL-3.0-or-later
"""What points at a unit: incarichi, and whatever the higher floors keep of it."""

from collections.abc import Collection, Iterator

from django.db.models import Field
from django.utils.translation import gettext as _

from piani.models import UnitaOrganizzativa


def usi(unita: Collection[int]) -> dict[str, int]:
    """How many rows of each other table name one of the units; the tree itself does not count."""
    trovati: dict[str, int] = {}
    for campo in _che_la_nominano():
        righe = campo.model._base_manager.filter(**{f"{campo.name}__in": unita})
        quante = righe.order_by().values("pk").distinct().count()
        if quante:
            nome = str(campo.model._meta.verbose_name_plural)
            trovati[nome] = trovati.get(nome, 0) + quante
    return trovati


def in_parole(trovati: dict[str, int]) -> str:
    """«incarichi (2), obiettivi (1)»."""
    return ", ".join(
        _("%(nome)s (%(n)s)") % {"nome": nome, "n": quante} for nome, quante in trovati.items()
    )


def _che_la_nominano() -> Iterator[Field]:
    for relazione in UnitaOrganizzativa._meta.related_objects:
        if relazione.related_model is not UnitaOrganizzativa:
            yield relazione.field
