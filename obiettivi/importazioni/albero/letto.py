# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row of the table of a plan, with what it says of the years brought together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from piani.importazioni.genere import RigaLetta


@dataclass
class RigaPiano:
    """What a row of the sheet says: ``detti`` by campo, the targets by year."""

    numero: int
    detti: dict[str, Any]
    testi: dict[str, str]
    attesi: dict[int, str] = field(default_factory=dict)
    base: str = ""
    base_anno: int | None = None
    errori: dict[str, str] = field(default_factory=dict)

    def ha(self, campo: str) -> bool:
        return self.detti.get(campo) not in (None, "")


@dataclass(frozen=True)
class Anni:
    """Where the years are said: by the headers of some columns (``divisi``), by a column of their
    own, or once for the whole file.
    """

    divisi: frozenset[str]
    in_colonna: bool
    costante: int | None

    @classmethod
    def di(cls, abbinamento: Mapping[str, Any]) -> "Anni":
        """As the columns of a file were matched."""
        colonne = abbinamento.get("colonne", ())
        detto = abbinamento.get("costanti", {}).get("anno") or ""
        return cls(
            divisi=frozenset(una["campo"] for una in colonne if una.get("fissi")),
            in_colonna=any(una["campo"] == "anno" for una in colonne),
            costante=int(detto) if detto.isdecimal() else None,
        )

    def del_campo(self, campo: str, letta: RigaLetta) -> int | None:
        """The year that the value of a campo is of."""
        if campo in self.divisi or self.in_colonna:
            return letta.valori.get("anno")
        return self.costante


def riunite(righe: Iterable[RigaLetta], anni: Anni) -> Iterator[RigaPiano]:
    """The rows of the sheet: where the headers say the years, each comes read once by year."""
    for numero, lette in groupby(righe, key=lambda una: una.numero):
        tutte = list(lette)
        riga = RigaPiano(numero, dict(tutte[0].valori), {})
        for letta in tutte:
            riga.testi |= {
                campo: testo
                for campo, testo in letta.testi.items()
                if testo and not (campo == "anno" and anni.divisi)
            }
            riga.errori |= letta.errori
            _base(riga, letta, anni)
            _target(riga, letta, anni)
        yield riga


def _base(riga: RigaPiano, letta: RigaLetta, anni: Anni) -> None:
    base = letta.valori.get("base")
    if not base or riga.base:
        return
    riga.base, riga.base_anno = base, letta.valori.get("base_anno")
    if riga.base_anno is None and "base" in anni.divisi:
        riga.base_anno = letta.valori.get("anno")
    if riga.base_anno is None:
        riga.errori["base"] = _("Di che anno è il valore di partenza?")


def _target(riga: RigaPiano, letta: RigaLetta, anni: Anni) -> None:
    target, anno = letta.valori.get("target"), anni.del_campo("target", letta)
    if not target:
        return
    if anno is None:
        riga.errori["target"] = _("Di che anno è il target? Manca la colonna dell'anno.")
    elif riga.attesi.setdefault(anno, target) != target:
        riga.errori["target"] = _("Per il %(anno)s ci sono due target.") % {"anno": anno}
