# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which period, and of which CdR, the sheet is of."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.periodo import cominciato
from obiettivi.forms.monitoraggio import ultimo_finito
from obiettivi.models import Frazione
from piani.models import UnitaOrganizzativa


class FoglioForm(forms.Form):
    """What is not said, or cannot be, is the last year and its last period that has ended."""

    anno = forms.TypedChoiceField(label=_("Anno"), coerce=int)
    frazione = forms.ChoiceField(label=_("Periodo"), choices=Frazione.choices, required=False)
    cdr = forms.TypedChoiceField(
        label=_("Centro di responsabilità"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self, chiesto: Mapping[str, str], *, anni: Iterable[int], cdr: Iterable[UnitaOrganizzativa]
    ) -> None:
        ammessi = sorted(set(anni), reverse=True)
        unita = [(una.pk, str(una)) for una in cdr]
        super().__init__(_scelta(chiesto, ammessi, [chiave for chiave, _nome in unita]))
        self.fields["anno"].choices = [(anno, str(anno)) for anno in ammessi]
        if unita:
            self.fields["cdr"].choices = [("", _("Tutti")), *unita]
        else:
            del self.fields["cdr"]
        self.is_valid()

    @property
    def scelto(self) -> dict[str, Any]:
        """``anno`` and ``frazione``, as the rows of the sheet are asked for."""
        return {nome: self.cleaned_data[nome] for nome in ("anno", "frazione")}

    @property
    def unita(self) -> int | None:
        """The CdR chosen; None for all of them."""
        return self.cleaned_data.get("cdr")

    @property
    def periodo(self) -> str:
        """The period in words."""
        return f"{Frazione(self.scelto['frazione']).label} {self.scelto['anno']}"


def _scelta(chiesto: Mapping[str, str], anni: list[int], unita: list[int]) -> dict[str, str]:
    oggi = timezone.localdate()
    anno = next((uno for uno in anni if str(uno) == chiesto.get("anno")), anni[0])
    frazione = chiesto.get("frazione")
    if frazione not in Frazione.values or not cominciato(anno, frazione, oggi):
        # Of a plan whose year is over, the whole year; otherwise the last quarter that has ended.
        intero = anno < oggi.year and not unita
        frazione = Frazione.ANNO.value if intero else ultimo_finito(anno)
    cdr = next((str(una) for una in unita if str(una) == chiesto.get("cdr")), "")
    return {"anno": str(anno), "frazione": frazione, "cdr": cdr}


class RicaricaForm(forms.Form):
    """The sheet filled in."""

    file = forms.FileField(
        label=_("Foglio compilato"),
        help_text=_("Quello scaricato da qui, salvato in xlsx, ods o csv."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )
