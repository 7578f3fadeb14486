# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the objectives floor, one module per noun."""

from obiettivi.models.albero import AreaStrategica, Misura, Obiettivo, Target
from obiettivi.models.archivio_schede import ArchivioSchede
from obiettivi.models.calcolo import Calcolo, EdizioneSMVP, Prospettiva, Raggiungimento
from obiettivi.models.chiusura import PeriodoChiuso
from obiettivi.models.esito_scheda import Controdeduzione, PunteggioScheda, ValidazioneScheda
from obiettivi.models.finestra import Finestra, Proroga
from obiettivi.models.giro import GiroDiCalcolo
from obiettivi.models.indicatore import (
    FonteDati,
    Frazione,
    Indicatore,
    Rilevazione,
    ValoreRiferimento,
)
from obiettivi.models.individuale import EdizioneIndividuale, ValutazioneIndividuale
from obiettivi.models.negoziazione import (
    FirmaScheda,
    MessaggioScheda,
    PresaVisione,
    RevisioneScheda,
    VersioneScheda,
)
from obiettivi.models.osservazione import Osservazione
from obiettivi.models.parti_individuali import (
    ComportamentoValutato,
    ObiettivoIndividuale,
    PassoValutazione,
    RichiestaConciliazione,
)
from obiettivi.models.premi import PremiAnno, VocePremi
from obiettivi.models.relazione import (
    FaseSvolta,
    Relazione,
    Scostamento,
    SezioneRelazione,
    TermineRelazione,
)
from obiettivi.models.rendicontazione import Prova, Rendicontazione
from obiettivi.models.scheda import AreaScheda, RigaScheda, RisorsaScheda, SchedaBudget
from obiettivi.models.validazione_relazione import (
    CriterioValidazione,
    EsitoCriterio,
    ValidazioneRelazione,
)

__all__ = [
    "ArchivioSchede",
    "AreaScheda",
    "AreaStrategica",
    "Calcolo",
    "ComportamentoValutato",
    "Controdeduzione",
    "CriterioValidazione",
    "EdizioneIndividuale",
    "EdizioneSMVP",
    "EsitoCriterio",
    "FaseSvolta",
    "Finestra",
    "FirmaScheda",
    "FonteDati",
    "Frazione",
    "GiroDiCalcolo",
    "Indicatore",
    "MessaggioScheda",
    "Misura",
    "Obiettivo",
    "ObiettivoIndividuale",
    "Osservazione",
    "PassoValutazione",
    "PeriodoChiuso",
    "PremiAnno",
    "PresaVisione",
    "Proroga",
    "Prospettiva",
    "Prova",
    "PunteggioScheda",
    "Raggiungimento",
    "Relazione",
    "Rendicontazione",
    "RevisioneScheda",
    "RichiestaConciliazione",
    "RigaScheda",
    "Rilevazione",
    "RisorsaScheda",
    "SchedaBudget",
    "Scostamento",
    "SezioneRelazione",
    "Target",
    "TermineRelazione",
    "ValidazioneRelazione",
    "ValidazioneScheda",
    "ValoreRiferimento",
    "ValutazioneIndividuale",
    "VersioneScheda",
    "VocePremi",
]
