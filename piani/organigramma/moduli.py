# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the chart: they check shape, the action decides."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from piani.models import Organigramma, Ruolo, UnitaOrganizzativa, Utente
from piani.organigramma.foglio import BYTE_MASSIMI

PARTI = 5
PRIMO_GIORNO, ULTIMO_GIORNO = date(1948, 1, 1), date(2100, 12, 31)
Scelte = list[Any]


class Riga(forms.CharField):
    """A line of text, whatever blanks it was pasted with."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class Giorno(forms.DateField):
    """A day, with the browser's own calendar; a year typed wrong is refused."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            widget=widget,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            validators=[MinValueValidator(PRIMO_GIORNO), MaxValueValidator(ULTIMO_GIORNO)],
            **kwargs,
        )


class Unita(forms.TypedChoiceField):
    """A unit by its key; "" is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)


class Alcune(forms.TypedMultipleChoiceField):
    """Some units by their keys, each with its box to tick."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple, **kwargs)


def scelte(unita: Iterable[UnitaOrganizzativa]) -> Scelte:
    """Units, which come parents first, as choices that show their level."""
    return [
        (una.pk, f"{'– ' * getattr(una, 'tree_depth', 0)}{una.nome} ({una.codice})")
        for una in unita
    ]


def offri(form: forms.Form, campo: str, voci: Scelte) -> None:
    """Give a field of the form the choices known only now."""
    cast(forms.ChoiceField, form.fields[campo]).choices = voci


def riporta(form: forms.Form, errore: ValidationError) -> None:
    """Put what an action refused next to the field it names, or on top of the form."""
    per_campo = errore.message_dict if hasattr(errore, "error_dict") else {None: errore.messages}
    for campo, messaggi in per_campo.items():
        for messaggio in messaggi:
            form.add_error(campo if campo in form.fields else None, messaggio)


class BozzaForm(forms.Form):
    """Name of a draft and the act it comes from."""

    nome = Riga(label=_("Nome della versione"), max_length=200)
    fonte = Riga(
        label=_("Fonte"),
        max_length=300,
        required=False,
        help_text=_("L’atto che approva l’organizzazione, per esempio il POAS e la sua delibera."),
    )


class NuovaBozzaForm(forms.Form):
    """A new draft and what it is cloned from, when there is something to clone."""

    nome = Riga(
        label=_("Nome della nuova bozza"),
        max_length=200,
        help_text=_("Per esempio: Organizzazione dal 2027."),
    )
    origine = forms.TypedChoiceField(label=_("Parte da"), coerce=int)

    def __init__(self, *args: Any, origini: Iterable[Organigramma], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trovate = list(origini)
        if trovate:
            voci = [
                (una.pk, _("bozza «%(nome)s»") % {"nome": una} if una.in_bozza else str(una))
                for una in trovate
            ]
            offri(self, "origine", voci)
        else:
            del self.fields["origine"]


class UnitaForm(forms.Form):
    """What a unit is. ``vista`` says which values the author had before them."""

    codice = Riga(label=_("Codice"), max_length=30)
    nome = Riga(label=_("Denominazione"), max_length=200)
    tipo = forms.ChoiceField(label=_("Tipo"), choices=UnitaOrganizzativa.Tipo.choices)
    cdr = forms.BooleanField(label=_("È un centro di responsabilità (CdR)"), required=False)
    nota = forms.CharField(
        label=_("Nota"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    vista = forms.CharField(required=False, widget=forms.HiddenInput)


class AggiungiForm(UnitaForm):
    """A new unit and the one above it."""

    padre = Unita(label=_("Sotto"), required=False)
    field_order = ["codice", "nome", "tipo", "padre", "cdr", "nota"]

    def __init__(self, *args: Any, unita: Scelte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["vista"]
        offri(self, "padre", [("", _("nessuna: sta in cima")), *unita])


class SpostaForm(forms.Form):
    """Where a unit goes."""

    padre = Unita(label=_("Sotto"), required=False)

    def __init__(self, *args: Any, unita: Scelte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offri(self, "padre", [("", _("nessuna: sta in cima")), *unita])


class ParteForm(forms.Form):
    """One of the units that a split makes; an empty row does not count."""

    codice = Riga(label=_("Codice"), max_length=30, required=False)
    nome = Riga(label=_("Denominazione"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        if not self.errors and bool(dati["codice"]) != bool(dati["nome"]):
            manca = "nome" if dati["codice"] else "codice"
            self.add_error(manca, _("Servono tutti e due: codice e denominazione."))
        return dati


PartiFormSet = forms.formset_factory(ParteForm, extra=PARTI, max_num=PARTI, validate_max=True)


class UnisciForm(forms.Form):
    """What a unit is merged with, and what comes of it."""

    altre = Alcune(label=_("Unisci con"), required=False)
    codice = Riga(label=_("Codice dell’unità che ne nasce"), max_length=30)
    nome = Riga(label=_("Denominazione"), max_length=200)

    def __init__(self, *args: Any, unita: Scelte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offri(self, "altre", unita)


class PrecedentiForm(forms.Form):
    """What a unit was in the version before."""

    precedenti = Alcune(label=_("Unità della versione di prima"), required=False)

    def __init__(self, *args: Any, unita: Scelte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offri(self, "precedenti", unita)


class DecorrenzaForm(forms.Form):
    """From which day a draft is the chart."""

    dal = Giorno(label=_("In vigore dal"))


class FoglioForm(forms.Form):
    """A sheet with the whole chart."""

    file = forms.FileField(
        label=_("Foglio CSV"),
        help_text=_("Colonne: codice;nome;tipo;codice_superiore;cdr;ordine. Al massimo 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def clean_file(self) -> UploadedFile:
        caricato: UploadedFile = self.cleaned_data["file"]
        if (caricato.size or 0) > BYTE_MASSIMI:
            raise forms.ValidationError(_("Il file supera i 2 MB."))
        return caricato


class NominaForm(forms.Form):
    """Who heads a unit, or stands in for its head, and when."""

    ruolo = forms.ChoiceField(
        label=_("Incarico"),
        choices=[
            (Ruolo.RESPONSABILE_CDR, _("Responsabile")),
            (Ruolo.VICARIO, _("Vicario")),
        ],
    )
    persona = forms.ModelChoiceField(
        queryset=Utente.objects.none(),
        label=_("Persona"),
        help_text=_("Chi ha già un incarico nell’azienda."),
    )
    dal = Giorno(label=_("Dal"))
    al = Giorno(label=_("Al"), required=False, help_text=_("Vuoto: senza scadenza."))

    def __init__(self, *args: Any, persone: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["persona"]).queryset = persone


class TerminaForm(forms.Form):
    """The last day of an incarico."""

    al = Giorno(label=_("Ultimo giorno"))


class RiassegnaForm(forms.Form):
    """The unit on which an incarico goes on."""

    unita = Unita(label=_("Unità"))

    def __init__(self, *args: Any, unita: Scelte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offri(self, "unita", [("", _("scegli…")), *unita])


class ConfrontoForm(forms.Form):
    """Two versions to compare."""

    prima = forms.TypedChoiceField(label=_("Da"), coerce=int)
    dopo = forms.TypedChoiceField(label=_("A"), coerce=int)

    def __init__(self, *args: Any, versioni: Iterable[Organigramma], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voci = [(una.pk, str(una)) for una in versioni]
        offri(self, "prima", voci)
        offri(self, "dopo", voci)
