# SPDX-License-Identifier: AGPL-3.0-or-later
"""The resources of the lavoro agile: address, view, name."""

from typing import Any

from lavoro_agile.api import (
    accordi,
    cifre,
    domande,
    edizioni,
    mappatura,
    pola,
    programma,
    questionari,
    schede_mappatura,
)

_RISORSE: tuple[tuple[str, Any], ...] = (
    ("edizioni", edizioni.EdizioneRisorsa),
    ("mappature", mappatura.CampagnaRisorsa),
    ("schede-di-mappatura", schede_mappatura.SchedaMappaturaRisorsa),
    ("bandi", domande.BandoRisorsa),
    ("domande", domande.DomandaRisorsa),
    ("accordi", accordi.AccordoRisorsa),
    ("rilevazioni", cifre.RilevazioneRisorsa),
    ("giornate", cifre.GiornateRisorsa),
    ("pola", pola.PolaRisorsa),
    ("indicatori-pola", programma.IndicatorePolaRisorsa),
    ("questionari", questionari.QuestionarioRisorsa),
)
ROTTE = [(f"lavoro-agile/{nome}", vista, f"lavoro-agile-{nome}") for nome, vista in _RISORSE]
