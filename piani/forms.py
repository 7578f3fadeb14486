# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the ground floor: they check shape, the action decides."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.azioni.righe import Superata, impronta
from piani.models import Azienda, Parere, Piano, Sezione, Utente, ValidazioneNucleo

GIORNO = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
COME_SI_SCRIVE = ["%Y-%m-%d", "%d/%m/%Y"]


def campo_giorno(etichetta: Any, **opzioni: Any) -> forms.DateField:
    """A day, as the browser or a person writes it."""
    return forms.DateField(label=etichetta, input_formats=COME_SI_SCRIVE, widget=GIORNO, **opzioni)


def righe(quante: int, **attributi: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": quante, **attributi})


def accanto_ai_campi(form: forms.BaseForm, errore: ValidationError) -> None:
    """The errors of an action beside the fields they name; above the form those of no field."""
    if not hasattr(errore, "error_dict"):
        form.add_error(None, errore)
        return
    for campo, errori in errore.error_dict.items():
        form.add_error(campo if campo in form.fields else None, errori)


def tenta(form: forms.BaseForm, azione: Callable[[], object]) -> bool:
    """Do the action of a valid form; when it refuses, the form says why and keeps what it holds.

    If somebody saved the row in the meantime, the form takes its new mark: who saves again has
    read so.
    """
    if not form.is_valid():
        return False
    try:
        azione()
    except ValidationError as errore:
        accanto_ai_campi(form, errore)
        if isinstance(errore, Superata):
            form.data = form.data.copy()
            form.data[form.add_prefix("visto")] = errore.visto
        return False
    return True


class RigaForm(forms.ModelForm):
    """A row of a draft, with the mark of how it was when the page was opened."""

    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["visto"].initial = impronta(self.instance)

    def _post_clean(self) -> None:
        """The row stays as it is: the action writes, on the row as it is then."""

    @property
    def valori(self) -> dict[str, Any]:
        """What the form says of the row."""
        return {nome: self.cleaned_data[nome] for nome in self._meta.fields}

    @property
    def mostrata(self) -> str | None:
        """The mark of the row that the person had before the eyes; none for a new one."""
        return self.cleaned_data["visto"] if self.instance.pk else None


class DataForm(forms.Form):
    """A day, to look at things as they were then."""

    data = campo_giorno(_("Alla data"))


class PubblicaForm(forms.Form):
    """The reason of a new version of a published document."""

    motivo = forms.CharField(
        label=_("Motivo della nuova versione"),
        required=False,
        help_text=_("Obbligatorio se il documento è già pubblicato: comparirà accanto ad esso."),
        widget=righe(3),
    )


class MotivoForm(forms.Form):
    """Why something is done; it stays on record."""

    motivo = forms.CharField(label=_("Motivo"), widget=righe(2))


class ValidaForm(forms.Form):
    """What the Nucleo says of a plan."""

    esito = forms.ChoiceField(label=_("Esito"), choices=ValidazioneNucleo.Esito.choices)
    data = campo_giorno(_("Data"), initial=timezone.localdate)
    organo = forms.CharField(
        label=_("Organismo"), max_length=100, initial=_("Nucleo di valutazione")
    )
    motivazione = forms.CharField(
        label=_("Motivazione"),
        help_text=_("Se il piano non è validato, che cosa correggere: torna in bozza con queste "
                    "osservazioni."),
        widget=righe(5),
    )  # fmt: skip


class AttoForm(forms.Form):
    """What is not said yet of the act that adopted a plan."""

    atto_tipo = forms.CharField(
        label=_("Tipo di atto"), max_length=60, help_text=_("Decreto, deliberazione, …")
    )
    atto_numero = forms.CharField(label=_("Numero"), max_length=30)
    atto_data = campo_giorno(_("Data dell'atto"))
    atto_organo = forms.CharField(label=_("Organo che adotta"), max_length=100)

    def __init__(self, *args: Any, piano: Piano, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nome in list(self.fields):
            if nome.startswith("atto_"):
                if getattr(piano, nome):
                    del self.fields[nome]
                else:
                    self.fields[nome].required = False


class AdottaForm(forms.Form):
    """The act that adopts a plan."""

    atto_tipo = forms.CharField(label=_("Tipo di atto"), max_length=60, initial=_("decreto"))
    atto_numero = forms.CharField(label=_("Numero"), max_length=30)
    atto_data = campo_giorno(_("Data dell'atto"))
    atto_organo = forms.CharField(label=_("Organo che adotta"), max_length=100)
    motivo_ritardo = forms.CharField(
        label=_("Motivo del ritardo"),
        required=False,
        help_text=_("Solo se l'atto viene dopo il termine di legge."),
        widget=righe(2),
    )


class ParereForm(forms.Form):
    """The opinion of a director."""

    ruolo = forms.ChoiceField(label=_("Di chi"), choices=Parere.Ruolo.choices)
    esito = forms.ChoiceField(label=_("Esito"), choices=Parere.Esito.choices)
    data = campo_giorno(_("Data"), initial=timezone.localdate)
    testo = forms.CharField(
        label=_("Testo"),
        required=False,
        help_text=_("Obbligatorio se il parere è contrario."),
        widget=righe(2),
    )


class SezioneForm(RigaForm):
    """A narrative chapter."""

    class Meta:
        model = Sezione
        fields = ("tipo", "titolo", "testo")
        widgets = {"testo": righe(16)}


class PianoForm(forms.ModelForm):
    """The name and the note of a draft; of a PIAO whether it is short, where no figure says it."""

    class Meta:
        model = Piano
        fields = ("titolo", "nota", "meno_di_50")
        widgets = {"nota": righe(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        piano = self.instance
        if piano.tipo != Piano.Tipo.PIAO or piano.azienda.dipendenti is not None:
            del self.fields["meno_di_50"]


class NuovoPianoForm(forms.Form):
    """A plan to begin."""

    azienda = forms.ModelChoiceField(
        label=_("Azienda"), queryset=Azienda.objects.none(), to_field_name="codice"
    )
    tipo = forms.ChoiceField(label=_("Tipo"), choices=Piano.Tipo.choices)
    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    anno_inizio = forms.IntegerField(label=_("Primo anno"))
    anno_fine = forms.IntegerField(label=_("Ultimo anno"))

    def __init__(self, *args: Any, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visibili = Azienda.objects.visibili_a(utente)
        mie = [una.pk for una in visibili if utente.has_perm("piani.modifica", una)]
        self.fields["azienda"].queryset = Azienda.objects.filter(pk__in=mie)
        if len(mie) == 1:
            self.fields["azienda"].initial = Azienda.objects.get(pk=mie[0])


class RicevutaForm(forms.Form):
    """The receipt of the Portale PIAO."""

    data = campo_giorno(_("Data del caricamento"), initial=timezone.localdate)
    protocollo = forms.CharField(
        label=_("Protocollo della ricevuta"),
        max_length=60,
        help_text=_("Il numero che il Portale scrive sulla ricevuta."),
    )
    file = forms.FileField(
        label=_("La ricevuta"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        help_text=_("Facoltativa: PDF o immagine. Si conserva con la sua impronta."),
    )


class ScorriForm(forms.Form):
    """The revision of a plan for the next years."""

    titolo = forms.CharField(label=_("Titolo del nuovo piano"), max_length=200)
    anno_inizio = forms.IntegerField(label=_("Primo anno"))
    proponi = forms.BooleanField(
        label=_("Per gli anni nuovi proponi il target dell'ultimo anno"), required=False
    )
