# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the lavoro agile, one module per noun."""

from lavoro_agile.models.accordo import (
    AccordoIndividuale,
    Prevalenza,
    RecessoAccordo,
    TutelaAccordo,
    VerificaAccordo,
)
from lavoro_agile.models.bando import BandoLavoroAgile, Tranche
from lavoro_agile.models.cifre import AutorizzatiUnita, GiornateAgili, RilevazioneAgile
from lavoro_agile.models.domanda import (
    ColloquioDomanda,
    DomandaLavoroAgile,
    MotivoDomanda,
    ParereDomanda,
    SecondaIstanza,
)
from lavoro_agile.models.edizione import EdizioneLavoroAgile, QuestionarioAgile
from lavoro_agile.models.legge import CondizioneDiLegge, SogliaDiLegge
from lavoro_agile.models.mappatura import (
    AttivitaMappata,
    CampagnaMappatura,
    Livello,
    MappaturaAttivita,
    ProfiloMappato,
    Smartabile,
)
from lavoro_agile.models.persone import Area, Genere
from lavoro_agile.models.pola import Dimensione, FaseSviluppo, IndicatorePola, Pola

__all__ = [
    "AccordoIndividuale",
    "Area",
    "AttivitaMappata",
    "AutorizzatiUnita",
    "BandoLavoroAgile",
    "CampagnaMappatura",
    "ColloquioDomanda",
    "CondizioneDiLegge",
    "Dimensione",
    "DomandaLavoroAgile",
    "EdizioneLavoroAgile",
    "FaseSviluppo",
    "Genere",
    "GiornateAgili",
    "IndicatorePola",
    "Livello",
    "MappaturaAttivita",
    "MotivoDomanda",
    "ParereDomanda",
    "Pola",
    "Prevalenza",
    "ProfiloMappato",
    "QuestionarioAgile",
    "RecessoAccordo",
    "RilevazioneAgile",
    "SecondaIstanza",
    "Smartabile",
    "SogliaDiLegge",
    "Tranche",
    "TutelaAccordo",
    "VerificaAccordo",
]
