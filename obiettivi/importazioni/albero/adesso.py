# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of a plan as plain values, read in five queries however large it is."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from obiettivi.importazioni.biblioteca import Biblioteca
from obiettivi.models import AreaStrategica, Misura, Obiettivo
from piani.models import Piano

CAMPI: dict[str, tuple[str, ...]] = {
    "area": ("codice", "tipo", "nome", "peso"),
    "obiettivo": ("codice", "titolo", "peso", "dimensione", "parent_id"),
    "misura": ("indicatore_id", "peso", "base_stampata", "base_anno", "nota"),
}
MODELLI: dict[str, type] = {"area": AreaStrategica, "obiettivo": Obiettivo, "misura": Misura}


@dataclass
class Nodo:
    """A row of the tree: ``pk`` None as long as only the sheet has it. ``sopra`` is what it hangs
    from; ``attesi`` the targets of a misura by year; ``segno`` the mark of what it said when read.
    """

    tipo: str
    ref: str
    valori: dict[str, Any]
    pk: int | None = None
    sopra: "Nodo | None" = None
    attesi: dict[int, str] = field(default_factory=dict)
    segno: str = ""


def segno_di(nodo: Nodo) -> str:
    """The mark of what a node says, to find out that it moved."""
    detto = json.dumps(
        [nodo.valori, sorted(nodo.attesi.items())], cls=DjangoJSONEncoder, sort_keys=True
    )
    return hashlib.sha256(detto.encode()).hexdigest()[:12]


@dataclass
class Albero:
    """The nodes by reference («area:12»), and the library."""

    nodi: dict[str, Nodo]
    biblioteca: Biblioteca

    @classmethod
    def di(cls, piano: Piano) -> "Albero":
        nodi: dict[str, Nodo] = {}
        for area in AreaStrategica.objects.filter(piano=piano).order_by("tipo", "ordine", "pk"):
            _metti(nodi, "area", area, None)
        for uno in Obiettivo.objects.di_piano(piano).order_by("area", "ordine", "pk"):
            _metti(nodi, "obiettivo", uno, f"area:{uno.area_id}")
        misure = Misura.objects.filter(obiettivo__area__piano=piano).prefetch_related("target")
        for misura in misure.order_by("obiettivo", "ordine", "pk"):
            nodo = _metti(nodi, "misura", misura, f"obiettivo:{misura.obiettivo_id}")
            nodo.attesi = {target.anno: target.stampato for target in misura.target.all()}
        for nodo in nodi.values():
            nodo.segno = segno_di(nodo)
        return cls(nodi, Biblioteca(piano.azienda))

    def sotto(self, nodo: Nodo | None, tipo: str) -> list[Nodo]:
        """The nodes of a kind that hang from another."""
        return [uno for uno in self.nodi.values() if uno.tipo == tipo and uno.sopra is nodo]

    def nome_di(self, nodo: Nodo) -> str:
        """What it is called, for people, with what it hangs from."""
        if nodo.tipo == "area":
            return f"{nodo.valori['codice']} {nodo.valori['nome']}"
        if nodo.tipo == "obiettivo":
            return f"{nodo.valori['codice']} {nodo.valori['titolo']}"
        sopra = nodo.sopra.valori["codice"] if nodo.sopra else ""
        indicatore = self.biblioteca.per_chiave.get(nodo.valori["indicatore_id"])
        return f"{sopra} {indicatore.codice} {indicatore}" if indicatore else sopra


def _metti(nodi: dict[str, Nodo], tipo: str, riga: Any, sopra: str | None) -> Nodo:
    nodo = Nodo(
        tipo,
        f"{tipo}:{riga.pk}",
        {campo: getattr(riga, campo) for campo in CAMPI[tipo]},
        riga.pk,
        nodi[sopra] if sopra else None,
    )
    nodi[nodo.ref] = nodo
    return nodo
