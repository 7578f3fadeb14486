# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written of an agreement: who, what it says, what is reserved, how it ends."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lavoro_agile.azioni.accordo import di_chi_lavora, unita_di_oggi
from lavoro_agile.forms.scelte import fra_righe
from lavoro_agile.models import (
    AccordoIndividuale,
    Area,
    CondizioneDiLegge,
    Genere,
    TutelaAccordo,
    VerificaAccordo,
)
from piani.forms import campo_giorno, righe
from piani.models import Azienda, UnitaOrganizzativa, Utente

ORA = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
NIENTE_MOTIVI = _("Non scrivere qui motivi di salute o di famiglia.")


class NuovoAccordoForm(forms.Form):
    """An agreement with a person, without a request."""

    persona = forms.ModelChoiceField(label=_("Persona"), queryset=Utente.objects.none())
    unita = forms.ModelChoiceField(
        label=_("Unità organizzativa"), queryset=UnitaOrganizzativa.objects.none()
    )
    area = forms.ChoiceField(label=_("Area"), choices=Area.choices)
    genere = forms.ChoiceField(
        label=_("Genere, per le statistiche"), required=False,
        choices=[("", _("Non detto")), *Genere.choices],
    )  # fmt: skip
    profilo = forms.CharField(label=_("Profilo professionale"), max_length=120, required=False)
    dal = campo_giorno(_("Dal"), initial=timezone.localdate)
    al = campo_giorno(
        _("Al"), required=False,
        help_text=_("Vuoto: la durata del regolamento, oppure a tempo indeterminato."),
    )  # fmt: skip

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fra_righe(self, "persona", di_chi_lavora(azienda))
        fra_righe(self, "unita", unita_di_oggi(azienda))


class AccordoForm(forms.ModelForm):
    """What an agreement says. ``visto`` is the number of the text that was read."""

    visto = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = AccordoIndividuale
        fields = (
            "dal", "al", "giorni_mese", "giorni_settimana", "prevalenza", "mesi_prevalenza",
            "obiettivi", "misurazione", "modalita", "rotazione", "disconnessione",
            "contatto_dalle", "contatto_alle", "contatto_nota", "strumenti",
            "strumenti_aziendali", "luogo", "riservatezza", "controllo", "arretrato", "coordina",
            "informativa_il",
        )  # fmt: skip
        widgets = {
            **{
                nome: righe(3)
                for nome in (
                    "obiettivi", "misurazione", "modalita", "rotazione", "disconnessione",
                    "strumenti", "riservatezza", "controllo", "arretrato",
                )
            },
            "contatto_dalle": ORA,
            "contatto_alle": ORA,
        }  # fmt: skip
        help_texts = {
            "modalita": NIENTE_MOTIVI,
            "mesi_prevalenza": _("1, oppure da 2 a 12 se la presenza prevale in più mesi."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visto"].initial = self.instance.modifiche
        for nome in ("dal", "al", "informativa_il"):
            vecchio = self.fields[nome]
            self.fields[nome] = campo_giorno(vecchio.label, required=vecchio.required)

    def _post_clean(self) -> None:
        """The row stays as it is: the action writes, on the row as it is then."""


class TutelaForm(forms.Form):
    """Why a person is protected: only the risorse umane read it."""

    tipo = forms.ChoiceField(label=_("Tutela"), choices=TutelaAccordo.Tipo.choices)
    dal = campo_giorno(_("Dal"), initial=timezone.localdate)
    al = campo_giorno(_("Al"), required=False)
    giorni_mese = forms.IntegerField(
        label=_("Giorni al mese in deroga"), min_value=1, max_value=31, required=False,
        help_text=_("Se può lavorare così più dei limiti: fino a quanti giorni."),
    )  # fmt: skip


class VerificaForm(forms.Form):
    """How a condition stands, that only a person can say."""

    condizione = forms.ModelChoiceField(
        label=_("Condizione"), queryset=CondizioneDiLegge.objects.none()
    )
    esito = forms.ChoiceField(label=_("Esito"), choices=VerificaAccordo.Esito.choices)
    nota = forms.CharField(label=_("Nota"), max_length=300, help_text=NIENTE_MOTIVI)

    def __init__(self, *args: Any, a_mano: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fra_righe(self, "condizione", CondizioneDiLegge.objects.filter(pk__in=a_mano))


class InformativaForm(forms.Form):
    """When the safety notice was handed over."""

    informativa_il = campo_giorno(_("Consegnata il"), initial=timezone.localdate)


class RecessoForm(forms.Form):
    """A party leaves the agreement."""

    giustificato = forms.BooleanField(
        label=_("Per giustificato motivo, senza preavviso"), required=False
    )
    motivo = forms.CharField(
        label=_("Motivo"), required=False, widget=righe(3),
        help_text=_("Obbligatorio se è un giustificato motivo. Lo leggono le due parti: la persona "
                    "e le risorse umane."),
    )  # fmt: skip
    decorre_dal = campo_giorno(
        _("Decorre dal"), required=False,
        help_text=_("Il primo giorno senza accordo. Vuoto: appena finito il preavviso, o da oggi "
                    "se è un giustificato motivo."),
    )  # fmt: skip


class ComunicazioneForm(forms.Form):
    """Which agreements were communicated to the Ministry, and when."""

    accordi = forms.ModelMultipleChoiceField(
        label=_("Accordi"), queryset=AccordoIndividuale.objects.none(),
        error_messages={"required": _("Scegli almeno un accordo.")},
    )  # fmt: skip
    giorno = campo_giorno(_("Comunicati il"), initial=timezone.localdate)

    def __init__(self, data: Any = None, *, attesi: QuerySet[AccordoIndividuale]) -> None:
        super().__init__(data)
        fra_righe(self, "accordi", attesi)
