# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row of a sheet of schede, with the years that its headers say brought together."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from piani.importazioni.genere import RigaLetta

PREREQUISITO = "pre-requisito"


@dataclass
class RigaBudget:
    """What a row says, by campo; ``storico_anno`` and ``dato_anno`` also from the headers."""

    numero: int
    detti: dict[str, Any]
    testi: dict[str, str]
    errori: dict[str, str] = field(default_factory=dict)

    def ha(self, campo: str) -> bool:
        return self.detti.get(campo) not in (None, "")


def riunite(righe: Iterable[RigaLetta], anno: int, divisi: Collection[str]) -> Iterator[RigaBudget]:
    """The rows of the sheet of the schede of a year.

    :param divisi: the campi whose headers say the year.
    """
    for numero, lette in groupby(righe, key=lambda una: una.numero):
        riga = RigaBudget(numero, {}, {})
        for letta in lette:
            _aggiungi(riga, letta, anno, divisi)
        yield riga


def _aggiungi(riga: RigaBudget, letta: RigaLetta, anno: int, divisi: Collection[str]) -> None:
    detti = {campo: testo for campo, testo in letta.testi.items() if testo}
    riga.testi |= {campo: testo for campo, testo in detti.items() if campo != "di_anno"}
    riga.errori |= letta.errori
    detto = letta.valori.get("di_anno")
    for campo, valore in letta.valori.items():
        if valore in (None, "") or campo == "di_anno":
            continue
        riga.detti[campo] = valore
        if campo not in divisi:
            continue
        if campo in ("storico", "dato") and detto:
            riga.detti.setdefault(f"{campo}_anno", detto)
        elif campo == "atteso" and detto not in (None, anno):
            riga.errori["atteso"] = _("Le schede sono del %(anno)s: questo è del %(altro)s.") % {
                "anno": anno, "altro": detto,
            }  # fmt: skip
