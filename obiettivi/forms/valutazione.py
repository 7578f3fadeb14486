# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation of the schede: reasons, objections and answers, what the Nucleo says."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.rilevazione import AMMESSE, CIFRE
from obiettivi.forms.rilevazione import NumeroItaliano
from obiettivi.models import (
    Controdeduzione,
    Frazione,
    Indicatore,
    RigaScheda,
    SchedaBudget,
    ValidazioneScheda,
)
from piani.forms import campo_giorno, righe


class AvviaValutazioneForm(forms.Form):
    """Why an evaluation begins when not everything is reported."""

    motivo = forms.CharField(
        label=_("Motivo"),
        required=False,
        max_length=2000,
        widget=righe(3),
        help_text=_("Serve se manca la rendicontazione di qualche periodo: resta agli atti."),
    )


class ControdeduciForm(forms.Form):
    """What the CdR objects, and to what ("" is the whole scheda)."""

    riga = forms.ModelChoiceField(
        label=_("Su che cosa"),
        queryset=RigaScheda.objects.none(),
        required=False,
        empty_label=_("Tutta la scheda"),
    )
    testo = forms.CharField(label=_("Controdeduzione"), max_length=5000, widget=righe(6))

    def __init__(self, *args: Any, scheda: SchedaBudget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["riga"].queryset = (
            RigaScheda.objects.filter(area__scheda=scheda)
            .select_related("area")
            .order_by("area__ordine", "area", "ordine", "pk")
        )


class RispostaForm(forms.Form):
    """The answer to an objection; when it is allowed, the new result of its row."""

    esito = forms.ChoiceField(
        label=_("Esito"),
        choices=[uno for uno in Controdeduzione.Esito.choices if uno[0] != "in_attesa"],
    )
    risposta = forms.CharField(label=_("Motivazione"), max_length=5000, widget=righe(4))
    frazione = forms.ChoiceField(
        label=_("Periodo del risultato"), choices=Frazione.choices, required=False
    )
    valore = NumeroItaliano(label=_("Nuovo valore"))
    numeratore = NumeroItaliano(label=_("Nuovo numeratore"))
    denominatore = NumeroItaliano(label=_("Nuovo denominatore"))
    avanzamento = NumeroItaliano(label=_("Nuovo avanzamento %"))
    data = campo_giorno(_("Nuovo giorno"), required=False)

    def __init__(self, *args: Any, indicatore: Indicatore | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chieste: frozenset[str] = frozenset()
        if indicatore is not None:
            chieste = frozenset().union(*AMMESSE[indicatore.tipo_formula])
        for nome in CIFRE:
            if nome not in chieste:
                del self.fields[nome]
        if not chieste:
            del self.fields["frazione"]
        else:
            self.fields["frazione"].help_text = _(
                "Solo se la controdeduzione accolta cambia il risultato: altrimenti lascia vuote "
                "le cifre qui sotto."
            )

    @property
    def risultato(self) -> dict[str, Any] | None:
        """The period and figures of the new result; None when no figure is written."""
        cifre = {
            nome: self.cleaned_data[nome]
            for nome in CIFRE
            if self.cleaned_data.get(nome) is not None
        }
        return {"frazione": self.cleaned_data["frazione"], **cifre} if cifre else None


class ValidaSchedaForm(forms.Form):
    """What the Nucleo says of an evaluation; ``visto`` marks the one it was looking at."""

    visto = forms.CharField(widget=forms.HiddenInput, required=False)
    esito = forms.ChoiceField(label=_("Esito"), choices=ValidazioneScheda.Esito.choices)
    data = campo_giorno(_("Data"), initial=timezone.localdate)
    motivazione = forms.CharField(
        label=_("Motivazione"),
        max_length=5000,
        widget=righe(5),
        help_text=_("Se la rinvii, che cosa va rivisto: torna in valutazione con queste parole."),
    )

    def __init__(self, *args: Any, solo_rinvio: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if solo_rinvio:
            rinviata = ValidazioneScheda.Esito.RINVIATA
            self.fields["esito"].choices = [(rinviata.value, rinviata.label)]
