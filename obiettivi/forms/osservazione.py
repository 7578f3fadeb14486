# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Nucleo's remarks, and their answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from obiettivi.models import AreaStrategica, Indicatore, Obiettivo
from piani.models import Piano


class OsservaForm(forms.Form):
    """A remark of the Nucleo, and what of the plan it is about (``area:3``; "" is all of it)."""

    su = forms.ChoiceField(label=_("Su che cosa"), required=False)
    testo = forms.CharField(
        label=_("Osservazione"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, piano: Piano, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._righe: dict[str, Any] = {}
        self.fields["su"].choices = [
            ("", _("Tutto il piano")),
            (_("Aree"), self._scelte("area", AreaStrategica.objects.filter(piano=piano))),
            (_("Obiettivi"), self._scelte("obiettivo", Obiettivo.objects.di_piano(piano))),
            (
                _("Indicatori"),
                self._scelte(
                    "indicatore",
                    Indicatore.objects.filter(misure__obiettivo__area__piano=piano).distinct(),
                ),
            ),
        ]

    def _scelte(self, tipo: str, righe: Iterable[Any]) -> list[tuple[str, str]]:
        chiavi = {f"{tipo}:{riga.pk}": riga for riga in righe}
        self._righe |= chiavi
        return [(chiave, f"{riga.codice} – {riga}"[:120]) for chiave, riga in chiavi.items()]

    @property
    def oggetto(self) -> AreaStrategica | Obiettivo | Indicatore | None:
        """The row chosen; None is the whole plan."""
        return self._righe.get(self.cleaned_data["su"])


class RispondiForm(forms.Form):
    """The answer to a remark."""

    testo = forms.CharField(
        label=_("Risposta"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
