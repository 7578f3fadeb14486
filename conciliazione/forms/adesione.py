# SPDX-License-Identifier: AGPL-3.0-or-later
"""The module of Allegato 1, on the public page and in the office; and what follows it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.adesione import SENZA_INTERESSE, dal_modulo
from conciliazione.azioni.valutazione_adesione import enti_simili
from conciliazione.comitato.decisioni import sedute_che_decidono
from conciliazione.models import Adesione, Dimensione, Ente, Seduta, TipoEnte
from piani.forms import campo_giorno, righe

# Shared by all the choices that begin with nothing chosen.
NESSUNO = [("", _("Scegli"))]


def riga_breve(etichetta: Any, lungo: int = 120, **altro: Any) -> forms.CharField:
    """A line of text; ``autocomplete`` and the like go in ``attrs``."""
    attributi = altro.pop("attrs", {})
    return forms.CharField(
        label=etichetta, max_length=lungo, widget=forms.TextInput(attrs=attributi), **altro
    )


class ModuloForm(forms.Form):
    """The fields of the printed module, in its order, and two more that the composition of the
    network needs: kind and size. All are wanted but those that the module says optional.
    """

    rappresentante = riga_breve(
        _("Legale rappresentante"), help_text=_("Chi sottoscrive per l'ente.")
    )
    denominazione = riga_breve(
        _("Denominazione dell'ente"), 200, attrs={"autocomplete": "organization"}
    )
    codice_fiscale = riga_breve(
        _("Codice fiscale"), 20, help_text=_("Dell'ente: di solito 11 cifre.")
    )
    partita_iva = riga_breve(
        _("Partita IVA"), 20, required=False, help_text=_("Obbligatoria per le imprese.")
    )
    comune = riga_breve(_("Comune della sede legale"), attrs={"autocomplete": "address-level2"})
    provincia = forms.RegexField(
        r"^\s*[A-Za-z]{2}\s*$", label=_("Provincia"), help_text=_("La sigla: MI, LO, MB, …"),
        error_messages={"invalid": _("Scrivi la sigla di due lettere, per esempio MI.")},
    )  # fmt: skip
    via = riga_breve(_("Via"), 170)
    civico = riga_breve(_("Numero civico"), 20)
    email = forms.EmailField(
        label=_("Posta elettronica dell'ente"),
        help_text=_("Qui arriva il messaggio per confermare la richiesta."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telefono = riga_breve(_("Telefono dell'ente"), 30)
    sito = forms.URLField(
        label=_("Sito, se c'è"), required=False, assume_scheme="https",
        help_text=_("Per esempio www.esempio.it"),
    )  # fmt: skip
    tipo = forms.ChoiceField(label=_("Tipologia"), choices=[*NESSUNO, *TipoEnte.choices])
    dimensione = forms.ChoiceField(
        label=_("Dimensione"), required=False, help_text=_("Obbligatoria per le imprese."),
        choices=[*NESSUNO, *Dimensione.choices],
    )  # fmt: skip
    referente_nome = riga_breve(_("Nome del referente per la Rete"), 80)
    referente_cognome = riga_breve(_("Cognome del referente"), 80)
    referente_telefono = riga_breve(_("Telefono del referente"), 30)
    referente_email = forms.EmailField(label=_("Posta elettronica del referente"))
    motivazione = forms.CharField(
        label=_("Perché l'ente aderisce"), required=False, max_length=2000, widget=righe(3)
    )
    interesse = forms.BooleanField(
        label=_("L'ente manifesta il proprio interesse a far parte della Rete"),
        error_messages={"required": SENZA_INTERESSE},
    )
    regolamento_visto = forms.BooleanField(
        label=_("L'ente ha preso visione del Regolamento della Rete, lo condivide e ne rispetta "
                "gli impegni"),
        error_messages={"required": _("Per aderire si dichiara di aver letto il Regolamento.")},
    )  # fmt: skip

    GRUPPI = (
        (_("L'ente"), ("rappresentante", "denominazione", "codice_fiscale", "partita_iva", "tipo",
                       "dimensione")),
        (_("La sede legale"), ("comune", "provincia", "via", "civico")),
        (_("I recapiti"), ("email", "telefono", "sito")),
        (_("Il referente per la Rete"), ("referente_nome", "referente_cognome",
                                         "referente_telefono", "referente_email")),
        (_("La richiesta"), ("motivazione", "interesse", "regolamento_visto")),
    )  # fmt: skip

    @property
    def gruppi(self) -> list[tuple[Any, list[Any]]]:
        """The fields under the headings of the page."""
        return [(nome, [self[campo] for campo in campi]) for nome, campi in self.GRUPPI]

    @property
    def dati(self) -> dict[str, Any]:
        return dal_modulo(self.cleaned_data)


DI_ALLEGATO_1 = {
    "legale_rappresentante": "rappresentante", "denominazione": "denominazione",
    "codice_fiscale": "codice_fiscale", "partita_iva": "partita_iva", "comune": "comune",
    "provincia": "provincia", "via": "via", "numero_civico": "civico", "email": "email",
    "telefono": "telefono", "sito_web": "sito", "referente_nome": "referente_nome",
    "referente_cognome": "referente_cognome", "referente_telefono": "referente_telefono",
    "referente_email": "referente_email", "firma": "",
}  # fmt: skip
"""Where each field of the printed module is asked. The signature is the confirmation by post."""


class ModuloPubblicoForm(ModuloForm):
    """The same, for anybody: with the notice on personal data, and a trap for robots: a field that
    people neither see nor hear.
    """

    informativa = forms.BooleanField(
        label=_("Ho letto l'informativa sui dati personali qui sopra"),
        error_messages={"required": _("Prima di inviare leggi l'informativa e segna la casella.")},
    )
    fax = forms.CharField(
        label=_("Non scrivere qui"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    @property
    def da_un_robot(self) -> bool:
        return bool(self.data.get(self.add_prefix("fax")))


class ModuloUfficioForm(ModuloForm):
    """The office copies a module that came signed."""

    arrivata_il = campo_giorno(
        _("Arrivata il"), initial=timezone.localdate,
        help_text=_("Il giorno del protocollo."),
    )  # fmt: skip

    GRUPPI = ((_("Il modulo"), ("arrivata_il",)), *ModuloForm.GRUPPI)


class ConSedutaForm(forms.Form):
    """What the Comitato decided: when, in which meeting."""

    seduta = forms.ModelChoiceField(
        label=_("Seduta del Comitato"), queryset=Seduta.objects.none(), required=False,
        empty_label=_("Non registrata qui"),
    )  # fmt: skip
    valutata_il = campo_giorno(_("Valutata il"), initial=timezone.localdate)

    def __init__(self, *args: Any, adesione: Adesione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seduta"].queryset = sedute_che_decidono(adesione)


class AccogliForm(ConSedutaForm):
    """From when the body is in the network, and which body it is."""

    ente = forms.ModelChoiceField(
        label=_("Quale ente è"), queryset=Ente.objects.none(), required=False,
        empty_label=_("Un ente nuovo, con i dati della richiesta"),
    )  # fmt: skip
    dal = campo_giorno(_("Nella Rete dal"), initial=timezone.localdate)
    con_referente = forms.BooleanField(
        label=_("Nomina e invita il referente indicato nella richiesta"),
        required=False, initial=True,
    )  # fmt: skip
    motivo = forms.CharField(
        label=_("Nota per l'ente"), required=False, widget=righe(2),
        help_text=_("Va nel messaggio che riceve."),
    )  # fmt: skip

    def __init__(self, *args: Any, adesione: Adesione, **kwargs: Any) -> None:
        super().__init__(*args, adesione=adesione, **kwargs)
        simili = enti_simili(adesione)
        self.fields["ente"].queryset = Ente.objects.filter(azienda=adesione.azienda_id)
        self.fields["ente"].initial = simili.first()
        if not adesione.referente_email:
            del self.fields["con_referente"]


class RespingiForm(ConSedutaForm):
    motivo = forms.CharField(
        label=_("Perché è respinta"), widget=righe(3), help_text=_("Va nel messaggio all'ente.")
    )


class ConfermaUfficioForm(forms.Form):
    motivo = forms.CharField(
        label=_("Come l'ente ha confermato"), widget=righe(2),
        help_text=_("Per esempio: modulo firmato arrivato per posta certificata, protocollo …"),
    )  # fmt: skip


class RinunciaForm(forms.Form):
    motivo = forms.CharField(label=_("Perché l'ente rinuncia"), widget=righe(3))
    presentata_il = campo_giorno(_("Presentata il"), initial=timezone.localdate)
    decorre_dal = campo_giorno(
        _("Decorre dal"), help_text=_("Da quel giorno l'ente non fa più parte della Rete.")
    )


class PresaAttoForm(forms.Form):
    seduta = forms.ModelChoiceField(
        label=_("Seduta del Comitato"), queryset=Seduta.objects.none(), required=False,
        empty_label=_("Non registrata qui"),
    )  # fmt: skip
    presa_atto_il = campo_giorno(_("Presa d'atto del"), initial=timezone.localdate)

    def __init__(self, *args: Any, adesione: Adesione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seduta"].queryset = sedute_che_decidono(adesione)
