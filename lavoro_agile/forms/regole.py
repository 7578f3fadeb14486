# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of a draft, section by section: fields with their article, rows where they are a list.

A field ``giorni_mese__valore`` is the part ``valore`` of the rule ``giorni_mese``. What a section
writes is checked together with all the other rules, and each problem stands beside its field.
"""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lavoro_agile.calcolo.controlli import MOLTI, campo_e_frase
from lavoro_agile.calcolo.edizione import ParametriNonValidi
from lavoro_agile.calcolo.edizione_dati import da_dati
from lavoro_agile.forms.regole_righe import ELENCHI, campo_fonte
from lavoro_agile.models.accordo import Prevalenza
from lavoro_agile.regole import Dati, impronta, mostra
from obiettivi.calcolo.lettore import semplice

POSTO = re.compile(r"(?P<elenco>\w+)(?:\[(?P<posto>\d+)\])?(?:\.(?P<parte>\w+))?")
Parola = str | Promise


class RegoleForm(forms.Form):
    """A section of the rules. ``accanto`` are other rules, shown beside."""

    TITOLO: ClassVar[Parola] = ""
    TESTO: ClassVar[Parola] = ""
    ELENCO: ClassVar[str] = ""

    visto = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, parametri: Dati, accanto: Dati) -> None:
        self.parametri, self.accanto = parametri, accanto
        super().__init__(data)
        for nome in self.nomi:
            self.fields[nome].initial = _parte(parametri, nome)
        self.righe = None
        if self.ELENCO:
            scritte = None if data is not None else parametri[self.ELENCO]
            self.righe = ELENCHI[self.ELENCO](data, prefix=self.ELENCO, initial=scritte)
        self.fields["visto"].initial = impronta({r: parametri[r] for r in self.regole})
        self.parti: Dati = {}

    @property
    def nomi(self) -> list[str]:
        """The fields that are parts of rules."""
        return [nome for nome in self.fields if nome != "visto"]

    @property
    def regole(self) -> list[str]:
        """The rules that the section writes."""
        nomi = [nome.partition("__")[0] for nome in self.nomi]
        return list(dict.fromkeys([*nomi, *([self.ELENCO] if self.ELENCO else [])]))

    @property
    def campi(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with what the other rules say of it."""
        return [(self[nome], mostra(_parte(self.accanto, nome))) for nome in self.nomi]

    @property
    def righe_accanto(self) -> tuple[list[Parola], list[list[str]]]:
        """The list of the other rules as a table: names of the columns, rows."""
        if not self.ELENCO:
            return [], []
        colonne = {
            nome: campo.label
            for nome, campo in ELENCHI[self.ELENCO].form.base_fields.items()
            if not campo.widget.is_hidden
        }
        righe = [[mostra(riga[nome]) for nome in colonne] for riga in self.accanto[self.ELENCO]]
        return list(colonne.values()), righe

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        righe_valide = self.righe is None or self.righe.is_valid()
        if righe_valide and not self.errors:
            self.parti = self._parti(dati)
            try:
                da_dati(self.parametri | self.parti)
            except ParametriNonValidi as errore:
                for problema in errore.problemi:
                    self._accanto(problema)
        if self.righe is not None and not self.righe.is_valid():
            self.add_error(None, _("Correggi le righe segnate qui sotto."))
        return dati

    def _parti(self, dati: dict[str, Any]) -> Dati:
        parti: Dati = {}
        for nome in self.nomi:
            regola, _sotto, parte = nome.partition("__")
            if parte:
                parti.setdefault(regola, dict(self.parametri[regola]))[parte] = semplice(dati[nome])
            else:
                parti[regola] = semplice(dati[nome])
        if self.righe is not None:
            parti[self.ELENCO] = [
                {nome: semplice(valore) for nome, valore in riga.items()}
                for riga in self._ordinate(self.righe.scritte)
            ]
        return parti

    def _ordinate(self, righe: list[Any]) -> list[Any]:
        ordine = ELENCHI[self.ELENCO].form.ORDINE
        return sorted(righe, key=lambda riga: riga[ordine]) if ordine else righe

    def _accanto(self, problema: str) -> None:
        """A problem of the rules beside the field, or in the row, that it names."""
        dove, frase = campo_e_frase(problema)
        trovato = POSTO.fullmatch(dove)
        if self.righe is not None and trovato and trovato["elenco"] == self.ELENCO:
            self._nella_riga(int(trovato["posto"] or 0), trovato["parte"], frase)
            return
        nome = dove.replace(".", "__")
        self.add_error(nome if nome in self.fields else None, frase)

    def _nella_riga(self, posto: int, parte: str | None, frase: str) -> None:
        if self.righe is None or not posto:
            self.add_error(None, frase)
            return
        ordine = ELENCHI[self.ELENCO].form.ORDINE
        tenute = self.righe.tenute
        if ordine:
            tenute = sorted(tenute, key=lambda form: form.cleaned_data[ordine])
        riga = tenute[posto - 1]
        riga.add_error(parte if parte in riga.fields else None, frase)


def _parte(parametri: Dati, nome: str) -> Any:
    regola, _sotto, parte = nome.partition("__")
    return parametri[regola][parte] if parte else parametri[regola]


def _limite(etichetta: Any, aiuto: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=etichetta, help_text=aiuto, required=False, min_value=0, max_value=MOLTI
    )


def _giorni(etichetta: Any, aiuto: Any) -> forms.IntegerField:
    return forms.IntegerField(label=etichetta, help_text=aiuto, min_value=0, max_value=MOLTI)


class GiorniForm(RegoleForm):
    """How many days, for how long, over which time the presence prevails."""

    TITOLO = _("Giorni e durata")
    TESTO = _("Domande e accordi restano in questi limiti; una tutela può derogarvi.")

    giorni_mese__valore = _limite(
        _("Giorni al mese, al massimo"), _("Da 1 a 31. Vuoto: nessun limite al mese.")
    )
    giorni_mese__fonte = campo_fonte(_("Articolo, per i giorni al mese"))
    giorni_settimana__valore = _limite(
        _("Giorni alla settimana, al massimo"), _("Da 1 a 7. Vuoto: nessun limite alla settimana.")
    )
    giorni_settimana__fonte = campo_fonte(_("Articolo, per i giorni alla settimana"))
    durata_mesi__valore = _limite(
        _("Durata di un accordo, in mesi"),
        _("Vuoto: l'accordo può essere a tempo indeterminato (art. 19 c. 2 L. 81/2017)."),
    )
    durata_mesi__fonte = campo_fonte(_("Articolo, per la durata"))
    prevalenza__periodo = forms.ChoiceField(
        label=_("La presenza prevale"), choices=Prevalenza.choices,
        help_text=_("Per ciascuno prevale il lavoro in presenza (art. 1 c. 3 lett. b) DM 8 ottobre "
                    "2021); la circolare del 5 gennaio 2022 ammette di contarlo su più mesi."),
    )  # fmt: skip
    prevalenza__mesi = _giorni(_("In quanti mesi"), _("1, oppure da 2 a 12 se è in più mesi."))
    prevalenza__fonte = campo_fonte(_("Articolo, per la prevalenza"))


class ChiForm(RegoleForm):
    """Which areas may ask; whether the refusal may be taken to the Direzione."""

    TITOLO = _("Chi può chiedere")
    TESTO = _("Un'area che non c'è non può presentare domande.")
    ELENCO = "aree"

    seconda_istanza__valore = forms.BooleanField(
        label=_("Chi ha un parere contrario può rivolgersi alla Direzione"), required=False
    )
    seconda_istanza__fonte = campo_fonte(_("Articolo, per la seconda istanza"))


class MotiviForm(RegoleForm):
    """The reasons a request may give, in order of precedence."""

    TITOLO = _("Motivi e priorità")
    TESTO = _("Chi chiede sceglie fra questi. Li leggono soltanto la persona e le risorse umane. "
              "La legge vuole comunque la precedenza per chi ha figli fino a dodici anni o "
              "disabili, per chi è disabile e per chi assiste un familiare "
              "(art. 18 c. 3-bis L. 81/2017).")  # fmt: skip
    ELENCO = "motivi"


class DinieghiForm(RegoleForm):
    """The reasons to refuse, by which the refusals are counted."""

    TITOLO = _("Motivi di diniego")
    TESTO = _("Chi dà un parere contrario ne sceglie uno, e scrive perché.")
    ELENCO = "dinieghi"


class TrancheForm(RegoleForm):
    """How many requests are admitted by a day."""

    TITOLO = _("Tranche")
    TESTO = _("Ogni nuovo bando comincia con queste; poi le sue si cambiano. Nessuna riga: si "
              "ammette senza tranche.")  # fmt: skip
    ELENCO = "tranche"


class TerminiForm(RegoleForm):
    """Days: for the opinion, to ask again, to renew, to withdraw."""

    TITOLO = _("Termini e recesso")
    TESTO = _("Sono giorni di calendario.")

    termini__parere = _limite(
        _("Per il parere di chi dirige"), _("Dalla presentazione. Vuoto: nessun termine.")
    )
    termini__seconda_istanza = _limite(
        _("Per rivolgersi alla Direzione"), _("Dal parere contrario. Vuoto: nessun termine.")
    )
    termini__avviso_scadenza = _giorni(
        _("Avviso prima della fine di un accordo"), _("Da allora è fra le cose da fare.")
    )
    termini__recesso = _giorni(
        _("Preavviso del recesso"), _("Almeno 30 giorni (art. 19 c. 2 L. 81/2017).")
    )
    termini__recesso_disabili = _giorni(
        _("Preavviso dell'azienda a chi è disabile"),
        _("Almeno 90 giorni (art. 19 c. 2 L. 81/2017)."),
    )
    termini__recesso_a_termine = forms.BooleanField(
        label=_("Con il preavviso si recede anche da un accordo a termine"), required=False,
        help_text=_("Per legge, prima del termine si recede solo per giustificato motivo (art. 19 "
                    "c. 2 L. 81/2017): segna se il contratto collettivo o il regolamento "
                    "ammettono anche il preavviso."),
    )  # fmt: skip
    termini__fonte = campo_fonte(_("Articolo, per i termini"))


class RiservatezzaForm(RegoleForm):
    """For how long reasons and names are kept; under how many people a figure is silent."""

    TITOLO = _("Conservazione e riservatezza")
    TESTO = _("Il programma cancella ogni notte ciò che è scaduto (art. 5 par. 1 lett. e) "
              "Reg. UE 2016/679).")  # fmt: skip

    conservazione__motivi = _giorni(
        _("Mesi per cui si conservano motivi e tutele"),
        _("Dalla chiusura del bando, o dalla fine dell'accordo. Da 1 a 120."),
    )
    conservazione__nomi = _giorni(
        _("Mesi per cui si conservano i nomi"), _("Poi diventano un codice. Da 1 a 120.")
    )
    conservazione__fonte = campo_fonte(_("Articolo, per la conservazione"))
    cella_minima = _giorni(
        _("Il gruppo più piccolo che si mostra"),
        _("Nelle tabelle un gruppo di meno persone è taciuto. Almeno 3; vale comunque il minimo "
          "dell'installazione, se è più alto."),
    )  # fmt: skip


SEZIONI: dict[str, type[RegoleForm]] = {
    "giorni": GiorniForm,
    "chi": ChiForm,
    "motivi": MotiviForm,
    "dinieghi": DinieghiForm,
    "tranche": TrancheForm,
    "termini": TerminiForm,
    "riservatezza": RiservatezzaForm,
}
