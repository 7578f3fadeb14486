# SPDX-License-Identifier: AGPL-3.0-or-later
"""Naming evaluators, declaring conflicts, scoring a proposal, deciding a ranking."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conciliazione.calcolo.parole import cifra
from conciliazione.models import (
    Criterio,
    ManifestazioneInteresse,
    SchedaValutazione,
    Seduta,
    Seggio,
)
from obiettivi.forms.rilevazione import NumeroItaliano
from piani.forms import righe


class _Seggi(forms.ModelMultipleChoiceField):
    """The seats with, beside, why one would abstain."""

    conflitti: Mapping[int, str] = {}

    def label_from_instance(self, seggio: Any) -> str:
        perche = self.conflitti.get(seggio.ente_id)
        return _("%(seggio)s – si astiene: %(perche)s") % {
            "seggio": seggio, "perche": perche
        } if perche else str(seggio)  # fmt: skip


class NominaForm(forms.Form):
    """Which seats evaluate."""

    seggi = _Seggi(
        label=gettext_lazy("Seggi che valutano"),
        queryset=Seggio.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Chi guida una proposta della manifestazione, o ne è partner, entra già astenuto."
        ),
    )

    def __init__(
        self,
        *args: Any,
        manifestazione: ManifestazioneInteresse,
        conflitti: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["seggi"]
        campo.conflitti = conflitti
        campo.queryset = (
            Seggio.objects.in_carica()
            .filter(edizione=manifestazione.edizione)
            .exclude(valutazioni__manifestazione=manifestazione)
            .select_related("ente")
        )


class DichiaraForm(forms.Form):
    """Whether there is a conflict, and which."""

    in_conflitto = forms.TypedChoiceField(
        label=gettext_lazy("Conflitto di interessi"),
        choices=[
            ("no", gettext_lazy("Non ho conflitti con nessuna delle proposte")),
            ("si", gettext_lazy("Ho un conflitto: mi astengo")),
        ],
        coerce=lambda valore: valore == "si",
        widget=forms.RadioSelect,
    )
    motivo = forms.CharField(
        label=gettext_lazy("Quale conflitto"),
        required=False,
        max_length=280,
        widget=righe(3),
        help_text=gettext_lazy("Solo se ti astieni: resta agli atti."),
    )


class PunteggiForm(forms.Form):
    """Points and notes by criterion, and the judgement. Empty points can be kept in a draft."""

    giudizio = forms.CharField(
        label=gettext_lazy("Giudizio"),
        required=False,
        max_length=5000,
        widget=righe(5),
        help_text=gettext_lazy("Motiva i punti: serve per consegnare."),
    )

    def __init__(
        self,
        *args: Any,
        criteri: Sequence[Criterio],
        scheda: SchedaValutazione | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteri = criteri
        dati = {uno.criterio_id: uno for uno in scheda.punteggi.all()} if scheda else {}
        if scheda:
            self.fields["giudizio"].initial = scheda.giudizio
        for criterio in criteri:
            suo = dati.get(criterio.pk)
            self.fields[f"punti_{criterio.codice}"] = NumeroItaliano(
                label=_("Punti, da 0 a %(massimo)s") % {"massimo": cifra(criterio.punti)},
                initial=suo.punti if suo else None,
            )
            self.fields[f"nota_{criterio.codice}"] = forms.CharField(
                label=_("Nota"), required=False, max_length=1000, initial=suo.nota if suo else "",
                widget=righe(2),
            )  # fmt: skip

    @property
    def per_criterio(self) -> list[tuple[Criterio, forms.BoundField, forms.BoundField]]:
        return [
            (uno, self[f"punti_{uno.codice}"], self[f"nota_{uno.codice}"]) for uno in self.criteri
        ]

    @property
    def valori(self) -> dict[str, Any]:
        """What the action takes."""
        dati = self.cleaned_data
        punti: dict[str, Decimal | None] = {
            uno.codice: dati[f"punti_{uno.codice}"] for uno in self.criteri
        }
        return {
            "punti": punti,
            "note": {uno.codice: dati[f"nota_{uno.codice}"] for uno in self.criteri},
            "giudizio": dati["giudizio"],
        }


class DecidiForm(forms.Form):
    """The meeting of the Comitato that decided, and what it said."""

    seduta = forms.ModelChoiceField(
        label=gettext_lazy("Seduta del Comitato"),
        queryset=Seduta.objects.none(),
        help_text=gettext_lazy("Solo quelle aperte o già chiuse."),
    )
    motivo = forms.CharField(
        label=gettext_lazy("Motivazione"), required=False, max_length=2000, widget=righe(3)
    )

    def __init__(self, *args: Any, manifestazione: ManifestazioneInteresse, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seduta"].queryset = Seduta.objects.filter(
            edizione=manifestazione.edizione,
            organo=Seduta.Organo.COMITATO,
            stato__in=(Seduta.Stato.APERTA, Seduta.Stato.CHIUSA),
        )
