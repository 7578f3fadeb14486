# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal as its capofila writes it, section by section."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.proposta import LUNGO, Apporto
from conciliazione.calcolo.edizione import Parametri
from conciliazione.conti import Costi
from conciliazione.forms.campi import CampoEuro, campo_quanti
from conciliazione.models import AzioneProposta, CostoAzione, Ente, VersioneProposta
from conciliazione.models.versione import Forma
from obiettivi.schede.prove import AMMESSI, TIPI
from piani.forms import campo_giorno, righe


def _testo(etichetta: Any, quante: int = 5, **altro: Any) -> forms.CharField:
    return forms.CharField(
        label=etichetta, required=False, max_length=LUNGO, widget=righe(quante), **altro
    )


class NuovaPropostaForm(forms.Form):
    """Which body leads, and how the proposal is called."""

    ente = forms.ModelChoiceField(label=_("Ente capofila"), queryset=Ente.objects.none())
    titolo = forms.CharField(label=_("Titolo"), max_length=200)

    def __init__(self, *args: Any, enti: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ente"].queryset = enti
        if len(enti) == 1:
            self.fields["ente"].initial = enti[0]


class ConVisto(forms.Form):
    """A section with the save that the person had before the eyes."""

    visto = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def valori(self) -> dict[str, Any]:
        return {nome: valore for nome, valore in self.cleaned_data.items() if nome != "visto"}


class ContenutoForm(ConVisto):
    """Title, purposes, needs, description, dates."""

    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    finalita = forms.MultipleChoiceField(
        label=_("Finalità"), required=False, widget=forms.CheckboxSelectMultiple
    )
    bisogni = _testo(_("Bisogni a cui risponde"))
    descrizione = _testo(_("Descrizione"), 8)
    risultati = _testo(_("Risultati attesi"))
    continuita = _testo(_("Esiti dell'edizione precedente, se è in continuità"), 3)
    territorio = forms.CharField(label=_("Territorio"), required=False, max_length=300)
    dal = campo_giorno(_("Comincia il"), required=False)
    al = campo_giorno(_("Finisce il"), required=False)
    aperta = forms.BooleanField(label=_("L'Alleanza è aperta a nuovi partner"), required=False)
    modalita_adesione = _testo(_("Come si aggiungono altri partner"), 2)

    def __init__(self, *args: Any, regole: Parametri, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finalita"].choices = [(una.codice, una.nome) for una in regole.finalita]

    @staticmethod
    def iniziali(versione: VersioneProposta) -> dict[str, Any]:
        campi = (
            "titolo", "finalita", "bisogni", "descrizione", "risultati", "continuita",
            "territorio", "dal", "al",
        )  # fmt: skip
        proposta = versione.proposta
        return {campo: getattr(versione, campo) for campo in campi} | {
            "visto": versione.modifiche,
            "aperta": proposta.aperta,
            "modalita_adesione": proposta.modalita_adesione,
        }


class AzioneForm(ConVisto):
    """An action: what it is in the catalogue, for whom, what it costs heading by heading."""

    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    intervento = forms.ChoiceField(label=_("Intervento del catalogo"), required=False)
    descrizione = _testo(_("Descrizione"), 4)
    persone = campo_quanti(_("Persone previste"))
    imprese = campo_quanti(_("Imprese ed enti previsti"))
    dal = campo_giorno(_("Dal"), required=False)
    al = campo_giorno(_("Al"), required=False)

    def __init__(self, *args: Any, regole: Parametri, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intervento"].choices = [("", _("Da scegliere")), *_catalogo(regole)]
        self.regole = regole
        for una in regole.categorie_costo:
            self.fields[f"costo_{una.codice}"] = CampoEuro(label=una.nome)

    @property
    def campi_costo(self) -> list[forms.BoundField]:
        return [self[f"costo_{una.codice}"] for una in self.regole.categorie_costo]

    @property
    def valori(self) -> dict[str, Any]:
        return {nome: valore for nome, valore in super().valori.items() if nome[:6] != "costo_"} | {
            "costi": {
                una.codice: self.cleaned_data[f"costo_{una.codice}"]
                for una in self.regole.categorie_costo
            }
        }

    @staticmethod
    def iniziali(azione: AzioneProposta) -> dict[str, Any]:
        campi = ("titolo", "intervento", "descrizione", "persone", "imprese", "dal", "al")
        costi = CostoAzione.objects.filter(azione=azione)
        return {campo: getattr(azione, campo) for campo in campi} | {
            f"costo_{uno.categoria}": uno.importo for uno in costi
        }


def _catalogo(regole: Parametri) -> list[tuple[Any, Any]]:
    """A category with interventions is a group of them; one without is chosen itself."""
    scelte: list[tuple[Any, Any]] = []
    for una in regole.catalogo:
        nome = f"{una.codice}) {una.nome}"
        if una.interventi:
            scelte.append((nome, [(v.codice, f"{v.codice}) {v.nome}") for v in una.interventi]))
        else:
            scelte.append((una.codice, nome))
    return scelte


class RisorseForm(ConVisto):
    """What is asked, the declared cost, what each body of the Alleanza puts in."""

    contributo = CampoEuro(label=_("Contributo richiesto, in euro"))
    costo_dichiarato = CampoEuro(
        label=_("Costo complessivo dichiarato, in euro"),
        help_text=_("Deve essere la somma dei costi delle azioni."),
    )

    def __init__(self, *args: Any, enti: list[Ente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enti = enti
        for ente in enti:
            for forma in Forma:
                self.fields[f"apporto_{ente.pk}_{forma.value}"] = CampoEuro(
                    label=_("%(ente)s: %(forma)s") % {"ente": ente, "forma": forma.label}
                )

    @property
    def righe_apporto(self) -> list[dict[str, Any]]:
        """For each body its fields, one for each form."""
        return [
            {"ente": ente, "campi": [self[f"apporto_{ente.pk}_{uno.value}"] for uno in Forma]}
            for ente in self.enti
        ]

    @property
    def valori(self) -> dict[str, Any]:
        dati = self.cleaned_data
        apporti = [
            Apporto(ente, forma.value, importo)
            for ente in self.enti
            for forma in Forma
            if (importo := dati[f"apporto_{ente.pk}_{forma.value}"])
        ]
        return {
            "contributo": dati["contributo"],
            "costo_dichiarato": dati["costo_dichiarato"],
            "apporti": apporti,
        }

    @staticmethod
    def iniziali(versione: VersioneProposta, costi: Costi) -> dict[str, Any]:
        """The declared cost is proposed as the sum of the rows, while it is not written."""
        dati: dict[str, Any] = {
            "visto": versione.modifiche,
            "contributo": versione.contributo,
            "costo_dichiarato": versione.costo_dichiarato,
        }
        if versione.costo_dichiarato is None:
            dati["costo_dichiarato"] = costi.righe
        for uno in versione.cofinanziamenti.all():
            dati[f"apporto_{uno.ente_id}_{uno.forma}"] = uno.importo
        return dati


class InvitaForm(forms.Form):
    """A body of the network to ask into the Alleanza."""

    ente = forms.ModelChoiceField(label=_("Ente da invitare"), queryset=Ente.objects.none())
    ruolo = forms.CharField(label=_("Ruolo nell'Alleanza"), required=False, max_length=200)
    apporto = _testo(_("Che cosa porta"), 3)

    def __init__(self, *args: Any, enti: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ente"].queryset = enti


class AllegaForm(forms.Form):
    """A paper of the proposal."""

    file = forms.FileField(
        label=_("Documento da allegare"),
        help_text=_("Si accettano: %(ammessi)s.") % {"ammessi": AMMESSI},
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{tipo}" for tipo in TIPI)}),
    )
