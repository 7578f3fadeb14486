# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede budget of a year as the Relazione tells them: scores by department, resources."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from obiettivi.models import (
    PunteggioScheda,
    RevisioneScheda,
    RisorsaScheda,
    SchedaBudget,
    ValidazioneScheda,
)
from piani.models import Azienda, UnitaOrganizzativa

Dati = dict[str, Any]
REPARTI = (UnitaOrganizzativa.Tipo.DIPARTIMENTO, UnitaOrganizzativa.Tipo.DIREZIONE)


def schede_di(azienda: Azienda, anno: int) -> list[Dati]:
    """The schede of the CdR under the department each belongs to, with their score if there is."""
    schede = list(_schede(azienda, anno))
    punteggi = {
        uno.scheda_id: uno
        for uno in PunteggioScheda.objects.filter(
            scheda__in=schede, livello=PunteggioScheda.Livello.SCHEDA, frazione=""
        )
    }
    validati = {
        una.scheda_id
        for una in ValidazioneScheda.objects.filter(
            scheda__in=schede, esito=ValidazioneScheda.Esito.VALIDATA
        )
    }
    reparti = _reparti(schede)
    gruppi: dict[str, list[Dati]] = defaultdict(list)
    for scheda in schede:
        gruppi[reparti[scheda.pk]].append(
            _scheda(scheda, punteggi.get(scheda.pk), scheda.pk in validati)
        )
    return [{"dipartimento": nome, "schede": righe} for nome, righe in sorted(gruppi.items())]


def _schede(azienda: Azienda, anno: int) -> Any:
    return (
        SchedaBudget.objects.filter(azienda=azienda, anno=anno)
        .dei_cdr()
        .select_related("unita")
        .order_by("unita__ordine", "unita__nome", "pk")
    )


def _scheda(scheda: SchedaBudget, punteggio: PunteggioScheda | None, validata: bool) -> Dati:
    calcolata = punteggio is not None and punteggio.stato == PunteggioScheda.Stato.CALCOLATO
    return {
        "unita": scheda.unita.nome,
        "stato": scheda.stato,
        "stato_etichetta": scheda.get_stato_display(),
        "validata": validata,
        "punteggio": punteggio.punteggio.normalize() + 0 if calcolata else None,
        "mostrato": punteggio.mostrato if punteggio else "",
        "copertura": punteggio.copertura.normalize() + 0 if punteggio else None,
        "motivo": punteggio.motivo if punteggio else _("non calcolato"),
        "dimostrativo": bool(punteggio and punteggio.dimostrativo),
    }


def _reparti(schede: list[SchedaBudget]) -> dict[int, str]:
    """The department (or direzione) above each scheda's unit, itself included."""
    organigrammi = {scheda.unita.organigramma_id for scheda in schede}
    unita = {
        una.pk: una for una in UnitaOrganizzativa.objects.filter(organigramma__in=organigrammi)
    }
    trovati = {}
    for scheda in schede:
        sopra = unita.get(scheda.unita_id)
        while sopra is not None and sopra.tipo not in REPARTI:
            sopra = unita.get(sopra.parent_id)
        trovati[scheda.pk] = sopra.nome if sopra else _("Altre strutture")
    return trovati


def revisioni_di(azienda: Azienda, anno: int) -> list[Dati]:
    """The schede revised during the year, with the act and the reason."""
    righe = RevisioneScheda.objects.filter(
        scheda__azienda=azienda, scheda__anno=anno, scheda__unita__isnull=False
    ).select_related("scheda__unita")
    return [
        {
            "unita": una.scheda.unita.nome,
            "atto": f"{una.atto_tipo} n. {una.atto_numero}",
            "data": una.atto_data.isoformat(),
            "motivo": una.motivo,
            "conclusa": una.alla_id is not None,
        }
        for una in righe.order_by("atto_data", "pk")
    ]


def risorse_di(azienda: Azienda, anno: int) -> list[Dati]:
    """The resources of all the schede, by factor; ``senza`` are the schede that do not say one.

    A total of less than all the schede says so: what is missing is not zero.
    """
    righe = (
        RisorsaScheda.objects.filter(
            scheda__azienda=azienda, scheda__anno=anno, scheda__unita__isnull=False
        )
        .values("fattore", "unita_misura")
        .annotate(
            schede=Count("pk"),
            senza_budget=Count("pk", filter=Q(budget__isnull=True)),
            senza_consuntivo=Count("pk", filter=Q(consuntivo__isnull=True)),
            budget=Sum("budget"),
            consuntivo=Sum("consuntivo"),
        )
        .order_by("fattore", "unita_misura")
    )
    return [_risorsa(riga) for riga in righe]


def _risorsa(riga: Dati) -> Dati:
    budget, consuntivo = _numero(riga["budget"]), _numero(riga["consuntivo"])
    completa = not riga["senza_budget"] and not riga["senza_consuntivo"]
    return {
        "fattore": riga["fattore"],
        "unita_misura": riga["unita_misura"],
        "schede": riga["schede"],
        "senza_budget": riga["senza_budget"],
        "senza_consuntivo": riga["senza_consuntivo"],
        "budget": budget,
        "consuntivo": consuntivo,
        "differenza": _numero(consuntivo - budget)
        if completa and budget is not None and consuntivo is not None
        else None,
    }


def _numero(valore: Decimal | None) -> Decimal | None:
    return None if valore is None else valore.normalize() + 0
