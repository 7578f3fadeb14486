# SPDX-License-Identifier: AGPL-3.0-or-later
"""The forms of the Comitato: seats, meetings, agenda, votes, minutes, requests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conciliazione.models import (
    Componente,
    EdizioneConciliazione,
    Ente,
    ManifestazioneInteresse,
    PuntoOrdine,
    RichiestaConsultazione,
    Seduta,
    Seggio,
    Votazione,
    Voto,
)
from piani.models import Utente

GIORNO = {"type": "date"}


def campo_giorno(nome: Any, **altro: Any) -> forms.DateField:
    return forms.DateField(
        label=nome, widget=forms.DateInput(attrs=GIORNO, format="%Y-%m-%d"), **altro
    )


class SeggioForm(forms.ModelForm):
    """A seat: of which body, under which heading."""

    class Meta:
        model = Seggio
        fields = ["tipologia", "ente", "denominazione", "capofila", "dal", "al"]
        widgets = {
            "dal": forms.DateInput(attrs=GIORNO, format="%Y-%m-%d"),
            "al": forms.DateInput(attrs=GIORNO, format="%Y-%m-%d"),
        }
        help_texts = {
            "capofila": _("Il suo voto decide in parità: è uno solo."),
            "denominazione": _("Come la stampa il documento, se è diversa dal nome dell'ente."),
        }

    def __init__(self, *args: Any, edizione: EdizioneConciliazione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ente"].queryset = Ente.objects.filter(azienda=edizione.azienda)

    def _post_clean(self) -> None:
        """The action writes the row and asks the constraints: here only the shape."""


class NominaForm(forms.Form):
    """Who takes a seat, as titolare or supplente."""

    qualita = forms.ChoiceField(label=_("Come"), choices=Componente.Qualita.choices)
    nome = forms.CharField(label=_("Nome"), max_length=150)
    cognome = forms.CharField(label=_("Cognome"), max_length=150)
    email = forms.EmailField(
        label=_("Posta elettronica"),
        help_text=_("Se non ha ancora un accesso riceve un invito a questo indirizzo."),
    )
    dal = campo_giorno(_("Dal"))


class FineForm(forms.Form):
    """The last day of who holds a seat."""

    al = campo_giorno(_("Ultimo giorno"))


class QuandoForm(forms.Form):
    """What a meeting is about, when and where."""

    oggetto = forms.CharField(label=_("Oggetto"), max_length=200)
    quando = forms.DateTimeField(
        label=_("Giorno e ora"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    sede = forms.CharField(
        label=_("Sede"),
        max_length=200,
        required=False,
        help_text=_("Dove ci si trova, o l'indirizzo del collegamento."),
    )


class SedutaForm(QuandoForm):
    """A meeting to prepare."""

    organo = forms.ChoiceField(label=_("Organo"), choices=Seduta.Organo.choices)
    field_order = ["organo", "oggetto", "quando", "sede"]


class PuntoForm(forms.Form):
    """Another item of the agenda."""

    titolo = forms.CharField(label=_("Argomento"), max_length=300)
    genere = forms.ChoiceField(
        label=_("Genere"),
        choices=PuntoOrdine.Genere.choices,
        initial=PuntoOrdine.Genere.DISCUSSIONE,
    )
    manifestazione = forms.ModelChoiceField(
        ManifestazioneInteresse.objects.none(),
        required=False,
        label=_("Si valutano le proposte di"),
        empty_label=_("Nessuna manifestazione"),
        help_text=_("Su questo punto chi ha proposto, da capofila o da partner, non vota."),
    )

    def __init__(self, *args: Any, seduta: Seduta, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bandi = ManifestazioneInteresse.objects.visibili_a(utente).filter(
            edizione=seduta.edizione_id
        )
        if seduta.organo == Seduta.Organo.COMITATO and bandi.exists():
            self.fields["manifestazione"].queryset = bandi
        else:
            del self.fields["manifestazione"]


class ConvocaForm(forms.Form):
    """The convocation; the urgency only where the edition lets."""

    motivo_urgenza = forms.CharField(
        label=_("Perché è urgente"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Solo se il preavviso è più breve di quello del regolamento."),
    )

    def __init__(self, *args: Any, urgenza: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not urgenza:
            del self.fields["motivo_urgenza"]


class MotivoForm(forms.Form):
    """Why something is undone."""

    motivo = forms.CharField(
        label=_("Motivo"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class EsitoForm(forms.Form):
    """What was said and decided of an item."""

    esito = forms.CharField(
        label=_("Che cosa si è detto e deciso"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VotazioneForm(forms.ModelForm):
    """A question put to the vote."""

    class Meta:
        model = Votazione
        fields = ["quesito"]


class VotoForm(forms.Form):
    """The vote of one's own seat."""

    valore = forms.ChoiceField(label=_("Il tuo voto"), choices=Voto.Valore.choices,
                               widget=forms.RadioSelect)  # fmt: skip


class CollegaForm(forms.Form):
    """A thing decided that does not say in which meeting."""

    cosa = forms.ChoiceField(label=_("Decisione"))

    def __init__(self, *args: Any, scelte: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cosa"].choices = scelte


class VerbaleForm(forms.Form):
    """The text of the minutes."""

    testo = forms.CharField(
        label=_("Testo"),
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text=_("Markdown: ### per un titolo, una riga vuota fra i capoversi."),
    )


class ValidaForm(forms.Form):
    """What a seat says of the minutes."""

    conforme = forms.TypedChoiceField(
        label=_("Il verbale"),
        choices=[("si", _("È conforme")), ("no", _("Va corretto"))],
        coerce=lambda detto: detto == "si",
        widget=forms.RadioSelect,
    )
    osservazione = forms.CharField(
        label=_("Osservazione"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Se va corretto, scrivi che cosa."),
    )


class RichiestaForm(forms.ModelForm):
    """A request of consultation by a body that one represents."""

    ente = forms.ModelChoiceField(Ente.objects.none(), label=_("Per quale ente"), empty_label=None)
    field_order = ["ente", "oggetto", "testo"]

    class Meta:
        model = RichiestaConsultazione
        fields = ["oggetto", "testo"]

    def __init__(self, *args: Any, enti: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ente"].queryset = enti


class FirmaForm(forms.Form):
    """The signature of a body that one represents."""

    ente = forms.ModelChoiceField(Ente.objects.none(), label=_("Per quale ente"), empty_label=None)

    def __init__(self, *args: Any, enti: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ente"].queryset = enti


class InSedutaForm(forms.Form):
    """The meeting of the Rete that will hear a request."""

    seduta = forms.ModelChoiceField(
        Seduta.objects.none(), label=_("In quale riunione della Rete"), empty_label=None
    )

    def __init__(self, *args: Any, sedute: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seduta"].queryset = sedute
