# SPDX-License-Identifier: AGPL-3.0-or-later
"""The resources of the objectives' floor: address, view, name."""

from obiettivi.api.albero import (
    AlberoRisorsa,
    AreaRisorsa,
    AreeDelPiano,
    MisuraRisorsa,
    ObiettivoRisorsa,
)
from obiettivi.api.archivi import ArchivioRisorsa
from obiettivi.api.bozza import PesiDelPiano, ScorrimentoDelPiano, TargetRisorsa
from obiettivi.api.calcoli import (
    CalcoliDelPiano,
    CalcoloRisorsa,
    PunteggioRisorsa,
    SpiegazioneRisorsa,
)
from obiettivi.api.calendario import FinestraRisorsa, PeriodoChiusoRisorsa, ProrogaRisorsa
from obiettivi.api.controdeduzioni import ControdeduzioneRisorsa
from obiettivi.api.giri import GiroRisorsa
from obiettivi.api.indicatori import IndicatoreRisorsa
from obiettivi.api.individuali import EdizioneIndividualeRisorsa, ValutazioneRisorsa
from obiettivi.api.matrice import DELL_AZIENDA, MatriceRisorsa
from obiettivi.api.osservazioni import OsservazioneRisorsa, OsservazioniDelPiano
from obiettivi.api.premi import PremiRisorsa, VocePremiRisorsa
from obiettivi.api.regole import EdizioneRisorsa
from obiettivi.api.relazioni import RelazioneRisorsa, SezioneRelazioneRisorsa
from obiettivi.api.rendicontazioni import ProvaRisorsa, RendicontazioneRisorsa
from obiettivi.api.rilevazioni import RilevazioneRisorsa
from obiettivi.api.schede import ModelloRisorsa, SchedaRisorsa
from obiettivi.api.schede_perche import DELLA_SCHEDA as PERCHE_DELLA_SCHEDA
from obiettivi.api.schede_perche import PercheDellaScheda
from obiettivi.api.schede_righe import AreaSchedaRisorsa, RigaSchedaRisorsa, RisorsaSchedaRisorsa
from piani.api.del_piano import SOTTO_IL_PIANO

ROTTE = [
    (f"{SOTTO_IL_PIANO}/albero", AlberoRisorsa, "piani-albero"),
    (f"{SOTTO_IL_PIANO}/aree", AreeDelPiano, "piani-aree"),
    (f"{SOTTO_IL_PIANO}/calcoli", CalcoliDelPiano, "piani-calcoli"),
    (
        rf"{SOTTO_IL_PIANO}/spiegazioni/(?P<livello>[IOAP])/(?P<oggetto>[0-9]{{1,18}})",
        SpiegazioneRisorsa,
        "piani-spiegazioni",
    ),
    (f"{SOTTO_IL_PIANO}/osservazioni", OsservazioniDelPiano, "piani-osservazioni"),
    (f"{SOTTO_IL_PIANO}/pesi", PesiDelPiano, "piani-pesi"),
    (f"{SOTTO_IL_PIANO}/scorrimento", ScorrimentoDelPiano, "piani-scorrimento"),
    ("aree", AreaRisorsa, "aree"),
    ("obiettivi", ObiettivoRisorsa, "obiettivi"),
    ("misure", MisuraRisorsa, "misure"),
    ("indicatori", IndicatoreRisorsa, "indicatori"),
    ("rilevazioni", RilevazioneRisorsa, "rilevazioni"),
    ("punteggi", PunteggioRisorsa, "punteggi"),
    ("calcoli", CalcoloRisorsa, "calcoli"),
    ("giri-di-calcolo", GiroRisorsa, "giri-di-calcolo"),
    ("target", TargetRisorsa, "target"),
    ("osservazioni", OsservazioneRisorsa, "osservazioni"),
    ("periodi-chiusi", PeriodoChiusoRisorsa, "periodi-chiusi"),
    ("regole", EdizioneRisorsa, "regole"),
    ("schede-budget", SchedaRisorsa, "schede"),
    (PERCHE_DELLA_SCHEDA, PercheDellaScheda, "schede-spiegazioni"),
    ("archivi-schede", ArchivioRisorsa, "archivi-schede"),
    (DELL_AZIENDA, MatriceRisorsa, "matrici-pesi"),
    ("modelli-scheda", ModelloRisorsa, "modelli-scheda"),
    ("aree-scheda", AreaSchedaRisorsa, "aree-scheda"),
    ("righe-scheda", RigaSchedaRisorsa, "righe-scheda"),
    ("risorse-scheda", RisorsaSchedaRisorsa, "risorse-scheda"),
    ("premi", PremiRisorsa, "premi"),
    ("voci-premi", VocePremiRisorsa, "voci-premi"),
    ("rendicontazioni", RendicontazioneRisorsa, "rendicontazioni"),
    ("prove", ProvaRisorsa, "prove"),
    ("controdeduzioni", ControdeduzioneRisorsa, "controdeduzioni"),
    ("finestre", FinestraRisorsa, "finestre"),
    ("proroghe", ProrogaRisorsa, "proroghe"),
    ("relazioni", RelazioneRisorsa, "relazioni"),
    ("sezioni-relazione", SezioneRelazioneRisorsa, "sezioni-relazione"),
    ("regole-individuali", EdizioneIndividualeRisorsa, "regole-individuali"),
    ("valutazioni-individuali", ValutazioneRisorsa, "valutazioni-individuali"),
]
