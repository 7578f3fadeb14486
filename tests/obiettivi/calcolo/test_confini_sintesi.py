# SPDX-License-Identifier: AGPL-3.0-or-later
"""The boundaries of every roll-up, and of the rounding at each level."""

from dataclasses import replace
from decimal import Decimal

import pytest

from obiettivi.calcolo.aggregazione import Foglia, Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.edizione import Pesi, Politica, Sintesi, SintesiLivelli
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio
from tests.obiettivi.calcolo.confini import GE, NORMALE, misura, soglia, voto

D = Decimal


# --- roll-ups -----------------------------------------------------------------------------


MANCA = NonCalcolabile(Motivo.NESSUN_VALORE)
FUORI = Escluso("rinviato")
CONTO = (Fascia(None, D(1), D(0)), Fascia(D(1), D(2), D(50)), Fascia(D(2), None, D(100)))
PIANA = replace(
    NORMALE,
    fasce_conteggio=CONTO,
    arrotondamento=Arrotondamento(Modo.NESSUNO, 2, ()),
)


def padre(livello: Livello, *figli: tuple[str | Punteggio, str | None]) -> Nodo:
    foglie = tuple(
        Foglia(
            f"i{n}",
            f"i{n}",
            Calcolato(D(punti)) if isinstance(punti, str) else punti,
            None if peso is None else D(peso),
        )
        for n, (punti, peso) in enumerate(figli, 1)
    )
    return Nodo(livello, "n", "n", foglie)


SINTESI = [
    # roll-up, (80 weight 3, 100 weight 1), one alone at 80, with a missing one, weights all zero
    (Sintesi.MEDIA_PESATA, "85", "80", "80", None),
    (Sintesi.MEDIA_SEMPLICE, "90", "80", "80", "90"),
    (Sintesi.SOMMA_PUNTI, "85", "80", "60", None),
    (Sintesi.TUTTO_O_NIENTE, "0", "0", "0", "0"),
    (Sintesi.QUOTA_RAGGIUNTI, "50", "0", "0", "50"),
    (Sintesi.QUOTA_PESATA, "25", "0", "0", None),
    (Sintesi.CONTEGGIO, "50", "0", "0", "50"),
    (Sintesi.MINIMO, "80", "80", "80", "80"),
]


@pytest.mark.parametrize(
    "livello", [Livello.OBIETTIVO, Livello.AREA, Livello.SCHEDA, Livello.PIANO]
)
@pytest.mark.parametrize(("sintesi", "due", "uno", "col_mancante", "senza_pesi"), SINTESI)
def test_ogni_sintesi_a_ogni_livello(
    livello: Livello,
    sintesi: Sintesi,
    due: str,
    uno: str,
    col_mancante: str,
    senza_pesi: str | None,
) -> None:
    edizione = replace(PIANA, sintesi=SintesiLivelli(**{livello.value: sintesi}))

    def esito(*figli: tuple[str | Punteggio, str | None]) -> Punteggio:
        return aggrega(padre(livello, *figli), edizione).punteggio

    assert esito(("80", "3"), ("100", "1")) == Calcolato(D(due))
    assert esito(("80", "3")) == Calcolato(D(uno))
    assert esito(("80", "3"), (MANCA, "1")) == Calcolato(D(col_mancante))
    nulli = NonCalcolabile(Motivo.PESI_NULLI)
    atteso = nulli if senza_pesi is None else Calcolato(D(senza_pesi))
    assert esito(("80", "0"), ("100", "0")) == atteso
    assert esito((FUORI, "3"), (FUORI, "1")) == FUORI
    assert esito((MANCA, "3")) == MANCA
    assert esito() == NonCalcolabile(Motivo.NESSUN_ELEMENTO)


@pytest.mark.parametrize(
    ("sintesi", "atteso"),
    [
        (Sintesi.MEDIA_PESATA, "60"),
        (Sintesi.MEDIA_SEMPLICE, "40"),
        (Sintesi.SOMMA_PUNTI, "60"),
        (Sintesi.MINIMO, "0"),
    ],
)
def test_chi_manca_contato_zero_pesa_per_intero(sintesi: Sintesi, atteso: str) -> None:
    edizione = replace(
        PIANA, sintesi=SintesiLivelli(area=sintesi), mancanti=Politica.ZERO, pesi=Pesi.MANTENUTI
    )
    nodo = padre(Livello.AREA, ("80", "75"), (MANCA, "25"))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


# --- rounding at each level, in each mode -------------------------------------------------


MODI = [
    # mode, 100 × 0,66665, 100 × 0,66675, 66,666…
    (Modo.NESSUNO, "66.665", "66.675", None),
    (Modo.META_SU, "66.67", "66.68", "66.67"),
    (Modo.META_GIU, "66.66", "66.67", "66.67"),
    (Modo.META_PARI, "66.66", "66.68", "66.67"),
    (Modo.TRONCAMENTO, "66.66", "66.67", "66.66"),
]


@pytest.mark.parametrize(("modo", "primo", "secondo", "terzi"), MODI)
def test_l_indicatore_si_arrotonda_in_ogni_modo(
    modo: Modo, primo: str, secondo: str, terzi: str | None
) -> None:
    livelli = () if modo is Modo.NESSUNO else (Livello.INDICATORE,)
    edizione = replace(NORMALE, arrotondamento=Arrotondamento(modo, 2, livelli))
    target = soglia(GE, "100")
    assert voto(misura(target, "66.665"), edizione) == Calcolato(D(primo))
    assert voto(misura(target, "66.675"), edizione) == Calcolato(D(secondo))
    if terzi is not None:
        assert voto(misura(soglia(GE, "90"), "60"), edizione) == Calcolato(D(terzi))


@pytest.mark.parametrize(
    "livello", [Livello.OBIETTIVO, Livello.AREA, Livello.SCHEDA, Livello.PIANO]
)
@pytest.mark.parametrize(("modo", "primo", "secondo", "terzi"), MODI)
def test_ogni_livello_si_arrotonda_in_ogni_modo(
    livello: Livello, modo: Modo, primo: str, secondo: str, terzi: str | None
) -> None:
    livelli = () if modo is Modo.NESSUNO else (livello,)
    edizione = replace(PIANA, arrotondamento=Arrotondamento(modo, 2, livelli))

    def esito(*punti: str) -> Punteggio:
        return aggrega(padre(livello, *((uno, "1") for uno in punti)), edizione).punteggio

    assert esito("66.66", "66.67") == Calcolato(D(primo))
    assert esito("66.67", "66.68") == Calcolato(D(secondo))
    if terzi is not None:
        assert esito("100", "100", "0") == Calcolato(D(terzi))
    assert esito("100", "99.99999") != Calcolato(D(100))
    assert esito("100", "100") == Calcolato(D(100))


def test_si_arrotonda_a_un_livello_solo_e_sopra_restano_le_cifre() -> None:
    """Objectives 66,67 and 50 (rounded), area 58,335 (not rounded)."""
    edizione = replace(PIANA, arrotondamento=Arrotondamento(Modo.META_SU, 2, (Livello.OBIETTIVO,)))
    primo = padre(Livello.OBIETTIVO, ("100", None), ("100", None), ("0", None))
    area = Nodo(Livello.AREA, "a", "a", (primo, padre(Livello.OBIETTIVO, ("50", None))))
    assert aggrega(area, edizione).punteggio == Calcolato(D("58.335"))
    a_due = replace(
        edizione,
        arrotondamento=Arrotondamento(Modo.META_SU, 2, (Livello.OBIETTIVO, Livello.AREA)),
    )
    assert aggrega(area, a_due).punteggio == Calcolato(D("58.34"))
