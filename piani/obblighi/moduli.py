# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the register of obligations: they check shape, the action decides."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.forms import campo_giorno, righe
from piani.models import Azienda, Ruolo, UnitaOrganizzativa
from piani.obblighi.stato import Stato

SENZA_OBBLIGHI = (Ruolo.DIPENDENTE, Ruolo.REGIONE)
"""Who sees to no obligation of publication."""
SE_NE_OCCUPANO = [(uno.value, uno.label) for uno in Ruolo if uno not in SENZA_OBBLIGHI]


class FiltroForm(forms.Form):
    """What of the register is shown; all of it, unless the address says otherwise."""

    q = forms.CharField(
        label=_("Cerca"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    stato = forms.ChoiceField(
        label=_("Stato"), required=False, choices=[("", _("Tutti")), *Stato.choices]
    )
    ruolo = forms.ChoiceField(
        label=_("Chi se ne occupa"), required=False, choices=[("", _("Tutti")), *SE_NE_OCCUPANO]
    )


class AffidaForm(forms.Form):
    """Who sees to an obligation; a unit of the chart in force today, or the one already said."""

    ruolo = forms.ChoiceField(label=_("Ruolo"), choices=SE_NE_OCCUPANO)
    unita = forms.ModelChoiceField(
        label=_("Unità organizzativa"), queryset=UnitaOrganizzativa.objects.none(),
        required=False, empty_label=_("Nessuna in particolare"),
    )  # fmt: skip

    def __init__(self, *args: Any, azienda: Azienda, detta: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unita = UnitaOrganizzativa.objects.alla_data(azienda, timezone.localdate())
        ammesse = [*unita.values_list("pk", flat=True), detta]
        self.fields["unita"].queryset = UnitaOrganizzativa.objects.filter(pk__in=ammesse)


class NonApplicabileForm(forms.Form):
    """Why an obligation does not concern the azienda."""

    motivo = forms.CharField(
        label=_("Perché non si applica"), widget=righe(4), max_length=1000,
        help_text=_("Il cittadino lo legge al posto dei documenti: scrivi una frase intera."),
    )  # fmt: skip


class AltroveForm(forms.Form):
    """A document published out of Albero."""

    titolo = forms.CharField(label=_("Titolo del documento"), max_length=250)
    indirizzo = forms.URLField(
        label=_("Indirizzo"), max_length=500, assume_scheme="https",
        help_text=_("La pagina o il file nel sito istituzionale, da https://"),
    )  # fmt: skip
    anno = forms.IntegerField(
        label=_("Anno di cui parla"), min_value=2009, max_value=2100,
        help_text=_("Di un piano triennale, il primo anno."),
    )  # fmt: skip
    pubblicato_il = campo_giorno(_("Pubblicato il"), initial=timezone.localdate)
