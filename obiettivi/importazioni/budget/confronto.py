# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of a sheet against the schede of a year: what each would add or change.

A cell that is empty says nothing. Areas are recognised by their name, rows by indicator and
objective; a CdR without a scheda takes one.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from obiettivi.azioni.scheda import perche_chiusa
from obiettivi.importazioni.albero.adesso import Nodo
from obiettivi.importazioni.albero.confronto import Cambio
from obiettivi.importazioni.budget.adesso import Schede
from obiettivi.importazioni.budget.letto import PREREQUISITO, RigaBudget
from obiettivi.models import AreaScheda
from piani.importazioni.celle import normale, scritta
from piani.importazioni.genere import Differenza, Esito
from piani.models import UnitaOrganizzativa

DELLA_RIGA = (
    "peso", "storico_anno", "storico", "dato_anno", "dato", "atteso", "aziendale", "nota",
)  # fmt: skip
VUOTA: dict[str, Any] = {
    "misura_id": None, "aziendale": False, "peso": None, "storico_anno": None, "storico": "",
    "dato_anno": None, "dato": "", "atteso": "", "nota": "",
}  # fmt: skip


class Confronto:
    """Goes through the sheet keeping the schede as they would be after the rows already seen."""

    def __init__(self, schede: Schede) -> None:
        self.schede = schede
        self.nuovi = 0
        self.viste: set[str] = set()
        self.nuove_schede: dict[int, Nodo] = {}
        self.toccate: dict[str, Nodo] = {}
        self.unita: dict[str, UnitaOrganizzativa] = {}

    def differenze(self, righe: Iterable[RigaBudget]) -> Iterator[Differenza]:
        for riga in righe:
            cambio = Cambio()
            chiave = self._applica(riga, cambio)
            if riga.errori:
                esito = Esito.SBAGLIATA
            elif not cambio.passi:
                esito = Esito.UGUALE
            else:
                esito = Esito.NUOVA if cambio.nuova else Esito.CAMBIATA
            yield Differenza(
                riga.numero,
                esito,
                chiave=chiave,
                celle=riga.testi,
                prima=cambio.prima if esito == Esito.CAMBIATA else {},
                errori=riga.errori,
                dati={"passi": cambio.passi, "segni": cambio.segni},
            )

    def tolte(self) -> Iterator[Differenza]:
        """The rows, of the schede that the sheet names, that it does not have."""
        for ref, scheda in self.toccate.items():
            for area in self.schede.sotto(scheda, "area"):
                for riga in self.schede.sotto(area, "riga"):
                    if riga.pk is not None and riga.ref not in self.viste:
                        yield Differenza(
                            None,
                            Esito.TOLTA,
                            chiave=f"{self.unita[ref]}, {self._codice(riga)}",
                            prima={"obiettivo": riga.valori["obiettivo"]},
                            dati={"togli": riga.ref, "segni": {riga.ref: riga.segno}},
                        )

    def _codice(self, riga: Nodo) -> str:
        indicatore = self.schede.biblioteca.per_chiave.get(riga.valori["indicatore_id"])
        return indicatore.codice if indicatore else ""

    def _applica(self, riga: RigaBudget, cambio: Cambio) -> str:
        """Bring the row into its scheda; its errors stay on it. The name of what it is of."""
        unita = self._cdr(riga)
        if unita is None:
            return riga.testi.get("cdr", "")
        scheda = self._scheda(riga, unita, cambio)
        if riga.errori or scheda is None:
            return str(unita)
        area = self._area(riga, scheda, cambio)
        if riga.errori or area is None:
            return str(unita)
        if not (riga.ha("indicatore") or riga.ha("codice") or riga.ha("obiettivo")):
            return f"{unita}, {area.valori['nome']}"
        return f"{unita}, {self._riga(riga, area, cambio)}"

    def _cdr(self, riga: RigaBudget) -> UnitaOrganizzativa | None:
        if not riga.ha("cdr"):
            riga.errori.setdefault("cdr", _("Di quale centro di responsabilità?"))
            return None
        trovati = self.schede.cdr.get(normale(riga.detti["cdr"]), [])
        if len(trovati) == 1:
            return trovati[0].unita
        if trovati:
            codici = ", ".join(uno.unita.codice for uno in trovati[:5])
            riga.errori["cdr"] = _("Più CdR si chiamano così: scrivi il codice (%(codici)s).") % {
                "codici": codici
            }
        else:
            riga.errori["cdr"] = _(
                "Nessun centro di responsabilità dell'organigramma in vigore si chiama così."
            )
        return None

    def _scheda(self, riga: RigaBudget, unita: UnitaOrganizzativa, cambio: Cambio) -> Nodo | None:
        gia = self.schede.per_unita.get(unita.pk)
        if gia is not None:
            if motivo := perche_chiusa(gia):
                riga.errori["cdr"] = motivo
                return None
            nodo = self.schede.nodi[f"scheda:{gia.pk}"]
        elif unita.pk in self.nuove_schede:
            nodo = self.nuove_schede[unita.pk]
        else:
            nodo = self._aggiungi("scheda", {"unita_id": unita.pk}, None, cambio)
            self.nuove_schede[unita.pk] = nodo
        self.toccate[nodo.ref], self.unita[nodo.ref] = nodo, unita
        return nodo

    def _area(self, riga: RigaBudget, scheda: Nodo, cambio: Cambio) -> Nodo | None:
        if not riga.ha("area"):
            riga.errori.setdefault("area", _("In quale area della scheda?"))
            return None
        nome = normale(riga.detti["area"])
        aree = self.schede.sotto(scheda, "area")
        nodo = next((una for una in aree if normale(una.valori["nome"]) == nome), None)
        detti = self._detti_area(riga)
        if nodo is None:
            valori = {
                "tipo": AreaScheda.Tipo.AREA.value, "peso": None, "con_la_precedente": False,
                "nome": riga.detti["area"], **detti,
            }  # fmt: skip
            return self._aggiungi("area", valori, scheda, cambio)
        self._cambia(nodo, detti, {"peso": "area_peso", "tipo": "area_tipo"}, cambio)
        return nodo

    def _detti_area(self, riga: RigaBudget) -> dict[str, Any]:
        peso = riga.detti.get("area_peso")
        if peso == PREREQUISITO:
            return {"tipo": AreaScheda.Tipo.ISTITUZIONALE.value}
        detti = {"peso": peso} if peso is not None else {}
        return detti | ({"tipo": riga.detti["area_tipo"]} if riga.ha("area_tipo") else {})

    def _riga(self, riga: RigaBudget, area: Nodo, cambio: Cambio) -> str:
        if not riga.ha("obiettivo"):
            riga.errori.setdefault("obiettivo", _("Quale obiettivo?"))
        codice, nuovo = self.schede.biblioteca.trova(riga.detti, riga.errori, prefisso="IND-")
        if nuovo:
            cambio.passi.append({"fai": "indicatore", "valori": nuovo})
        if riga.errori or codice is None:
            return codice or ""
        indicatore = self.schede.biblioteca.per_codice.get(codice)
        quale = indicatore.pk if indicatore else codice
        obiettivo = riga.detti["obiettivo"]
        nodo = next(
            (
                uno
                for uno in self.schede.sotto(area, "riga")
                if uno.valori["indicatore_id"] == quale
                and normale(uno.valori["obiettivo"]) == normale(obiettivo)
            ),
            None,
        )
        detti = {campo: riga.detti[campo] for campo in DELLA_RIGA if riga.ha(campo)}
        if nodo is None:
            misura = self.schede.misure.get(indicatore.pk) if indicatore else None
            valori = VUOTA | {"obiettivo": obiettivo, "indicatore_id": quale, **detti}
            nodo = self._aggiungi("riga", valori | {"misura_id": misura}, area, cambio)
            cambio.passi[-1]["codice"] = codice
        elif nodo.ref in self.viste:
            riga.errori["obiettivo"] = _("Questa riga della scheda c'è già, più in alto.")
        else:
            self._cambia(nodo, detti, {}, cambio)
        self.viste.add(nodo.ref)
        return f"{codice} {obiettivo}"

    def _aggiungi(
        self, tipo: str, valori: dict[str, Any], sopra: Nodo | None, cambio: Cambio
    ) -> Nodo:
        self.nuovi += 1
        nodo = Nodo(tipo, f"nuovo:{self.nuovi}", valori, sopra=sopra)
        self.schede.nodi[nodo.ref] = nodo
        cambio.nuova = True
        cambio.passi.append(
            {
                "fai": "aggiungi",
                "tipo": tipo,
                "ref": nodo.ref,
                "sopra": sopra.ref if sopra else None,
                "valori": valori,
            }
        )
        return nodo

    def _cambia(
        self, nodo: Nodo, detti: dict[str, Any], nomi: dict[str, str], cambio: Cambio
    ) -> None:
        diversi = {n: v for n, v in detti.items() if nodo.valori[n] != v}
        if not diversi:
            return
        if nodo.pk is not None:
            cambio.segni[nodo.ref] = nodo.segno
            cambio.prima |= {nomi.get(n, n): scritta(nodo.valori[n]) or "–" for n in diversi}
        cambio.passi.append({"fai": "cambia", "ref": nodo.ref, "valori": diversi})
        nodo.valori = {**nodo.valori, **diversi}
