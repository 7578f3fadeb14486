# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a sum that a capofila gave back."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.forms.rendiconto import Importo
from piani.forms import campo_giorno


class IncassoForm(forms.Form):
    """How much came back, by which act, when."""

    importo = Importo(
        label=_("Importo (€)"), required=True, help_text=_("Anche una parte di ciò che manca.")
    )
    atto = forms.CharField(label=_("Atto di recupero"), max_length=200)
    incassato_il = campo_giorno(_("Incassato il"), initial=timezone.localdate)
    reversale = forms.CharField(label=_("Reversale d'incasso"), max_length=60, required=False)
