# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first panel of a scheda's page: its content, printed as the plan's scheme has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from obiettivi.models import AreaScheda, RigaScheda, SchedaBudget
from obiettivi.schede.lettura import Contenuto, contenuto
from obiettivi.schede.manca import manca_a
from obiettivi.schede.pannelli import Pannello
from piani.models import Utente
from piani.verifiche import per_gruppo


@dataclass(frozen=True)
class RigaStampata:
    """A row of the scheme with the area that it begins, if it does, as table cells.

    ``peso_area`` is "" where it is printed above: areas that share it are one group.
    """

    area: AreaScheda
    righe_area: int
    """How many rows the cell of the area spans; 0 where it began above."""
    righe_peso: int
    """How many rows the cell of the weight spans; 0 where it began above."""
    riga: RigaScheda | None
    storto: bool = False


def scheda_stampata(letto: Contenuto) -> Iterator[RigaStampata]:
    """The rows of the scheme; an area without rows has an empty one."""
    for letta in letto.aree:
        gruppo = letto.gruppo_di(letta.area)
        prima = gruppo is None or gruppo.aree[0].area == letta.area
        insieme = gruppo.aree if gruppo else (letta,)
        alte = sum(max(1, len(una.righe)) for una in insieme) if prima else 0
        for posto, riga in enumerate(letta.righe or (None,)):
            yield RigaStampata(
                letta.area,
                max(1, len(letta.righe)) if posto == 0 else 0,
                alte if posto == 0 else 0,
                riga,
                gruppo is not None and not gruppo.fa_cento,
            )


def pannello(scheda: SchedaBudget, utente: Utente) -> Pannello:
    """What the scheda says; for who prepares it, what it still lacks and where it is written."""
    letto = contenuto(scheda)
    prepara = utente.has_perm("obiettivi.prepara_scheda", scheda)
    anni = {riga.storico_anno for riga in letto.righe if riga.storico_anno}
    anni_dato = {riga.dato_anno for riga in letto.righe if riga.dato_anno}
    return Pannello(
        ancora="obiettivi",
        titolo=_("Contenuto"),
        template="obiettivi/schede/_contenuto.html",
        contesto={
            "scheda": scheda,
            "letto": letto,
            "stampata": list(scheda_stampata(letto)),
            "anno_storico": anni.pop() if len(anni) == 1 else None,
            "anno_dato": anni_dato.pop() if len(anni_dato) == 1 else None,
            "modificabile": prepara and scheda.in_preparazione,
            "consuntivi": prepara and not scheda.modello and scheda.stato != scheda.Stato.CHIUSA,
            "mancanze": per_gruppo(manca_a(letto)) if prepara and scheda.in_preparazione else [],
        },
    )
