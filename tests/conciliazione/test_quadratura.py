# SPDX-License-Identifier: AGPL-3.0-or-later
"""Operations as the plans write them; sources and uses that square, or say by how much not."""

from decimal import Decimal

import pytest

from conciliazione.calcolo.operazioni import OperazioneNonValida, esegui
from conciliazione.calcolo.quadratura import Voce, quadra


def d(testo: str) -> Decimal:
    return Decimal(testo)


@pytest.mark.parametrize(
    ("operazione", "decimali", "esito"),
    [
        ("1.407.767,95 + 178.241,39", 2, "1586009.34"),
        ("963.920,00 − 834.713,25", 2, "129206.75"),
        ("(963.920,00 − 834.713,25) : 834.713,25 × 100", 2, "15.48"),
        ("(191.520,00 − 14.000,00) × 0,984", 2, "174679.68"),
        ("30 : 2 + 1", 0, "16"),
        ("−5 − 3 + 1 + 3 + 3", 0, "-1"),
        ("2 + 3 × 4", 0, "14"),
        ("1 : 3", 4, "0.3333"),
        ("0,5", 0, "1"),
        ("-0,5", 0, "-1"),
    ],
)
def test_un_operazione_scritta_all_italiana_si_esegue_esatta(
    operazione: str, decimali: int, esito: str
) -> None:
    assert esegui(operazione, decimali) == d(esito)


@pytest.mark.parametrize("storta", ["", "1 +", "(1 + 2", "1 2", "uno", "1 : 0", "1 + ; 2"])
def test_un_operazione_storta_lo_dice(storta: str) -> None:
    with pytest.raises(OperazioneNonValida):
        esegui(storta, 2)


def test_una_voce_con_altre_sotto_e_la_loro_somma_e_il_piano_quadra() -> None:
    quadro = quadra(
        [
            Voce("r", "fonte", "Regionali", stampato=d("110")),
            Voce("r1", "fonte", "Prima", padre="r", importo=d("70")),
            Voce("r2", "fonte", "Seconda", padre="r", importo=d("30")),
            Voce("res", "fonte", "Residui"),
            Voce("p", "impiego", "Progetti", importo=d("75")),
            Voce("s", "impiego", "Sistema", importo=d("25")),
            Voce("t", "totale", "Costo", stampato=d("100"), calcolo="totale_impieghi"),
        ]
    )
    regionali, prima, _seconda, residui = quadro.fonti
    assert (regionali.calcolato, regionali.somma, prima.livello) == (d("100"), True, 1)
    assert regionali.differenza == d("10")
    assert [riga.voce.codice for riga in quadro.differenze] == ["r"]
    assert [riga.voce.codice for riga in quadro.ignote] == ["res"]
    assert residui.calcolato is None
    assert residui.quota is None
    assert quadro.impieghi[0].quota == d("75")
    assert (quadro.totale_fonti, quadro.saldo, quadro.quadra) == (d("100"), d("0"), True)
    assert quadro.totali[0].differenza == 0


def test_se_non_quadra_il_saldo_dice_di_quanto() -> None:
    quadro = quadra([Voce("f", "fonte", "F", importo=d("90")), Voce("i", "impiego", "I",
                     importo=d("100"))])  # fmt: skip
    assert (quadro.saldo, quadro.quadra) == (d("-10"), False)


def test_una_somma_di_sole_voci_ignote_e_ignota() -> None:
    quadro = quadra([Voce("a", "fonte", "A"), Voce("b", "fonte", "B", padre="a")])
    assert quadro.fonti[0].calcolato is None
    assert quadro.fonti[0].incompleta
    assert quadro.totale_fonti == 0
