# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form that asks for the runs of many plans."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Frazione
from piani.models import Azienda, Piano


class GiroForm(forms.Form):
    """Periods of a year, and plans: all those offered, unless some are taken off."""

    anno = forms.TypedChoiceField(
        coerce=int,
        widget=forms.HiddenInput,
        label=_("Anno"),
        error_messages={"invalid_choice": _("Scegli un anno fra quelli dei piani.")},
    )
    frazioni = forms.MultipleChoiceField(
        choices=Frazione.choices,
        initial=[Frazione.ANNO.value],
        widget=forms.CheckboxSelectMultiple,
        label=_("Periodi"),
        error_messages={
            "required": _("Scegli almeno un periodo."),
            "invalid_choice": _("Scegli i periodi fra quelli dell’elenco."),
        },
    )
    piani = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label=_("Piani"),
        error_messages={
            "required": _("Scegli almeno un piano."),
            "invalid_choice": _("Scegli i piani fra quelli dell’elenco."),
        },
    )

    def __init__(self, *args: Any, anno: int, piani: Sequence[Piano], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offerti = piani
        self.fields["anno"].choices = [(anno, str(anno))]
        self.initial["anno"] = anno
        self.fields["piani"].choices = [(str(piano.pk), str(piano)) for piano in piani]
        self.initial["piani"] = [str(piano.pk) for piano in piani]

    def clean_piani(self) -> list[Piano]:
        scelti = set(self.cleaned_data["piani"])
        return [piano for piano in self.offerti if str(piano.pk) in scelti]

    def per_azienda(self) -> list[tuple[Azienda, list[tuple[Piano, bool]]]]:
        """The plans offered, azienda by azienda, and whether each is chosen."""
        scelti = set(self["piani"].value() or ())
        return [
            (azienda, [(piano, str(piano.pk) in scelti) for piano in suoi])
            for azienda, suoi in groupby(self.offerti, key=lambda piano: piano.azienda)
        ]
