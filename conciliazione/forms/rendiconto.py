# SPDX-License-Identifier: AGPL-3.0-or-later
"""Expenses, cofinancing, requests of an instalment, payments: with amounts as people write them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.rendiconto import DatiRendiconto
from conciliazione.azioni.spesa import DatiSpesa
from conciliazione.azioni.verifica_rendiconto import Ammesso, col_resto
from conciliazione.calcolo.parole import euro
from conciliazione.models import (
    ApportoCofinanziamento,
    AzioneDiPiano,
    AzioneProgetto,
    Ente,
    Progetto,
    Rendiconto,
    Spesa,
)
from conciliazione.models.azioni import VoceBudget
from conciliazione.models.versione import Forma
from obiettivi.forms.rilevazione import NumeroItaliano
from obiettivi.schede.prove import AMMESSI, TIPI
from piani.forms import campo_giorno, righe
from piani.stampa.formati import numero_italiano

TETTO = Decimal("999999999999.99")
ACCETTA = ",".join(f".{tipo}" for tipo in TIPI)


class Importo(NumeroItaliano):
    """An amount, ``1.205,30``: not below zero, cents at most."""

    def prepare_value(self, value: Any) -> Any:
        return numero_italiano(value, 2) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        letto = super().clean((value or "").replace("€", "").strip())
        if letto is None:
            return None
        if letto < 0:
            raise forms.ValidationError(_("L'importo non può essere negativo."))
        if letto > TETTO:
            raise forms.ValidationError(_("L'importo è troppo grande."))
        if letto != round(letto, 2):
            raise forms.ValidationError(_("Al massimo due decimali: sono centesimi."))
        return letto


class SpesaForm(forms.Form):
    """An expense, and its paper if it is at hand."""

    voce = forms.ModelChoiceField(
        label=_("Voce di budget"), queryset=VoceBudget.objects.none(), empty_label=_("Scegli")
    )
    ente = forms.ModelChoiceField(
        label=_("Ente che l'ha sostenuta"), queryset=Ente.objects.none(), empty_label=_("Scegli")
    )
    descrizione = forms.CharField(label=_("Che cosa"), max_length=300)
    fornitore = forms.CharField(label=_("Fornitore o persona"), max_length=200, required=False)
    documento = forms.CharField(
        label=_("Documento"), max_length=100, help_text=_("Per esempio «Fattura 12».")
    )
    documento_del = campo_giorno(_("Data del documento"))
    importo = Importo(label=_("Importo (€)"), required=True)
    pagata_il = campo_giorno(
        _("Pagata il"), required=False, help_text=_("Serve per trasmettere il rendiconto.")
    )
    file = forms.FileField(
        label=_("Documento di spesa (file)"),
        required=False,
        help_text=_("Uno di questi: %(ammessi)s. Altri si aggiungono dopo.") % {"ammessi": AMMESSI},
        widget=forms.ClearableFileInput(attrs={"accept": ACCETTA}),
    )

    def __init__(
        self,
        *args: Any,
        progetto: Progetto,
        enti: Iterable[Ente],
        categorie: dict[str, str],
        spesa: Spesa | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        voci = VoceBudget.objects.filter(azione__progetto=progetto).select_related("azione")
        self.fields["voce"].queryset = voci
        self.fields["voce"].label_from_instance = lambda voce: (
            f"{voce.azione} · {categorie.get(voce.categoria, voce.categoria)}: {euro(voce.importo)}"
        )
        _fra(self.fields["ente"], enti)
        if spesa is not None:
            del self.fields["file"]
            self.initial = {nome: getattr(spesa, nome) for nome in self.fields}

    @property
    def dati(self) -> DatiSpesa:
        return DatiSpesa(**{nome: d for nome, d in self.cleaned_data.items() if nome != "file"})


class GiustificativoForm(forms.Form):
    """A paper of an expense."""

    file = forms.FileField(
        label=_("Documento di spesa (file)"),
        help_text=_("Uno di questi: %(ammessi)s.") % {"ammessi": AMMESSI},
        widget=forms.ClearableFileInput(attrs={"accept": ACCETTA}),
    )


class ApportoForm(forms.Form):
    """What a body gave: money, or hours of its staff."""

    ente = forms.ModelChoiceField(
        label=_("Ente"), queryset=Ente.objects.none(), empty_label=_("Scegli")
    )
    forma = forms.ChoiceField(label=_("Forma"), choices=Forma.choices)
    importo = Importo(label=_("Importo in denaro (€)"), help_text=_("Vuoto per il personale."))
    ore = Importo(label=_("Ore di personale"))
    costo_orario = Importo(
        label=_("Costo di un'ora (€)"), help_text=_("L'importo si calcola: ore × costo orario.")
    )
    azione = forms.ModelChoiceField(
        label=_("Azione"),
        queryset=AzioneProgetto.objects.none(),
        required=False,
        empty_label=_("Tutto il progetto"),
    )
    dal = campo_giorno(_("Dal"), required=False)
    al = campo_giorno(_("Al"), required=False)
    nota = forms.CharField(
        label=_("Nota"), required=False, max_length=300,
        help_text=_("Da dove viene la cifra: fogli ore, delibera, bonifico."),
    )  # fmt: skip

    def __init__(self, *args: Any, progetto: Progetto, enti: Iterable[Ente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fra(self.fields["ente"], enti)
        self.fields["azione"].queryset = AzioneProgetto.objects.filter(progetto=progetto)


class RendicontoForm(forms.Form):
    """The request of an instalment, with the rows that it brings."""

    dal = campo_giorno(_("Spese dal"), required=False)
    al = campo_giorno(_("Spese al"), required=False)
    relazione = forms.CharField(
        label=_("Relazione"), required=False, max_length=20_000, widget=righe(5)
    )
    spese = forms.MultipleChoiceField(
        label=_("Spese"), required=False, widget=forms.CheckboxSelectMultiple
    )
    apporti = forms.MultipleChoiceField(
        label=_("Cofinanziamento"), required=False, widget=forms.CheckboxSelectMultiple
    )
    richiesto = Importo(label=_("Quanto si chiede (€)"))

    def __init__(
        self,
        *args: Any,
        rendiconto: Rendiconto,
        spese: Iterable[Spesa],
        apporti: Iterable[ApportoCofinanziamento],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        scelte = {"spese": list(spese), "apporti": list(apporti)}
        for nome, tutte in scelte.items():
            self.fields[nome].choices = [(str(una.pk), _etichetta(una)) for una in tutte]
            if not tutte:
                del self.fields[nome]
        self.initial |= {
            nome: [str(una.pk) for una in tutte if una.rendiconto_id == rendiconto.pk]
            for nome, tutte in scelte.items()
        } | {nome: getattr(rendiconto, nome) for nome in ("dal", "al", "relazione", "richiesto")}

    @property
    def dati(self) -> DatiRendiconto:
        detti = self.cleaned_data
        return DatiRendiconto(
            dal=detti["dal"],
            al=detti["al"],
            relazione=detti["relazione"],
            richiesto=detti["richiesto"],
            spese=frozenset(int(una) for una in detti.get("spese", ())),
            apporti=frozenset(int(uno) for uno in detti.get("apporti", ())),
        )


class EsameForm(forms.Form):
    """How much the ATS recognises of each row: what is left empty is looked at later."""

    resto = forms.BooleanField(
        label=_("Ammetti per intero le righe lasciate vuote"), required=False
    )

    def __init__(
        self,
        *args: Any,
        spese: Iterable[Spesa],
        apporti: Iterable[ApportoCofinanziamento],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.righe = {"spesa": list(spese), "apporto": list(apporti)}
        for nome, righe_sue in self.righe.items():
            for una in righe_sue:
                self._aggiungi(f"{nome}-{una.pk}", una)

    def _aggiungi(self, nome: str, riga: Any) -> None:
        self.fields[nome] = Importo(
            label=_("Ammesso, %(riga)s") % {"riga": _etichetta(riga)}, initial=riga.ammesso
        )
        self.fields[f"{nome}-motivo"] = forms.CharField(
            label=_("Motivo, %(riga)s") % {"riga": _etichetta(riga)},
            required=False,
            max_length=300,
            initial=riga.motivo,
        )

    def ammessi(self, nome: str) -> dict[int, Ammesso]:
        """What was said of the rows of a kind (``spesa``, ``apporto``), by their keys."""
        detti = self.cleaned_data
        trovati = {}
        for una in self.righe[nome]:
            importo = detti.get(f"{nome}-{una.pk}")
            if importo is not None:
                trovati[una.pk] = Ammesso(importo, detti[f"{nome}-{una.pk}-motivo"])
        return col_resto(self.righe[nome], trovati) if detti["resto"] else trovati


class ApprovaForm(forms.Form):
    """How much is recognised of what was asked."""

    riconosciuto = Importo(label=_("Quanto si riconosce (€)"), required=True)
    nota = forms.CharField(
        label=_("Nota"), required=False, max_length=5000, widget=righe(3),
        help_text=_("Obbligatoria se si riconosce meno di quanto è richiesto."),
    )  # fmt: skip


class DisponiForm(forms.Form):
    """The act that arranges a payment, of the whole or of a part."""

    importo = Importo(label=_("Importo (€)"), required=True)
    atto = forms.CharField(label=_("Atto di liquidazione"), max_length=200)
    disposto_il = campo_giorno(_("Disposto il"), initial=timezone.localdate)


class PagaAzioneForm(DisponiForm):
    """A payment for an action of the network."""

    azione = forms.ModelChoiceField(
        label=_("Azione"), queryset=AzioneDiPiano.objects.none(), empty_label=_("Scegli")
    )
    beneficiario = forms.CharField(label=_("A chi"), max_length=200)

    field_order = ("azione", "beneficiario", "importo", "atto", "disposto_il")

    def __init__(self, *args: Any, azioni: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["azione"].queryset = azioni


class EseguiForm(forms.Form):
    """A payment that was made."""

    eseguito_il = campo_giorno(_("Eseguito il"), initial=timezone.localdate)
    mandato = forms.CharField(label=_("Mandato"), max_length=60, required=False)


class AnnullaForm(forms.Form):
    """Why a payment is cancelled."""

    motivo = forms.CharField(label=_("Perché si annulla"), max_length=300)


def _fra(campo: Any, enti: Iterable[Ente]) -> None:
    """Only those bodies; the only one is chosen already."""
    tutti = list(enti)
    campo.queryset = Ente.objects.filter(pk__in=[uno.pk for uno in tutti])
    if len(tutti) == 1:
        campo.initial = tutti[0].pk


def _etichetta(riga: Any) -> str:
    if isinstance(riga, Spesa):
        return (
            f"{riga.descrizione}, {riga.documento} del {riga.documento_del:%d/%m/%Y} "
            f"({riga.ente}): {euro(riga.importo)}"
        )
    return f"{riga.ente}, {riga.get_forma_display().lower()}: {euro(riga.importo)}"
