# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the rows that are part of a project have in common."""

from typing import Any

from conciliazione.api.base import Risorsa
from conciliazione.azioni.passi import bloccata
from conciliazione.models import Progetto


class DelProgetto(Risorsa):
    """Rows changed with their project locked first, as the actions do."""

    collegati = ("progetto__edizione__azienda", "progetto__capofila")

    def blocca(self, riga: Any) -> None:
        bloccata(self.progetto_di(riga))
        super().blocca(riga)

    def progetto_di(self, riga: Any) -> Progetto:
        return riga.progetto  # type: ignore[no-any-return]
