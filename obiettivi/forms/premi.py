# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the prizes: they check shape, the action decides."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.forms.rilevazione import NumeroItaliano
from obiettivi.models import PremiAnno, VocePremi
from obiettivi.premi.documento import edizione_di
from piani.forms import righe


class AnnoForm(forms.Form):
    """The year whose prizes are begun."""

    anno = forms.IntegerField(label=_("Anno"), min_value=2009, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anno"].initial = timezone.localdate().year - 1


class CriteriForm(forms.Form):
    """The criteria, and which categories of the evaluation are managers."""

    criteri = forms.CharField(
        label=_("Criteri di distribuzione"), required=False, widget=righe(8),
        help_text=PremiAnno._meta.get_field("criteri").help_text,  # type: ignore[union-attr]
    )  # fmt: skip
    dirigenza = forms.MultipleChoiceField(
        label=_("Categorie della dirigenza"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Le altre categorie sono dei dipendenti. Vengono dalle regole della "
                    "valutazione individuale di quell'anno."),
    )  # fmt: skip
    visto = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, premi: PremiAnno, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edizione = edizione_di(premi)
        categorie = edizione.regole.categorie if edizione else ()
        if categorie:
            self.fields["dirigenza"].choices = [(una.codice, una.nome) for una in categorie]  # type: ignore[attr-defined]
        else:
            del self.fields["dirigenza"]
        self.initial = {
            "criteri": premi.criteri, "dirigenza": premi.dirigenza, "visto": premi.modifiche,
        }  # fmt: skip

    @property
    def valori(self) -> dict[str, Any]:
        return {"dirigenza": [], **self.cleaned_data}


class VoceForm(forms.Form):
    """A fund with its amounts."""

    gruppo = forms.ChoiceField(label=_("A chi va"), choices=VocePremi.Gruppo.choices)
    nome = forms.CharField(
        label=_("Fondo o voce"), max_length=200,
        help_text=VocePremi._meta.get_field("nome").help_text,  # type: ignore[union-attr]
    )  # fmt: skip
    stanziato = NumeroItaliano(label=_("Stanziato (€)"), required=True)
    distribuito = NumeroItaliano(
        label=_("Distribuito (€)"), help_text=_("Vuoto finché non è stato distribuito.")
    )


class PubblicaPremiForm(forms.Form):
    """The reason of a new version."""

    motivo = forms.CharField(
        label=_("Motivo della nuova versione"), required=False, widget=righe(2),
        help_text=_("Obbligatorio se una versione è già pubblicata: si legge accanto ad essa."),
    )  # fmt: skip
