# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows written in a form, with some empty ones after them. Without JavaScript: a row is taken away
by its tick, and every save gives new empty ones.
"""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lavoro_agile.calcolo.controlli import RIGHE_AL_PIU

RIGHE_VUOTE = 2


class RigaElenco(forms.Form):
    """A row of a form: one with nothing in its ``TESTI`` does not count."""

    TESTI: tuple[str, ...] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"empty_permitted": True})

    def has_changed(self) -> bool:
        """Something is written in it, whatever was there before."""
        return any(self[nome].data for nome in self.TESTI)

    @property
    def campi(self) -> list[forms.BoundField]:
        return [campo for campo in self.visible_fields() if campo.name != "DELETE"]


class RigheElenco(forms.BaseFormSet):
    """The rows of a form, with some empty ones after them."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Togli questa riga")

    @property
    def tenute(self) -> list[Any]:
        """The forms of the rows to keep, once they are valid."""
        return [
            form
            for form in self.forms
            if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]

    @property
    def scritte(self) -> list[dict[str, Any]]:
        """What the rows to keep say."""
        return [
            {nome: valore for nome, valore in form.cleaned_data.items() if nome != "DELETE"}
            for form in self.tenute
        ]


def elenco_di(riga: type[RigaElenco]) -> type[RigheElenco]:
    """The rows of that kind, as many as a page bears."""
    classe = forms.formset_factory(
        riga, formset=RigheElenco, extra=RIGHE_VUOTE, can_delete=True, can_delete_extra=False,
        max_num=RIGHE_AL_PIU, absolute_max=RIGHE_AL_PIU + RIGHE_VUOTE,
    )  # fmt: skip
    return cast(type[RigheElenco], classe)
