# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changed during the year: the plan made to roll on, the schede revised, the scores redone."""

from typing import Any

from django.utils import timezone

from obiettivi.relazione.strutture import revisioni_di
from obiettivi.revisione import confronta
from piani.models import Evento, Piano

Dati = dict[str, Any]

# What is done to a plan after its adoption, that changes what the year is measured by.
DOPO_L_ADOZIONE = ("calcolo.accettato", "indicatore.modificato")


def revisioni(piano: Piano, anno: int) -> Dati:
    """The revisions of a year, each with its act or its reason."""
    return {
        "scorrimenti": [_scorrimento(uno) for uno in _nati_nell_anno(piano, anno)],
        "schede": revisioni_di(piano.azienda, anno),
        "modifiche": _modifiche(piano, anno),
    }


def _nati_nell_anno(piano: Piano, anno: int) -> list[Piano]:
    """The plan itself if it began that year from an earlier one, and those born from it then."""
    possibili = [piano, *piano.scorrimenti.select_related("scorrimento_di")]
    return [
        uno
        for uno in possibili
        if uno.scorrimento_di_id
        and uno.stato not in (Piano.Stato.BOZZA, Piano.Stato.IN_VALIDAZIONE)
        and anno == (uno.atto_data.year if uno.atto_data else uno.anno_inizio)
    ]


def _scorrimento(nuovo: Piano) -> Dati:
    confronto = confronta(nuovo, nuovo.scorrimento_di)
    return {
        "piano": nuovo.titolo,
        "rispetto_a": nuovo.scorrimento_di.titolo,
        "atto": f"{nuovo.atto_tipo} {nuovo.atto_numero}".strip(),
        "data": nuovo.atto_data.isoformat() if nuovo.atto_data else "",
        "gruppi": [
            {
                "titolo": gruppo.titolo,
                "aggiunti": len(gruppo.aggiunte),
                "tolti": len(gruppo.tolte),
                "cambiati": len(gruppo.cambiate),
                "uguali": gruppo.uguali,
            }
            for gruppo in confronto.gruppi
        ],
    }


def _modifiche(piano: Piano, anno: int) -> list[Dati]:
    """From the register: what touched the plan from the beginning of the year on."""
    eventi = Evento.objects.che_riguardano(piano).filter(
        tipo__in=DOPO_L_ADOZIONE, quando__year__gte=anno
    )
    return [
        {"quando": timezone.localdate(uno.quando).isoformat(), "descrizione": uno.descrizione}
        for uno in eventi.order_by("quando", "pk")
    ]
