# SPDX-License-Identifier: AGPL-3.0-or-later
from decimal import Decimal

import pytest

from obiettivi.calcolo.valori import (
    Calcolato,
    Escluso,
    Mancante,
    Motivo,
    NonApplicabile,
    NonCalcolabile,
    Numero,
    motivo_di,
    valore_di,
)


def test_zero_e_un_numero_e_non_un_dato_mancante() -> None:
    assert Numero(Decimal(0)) != Mancante()
    assert valore_di(Calcolato(Decimal(0))) == Decimal(0)


@pytest.mark.parametrize("storto", ["NaN", "Infinity", "-Infinity"])
def test_un_valore_non_finito_e_rifiutato(storto: str) -> None:
    with pytest.raises(ValueError, match="non è un numero finito"):
        Numero(Decimal(storto))


def test_un_valore_non_applicabile_deve_dire_perche() -> None:
    with pytest.raises(ValueError, match="deve dire il motivo"):
        NonApplicabile("  ")


def test_il_motivo_porta_il_suo_dettaglio() -> None:
    punteggio = NonCalcolabile(Motivo.NESSUN_VALORE, "N.D.")
    assert motivo_di(punteggio) == "manca il risultato: N.D."
    assert motivo_di(NonCalcolabile(Motivo.DENOMINATORE_ZERO)) == "il denominatore è zero"
    assert motivo_di(Escluso("rinviato dalla Regione")) == "rinviato dalla Regione"
    assert motivo_di(Calcolato(Decimal(50))) == ""


def test_i_tre_stati_hanno_il_loro_nome() -> None:
    assert Calcolato(Decimal(1)).stato == "calcolato"
    assert NonCalcolabile(Motivo.NESSUN_TARGET).stato == "non_calcolabile"
    assert Escluso("x").stato == "escluso"
    assert valore_di(Escluso("x")) is None


@pytest.mark.parametrize("motivo", list(Motivo))
def test_ogni_motivo_ha_la_sua_frase(motivo: Motivo) -> None:
    assert motivo.frase
    assert motivo.frase == motivo.frase.strip().rstrip(".")
