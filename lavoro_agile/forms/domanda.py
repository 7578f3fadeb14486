# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request as the person writes it, and what is said of it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lavoro_agile.azioni.domanda import CAMPI, DomandaScritta
from lavoro_agile.forms.scelte import fra_righe, fra_voci
from lavoro_agile.models import (
    Area,
    BandoLavoroAgile,
    DomandaLavoroAgile,
    Genere,
    ParereDomanda,
    SecondaIstanza,
)
from piani.forms import campo_giorno, righe
from piani.models import Incarico, UnitaOrganizzativa, Utente

LUNGO = 5_000


class DomandaForm(forms.Form):
    """The request, with a tick and a line for each reason of the edition."""

    visto = forms.CharField(required=False, widget=forms.HiddenInput)
    area = forms.ChoiceField(label=gettext_lazy("Area"))
    unita = forms.ModelChoiceField(
        label=gettext_lazy("Unità in cui lavori"), queryset=UnitaOrganizzativa.objects.none(),
        help_text=gettext_lazy("Chi la dirige esprime il parere."),
    )  # fmt: skip
    profilo = forms.CharField(
        label=gettext_lazy("Profilo professionale"), max_length=120, required=False
    )
    genere = forms.ChoiceField(
        label=gettext_lazy("Genere"), required=False,
        choices=[("", gettext_lazy("Preferisco non dirlo")), *Genere.choices],
    )  # fmt: skip
    giorni_chiesti = forms.IntegerField(
        label=gettext_lazy("Giorni al mese"), min_value=1, max_value=31, required=False
    )
    giorni_settimana = forms.IntegerField(
        label=gettext_lazy("Giorni alla settimana, al massimo"), min_value=1, max_value=7,
        required=False,
    )  # fmt: skip
    attivita = forms.CharField(
        label=gettext_lazy("Attività che faresti fuori dalla sede"), required=False,
        max_length=LUNGO, widget=righe(5),
        help_text=gettext_lazy("La legge il dirigente: i motivi si scrivono solo più sotto."),
    )  # fmt: skip
    strumenti = forms.CharField(
        label=gettext_lazy("Strumenti che hai a disposizione"), required=False, max_length=LUNGO,
        widget=righe(3),
    )  # fmt: skip

    def __init__(
        self, *args: Any, bando: BandoLavoroAgile, utente: Utente,
        domanda: DomandaLavoroAgile | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.regole = bando.edizione.regole
        aree = [una.area.value for una in self.regole.aree]
        fra_voci(self, "area", [scelta for scelta in Area.choices if scelta[0] in aree])
        unita = unita_di(utente, bando)
        fra_righe(self, "unita", unita)
        for campo, limite in (
            ("giorni_chiesti", self.regole.giorni_mese),
            ("giorni_settimana", self.regole.giorni_settimana),
        ):
            if limite.valore:
                self.fields[campo].help_text = _("Al massimo %(giorni)s.") % {
                    "giorni": limite.valore
                }
        scritti = dict(domanda.motivi.values_list("codice", "dettaglio")) if domanda else {}
        for motivo in self.regole.motivi:
            self._aggiungi(motivo.codice, motivo.nome, scritti)
        if domanda is not None:
            self.initial.update({campo: getattr(domanda, campo) for campo in CAMPI})
            self.initial["visto"] = str(domanda.modifiche)
        elif (sole := list(unita[:2])) and len(sole) == 1:
            self.initial["unita"] = sole[0]

    def _aggiungi(self, codice: str, nome: str, scritti: dict[str, str]) -> None:
        self.fields[f"motivo_{codice}"] = forms.BooleanField(
            label=nome, required=False, initial=codice in scritti
        )
        self.fields[f"dettaglio_{codice}"] = forms.CharField(
            label=_("%(motivo)s: se vuoi, di più") % {"motivo": nome}, required=False,
            max_length=1_000, initial=scritti.get(codice, ""),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        for motivo in self.regole.motivi:
            detto = dati.get(f"dettaglio_{motivo.codice}")
            if detto and not dati.get(f"motivo_{motivo.codice}"):
                self.add_error(
                    f"motivo_{motivo.codice}",
                    _("Hai scritto un dettaglio: spunta anche il motivo, o cancellalo."),
                )
        return dati

    @property
    def scritta(self) -> DomandaScritta:
        """What the person wrote, once it is valid."""
        dati = self.cleaned_data
        motivi = {
            motivo.codice: dati[f"dettaglio_{motivo.codice}"]
            for motivo in self.regole.motivi
            if dati[f"motivo_{motivo.codice}"]
        }
        return DomandaScritta(**{campo: dati[campo] for campo in CAMPI}, motivi=motivi)

    @property
    def campi(self) -> list[forms.BoundField]:
        """Those that are not reasons."""
        return [campo for campo in self.visible_fields() if campo.name in CAMPI]

    @property
    def campi_motivi(self) -> list[forms.BoundField]:
        return [campo for campo in self.visible_fields() if campo.name not in CAMPI]


class ColloquioForm(forms.Form):
    """When the talk was, and what was agreed."""

    giorno = campo_giorno(gettext_lazy("Giorno del colloquio"), initial=timezone.localdate)
    sintesi = forms.CharField(
        label=gettext_lazy("Che cosa si è concordato"), required=False, max_length=LUNGO,
        widget=righe(4), help_text=gettext_lazy("Attività, obiettivi, organizzazione. Non scrivere "
                                                "motivi di salute o di famiglia."),
    )  # fmt: skip


class ParereForm(forms.Form):
    """The opinion of the head of the unit."""

    esito = forms.ChoiceField(
        label=gettext_lazy("Parere"), choices=ParereDomanda.Esito.choices, widget=forms.RadioSelect
    )
    giorni = forms.IntegerField(
        label=gettext_lazy("Giorni al mese che si concedono"), min_value=1, max_value=31,
        required=False, help_text=gettext_lazy("Solo con il parere favorevole."),
    )  # fmt: skip
    causa = forms.ChoiceField(
        label=gettext_lazy("Motivo del diniego"), required=False,
        help_text=gettext_lazy("Solo con il parere contrario."),
    )  # fmt: skip
    motivazione = forms.CharField(
        label=gettext_lazy("Motivazione"), max_length=LUNGO, widget=righe(5),
        help_text=gettext_lazy("La leggono la persona e le risorse umane."),
    )  # fmt: skip

    def __init__(self, *args: Any, domanda: DomandaLavoroAgile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dinieghi = domanda.bando.edizione.regole.dinieghi
        fra_voci(self, "causa", [("", "–"), *((uno.codice, uno.nome) for uno in dinieghi)])
        self.fields["giorni"].initial = domanda.giorni_chiesti

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        if dati.get("esito") == ParereDomanda.Esito.CONTRARIO:
            dati["giorni"] = None  # proposed by the page, not granted
        return dati


class RiesameForm(forms.Form):
    """Why the person asks again."""

    motivazione = forms.CharField(
        label=gettext_lazy("Perché chiedi di nuovo"), max_length=LUNGO, widget=righe(5),
        help_text=gettext_lazy("La leggono la Direzione, il dirigente e le risorse umane: non "
                               "scrivere motivi di salute o di famiglia."),
    )  # fmt: skip


class DecisioneForm(forms.Form):
    """What the Direzione says of a second instance."""

    esito = forms.ChoiceField(
        label=gettext_lazy("Decisione"), widget=forms.RadioSelect,
        choices=[scelta for scelta in SecondaIstanza.Esito.choices if scelta[0]],
    )  # fmt: skip
    giorni = forms.IntegerField(
        label=gettext_lazy("Giorni al mese che si concedono"), min_value=1, max_value=31,
        required=False, help_text=gettext_lazy("Solo se è accolta."),
    )  # fmt: skip
    decisione = forms.CharField(
        label=gettext_lazy("Motivazione"), max_length=LUNGO, widget=righe(5)
    )


def unita_di(utente: Utente, bando: BandoLavoroAgile) -> Any:
    """The units of today where the person works; all of them, if none of their incarichi says."""
    tutte = UnitaOrganizzativa.objects.alla_data(bando.azienda, timezone.localdate())
    miei = Incarico.objects.che_valgono_per(utente).filter(azienda=bando.azienda)
    mie = tutte.filter(pk__in=miei.filter(unita__isnull=False).values("unita"))
    return mie if mie.exists() else tutte
