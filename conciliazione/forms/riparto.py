# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scenario as people write it: sources, method, and what concerns one project."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conciliazione.assegnazione import InGara
from conciliazione.azioni.scenario import Scorrimento
from conciliazione.calcolo.dotazione import riserve_di
from conciliazione.calcolo.edizione import Parametri
from conciliazione.calcolo.metodo import Importo, Metodo, Regola
from conciliazione.forms.campi import CampoEuro
from conciliazione.forms.valutazione import DecidiForm
from obiettivi.forms.rilevazione import NumeroItaliano
from piani.forms import righe

FONTI = 4
REGOLE = [
    (Regola.PROPORZIONALE.value, gettext_lazy("In proporzione a ciò che ognuno chiede")),
    (Regola.GRADUATORIA.value, gettext_lazy("In ordine di graduatoria, finché le risorse bastano")),
    (Regola.ALIQUOTA.value, gettext_lazy("La stessa percentuale per tutti")),
    (Regola.A_MANO.value, gettext_lazy("Un importo scritto a mano per ogni progetto")),
]
PERCENTO = gettext_lazy("Vuoto: nessuno.")
DEL_PROGETTO = {
    "taglio": (gettext_lazy("Taglio €"), "tagli"),
    "minimo": (gettext_lazy("Minimo €"), "minimi"),
    "importo": (gettext_lazy("A mano €"), "importi"),
}


class ScenarioForm(forms.Form):
    """The parameters of a scenario of a call."""

    nome = forms.CharField(label=gettext_lazy("Nome dello scenario"), max_length=120)
    regola = forms.ChoiceField(label=gettext_lazy("Come si ripartisce"), choices=REGOLE)
    aliquota = NumeroItaliano(
        label=gettext_lazy("Percentuale uguale per tutti"),
        help_text=gettext_lazy("Serve solo con «La stessa percentuale per tutti»."),
    )
    parziale = forms.BooleanField(
        label=gettext_lazy(
            "In ordine di graduatoria, il primo che non ci sta riceve ciò che resta"
        ),
        required=False,
    )
    tetto = CampoEuro(label=gettext_lazy("Tetto per progetto, in euro"), help_text=PERCENTO)
    tetto_quota = NumeroItaliano(
        label=gettext_lazy("Tetto per progetto, in percentuale del costo"), help_text=PERCENTO
    )
    minimo_quota = NumeroItaliano(
        label=gettext_lazy("Minimo, in percentuale del richiesto"),
        help_text=gettext_lazy(
            "Chi riceverebbe meno si ritira, e il riparto si rifà fra gli altri."
        ),
    )
    riserve = forms.BooleanField(
        label=gettext_lazy("Applica le riserve dell'edizione"), required=False
    )
    riserve_tornano = forms.BooleanField(
        label=gettext_lazy("Ciò che una riserva non usa torna agli altri"), required=False
    )

    def __init__(
        self,
        *args: Any,
        regole: Parametri,
        concorrenti: Sequence[InGara],
        metodo: Metodo,
        fonti: Sequence[tuple[str, Decimal]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.concorrenti = concorrenti
        self.riserve_edizione = riserve_di(regole)
        if not self.riserve_edizione:
            del self.fields["riserve"], self.fields["riserve_tornano"]
        self._fonti(fonti)
        self._progetti(metodo)
        for nome in ("aliquota", "parziale", "tetto", "tetto_quota", "minimo_quota"):
            self.fields[nome].initial = getattr(metodo, nome)
        self.fields["regola"].initial = metodo.regola.value
        if self.riserve_edizione:
            self.fields["riserve"].initial = bool(metodo.riserve)
            self.fields["riserve_tornano"].initial = metodo.riserve_tornano

    def _fonti(self, fonti: Sequence[tuple[str, Decimal]]) -> None:
        for n in range(1, max(FONTI, len(fonti) + 1) + 1):
            nome, importo = fonti[n - 1] if n <= len(fonti) else ("", None)
            self.fields[f"fonte_{n}"] = forms.CharField(
                label=_("Fonte %(n)s") % {"n": n}, max_length=300, required=False, initial=nome
            )
            self.fields[f"fonte_{n}_importo"] = CampoEuro(
                label=_("Importo della fonte %(n)s") % {"n": n}, initial=importo
            )

    def _progetti(self, metodo: Metodo) -> None:
        for uno in self.concorrenti:
            for nome, (etichetta, elenco) in DEL_PROGETTO.items():
                suo = next(
                    (i for i in getattr(metodo, elenco) if i.chiave == uno.richiesta.chiave), None
                )
                self.fields[f"{nome}_{uno.proposta.pk}"] = CampoEuro(
                    label=f"{etichetta}, {uno.proposta}", initial=suo.importo if suo else None
                )
                if nome == "taglio":
                    self.fields[f"motivo_{uno.proposta.pk}"] = forms.CharField(
                        label=_("Perché il taglio, %(chi)s") % {"chi": uno.proposta},
                        required=False, max_length=200, initial=suo.motivo if suo else "",
                    )  # fmt: skip

    @property
    def righe_fonti(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        numeri = sorted(
            int(nome.split("_")[1]) for nome in self.fields if nome.endswith("_importo")
        )
        return [(self[f"fonte_{n}"], self[f"fonte_{n}_importo"]) for n in numeri]

    @property
    def righe_progetti(self) -> list[tuple[InGara, list[forms.BoundField]]]:
        nomi = ("taglio", "motivo", "minimo", "importo")
        return [
            (uno, [self[f"{nome}_{uno.proposta.pk}"] for nome in nomi]) for uno in self.concorrenti
        ]

    @property
    def generali(self) -> list[forms.BoundField]:
        """The fields of the method, but its name and rule."""
        return [self[nome] for nome in self.base_fields if nome in self.fields
                and nome not in ("nome", "regola")]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        for nome, importo in self.righe_fonti:
            scritto, quanto = dati.get(nome.name), dati.get(importo.name)
            if scritto and quanto is None and not importo.errors:
                self.add_error(importo.name, _("Scrivi quanto viene da questa fonte."))
            elif quanto is not None and not scritto:
                self.add_error(nome.name, _("Scrivi da dove viene questo importo."))
        return dati

    @property
    def fonti(self) -> list[tuple[str, Decimal]]:
        dati = self.cleaned_data
        return [
            (dati[nome.name], dati[importo.name])
            for nome, importo in self.righe_fonti
            if dati[nome.name]
        ]

    @property
    def metodo(self) -> Metodo:
        dati = self.cleaned_data
        return Metodo(
            regola=Regola(dati["regola"]),
            aliquota=dati["aliquota"],
            parziale=dati["parziale"],
            tetto=dati["tetto"],
            tetto_quota=dati["tetto_quota"],
            minimo_quota=dati["minimo_quota"],
            riserve=self.riserve_edizione if dati.get("riserve") else (),
            riserve_tornano=bool(dati.get("riserve_tornano", True)),
            **{elenco: self._importi(nome) for nome, (_nome, elenco) in DEL_PROGETTO.items()},
        )

    def _importi(self, nome: str) -> tuple[Importo, ...]:
        return tuple(
            Importo(
                uno.richiesta.chiave,
                quanto,
                self.cleaned_data[f"motivo_{uno.proposta.pk}"] if nome == "taglio" else "",
            )
            for uno in self.concorrenti
            if (quanto := self.cleaned_data[f"{nome}_{uno.proposta.pk}"]) is not None
        )


class ScegliForm(DecidiForm):
    """Why a scenario is chosen, and in which meeting."""

    motivo = forms.CharField(
        label=gettext_lazy("Perché questo scenario"), max_length=2000, widget=righe(4)
    )
    field_order = ("motivo", "seduta")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seduta"].required = False


class ScorriForm(forms.Form):
    """What is done with what a withdrawal frees."""

    come = forms.ChoiceField(
        label=gettext_lazy("Che cosa si fa delle risorse liberate"),
        choices=Scorrimento.choices,
        widget=forms.RadioSelect,
    )
