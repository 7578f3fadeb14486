# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of a sheet against the tree of a draft: what each would add or change.

A cell that is empty says nothing: what is there stays. Where the sheet has no codes, rows are
recognised by their names, and new ones take the next free code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from obiettivi.importazioni.albero.adesso import Albero, Nodo
from obiettivi.importazioni.albero.letto import RigaPiano
from obiettivi.importazioni.biblioteca import libero
from obiettivi.models import AreaStrategica
from piani.importazioni.celle import normale, scritta
from piani.importazioni.genere import Differenza, Esito
from piani.models import Piano

DELL_AREA = {"area_codice": "codice", "area": "nome", "area_tipo": "tipo", "area_peso": "peso"}
DELL_OBIETTIVO = {
    "obiettivo_codice": "codice",
    "obiettivo": "titolo",
    "obiettivo_peso": "peso",
    "dimensione": "dimensione",
}
DELLA_MISURA = {"peso": "peso", "nota": "nota"}


@dataclass
class Cambio:
    """What a row does: the nodes it adds or changes, with the words before and after."""

    passi: list[dict[str, Any]] = field(default_factory=list)
    prima: dict[str, str] = field(default_factory=dict)
    nuova: bool = False
    segni: dict[str, str] = field(default_factory=dict)


class Confronto:
    """Goes through the sheet keeping the tree as it would be after the rows already seen."""

    def __init__(self, piano: Piano, albero: Albero) -> None:
        self.piano, self.albero = piano, albero
        self.visti: set[str] = set()
        self.nuovi = 0
        self.livelli: dict[str, dict[int, Nodo]] = {}

    def differenze(self, righe: Iterable[RigaPiano]) -> Iterator[Differenza]:
        for riga in righe:
            yield self._differenza(riga)

    def tolte(self) -> Iterator[Differenza]:
        """What the plan has and the sheet has not, from the leaves up."""
        tenuti = self._tenuti()
        for tipo in ("misura", "obiettivo", "area"):
            suoi = [uno for uno in self.albero.nodi.values() if uno.tipo == tipo and uno.pk]
            for nodo in sorted(suoi, key=lambda uno: -self._profondita(uno)):
                if nodo.ref not in tenuti:
                    yield Differenza(
                        None,
                        Esito.TOLTA,
                        chiave=self.albero.nome_di(nodo),
                        prima=_detti(nodo),
                        dati={"togli": nodo.ref, "segni": {nodo.ref: nodo.segno}},
                    )

    def _tenuti(self) -> set[str]:
        """The nodes that the sheet names, and the objectives that some of them are part of."""
        tenuti = set(self.visti)
        for ref in self.visti:
            padre = self._padre_di(self.albero.nodi[ref])
            while padre is not None and padre.ref not in tenuti:
                tenuti.add(padre.ref)
                padre = self._padre_di(padre)
        return tenuti

    def _padre_di(self, nodo: Nodo) -> Nodo | None:
        return self.albero.nodi.get(f"obiettivo:{nodo.valori.get('parent_id')}")

    def _profondita(self, nodo: Nodo) -> int:
        padre = self._padre_di(nodo)
        return 0 if padre is None else 1 + self._profondita(padre)

    def _differenza(self, riga: RigaPiano) -> Differenza:
        cambio = Cambio()
        chiave = self._applica(riga, cambio)
        celle = riga.testi | ({"target": _in_parole(riga.attesi)} if riga.attesi else {})
        if riga.errori:
            esito = Esito.SBAGLIATA
        elif not cambio.passi:
            esito = Esito.UGUALE
        else:
            esito = Esito.NUOVA if cambio.nuova else Esito.CAMBIATA
        return Differenza(
            riga.numero,
            esito,
            chiave=chiave,
            celle=celle,
            prima=cambio.prima if esito == Esito.CAMBIATA else {},
            errori=riga.errori,
            dati={"passi": cambio.passi, "segni": cambio.segni},
        )

    def _applica(self, riga: RigaPiano, cambio: Cambio) -> str:
        """Bring the row into the tree; its errors stay on it. The name of what it is of."""
        area = self._area(riga, cambio)
        if area is None:
            return ""
        if not (riga.ha("obiettivo") or riga.ha("obiettivo_codice")):
            if riga.ha("codice") or riga.ha("indicatore"):
                riga.errori.setdefault("obiettivo", _("Di quale obiettivo è l'indicatore?"))
            return self.albero.nome_di(area)
        obiettivo = self._obiettivo(riga, area, cambio)
        if obiettivo is None:
            return self.albero.nome_di(area)
        if not (riga.ha("codice") or riga.ha("indicatore")):
            if riga.attesi or riga.base:
                riga.errori.setdefault("indicatore", _("Di quale indicatore è il target?"))
            return self.albero.nome_di(obiettivo)
        return self._misura(riga, obiettivo, cambio)

    def _area(self, riga: RigaPiano, cambio: Cambio) -> Nodo | None:
        aree = self.albero.sotto(None, "area")
        nodo = _trova(aree, riga.detti.get("area_codice"), "codice")
        if nodo is None and riga.ha("area"):
            nodo = _trova_per_nome(aree, riga.detti["area"], "nome")
        detti = _scelti(riga, DELL_AREA)
        if nodo is None:
            if not riga.ha("area"):
                riga.errori.setdefault("area", _("Di quale area? Nel piano questa non c'è."))
                return None
            codici = {uno.valori["codice"] for uno in aree}
            detti.setdefault("codice", libero("A", codici))
            detti.setdefault("tipo", AreaStrategica.Tipo.AREA.value)
            return self._aggiungi("area", {"peso": None, **detti}, None, cambio)
        self._cambia(nodo, detti, DELL_AREA, cambio)
        return nodo

    def _obiettivo(self, riga: RigaPiano, area: Nodo, cambio: Cambio) -> Nodo | None:
        fratelli = self.albero.sotto(area, "obiettivo")
        nodo = _trova(fratelli, riga.detti.get("obiettivo_codice"), "codice")
        if nodo is None and riga.ha("obiettivo"):
            nodo = _trova_per_nome(fratelli, riga.detti["obiettivo"], "titolo")
        detti = _scelti(riga, DELL_OBIETTIVO)
        padre = self._padre(riga, area, fratelli)
        if riga.errori:
            return nodo
        if nodo is None:
            if not riga.ha("obiettivo"):
                riga.errori["obiettivo"] = _("L'obiettivo è nuovo: scrivi che cosa vuole.")
                return None
            codici = {uno.valori["codice"] for uno in fratelli}
            detti.setdefault("codice", libero(f"{area.valori['codice']}.", codici))
            valori = {"peso": None, "dimensione": "", "parent_id": None, **detti}
            nodo = self._aggiungi("obiettivo", valori, area, cambio, padre)
        else:
            self._cambia(nodo, detti, DELL_OBIETTIVO, cambio, padre)
        if livello := riga.detti.get("livello"):
            sopra = self.livelli.get(area.ref, {})
            self.livelli[area.ref] = {n: uno for n, uno in sopra.items() if n < livello}
            self.livelli[area.ref][livello] = nodo
        return nodo

    def _padre(self, riga: RigaPiano, area: Nodo, fratelli: list[Nodo]) -> Nodo | None:
        """The objective that this one is part of: by its code, or the last of the level above."""
        if riga.ha("padre"):
            padre = _trova(fratelli, riga.detti["padre"], "codice")
            if padre is None:
                riga.errori["padre"] = _(
                    "Nell'area non c'è un obiettivo con questo codice: il padre viene prima dei "
                    "figli."
                )
            return padre
        livello = riga.detti.get("livello") or 1
        if livello == 1:
            return None
        sopra = self.livelli.get(area.ref, {}).get(livello - 1)
        if sopra is None:
            riga.errori["livello"] = _("Prima di questa riga manca un obiettivo del livello sopra.")
        return sopra

    def _misura(self, riga: RigaPiano, obiettivo: Nodo, cambio: Cambio) -> str:
        codice, nuovo = self.albero.biblioteca.trova(
            riga.detti, riga.errori, prefisso=f"{obiettivo.valori['codice']}-"
        )
        if nuovo:
            cambio.passi.append({"fai": "indicatore", "valori": nuovo})
        fuori = [anno for anno in riga.attesi if anno not in self.piano.anni]
        if fuori:
            riga.errori["target"] = _("Il piano è %(da)s-%(a)s: il %(anno)s è fuori.") % {
                "da": self.piano.anno_inizio, "a": self.piano.anno_fine, "anno": fuori[0],
            }  # fmt: skip
        if riga.errori or codice is None:
            return f"{self.albero.nome_di(obiettivo)} {codice or ''}".strip()
        indicatore = self.albero.biblioteca.per_codice.get(codice)
        quale = indicatore.pk if indicatore else codice
        nodo = next(
            (
                uno
                for uno in self.albero.sotto(obiettivo, "misura")
                if uno.valori["indicatore_id"] == quale
            ),
            None,
        )
        detti: dict[str, Any] = _scelti(riga, DELLA_MISURA)
        if riga.base:
            detti |= {"base_stampata": riga.base, "base_anno": riga.base_anno}
        if nodo is None:
            valori = {
                "indicatore_id": quale, "peso": None, "nota": "", "base_stampata": "",
                "base_anno": None, **detti,
            }  # fmt: skip
            nodo = self._aggiungi("misura", valori, obiettivo, cambio)
            nodo.attesi = dict(riga.attesi)
            cambio.passi[-1]["attesi"] = _per_json(riga.attesi)
            cambio.passi[-1]["codice"] = codice
        elif nodo.ref in self.visti:
            riga.errori["codice"] = _("L'indicatore misura già questo obiettivo, più in alto.")
        else:
            self._cambia_misura(nodo, detti, riga.attesi, cambio)
        nome = indicatore.nome if indicatore else riga.detti.get("indicatore", "")
        return f"{obiettivo.valori['codice']} {codice} {nome}"

    def _aggiungi(
        self,
        tipo: str,
        valori: dict[str, Any],
        sopra: Nodo | None,
        cambio: Cambio,
        padre: Nodo | None = None,
    ) -> Nodo:
        self.nuovi += 1
        nodo = Nodo(tipo, f"nuovo:{self.nuovi}", valori, sopra=sopra)
        self.albero.nodi[nodo.ref] = nodo
        self.visti.add(nodo.ref)
        cambio.nuova = True
        cambio.passi.append(
            {
                "fai": "aggiungi",
                "tipo": tipo,
                "ref": nodo.ref,
                "sopra": sopra.ref if sopra else None,
                "padre": padre.ref if padre else None,
                "valori": {n: v for n, v in valori.items() if n != "parent_id"},
            }
        )
        return nodo

    def _cambia(
        self,
        nodo: Nodo,
        detti: dict[str, Any],
        campi: dict[str, str],
        cambio: Cambio,
        padre: Nodo | None = None,
    ) -> None:
        """What the row says otherwise of a node; said again by a later row, it is no change."""
        self.visti.add(nodo.ref)
        diversi = {n: v for n, v in detti.items() if nodo.valori[n] != v}
        passo: dict[str, Any] = {"fai": "cambia", "ref": nodo.ref, "valori": diversi}
        if padre is not None and padre is not nodo and nodo.valori["parent_id"] != padre.pk:
            passo["padre"] = padre.ref
        if not diversi and "padre" not in passo:
            return
        if nodo.pk is not None:
            cambio.segni.setdefault(nodo.ref, nodo.segno)
            nomi = {proprio: campo for campo, proprio in campi.items()}
            cambio.prima |= {nomi[n]: _testo(nodo.valori[n]) for n in diversi}
        cambio.passi.append(passo)
        nodo.valori = {**nodo.valori, **diversi}

    def _cambia_misura(
        self, nodo: Nodo, detti: dict[str, Any], attesi: dict[int, str], cambio: Cambio
    ) -> None:
        self.visti.add(nodo.ref)
        diversi = {n: v for n, v in detti.items() if nodo.valori[n] != v}
        nuovi = {anno: t for anno, t in attesi.items() if nodo.attesi.get(anno, "") != t}
        if not diversi and not nuovi:
            return
        cambio.segni[nodo.ref] = nodo.segno
        nomi = {"base_stampata": "base", "base_anno": "base_anno"}
        cambio.prima |= {nomi.get(n, n): _testo(nodo.valori[n]) for n in diversi}
        if nuovi:
            cambio.prima["target"] = _in_parole(
                {anno: nodo.attesi.get(anno, "–") for anno in nuovi}
            )
        cambio.passi.append(
            {
                "fai": "cambia",
                "ref": nodo.ref,
                "valori": diversi,
                "attesi": _per_json(nuovi),
            }
        )


def _scelti(riga: RigaPiano, campi: dict[str, str]) -> dict[str, Any]:
    """What the row says, by the name of the field of the row of the plan."""
    return {proprio: riga.detti[campo] for campo, proprio in campi.items() if riga.ha(campo)}


def _trova(nodi: list[Nodo], codice: str | None, campo: str) -> Nodo | None:
    if not codice:
        return None
    return next((uno for uno in nodi if uno.valori[campo] == codice), None)


def _trova_per_nome(nodi: list[Nodo], nome: str, campo: str) -> Nodo | None:
    cercato = normale(nome)
    return next((uno for uno in nodi if normale(uno.valori[campo]) == cercato), None)


def _per_json(attesi: dict[int, str]) -> dict[str, str]:
    return {str(anno): testo for anno, testo in sorted(attesi.items())}


def _in_parole(attesi: dict[int, str]) -> str:
    return " · ".join(f"{anno}: {testo}" for anno, testo in sorted(attesi.items()))


def _testo(valore: Any) -> str:
    return scritta(valore) or "–"


def _detti(nodo: Nodo) -> dict[str, str]:
    """What a node that would be taken away says."""
    nomi = {"area": {"nome": "area"}, "obiettivo": {"titolo": "obiettivo"}, "misura": {}}
    detti = {campo: str(nodo.valori[nome]) for nome, campo in nomi[nodo.tipo].items()}
    return detti | ({"target": _in_parole(nodo.attesi)} if nodo.attesi else {})
