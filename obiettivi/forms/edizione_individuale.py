# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of the individual evaluation as a form, and the bulk assignment."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.arrotondamento import Modo
from obiettivi.calcolo.individuale import Decisore, ParteMancante
from obiettivi.individuale.foglio_categorie import COLONNE as COLONNE_CATEGORIE
from obiettivi.individuale.foglio_categorie import leggi_categorie
from obiettivi.individuale.tabelle import COLONNE, leggi, scrivi
from obiettivi.models import EdizioneIndividuale

MODI = {
    Modo.META_SU: _("alla cifra più vicina, metà in su"),
    Modo.META_GIU: _("alla cifra più vicina, metà in giù"),
    Modo.META_PARI: _("alla cifra più vicina, metà alla pari"),
    Modo.TRONCAMENTO: _("si troncano"),
    Modo.NESSUNO: _("non si arrotonda"),
}
DECISORI = {Decisore.DIREZIONE: _("la direzione"), Decisore.RISORSE_UMANE: _("le risorse umane")}
PARTI = {
    ParteMancante.ALTRA: _("vale l’altra parte per intero"),
    ParteMancante.BLOCCA: _("non si può firmare"),
}
BYTE_MASSIMI = 1024 * 1024


def _tabella(nome: str, etichetta: Any, aiuto: Any = "") -> forms.CharField:
    return forms.CharField(
        label=etichetta,
        required=nome in ("categorie",),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "codice-lungo"}),
        help_text=_("Una riga ciascuno: %(colonne)s. %(aiuto)s")
        % {"colonne": "; ".join(COLONNE[nome]).replace("_", " "), "aiuto": aiuto},
    )


class EdizioneIndividualeForm(forms.Form):
    """The rules as people write them; ``parametri`` are those to save."""

    nome = forms.CharField(label=_("Nome"), max_length=200)
    fonte = forms.CharField(label=_("Fonte"), required=False, widget=forms.Textarea({"rows": 3}))
    categorie = _tabella(
        "categorie", _("Categorie"),
        _("Risultati e contributo fanno 100; dentro i risultati, scheda e individuali fanno 100."),
    )  # fmt: skip
    comportamenti = _tabella(
        "comportamenti", _("Comportamenti"), _("I pesi di una categoria fanno 100.")
    )
    scala = _tabella("scala", _("Scala"), _("Dal livello più basso; categoria «*» vale per tutte."))
    classi = _tabella(
        "classi",
        _("Classi finali"),
        _("Il premio in %, o da «premio» a «premio a»."),
    )
    modo = forms.ChoiceField(
        label=_("Decimali del punteggio"), choices=[(uno.value, nome) for uno, nome in MODI.items()]
    )
    decimali = forms.IntegerField(label=_("Quanti decimali"), min_value=0, max_value=8)
    parte_mancante = forms.ChoiceField(
        label=_("Se manca la scheda o mancano gli obiettivi individuali"),
        choices=[(uno.value, nome) for uno, nome in PARTI.items()],
    )
    mesi_minimi = forms.DecimalField(
        label=_("Mesi minimi di presenza"), localize=True, min_value=0, max_value=12
    )
    pro_rata = forms.BooleanField(label=_("Premio in proporzione ai mesi"), required=False)
    giorni_richiesta = forms.IntegerField(
        label=_("Giorni dalla firma per chiedere la conciliazione"), min_value=1, max_value=365
    )
    giorni_risposta = forms.IntegerField(
        label=_("Giorni per la risposta del valutatore"), min_value=1, max_value=365
    )
    decide = forms.ChoiceField(
        label=_("Chi decide la conciliazione"),
        choices=[(uno.value, nome) for uno, nome in DECISORI.items()],
    )
    differenziazione_da = forms.DecimalField(
        label=_("Differenziazione: da quanti punti"), localize=True, required=False,
        min_value=0, max_value=100, help_text=_("Si mostra negli aggregati: i punteggi restano."),
    )  # fmt: skip
    differenziazione_quota = forms.DecimalField(
        label=_("Differenziazione: al massimo quale % delle persone"), localize=True,
        required=False, min_value=0, max_value=100,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        letti, errori = leggi({nome: dati.get(nome, "") for nome in COLONNE})
        for nome, errore in errori.items():
            self.add_error(nome, errore)
        if (dati.get("differenziazione_da") is None) != (
            dati.get("differenziazione_quota") is None
        ):
            self.add_error("differenziazione_quota", _("Servono i punti e la quota, o nessuno."))
        self.letti = letti
        return dati

    @property
    def parametri(self) -> dict[str, Any]:
        dati, regola = self.cleaned_data, None
        if dati["differenziazione_da"] is not None:
            regola = {"da": dati["differenziazione_da"], "quota": dati["differenziazione_quota"]}
        semplici = ("nome", "fonte", "parte_mancante", "mesi_minimi", "pro_rata",
                    "giorni_richiesta", "giorni_risposta", "decide")  # fmt: skip
        return self.letti | {
            **{nome: dati[nome] for nome in semplici},
            "arrotondamento": {"modo": dati["modo"], "decimali": dati["decimali"]},
            "differenziazione": regola,
        }

    @staticmethod
    def iniziali(parametri: dict[str, Any]) -> dict[str, Any]:
        """What the form shows of saved rules."""
        regola = parametri.get("differenziazione") or {}
        return {
            **parametri,
            **scrivi(parametri),
            **parametri.get("arrotondamento", {}),
            "mesi_minimi": Decimal(parametri.get("mesi_minimi", 0)),
            "differenziazione_da": Decimal(regola["da"]) if regola else None,
            "differenziazione_quota": Decimal(regola["quota"]) if regola else None,
        }


class NuovaEdizioneIndividualeForm(forms.Form):
    """The year, and the rules to start from: another year's, or those of the product."""

    anno = forms.IntegerField(label=_("Anno"))
    copia_da = forms.ChoiceField(label=_("Copiate da"))

    def __init__(self, *args: Any, edizioni: list[EdizioneIndividuale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copia_da"].choices = [
            *((str(una.anno), f"{una.anno}: {una.nome}") for una in edizioni),
            ("modello", _("Modello del prodotto: 70 risultati, 30 contributo")),
        ]


class AssegnaForm(forms.Form):
    """Which category everybody is in, and the sheet with those who are in another."""

    categoria_responsabili = forms.ChoiceField(label=_("Categoria dei responsabili"))
    categoria_personale = forms.ChoiceField(label=_("Categoria del personale"))
    righe = forms.CharField(
        label=_("Chi è in un’altra categoria"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "codice-lungo"}),
        help_text=_("Righe incollate da un foglio, con l’intestazione: %(colonne)s.")
        % {"colonne": ";".join(COLONNE_CATEGORIE)},
    )  # fmt: skip
    file = forms.FileField(
        label=_("Oppure il file CSV"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )  # fmt: skip

    def __init__(self, *args: Any, edizione: EdizioneIndividuale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scelte = [(una.codice, una.nome) for una in edizione.regole.categorie]
        for nome in ("categoria_responsabili", "categoria_personale"):
            self.fields[nome].choices = scelte
        if len(scelte) > 1:
            self.fields["categoria_personale"].initial = scelte[1][0]

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        try:
            dati["scelte"] = leggi_categorie(self._testo(dati))
        except ValidationError as errore:
            self.add_error("righe", errore)
        return dati

    def _testo(self, dati: dict[str, Any]) -> str:
        caricato = dati.get("file")
        if caricato is None:
            return dati.get("righe", "")
        if (caricato.size or 0) > BYTE_MASSIMI:
            raise ValidationError(_("Il file supera 1 MB."))
        try:
            return caricato.read().decode("utf-8-sig")
        except UnicodeDecodeError as errore:
            raise ValidationError(_("Il file non è un CSV: salvarlo come «CSV UTF-8».")) from errore
