# SPDX-License-Identifier: AGPL-3.0-or-later
"""The printed figures of a plan beside ours, as the file of its checks names them."""

from decimal import Decimal
from typing import Any

from conciliazione.models import EdizioneConciliazione, Riscontro


class Quadrature:
    """Writes the Riscontri of an edition. ``dati`` is quadrature.toml: what is printed, where; the
    computed figure always comes from our rows, never from the file.
    """

    def __init__(self, edizione: EdizioneConciliazione, dati: dict[str, Any]) -> None:
        self.edizione = edizione
        righe = dati.get("quadrature", ())
        self.righe = {riga["codice"]: (posto, riga) for posto, riga in enumerate(righe, start=1)}

    def scrivi(self, codice: str, calcolato: Decimal | None) -> None:
        """A figure that the file has, with ours beside it; nothing if the file has it not."""
        if codice not in self.righe:
            return
        posto, riga = self.righe[codice]
        valore = riga.get("valore")
        self.aggiungi(
            codice, dove=riga["dove"], stampato=riga.get("stampato", ""),
            valore=None if valore is None else Decimal(valore), calcolato=calcolato,
            unita=riga.get("unita", ""), riga=riga["riga"], nota=riga.get("nota", ""), ordine=posto,
        )  # fmt: skip

    def aggiungi(
        self,
        codice: str,
        *,
        dove: str,
        stampato: str,
        valore: Decimal | None,
        calcolato: Decimal | None,
        unita: str,
        riga: int | str,
        nota: str = "",
        ordine: int = 500,
    ) -> None:
        """A figure of one of the other files."""
        Riscontro.objects.update_or_create(
            edizione=self.edizione, chiave=codice,
            defaults={
                "ordine": ordine, "dove": dove, "stampato": stampato, "valore_stampato": valore,
                "calcolato": calcolato, "unita": unita, "nota": nota, "riga_fonte": str(riga),
            },
        )  # fmt: skip
