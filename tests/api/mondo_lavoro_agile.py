# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row of each resource of the lavoro agile, with what hangs from it, in an azienda."""

from itertools import count
from typing import Any

from django.utils import timezone

from lavoro_agile.models import EdizioneLavoroAgile, ParereDomanda, QuestionarioAgile
from tests.factories import TargetFactory
from tests.factories_conciliazione import QuestionarioFactory
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    AttivitaFactory,
    AutorizzatiFactory,
    BandoAgileFactory,
    CampagnaFactory,
    DomandaAgileFactory,
    FaseSviluppoFactory,
    GiornateFactory,
    IndicatorePolaFactory,
    MappaturaFactory,
    MotivoFactory,
    PolaFactory,
    ProfiloFactory,
    RecessoFactory,
    RilevazioneAgileFactory,
    TrancheFactory,
    TutelaFactory,
)

SEGRETO = "cardiopatia-di-prova"
_anni = count(2030)


def una_di_ogni(edizione: EdizioneLavoroAgile) -> dict[str, Any]:
    """By the name of the resource, the row that was made; with reasons that nobody is to read."""
    azienda, anno = edizione.azienda, next(_anni)
    bando = BandoAgileFactory(edizione=edizione)
    TrancheFactory(bando=bando)
    domanda = DomandaAgileFactory(bando=bando, stato="favorevole")
    MotivoFactory(domanda=domanda, dettaglio=SEGRETO)
    ParereDomanda.objects.create(domanda=domanda, esito="favorevole", motivazione=SEGRETO, giorni=6)
    accordo = AccordoAgileFactory(edizione=edizione)
    TutelaFactory(accordo=accordo, tipo="disabile", giorni_mese=13)
    RecessoFactory(accordo=accordo, giustificato=True, motivo=SEGRETO)
    campagna = CampagnaFactory(azienda=azienda, anno=anno)
    scheda = MappaturaFactory(campagna=campagna, stato="trasmessa", trasmessa_il=timezone.now())
    AttivitaFactory(mappatura=scheda)
    ProfiloFactory(mappatura=scheda)
    rilevazione = RilevazioneAgileFactory(azienda=azienda, anno=anno, giorno=f"{anno}-04-30")
    AutorizzatiFactory(rilevazione=rilevazione, quanti=6)
    AutorizzatiFactory(rilevazione=rilevazione, quanti=3)
    pola = PolaFactory(piano__azienda=azienda)
    FaseSviluppoFactory(pola=pola)
    indicatore = IndicatorePolaFactory(pola=pola)
    TargetFactory(misura=indicatore.misura, stampato="≥ 60%", anno=2021)
    return {
        "edizioni": edizione,
        "mappature": campagna,
        "schede-di-mappatura": scheda,
        "bandi": bando,
        "domande": domanda,
        "accordi": accordo,
        "rilevazioni": rilevazione,
        "giornate": GiornateFactory(azienda=azienda, anno=anno),
        "pola": pola,
        "indicatori-pola": indicatore,
        "questionari": QuestionarioAgile.objects.create(
            edizione=edizione, anno=anno, rivolto="lavoratori",
            questionario=QuestionarioFactory(azienda=azienda),
        ),
    }  # fmt: skip
