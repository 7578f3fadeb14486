# SPDX-License-Identifier: AGPL-3.0-or-later
"""The allocation of the 2017-2018 document from its data, and the resources of 2020."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from conciliazione.carica.riparto import carica
from conciliazione.models import (
    EdizioneConciliazione,
    ManifestazioneInteresse,
    Riscontro,
    Scenario,
)
from conciliazione.predefinite import dati_predefiniti
from tests.conftest import RADICE
from tests.factories_conciliazione import (
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PropostaFactory,
    VersioneFactory,
)

pytestmark = pytest.mark.django_db
DEL_2017 = RADICE / "fixtures" / "conciliazione_2017_2018"
DEL_2020 = RADICE / "fixtures" / "conciliazione_2020_2023"
D = Decimal


def leggi(file: Path) -> dict[str, list[dict[str, dict[str, str]]]]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@pytest.fixture
def bando() -> ManifestazioneInteresse:
    """The nine proposals as they arrived; six went on, with what the table 4.1 asks."""
    edizione = EdizioneConciliazioneFactory(
        anno_inizio=2017, anno_fine=2018, parametri=dati_predefiniti("2017-2018")
    )
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True, dotazione=D("834713.25"))
    dopo = {una["progetto"]: una for una in leggi(DEL_2017 / "finanziario.toml")["tabella_4_1"]}
    arrivate = leggi(DEL_2017 / "proposte.toml")["proposte"]
    assert sum(D(una["richiesto"]["valore"]) for una in arrivate) == D("1447100.00")
    resta = None
    for una in arrivate:
        fusa = una["numero"] in (6, 7, 8)
        proposta = PropostaFactory(
            manifestazione=bando, presentata=True, numero=una["numero"],
            titolo=una["titolo_stampato"], stato="fusa" if fusa else "ammessa",
            confluita_in=resta if fusa else None,
        )  # fmt: skip
        resta = proposta if una["numero"] == 5 else resta
        righe = [una] if fusa else [una, dopo[una["progetto"]]]
        for numero, riga in enumerate(righe, 1):
            VersioneFactory(
                proposta=proposta, numero=numero, contributo=D(riga["richiesto"]["valore"]),
                costo_dichiarato=D(riga["costo"]["valore"]), chiusa_il=timezone.now(),
            )  # fmt: skip
    return bando


def test_il_riparto_stampato_esce_dai_conti(bando: ManifestazioneInteresse) -> None:
    carica(bando.edizione, DEL_2017)
    scenario = Scenario.objects.get()
    righe = {riga.proposta.numero: riga for riga in scenario.righe.all()}
    assert {numero: riga.assegnato for numero, riga in righe.items()} == {
        1: D("41328.00"),
        2: D("157440.00"),
        3: D("182040.00"),
        4: D("176136.00"),
        5: D("203097.60"),
        9: D("174679.68"),
    }
    assert sum(riga.richiesto for riga in righe.values()) == D("963920.00")
    assert {numero: round(riga.quota, 2) for numero, riga in righe.items() if riga.quota} == {
        1: D("98.40"), 2: D("98.40"), 3: D("98.40"), 4: D("98.40"), 5: D("98.40"), 9: D("91.21"),
    }  # fmt: skip
    assert list(scenario.fonti.values_list("importo", flat=True)) == [
        D("834713.25"),
        D("100008.03"),
    ]
    assert (scenario.dotazione, scenario.residuo) == (D("934721.28"), 0)
    assert scenario.in_vigore
    assert f"{timezone.localtime(scenario.scelto_il):%d/%m/%Y}" == "26/05/2017"
    assert scenario.riga_fonte == "557-570, 904"
    bando.refresh_from_db()
    assert bando.stato == "conclusa"
    assert bando.proposte.filter(stato="finanziata").count() == 6
    assert bando.proposte.filter(stato="fusa").count() == 3


def test_ogni_cifra_stampata_del_riparto_ha_la_nostra_accanto(
    bando: ManifestazioneInteresse,
) -> None:
    carica(bando.edizione, DEL_2017)
    riscontri = Riscontro.objects.filter(edizione=bando.edizione)
    assert [(uno.chiave, uno.stampato, uno.calcolato) for uno in riscontri] == [
        ("assegnato-net-co", "€ 41.328,00", D("41328")),
        ("assegnato-become", "€ 157.440,00", D("157440")),
        ("assegnato-governare-equilibri", "€ 182.040,00", D("182040")),
        ("assegnato-smart-lab", "€ 176.136,00", D("176136")),
        ("assegnato-e-net", "€ 203.097,60", D("203097.60")),
        ("assegnato-labor", "€ 174.679,68", D("174679.68")),
        ("richiesto-sei-progetti", "€ 963.920,00", D("963920")),
        ("assegnato-sei-progetti", "€ 934.721,28", D("934721.28")),
        ("assegnato-fonti", "€ 934.721,28", D("934721.28")),
    ]
    assert all(uno.quadra for uno in riscontri)


def test_caricato_due_volte_e_come_una(bando: ManifestazioneInteresse) -> None:
    carica(bando.edizione, DEL_2017)
    carica(bando.edizione, DEL_2017)
    assert Scenario.objects.count() == 1
    assert Riscontro.objects.count() == 9


def test_senza_le_proposte_il_riparto_si_ferma_e_lo_dice(
    edizione: EdizioneConciliazione,
) -> None:
    with pytest.raises(ValidationError, match="net-co, become, governare-equilibri"):
        carica(edizione, DEL_2017)


def test_una_cartella_senza_piano_finanziario_non_ha_niente_da_caricare(
    edizione: EdizioneConciliazione, tmp_path: Path
) -> None:
    carica(edizione, tmp_path)
    assert not Riscontro.objects.exists()


def test_le_risorse_del_2020_escono_dalle_regole() -> None:
    edizione = EdizioneConciliazioneFactory(dotazione=D("968676.00"))
    carica(edizione, DEL_2020)
    riscontri = Riscontro.objects.filter(edizione=edizione)
    assert [(uno.chiave, uno.stampato, uno.calcolato) for uno in riscontri] == [
        ("azioni-sistema", "242.169,00", D("242169")),
        ("alleanze", "726.507,00", D("726507")),
        ("riserva-consulenza", "72.650,70", D("72650.70")),
        ("riserva-tempi", "72.650,70", D("72650.70")),
    ]
    assert all(uno.quadra for uno in riscontri)
