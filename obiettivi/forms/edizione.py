# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of the measurement: a new edition, and rows to try one on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.edizione import PRIMO_ANNO, ULTIMO_ANNO
from obiettivi.calcolo.predefinite import TUTTE
from obiettivi.models import EdizioneSMVP
from piani.models import Azienda, Utente

BYTE_MASSIMI = 2 * 1024 * 1024


def scelte_edizioni(edizioni: Iterable[EdizioneSMVP]) -> list[Any]:
    """The stored editions (``e12``) and those of the product (``p:ordinaria``), as choices."""
    salvate = [(f"e{una.pk}", f"{una.azienda} · {una.anno} · {una.nome}") for una in edizioni]
    pronte = [(f"p:{codice}", edizione.nome) for codice, edizione in TUTTE.items()]
    gruppi = [(_("Di un’azienda"), salvate), (_("Pronte"), pronte)]
    return [gruppo for gruppo in gruppi if gruppo[1]]


class NuovaEdizioneForm(forms.Form):
    """The year of a new edition and where its rules come from."""

    anno = forms.IntegerField(label=_("Anno"), min_value=PRIMO_ANNO, max_value=ULTIMO_ANNO)
    copia_da = forms.ChoiceField(label=_("Copia le regole da"))

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copia_da"].choices = scelte_edizioni(
            azienda.edizioni_smvp.select_related("azienda")
        )


class SimulatoreForm(forms.Form):
    """Rules and rows to try, from a file or pasted."""

    edizione = forms.ChoiceField(label=_("Regole da provare"))
    anno = forms.IntegerField(
        label=_("Anno giudicato"),
        required=False,
        min_value=PRIMO_ANNO,
        max_value=ULTIMO_ANNO,
        help_text=_("Serve solo ai target che ne stampano più d’uno, come «2022: 80% 2023: 85%»."),
    )
    file = forms.FileField(
        label=_("File CSV"),
        required=False,
        help_text=_("In UTF-8, al massimo 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
    righe = forms.CharField(
        label=_("Oppure le righe incollate"),
        required=False,
        strip=False,
        help_text=_("Con l’intestazione, come si copiano da un foglio di calcolo."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "codice-lungo"}),
    )

    def __init__(self, *args: Any, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edizione"].choices = scelte_edizioni(
            EdizioneSMVP.objects.filter(azienda__in=Azienda.objects.visibili_a(utente))
            .select_related("azienda")
            .order_by("azienda__nome", "-anno")
        )

    def clean_file(self) -> UploadedFile | None:
        caricato: UploadedFile | None = self.cleaned_data["file"]
        if caricato is not None and (caricato.size or 0) > BYTE_MASSIMI:
            raise forms.ValidationError(_("Il file supera i 2 MB."))
        return caricato

    def clean_righe(self) -> str:
        righe: str = self.cleaned_data["righe"]
        if len(righe.encode()) > BYTE_MASSIMI:
            raise forms.ValidationError(_("Le righe superano i 2 MB."))
        return righe

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        if not self.errors and not dati.get("file") and not dati.get("righe", "").strip():
            raise forms.ValidationError(_("Scegliere un file o incollare le righe da provare."))
        return dati
