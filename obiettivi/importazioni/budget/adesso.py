# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede of a year as plain values, and the CdR that may have one: few queries for all."""

from collections import defaultdict
from dataclasses import dataclass, field

from obiettivi.importazioni.albero.adesso import Nodo, segno_di
from obiettivi.importazioni.biblioteca import Biblioteca
from obiettivi.models import AreaScheda, Misura, RigaScheda, SchedaBudget
from obiettivi.schede.proposte import Cdr, cdr_di, piano_dell_anno
from piani.importazioni.celle import normale
from piani.models import Azienda

CAMPI: dict[str, tuple[str, ...]] = {
    "scheda": ("unita_id",),
    "area": ("tipo", "nome", "peso", "con_la_precedente"),
    "riga": (
        "obiettivo", "indicatore_id", "misura_id", "aziendale", "peso", "storico_anno", "storico",
        "dato_anno", "dato", "atteso", "nota",
    ),
}  # fmt: skip
MODELLI: dict[str, type] = {"scheda": SchedaBudget, "area": AreaScheda, "riga": RigaScheda}


@dataclass
class Schede:
    """The nodes by reference («riga:12»), the CdR by name, the library, the misure of the plan."""

    nodi: dict[str, Nodo]
    cdr: dict[str, list[Cdr]]
    per_unita: dict[int, SchedaBudget]
    biblioteca: Biblioteca
    misure: dict[int, int] = field(default_factory=dict)

    @classmethod
    def di(cls, azienda: Azienda, anno: int) -> "Schede":
        per_nome: dict[str, list[Cdr]] = defaultdict(list)
        per_unita = {}
        for uno in cdr_di(azienda, anno):
            for nome in {normale(uno.unita.codice), normale(uno.unita.nome)}:
                per_nome[nome].append(uno)
            if uno.gia is not None:
                per_unita[uno.unita.pk] = uno.gia
        nodi = _nodi(azienda, anno)
        return cls(nodi, per_nome, per_unita, Biblioteca(azienda), _misure(azienda, anno))

    def sotto(self, nodo: Nodo, tipo: str) -> list[Nodo]:
        """The nodes of a kind that hang from another."""
        return [uno for uno in self.nodi.values() if uno.tipo == tipo and uno.sopra is nodo]


def _nodi(azienda: Azienda, anno: int) -> dict[str, Nodo]:
    nodi: dict[str, Nodo] = {}

    def metti(tipo: str, riga: object, sopra: str) -> None:
        valori = {campo: getattr(riga, campo) for campo in CAMPI[tipo]}
        pk = riga.pk  # type: ignore[attr-defined]
        nodi[f"{tipo}:{pk}"] = Nodo(tipo, f"{tipo}:{pk}", valori, pk, nodi.get(sopra))

    for scheda in SchedaBudget.objects.dei_cdr().filter(azienda=azienda, anno=anno).order_by("pk"):
        metti("scheda", scheda, "")
    schede = {"scheda__azienda": azienda, "scheda__anno": anno, "scheda__unita__isnull": False}
    for area in AreaScheda.objects.filter(**schede).order_by("scheda", "ordine", "pk"):
        metti("area", area, f"scheda:{area.scheda_id}")
    delle_aree = {f"area__{nome}": valore for nome, valore in schede.items()}
    for riga in RigaScheda.objects.filter(**delle_aree).order_by("area", "ordine", "pk"):
        metti("riga", riga, f"area:{riga.area_id}")
    for nodo in nodi.values():
        nodo.segno = segno_di(nodo)
    return nodi


def _misure(azienda: Azienda, anno: int) -> dict[int, int]:
    """The misura of the plan of the year by indicator, where there is one alone."""
    piano = piano_dell_anno(azienda, anno)
    trovate: dict[int, list[int]] = defaultdict(list)
    for chiave, indicatore in Misura.objects.filter(obiettivo__area__piano=piano).values_list(
        "pk", "indicatore"
    ):
        trovate[indicatore].append(chiave)
    return {indicatore: sue[0] for indicatore, sue in trovate.items() if len(sue) == 1}
