# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a conciliation as forms, and all the steps of a sheet."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.individuale import conciliazione
from obiettivi.forms.passi_firma import (
    ChiudiForm,
    ColloquioForm,
    CorreggiForm,
    FirmaForm,
    FirmaPersonaForm,
)
from obiettivi.forms.passi_individuali import (
    PROPRIA,
    VALUTA,
    AutovalutaForm,
    AvviaForm,
    ObiettiviForm,
    PassoForm,
    ValutaForm,
    VisioneForm,
)
from obiettivi.individuale.termini import conciliazione_di, richiesta_entro
from obiettivi.models import RichiestaConciliazione, ValutazioneIndividuale
from piani.forms import righe
from piani.models import Utente

FIRMATE = ValutazioneIndividuale.FIRMATE
IN_ATTESA = RichiestaConciliazione.Esito.IN_ATTESA


class ChiediForm(PassoForm):
    NOME, PERMESSO, STATI = "concilia", PROPRIA, FIRMATE
    TITOLO = _("Chiedi la conciliazione")
    SPIEGA = _("Il valutatore risponde, poi decide chi indicano le regole dell’anno.")
    INVIA, FATTO = _("Chiedi la conciliazione"), _("Richiesta inviata.")

    testo = forms.CharField(label=_("Che cosa chiedi, e perché"), widget=righe(5))

    @classmethod
    def adatto(cls, valutazione: ValutazioneIndividuale) -> bool:
        scade = richiesta_entro(valutazione)
        in_tempo = scade is not None and timezone.localdate() <= scade
        return in_tempo and conciliazione_di(valutazione) is None

    def fai(self, da: Utente) -> None:
        conciliazione.chiedi_conciliazione(self.valutazione, **self.cleaned_data, da=da)


class RispondiConciliazioneForm(PassoForm):
    NOME, PERMESSO, STATI = "rispondi", VALUTA, FIRMATE
    TITOLO = _("Rispondi alla richiesta di conciliazione")
    INVIA, FATTO = _("Registra la risposta"), _("Risposta registrata.")

    risposta = forms.CharField(label=_("Risposta"), widget=righe(5))

    @classmethod
    def adatto(cls, valutazione: ValutazioneIndividuale) -> bool:
        una = conciliazione_di(valutazione)
        return una is not None and una.esito == IN_ATTESA and una.risposta_il is None

    def fai(self, da: Utente) -> None:
        conciliazione.rispondi_conciliazione(self.valutazione, **self.cleaned_data, da=da)


class DecidiForm(PassoForm):
    NOME, PERMESSO, STATI = "decidi", "obiettivi.decide_conciliazione", FIRMATE
    TITOLO = _("Decidi la conciliazione")
    SPIEGA = _("Se il punteggio cambia, quello firmato resta accanto al nuovo.")
    INVIA, FATTO = _("Registra la decisione"), _("Decisione registrata.")

    esito = forms.ChoiceField(
        label=_("Esito"),
        choices=((RichiestaConciliazione.Esito.CONFERMATA, _("Confermo la valutazione")),
                 (RichiestaConciliazione.Esito.MODIFICATA, _("Modifico il punteggio"))),
    )  # fmt: skip
    punteggio = forms.DecimalField(
        label=_("Nuovo punteggio"), localize=True, required=False,
        min_value=0, max_value=100, decimal_places=2, help_text=_("Solo se lo modifichi."),
    )  # fmt: skip
    motivazione = forms.CharField(label=_("Motivazione"), widget=righe(4))

    @classmethod
    def adatto(cls, valutazione: ValutazioneIndividuale) -> bool:
        una = conciliazione_di(valutazione)
        return una is not None and una.esito == IN_ATTESA

    def fai(self, da: Utente) -> None:
        dati: dict[str, Any] = self.cleaned_data
        conciliazione.decidi_conciliazione(
            self.valutazione,
            modifica=dati["esito"] == RichiestaConciliazione.Esito.MODIFICATA,
            punteggio=dati["punteggio"],
            motivazione=dati["motivazione"],
            da=da,
        )


PASSI: dict[str, type[PassoForm]] = {
    uno.NOME: uno
    for uno in (
        VisioneForm, AutovalutaForm, ObiettiviForm, AvviaForm, ValutaForm, ColloquioForm,
        FirmaForm, FirmaPersonaForm, ChiediForm, RispondiConciliazioneForm, DecidiForm,
        CorreggiForm, ChiudiForm,
    )
}  # fmt: skip


def passi_aperti(valutazione: ValutazioneIndividuale, utente: Utente) -> list[type[PassoForm]]:
    """The steps that a person finds now in the page of a sheet."""
    return [uno for uno in PASSI.values() if uno.aperto(valutazione, utente)]
