# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a sheet changes in the schede, through the actions of who writes them by hand."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from obiettivi.azioni.biblioteca import crea_indicatore
from obiettivi.azioni.proposta_scheda import proponi
from obiettivi.azioni.scheda import (
    aggiungi_alla_scheda,
    modifica_nella_scheda,
    togli_dalla_scheda,
)
from obiettivi.importazioni.albero.scrittura import intera
from obiettivi.importazioni.budget.adesso import MODELLI, Schede
from obiettivi.models import AreaScheda, Indicatore, RigaScheda
from obiettivi.schede.schemi import Schema
from piani.importazioni.genere import Contesto, Differenza
from piani.models import UnitaOrganizzativa

Passo = dict[str, Any]


class Scrittura:
    """Writes the steps in order; keeps what the way back needs."""

    def __init__(self, contesto: Contesto, anno: int, schede: Schede) -> None:
        self.contesto, self.anno, self.schede = contesto, anno, schede
        self.nati: dict[str, Any] = {}
        self.fatti: list[Passo] = []
        self.indicatori = 0

    def scrivi(self, differenze: Iterable[Differenza]) -> None:
        for una in differenze:
            for passo in una.dati.get("passi", ()):
                getattr(self, f"_{passo['fai']}")(passo)
            if ref := una.dati.get("togli"):
                self._togli(ref)

    def _indicatore(self, passo: Passo) -> None:
        crea_indicatore(self.contesto.azienda, da=self.contesto.da, **passo["valori"])
        self.indicatori += 1

    def _aggiungi(self, passo: Passo) -> None:
        valori, tipo = con_decimali(passo["valori"]), passo["tipo"]
        nata = self._proponi(valori["unita_id"]) if tipo == "scheda" else self._parte(passo, valori)
        self.nati[passo["ref"]] = nata
        self.fatti.append({"fatto": "aggiunta", "tipo": tipo, "pk": nata.pk})

    def _proponi(self, unita: int) -> Any:
        """A scheda with no area: those of the sheet come after it."""
        vuoto = Schema(
            codice="foglio", nome=self.contesto.origine, fonte="", dal=self.anno, al=None, aree=()
        )
        chi = UnitaOrganizzativa.objects.filter(pk=unita)
        azienda = self.contesto.azienda
        return proponi(azienda, self.anno, chi, origine=vuoto, da=self.contesto.da)[0]

    def _parte(self, passo: Passo, valori: Passo) -> AreaScheda | RigaScheda:
        parte: AreaScheda | RigaScheda
        if passo["tipo"] == "area":
            parte = AreaScheda(scheda=self._di(passo["sopra"]), **valori)
        else:
            del valori["indicatore_id"]
            indicatore = Indicatore.objects.get(
                azienda=self.contesto.azienda, codice=passo["codice"]
            )
            parte = RigaScheda(area=self._di(passo["sopra"]), indicatore=indicatore, **valori)
        aggiungi_alla_scheda(parte, da=self.contesto.da)
        return parte

    def _cambia(self, passo: Passo) -> None:
        parte = self._di(passo["ref"])
        modifica_nella_scheda(parte, con_decimali(passo["valori"]), da=self.contesto.da)
        nodo = self.schede.nodi.get(passo["ref"])
        if nodo is not None:
            prima = {campo: nodo.valori[campo] for campo in passo["valori"]}
            lettura = {"lettura": parte.lettura} if isinstance(parte, RigaScheda) else {}
            self.fatti.append(
                {"fatto": "cambiata", "tipo": nodo.tipo, "pk": nodo.pk, "prima": prima, **lettura}
            )

    def _togli(self, ref: str) -> None:
        parte = self._di(ref)
        tipo, chiave = ref.split(":")
        self.fatti.append(
            {"fatto": "tolta", "tipo": tipo, "pk": int(chiave), "valori": intera(parte)["propri"]}
        )
        togli_dalla_scheda(parte, da=self.contesto.da)

    def _di(self, ref: str) -> Any:
        """The row of a reference: one of those just born, or one of the schede."""
        if ref in self.nati:
            return self.nati[ref]
        tipo, chiave = ref.split(":")
        trovata = MODELLI[tipo].objects.filter(pk=int(chiave)).first()
        if trovata is None:
            raise ValidationError(_("Nel frattempo una riga delle schede è stata tolta."))
        return trovata


def con_decimali(valori: Passo) -> Passo:
    """The values as they were before they were kept: weights come back as text."""
    return {
        nome: Decimal(valore) if nome == "peso" and valore is not None else valore
        for nome, valore in valori.items()
    }
