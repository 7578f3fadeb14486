# SPDX-License-Identifier: AGPL-3.0-or-later
"""The matrix of the weights: one field for each cell that can be written."""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from obiettivi.azioni.matrice_schede import CelleSuperate
from obiettivi.forms.rilevazione import NumeroItaliano
from obiettivi.schede.matrice import Matrice, letti, scritto


class MatriceForm(forms.Form):
    """The cells of the sheet, with what they said when the page was made."""

    visti = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, foglio: Matrice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["visti"] = foglio.visti
        for nome, peso in foglio.scrivibili.items():
            self.fields[nome] = NumeroItaliano()
            self.initial[nome] = peso

    def clean(self) -> dict[str, Any]:
        """What was written where nobody may write any more is told, and nothing is saved."""
        dati = super().clean() or {}
        visti = letti(self.data.get("visti", ""))
        perse = [
            self.data[nome]
            for nome, visto in visti.items()
            if nome not in self.fields and self._scritto(nome, visto) != visto
        ]
        if perse:
            self.data = self.data.copy()
            self.data["visti"] = json.dumps({n: v for n, v in visti.items() if n in self.fields})
            raise ValidationError(
                _("Nel frattempo alcune voci sono state tolte o la loro scheda è stata firmata: "
                  "questi pesi non hanno più un posto: %(pesi)s. Gli altri sono qui sotto: salva "
                  "di nuovo.")
                % {"pesi": "; ".join(peso or "–" for peso in perse)}
            )  # fmt: skip
        return dati

    def _scritto(self, nome: str, visto: str) -> str:
        """What was sent for a cell, as the mark says it; the text itself if it is no number."""
        testo = self.data.get(nome)
        if testo is None:
            return visto
        try:
            return scritto(NumeroItaliano().clean(testo))
        except ValidationError:
            return str(testo)

    @property
    def celle(self) -> dict[str, Decimal | None]:
        """The weights of the cells that were sent: one that was not is not emptied."""
        return {
            nome: peso
            for nome, peso in self.cleaned_data.items()
            if nome != "visti" and nome in self.data
        }

    @property
    def visti_prima(self) -> dict[str, str]:
        return letti(self.cleaned_data["visti"])

    def rimetti(self, errore: ValidationError) -> None:
        """Take the new marks of the cells that somebody wrote: who saves again has read so."""
        if isinstance(errore, CelleSuperate):
            self.data = self.data.copy()
            self.data["visti"] = json.dumps({**self.visti_prima, **errore.adesso})
