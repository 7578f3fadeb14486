# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets as staff make them: headers on two rows, merged, repeated; wide; one column per period."""

from decimal import Decimal
from typing import Any

import pytest

from obiettivi.models import Indicatore
from piani.importazioni.abbinamento import Abbinamento, Colonna
from piani.models import Azienda, Importazione, Utente
from tests.factories import IndicatoreFactory, OrganigrammaFactory, UnitaFactory
from tests.piani.importazioni.fogli import conti, csv_, errori, importa, ods, proposto, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def indicatori(azienda: Azienda) -> list[Indicatore]:
    return [
        IndicatoreFactory(azienda=azienda, codice="007", nome="Ricoveri ripetuti"),
        IndicatoreFactory(
            azienda=azienda, codice="12", nome="Cesarei primari",
            tipo_formula=Indicatore.Formula.RAPPORTO,
        ),
    ]  # fmt: skip


def lette(importazione: Importazione) -> list[tuple[Any, ...]]:
    """Of each row to write: code, unit, year, period, figures."""
    codici = dict(Indicatore.objects.values_list("pk", "codice"))
    return [
        (
            codici[una.dati["k"][0]], una.dati["k"][1], una.dati["k"][2], una.dati["k"][3],
            *(Decimal(una.dati[nome]) for nome in ("valore", "numeratore", "denominatore")
              if nome in una.dati),
        )
        for una in importazione.righe.filter(esito="nuova").order_by("posto")
    ]  # fmt: skip


def test_una_colonna_per_periodo(azienda: Azienda, controllo: Utente) -> None:
    foglio = xlsx([["ASST di prova"], ["Monitoraggio 2024"],
                   ["Codice", "Indicatore", "Target", "I trim", "II trim", "III trim"],
                   ["007", "Ricoveri ripetuti", "≤ 5", 4.5, "5,1", None]])  # fmt: skip
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    assert importazione.errore == ""
    assert lette(importazione) == [
        ("007", None, 2024, "T1", Decimal("4.5")),
        ("007", None, 2024, "T2", Decimal("5.1")),
    ]


def test_intestazioni_su_due_righe_con_celle_unite(azienda: Azienda, controllo: Utente) -> None:
    foglio = xlsx(
        [["Cod.", "Indicatore", "1° trimestre 2024", None, "2° trimestre 2024", None],
         [None, None, "Num", "Den", "Num", "Den"],
         [12, "Cesarei primari", 10, 40, 12, 41]],
        unite=["A1:A2", "B1:B2", "C1:D1", "E1:F1"],
    )  # fmt: skip
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    assert importazione.abbinamento["righe"] == 2
    assert lette(importazione) == [
        ("12", None, 2024, "T1", Decimal(10), Decimal(40)),
        ("12", None, 2024, "T2", Decimal(12), Decimal(41)),
    ]


def test_due_righe_senza_celle_unite_come_in_un_csv(azienda: Azienda, controllo: Utente) -> None:
    foglio = csv_([["Codice", "2023", "", "2024", ""], ["", "T1", "T2", "T1", "T2"],
                   ["007", "1,5", "2,5", "3,5", ""]], codifica="cp1252")  # fmt: skip
    importazione = importa("rilevazioni", azienda, foglio, nome="dati.csv", da=controllo)
    assert [riga[2:] for riga in lette(importazione)] == [
        (2023, "T1", Decimal("1.5")), (2023, "T2", Decimal("2.5")), (2024, "T1", Decimal("3.5")),
    ]  # fmt: skip


def test_una_colonna_per_cdr(azienda: Azienda, controllo: Utente) -> None:
    chart = OrganigrammaFactory(azienda=azienda)
    una = UnitaFactory(organigramma=chart, codice="CARD", nome="Cardiologia")
    altra = UnitaFactory(organigramma=chart, codice="CHIR", nome="Chirurgia")
    foglio = ods([["Codice indicatore", "Anno", "CARD", "Chirurgia"], ["007", 2024, 3, "4,25"]])
    importazione = importa("rilevazioni", azienda, foglio, nome="cdr.ods", da=controllo)
    assert importazione.errore == ""
    assert lette(importazione) == [
        ("007", una.pk, 2024, "", Decimal(3)),
        ("007", altra.pk, 2024, "", Decimal("4.25")),
    ]


def test_le_celle_unite_verso_il_basso_valgono_per_tutte_le_righe(
    azienda: Azienda, controllo: Utente
) -> None:
    foglio = xlsx(
        [["Codice", "Anno", "Trimestre", "Consuntivo"], ["007", 2024, "T1", 1],
         [None, None, "T2", 2], [None, 2024, "T3", 3]],
        unite=["A2:A3", "B2:B3"],
    )  # fmt: skip
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    assert [riga[3:] for riga in lette(importazione)] == [("T1", Decimal(1)), ("T2", Decimal(2))]
    assert errori(importazione) == {4: {"codice": "Manca: di quale indicatore è il risultato?"}}


def test_una_cella_vuota_ripete_quella_sopra_solo_se_lo_si_dice(
    azienda: Azienda, controllo: Utente
) -> None:
    foglio = csv_([["Codice", "Anno", "Trimestre", "Consuntivo"], ["007", "2024", "T1", "1"],
                   ["", "", "T2", "2"]])  # fmt: skip
    prima = importa("rilevazioni", azienda, foglio, nome="a.csv", da=controllo)
    assert conti(prima) == {"nuove": 1, "sbagliate": 1}
    come = proposto(prima).come_dati() | {"riempi": True}
    ancora = importa("rilevazioni", azienda, foglio, nome="a.csv", da=controllo,
                     abbinamento=Abbinamento.da_dati(come))  # fmt: skip
    assert conti(ancora) == {"nuove": 2}


def test_le_intestazioni_ripetute_a_ogni_pagina_si_saltano(
    azienda: Azienda, controllo: Utente
) -> None:
    testa = ["Codice", "Anno", "Periodo", "Risultato"]
    foglio = xlsx([testa, ["007", 2024, "T1", 1], [], testa, ["007", 2024, "T2", 2]])
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    assert conti(importazione) == {"nuove": 2}
    assert [una.riga for una in importazione.righe.order_by("posto")] == [2, 5]


def test_meno_uno_vuol_dire_che_il_dato_non_c_e_se_non_ci_sono_altri_negativi(
    azienda: Azienda, controllo: Utente
) -> None:
    foglio = xlsx([["Codice", "Anno", "Periodo", "Risultato"], ["007", 2024, "T1", -1],
                   ["007", 2024, "T2", 3]])  # fmt: skip
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    assert importazione.abbinamento["meno_uno"] is True
    assert [una.dati["st"] for una in importazione.righe.order_by("posto")] == [
        "mancante", "numero",
    ]  # fmt: skip
    altro = xlsx([["Codice", "Anno", "Periodo", "Risultato"], ["007", 2024, "T1", -1],
                  ["007", 2024, "T2", -3]])  # fmt: skip
    assert importa("rilevazioni", azienda, altro, da=controllo).abbinamento["meno_uno"] is False


def test_due_colonne_uguali_si_abbinano_una_volta_sola(azienda: Azienda, controllo: Utente) -> None:
    foglio = xlsx([["Codice", "Anno", "Consuntivo", "Consuntivo"], ["007", 2024, 1, 2]])
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    colonne = [una["posto"] for una in importazione.abbinamento["colonne"]]
    assert colonne == [0, 1, 2]


def test_le_percentuali_scritte_come_frazioni(azienda: Azienda, controllo: Utente) -> None:
    foglio = xlsx([["Codice", "Anno", "Consuntivo"], ["007", 2024, 0.875]])
    importazione = importa(
        "rilevazioni", azienda, foglio, ambito={"percentuali": "frazione"}, da=controllo
    )
    assert lette(importazione) == [("007", None, 2024, "", Decimal("87.5"))]


def test_un_abbinamento_che_non_basta_dice_che_cosa_manca(
    azienda: Azienda, controllo: Utente
) -> None:
    come = Abbinamento("Dati", 0, 1, (Colonna(0, "codice"),))
    foglio = xlsx([["Codice", "Anno", "Consuntivo"], ["007", 2024, 1]])
    with pytest.raises(Exception, match="Manca la colonna dei risultati") as errore:
        importa("rilevazioni", azienda, foglio, da=controllo, abbinamento=come)
    assert errore.value.message_dict == {
        "abbinamento": ["Manca la colonna «Anno».", "Manca la colonna dei risultati."]
    }
