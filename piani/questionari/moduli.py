# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the questionnaires: they check shape, the action decides."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from piani.forms import campo_giorno, righe
from piani.models import Domanda, Questionario
from piani.questionari.azioni import PER_VOLTA
from piani.questionari.risposte import gradi

Tipo = Domanda.Tipo


class QuestionarioForm(forms.ModelForm):
    """The words of a questionnaire and its threshold."""

    class Meta:
        model = Questionario
        fields = ["titolo", "presentazione", "soglia"]
        help_texts = {
            "presentazione": _("Chi chiede, a che cosa serve, che le risposte sono anonime: "
                               "si legge prima delle domande."),
            "soglia": _("Le cifre di meno persone di queste non si mostrano."),
        }  # fmt: skip

    def _post_clean(self) -> None:
        """The row stays as it is: the action writes."""


class DomandaForm(forms.ModelForm):
    """A question."""

    scelte = forms.CharField(
        label=_("Scelte, una per riga"), required=False, widget=righe(5),
        help_text=_("Solo per le domande a scelta."),
    )  # fmt: skip

    class Meta:
        model = Domanda
        fields = ["testo", "tipo", "dimensione", "minimo", "massimo", "scelte", "obbligatoria"]
        widgets = {"testo": righe(2)}
        help_texts = {
            "dimensione": _("Le domande della stessa dimensione fanno una media insieme."),
            "minimo": _("Solo per le domande su una scala."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["scelte"] = "\n".join(self.instance.scelte)

    def clean_scelte(self) -> list[str]:
        scritte = [una.strip() for una in self.cleaned_data["scelte"].splitlines()]
        return list(dict.fromkeys(una for una in scritte if una))

    def _post_clean(self) -> None:
        """The row stays as it is: the action writes."""


class ApriForm(forms.Form):
    """From when to when one answers."""

    apre = campo_giorno(_("Si apre il"))
    chiude = campo_giorno(
        _("Si chiude il"), help_text=_("Compreso. Il giorno dopo si chiude da sé.")
    )


class InvitiForm(forms.Form):
    """Links to hand out, or addresses to write to."""

    gruppo = forms.CharField(
        label=_("Gruppo"), required=False, max_length=120,
        help_text=_("Un partner, un servizio, una sede: serve al tasso di risposta. Mai il nome "
                    "di una persona."),
    )  # fmt: skip
    quanti = forms.IntegerField(
        label=_("Quanti collegamenti"), required=False, min_value=1, max_value=PER_VOLTA,
        help_text=_("Da stampare o da consegnare al partner."),
    )  # fmt: skip
    indirizzi = forms.CharField(
        label=_("Oppure indirizzi di posta, uno per riga"), required=False, widget=righe(5),
        help_text=_("A ciascuno parte il suo collegamento. Gli indirizzi non si conservano."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        if bool(dati.get("quanti")) == bool(dati.get("indirizzi")):
            raise ValidationError(
                _("Scrivi quanti collegamenti servono, oppure gli indirizzi: una delle due cose.")
            )
        return dati


def _intero(valore: str) -> int:
    return int(valore)


class CompilaForm(forms.Form):
    """The questions of a questionnaire, as who holds a link answers them."""

    def __init__(self, *args: Any, questionario: Questionario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domande = list(questionario.domande.all())
        for domanda in self.domande:
            self.fields[str(domanda.pk)] = _campo(domanda)

    @property
    def gruppi(self) -> list[tuple[str, list[tuple[Domanda, forms.BoundField]]]]:
        """The questions under the name of their dimension, in their order."""
        trovati: list[tuple[str, list[tuple[Domanda, forms.BoundField]]]] = []
        for domanda in self.domande:
            if not trovati or trovati[-1][0] != domanda.dimensione:
                trovati.append((domanda.dimensione, []))
            trovati[-1][1].append((domanda, self[str(domanda.pk)]))
        return trovati

    @property
    def valori(self) -> dict[int, int | str | None]:
        return {int(nome): valore for nome, valore in self.cleaned_data.items()}


def _campo(domanda: Domanda) -> forms.Field:
    comune: dict[str, Any] = {
        "label": domanda.testo,
        "required": domanda.obbligatoria,
        "error_messages": {
            "required": _("A questa domanda serve una risposta."),
            "invalid_choice": _("Scegli una delle risposte proposte."),
        },
    }
    if domanda.tipo == Tipo.TESTO:
        return forms.CharField(widget=righe(3), max_length=2000, **comune)
    scelte = gradi(domanda)
    if not domanda.obbligatoria:
        scelte = [*scelte, ("", _("Preferisco non rispondere"))]  # type: ignore[list-item]
    return forms.TypedChoiceField(
        choices=scelte, coerce=_intero, empty_value=None, widget=forms.RadioSelect, **comune
    )
