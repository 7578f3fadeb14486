# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the conciliation, one module per noun."""

from conciliazione.models.adesione import Adesione, Rinuncia
from conciliazione.models.azioni import (
    AttivitaAzione,
    AzioneDiPiano,
    AzioneProgetto,
    IncontroAzione,
    StatoAzione,
    VoceBudget,
)
from conciliazione.models.bando import Criterio, ManifestazioneInteresse
from conciliazione.models.comitato import Componente, Seggio
from conciliazione.models.edizione import EdizioneConciliazione, Riscontro
from conciliazione.models.finanziario import PianoFinanziario, VoceFinanziaria
from conciliazione.models.impatto import (
    Kpi,
    MappaImpatto,
    QuestionarioImpatto,
    RigaMappa,
    ValoreKpi,
)
from conciliazione.models.monitoraggio import (
    RilevazioneAzione,
    RilevazioneAzionePiano,
    RilevazioneProgetto,
    SemestreMonitoraggio,
    ValoreIndicatore,
)
from conciliazione.models.pagamento import Incasso, Pagamento
from conciliazione.models.progetto import Accordo, DocumentoProgetto, FirmaAccordo, Progetto
from conciliazione.models.proposta import AllegatoProposta, Partner, Proposta
from conciliazione.models.referente import Referente
from conciliazione.models.rendiconto import (
    ApportoCofinanziamento,
    Giustificativo,
    Rendiconto,
    Spesa,
)
from conciliazione.models.rete import (
    ComposizioneRete,
    Dimensione,
    Ente,
    Natura,
    RigaComposizione,
    TipoEnte,
)
from conciliazione.models.revoca import RevocaContributo
from conciliazione.models.riparto import FonteScenario, RigaRiparto, Scenario
from conciliazione.models.seduta import (
    FirmaRichiesta,
    Presenza,
    PuntoOrdine,
    RichiestaConsultazione,
    Seduta,
)
from conciliazione.models.territorio import (
    Ambito,
    Comune,
    InterventoTempi,
    PianoDeiTempi,
    ProgettoTempi,
    RilevazioneTempi,
)
from conciliazione.models.valutazione import (
    DichiarazioneConflitto,
    Graduatoria,
    Punteggio,
    RigaGraduatoria,
    SchedaValutazione,
    Valutatore,
)
from conciliazione.models.versione import (
    AzioneProposta,
    Cofinanziamento,
    CostoAzione,
    Forma,
    VersioneProposta,
)
from conciliazione.models.votazione import ValidazioneVerbale, Verbale, Votazione, Voto

__all__ = [
    "Accordo",
    "Adesione",
    "AllegatoProposta",
    "Ambito",
    "ApportoCofinanziamento",
    "AttivitaAzione",
    "AzioneDiPiano",
    "AzioneProgetto",
    "AzioneProposta",
    "Cofinanziamento",
    "Componente",
    "ComposizioneRete",
    "Comune",
    "CostoAzione",
    "Criterio",
    "DichiarazioneConflitto",
    "Dimensione",
    "DocumentoProgetto",
    "EdizioneConciliazione",
    "Ente",
    "FirmaAccordo",
    "FirmaRichiesta",
    "FonteScenario",
    "Forma",
    "Giustificativo",
    "Graduatoria",
    "Incasso",
    "IncontroAzione",
    "InterventoTempi",
    "Kpi",
    "ManifestazioneInteresse",
    "MappaImpatto",
    "Natura",
    "Pagamento",
    "Partner",
    "PianoDeiTempi",
    "PianoFinanziario",
    "Presenza",
    "Progetto",
    "ProgettoTempi",
    "Proposta",
    "Punteggio",
    "PuntoOrdine",
    "QuestionarioImpatto",
    "Referente",
    "Rendiconto",
    "RevocaContributo",
    "RichiestaConsultazione",
    "RigaComposizione",
    "RigaGraduatoria",
    "RigaMappa",
    "RigaRiparto",
    "RilevazioneAzione",
    "RilevazioneAzionePiano",
    "RilevazioneProgetto",
    "RilevazioneTempi",
    "Rinuncia",
    "Riscontro",
    "Scenario",
    "SchedaValutazione",
    "Seduta",
    "Seggio",
    "SemestreMonitoraggio",
    "Spesa",
    "StatoAzione",
    "TipoEnte",
    "ValidazioneVerbale",
    "ValoreIndicatore",
    "ValoreKpi",
    "Valutatore",
    "Verbale",
    "VersioneProposta",
    "VoceBudget",
    "VoceFinanziaria",
    "Votazione",
    "Voto",
]
