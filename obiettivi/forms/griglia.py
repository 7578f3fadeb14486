# SPDX-License-Identifier: AGPL-3.0-or-later
"""One indicator for many CdR, as a sheet: a row for each CdR, a column for each figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from obiettivi.azioni.griglia import Cifre, cella
from obiettivi.azioni.rilevazione import AMMESSE, CIFRE
from obiettivi.forms.rilevazione import NumeroItaliano, RilevaForm
from obiettivi.models import Indicatore
from obiettivi.schede.griglia import Riga
from piani.forms import campo_giorno
from piani.models import UnitaOrganizzativa

NOMI = {nome: RilevaForm.base_fields[nome].label for nome in CIFRE}


class GrigliaForm(forms.Form):
    """The results of a period. An empty cell says nothing: what was there cannot be emptied."""

    def __init__(
        self, *args: Any, indicatore: Indicatore, righe: Sequence[Riga], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.righe = righe
        # The figures that its kind usually has come first.
        ammesse = [sorted(insieme, key=CIFRE.index) for insieme in AMMESSE[indicatore.tipo_formula]]
        self.colonne = [nome for insieme in ammesse for nome in insieme]
        for riga in righe:
            for nome in self.colonne:
                campo = _campo(
                    nome, f"{NOMI[nome]}, {riga.unita}", getattr(riga.adesso, nome, None)
                )
                campo.colonna = NOMI[nome]
                self.fields[cella(riga.unita.pk, nome)] = campo

    @property
    def intestazioni(self) -> list[str]:
        return [str(NOMI[nome]) for nome in self.colonne]

    @property
    def tabella(self) -> list[tuple[Riga, list[forms.BoundField]]]:
        return [
            (riga, [self[cella(riga.unita.pk, nome)] for nome in self.colonne])
            for riga in self.righe
        ]

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        for riga in self.righe:
            scritte = {n: dati.get(cella(riga.unita.pk, n)) for n in self.colonne}
            if riga.adesso is not None and all(valore is None for valore in scritte.values()):
                self._non_svuotare(riga)
        return dati

    def _non_svuotare(self, riga: Riga) -> None:
        for nome in self.colonne:
            campo = cella(riga.unita.pk, nome)
            if getattr(riga.adesso, nome) is not None and campo not in self.errors:
                self.add_error(campo, _("Un risultato non si cancella: scrivi quello giusto."))

    @property
    def risultati(self) -> Mapping[UnitaOrganizzativa, Cifre]:
        """The figures written, by CdR; a CdR of which nothing is written is left as it is."""
        per_unita = {
            riga.unita: {
                nome: valore
                for nome in self.colonne
                if (valore := self.cleaned_data[cella(riga.unita.pk, nome)]) is not None
            }
            for riga in self.righe
        }
        return {unita: cifre for unita, cifre in per_unita.items() if cifre}


def _campo(nome: str, etichetta: str, adesso: Any) -> Any:
    """The field of a cell: a day, or a number as people write it."""
    if nome == "data":
        return campo_giorno(etichetta, initial=adesso, required=False)
    return NumeroItaliano(label=etichetta, initial=adesso)
