# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a CdR reports of a row in a quarter, as the sheet gives it out: its draft, beside the
result, with the mark of how it was when the sheet left.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from obiettivi.azioni.periodo import cominciato
from obiettivi.foglio.testi import pulito
from obiettivi.models import AreaScheda, Rendicontazione, RigaScheda, SchedaBudget
from obiettivi.rules import schede_che_guida
from obiettivi.schede.ciclo import TRIMESTRI
from piani.models import Utente

SCRITTI = ("azioni", "provvedimenti", "criticita", "motivo")
CAMPI = ("azioni", "provvedimenti", "criticita", "raggiungibile", "motivo", "dichiarato")
Detto = dict[str, Any]
"""What a report says, by the name of its fields."""


@dataclass(frozen=True)
class DelCdr:
    """The report of a row: what there is of it, and whether the person may write it now."""

    riga: int
    bozza: Rendicontazione | None
    si_scrive: bool

    @property
    def segno(self) -> str:
        """Of which row it is, which save it was, what it said."""
        visto = self.bozza.impronta if self.bozza else ""
        return f"{self.riga}/{visto}/{impronta_di(detto_di(self.bozza))}"


def detto_di(una: Rendicontazione | None) -> Detto:
    """What a report says, as the cells hold it."""
    if una is None:
        return {**dict.fromkeys(SCRITTI, ""), "raggiungibile": None, "dichiarato": None}
    return {
        **{nome: pulito(getattr(una, nome)) for nome in SCRITTI},
        "raggiungibile": una.raggiungibile,
        "dichiarato": una.dichiarato,
    }


def impronta_di(detto: Detto) -> str:
    """The mark of what a report says."""
    dichiarato: Decimal | None = detto["dichiarato"]
    detti = [detto[nome] for nome in CAMPI if nome != "dichiarato"]
    detti.append(None if dichiarato is None else format(dichiarato.normalize() + 0, "f"))
    return hashlib.sha256(json.dumps(detti).encode()).hexdigest()[:16]


def resoconti_di(
    righe: Collection[RigaScheda], anno: int, frazione: str, utente: Utente
) -> dict[int, DelCdr]:
    """By row of the schede of a year, the report that the sheet shows: three queries."""
    if frazione not in TRIMESTRI:
        return {}
    chiavi = [riga.pk for riga in righe]
    viste = Rendicontazione.objects.visibili_a(utente).filter(riga__in=chiavi, frazione=frazione)
    bozze = {una.riga_id: una for una in viste}
    guidate = set(
        SchedaBudget.objects.filter(schede_che_guida(utente), aree__righe__in=chiavi).values_list(
            "pk", flat=True
        )
    )
    comincia = cominciato(anno, frazione, timezone.localdate())
    trovati = {}
    for riga in righe:
        bozza = bozze.get(riga.pk)
        scrive = comincia and riga.area.scheda_id in guidate and _si_rendiconta(riga)
        scrive = scrive and not (bozza and bozza.trasmessa)
        if bozza or scrive:
            trovati[riga.pk] = DelCdr(riga.pk, bozza, scrive)
    return trovati


def _si_rendiconta(riga: RigaScheda) -> bool:
    in_corso = riga.area.scheda.stato == SchedaBudget.Stato.IN_MONITORAGGIO
    return in_corso and not riga.aziendale and riga.area.tipo != AreaScheda.Tipo.ADEMPIMENTI
