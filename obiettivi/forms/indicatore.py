# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of an indicator: each field says what it does to the scores."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from obiettivi.azioni.indicatore import CAMPI, DECIMALI_MASSIMI
from obiettivi.forms.albero import unita_di
from obiettivi.models import FonteDati, Indicatore

EREDITA = (
    ("", _("Come vuole l’aggregazione")),
    ("True", _("Sì")),
    ("False", _("No, senza target non si giudica")),
)
GRUPPI = (
    (_("Che cos’è"), ("nome", "formula")),
    (_("Come si misura"), ("tipo_formula", "unita", "nuovo_significato", "verso", "decimali")),
    (_("Da un periodo all’altro"), ("frequenza", "aggregazione", "cumulo", "eredita_target")),
    (_("Da dove viene"), ("fonte", "rilevatore", "nota_qualita")),
)


class IndicatoreForm(forms.ModelForm):
    """What can be changed of an indicator.

    Each field carries the value that the person saw, so that only what they changed is sent on,
    whatever another person did meanwhile. Nothing is saved here: the action decides.
    """

    nuovo_significato = forms.BooleanField(required=False)

    class Meta:
        model = Indicatore
        fields = tuple(CAMPI)
        labels = {
            "nome": _("Nome"),
            "formula": _("Formula, a parole"),
            "fonte": _("Fonte dei dati"),
            "eredita_target": _("Un trimestre senza target prende quello del semestre o dell’anno"),
        }
        help_texts = {
            "tipo_formula": _("Che cosa si scrive quando si inserisce un risultato."),
            "unita": _(
                "Con % un rapporto si moltiplica per 100. I target stampati non cambiano: se sono "
                "in un’altra unità non si confrontano più."
            ),
            "verso": _(
                "Serve se il target non lo dice da sé: «60%» non lo dice, «≥ 60%» sì. Dice anche "
                "che cosa è un miglioramento."
            ),
            "decimali": _("Quanti se ne mostrano; i conti si fanno con tutte le cifre."),
            "frequenza": _("Ogni quanto si aspetta un risultato. Non entra nei conti."),
            "aggregazione": _(
                "Come i trimestri fanno l’anno quando l’anno non ha un risultato suo. Gli esempi "
                "sono qui sotto."
            ),
            "cumulo": _("Se i risultati portano il totale da gennaio, non si sommano."),
            "eredita_target": _(
                "Con «≥ 80%» sull’anno, un sì giudica anche ogni trimestre con «≥ 80%». "
                "L’aggregazione vuole sì, tranne se i periodi si sommano."
            ),
            "rilevatore": _("L’unità che fornisce il dato e ne risponde."),
            "nota_qualita": _("Ciò che chi legge deve sapere: stime, cambi di flusso, lacune."),
        }
        widgets = {
            "nome": forms.Textarea(attrs={"rows": 2}),
            "formula": forms.Textarea(attrs={"rows": 2}),
            "nota_qualita": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, risultati: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["eredita_target"] = forms.TypedChoiceField(
            choices=EREDITA,
            coerce=lambda testo: testo == "True",
            empty_value=None,
            required=False,
            label=self.fields["eredita_target"].label,
            help_text=self.fields["eredita_target"].help_text,
        )
        self.fields["decimali"].widget.attrs["max"] = DECIMALI_MASSIMI
        self.fields["fonte"].queryset = FonteDati.objects.order_by("nome")
        self.fields["fonte"].empty_label = _("Non indicata")
        self.fields["rilevatore"].queryset = unita_di(
            self.instance.azienda, self.instance.rilevatore_id
        )
        self.fields["rilevatore"].empty_label = _("Non indicata")
        for campo in self.fields.values():
            campo.show_hidden_initial = True
        self._chiedi_del_significato(risultati)

    def _chiedi_del_significato(self, risultati: int) -> None:
        """The confirmation is asked only where there are results whose meaning can change."""
        if not risultati:
            del self.fields["nuovo_significato"]
            return
        campo = self.fields["nuovo_significato"]
        campo.show_hidden_initial = False
        campo.label = ngettext(
            "Cambio tipo di formula o unità sapendo che c’è già %(n)s risultato, che resta "
            "com’è scritto e si leggerà nel nuovo modo",
            "Cambio tipo di formula o unità sapendo che ci sono già %(n)s risultati, che restano "
            "come sono scritti e si leggeranno nel nuovo modo",
            risultati,
        ) % {"n": risultati}

    @property
    def gruppi(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under their headings."""
        return [
            (titolo, [self[nome] for nome in nomi if nome in self.fields])
            for titolo, nomi in GRUPPI
        ]

    @property
    def cambiati(self) -> dict[str, Any]:
        """What the person changed, ready for the action."""
        return {nome: self.cleaned_data[nome] for nome in self.changed_data}
