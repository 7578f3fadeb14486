# SPDX-License-Identifier: AGPL-3.0-or-later
"""The quarterly report of a row, and what is said of it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni import Resoconto
from obiettivi.azioni.rilevazione import CIFRE, da_testo
from obiettivi.forms.rilevazione import NumeroItaliano, RilevaForm
from obiettivi.models import Indicatore, Rendicontazione
from obiettivi.schede.prove import AMMESSI, TIPI
from piani.forms import righe

LUNGHI = 10_000


class MoltiFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MoltiFile(forms.FileField):
    """Some files, or none; each is looked at by the action that keeps it."""

    widget = MoltiFileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [uno for uno in data or () if uno]


class RendicontaForm(RilevaForm):
    """The report of a row in a quarter: only the figures of its indicator's kind are asked."""

    visto = forms.CharField(required=False, widget=forms.HiddenInput)
    azioni = forms.CharField(
        label=_("Azioni svolte"), required=False, max_length=LUNGHI, widget=righe(4)
    )
    provvedimenti = forms.CharField(
        label=_("Provvedimenti adottati"),
        required=False,
        max_length=LUNGHI,
        help_text=_("Atti, procedure, accordi: numero e data."),
        widget=righe(2),
    )
    criticita = forms.CharField(
        label=_("Criticità"), required=False, max_length=LUNGHI, widget=righe(3)
    )
    raggiungibile = forms.TypedChoiceField(
        label=_("L'obiettivo è raggiungibile al 31/12?"),
        required=False,
        choices=[("", _("Non ancora detto")), ("si", _("Sì")), ("no", _("No"))],
        coerce=lambda detto: detto == "si",
        empty_value=None,
    )
    motivo = forms.CharField(
        label=_("Se no, perché"), required=False, max_length=LUNGHI, widget=righe(2)
    )
    dichiarato = NumeroItaliano(
        label=_("Percentuale raggiunta, dichiarata"),
        help_text=_("Da 0 a 100: quanto dell'obiettivo dell'anno è raggiunto."),
    )
    prove = MoltiFile(
        label=_("Documenti che lo provano"),
        required=False,
        help_text=_("Anche più d'uno insieme: %(ammessi)s.") % {"ammessi": AMMESSI},
        widget=MoltiFileInput(attrs={"accept": ",".join(f".{tipo}" for tipo in TIPI)}),
    )

    def __init__(self, *args: Any, indicatore: Indicatore, **kwargs: Any) -> None:
        super().__init__(*args, indicatore=indicatore, **kwargs)
        for nome in ("anno", "frazione", "sede", "origine"):
            del self.fields[nome]

    @property
    def resoconto(self) -> Resoconto:
        """What the form says, as the action takes it."""
        dati = self.cleaned_data
        cifre = {nome: str(dati[nome]) for nome in CIFRE if dati.get(nome) is not None}
        parole = {nome: dati[nome] for nome in ("stato", "testo") if dati.get(nome)}
        return Resoconto(
            cifre=cifre | parole,
            azioni=dati["azioni"],
            provvedimenti=dati["provvedimenti"],
            criticita=dati["criticita"],
            raggiungibile=dati["raggiungibile"],
            motivo=dati["motivo"],
            dichiarato=dati["dichiarato"],
        )


def iniziali(bozza: Rendicontazione | None) -> dict[str, Any]:
    """What a draft holds, as the form shows it."""
    if bozza is None:
        return {}
    detto = {True: "si", False: "no", None: ""}[bozza.raggiungibile]
    cifre = {
        nome: da_testo(nome, valore) if nome in CIFRE else valore
        for nome, valore in bozza.cifre.items()
    }
    return {
        **cifre,
        "azioni": bozza.azioni,
        "provvedimenti": bozza.provvedimenti,
        "criticita": bozza.criticita,
        "raggiungibile": detto,
        "motivo": bozza.motivo,
        "dichiarato": bozza.dichiarato,
        "visto": bozza.impronta,
    }


class RiapriForm(forms.Form):
    """Why a report that was sent is opened again; the controllo di gestione must say it."""

    motivo = forms.CharField(
        label=_("Perché si riapre"), required=False, max_length=1000, widget=righe(2)
    )


class ValidaRendicontazioneForm(forms.Form):
    """The Nucleo's percentage beside the declared one."""

    validato = NumeroItaliano(label=_("Percentuale validata"), required=True)
    nota = forms.CharField(
        label=_("Nota"),
        required=False,
        max_length=5000,
        help_text=_("Obbligatoria se la percentuale è diversa da quella dichiarata."),
        widget=righe(3),
    )
