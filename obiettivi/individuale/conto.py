# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the rows of a sheet to its sum: the scheda feeds the card, the server computes."""

from datetime import date
from decimal import Decimal

from obiettivi.calcolo.individuale import Conto, conto
from obiettivi.models import SchedaBudget, ValutazioneIndividuale
from obiettivi.schede.punteggio import risultato_finale
from piani.models import UnitaOrganizzativa
from piani.organigramma.discendenza import corrispondente


def scheda_di(valutazione: ValutazioneIndividuale) -> SchedaBudget | None:
    """The scheda budget of the person's unit, or of the nearest CdR above it, that year."""
    unita = valutazione.unita
    catena = list(UnitaOrganizzativa.objects.ancestors(unita, include_self=True))
    poi = corrispondente(unita, date(valutazione.anno, 12, 31))
    if poi is not None and poi.pk != unita.pk:
        catena = [*UnitaOrganizzativa.objects.ancestors(poi, include_self=True), *catena]
    trovate = {
        una.unita_id: una
        for una in SchedaBudget.objects.filter(anno=valutazione.anno, unita__in=catena)
    }
    return next((trovate[una.pk] for una in reversed(catena) if una.pk in trovate), None)


def risultato_di(
    valutazione: ValutazioneIndividuale, scheda: SchedaBudget | None
) -> Decimal | None:
    """The result of the scheda: the one that was signed or, before that, the one of now."""
    if valutazione.firmata_valutatore_il is not None:
        return valutazione.risultato_scheda
    return risultato_finale(scheda) if scheda is not None else None


def conto_di(valutazione: ValutazioneIndividuale, scheda: Decimal | None) -> Conto:
    """The sum of a sheet with that result of the scheda."""
    return conto(
        valutazione.regole,
        valutazione.regola_categoria,
        scheda=scheda,
        obiettivi=[(uno.peso, uno.raggiungimento) for uno in valutazione.obiettivi.all()],
        livelli={uno.codice: uno.livello for uno in valutazione.comportamenti.all()},
        mesi=valutazione.mesi,
    )
