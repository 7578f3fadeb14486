# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the projects and of the actions: they check shape, the action decides."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.calcolo.importi import ZERO
from conciliazione.forms.campi import CampoEuro
from conciliazione.models import (
    Accordo,
    AttivitaAzione,
    AzioneDiPiano,
    AzioneProgetto,
    DocumentoProgetto,
    EdizioneConciliazione,
    IncontroAzione,
    Progetto,
    VoceBudget,
)
from piani.forms import GIORNO, MotivoForm, campo_giorno, righe


class SenzaScrivere(forms.ModelForm):
    """A form over a row that stays as it is: the action writes, on the row as it is then."""

    def _post_clean(self) -> None:
        """Nothing: the action checks the row."""


class ProgettoForm(SenzaScrivere):
    class Meta:
        model = Progetto
        fields = ("cup", "atto_concessione", "dal", "al")
        widgets = {"dal": GIORNO, "al": GIORNO}
        help_texts = {
            "cup": _("Codice unico di progetto: 15 lettere e cifre."),
            "atto_concessione": _("Come si cita, per esempio «Deliberazione n. 123 del "
                                  "01/06/2021»: compare nell'elenco delle concessioni."),
        }  # fmt: skip


class AvviaForm(forms.Form):
    dal = campo_giorno(_("Avviato il"), initial=timezone.localdate)


class ConcludiForm(forms.Form):
    giorno = campo_giorno(_("Concluso il"), initial=timezone.localdate)


class AttoDiRevocaForm(forms.Form):
    """The act, how much it leaves to the capofila, by when the rest comes back."""

    atto = forms.CharField(label=_("Atto che revoca il contributo"), max_length=200)
    atto_del = campo_giorno(_("Atto del"), initial=timezone.localdate)
    trattenuto = CampoEuro(
        label=_("Quanto resta al capofila (€)"), required=False,
        help_text=_("Di ciò che gli è stato pagato, quanto l'atto riconosce per ciò che è stato "
                    "fatto. Vuoto: niente."),
    )  # fmt: skip
    entro = campo_giorno(
        _("Da restituire entro"), required=False,
        help_text=_("Obbligatorio se al capofila è stato pagato di più."),
    )  # fmt: skip

    def clean_trattenuto(self) -> Decimal:
        """Empty is nothing."""
        return self.cleaned_data["trattenuto"] or ZERO


class RevocaForm(MotivoForm, AttoDiRevocaForm):
    """Why, and the act."""


class AccordoForm(SenzaScrivere):
    class Meta:
        model = Accordo
        fields = ("testo", "protocollo", "dal", "al")
        widgets = {"testo": righe(14), "dal": GIORNO, "al": GIORNO}
        help_texts = {
            "testo": _("Ruoli, modi di partecipare e apporti di ciascun ente. Si può usare "
                       "Markdown."),
        }  # fmt: skip


class DocumentoForm(forms.Form):
    genere = forms.ChoiceField(label=_("Che cos'è"), choices=DocumentoProgetto.Genere.choices)
    file = forms.FileField(label=_("Documento"))


class AzioneForm(SenzaScrivere):
    class Meta:
        model = AzioneProgetto
        fields = ("descrizione", "dal", "al", "persone", "imprese")
        widgets = {"descrizione": righe(4), "dal": GIORNO, "al": GIORNO}


class AttivitaForm(SenzaScrivere):
    prefix = "attivita"

    class Meta:
        model = AttivitaAzione
        fields = ("nome", "dal", "al")
        widgets = {"dal": GIORNO, "al": GIORNO}


class BudgetForm(SenzaScrivere):
    """A line of budget, under one of the headings of the edition."""

    prefix = "budget"

    class Meta:
        model = VoceBudget
        fields = ("categoria", "importo")

    def __init__(self, *args: Any, edizione: EdizioneConciliazione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voci = [(una.codice, una.nome) for una in edizione.regole.categorie_costo]
        if voci:
            self.fields["categoria"] = forms.ChoiceField(
                label=_("Categoria di costo"), choices=voci
            )
        self.fields["importo"] = CampoEuro(label=_("Importo"), required=True)


class AzioneDiPianoForm(SenzaScrivere):
    """An action of no Alleanza; its genere is chosen when it is new, then it stays."""

    class Meta:
        model = AzioneDiPiano
        fields = (
            "genere", "titolo", "gruppo", "descrizione", "responsabile", "progetti", "importo",
            "persone", "imprese", "dal", "al",
        )  # fmt: skip
        widgets = {"descrizione": righe(4), "dal": GIORNO, "al": GIORNO}
        help_texts = {"progetti": _("Le Alleanze che lavorano insieme sul tema, se ce ne sono.")}

    def __init__(self, *args: Any, edizione: EdizioneConciliazione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["genere"]
        self.fields["importo"] = CampoEuro(label=_("Risorse previste"))
        self.fields["progetti"].queryset = edizione.progetti.all()
        self.fields["progetti"].widget = forms.CheckboxSelectMultiple(
            choices=self.fields["progetti"].choices
        )


class IncontroForm(SenzaScrivere):
    class Meta:
        model = IncontroAzione
        fields = ("giorno", "tema", "partecipanti", "esito")
        widgets = {"giorno": GIORNO, "esito": righe(2)}


class AdottaDocumentoForm(forms.Form):
    """The act that adopts one of the two documents of the edition."""

    atto_tipo = forms.CharField(label=_("Tipo di atto"), max_length=60, initial=_("Deliberazione"))
    atto_numero = forms.CharField(label=_("Numero"), max_length=30)
    atto_data = campo_giorno(_("Data"), initial=timezone.localdate)
    atto_organo = forms.CharField(label=_("Organo"), max_length=100)
