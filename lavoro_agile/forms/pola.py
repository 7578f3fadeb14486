# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the risorse umane write of a POLA: the plan, its phases, its indicators and their levels."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lavoro_agile.azioni.pola import ORDINE, SI_ALLEGA_A, Fase
from lavoro_agile.azioni.programma import impronta_livelli
from lavoro_agile.forms.scelte import fra_righe, fra_voci
from lavoro_agile.models import Dimensione, FaseSviluppo, IndicatorePola, Pola
from lavoro_agile.pola.linee_guida import Proposta
from lavoro_agile.pola.quadro import colonne_di
from obiettivi.forms.albero import MisuraForm
from obiettivi.models import Indicatore
from piani.forms import righe
from piani.models import Azienda, Piano, Utente

Genere = FaseSviluppo.Genere


class SezioneDiField(forms.ModelChoiceField):
    """Of which plan the POLA is a section, among those that the person sees."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Sezione di"),
            queryset=Piano.objects.none(),
            required=False,
            empty_label=_("Nessun piano"),
            help_text=_("Il Piano della performance, o il PIAO, il cui documento lo riporta."),
        )


def allegabili(azienda: Azienda, utente: Utente) -> Any:
    """The plans of which a POLA of the azienda may be a section."""
    visibili = Piano.objects.visibili_a(utente).filter(azienda=azienda, tipo__in=SI_ALLEGA_A)
    return visibili.order_by("-anno_inizio", "pk")


class PolaForm(forms.Form):
    """A POLA to begin."""

    titolo = forms.CharField(
        label=_("Titolo"), max_length=200, initial=_("Piano organizzativo del lavoro agile (POLA)")
    )
    anno_inizio = forms.IntegerField(label=_("Primo anno"))
    anno_fine = forms.IntegerField(label=_("Ultimo anno"))
    sezione_di = SezioneDiField()

    def __init__(self, *args: Any, azienda: Azienda, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fra_righe(self, "sezione_di", allegabili(azienda, utente))


class FasiForm(forms.Form):
    """The four phases, each with its year (none: the POLA does not have it)."""

    sezione_di = SezioneDiField()

    def __init__(self, *args: Any, pola: Pola, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fra_righe(self, "sezione_di", allegabili(pola.azienda, utente))
        self.initial.setdefault("sezione_di", pola.sezione_di_id)
        gia = {fase.genere: fase for fase in pola.fasi.all()}
        for genere in Genere:
            self.fields[f"anno_{genere}"] = forms.IntegerField(
                label=_("%(fase)s: anno") % {"fase": genere.label}, required=False,
                min_value=2000, max_value=2100,
            )  # fmt: skip
            self.fields[f"descrizione_{genere}"] = forms.CharField(
                label=_("Che cosa si fa"), required=False, widget=righe(2)
            )
            if genere in gia:
                self.initial.update(
                    {
                        f"anno_{genere}": gia[genere].anno,
                        f"descrizione_{genere}": gia[genere].descrizione,
                    }
                )
        self.fields[f"anno_{Genere.EMERGENZIALE}"].help_text = _(
            "Il punto di partenza, prima del piano. Senza anno, la fase non c'è."
        )

    @property
    def coppie(self) -> list[tuple[str, Any, Any]]:
        """Each phase with its two fields."""
        return [
            (str(genere.label), self[f"anno_{genere}"], self[f"descrizione_{genere}"])
            for genere in Genere
        ]

    @property
    def fasi(self) -> dict[str, Fase]:
        """The phases that have a year, in their order."""
        detti = self.cleaned_data
        return {
            genere: Fase(detti[f"anno_{genere}"], detti[f"descrizione_{genere}"])
            for genere in ORDINE
            if detti[f"anno_{genere}"] is not None
        }


class LineeGuidaForm(forms.Form):
    """Which of the indicators of the guideline to take; those that are there are not offered."""

    codici = forms.MultipleChoiceField(required=False)

    def __init__(
        self, *args: Any, proposte: list[tuple[Dimensione, list[Proposta]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        nomi = [
            (una.modello.codice, una.modello.nome) for _gruppo, voci in proposte for una in voci
        ]
        fra_voci(self, "codici", nomi)

    @property
    def spuntati(self) -> set[str]:
        """The codes ticked, as they were sent."""
        return set(self["codici"].value() or ())


class IndicatoreForm(forms.Form):
    """An indicator of the body's own."""

    dimensione = forms.ChoiceField(label=_("Dimensione"), choices=Dimensione.choices)
    natura = forms.ChoiceField(label=_("Natura"), choices=IndicatorePola.Natura.choices)
    codice = forms.CharField(
        label=_("Codice"), max_length=30, help_text=_("Nuovo nella biblioteca degli indicatori.")
    )
    nome = forms.CharField(label=_("Che cosa misura"), widget=righe(2))
    tipo_formula = forms.ChoiceField(label=_("Tipo di formula"), choices=Indicatore.Formula.choices)
    unita = forms.CharField(label=_("Unità di misura"), max_length=30, required=False)
    verso = forms.ChoiceField(label=_("Verso"), choices=Indicatore.Verso.choices, required=False)


class LivelliForm(MisuraForm):
    """The levels of an indicator: a text for each phase, or year, as the POLA prints it."""

    natura = forms.ChoiceField(label=_("Natura"), choices=IndicatorePola.Natura.choices)

    def __init__(self, *args: Any, indicatore: IndicatorePola, **kwargs: Any) -> None:
        pola, misura = indicatore.pola, indicatore.misura
        super().__init__(*args, piano=pola.piano, misura=misura, **kwargs)
        del self.fields["peso"]
        self.initial.update(
            {
                "natura": indicatore.natura,
                "nota": indicatore.nota,
                "visto": impronta_livelli(indicatore),
            }
        )
        colonne = list(colonne_di(pola.piano, pola.fasi.all()))
        for colonna in colonne:
            if colonna.anno in self.anni:
                self.fields[f"atteso_{colonna.anno}"].label = colonna.nome
        prima = next((una for una in colonne if una.anno < pola.piano.anno_inizio), None)
        if prima is not None:
            self.fields["base_stampata"].label = prima.nome
        if not misura.base_anno:
            self.initial["base_anno"] = prima.anno if prima else pola.piano.anno_inizio - 1

    @property
    def scritti(self) -> dict[str, Any]:
        """What the form says, as the action wants it."""
        return {
            "attesi": self.attesi,
            "base": self.cleaned_data["base_stampata"],
            "base_anno": self.cleaned_data["base_anno"],
            "natura": self.cleaned_data["natura"],
            "nota": self.cleaned_data["nota"],
            "visto": self.cleaned_data["visto"],
        }
