# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the figures."""

from typing import Any

from piani.models import Azienda
from tests.factories_lavoro_agile import (
    AutorizzatiFactory,
    GiornateFactory,
    RilevazioneAgileFactory,
)

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"cifre_rilevazione_togli", "cifre_giornate_togli"}
MODULI: set[str] = {"cifre_rileva", "cifre_questionario_nuovo", "cifre_giornate_nuove"}
# The rows of a unit as they were written are of who wrote them.
NASCOSTE: set[str] = {"cifre_giornate_togli"}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    contata = RilevazioneAgileFactory(azienda=azienda)
    AutorizzatiFactory(rilevazione=contata)
    rilevazione = {"pk": contata.pk}
    giornate = GiornateFactory(azienda=azienda)
    ente = {"azienda": azienda.codice}
    della_rilevazione = ("cifre_rilevazione", "cifre_rilevazione_csv", "cifre_rilevazione_togli")
    dell_anno = ente | {"anno": giornate.anno}
    return {
        **dict.fromkeys(("lavoro_agile_cifre", *sorted(MODULI)), ente),
        **dict.fromkeys(della_rilevazione, rilevazione),
        **dict.fromkeys(("cifre_giornate", "cifre_giornate_csv"), dell_anno),
        "cifre_giornate_togli": {"pk": giornate.pk},
    }
