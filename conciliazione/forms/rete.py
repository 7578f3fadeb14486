# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the bodies, of who represents them, of the composition of the network."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.composizione import Semestre
from conciliazione.azioni.ente import DELL_ENTE
from conciliazione.models import Ambito, ComposizioneRete, Comune, Ente, TipoEnte
from piani.forms import RigaForm, campo_giorno
from piani.models import Azienda

SUOI = list(DELL_ENTE)


class ConSitoForm(RigaForm):
    sito = forms.URLField(label=_("Sito"), required=False, assume_scheme="https")


class SuoiDatiForm(ConSitoForm):
    """What a body says of itself."""

    class Meta:
        model = Ente
        fields = SUOI


class EnteForm(ConSitoForm):
    """A body, for the office; its legal form follows from its kind."""

    class Meta:
        model = Ente
        fields = ["nome", "tipo", "ente_locale", "codice_fiscale", "partita_iva", "comune",
                  "ambito", *SUOI]  # fmt: skip

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comune"].queryset = Comune.objects.filter(azienda=azienda)
        self.fields["ambito"].queryset = Ambito.objects.filter(azienda=azienda)
        for nome in ("codice_fiscale", "partita_iva"):
            self.fields[nome].max_length = 20
            self.fields[nome].widget.attrs["maxlength"] = 20


class UnisciForm(forms.Form):
    """Which other body is the same as this one."""

    doppione = forms.ModelChoiceField(
        Ente.objects.none(),
        label=_("L'altra riga dello stesso ente"),
        empty_label=_("Scegli"),
        help_text=_("Questa riga sparisce: tutto ciò che è suo passa all'altra."),
    )

    def __init__(self, *args: Any, ente: Ente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dello_stesso_tipo = Ente.objects.filter(azienda=ente.azienda_id, tipo=ente.tipo)
        self.fields["doppione"].queryset = dello_stesso_tipo.exclude(pk=ente.pk)


class ReferenteForm(forms.Form):
    """Who represents a body, from when."""

    nome = forms.CharField(label=_("Nome"), max_length=80)
    cognome = forms.CharField(label=_("Cognome"), max_length=80)
    email = forms.EmailField(
        label=_("Posta elettronica"), help_text=_("Riceve l'invito a entrare, se non è già qui.")
    )
    telefono = forms.CharField(label=_("Telefono"), max_length=30, required=False)
    legale = forms.BooleanField(label=_("È il legale rappresentante"), required=False)
    dal = campo_giorno(_("Dal"), initial=timezone.localdate)


class FineReferenteForm(forms.Form):
    al = campo_giorno(_("Rappresenta l'ente fino al"), initial=timezone.localdate)


class ComposizioneForm(forms.Form):
    """A semester, its act, and the figures that a document already prints."""

    anno = forms.IntegerField(label=_("Anno"), min_value=2000, max_value=2100)
    semestre = forms.TypedChoiceField(
        label=_("Semestre"), choices=[(1, _("primo")), (2, _("secondo"))], coerce=int
    )
    al = campo_giorno(_("Situazione al"))
    atto = forms.CharField(label=_("Atto"), max_length=200, required=False)
    totale_stampato = forms.IntegerField(
        label=_("Totale stampato"), min_value=0, max_value=99_999, required=False
    )

    def __init__(self, *args: Any, riga: ComposizioneRete | None = None, **kwargs: Any) -> None:
        iniziali = _iniziali(riga) if riga else _di_oggi()
        super().__init__(*args, initial=iniziali, **kwargs)
        for tipo in TipoEnte:
            self.fields[f"stampato_{tipo}"] = forms.IntegerField(
                label=_("Stampati: %(tipo)s") % {"tipo": tipo.label}, min_value=0,
                max_value=99_999, required=False,
            )  # fmt: skip

    @property
    def dati(self) -> dict[str, Any]:
        dati = self.cleaned_data
        return {
            "quando": Semestre(dati["anno"], dati["semestre"], dati["al"], dati["atto"]),
            "totale_stampato": dati["totale_stampato"],
            "stampati": {tipo.value: dati[f"stampato_{tipo}"] for tipo in TipoEnte},
        }


def _di_oggi() -> dict[str, Any]:
    oggi = timezone.localdate()
    return {"anno": oggi.year, "semestre": 1 if oggi.month <= 6 else 2, "al": oggi}


def _iniziali(riga: ComposizioneRete) -> dict[str, Any]:
    stampati = {f"stampato_{una.tipo}": una.stampato for una in riga.righe.all()}
    campi = ("anno", "semestre", "al", "atto", "totale_stampato")
    return stampati | {campo: getattr(riga, campo) for campo in campi}
