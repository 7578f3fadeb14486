# SPDX-License-Identifier: AGPL-3.0-or-later
"""The resources of the objectives' floor: address, view, name."""

from obiettivi.api.albero import (
    AlberoRisorsa,
    AreaRisorsa,
    AreeDelPiano,
    MisuraRisorsa,
    ObiettivoRisorsa,
)
from obiettivi.api.calcoli import (
    CalcoliDelPiano,
    CalcoloRisorsa,
    PunteggioRisorsa,
    SpiegazioneRisorsa,
)
from obiettivi.api.del_piano import SOTTO_IL_PIANO
from obiettivi.api.indicatori import IndicatoreRisorsa
from obiettivi.api.rilevazioni import RilevazioneRisorsa
from obiettivi.api.schede import SchedaRisorsa

ROTTE = [
    (f"{SOTTO_IL_PIANO}/albero", AlberoRisorsa, "piani-albero"),
    (f"{SOTTO_IL_PIANO}/aree", AreeDelPiano, "piani-aree"),
    (f"{SOTTO_IL_PIANO}/calcoli", CalcoliDelPiano, "piani-calcoli"),
    (
        rf"{SOTTO_IL_PIANO}/spiegazioni/(?P<livello>[IOAP])/(?P<oggetto>[0-9]{{1,18}})",
        SpiegazioneRisorsa,
        "piani-spiegazioni",
    ),
    ("aree", AreaRisorsa, "aree"),
    ("obiettivi", ObiettivoRisorsa, "obiettivi"),
    ("misure", MisuraRisorsa, "misure"),
    ("indicatori", IndicatoreRisorsa, "indicatori"),
    ("rilevazioni", RilevazioneRisorsa, "rilevazioni"),
    ("punteggi", PunteggioRisorsa, "punteggi"),
    ("calcoli", CalcoloRisorsa, "calcoli"),
    ("schede-budget", SchedaRisorsa, "schede"),
]
