# SPDX-License-Identifier: AGPL-3.0-or-later
"""A section of the rules of an edition as a form, with its errors beside the fields."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conciliazione.bando.regole import Colonna, Regola, Sezione, Specie, parola
from conciliazione.bando.regole_scritte import (
    distesa,
    leggi,
    leggi_tavola,
    mostra,
    raccolta,
    scrivi_tavola,
)
from conciliazione.calcolo.edizione import ParametriNonValidi
from conciliazione.calcolo.edizione_dati import da_dati
from piani.forms import righe

BYTE_MASSIMI = 200_000


class RegoleForm(forms.Form):
    """The rules of a section; ``parti`` are those to write, ``viste`` as they were when read."""

    visto = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, sezione: Sezione, parametri: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sezione, self.parametri = sezione, parametri
        distesi = distesa(parametri)
        for regola in sezione.regole:
            self._aggiungi(regola, distesi[regola.nome])
        nomi = [regola.nome for regola in sezione.regole if regola.nome != "interventi"]
        adesso = {nome: parametri[nome] for nome in nomi}
        self.fields["visto"].initial = json.dumps(adesso, sort_keys=True)

    def _aggiungi(self, regola: Regola, valore: Any) -> None:
        if regola.tavola:
            colonne = "; ".join(str(una.titolo) for una in regola.colonne)
            aiuto = str(_("Una riga ciascuna: %(colonne)s.")) % {"colonne": colonne}
            self.fields[regola.nome] = forms.CharField(
                label=regola.titolo, required=False, strip=False, max_length=BYTE_MASSIMI,
                help_text=_con_scelte(aiuto, regola),
                initial=scrivi_tavola(regola, valore),
                widget=righe(8, spellcheck="false", **{"class": "codice-lungo"}),
            )  # fmt: skip
            return
        for colonna in regola.colonne:
            self.fields[f"{regola.nome}_{colonna.nome}"] = _campo(regola, colonna, valore)

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        lette: dict[str, Any] = {}
        for regola in self.sezione.regole:
            lette[regola.nome] = self._letta(regola, dati)
        self.parti: dict[str, Any] = {}
        if self.errors:
            return dati
        try:
            self.parti = raccolta(lette)
            da_dati(self.parametri | self.parti)
        except ValidationError as errore:
            self.add_error(None, errore)
        except ParametriNonValidi as errore:
            for problema in errore.problemi:
                self._accanto(problema)
        return dati

    def _letta(self, regola: Regola, dati: dict[str, Any]) -> Any:
        if regola.tavola:
            try:
                return leggi_tavola(regola, dati.get(regola.nome, ""))
            except ValidationError as errore:
                self.add_error(regola.nome, errore)
                return []
        letti = {}
        for colonna in regola.colonne:
            nome = f"{regola.nome}_{colonna.nome}"
            scritto = dati.get(nome, "")
            if colonna.specie in (Specie.SI_NO, Specie.SCELTE):
                letti[colonna.nome] = scritto or ([] if colonna.specie is Specie.SCELTE else False)
                continue
            try:
                letti[colonna.nome] = leggi(colonna, scritto)
            except ValidationError as errore:
                self.add_error(nome, errore)
        return letti

    def _accanto(self, problema: str) -> None:
        """A problem of the rules, beside the field that it names if it is of this section."""
        dove = problema.split(":", 1)[0].split(" «")[0].split("[")[0]
        nome = dove.replace(".", "_")
        intero = next((uno for uno in (nome, f"{nome}_valore") if uno in self.fields), None)
        self.add_error(intero, problema)

    @property
    def viste(self) -> dict[str, Any] | None:
        try:
            return json.loads(self.cleaned_data["visto"])
        except ValueError:
            return None


def _con_scelte(aiuto: str, regola: Regola) -> str:
    for colonna in regola.colonne:
        if colonna.fra is not None:
            scelte = ", ".join(uno.value for uno in colonna.fra)
            aiuto += f" {str(colonna.titolo).capitalize()}: {scelte}."
    return aiuto


def _campo(regola: Regola, colonna: Colonna, valore: dict[str, Any]) -> forms.Field:
    unica = colonna.nome == "valore"
    etichetta = regola.titolo if unica else f"{regola.titolo}: {colonna.titolo}"
    base: dict[str, Any] = {"label": etichetta, "required": False}
    adesso = valore.get(colonna.nome)
    if colonna.specie is Specie.SI_NO:
        return forms.BooleanField(initial=bool(adesso), **base)
    if colonna.fra is not None:
        scelte = [(uno.value, parola(uno.value)) for uno in colonna.fra]
        if colonna.specie is Specie.SCELTE:
            return forms.MultipleChoiceField(
                choices=scelte, initial=adesso, widget=forms.CheckboxSelectMultiple, **base
            )
        return forms.ChoiceField(choices=scelte, initial=adesso, **base)
    aiuto = regola.aiuto if unica else ""
    return forms.CharField(max_length=300, initial=mostra(colonna, valore), help_text=aiuto, **base)
