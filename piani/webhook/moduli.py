# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from piani.models import ClienteApi, Consegna
from piani.models.webhook import AMBITI_DEGLI_ANNUNCI, DA_CHIEDERE, URL_MASSIMA


class WebhookForm(forms.Form):
    """Where a program is told, and of what: only of what it may read."""

    indirizzo = forms.CharField(
        label=_("Indirizzo"),
        max_length=URL_MASSIMA,
        help_text=_("Comincia con https:// e si raggiunge da Internet."),
    )
    eventi = forms.MultipleChoiceField(
        label=_("Eventi"), widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, cliente: ClienteApi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suoi = [uno for uno in DA_CHIEDERE if AMBITI_DEGLI_ANNUNCI[uno] in cliente.ambiti]
        self.fields["eventi"].choices = [(uno.value, uno.label) for uno in suoi]  # type: ignore[attr-defined]


class ConsegneForm(forms.Form):
    """Which deliveries of the log are shown."""

    stato = forms.ChoiceField(
        label=_("Stato"), required=False, choices=[("", _("tutte")), *Consegna.Stato.choices]
    )
