# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the objectives' floor: they check shape, the action decides."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.edizione import PRIMO_ANNO, ULTIMO_ANNO
from obiettivi.azioni.rilevazione import AMMESSE
from obiettivi.calcolo.predefinite import TUTTE
from obiettivi.espressioni.numeri import Illeggibile, numero
from obiettivi.models import (
    AreaStrategica,
    EdizioneSMVP,
    Frazione,
    Indicatore,
    Obiettivo,
    Prospettiva,
    Rilevazione,
)
from piani.models import Azienda, Piano, Utente

BYTE_MASSIMI = 2 * 1024 * 1024


class CalcolaForm(forms.Form):
    """Which scores to compute."""

    prospettiva = forms.ChoiceField(choices=Prospettiva.choices, label=_("Che cosa calcolare"))
    anno = forms.TypedChoiceField(coerce=int, label=_("Anno"))
    frazione = forms.ChoiceField(choices=Frazione.choices, required=False, label=_("Periodo"))

    def __init__(self, *args: Any, piano: Piano, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anno"].choices = [(anno, str(anno)) for anno in piano.anni]


class IpotesiForm(forms.Form):
    """A supposed result of an indicator of the plan."""

    codice = forms.CharField(label=_("Codice dell'indicatore"), max_length=30)
    anno = forms.TypedChoiceField(coerce=int, label=_("Anno"))
    frazione = forms.ChoiceField(choices=Frazione.choices, label=_("Periodo"), required=False)
    sede = forms.CharField(label=_("Sede"), max_length=60, required=False)
    valore = forms.DecimalField(label=_("Valore"), localize=True, required=False)
    avanzamento = forms.DecimalField(
        label=_("Avanzamento %"), localize=True, required=False, min_value=0, max_value=100
    )

    def __init__(self, *args: Any, piano: Piano, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anno"].choices = [(anno, str(anno)) for anno in piano.anni]

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        if not self.errors and dati["valore"] is None and dati["avanzamento"] is None:
            raise forms.ValidationError(_("Scrivi il valore da supporre, oppure l'avanzamento."))
        return dati


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


class NumeroItaliano(forms.CharField):
    """A number as people write it, ``1.205,3`` or ``96,65``; an ambiguous one is asked again."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"required": False, "widget": widget} | kwargs)

    def clean(self, value: Any) -> Decimal | None:
        testo = super().clean(value).replace("−", "-").removesuffix("%").strip()
        if not testo:
            return None
        try:
            letto = numero(testo.removeprefix("-").strip())
        except Illeggibile as errore:
            raise forms.ValidationError(f"{errore}.") from errore
        if letto.dubbio:
            raise forms.ValidationError(_("%(dubbio)s: scriverlo senza il punto.") % vars(letto))
        return -letto.valore if testo.startswith("-") else letto.valore


class RilevaForm(forms.Form):
    """A new result of an indicator; only the figures of its kind are asked."""

    anno = forms.IntegerField(label=_("Anno"))
    frazione = forms.ChoiceField(choices=Frazione.choices, required=False, label=_("Periodo"))
    sede = forms.CharField(
        label=_("Sede"), max_length=60, required=False, help_text=_("Vuota: tutta l’azienda.")
    )
    stato = forms.ChoiceField(
        choices=Rilevazione.Stato.choices, initial=Rilevazione.Stato.NUMERO, label=_("Stato")
    )
    valore = NumeroItaliano(label=_("Valore"))
    numeratore = NumeroItaliano(label=_("Numeratore"))
    denominatore = NumeroItaliano(label=_("Denominatore"))
    avanzamento = NumeroItaliano(label=_("Avanzamento %"))
    testo = forms.CharField(
        label=_("Descrizione, o motivo se non è applicabile"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    origine = forms.CharField(
        label=_("Origine"),
        max_length=200,
        required=False,
        help_text=_("Da dove viene: flusso, file, cella, atto."),
    )

    CIFRE = ("valore", "numeratore", "denominatore", "avanzamento")

    def __init__(self, *args: Any, indicatore: Indicatore, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chieste = frozenset().union(*AMMESSE[indicatore.tipo_formula])
        for nome in self.CIFRE:
            if nome not in chieste:
                del self.fields[nome]
        if indicatore.tipo_formula == Indicatore.Formula.SI_NO:
            self.fields["valore"].help_text = _("1 per sì, 0 per no.")
        elif indicatore.unita and "valore" in self.fields:
            self.fields["valore"].label = f"{self.fields['valore'].label} ({indicatore.unita})"


class OsservaForm(forms.Form):
    """A remark of the Nucleo, and what of the plan it is about (``area:3``; "" is all of it)."""

    su = forms.ChoiceField(label=_("Su che cosa"), required=False)
    testo = forms.CharField(
        label=_("Osservazione"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, piano: Piano, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._righe: dict[str, Any] = {}
        self.fields["su"].choices = [
            ("", _("Tutto il piano")),
            (_("Aree"), self._scelte("area", AreaStrategica.objects.filter(piano=piano))),
            (_("Obiettivi"), self._scelte("obiettivo", Obiettivo.objects.di_piano(piano))),
            (
                _("Indicatori"),
                self._scelte(
                    "indicatore",
                    Indicatore.objects.filter(misure__obiettivo__area__piano=piano).distinct(),
                ),
            ),
        ]

    def _scelte(self, tipo: str, righe: Iterable[Any]) -> list[tuple[str, str]]:
        chiavi = {f"{tipo}:{riga.pk}": riga for riga in righe}
        self._righe |= chiavi
        return [(chiave, f"{riga.codice} – {riga}"[:120]) for chiave, riga in chiavi.items()]

    @property
    def oggetto(self) -> AreaStrategica | Obiettivo | Indicatore | None:
        """The row chosen; None is the whole plan."""
        return self._righe.get(self.cleaned_data["su"])


class RispondiForm(forms.Form):
    """The answer to a remark."""

    testo = forms.CharField(
        label=_("Risposta"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PeriodoForm(forms.Form):
    """A period to close, or to open again with a reason."""

    anno = forms.IntegerField(label=_("Anno"))
    frazione = forms.ChoiceField(choices=Frazione.choices, required=False, label=_("Periodo"))
    motivo = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
