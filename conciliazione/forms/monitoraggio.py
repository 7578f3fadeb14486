# SPDX-License-Identifier: AGPL-3.0-or-later
"""Semesters and reports: the window, what a project did, what the actions of the network did."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.rilevazione import Raggiunti
from conciliazione.models import (
    AzioneDiPiano,
    AzioneProgetto,
    RilevazioneAzione,
    RilevazioneAzionePiano,
    RilevazioneProgetto,
)
from piani.forms import campo_giorno, righe

MASSIMO = 10_000_000
LUNGHI = 10_000


class FinestraForm(forms.Form):
    """The ends of a window, both included."""

    apre = campo_giorno(_("Si rileva dal"))
    scade = campo_giorno(_("Si rileva fino al"))


class SemestreForm(FinestraForm):
    """A semester to open."""

    anno = forms.IntegerField(label=_("Anno"), min_value=2000, max_value=2100)
    semestre = forms.TypedChoiceField(
        label=_("Semestre"), coerce=int, choices=[(1, _("Primo")), (2, _("Secondo"))]
    )

    field_order = ("anno", "semestre", "apre", "scade")


class NotaForm(forms.Form):
    """What the ATS says to the capofila."""

    nota = forms.CharField(label=_("Nota"), required=False, max_length=5000, widget=righe(3))


def _quanti(etichetta: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=etichetta, required=False, min_value=0, max_value=MASSIMO,
        widget=forms.NumberInput(attrs={"class": "campo-piccolo"}),
    )  # fmt: skip


class _PerAzione(forms.Form):
    """Some fields for each action: their names end with its key."""

    def __init__(self, *args: Any, azioni: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.azioni = list(azioni)

    def campi_di(self, azione: Any, *nomi: str) -> list[forms.BoundField]:
        return [self[f"{nome}-{azione.pk}"] for nome in nomi]

    def raggiunti_di(self, azione: Any) -> Raggiunti:
        dati = self.cleaned_data
        return Raggiunti(
            persone=dati[f"persone-{azione.pk}"],
            imprese=dati[f"imprese-{azione.pk}"],
            nota=dati[f"nota-{azione.pk}"].strip(),
            avviata=dati.get(f"avviata-{azione.pk}", False),
        )

    @property
    def raggiunti(self) -> dict[int, Raggiunti]:
        return {azione.pk: self.raggiunti_di(azione) for azione in self.azioni}

    def _aggiungi(self, azione: Any, detto: Any, *, nota: int) -> None:
        per = {"azione": azione}
        self.fields[f"persone-{azione.pk}"] = _quanti(_("Persone, %(azione)s") % per)
        self.fields[f"imprese-{azione.pk}"] = _quanti(_("Imprese ed enti, %(azione)s") % per)
        self.fields[f"nota-{azione.pk}"] = forms.CharField(
            label=_("Nota, %(azione)s") % per, required=False, max_length=nota
        )
        if detto is not None:
            self.initial |= {
                f"persone-{azione.pk}": detto.persone,
                f"imprese-{azione.pk}": detto.imprese,
                f"nota-{azione.pk}": detto.nota,
            }


class RilevazioneForm(_PerAzione):
    """The report of a project: what was done, and whom each action reached in the semester."""

    visto = forms.CharField(required=False, widget=forms.HiddenInput)
    avanzamento = forms.CharField(
        label=_("Che cosa si è fatto"), required=False, max_length=LUNGHI, widget=righe(6)
    )
    criticita = forms.CharField(
        label=_("Criticità"), required=False, max_length=LUNGHI, widget=righe(4)
    )

    def __init__(
        self,
        *args: Any,
        azioni: Iterable[AzioneProgetto],
        bozza: RilevazioneProgetto | None,
        dette: dict[int, RilevazioneAzione],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, azioni=azioni, **kwargs)
        if bozza is not None:
            self.initial |= {
                "visto": str(bozza.modifiche),
                "avanzamento": bozza.avanzamento,
                "criticita": bozza.criticita,
            }
        for azione in self.azioni:
            self._aggiungi(azione, dette.get(azione.pk), nota=300)


class AzioniForm(_PerAzione):
    """What the actions of the network did in the semester."""

    def __init__(
        self,
        *args: Any,
        azioni: Iterable[AzioneDiPiano],
        dette: dict[int, RilevazioneAzionePiano],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, azioni=azioni, **kwargs)
        for azione in self.azioni:
            detto = dette.get(azione.pk)
            self.fields[f"avviata-{azione.pk}"] = forms.BooleanField(
                label=_("Avviata, %(azione)s") % {"azione": azione},
                required=False,
                initial=detto.avviata if detto else azione.avviata_il is not None,
            )
            self._aggiungi(azione, detto, nota=2000)
