# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call as the office writes it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.bando import CriterioScritto
from conciliazione.bando.regole import SEZIONI, Regola
from conciliazione.bando.regole_scritte import leggi_tavola, scrivi_tavola
from conciliazione.forms.campi import CampoEuro
from conciliazione.models import ManifestazioneInteresse, Proposta
from piani.forms import righe

MOMENTO = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
COME_SI_SCRIVE = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"]


def campo_momento(etichetta: Any) -> forms.DateTimeField:
    """A day and an hour, as the browser or a person writes them."""
    return forms.DateTimeField(
        label=etichetta, input_formats=COME_SI_SCRIVE, widget=MOMENTO,
        help_text=_("Giorno e ora, per esempio 31/03/2027 12:00."),
    )  # fmt: skip


class ManifestazioneForm(forms.Form):
    """What a call says, and from when to when it takes proposals."""

    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    atto = forms.CharField(label=_("Atto"), max_length=200, required=False)
    dotazione = CampoEuro(label=_("Risorse a disposizione, in euro"), required=True)
    apre_il = campo_momento(_("Si apre il"))
    chiude_il = campo_momento(_("Si chiude il"))
    testo = forms.CharField(
        label=_("Testo"), required=False, max_length=100_000, widget=righe(14),
        help_text=_("Con i segni di Markdown. È ciò che tutti leggono quando è pubblicata."),
    )  # fmt: skip

    @staticmethod
    def iniziali(bando: ManifestazioneInteresse) -> dict[str, Any]:
        campi = ("titolo", "atto", "dotazione", "apre_il", "chiude_il", "testo")
        return {campo: getattr(bando, campo) for campo in campi}


REGOLA: Regola = next(
    regola for sezione in SEZIONI for regola in sezione.regole if regola.nome == "criteri"
)


class CriteriForm(forms.Form):
    """The criteria with their points, one a line."""

    criteri = forms.CharField(
        label=_("Criteri"), strip=False, max_length=50_000,
        help_text=_("Una riga ciascuno: codice; nome; punti; premiale (sì o no); articolo. I punti "
                    "li dice la manifestazione."),
        widget=righe(8, spellcheck="false", **{"class": "codice-lungo"}),
    )  # fmt: skip

    def clean_criteri(self) -> list[CriterioScritto]:
        letti = []
        for riga in leggi_tavola(REGOLA, self.cleaned_data["criteri"]):
            if riga["punti"] is None:
                raise ValidationError(
                    _("«%(nome)s»: scrivi quanti punti vale.") % {"nome": riga["nome"]}
                )
            letti.append(CriterioScritto(**riga | {"codice": slugify(riga["codice"])}))
        return letti

    @staticmethod
    def iniziali(bando: ManifestazioneInteresse) -> dict[str, Any]:
        """Those of the call; the ones of the edition, points to be said, while there are none."""
        campi = ("codice", "nome", "punti", "premiale", "fonte")
        fonti = list(bando.criteri.all()) or list(bando.edizione.regole.criteri)
        detti = [{campo: getattr(uno, campo) for campo in campi} for uno in fonti]
        return {"criteri": scrivi_tavola(REGOLA, detti)}


class ProrogaForm(forms.Form):
    """A later closing, and why."""

    chiude_il = campo_momento(_("Nuovo termine"))
    motivo = forms.CharField(label=_("Motivo"), max_length=1000, widget=righe(2))


class IstruttoriaForm(forms.Form):
    """Whether a proposal is admitted, and why."""

    esito = forms.ChoiceField(
        label=_("Esito"), choices=[("ammetti", _("Ammessa")), ("non_ammettere", _("Non ammessa"))]
    )
    motivo = forms.CharField(
        label=_("Motivi"), required=False, max_length=5000, widget=righe(4),
        help_text=_("Obbligatori se non è ammessa: li legge il capofila."),
    )  # fmt: skip


class FusioneForm(forms.Form):
    """Which proposals become one."""

    rimane = forms.ModelChoiceField(
        label=_("Proposta in cui confluiscono"), queryset=Proposta.objects.none()
    )
    altre = forms.ModelMultipleChoiceField(
        label=_("Proposte che confluiscono"), queryset=Proposta.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    titolo = forms.CharField(
        label=_("Titolo della proposta unica"), max_length=200, required=False,
        help_text=_("Vuoto: resta quello della prima."),
    )  # fmt: skip
    motivo = forms.CharField(label=_("Perché"), max_length=300, widget=righe(2))

    def __init__(self, *args: Any, bando: ManifestazioneInteresse, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stati = (Proposta.Stato.AMMESSA, Proposta.Stato.IN_COPROGETTAZIONE)
        scelte = bando.proposte.filter(stato__in=stati).select_related("capofila")
        for nome in ("rimane", "altre"):
            campo = self.fields[nome]
            campo.queryset = scelte
            campo.label_from_instance = lambda una: f"{una.numero}. {una} ({una.capofila})"
