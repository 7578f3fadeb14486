# SPDX-License-Identifier: AGPL-3.0-or-later
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.aggregazione import (
    Aggregato,
    Foglia,
    Nodo,
    aggrega,
    normalizzati,
    pesi_aree,
    pesi_dei,
)
from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo, netto
from obiettivi.calcolo.edizione import Edizione, Pesi, Politica, Sintesi, SintesiLivelli
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.predefinite import ASST_CREMONA
from obiettivi.calcolo.valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio

D = Decimal
ESATTA = Edizione("esatta", "Esatta", arrotondamento=Arrotondamento(Modo.NESSUNO, 2, ()))
MANCA = NonCalcolabile(Motivo.NESSUN_VALORE)
IGNOTO = NonCalcolabile(Motivo.RIFERIMENTO_SCONOSCIUTO)
FUORI = Escluso("rinviato")
Voce = tuple[str | Punteggio, str | None]

punteggi = st.decimals(0, 100, allow_nan=False, places=4)
pesi_positivi = st.decimals(D("0.01"), 100, allow_nan=False, places=2)


def foglia(punteggio: str | Punteggio, peso: str | None = None, nome: str = "i") -> Foglia:
    stato = Calcolato(D(punteggio)) if isinstance(punteggio, str) else punteggio
    return Foglia(nome, nome, stato, None if peso is None else D(peso))


def obiettivo(*voci: Voce, peso: str | None = None) -> Nodo:
    foglie = tuple(foglia(voce, suo, f"i{n}") for n, (voce, suo) in enumerate(voci, 1))
    return Nodo(Livello.OBIETTIVO, "o", "o", foglie, None if peso is None else D(peso))


def con(sintesi: Sintesi, **altro: object) -> Edizione:
    return replace(ESATTA, sintesi=SintesiLivelli(sintesi, sintesi, sintesi, sintesi), **altro)


def codici(aggregato: Aggregato) -> list[Codice]:
    return [uno.codice for uno in aggregato.passi]


@pytest.mark.parametrize(
    ("sintesi", "voci", "atteso"),
    [
        (Sintesi.MEDIA_PESATA, [("80", "60"), ("50", "40")], "68"),
        (Sintesi.MEDIA_PESATA, [("80", "30"), ("50", "20")], "68"),
        (Sintesi.MEDIA_PESATA, [("80", None), ("50", None)], "65"),
        (Sintesi.MEDIA_PESATA, [("80", "60"), ("50", None)], "68"),
        (Sintesi.MEDIA_PESATA, [("80", "60"), (MANCA, "40")], "80"),
        (Sintesi.MEDIA_PESATA, [("80", "100"), ("50", "0")], "80"),
        (Sintesi.MEDIA_SEMPLICE, [("80", "60"), ("50", "40")], "65"),
        (Sintesi.SOMMA_PUNTI, [("80", "60"), ("50", "40")], "68"),
        (Sintesi.SOMMA_PUNTI, [("80", "60"), (MANCA, "40")], "48"),
        (Sintesi.SOMMA_PUNTI, [("80", "60"), (FUORI, "40")], "80"),
        (Sintesi.TUTTO_O_NIENTE, [("100", "1"), ("100", "1")], "100"),
        (Sintesi.TUTTO_O_NIENTE, [("100", "1"), ("99.99", "1")], "0"),
        (Sintesi.QUOTA_RAGGIUNTI, [("100", "90"), ("99.99", "5"), ("100", "5"), ("0", "1")], "50"),
        (Sintesi.MINIMO, [("80", "60"), ("50", "40")], "50"),
    ],
)
def test_ogni_sintesi(sintesi: Sintesi, voci: list[Voce], atteso: str) -> None:
    assert aggrega(obiettivo(*voci), con(sintesi)).punteggio == Calcolato(D(atteso))


def test_i_pesi_mantenuti_lasciano_vuota_la_parte_di_chi_manca() -> None:
    mantenuti = con(Sintesi.MEDIA_PESATA, pesi=Pesi.MANTENUTI)
    assert aggrega(obiettivo(("80", "60"), (MANCA, "40")), mantenuti).punteggio == Calcolato(D(48))
    assert aggrega(obiettivo(("100", "60"), ("100", "30")), mantenuti).punteggio == Calcolato(D(90))
    oltre = aggrega(obiettivo(("100", "60"), ("100", "50")), mantenuti)
    assert oltre.punteggio == Calcolato(D(100))
    assert Codice.TETTO in codici(oltre)


@pytest.mark.parametrize(
    ("mancanti", "non_valutabili", "atteso", "copertura"),
    [
        (Politica.ESCLUDI, Politica.ESCLUDI, Calcolato(D(80)), 50),
        (Politica.ZERO, Politica.ESCLUDI, Calcolato(D(80) * 50 / 75), 50),
        (Politica.ESCLUDI, Politica.ZERO, Calcolato(D(80) * 50 / 75), 50),
        (Politica.ZERO, Politica.ZERO, Calcolato(D(40)), 50),
        (Politica.BLOCCA, Politica.ESCLUDI, NonCalcolabile(Motivo.BLOCCATO, "i2"), 50),
        (Politica.ESCLUDI, Politica.BLOCCA, NonCalcolabile(Motivo.BLOCCATO, "i3"), 50),
        (Politica.BLOCCA, Politica.BLOCCA, NonCalcolabile(Motivo.BLOCCATO, "i2; i3"), 50),
    ],
)
def test_chi_non_ha_punteggio_conta_come_dice_l_edizione(
    mancanti: Politica, non_valutabili: Politica, atteso: Punteggio, copertura: int
) -> None:
    edizione = replace(ESATTA, mancanti=mancanti, non_valutabili=non_valutabili)
    aggregato = aggrega(obiettivo(("80", "50"), (MANCA, "25"), (IGNOTO, "25")), edizione)
    if isinstance(atteso, Calcolato) and isinstance(aggregato.punteggio, Calcolato):
        assert netto(aggregato.punteggio.valore).quantize(D("1e-20")) == netto(
            atteso.valore
        ).quantize(D("1e-20"))
    else:
        assert aggregato.punteggio == atteso
    assert aggregato.copertura == copertura


def test_un_blocco_sale_fino_al_piano() -> None:
    edizione = replace(ESATTA, mancanti=Politica.BLOCCA)
    area = Nodo(Livello.AREA, "a", "Area", (obiettivo((MANCA, None)), obiettivo(("50", None))))
    piano = aggrega(Nodo(Livello.PIANO, "p", "Piano", (area,)), edizione)
    assert piano.punteggio == NonCalcolabile(Motivo.BLOCCATO, "Area")


def test_il_mancante_resta_mancante_anche_sopra() -> None:
    """An objective whose only result is missing is treated in its area as missing."""
    edizione = replace(ESATTA, non_valutabili=Politica.ZERO)
    area = Nodo(Livello.AREA, "a", "a", (obiettivo((MANCA, None)), obiettivo(("50", None))))
    assert aggrega(area, edizione).punteggio == Calcolato(D(50))


@pytest.mark.parametrize(
    ("voci", "atteso"),
    [
        ([], NonCalcolabile(Motivo.NESSUN_ELEMENTO)),
        ([(FUORI, "50"), (Escluso("altro"), "50")], Escluso("altro; rinviato")),
        ([(MANCA, "50"), (MANCA, "50")], NonCalcolabile(Motivo.NESSUN_VALORE)),
        ([(MANCA, "50"), (FUORI, "50")], NonCalcolabile(Motivo.NESSUN_VALORE)),
        (
            [(MANCA, "50"), (IGNOTO, "50")],
            NonCalcolabile(
                Motivo.NESSUN_ELEMENTO_VALUTATO, "benchmark sconosciuto; manca il risultato"
            ),
        ),
        ([("80", "0"), ("50", "0")], NonCalcolabile(Motivo.PESI_NULLI)),
    ],
)
def test_senza_niente_da_contare_si_dice_perche(voci: list[Voce], atteso: Punteggio) -> None:
    aggregato = aggrega(obiettivo(*voci), ESATTA)
    assert aggregato.punteggio == atteso
    assert aggregato.copertura == 0


def test_chi_e_escluso_non_toglie_copertura() -> None:
    aggregato = aggrega(obiettivo(("80", "50"), (FUORI, "50")), ESATTA)
    assert aggregato.punteggio == Calcolato(D(80))
    assert aggregato.copertura == 100


def test_la_copertura_sale_con_i_pesi() -> None:
    piena = obiettivo(("80", "50"), ("60", "50"), peso="70")
    meta = obiettivo(("80", "50"), (MANCA, "50"), peso="30")
    assert aggrega(Nodo(Livello.AREA, "a", "a", (piena, meta)), ESATTA).copertura == 85


def test_un_dato_dimostrativo_segna_tutto_cio_che_sta_sopra() -> None:
    finta = replace(foglia("80"), dimostrativo=True)
    vera = obiettivo(("50", None))
    sopra = Nodo(Livello.OBIETTIVO, "o2", "o2", (finta, foglia("70")))
    piano = aggrega(
        Nodo(Livello.PIANO, "p", "p", (Nodo(Livello.AREA, "a", "a", (vera, sopra)),)), ESATTA
    )
    assert [(uno.codice, uno.dimostrativo) for uno in piano.tutti()] == [
        ("p", True),
        ("a", True),
        ("o", False),
        ("o2", True),
    ]


def test_pesi_che_non_fanno_cento_si_vedono_con_la_loro_somma() -> None:
    aggregato = aggrega(obiettivo(("80", "60"), ("50", "30")), ESATTA)
    assert aggregato.somma_pesi == 90
    assert aggregato.passi[0].codice is Codice.PESI_NON_CENTO
    assert aggregato.passi[0]["somma"] == 90
    giusto = aggrega(obiettivo(("80", "60"), ("50", "40")), ESATTA)
    assert Codice.PESI_NON_CENTO not in codici(giusto)


def test_i_pesi_senza_numero_si_dividono_cio_che_resta() -> None:
    pesi, passi = pesi_dei([D(40), None, None])
    assert pesi == (D(40), D(30), D(30))
    assert [uno.codice for uno in passi] == [Codice.PESI_PARZIALI]
    assert pesi_dei([D(120), None])[0] == (D(120), D(0))
    assert pesi_dei([]) == ((), ())


@pytest.mark.parametrize("peso", ["-1", "NaN", "Infinity"])
def test_un_peso_impossibile_e_rifiutato(peso: str) -> None:
    with pytest.raises(ValueError, match="da zero in su"):
        foglia("80", peso)
    with pytest.raises(ValueError, match="da zero in su"):
        obiettivo(peso=peso)


def test_si_arrotonda_solo_al_livello_scelto() -> None:
    terzi = obiettivo(("100", None), ("0", None), ("0", None))
    albero = Nodo(Livello.AREA, "a", "a", (terzi,))
    alta = replace(ESATTA, arrotondamento=Arrotondamento(Modo.META_SU, 2, (Livello.AREA,)))
    area = aggrega(albero, alta)
    assert area.punteggio == Calcolato(D("33.33"))
    sotto = area.figli[0]
    assert sotto.punteggio == Calcolato(D("33." + "3" * 58))


def test_cremona_divide_il_settanta_fra_le_aree_presenti() -> None:
    assert pesi_aree(ASST_CREMONA, ["A1", "A2", "A5"]) == {"A1": D(30), "A2": D(70), "A5": D(0)}
    tutte = pesi_aree(ASST_CREMONA, ["A1", "A2", "A3", "A4"])
    assert tutte["A1"] == 30
    assert netto(sum(tutte.values(), D(0))).quantize(D("1e-20")) == 100


voci = st.lists(st.tuples(punteggi, pesi_positivi), min_size=1, max_size=8)


@settings(deadline=None)
@given(voci=voci, sintesi=st.sampled_from([Sintesi.MEDIA_PESATA, Sintesi.MEDIA_SEMPLICE]))
def test_la_media_sta_fra_il_minimo_e_il_massimo(
    voci: list[tuple[Decimal, Decimal]], sintesi: Sintesi
) -> None:
    foglie = tuple(Foglia("i", "i", Calcolato(punti), peso) for punti, peso in voci)
    aggregato = aggrega(Nodo(Livello.OBIETTIVO, "o", "o", foglie), con(sintesi))
    assert isinstance(aggregato.punteggio, Calcolato)
    valori = [punti for punti, _ in voci]
    assert min(valori) <= netto(aggregato.punteggio.valore) <= max(valori)


@settings(deadline=None)
@given(pesi=st.lists(pesi_positivi, min_size=1, max_size=12))
def test_i_pesi_normalizzati_fanno_cento(pesi: list[Decimal]) -> None:
    assert netto(sum(normalizzati(pesi), D(0))).quantize(D("1e-20")) == 100


def test_pesi_tutti_zero_restano_zero() -> None:
    assert normalizzati([D(0), D(0)]) == (D(0), D(0))


@settings(deadline=None)
@given(voci=voci, seme=st.randoms())
def test_l_ordine_dei_figli_non_conta(voci: list[tuple[Decimal, Decimal]], seme: object) -> None:
    tondo = replace(ESATTA, arrotondamento=Arrotondamento(livelli=(Livello.OBIETTIVO,)))
    foglie = [Foglia("i", "i", Calcolato(punti), peso) for punti, peso in voci]
    diritto = aggrega(Nodo(Livello.OBIETTIVO, "o", "o", tuple(foglie)), tondo).punteggio
    seme.shuffle(foglie)  # type: ignore[attr-defined]
    assert aggrega(Nodo(Livello.OBIETTIVO, "o", "o", tuple(foglie)), tondo).punteggio == diritto


stati = st.one_of(
    punteggi.map(Calcolato),
    st.sampled_from(list(Motivo)).map(NonCalcolabile),
    st.just(FUORI),
)


@settings(deadline=None)
@given(
    stati=st.lists(st.tuples(stati, st.none() | pesi_positivi | st.just(D(0))), max_size=6),
    sintesi=st.sampled_from(list(Sintesi)),
    mancanti=st.sampled_from(list(Politica)),
    non_valutabili=st.sampled_from(list(Politica)),
    pesi=st.sampled_from(list(Pesi)),
)
def test_qualunque_insieme_da_un_punteggio_nei_limiti_o_un_motivo(
    stati: list[tuple[Punteggio, Decimal | None]],
    sintesi: Sintesi,
    mancanti: Politica,
    non_valutabili: Politica,
    pesi: Pesi,
) -> None:
    edizione = con(sintesi, mancanti=mancanti, non_valutabili=non_valutabili, pesi=pesi)
    foglie = tuple(Foglia("i", "i", stato, peso) for stato, peso in stati)
    sotto = Nodo(Livello.OBIETTIVO, "o", "o", foglie)
    for aggregato in aggrega(Nodo(Livello.AREA, "a", "a", (sotto, sotto)), edizione).tutti():
        assert 0 <= aggregato.copertura <= 100
        if isinstance(aggregato.punteggio, Calcolato):
            assert 0 <= aggregato.punteggio.valore <= 100
        else:
            assert aggregato.punteggio.frase
