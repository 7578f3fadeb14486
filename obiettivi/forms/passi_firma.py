# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last steps of a sheet as forms: interview, signatures, corrections, the end."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.individuale import contenuto, firme
from obiettivi.azioni.individuale.assegna import correggi_assegnazione, valutatori_possibili
from obiettivi.forms.passi_individuali import (
    GESTISCE,
    PROPRIA,
    VALUTA,
    ConVersione,
    PassoForm,
    Stato,
)
from obiettivi.individuale.termini import perche_aperta
from obiettivi.models import ValutazioneIndividuale
from piani.forms import campo_giorno, righe
from piani.models import Utente


class ColloquioForm(PassoForm):
    NOME, PERMESSO, STATI = "colloquio", VALUTA, (Stato.IN_VALUTAZIONE,)
    TITOLO = _("Registra il colloquio")
    SPIEGA = _("Prima della firma si parla con la persona dei risultati e di come migliorare.")
    INVIA, FATTO = _("Registra il colloquio"), _("Colloquio registrato: ora si può firmare.")

    giorno = campo_giorno(_("Giorno"), initial=timezone.localdate)
    nota = forms.CharField(label=_("Che cosa si è detto"), required=False, widget=righe(3))

    def fai(self, da: Utente) -> None:
        contenuto.registra_colloquio(self.valutazione, **self.cleaned_data, da=da)


class FirmaForm(ConVersione):
    NOME, PERMESSO, STATI = "firma", VALUTA, (Stato.COLLOQUIO,)
    TITOLO = _("Firma la valutazione")
    SPIEGA = _("La firma fissa il punteggio e il risultato della scheda budget; da allora la "
               "persona li legge.")  # fmt: skip
    INVIA, FATTO = _("Firma"), _("Valutazione firmata: ora tocca alla persona.")

    def fai(self, da: Utente) -> None:
        firme.firma_valutatore(self.valutazione, versione=self.cleaned_data["versione"], da=da)


class FirmaPersonaForm(PassoForm):
    NOME, PERMESSO, STATI = "firma-persona", PROPRIA, (Stato.FIRMATA_VALUTATORE,)
    TITOLO = _("Firma la tua valutazione")
    SPIEGA = _("Firmare significa averla letta. Se non la condividi, scrivi perché: potrai "
               "chiedere la conciliazione.")  # fmt: skip
    INVIA, FATTO = _("Firma"), _("Valutazione firmata.")

    condivide = forms.ChoiceField(
        label=_("La condividi?"), choices=(("si", _("Sì")), ("no", _("No, non la condivido")))
    )
    motivo = forms.CharField(label=_("Perché non la condividi"), required=False, widget=righe(3))

    def fai(self, da: Utente) -> None:
        dati = self.cleaned_data
        condivide = dati["condivide"] == "si"
        firme.firma_valutato(self.valutazione, condivide=condivide, motivo=dati["motivo"], da=da)


class CorreggiForm(PassoForm):
    NOME, PERMESSO, STATI = "correggi", GESTISCE, ValutazioneIndividuale.DA_VALUTARE
    TITOLO = _("Correggi l’assegnazione")
    INVIA, FATTO = _("Salva"), _("Assegnazione corretta.")

    valutatore = forms.ModelChoiceField(
        Utente.objects.none(), label=_("Valutatore"), required=False, empty_label=_("Nessuno")
    )
    categoria = forms.ChoiceField(label=_("Categoria"))
    mesi = forms.DecimalField(
        label=_("Mesi di presenza"), localize=True, min_value=0, max_value=12, decimal_places=2
    )
    motivo = forms.CharField(label=_("Perché"), widget=righe(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possibili = [uno.pk for uno in valutatori_possibili(self.valutazione)]
        self.fields["valutatore"].queryset = Utente.objects.filter(pk__in=possibili)
        self.fields["categoria"].choices = [
            (una.codice, una.nome) for una in self.valutazione.regole.categorie
        ]
        for nome in ("valutatore", "categoria", "mesi"):
            self.fields[nome].initial = getattr(self.valutazione, nome)

    def fai(self, da: Utente) -> None:
        correggi_assegnazione(self.valutazione, **self.cleaned_data, da=da)


class ChiudiForm(PassoForm):
    NOME, PERMESSO = "chiudi", GESTISCE
    STATI = tuple(uno for uno in Stato if uno != Stato.CHIUSA)
    TITOLO = _("Chiudi la valutazione")
    INVIA, FATTO = _("Chiudi"), _("Valutazione chiusa.")

    motivo = forms.CharField(
        label=_("Motivo"), required=False, widget=righe(2),
        help_text=_("Serve se manca la firma della persona."),
    )  # fmt: skip

    @classmethod
    def adatto(cls, valutazione: ValutazioneIndividuale) -> bool:
        return not perche_aperta(valutazione, timezone.localdate())

    def fai(self, da: Utente) -> None:
        firme.chiudi_valutazione(self.valutazione, **self.cleaned_data, da=da)
