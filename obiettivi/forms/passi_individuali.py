# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a sheet as forms: who sees each, what it asks, which action it does.

A step has a name, in the address and in the page; ``PASSI`` lists them in the order of the page.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.individuale import contenuto
from obiettivi.azioni.individuale.contenuto import Esito, Giudizio, Proposto
from obiettivi.individuale.conto import scheda_di
from obiettivi.models import RigaScheda, ValutazioneIndividuale
from obiettivi.rules import di_persona
from piani.forms import righe
from piani.models import Utente

Stato = ValutazioneIndividuale.Stato
VALUTA = "obiettivi.valuta_persona"
PROPRIA = "obiettivi.propria_valutazione"
GESTISCE = "obiettivi.gestisce_valutazioni"
IN_PIU = 3  # empty rows below those that there are
Testo = str | Promise
Gruppo = tuple[str, str, list[BoundField]]


class PassoForm(forms.Form):
    """A step: ``aperto`` says whether a person finds it now; the action decides all the same."""

    NOME: ClassVar[str]
    TITOLO: ClassVar[Testo]
    SPIEGA: ClassVar[Testo] = ""
    INVIA: ClassVar[Testo]
    FATTO: ClassVar[Testo]
    PERMESSO: ClassVar[str]
    STATI: ClassVar[tuple[str, ...]]
    ANCHE: ClassVar[tuple[tuple[str, Testo], ...]] = ()
    """Other buttons: the name that they send, and what they say."""

    def __init__(self, *args: Any, valutazione: ValutazioneIndividuale, **kwargs: Any) -> None:
        self.valutazione = valutazione
        kwargs.setdefault("auto_id", f"{self.NOME}-%s")  # the page has several steps
        super().__init__(*args, **kwargs)

    @classmethod
    def aperto(cls, valutazione: ValutazioneIndividuale, utente: Utente) -> bool:
        return (
            valutazione.stato in cls.STATI
            and cls.adatto(valutazione)
            and di_persona(utente, cls.PERMESSO, valutazione)
        )

    @classmethod
    def adatto(cls, valutazione: ValutazioneIndividuale) -> bool:
        """What the state alone does not say."""
        return True

    @property
    def gruppi(self) -> list[Gruppo]:
        """Legend, explanation and fields, in the order of the page."""
        return [("", "", self.visible_fields())]

    def fai(self, da: Utente) -> None:
        raise NotImplementedError


class ConVersione(PassoForm):
    """A step that writes over what others may be writing."""

    versione = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versione"].initial = self.valutazione.versione


def _percento(etichetta: Testo, **altro: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=etichetta, localize=True, min_value=0, max_value=100, decimal_places=2, **altro
    )


class ObiettiviForm(ConVersione):
    NOME, PERMESSO, STATI = "obiettivi", VALUTA, (Stato.ASSEGNATA,)
    TITOLO = _("Assegna gli obiettivi individuali")
    SPIEGA = _("I pesi fanno 100. Una riga svuotata si toglie; un obiettivo può venire da una riga "
               "della scheda budget.")  # fmt: skip
    INVIA, FATTO = _("Salva gli obiettivi"), _("Obiettivi salvati: la persona li trova qui.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        presenti = list(self.valutazione.obiettivi.all())
        self.quante = min(len(presenti) + IN_PIU, contenuto.OBIETTIVI_MASSIMI)
        scheda = scheda_di(self.valutazione)
        della_scheda = RigaScheda.objects.filter(area__scheda=scheda).order_by(
            "area__ordine", "ordine"
        )
        for n in range(self.quante):
            c_e = presenti[n] if n < len(presenti) else None
            campi = {
                "testo": forms.CharField(label=_("Obiettivo"), required=False, widget=righe(2)),
                "atteso": forms.CharField(
                    label=_("Risultato atteso"), required=False, widget=righe(2)
                ),
                "peso": _percento(_("Peso %"), required=False),
                "riga": forms.ModelChoiceField(
                    della_scheda, label=_("Dalla scheda budget"), required=False,
                    empty_label=_("No, aggiunto per la persona"),
                ),
            }  # fmt: skip
            for nome, campo in campi.items():
                campo.initial = getattr(c_e, nome, None)
                self.fields[f"{nome}_{n}"] = campo

    @classmethod
    def adatto(cls, valutazione: ValutazioneIndividuale) -> bool:
        return bool(valutazione.regola_categoria.individuali)

    @property
    def gruppi(self) -> list[Gruppo]:
        return [
            (
                str(_("Obiettivo %(n)s")) % {"n": n + 1},
                "",
                [self[f"{nome}_{n}"] for nome in ("testo", "atteso", "peso", "riga")],
            )
            for n in range(self.quante)
        ]

    def fai(self, da: Utente) -> None:
        contenuto.assegna_obiettivi(
            self.valutazione,
            list(self._proposti()),
            versione=self.cleaned_data["versione"],
            da=da,
        )

    def _proposti(self) -> Iterator[Proposto]:
        dati = self.cleaned_data
        for n in range(self.quante):
            if dati[f"testo_{n}"] or dati[f"peso_{n}"]:
                yield Proposto(
                    testo=dati[f"testo_{n}"],
                    atteso=dati[f"atteso_{n}"],
                    peso=dati[f"peso_{n}"] or 0,
                    riga=dati[f"riga_{n}"],
                )


class VisioneForm(PassoForm):
    NOME, PERMESSO, STATI = "visione", PROPRIA, ValutazioneIndividuale.DA_VALUTARE
    TITOLO = _("Prendi visione")
    SPIEGA = _("Conferma di aver letto che cosa ti è assegnato e come sarai valutato.")
    INVIA, FATTO = _("Ho letto"), _("Presa visione registrata.")

    @classmethod
    def adatto(cls, valutazione: ValutazioneIndividuale) -> bool:
        return valutazione.vista_il is None

    def fai(self, da: Utente) -> None:
        contenuto.prendi_visione(self.valutazione, da=da)


class ConGiudizi(ConVersione):
    """A step of the scale for each behaviour of the category, with a note."""

    QUALE: ClassVar[tuple[str, str]]
    """The fields of ``ComportamentoValutato`` where the step and the note are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categoria = self.valutazione.regola_categoria
        scala = self.valutazione.regole.scala_di(self.categoria)
        scelte = [("", _("Non ancora")), *((uno.codice, uno.nome) for uno in scala)]
        dati = {uno.codice: uno for uno in self.valutazione.comportamenti.all()}
        for n, regola in enumerate(self.categoria.comportamenti):
            dato = dati.get(regola.codice)
            livello, nota = (getattr(dato, nome, "") for nome in self.QUALE)
            self.fields[f"livello_{n}"] = forms.ChoiceField(
                label=_("Livello"), choices=scelte, required=False, initial=livello
            )
            self.fields[f"nota_{n}"] = forms.CharField(
                label=_("Nota"), required=False, initial=nota, widget=righe(2)
            )

    @property
    def gruppi_giudizi(self) -> list[Gruppo]:
        return [
            (regola.nome, regola.descrizione, [self[f"livello_{n}"], self[f"nota_{n}"]])
            for n, regola in enumerate(self.categoria.comportamenti)
        ]

    @property
    def giudizi(self) -> dict[str, Giudizio]:
        dati = self.cleaned_data
        return {
            regola.codice: Giudizio(dati[f"livello_{n}"], dati[f"nota_{n}"])
            for n, regola in enumerate(self.categoria.comportamenti)
        }


class AutovalutaForm(ConGiudizi):
    NOME, PERMESSO = "autovaluta", PROPRIA
    STATI = (Stato.ASSEGNATA, Stato.IN_AUTOVALUTAZIONE)
    QUALE = ("livello_proprio", "nota_propria")
    TITOLO = _("La tua autovalutazione")
    SPIEGA = _("Il valutatore la legge quando la invii; non cambia mai il punteggio.")
    INVIA, FATTO = _("Salva"), _("Autovalutazione salvata.")
    ANCHE = (("invia", _("Salva e invia")),)

    nota = forms.CharField(label=_("Che cosa vuoi aggiungere"), required=False, widget=righe(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nota"].initial = self.valutazione.nota_persona

    @property
    def gruppi(self) -> list[Gruppo]:
        return [*self.gruppi_giudizi, ("", "", [self["nota"]])]

    def fai(self, da: Utente) -> None:
        contenuto.autovaluta(
            self.valutazione,
            giudizi=self.giudizi,
            nota=self.cleaned_data["nota"],
            invia="invia" in self.data,
            versione=self.cleaned_data["versione"],
            da=da,
        )


class AvviaForm(PassoForm):
    NOME, PERMESSO, STATI = "avvia", VALUTA, AutovalutaForm.STATI
    TITOLO = _("Valuta senza autovalutazione")
    SPIEGA = _("Quando il tempo per l’autovalutazione è finito e la persona non l’ha inviata.")
    INVIA, FATTO = _("Comincia la valutazione"), _("Valutazione avviata.")

    def fai(self, da: Utente) -> None:
        contenuto.avvia_senza_autovalutazione(self.valutazione, da=da)


class ValutaForm(ConGiudizi):
    NOME, PERMESSO, STATI = "valuta", VALUTA, ValutazioneIndividuale.SCRIVIBILI
    QUALE = ("livello", "nota")
    TITOLO = _("Valuta")
    SPIEGA = _("Si salva quante volte serve: la persona lo legge quando firmi. Il punteggio lo "
               "calcola il programma.")  # fmt: skip
    INVIA, FATTO = _("Salva la valutazione"), _("Valutazione salvata.")

    nota = forms.CharField(label=_("Nota sull’intera valutazione"), required=False, widget=righe(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nota"].initial = self.valutazione.nota_valutatore
        self.obiettivi = list(self.valutazione.obiettivi.all())
        for uno in self.obiettivi:
            self.fields[f"esito_{uno.pk}"] = _percento(
                _("Raggiungimento %"), required=False, initial=uno.raggiungimento
            )
            self.fields[f"perche_{uno.pk}"] = forms.CharField(
                label=_("Nota"), required=False, initial=uno.nota, widget=righe(2)
            )

    @property
    def gruppi(self) -> list[Gruppo]:
        obiettivi: list[Gruppo] = [
            (uno.testo, uno.atteso, [self[f"esito_{uno.pk}"], self[f"perche_{uno.pk}"]])
            for uno in self.obiettivi
        ]
        return [*obiettivi, *self.gruppi_giudizi, ("", "", [self["nota"]])]

    def fai(self, da: Utente) -> None:
        dati = self.cleaned_data
        contenuto.valuta_persona(
            self.valutazione,
            esiti={
                uno.pk: Esito(dati[f"esito_{uno.pk}"], dati[f"perche_{uno.pk}"])
                for uno in self.obiettivi
            },
            giudizi=self.giudizi,
            nota=dati["nota"],
            versione=dati["versione"],
            da=da,
        )
