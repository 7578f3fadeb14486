# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a sheet changes in a draft, through the actions of who writes it by hand."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from obiettivi.azioni.albero import Atteso, aggiungi_misura, modifica_misura
from obiettivi.azioni.biblioteca import crea_indicatore
from obiettivi.importazioni.albero.adesso import MODELLI, Albero, Nodo
from obiettivi.models import Indicatore, Misura
from piani import azioni
from piani.importazioni.genere import Differenza, Superate
from piani.models import Piano, Utente

Passo = dict[str, Any]


def controlla_segni(differenze: Iterable[Differenza], nodi: Mapping[str, Nodo]) -> None:
    """:raises Superate: rows that changed after the sheet was compared with it."""
    superate = {}
    for una in differenze:
        for ref, segno in una.dati.get("segni", {}).items():
            nodo = nodi.get(ref)
            if nodo is None or nodo.segno != segno:
                superate[una.posto] = _("Nel frattempo questa parte è cambiata.")
    if superate:
        raise Superate(superate)


class Scrittura:
    """Writes the steps in order; keeps what the way back needs."""

    def __init__(self, piano: Piano, albero: Albero, da: Utente | None) -> None:
        self.piano, self.albero, self.da = piano, albero, da
        self.nati: dict[str, Any] = {}
        self.fatti: list[Passo] = []
        self.indicatori: list[int] = []

    def scrivi(self, differenze: Iterable[Differenza]) -> None:
        for una in differenze:
            for passo in una.dati.get("passi", ()):
                getattr(self, f"_{passo['fai']}")(passo)
            if togli := una.dati.get("togli"):
                self._togli(self.albero.nodi[togli])

    def _indicatore(self, passo: Passo) -> None:
        uno = crea_indicatore(self.piano.azienda, da=self.da, **passo["valori"])
        self.indicatori.append(uno.pk)

    def _aggiungi(self, passo: Passo) -> None:
        valori, tipo = _con_decimali(passo["valori"]), passo["tipo"]
        sopra = self._riga(passo["sopra"]) if passo["sopra"] else None
        if tipo == "misura":
            nata: Any = self._aggiungi_misura(sopra, valori, passo)
        else:
            legami = {"piano": self.piano} if tipo == "area" else {"area": sopra}
            if passo["padre"]:
                legami["parent"] = self._riga(passo["padre"])
            nata = MODELLI[tipo](**legami, **valori)
            azioni.aggiungi(nata, da=self.da)
        self.nati[passo["ref"]] = nata
        self.fatti.append({"fatto": "aggiunta", "tipo": tipo, "pk": nata.pk})

    def _aggiungi_misura(self, sopra: Any, valori: Passo, passo: Passo) -> Misura:
        indicatore = Indicatore.objects.select_related("azienda").get(
            azienda=self.piano.azienda, codice=passo["codice"]
        )
        return aggiungi_misura(
            sopra,
            indicatore,
            attesi=_attesi(passo["attesi"]),
            base=valori["base_stampata"],
            base_anno=valori["base_anno"],
            peso=valori["peso"],
            nota=valori["nota"],
            da=self.da,
        )

    def _cambia(self, passo: Passo) -> None:
        valori, riga = _con_decimali(passo["valori"]), self._riga(passo["ref"])
        nodo = self.albero.nodi.get(passo["ref"])
        conferme = conferme_di(riga)
        if isinstance(riga, Misura):
            self._cambia_misura(riga, valori, _attesi(passo.get("attesi", {})))
        else:
            if passo.get("padre"):
                valori["parent"] = self._riga(passo["padre"])
            azioni.modifica(riga, valori, da=self.da)
        if nodo is not None:
            prima = {campo: nodo.valori[campo] for campo in passo["valori"]}
            if passo.get("padre"):
                prima["parent_id"] = nodo.valori["parent_id"]
            attesi = {anno: nodo.attesi.get(int(anno), "") for anno in passo.get("attesi", {})}
            self.fatti.append(
                {"fatto": "cambiata", "tipo": nodo.tipo, "pk": nodo.pk, "prima": prima,
                 "attesi": attesi, "conferme": conferme}
            )  # fmt: skip

    def _cambia_misura(self, misura: Misura, valori: Passo, attesi: dict[int, Atteso]) -> None:
        modifica_misura(
            misura,
            attesi=attesi,
            base=valori.get("base_stampata", misura.base_stampata),
            base_anno=valori.get("base_anno", misura.base_anno),
            peso=valori.get("peso", misura.peso),
            nota=valori.get("nota", misura.nota),
            da=self.da,
        )

    def _togli(self, nodo: Nodo) -> None:
        riga = self._riga(nodo.ref)
        self.fatti.append(
            {"fatto": "tolta", "tipo": nodo.tipo, "pk": nodo.pk, "valori": intera(riga),
             "attesi": nodo.attesi, "conferme": conferme_di(riga)}
        )  # fmt: skip
        azioni.elimina(riga, da=self.da)

    def _riga(self, ref: str) -> Any:
        """The row of a reference: one of those just born, or one of the plan."""
        if ref in self.nati:
            return self.nati[ref]
        tipo, chiave = ref.split(":")
        riga = MODELLI[tipo].objects.filter(pk=int(chiave)).first()
        if riga is None:
            raise ValidationError(_("Nel frattempo una riga del piano è stata tolta."))
        return riga


def intera(riga: Any) -> dict[str, Any]:
    """All that a row keeps, to make it again."""
    valori = {
        campo.attname: getattr(riga, campo.attname)
        for campo in riga._meta.concrete_fields
        if not campo.primary_key and not campo.generated
    }
    molti = {
        campo.name: [una.pk for una in getattr(riga, campo.name).all()]
        for campo in riga._meta.many_to_many
    }
    return {"propri": valori, "molti": molti}


def conferme_di(riga: Any) -> dict[str, list[Any]]:
    """Who confirmed the reading of the targets of a misura, and when, by year."""
    if not isinstance(riga, Misura):
        return {}
    confermati = riga.target.filter(confermato_il__isnull=False)
    return {
        str(uno.anno): [uno.stampato, uno.confermato_da_id, uno.confermato_il] for uno in confermati
    }


def _attesi(testi: dict[str, str]) -> dict[int, Atteso]:
    return {int(anno): Atteso(testo) for anno, testo in testi.items()}


def _con_decimali(valori: Passo) -> Passo:
    """The values as they were before they were kept: weights come back as text."""
    return {
        nome: Decimal(valore) if nome == "peso" and valore is not None else valore
        for nome, valore in valori.items()
    }
