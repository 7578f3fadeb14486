# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition: read, checked as a whole, given back as they were."""

from decimal import Decimal
from typing import Any

import pytest

from conciliazione.calcolo.controlli import mancanze
from conciliazione.calcolo.edizione import Natura, ParametriNonValidi
from conciliazione.calcolo.edizione_dati import come_dati, da_dati
from conciliazione.calcolo.importi import in_centesimi, parte_di, quota_contributo
from conciliazione.predefinite import NOMI, dati_predefiniti, predefinita


def problemi(**cambi: Any) -> list[str]:
    with pytest.raises(ParametriNonValidi) as raccolti:
        da_dati(dati_predefiniti("2020-2023") | cambi)
    return raccolti.value.problemi


@pytest.mark.parametrize("nome", NOMI)
def test_le_regole_pronte_si_leggono_e_tornano_come_sono(nome: str) -> None:
    assert come_dati(predefinita(nome)) == dati_predefiniti(nome)


def test_la_prima_edizione_non_ha_un_tetto_e_ha_solo_capofila_pubblici() -> None:
    regole = predefinita("2017-2018")
    assert regole.quota_massima.valore is None
    assert regole.capofila.nature == (Natura.PUBBLICA,)
    assert [uno.codice for uno in regole.indicatori if uno.gruppo == "a"] == [
        f"a{n}" for n in range(1, 10)
    ]
    assert len(regole.indicatori) == 9 + 7 + 3


def test_le_risorse_del_2020_si_dividono_come_stampato() -> None:
    regole, dotazione = predefinita("2020-2023"), Decimal("968676.00")
    sistema = parte_di(regole.quota_sistema.valore or Decimal(0), dotazione)
    alleanze = dotazione - sistema
    riserve = [parte_di(una.quota, alleanze) for una in regole.riserve]
    assert (sistema, alleanze) == (Decimal("242169.00"), Decimal("726507.00"))
    assert riserve == [Decimal("72650.70"), Decimal("72650.70")]


def test_la_quota_di_e_net_supera_il_settanta() -> None:
    quota = quota_contributo(Decimal("203097.60"), Decimal("287525.00"))
    assert quota is not None
    assert in_centesimi(quota) == Decimal("70.64")
    assert quota_contributo(Decimal(1), Decimal(0)) is None


def test_l_edizione_da_compilare_si_salva_ma_le_manca_quasi_tutto() -> None:
    assert mancanze(predefinita("2025-2027")) == [
        "Il catalogo degli interventi è vuoto.",
        "Non c'è nessuna finalità.",
        "Non c'è nessun criterio di valutazione.",
        "Non c'è nessun indicatore di monitoraggio.",
        "Non si dice in quante rate si paga il contributo.",
        "Non si dice in quali categorie si scrivono i costi.",
    ]
    assert mancanze(predefinita("2020-2023")) == []


@pytest.mark.parametrize(
    ("cambi", "detto"),
    [
        ({"nome": " "}, "nome: manca."),
        ({"quota_sistema": {"valore": "120", "fonte": "x"}},
         "quota_sistema.valore: va da 0 a 100."),
        ({"quota_massima": {"valore": "70", "fonte": ""}},
         "quota_massima.fonte: scrivi da quale articolo viene."),
        ({"quota_massima": {"valore": 0.7, "fonte": "x"}},
         "quota_massima.valore: «0.7» non va bene, serve un numero o niente."),
        ({"contributo_massimo": {"valore": "-1", "fonte": "x"}},
         "contributo_massimo.valore: va da 0 in su."),
        ({"capofila": {"nature": [], "garanti": [], "fonte": ""}},
         "capofila.nature: qualcuno deve poter essere capofila."),
        ({"capofila": {"nature": ["pubblica"], "garanti": ["ambito"], "fonte": ""}},
         "capofila.garanti: servono solo se anche un privato può essere capofila."),
        ({"rate": [{"codice": "unica", "nome": "Unica", "quota": "90"}]},
         "rate: le quote fanno 90, non 100."),
        ({"riserve": [{"codice": "r", "nome": "R", "quota": "10", "categorie": ["z"],
                       "fonte": "x"}]},
         "riserve «R»: la categoria «z» non è nel catalogo."),
        ({"scadenze": [{"codice": "s", "nome": "S", "giorno": "31/05/2017"}]},
         "scadenze[1].giorno: «31/05/2017» non è un giorno (anno-mese-giorno)."),
        ({"punteggio_minimo": {"valore": "60", "fonte": "x"},
          "criteri": [{"codice": "c", "nome": "C", "punti": "50"}]},
         "punteggio_minimo.valore: i criteri ordinari danno al massimo 50 punti."),
        ({"altro": 1}, "altro: campo sconosciuto."),
    ],
)  # fmt: skip
def test_una_regola_sbagliata_e_detta_con_il_suo_campo(cambi: dict[str, Any], detto: str) -> None:
    assert problemi(**cambi) == [detto]


def test_contributo_e_cofinanziamento_insieme_non_superano_cento() -> None:
    (detto,) = problemi(quota_massima={"valore": "80", "fonte": "x"})
    assert detto.startswith("cofinanziamento_minimo.valore: con un contributo fino al 80 %")


def test_una_categoria_si_trova_anche_dal_suo_intervento() -> None:
    regole = predefinita("2020-2023")
    assert [una.codice for una in (regole.categoria("b2"), regole.categoria("b")) if una] == [
        "b",
        "b",
    ]
    assert regole.categoria("non-c-e") is None
