# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures of the chapter: mapping, requests, authorised, thresholds of law. Small groups are
silent, for whoever publishes.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q

from lavoro_agile.cifre.autorizzati import Prospetto, prospetti
from lavoro_agile.cifre.soglie import Confronto, soglie_il
from lavoro_agile.domande.cifre import quadro
from lavoro_agile.mappatura.totali import INVIATE, per_esito, totali
from lavoro_agile.models import (
    AttivitaMappata,
    BandoLavoroAgile,
    CampagnaMappatura,
    RilevazioneAgile,
    SogliaDiLegge,
)
from piani.models import Azienda

Dati = dict[str, Any]
CENTESIMO = Decimal("0.01")


def mappature(azienda: Azienda, primo: int, ultimo: int) -> list[Dati]:
    """What could be done so, and by how many, in each round of those years that was answered."""
    campagne = CampagnaMappatura.objects.filter(azienda=azienda, anno__range=(primo, ultimo))
    return [_mappatura(una) for una in campagne.exclude(stato="bozza").order_by("anno")]


def _mappatura(campagna: CampagnaMappatura) -> Dati:
    inviate = campagna.mappature.filter(stato__in=INVIATE)
    attivita = list(AttivitaMappata.objects.filter(mappatura__in=inviate))
    tutti = totali(campagna).totale
    return {
        "anno": campagna.anno,
        "titolo": campagna.titolo,
        "dimostrativa": campagna.dimostrativa,
        "schede": campagna.mappature.count(),
        "trasmesse": inviate.count(),
        "attivita": [{"esito": nome, "quante": quante} for nome, quante in per_esito(attivita)],
        "in_servizio": tutti.in_servizio,
        "potenziali": tutti.potenziali,
        "quota": _al_centesimo(tutti.quota),
    }


def domande(azienda: Azienda, primo: int, ultimo: int) -> list[Dati]:
    """The requests of each call of those years that is over, by area and in all."""
    bandi = BandoLavoroAgile.objects.filter(
        edizione__azienda=azienda, stato="concluso", chiude_il__year__range=(primo, ultimo)
    )
    return [_bando(uno) for uno in bandi.select_related("edizione").order_by("chiude_il")]


def _bando(bando: BandoLavoroAgile) -> Dati:
    """Of a tranche the places that were planned: a document that was transcribed says these, and
    not how many were admitted in each.
    """
    tavola = quadro(bando)
    contate = [riga for riga in tavola.righe if riga.posti is None and riga.totale != 0]
    return {
        "titolo": str(bando),
        "chiuso_il": bando.chiude_il.isoformat(),
        "dimostrativo": bando.edizione.dimostrativa,
        "aree": tavola.aree,
        "righe": [
            {"nome": riga.nome, "per_area": riga.per_area, "totale": riga.totale}
            for riga in (tavola.totali, *contate)
        ],
        "tranche": [
            {"nome": str(una), "posti": una.posti} for una in bando.tranche.order_by("ordine")
        ],
        "tace": tavola.tace,
    }


def rilevazioni(azienda: Azienda, primo: int, ultimo: int) -> list[Dati]:
    """The authorised on both denominators, beside what the law asked on that day."""
    contate = RilevazioneAgile.objects.filter(azienda=azienda, anno__range=(primo, ultimo))
    return [_rilevazione(uno) for uno in prospetti(list(contate.order_by("giorno")))]


def _rilevazione(prospetto: Prospetto) -> Dati:
    contata, quota = prospetto.rilevazione, prospetto.quota
    confronti = soglie_il(contata.azienda, contata.giorno, quota)
    return {
        "giorno": contata.giorno.isoformat(),
        "titolo": contata.titolo,
        "stampata": contata.stampata,
        "dimostrativa": contata.dimostrativa,
        "autorizzati": prospetto.totale,
        "per_genere": [
            {"genere": genere, "quanti": quanti}
            for genere, quanti in zip(prospetto.generi, prospetto.per_genere, strict=True)
        ],
        "dipendenti": contata.dipendenti,
        "potenziali": contata.potenziali,
        "sui_dipendenti": _al_centesimo(quota.sui_dipendenti) if quota else None,
        "sui_potenziali": _al_centesimo(quota.sui_potenziali) if quota else None,
        "effettivi": _al_centesimo(prospetto.quota_effettivi),
        "soglie": [_confronto(uno) for uno in confronti],
        "riga_fonte": contata.riga_fonte,
    }


def _confronto(uno: Confronto) -> Dati:
    return {
        "codice": uno.soglia.codice,
        "dal": uno.soglia.dal.isoformat(),
        "raggiunta": _al_centesimo(uno.quota),
        "si_applica": uno.si_applica,
        "esito": uno.raggiunta,
    }


def soglie(primo: date, ultimo: date) -> list[Dati]:
    """What the law asked on some day between those two, each with its law."""
    vigenti = SogliaDiLegge.objects.filter(Q(al__isnull=True) | Q(al__gte=primo), dal__lte=ultimo)
    return [
        {
            "codice": una.codice,
            "nome": una.nome,
            "percentuale": una.percentuale.normalize() + 0,
            "su": una.get_su_display(),
            "dal": una.dal.isoformat(),
            "al": una.al.isoformat() if una.al else "",
            "norma": una.norma,
        }
        for una in vigenti.order_by("dal", "codice")
    ]


def _al_centesimo(quota: Decimal | None) -> Decimal | None:
    return None if quota is None else quota.quantize(CENTESIMO, ROUND_HALF_UP)
