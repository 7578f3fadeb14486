# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about people: they check shape, the action decides."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.azioni import Dove
from piani.models import Azienda, Incarico, PreferenzeAvvisi, Ruolo, UnitaOrganizzativa, Utente

ANNI = {"min_value": 2009, "max_value": 2100}  # from D.Lgs. 150/2009


class Giorno(forms.DateField):
    """A day, from the browser's calendar or as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "input_formats": ["%Y-%m-%d", "%d/%m/%Y"],
                "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            }
            | kwargs
        )


class ConErrori(forms.Form):
    """A form that shows, each at its field, what an action refused."""

    NOMI = {"first_name": "nome", "last_name": "cognome"}

    def riporta(self, errore: ValidationError) -> None:
        if not hasattr(errore, "error_dict"):
            self.add_error(None, errore)
            return
        for campo, frasi in errore.error_dict.items():
            nome = self.NOMI.get(campo, campo)
            self.add_error(nome if nome in self.fields else None, frasi)


def scelte_unita(azienda: Azienda) -> list[tuple[str, str]]:
    """The units of the chart in force today, drawn as a tree."""
    unita = UnitaOrganizzativa.objects.alla_data(azienda, timezone.localdate())
    return [("", _("Tutta l’azienda"))] + [
        (str(una.pk), "\u2003" * una.tree_depth + una.nome) for una in unita
    ]


class DoveForm(ConErrori):
    """When and where an incarico holds."""

    unita = forms.ChoiceField(label=_("Unità organizzativa"), required=False)
    dal = Giorno(label=_("Dal"), initial=timezone.localdate)
    al = Giorno(label=_("Al"), required=False, help_text=_("Vuoto: finché non lo chiudi."))
    anno_da = forms.IntegerField(label=_("Dall’anno"), required=False, **ANNI)
    anno_a = forms.IntegerField(
        label=_("All’anno"),
        required=False,
        help_text=_("Solo per il Nucleo: gli anni che gli sono affidati."),
        **ANNI,
    )

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.azienda = azienda
        self.fields["unita"].choices = scelte_unita(azienda)

    @property
    def dove(self) -> Dove:
        dati = self.cleaned_data
        unita = UnitaOrganizzativa.objects.select_related("organigramma").filter(
            pk=dati["unita"] or None
        )
        return Dove(
            dal=dati["dal"],
            al=dati["al"],
            unita=unita.first(),
            anno_da=dati["anno_da"],
            anno_a=dati["anno_a"],
        )


class IncaricoForm(DoveForm):
    """A new incarico of a person."""

    ruolo = forms.ChoiceField(
        label=_("Incarico"), choices=[("", _("Scegli l’incarico")), *Ruolo.choices]
    )
    field_order = ["ruolo", "unita", "dal", "al", "anno_da", "anno_a"]


class CambiaIncaricoForm(DoveForm):
    """An incarico as it is, to be changed. The unit it had stays a choice, whatever its chart."""

    visto = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, incarico: Incarico, **kwargs: Any) -> None:
        iniziali = {nome: getattr(incarico, nome) for nome in ("dal", "al", "anno_da", "anno_a")}
        iniziali |= {"unita": incarico.unita_id or "", "visto": incarico.impronta}
        super().__init__(*args, azienda=incarico.azienda, initial=iniziali, **kwargs)
        sua, scelte = incarico.unita, self.fields["unita"].choices
        if sua is not None and str(sua.pk) not in dict(scelte):
            self.fields["unita"].choices = [*scelte, (str(sua.pk), f"{sua} ({sua.organigramma})")]
        if incarico.ruolo != Ruolo.NUCLEO:
            del self.fields["anno_da"], self.fields["anno_a"]

    def clean(self) -> dict[str, Any]:
        return {"anno_da": None, "anno_a": None} | (super().clean() or {})


class ChiudiIncaricoForm(ConErrori):
    al = Giorno(label=_("Ultimo giorno"), initial=timezone.localdate)


class PersonaForm(ConErrori):
    """Name and address of a person."""

    nome = forms.CharField(label=_("Nome"), max_length=150)
    cognome = forms.CharField(label=_("Cognome"), max_length=150)
    email = forms.EmailField(label=_("Posta elettronica"))


class NuovaPersonaForm(PersonaForm, IncaricoForm):
    """A new person with a first incarico; or one who is here already, for another azienda."""

    username = forms.CharField(
        label=_("Nome utente"),
        max_length=150,
        required=False,
        help_text=_("Vuoto: nome.cognome."),
    )
    registrata = forms.BooleanField(
        label=_("È già in Albero per un’altra azienda: aggiungi soltanto l’incarico"),
        required=False,
    )
    spedisci = forms.BooleanField(
        label=_("Manda l’invito a scegliere la password"),
        required=False,
        initial=True,
        help_text=_("Non serve a chi entra con le credenziali dell’ente."),
    )
    field_order = [
        "nome", "cognome", "email", "username", "ruolo", "unita", "dal", "al", "anno_da", "anno_a",
        "registrata", "spedisci",
    ]  # fmt: skip


class DelegaForm(ConErrori):
    """Who will act in one's place, when and why."""

    delegato = forms.ModelChoiceField(Utente.objects.none(), label=_("A chi"))
    dal = Giorno(label=_("Dal"), initial=timezone.localdate)
    al = Giorno(label=_("Al"))
    motivo = forms.CharField(
        label=_("Motivo"), max_length=300, help_text=_("Per esempio: congedo. Resta nel registro.")
    )

    def __init__(self, *args: Any, incarico: Incarico, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleghi = Utente.objects.di(incarico.azienda).filter(is_active=True)
        self.fields["delegato"].queryset = colleghi.exclude(pk=incarico.utente_id)


class AvvisiForm(ConErrori):
    """What a person wants to receive by e-mail."""

    promemoria = forms.BooleanField(
        label=_("Promemoria prima e dopo ogni scadenza"), required=False
    )
    riepilogo = forms.ChoiceField(
        label=_("Riepilogo delle cose da fare"), choices=PreferenzeAvvisi.Riepilogo.choices
    )


class ScegliPasswordForm(ConErrori):
    """The password of who accepts an invitation, twice."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Almeno dodici caratteri, meglio una frase; non solo cifre, non il tuo nome."),
    )
    ripetuta = forms.CharField(
        label=_("La stessa password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_ripetuta(self) -> str:
        ripetuta: str = self.cleaned_data["ripetuta"]
        if ripetuta != self.cleaned_data.get("password", ripetuta):
            raise ValidationError(_("Le due password non sono uguali."))
        return ripetuta
