# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mapping: a round, the units asked, the form of a unit with its rows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lavoro_agile.azioni.mappatura import (
    LUNGO,
    MOLTE_PERSONE,
    MOLTI,
    SCRITTI,
    Attivita,
    Profilo,
)
from lavoro_agile.forms.elenchi import RigaElenco, elenco_di
from lavoro_agile.forms.scelte import fra_voci
from lavoro_agile.models import (
    Area,
    CampagnaMappatura,
    Livello,
    MappaturaAttivita,
    Smartabile,
)
from piani.azioni.righe import impronta
from piani.forms import campo_giorno, righe
from piani.models import UnitaOrganizzativa

ASPETTI = ("autonomia", "interdipendenza", "misurabilita")


class CampagnaModificaForm(forms.Form):
    """The words and the days of a round, with the mark of how it was when the page was opened."""

    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    istruzioni = forms.CharField(
        label=_("Istruzioni per chi compila"), required=False, max_length=LUNGO, widget=righe(5)
    )
    apre_il = campo_giorno(_("Si apre il"))
    chiude_il = campo_giorno(_("Da compilare entro"))
    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, campagna: CampagnaMappatura | None = None) -> None:
        iniziali: dict[str, Any] = {"apre_il": timezone.localdate()}
        if campagna is not None:
            iniziali = {campo: getattr(campagna, campo) for campo in campagna.SCRITTI}
            iniziali["visto"] = impronta(campagna)
        super().__init__(data, initial=iniziali)


class CampagnaForm(CampagnaModificaForm):
    """A round to prepare."""

    anno = forms.IntegerField(
        label=_("Anno"), min_value=2015, max_value=2100,
        initial=lambda: timezone.localdate().year,
        help_text=_("Una mappatura per anno: i suoi coinvolgibili sono i potenziali dell'anno."),
    )  # fmt: skip
    field_order = ("anno", "titolo", "istruzioni", "apre_il", "chiude_il")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        del self.fields["visto"]


class UnitaForm(forms.Form):
    """Which units are asked: at first the centres of responsibility, or all if there are none."""

    unita = forms.TypedMultipleChoiceField(
        label=_("Unità"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Scegli almeno un'unità.")},
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, offerte: Sequence[UnitaOrganizzativa], scelte: bool
    ) -> None:
        super().__init__(data)
        fra_voci(self, "unita", [(una.pk, una.nome) for una in offerte])
        if scelte:
            cdr = [una.pk for una in offerte if una.cdr]
            self.fields["unita"].initial = cdr or [una.pk for una in offerte]


class NotaForm(forms.Form):
    """What the risorse umane say to who compiled."""

    nota = forms.CharField(label=_("Nota"), required=False, max_length=LUNGO, widget=righe(3))


class AttivitaForm(RigaElenco):
    """An activity, its three aspects, and what the head thinks of what the rule says."""

    TESTI = ("nome", "autonomia", "interdipendenza", "misurabilita", "corretta_in", "motivo")

    nome = forms.CharField(label=_("Attività o processo"), max_length=300)
    delocalizzabile = forms.BooleanField(
        label=_("Si può fare, almeno in parte, fuori sede"), required=False, initial=True
    )
    autonomia = forms.ChoiceField(label=_("Autonomia"), choices=[("", "–"), *Livello.choices])
    interdipendenza = forms.ChoiceField(
        label=_("Interdipendenza"), choices=[("", "–"), *Livello.choices]
    )
    misurabilita = forms.ChoiceField(
        label=_("Misurabilità del risultato"), choices=[("", "–"), *Livello.choices]
    )
    corretta_in = forms.ChoiceField(
        label=_("Secondo te, invece"), required=False,
        choices=[("", _("Come dice la regola")), *Smartabile.choices],
    )  # fmt: skip
    motivo = forms.CharField(
        label=_("Perché"), required=False, max_length=LUNGO, widget=righe(2),
        help_text=_("Se la giudichi diversamente dalla regola."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        if dati.get("corretta_in") and not dati.get("motivo"):
            self.add_error("motivo", _("Scrivi perché la giudichi diversamente."))
        return dati

    @property
    def secondo_la_regola(self) -> str:
        """What the rule says of the row as it is shown; "" if it is not whole."""
        aspetti = {nome: self[nome].value() for nome in ASPETTI}
        if not all(aspetto in Livello.values for aspetto in aspetti.values()):
            return ""
        fuori = bool(self["delocalizzabile"].value())
        giudizio = Attivita("", **aspetti, delocalizzabile=fuori).secondo_la_regola
        return str(Smartabile(giudizio).label)


class ProfiloForm(RigaElenco):
    """The people of a profile."""

    TESTI = ("profilo", "area", "in_servizio", "potenziali")

    profilo = forms.CharField(label=_("Profilo professionale"), max_length=120)
    area = forms.ChoiceField(label=_("Area"), choices=[("", "–"), *Area.choices])
    in_servizio = forms.IntegerField(label=_("In servizio"), min_value=0, max_value=MOLTE_PERSONE)
    potenziali = forms.IntegerField(label=_("Coinvolgibili"), min_value=0, max_value=MOLTE_PERSONE)

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        tutti, alcuni = dati.get("in_servizio"), dati.get("potenziali")
        if tutti is not None and alcuni is not None and alcuni > tutti:
            self.add_error("potenziali", _("Non possono essere più di chi è in servizio."))
        return dati


AttivitaRighe = elenco_di(AttivitaForm)
ProfiliRighe = elenco_di(ProfiloForm)


def _testo(etichetta: Any, aiuto: Any = "") -> forms.CharField:
    return forms.CharField(
        label=etichetta, help_text=aiuto, required=False, max_length=LUNGO, widget=righe(3)
    )


def _quanti(etichetta: Any, massimo: int = MOLTI) -> forms.IntegerField:
    return forms.IntegerField(label=etichetta, required=False, min_value=0, max_value=massimo)


class MappaturaForm(forms.Form):
    """The form of a unit: five fields here, activities and people in rows."""

    formazione = _testo(_("Necessità formative del personale"))
    tecnologia = _testo(
        _("Necessità tecnologiche"),
        _("PC, chiavette, collegamenti agli applicativi e alle banche dati."),
    )
    pc_da_fornire = _quanti(_("PC da fornire"))
    connessioni_da_fornire = _quanti(_("Connessioni da fornire"))
    coworking = _testo(_("Spazi per il co-working"), _("In particolare nelle sedi esterne."))
    criticita = _testo(_("Criticità e suggerimenti"))
    giorni_presenza = _quanti(_("Giorni minimi in presenza alla settimana"), 7)
    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, mappatura: MappaturaAttivita) -> None:
        iniziali = {campo: getattr(mappatura, campo) for campo in SCRITTI}
        super().__init__(data, initial=iniziali | {"visto": str(mappatura.modifiche)})
        self.mappatura = mappatura
        self.righe_attivita = AttivitaRighe(
            data, prefix="attivita", initial=None if data is not None else _come_sono(
                mappatura.attivita.all(), AttivitaForm
            ),
        )  # fmt: skip
        self.righe_profili = ProfiliRighe(
            data, prefix="profili", initial=None if data is not None else _come_sono(
                mappatura.profili.all(), ProfiloForm
            ),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        valide = [righe.is_valid() for righe in (self.righe_attivita, self.righe_profili)]
        if not all(valide):
            raise ValidationError(_("Correggi le righe segnate qui sotto."))
        return dati

    @property
    def valori(self) -> dict[str, Any]:
        return {campo: self.cleaned_data[campo] for campo in SCRITTI}

    @property
    def attivita(self) -> list[Attivita]:
        return [Attivita(**una) for una in self.righe_attivita.scritte]

    @property
    def profili(self) -> list[Profilo]:
        return [Profilo(**uno) for uno in self.righe_profili.scritte]


def _come_sono(scritte: Any, modulo: type[forms.Form]) -> list[dict[str, Any]]:
    return [{nome: getattr(riga, nome) for nome in modulo.base_fields} for riga in scritte]
