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
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from lavoro_agile.carica.azioni_positive import carica
from piani import azioni as azioni_piani
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
from tests.stampe.veloce import fallimenti

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


# --- i due piani veri ---------------------------------------------------------------------------

FONTI = Path(__file__).parents[2] / "fixtures"
VERI = [
    ("lavoro_agile_ats_milano_2021", 2021, 6, [5, 3, 4, 7, 4, 2]),
    ("lavoro_agile_asst_cremona_2022", 2022, 2, [4, 3]),
]


@pytest.mark.parametrize("tipo", ["performance", "piao"])
@pytest.mark.parametrize(("cartella", "anno", "aree", "azioni"), VERI)
def test_i_piani_veri_stampano_le_loro_aree_e_azioni(
    azienda: Azienda, cartella: str, anno: int, aree: int, azioni: list[int], tipo: str
) -> None:
    """ATS Milano: 6 areas (lines 1891-1959 of the source). ASST Cremona: 2 areas and 7 actions
    (lines 3321-3370). In the PIAO they are its subsection 2.2.
    """
    positivo = carica(azienda, FONTI / cartella)
    assert positivo is not None
    altro = PianoFactory(azienda=azienda, tipo=tipo, anno_inizio=anno, anno_fine=anno + 2)
    for piano, sottosezione in ((positivo, ""), (altro, {"piao": "2.2"}.get(tipo, ""))):
        foto = foto_di(piano)
        detto = foto["azioni_positive"]
        assert (detto["titolo"], detto["sottosezione"]) == (positivo.titolo, sottosezione)
        assert [len(area["azioni"]) for area in detto["aree"]] == azioni
        schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
        assert [e.message for e in schema.iter_errors(json.loads(rende_json(foto)))] == []
        capitolo = next(c for c in capitoli(foto) if c.chiave == "azioni_positive")
        testo = " ".join(render_to_string(capitolo.modello, {"dati": capitolo.dati}).split())
        assert f"{aree} aree e {sum(azioni)} azioni." in testo
        assert testo.count("<table") == aree
        assert testo.count('<th scope="row">') == sum(azioni)
        assert ("Sottosezione 2.2 del PIAO" in testo) == (sottosezione == "2.2")
        # What the sources do not print takes no column.
        assert "Responsabile" not in testo
        assert "Indicatore e atteso" not in testo


def test_una_colonna_c_e_se_qualcuno_l_ha_riempita(positivo: Piano) -> None:
    azione = positivo.aree_positive.get().azioni.first()
    azione.responsabile_stampato, azione.atteso = "Il CUG", "tre incontri"
    azione.save()
    capitolo = next(c for c in capitoli(foto_di(positivo)) if c.chiave == "azioni_positive")
    testo = render_to_string(capitolo.modello, {"dati": capitolo.dati})
    assert '<th scope="col">Responsabile</th>' in testo
    assert "<td>Il CUG</td>" in testo
    assert '<span class="minuto riga">tre incontri</span>' in testo


def test_il_piano_si_pubblica_in_amministrazione_trasparente(
    positivo: Piano, client: Client
) -> None:
    SezioneFactory(piano=positivo, tipo="azioni_positive", titolo="Premessa", testo="Perché.")
    documento = azioni_piani.pubblica(positivo, da=None)
    assert azioni_piani.stampa(documento)
    sezione = reverse("at_sezione", args=[positivo.azienda.codice, "piano-della-performance"])
    testo = client.get(sezione).content.decode()
    assert "PAP di prova" in testo
    assert "azioni-positive.csv" in testo
    documento.refresh_from_db()
    casa = documento.get_absolute_url()
    assert "Cultura di genere" in client.get(casa).content.decode()
    pdf = b"".join(client.get(f"{casa}documento.pdf").streaming_content)
    assert fallimenti(pdf) == {"ua1": set(), "2a": set()}
    positivo.refresh_from_db()
    assert positivo.stato == "pubblicato"
