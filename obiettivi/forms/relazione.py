# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the Relazione: they check shape, the action decides."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.models import (
    CriterioValidazione,
    EsitoCriterio,
    FaseSvolta,
    Relazione,
    Scostamento,
    SezioneRelazione,
    ValidazioneRelazione,
)
from piani.azioni.righe import impronta
from piani.forms import campo_giorno, righe

CAMPI_CAUSA = ("causa", "azione")


class CapitoloForm(forms.Form):
    """The prose of a chapter, with the mark of how it was when the page was opened."""

    testo = forms.CharField(
        label=_("Testo"),
        required=False,
        help_text=_("Markdown. Le tabelle del capitolo si aggiungono da sole, dopo il testo."),
        widget=righe(18),
    )
    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sezione: SezioneRelazione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["testo"].initial = sezione.testo
        self.fields["visto"].initial = impronta(sezione)


class CauseForm(forms.Form):
    """Cause and corrective action of every indicator out of its target: ``causa-<misura>``.

    Beside each, hidden, what it said when the page was opened.
    """

    def __init__(self, *args: Any, scritti: Iterable[Scostamento], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chiavi: list[int] = []
        for uno in scritti:
            self.chiavi.append(uno.misura_id)
            for nome, etichetta in zip(
                CAMPI_CAUSA, (_("Causa"), _("Azione correttiva")), strict=True
            ):
                chiave, valore = f"{nome}-{uno.misura_id}", getattr(uno, nome)
                self.fields[chiave] = forms.CharField(
                    label=etichetta,
                    required=False,
                    max_length=4000,
                    initial=valore,
                    widget=righe(3),
                )
                self.fields[f"prima-{chiave}"] = forms.CharField(
                    required=False, initial=valore, widget=forms.HiddenInput
                )

    def detto(self, prefisso: str = "") -> dict[int, tuple[str, str]]:
        """What the form says of each misura (``prima-``: what the page showed of it)."""
        return {
            chiave: (
                _righe_intere(self.cleaned_data[f"{prefisso}causa-{chiave}"]),
                _righe_intere(self.cleaned_data[f"{prefisso}azione-{chiave}"]),
            )
            for chiave in self.chiavi
        }

    def contesa(self, errore: ValidationError, adesso: dict[int, Scostamento]) -> None:
        """Somebody else wrote of some rows: say so there, and take note of what they wrote."""
        self.data = self.data.copy()
        for chiave, messaggi in errore.message_dict.items():
            self.add_error(f"causa-{chiave}", messaggi)
            for nome in CAMPI_CAUSA:
                self.data[f"prima-{nome}-{chiave}"] = getattr(adesso[int(chiave)], nome)


def _righe_intere(testo: str) -> str:
    """A browser sends the ends of lines its own way: what was not touched has to stay equal."""
    return testo.replace("\r\n", "\n")


class FasiForm(forms.Form):
    """When each phase of the cycle ended: ``conclusa-<phase>`` and ``nota-<phase>``."""

    def __init__(self, *args: Any, fasi: Iterable[FaseSvolta], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chiavi: list[int] = []
        for una in fasi:
            self.chiavi.append(una.fase_id)
            self.fields[f"conclusa-{una.fase_id}"] = campo_giorno(
                _("Conclusa il"), required=False, initial=una.conclusa_il
            )
            self.fields[f"nota-{una.fase_id}"] = forms.CharField(
                label=_("Nota"), required=False, max_length=300, initial=una.nota
            )

    def dette(self) -> dict[int, tuple[date | None, str]]:
        """Day and note of each phase."""
        return {
            chiave: (
                self.cleaned_data[f"conclusa-{chiave}"],
                self.cleaned_data[f"nota-{chiave}"],
            )
            for chiave in self.chiavi
        }


class ApprovaForm(forms.Form):
    """The act that approves a Relazione."""

    atto_tipo = forms.CharField(label=_("Tipo di atto"), max_length=60, initial=_("deliberazione"))
    atto_numero = forms.CharField(label=_("Numero"), max_length=30)
    atto_data = campo_giorno(_("Data dell'atto"))
    atto_organo = forms.CharField(label=_("Organo che approva"), max_length=100)


class PubblicaRelazioneForm(forms.Form):
    """Why it is late, and why a new version takes the place of the one before."""

    motivo_ritardo = forms.CharField(label=_("Motivo del ritardo"), required=False, widget=righe(2))
    motivo = forms.CharField(
        label=_("Motivo della nuova versione"),
        required=False,
        help_text=_("Resta scritto accanto al documento."),
        widget=righe(2),
    )

    def __init__(self, *args: Any, in_ritardo: bool, nuova: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_ritardo or nuova:
            del self.fields["motivo_ritardo"]
        if not nuova:
            del self.fields["motivo"]


class ValidaRelazioneForm(forms.Form):
    """The answers of the Nucleo: ``criterio-<key>`` and ``nota-<key>``, then the whole."""

    esito = forms.ChoiceField(
        label=_("Conclusione"),
        choices=[("", "—"), *ValidazioneRelazione.Esito.choices],
        required=False,
    )
    data = campo_giorno(_("Data"), initial=timezone.localdate)
    organo = forms.CharField(
        label=_("Organismo"), max_length=100, initial=_("Nucleo di valutazione delle prestazioni")
    )
    motivazione = forms.CharField(
        label=_("Motivazione complessiva"), required=False, max_length=10000, widget=righe(6)
    )

    def __init__(self, *args: Any, relazione: Relazione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteri = list(CriterioValidazione.objects.per(relazione.anno))
        for uno in self.criteri:
            self.fields[f"criterio-{uno.pk}"] = forms.ChoiceField(
                label=_("Esito"),
                choices=[("", "—"), *EsitoCriterio.Esito.choices],
                required=False,
            )
            self.fields[f"nota-{uno.pk}"] = forms.CharField(
                label=_("Nota"), required=False, max_length=4000, widget=righe(2)
            )

    def righe(self) -> list[tuple[CriterioValidazione, Any, Any]]:
        """Each criterion with its two fields."""
        return [(c, self[f"criterio-{c.pk}"], self[f"nota-{c.pk}"]) for c in self.criteri]

    def conclusione(self) -> list[Any]:
        """The fields of the whole."""
        return [self[nome] for nome in ("esito", "data", "organo", "motivazione")]

    @property
    def risposte(self) -> dict[int, tuple[str, str]]:
        """Outcome and note of each criterion."""
        return {
            uno.pk: (
                self.cleaned_data[f"criterio-{uno.pk}"],
                self.cleaned_data[f"nota-{uno.pk}"],
            )
            for uno in self.criteri
        }
