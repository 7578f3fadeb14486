# SPDX-License-Identifier: AGPL-3.0-or-later
"""The resources of the conciliation: address, view, name."""

from typing import Any

from conciliazione.api import (
    bandi,
    comitato,
    denaro,
    edizioni,
    impatto,
    monitoraggio,
    persone,
    progetti,
    rete,
    tempi,
)

_RISORSE: tuple[tuple[str, Any], ...] = (
    ("edizioni", edizioni.EdizioneRisorsa),
    ("riscontri", edizioni.RiscontroRisorsa),
    ("piani-finanziari", edizioni.PianoFinanziarioRisorsa),
    ("enti", rete.EnteRisorsa),
    ("adesioni", rete.AdesioneRisorsa),
    ("composizioni", rete.ComposizioneRisorsa),
    ("ambiti", rete.AmbitoRisorsa),
    ("referenti", persone.ReferenteRisorsa),
    ("rilevazioni-tempi", tempi.RilevazioneTempiRisorsa),
    ("progetti-tempi", tempi.ProgettoTempiRisorsa),
    ("interventi-tempi", tempi.InterventoTempiRisorsa),
    ("seggi", comitato.SeggioRisorsa),
    ("componenti", persone.ComponenteRisorsa),
    ("sedute", comitato.SedutaRisorsa),
    ("votazioni", comitato.VotazioneRisorsa),
    ("verbali", comitato.VerbaleRisorsa),
    ("manifestazioni", bandi.ManifestazioneRisorsa),
    ("proposte", bandi.PropostaRisorsa),
    ("valutazioni", bandi.ValutazioneRisorsa),
    ("graduatorie", bandi.GraduatoriaRisorsa),
    ("scenari", bandi.ScenarioRisorsa),
    ("progetti", progetti.ProgettoRisorsa),
    ("accordi", progetti.AccordoRisorsa),
    ("azioni-di-piano", progetti.AzioneDiPianoRisorsa),
    ("semestri", monitoraggio.SemestreRisorsa),
    ("rilevazioni", monitoraggio.RilevazioneRisorsa),
    ("indicatori", monitoraggio.IndicatoreRisorsa),
    ("rendiconti", denaro.RendicontoRisorsa),
    ("spese", denaro.SpesaRisorsa),
    ("apporti", denaro.ApportoRisorsa),
    ("pagamenti", denaro.PagamentoRisorsa),
    ("revoche", denaro.RevocaRisorsa),
    ("incassi", denaro.IncassoRisorsa),
    ("mappe-di-impatto", impatto.MappaRisorsa),
    ("questionari", impatto.QuestionarioRisorsa),
)
ROTTE = [(f"conciliazione/{nome}", vista, f"conciliazione-{nome}") for nome, vista in _RISORSE]
