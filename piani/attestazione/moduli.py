# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the grid: they check shape, the action decides."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.attestazione.documento import nome_di
from piani.attestazione.proposte import Proposta, proposte
from piani.forms import campo_giorno, righe
from piani.models import Azienda, PunteggioObbligo, RilevazioneObblighi, Utente
from piani.rules import incarichi_nucleo

NA = "na"
SI_O_NO = [("", _("Da dire")), ("si", _("Sì")), ("no", _("No"))]
DETTI = {"si": True, "no": False}
CRITERI = PunteggioObbligo.MASSIMI


class NuovaForm(forms.Form):
    """A grid to open."""

    azienda = forms.ModelChoiceField(
        label=_("Azienda"), queryset=Azienda.objects.none(), to_field_name="codice"
    )
    anno = forms.IntegerField(label=_("Anno"), min_value=2013, max_value=2100)
    riferimento = campo_giorno(
        _("Data di riferimento"),
        help_text=_("Il giorno che l'A.N.AC. indica per la rilevazione dell'anno."),
    )
    organismo = forms.CharField(
        label=_("Organismo che attesta"), max_length=150, initial=_("Nucleo di valutazione")
    )

    def __init__(self, *args: Any, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mie = {uno.azienda_id for uno in incarichi_nucleo(utente)}
        self.fields["azienda"].queryset = Azienda.objects.filter(pk__in=mie)
        self.fields["anno"].initial = timezone.localdate().year
        if len(mie) == 1:
            self.fields["azienda"].initial = Azienda.objects.get(pk=next(iter(mie)))


class SchedaForm(forms.ModelForm):
    """The sheet of synthesis and what is attested; each statement may still be to be made."""

    visto = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = RilevazioneObblighi
        fields = RilevazioneObblighi.SCHEDA
        widgets = {"estensione": righe(3), "modalita": righe(4), "criticita": righe(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visto"].initial = self.instance.modifiche
        for nome in ("inizio", "fine"):
            self.fields[nome] = campo_giorno(self.fields[nome].label, required=False)
        for nome in RilevazioneObblighi.ATTESTA:
            campo = RilevazioneObblighi._meta.get_field(nome)
            self.fields[nome] = forms.ChoiceField(
                label=campo.verbose_name,
                choices=SI_O_NO,
                required=False,  # type: ignore[union-attr]
            )
            detto = getattr(self.instance, nome)
            self.fields[nome].initial = "" if detto is None else "si" if detto else "no"

    def _post_clean(self) -> None:
        """The row stays as it is: the action writes, on the row as it is then."""

    @property
    def valori(self) -> dict[str, Any]:
        """What the form says, as the action wants it."""
        detti = dict(self.cleaned_data)
        detti |= {nome: DETTI.get(detti[nome]) for nome in RilevazioneObblighi.ATTESTA}
        return detti


class PunteggioForm(forms.Form):
    """The scores of an obligation; each may be left to be said later."""

    nota = forms.CharField(label=_("Nota"), required=False, max_length=1000, widget=righe(2))

    def __init__(
        self, *args: Any, riga: PunteggioObbligo, proposta: Proposta, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.riga, self.proposta = riga, proposta
        for nome, massimo in CRITERI.items():
            scelte = [("", "–"), *((str(n), str(n)) for n in range(massimo + 1))]
            if nome == "uffici":
                scelte.append((NA, "n/a"))
            self.fields[nome] = forms.ChoiceField(
                label=nome_di(nome), choices=scelte, required=False
            )
            detto = getattr(riga, nome)
            self.fields[nome].initial = "" if detto is None else str(detto)
            if nome in proposta.punteggi:
                self.fields[nome].help_text = _("Il registro suggerisce %(n)s") % {
                    "n": proposta.punteggi[nome]
                }
        if riga.senza_uffici:
            self.fields["uffici"].initial = NA
        self.fields["nota"].initial = riga.nota

    @property
    def criteri(self) -> list[forms.BoundField]:
        """The fields of the scores, in the order of the grid."""
        return [self[nome] for nome in CRITERI]

    @property
    def valori(self) -> dict[str, Any]:
        """What the form says, as the action wants it."""
        detti = self.cleaned_data
        punti = {nome: int(detti[nome]) if detti[nome].isdigit() else None for nome in CRITERI}
        return {**punti, "senza_uffici": detti["uffici"] == NA, "nota": detti["nota"]}


class GrigliaForm:
    """The forms of all the rows of a grid, sent together."""

    def __init__(self, dati: QueryDict | None, rilevazione: RilevazioneObblighi) -> None:
        dette = proposte(rilevazione)
        self.righe = [
            PunteggioForm(
                dati, riga=una, proposta=dette.get(una.obbligo.codice, Proposta()),
                prefix=str(una.pk),
            )
            for una in rilevazione.punteggi.select_related("obbligo")
        ]  # fmt: skip
        self.visto = VistoForm(dati, initial={"visto": rilevazione.modifiche})
        self.errori: list[str] = []

    def is_valid(self) -> bool:
        tutte = [una.is_valid() for una in (*self.righe, self.visto)]
        return all(tutte)

    @property
    def valori(self) -> Mapping[int, Mapping[str, Any]]:
        return {una.riga.pk: una.valori for una in self.righe}

    def accetta(self, errore: ValidationError) -> None:
        """The errors of the action beside their fields, the others above the table."""
        if not hasattr(errore, "error_dict"):
            self.errori += errore.messages
            return
        per_prefisso = {una.prefix: una for una in self.righe}
        for chiave, errori in errore.error_dict.items():
            prefisso, _trattino, campo = chiave.partition("-")
            una = per_prefisso.get(prefisso)
            if una is not None and campo in una.fields:
                una.add_error(campo, errori)
            else:
                self.errori += [frase for uno in errori for frase in uno.messages]


class VistoForm(forms.Form):
    """How many times the grid had been written when the page was opened."""

    visto = forms.IntegerField(widget=forms.HiddenInput)


class CorreggiForm(forms.Form):
    """Why a closed grid is corrected."""

    motivo = forms.CharField(label=_("Che cosa si corregge, e perché"), widget=righe(3))
