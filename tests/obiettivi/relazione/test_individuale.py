# SPDX-License-Identifier: AGPL-3.0-or-later
"""The aggregates of the individual evaluation: nobody is found again behind a small cell."""

from typing import Any

from obiettivi.relazione.individuale import Aggregato, Casella, aggregati, sopprimi


def persone(*righe: tuple[int, ...]) -> list[list[Casella]]:
    return [[Casella(n, n) for n in riga] for riga in righe]


def mostrate(righe: list[list[dict[str, Any]]]) -> list[list[str]]:
    return [["n.m." if c["soppressa"] else c["stampato"] for c in riga] for riga in righe]


def test_sotto_cinque_persone_non_si_mostra_e_non_si_ricava_per_differenza() -> None:
    celle = sopprimi(persone((4, 20, 30), (40, 12, 60)))
    assert mostrate(celle) == [["n.m.", "n.m.", "30"], ["n.m.", "n.m.", "60"]]


def test_cinque_persone_e_nessuna_si_mostrano() -> None:
    assert mostrate(sopprimi(persone((5, 0), (1205, 7)))) == [["5", "0"], ["1.205", "7"]]


def test_due_celle_piccole_nella_stessa_riga_si_coprono_a_vicenda() -> None:
    assert mostrate(sopprimi(persone((2, 3, 30), (1, 4, 9)))) == [
        ["n.m.", "n.m.", "30"],
        ["n.m.", "n.m.", "9"],
    ]


def una_tavola(azienda: Any, anno: int) -> list[Aggregato]:
    righe = (("Dirigenza", (Casella(3, 3), Casella(2, 2))),)
    return [Aggregato(f"Persone per classe, {anno}", "Area", ("alta", "bassa"), righe)]


def test_le_tavole_vengono_da_chi_le_da(settings: Any) -> None:
    settings.ALBERO_AGGREGATI_INDIVIDUALI = [f"{__name__}.una_tavola"]
    [tavola] = aggregati(None, 2022)
    assert (tavola["titolo"], tavola["soppresse"], tavola["minimo"]) == (
        "Persone per classe, 2022", 2, 5,
    )  # fmt: skip
    settings.ALBERO_AGGREGATI_INDIVIDUALI = []
    assert aggregati(None, 2022) == []
