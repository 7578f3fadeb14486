# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the imports: the file, and which column is which field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from piani.importazioni.abbinamento import Abbinamento, Colonna
from piani.importazioni.genere import Campo, Genere
from piani.importazioni.intestazioni import Vista, personale

ESEMPI = 3
PRIME = 25


class CaricaForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("Foglio"),
        help_text=gettext_lazy("xlsx, ods o csv, com’è: le colonne si abbinano dopo."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.tsv"}),
    )
    senza_originale = forms.BooleanField(
        label=gettext_lazy("Non tenere il file: contiene dati personali che qui non servono"),
        required=False,
        help_text=gettext_lazy("Letto il file, restano solo le colonne abbinate."),
    )


class DoveForm(forms.Form):
    """Which sheet, and where its headers are."""

    foglio = forms.ChoiceField(label=gettext_lazy("Foglio"))
    riga = forms.TypedChoiceField(label=gettext_lazy("Intestazioni alla riga"), coerce=int)
    righe = forms.TypedChoiceField(
        label=gettext_lazy("Le intestazioni occupano"),
        coerce=int,
        choices=[(1, gettext_lazy("una riga")), (2, gettext_lazy("due righe"))],
    )

    def __init__(self, *args: Any, viste: list[Vista], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nomi = [(vista.nome, vista.nome or _("(senza nome)")) for vista in viste]
        self.fields["foglio"].choices = nomi
        self.fields["foglio"].required = bool(nomi and nomi[0][0])
        alte = max(len(vista.cima) for vista in viste)
        self.fields["riga"].choices = [(n, str(n + 1)) for n in range(min(PRIME, alte))]


@dataclass(frozen=True)
class ColonnaMostrata:
    """A column of the sheet as the page shows it."""

    titolo: str
    esempi: list[str]
    personale: bool
    campo: BoundField
    fissi: list[BoundField]

    @property
    def detti(self) -> str:
        """What its header says of other fields."""
        return ", ".join(str(uno.value()) for uno in self.fissi if uno.value())


class AbbinaForm(forms.Form):
    """A choice for each column; what holds for the whole file; the name of the source."""

    riempi = forms.BooleanField(
        label=gettext_lazy("Una cella vuota, sotto una piena, ripete quella sopra"),
        required=False,
        help_text=gettext_lazy(
            "Vale per le colonne che dicono di che cosa è la riga, come il codice o il CdR."
        ),
    )
    meno_uno = forms.BooleanField(
        label=gettext_lazy("−1 vuol dire «non disponibile»"), required=False
    )
    fonte = forms.CharField(
        label=gettext_lazy("Ricorda questo abbinamento per la fonte"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "Un nome a piacere, per esempio «Estrazione mensile»: il prossimo file con le stesse "
            "colonne arriva già abbinato."
        ),
    )

    def __init__(
        self,
        *args: Any,
        genere: Genere,
        vista: Vista,
        proposto: Abbinamento,
        **kwargs: Any,
    ) -> None:
        self.genere, self.vista, self.proposto = genere, vista, proposto
        self.titoli = vista.titoli(proposto.riga, proposto.righe)
        super().__init__(*args, initial=self._iniziali() | kwargs.pop("initial", {}), **kwargs)
        scelte = [("", _("Non importare"))] + [(uno.chiave, uno.nome) for uno in genere.campi]
        for posto in self._posti():
            self.fields[f"campo_{posto}"] = forms.ChoiceField(
                choices=scelte, required=False, label=self.titoli[posto] or self._lettera(posto)
            )
            for uno in self._fissabili():
                self.fields[f"fisso_{posto}_{uno.chiave}"] = forms.CharField(
                    required=False, max_length=200, label=uno.nome
                )
        for uno in self._costanti():
            self.fields[f"costante_{uno.chiave}"] = forms.CharField(
                required=False, max_length=200, label=uno.nome
            )
        if not any(uno.unito for uno in genere.campi):
            del self.fields["riempi"]
        if not any(uno.sentinella for uno in genere.campi):
            del self.fields["meno_uno"]

    def _posti(self) -> list[int]:
        """The columns with a header, or with something under it."""
        sotto = self.vista.cima[self.proposto.riga + self.proposto.righe :]
        return [
            posto
            for posto, titolo in enumerate(self.titoli)
            if titolo or any(posto < len(riga) and riga[posto] for riga in sotto)
        ]

    def _fissabili(self) -> list[Campo]:
        """The fields that a header may say of its column."""
        return [
            uno
            for uno in self.genere.campi
            if uno.nell_intestazione is not None or uno.chiave in self.genere.nelle_intestazioni
        ]

    def _costanti(self) -> list[Campo]:
        return [uno for uno in self.genere.campi if uno.costante]

    def _iniziali(self) -> dict[str, Any]:
        iniziali: dict[str, Any] = {
            "riempi": self.proposto.riempi,
            "meno_uno": self.proposto.meno_uno,
        }
        for una in self.proposto.colonne:
            iniziali[f"campo_{una.posto}"] = una.campo
            for nome, valore in una.fissi.items():
                iniziali[f"fisso_{una.posto}_{nome}"] = valore
        for nome, valore in self.proposto.costanti.items():
            iniziali[f"costante_{nome}"] = valore
        return iniziali

    @staticmethod
    def _lettera(posto: int) -> str:
        """«A», «B»… «AA»: as the spreadsheet calls it."""
        nome = ""
        posto += 1
        while posto:
            posto, resto = divmod(posto - 1, 26)
            nome = chr(65 + resto) + nome
        return _("colonna %(lettera)s") % {"lettera": nome}

    def colonne(self) -> Iterator[ColonnaMostrata]:
        """What the page shows of each column."""
        sotto = self.vista.cima[self.proposto.riga + self.proposto.righe :]
        campi = {uno.chiave: uno for uno in self.genere.campi}
        proposti = {una.posto: una.campo for una in self.proposto.colonne}
        for posto in self._posti():
            pieni = [riga[posto] for riga in sotto if posto < len(riga) and riga[posto]]
            yield ColonnaMostrata(
                titolo=self.titoli[posto] or self._lettera(posto),
                esempi=pieni[:ESEMPI],
                personale=personale(self.titoli[posto], campi.get(proposti.get(posto, ""))),
                campo=self[f"campo_{posto}"],
                fissi=[self[f"fisso_{posto}_{uno.chiave}"] for uno in self._fissabili()],
            )

    def costanti(self) -> list[BoundField]:
        """What may be said once for the whole file."""
        return [self[f"costante_{uno.chiave}"] for uno in self._costanti()]

    def altri(self) -> list[BoundField]:
        """The remaining questions."""
        return [self[nome] for nome in ("riempi", "meno_uno", "fonte") if nome in self.fields]

    def abbinamento(self) -> Abbinamento:
        """The mapping chosen; ``is_valid`` must have said yes."""
        dati: Mapping[str, Any] = self.cleaned_data
        colonne = [
            Colonna(
                posto,
                dati[f"campo_{posto}"],
                {
                    uno.chiave: scritto
                    for uno in self._fissabili()
                    if (scritto := dati[f"fisso_{posto}_{uno.chiave}"].strip())
                },
            )
            for posto in self._posti()
            if dati[f"campo_{posto}"]
        ]
        return Abbinamento(
            self.proposto.foglio,
            self.proposto.riga,
            self.proposto.righe,
            tuple(colonne),
            costanti={
                uno.chiave: scritto
                for uno in self._costanti()
                if (scritto := dati[f"costante_{uno.chiave}"].strip())
            },
            riempi=dati.get("riempi", False),
            meno_uno=dati.get("meno_uno", False),
        )
