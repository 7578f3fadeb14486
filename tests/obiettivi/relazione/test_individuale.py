# SPDX-License-Identifier: AGPL-3.0-or-later
"""The aggregates of the individual evaluation: nobody is found again behind a small cell."""

from decimal import Decimal
from typing import Any

import pytest

from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale
from obiettivi.relazione.individuale import Aggregato, Casella, aggregati, sopprimi
from piani.models import Azienda
from tests.factories import EdizioneIndividualeFactory, ValutazioneFactory


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


def chiuse(edizione: EdizioneIndividuale, quante: int, classe: str) -> None:
    """Sheets closed with 80 points, each of another person, in one unit under one head."""
    prima = edizione.valutazioni.first()
    stessa = {"unita": prima.unita, "valutatore": prima.valutatore} if prima else {}
    for _una in range(quante):
        fatta = ValutazioneFactory(
            edizione=edizione, stato=ValutazioneIndividuale.Stato.CHIUSA, classe=classe,
            punteggio=Decimal(80), punteggio_finale=Decimal(80), **stessa,
        )  # fmt: skip
        stessa = {"unita": fatta.unita, "valutatore": fatta.valutatore}


@pytest.mark.django_db
def test_le_schede_individuali_chiuse_entrano_per_categoria_e_per_classe(azienda: Azienda) -> None:
    edizione = EdizioneIndividualeFactory(azienda=azienda)
    assert aggregati(azienda, 2022) == []
    chiuse(edizione, 6, "Buona")
    per_categoria, per_classe = aggregati(azienda, 2022)
    assert [[c["stampato"] for c in r["celle"]] for r in per_categoria["righe"]] == [["6", "80"]]
    assert {r["etichetta"]: [c["stampato"] for c in r["celle"]] for r in per_classe["righe"]} == {
        "Insufficiente": ["0", "0"],
        "Sufficiente": ["0", "0"],
        "Buona": ["6", "100"],
        "Eccellente": ["0", "0"],
    }


@pytest.mark.django_db
def test_una_classe_di_poche_persone_resta_taciuta(azienda: Azienda) -> None:
    edizione = EdizioneIndividualeFactory(azienda=azienda)
    chiuse(edizione, 8, "Buona")
    chiuse(edizione, 2, "Eccellente")
    per_classe = aggregati(azienda, 2022)[1]
    coperte = {r["etichetta"]: r["celle"][0]["soppressa"] for r in per_classe["righe"]}
    assert coperte["Eccellente"]
    assert coperte["Buona"]
    valutazione = edizione.valutazioni.all()[0]
    valutazione.stato = ValutazioneIndividuale.Stato.NON_CONDIVISA
    valutazione.save(update_fields=["stato"])
    assert aggregati(azienda, 2022) == []
