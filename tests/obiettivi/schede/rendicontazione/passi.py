# SPDX-License-Identifier: AGPL-3.0-or-later
"""A report of a row in few words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.azioni import Resoconto
from obiettivi.models import Rendicontazione, RigaScheda
from piani.models import Ruolo, UnitaOrganizzativa, Utente
from tests.factories import IncaricoFactory

OGGI = date(2023, 4, 10)
RESOCONTO = Resoconto(
    cifre={"stato": "numero", "valore": "96.5"},
    azioni="Aperto un ambulatorio in più.",
    criticita="Un medico in meno.",
    raggiungibile=True,
    dichiarato=Decimal("80.5"),
)


def il_giorno(monkeypatch: pytest.MonkeyPatch, giorno: date) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: giorno)


def guida(unita: UnitaOrganizzativa | None, ruolo: Ruolo = Ruolo.RESPONSABILE_CDR) -> Utente:
    assert unita is not None
    return IncaricoFactory(azienda=unita.azienda, unita=unita, ruolo=ruolo).utente


def bozza(riga: RigaScheda, da: Utente | None = None, **campi: Any) -> Rendicontazione:
    return azioni.salva_rendicontazione(
        riga, frazione="T1", resoconto=replace(RESOCONTO, **campi), da=da
    )


def trasmessa(riga: RigaScheda) -> Rendicontazione:
    return azioni.trasmetti(bozza(riga), da=None)


def dati(**campi: str) -> dict[str, str]:
    return {
        "stato": "numero",
        "valore": "96,5",
        "azioni": "Aperto un ambulatorio in più.",
        "raggiungibile": "si",
        "dichiarato": "80,5",
        "fai": "trasmetti",
        **campi,
    }


def invia(client: Client, riga: RigaScheda, frazione: str = "T1", **campi: Any) -> Any:
    return client.post(reverse("rendicontazione_salva", args=[riga.pk, frazione]), dati(**campi))
