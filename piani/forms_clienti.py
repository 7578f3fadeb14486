# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the programs that use the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from piani.azioni.cliente import GIORNI_MASSIMI
from piani.models import Ruolo
from piani.models.cliente import RUOLI_DEI_CLIENTI, ambiti


class ClienteForm(forms.Form):
    """A new program: its name, what it may do, on which parts."""

    nome = forms.CharField(
        label=_("Nome del programma"),
        max_length=100,
        help_text=_("Si vede nel registro accanto a ciò che il programma scrive."),
    )
    ruolo = forms.ChoiceField(
        label=_("Incarico"),
        help_text=_("Il programma legge e scrive ciò che farebbe una persona con questo incarico."),
    )
    ambiti = forms.MultipleChoiceField(
        label=_("Ambiti"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ciò che il programma non deve fare si lascia fuori."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ruoli = [(ruolo.value, ruolo.label) for ruolo in Ruolo if ruolo in RUOLI_DEI_CLIENTI]
        self.fields["ruolo"].choices = ruoli  # type: ignore[attr-defined]
        self.fields["ambiti"].choices = list(ambiti().items())  # type: ignore[attr-defined]


class RinnovaForm(forms.Form):
    """Another secret: for how many days the one before still opens."""

    giorni = forms.IntegerField(
        label=_("Giorni in cui vale ancora il segreto di prima"),
        min_value=0,
        max_value=GIORNI_MASSIMI,
        initial=7,
    )
