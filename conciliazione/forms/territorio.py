# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the territory: ambiti, municipalities, Piani dei Tempi, projects of L.r. 28/2004."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.tempi import DelComune
from conciliazione.models import Ambito, Comune, PianoDeiTempi, ProgettoTempi, RilevazioneTempi
from piani.forms import COME_SI_SCRIVE, GIORNO, RigaForm, campo_giorno
from piani.models import Azienda


class AmbitoForm(RigaForm):
    class Meta:
        model = Ambito
        fields = ["nome", "codice", "ordine", "comuni_stampati"]


class ComuneForm(RigaForm):
    class Meta:
        model = Comune
        fields = ["nome", "ambito", "codice_istat", "provincia", "abitanti"]

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ambito"].queryset = Ambito.objects.filter(azienda=azienda)


class ProgettoTempiForm(RigaForm):
    class Meta:
        model = ProgettoTempi
        fields = ["comune", "titolo", "azioni", "bando", "dal", "al", "concluso"]
        widgets = {"dal": GIORNO, "al": GIORNO}
        field_classes = {"dal": forms.DateField, "al": forms.DateField}

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comune"].queryset = Comune.objects.filter(azienda=azienda)
        for nome in ("dal", "al"):
            self.fields[nome].input_formats = COME_SI_SCRIVE


class ChiediTempiForm(forms.Form):
    chiesta_il = campo_giorno(_("Chiesta il"), initial=timezone.localdate)


class TempiForm(RigaForm):
    """The answer of an ambito as a whole."""

    class Meta:
        model = RilevazioneTempi
        fields = ["esito", "risposta_il", "testo"]
        widgets = {"risposta_il": GIORNO}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risposta_il"].input_formats = COME_SI_SCRIVE


class ComuneTempiForm(forms.Form):
    """What the answer says of one municipality; left empty, it says nothing."""

    adottato = forms.BooleanField(label=_("adottato"), required=False)
    anno = forms.IntegerField(label=_("nel"), min_value=1985, max_value=2100, required=False)
    vigente = forms.BooleanField(label=_("ancora vigente"), required=False)
    nota = forms.CharField(label=_("nota"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or self.cleaned_data
        if dati.get("vigente") and not dati.get("adottato"):
            self.add_error("vigente", _("È vigente solo un Piano adottato: segnalo."))
        return dati

    @property
    def detto(self) -> DelComune:
        return DelComune(**self.cleaned_data)


def moduli_dei_comuni(
    comuni: Any, riga: RilevazioneTempi, dati: Any = None
) -> list[tuple[Comune, ComuneTempiForm]]:
    """One small form for each municipality of an ambito, with what is known already."""
    campi = ("adottato", "anno", "vigente", "nota")
    noti = {
        piano.comune_id: {campo: getattr(piano, campo) for campo in campi}
        for piano in PianoDeiTempi.objects.filter(rilevazione=riga)
    }
    return [
        (comune, ComuneTempiForm(dati, prefix=f"c{comune.pk}", initial=noti.get(comune.pk, {})))
        for comune in comuni
    ]
