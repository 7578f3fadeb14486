# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chapter of the azioni positive: in their plan's document, and in the plan it is part of."""

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from jsonschema import Draft202012Validator

from piani.documenti import fotografa
from piani.models import Azienda, Piano
from piani.stampa import rende_csv, rende_json
from piani.stampa.capitoli import capitoli
from tests.factories import PianoFactory, SezioneFactory
from tests.factories_lavoro_agile import (
    AreaPositivaFactory,
    AzionePositivaFactory,
    MonitoraggioAzioneFactory,
    PianoPositivoFactory,
)

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).parents[2] / "static" / "schemi" / "documento-1.schema.json"


@pytest.fixture
def positivo(azienda: Azienda) -> Piano:
    piano = PianoPositivoFactory(azienda=azienda, titolo="PAP di prova")
    area = AreaPositivaFactory(piano=piano, ordine=1, nome="Cultura di genere")
    tre = [
        AzionePositivaFactory(area=area, ordine=n, titolo=f"Azione {n}", destinatari="Tutti")
        for n in (1, 2, 3)
    ]
    MonitoraggioAzioneFactory(azione=tre[0], stato="realizzata", percentuale=100)
    return piano


def foto_di(piano: Piano) -> dict[str, Any]:
    return fotografa(piano, versione=1, giorno=date(2023, 1, 31))


def test_la_fotografia_dice_aree_azioni_e_quota_di_ogni_anno(positivo: Piano) -> None:
    foto = foto_di(positivo)
    detto = foto["azioni_positive"]
    assert [a["codice"] for a in detto["aree"][0]["azioni"]] == ["1.1", "1.2", "1.3"]
    assert detto["anni"] == [
        {"anno": 2022, "previste": 3, "realizzate": 1, "quota": Decimal("33.33")}
    ]
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert [e.message for e in schema.iter_errors(json.loads(rende_json(foto)))] == []


def test_il_capitolo_si_stampa_con_le_sue_tabelle(positivo: Piano) -> None:
    SezioneFactory(piano=positivo, tipo="azioni_positive", titolo="Premessa", testo="Perché.")
    capitolo = next(c for c in capitoli(foto_di(positivo)) if c.chiave == "azioni_positive")
    assert [voce.titolo for voce in capitolo.voci] == ["Cultura di genere"]
    testo = render_to_string(capitolo.modello, {"dati": capitolo.dati})
    assert 'id="azioni-positive-1"' in testo
    assert "Azione 3" in testo
    assert '<td class="cifra">33,33 %</td>' in testo


def test_il_foglio_del_documento_ha_una_riga_per_azione(positivo: Piano) -> None:
    testo = rende_csv(foto_di(positivo))["azioni-positive.csv"].decode()
    righe = list(csv.DictReader(StringIO(testo)))
    assert [(r["area"], r["codice"], r["destinatari"]) for r in righe] == [
        ("Cultura di genere", f"1.{n}", "Tutti") for n in (1, 2, 3)
    ]


@pytest.mark.parametrize("tipo", ["performance", "piao"])
def test_il_piano_dell_azienda_riporta_quello_adottato(positivo: Piano, tipo: str) -> None:
    altro = PianoFactory(azienda=positivo.azienda, tipo=tipo)
    assert foto_di(altro)["azioni_positive"]["titolo"] == "PAP di prova"
    positivo.stato = "bozza"
    positivo.save()
    assert "azioni_positive" not in foto_di(altro)


def test_un_piano_senza_azioni_positive_non_ne_parla(azienda: Azienda) -> None:
    foto = foto_di(PianoFactory(azienda=azienda))
    assert "azioni_positive" not in foto
    assert "azioni-positive.csv" not in rende_csv(foto)
