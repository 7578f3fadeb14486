# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition that are lists: areas, reasons, refusals, tranches, a row each."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lavoro_agile.calcolo.controlli import LUNGA, MOLTI
from lavoro_agile.forms.elenchi import RigaElenco, elenco_di
from lavoro_agile.models import Area
from piani.forms import campo_giorno

ARTICOLO = _("Articolo")


def campo_fonte(etichetta: Any = ARTICOLO) -> forms.CharField:
    return forms.CharField(
        label=etichetta, required=False, max_length=LUNGA,
        help_text=_("Da dove viene: articolo del regolamento, legge, contratto."),
    )  # fmt: skip


class RigaRegola(RigaElenco):
    """A row of a list of rules; ``ORDINE``: the field by which the rows are put in order."""

    TESTI: tuple[str, ...] = ("nome", "fonte")
    ORDINE = ""


class AreaRiga(RigaRegola):
    TESTI = ("area", "quota", "fonte")

    area = forms.ChoiceField(label=_("Area"), choices=[("", "–"), *Area.choices])
    colloquio = forms.BooleanField(label=_("Un colloquio precede il parere"), required=False)
    quota = forms.DecimalField(
        label=_("Da ammettere, in %"), localize=True, required=False, max_digits=9,
        help_text=_("Quota del personale dell'area. Vuoto: il regolamento non la dice."),
    )  # fmt: skip
    fonte = campo_fonte()

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        valore = super().get_initial_for_field(field, field_name)
        return Decimal(valore) if field_name == "quota" and valore else valore


class RigaConCodice(RigaRegola):
    """A row known by a code, which stays when its name changes."""

    codice = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)
    nome = forms.CharField(label=_("Nome"), max_length=LUNGA)

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        if not dati.get("codice"):
            dati["codice"] = slugify(dati.get("nome", ""))[:40].strip("-").replace("-", "_")
        if dati.get("nome") and not dati["codice"]:
            self.add_error("nome", _("Scrivi almeno una lettera."))
        return dati


class MotivoRiga(RigaConCodice):
    sensibile = forms.BooleanField(
        label=_("Riguarda la salute o la famiglia"), required=False, initial=True
    )
    priorita = forms.IntegerField(
        label=_("Priorità"), initial=0, max_value=MOLTI,
        help_text=_("1 viene per primo; 0 non dà precedenza."),
    )  # fmt: skip
    fonte = campo_fonte()


class DiniegoRiga(RigaConCodice):
    fonte = campo_fonte()


class TrancheRiga(RigaRegola):
    TESTI = ("entro", "posti", "fonte")
    ORDINE = "entro"

    entro = campo_giorno(_("Entro il"))
    posti = forms.IntegerField(label=_("Domande da ammettere"), max_value=MOLTI)
    fonte = campo_fonte()


ELENCHI = {
    "aree": elenco_di(AreaRiga),
    "motivi": elenco_di(MotivoRiga),
    "dinieghi": elenco_di(DiniegoRiga),
    "tranche": elenco_di(TrancheRiga),
}
