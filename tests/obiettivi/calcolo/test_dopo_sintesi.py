# SPDX-License-Identifier: AGPL-3.0-or-later

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.aggregazione import Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.dopo_sintesi import Superiore
from obiettivi.calcolo.edizione import (
    Cancelli,
    Cancello,
    Classe,
    Effetto,
    FasceLivello,
    Insieme,
    Mesi,
    Pesi,
    Politica,
    PoliticaLivello,
    ProRata,
    Sintesi,
    SintesiLivelli,
    problemi,
)
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.spiegazione import spiega
from obiettivi.calcolo.valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio
from tests.obiettivi.calcolo.gruppi import (
    DUE,
    ESATTA,
    FUORI,
    GRADI,
    IGNOTO,
    LIVELLI,
    MANCA,
    codici,
    foglia,
    scheda,
)

D = Decimal


# --- bands of a level, best of two, months ------------------------------------------------


@pytest.mark.parametrize("livello", LIVELLI)
@pytest.mark.parametrize(
    ("punti", "atteso"), [("0", 0), ("49.99", 0), ("50", 50), ("80", 80), ("100", 100)]
)
def test_le_fasce_di_un_livello(livello: Livello, punti: str, atteso: int) -> None:
    edizione = replace(ESATTA, fasce_livelli=(FasceLivello(livello, GRADI),))
    nodo = scheda(foglia(punti), livello=livello)
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("superiore", "atteso", "codice"),
    [
        (Calcolato(D(90)), 90, Codice.SUPERIORE_MIGLIORE),
        (Calcolato(D(82)), 82, Codice.SUPERIORE_NON_MIGLIORE),
        (Calcolato(D(0)), 82, Codice.SUPERIORE_NON_MIGLIORE),
        (MANCA, 82, Codice.SUPERIORE_SENZA_PUNTEGGIO),
        (FUORI, 82, Codice.SUPERIORE_SENZA_PUNTEGGIO),
    ],
)
def test_vale_il_migliore_fra_l_unita_e_quella_sopra(
    superiore: Punteggio, atteso: int, codice: Codice
) -> None:
    edizione = replace(ESATTA, migliore_con_superiore=(Livello.SCHEDA,))
    nodo = scheda(*DUE, superiore=Superiore("Dipartimento", superiore))
    aggregato = aggrega(nodo, edizione)
    assert aggregato.punteggio == Calcolato(D(atteso))
    assert codice in codici(aggregato)
    assert aggrega(nodo, ESATTA).punteggio == Calcolato(D(82))


def test_chi_non_ha_un_punteggio_suo_non_prende_quello_di_sopra() -> None:
    edizione = replace(ESATTA, migliore_con_superiore=(Livello.SCHEDA,))
    nodo = scheda(foglia(MANCA), superiore=Superiore("Dipartimento", Calcolato(D(90))))
    assert aggrega(nodo, edizione).punteggio == MANCA


def test_il_prerequisito_mancato_vince_sul_migliore_dei_due() -> None:
    edizione = replace(
        ESATTA,
        migliore_con_superiore=(Livello.SCHEDA,),
        prerequisiti=Cancelli(scheda=Cancello()),
    )
    nodo = scheda(
        *DUE,
        foglia("0", None, "Privacy", True),
        superiore=Superiore("Dipartimento", Calcolato(D(90))),
    )
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(0))


def test_un_superiore_dimostrativo_segna_chi_si_confronta_con_lui() -> None:
    nodo = scheda(*DUE, superiore=Superiore("Dipartimento", Calcolato(D(0)), dimostrativo=True))
    edizione = replace(ESATTA, migliore_con_superiore=(Livello.SCHEDA,))
    assert aggrega(nodo, edizione).dimostrativo
    assert not aggrega(nodo, ESATTA).dimostrativo


@pytest.mark.parametrize(
    ("mesi", "atteso"), [(None, "82"), ("12", "82"), ("9", "61.5"), ("1.5", "10.25"), ("0", "0")]
)
def test_il_pro_rata_del_punteggio(mesi: str | None, atteso: str) -> None:
    edizione = replace(ESATTA, mesi=Mesi(ProRata.PUNTEGGIO))
    nodo = scheda(*DUE, mesi=None if mesi is None else D(mesi))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))
    assert aggrega(nodo, ESATTA).punteggio == Calcolato(D(82))


def test_il_pro_rata_del_peso() -> None:
    edizione = replace(ESATTA, mesi=Mesi(ProRata.PESO))
    intero = Nodo(Livello.OBIETTIVO, "a", "a", (foglia("100"),), D(50))
    mezzo = Nodo(Livello.OBIETTIVO, "b", "Avviato a luglio", (foglia("40"),), D(50), mesi=D(6))
    area = Nodo(Livello.AREA, "x", "x", (intero, mezzo))
    # weights 50 and 25: (50 × 100 + 25 × 40) / 75 = 80
    aggregato = aggrega(area, edizione)
    assert aggregato.punteggio == Calcolato(D(80))
    assert aggregato.somma_pesi == 100
    # kept weights: (50 × 100 + 25 × 40) / 100 = 60
    mantenuti = replace(edizione, pesi=Pesi.MANTENUTI)
    assert aggrega(area, mantenuti).punteggio == Calcolato(D(60))


@pytest.mark.parametrize(("mesi", "fuori"), [("2.99", True), ("3", False), ("12", False)])
def test_sotto_i_mesi_minimi_si_e_esclusi(mesi: str, fuori: bool) -> None:
    edizione = replace(ESATTA, mesi=Mesi(minimo=D(3)))
    punteggio = aggrega(scheda(*DUE, mesi=D(mesi)), edizione).punteggio
    atteso = Escluso("2,99 mesi su 12, ne servono almeno 3") if fuori else Calcolato(D(82))
    assert punteggio == atteso


def test_un_mese_si_dice_al_singolare() -> None:
    punteggio = aggrega(scheda(*DUE, mesi=D(1)), replace(ESATTA, mesi=Mesi(minimo=D(3)))).punteggio
    assert punteggio == Escluso("1 mese su 12, ne servono almeno 3")


@pytest.mark.parametrize("mesi", ["-1", "12.5", "NaN"])
def test_mesi_impossibili_sono_rifiutati(mesi: str) -> None:
    with pytest.raises(ValueError, match="fra 0 e 12"):
        scheda(mesi=D(mesi))


# --- new roll-ups and policies by level ---------------------------------------------------


@pytest.mark.parametrize(
    ("sintesi", "voci", "atteso"),
    [
        (Sintesi.QUOTA_PESATA, [("100", "60"), ("99.99", "40")], "60"),
        (Sintesi.QUOTA_PESATA, [("100", "60"), (MANCA, "40")], "100"),
        (Sintesi.QUOTA_PESATA, [("0", "60"), ("0", "40")], "0"),
        (Sintesi.CONTEGGIO, [("99.99", "1"), ("0", "1")], "0"),
        (Sintesi.CONTEGGIO, [("100", "1"), ("0", "99")], "50"),
        (Sintesi.CONTEGGIO, [("100", "1"), ("100", "1"), ("0", "1")], "100"),
        (Sintesi.CONTEGGIO, [("100", "1"), ("100", "1"), ("100", "1")], "100"),
    ],
)
def test_le_sintesi_sui_raggiunti(
    sintesi: Sintesi, voci: list[tuple[str | Punteggio, str]], atteso: str
) -> None:
    conto = (Fascia(None, D(1), D(0)), Fascia(D(1), D(2), D(50)), Fascia(D(2), None, D(100)))
    edizione = replace(ESATTA, sintesi=SintesiLivelli(scheda=sintesi), fasce_conteggio=conto)
    nodo = scheda(*(foglia(punti, peso) for punti, peso in voci))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


def test_il_conteggio_senza_fasce_non_si_calcola() -> None:
    edizione = replace(ESATTA, sintesi=SintesiLivelli(scheda=Sintesi.CONTEGGIO))
    assert aggrega(scheda(*DUE), edizione).punteggio == NonCalcolabile(
        Motivo.PARAMETRO_MANCANTE, "fasce_conteggio"
    )


def test_ogni_livello_puo_avere_la_sua_politica() -> None:
    edizione = replace(
        ESATTA,
        mancanti=Politica.ESCLUDI,
        politiche=(
            PoliticaLivello(Livello.OBIETTIVO, mancanti=Politica.ZERO),
            PoliticaLivello(Livello.AREA, non_valutabili=Politica.BLOCCA),
        ),
    )
    obiettivo = scheda(foglia("80"), foglia(MANCA), livello=Livello.OBIETTIVO)
    assert aggrega(obiettivo, edizione).punteggio == Calcolato(D(40))
    area = scheda(foglia("80"), foglia(MANCA), livello=Livello.AREA)
    assert aggrega(area, edizione).punteggio == Calcolato(D(80))
    ignota = scheda(foglia("80"), foglia(IGNOTO, nome="Costi"), livello=Livello.AREA)
    assert aggrega(ignota, edizione).punteggio == NonCalcolabile(Motivo.BLOCCATO, "Costi")
    assert aggrega(scheda(foglia("80"), foglia(IGNOTO)), edizione).punteggio == Calcolato(D(80))


# --- order and explanation ----------------------------------------------------------------


def test_l_ordine_e_fasce_migliore_cancelli_mesi_limiti_arrotondamento() -> None:
    edizione = replace(
        ESATTA,
        fasce_livelli=(FasceLivello(Livello.SCHEDA, GRADI),),
        migliore_con_superiore=(Livello.SCHEDA,),
        prerequisiti=Cancelli(scheda=Cancello(Effetto.FATTORE, fattori=GRADI)),
        mesi=Mesi(ProRata.PUNTEGGIO),
        arrotondamento=Arrotondamento(Modo.META_SU, 0, (Livello.SCHEDA,)),
    )
    nodo = scheda(
        *DUE,
        foglia("60", None, "Privacy", True),
        superiore=Superiore("Dipartimento", Calcolato(D(95))),
        mesi=D(10),
    )
    # 82 → 80 · best 95 · × 50 % = 47,5 · × 10/12 = 39,58333 · rounded 40
    aggregato = aggrega(nodo, edizione)
    assert aggregato.punteggio == Calcolato(D(40))
    assert spiega(aggregato)[2:] == [
        "Media pesata: 8.200 / 100 = 82.",
        "82 cade nella fascia 80 – 100 del livello: 80.",
        "Vale il punteggio di «Dipartimento», 95, migliore di quello proprio, 80.",
        "Prerequisito «Privacy»: punteggio 60,00.",
        "Privacy: 60, fattore 50 %: 95 × 50 / 100 = 47,5.",
        "In proporzione ai mesi: 47,5 × 10 / 12 = 39,5833.",
        "Arrotondamento (la metà sale): da 39,5833 a 40.",
        "Copertura: 100 % del peso dovuto è stato valutato.",
        "Punteggio: 40,00.",
    ]


@pytest.mark.parametrize(
    ("cancello", "attesa"),
    [
        (Cancello(soglia=D(50)), "Privacy: 60, almeno 50 come richiesto."),
        (
            Cancello(),
            "Privacy: 60, sotto i 100 punti richiesti: il punteggio, 82, diventa 0.",
        ),
        (
            Cancello(Effetto.LIMITA, limite=D(70)),
            "Privacy: 60, sotto i 100 punti richiesti: il punteggio è al massimo 70 "
            "(era 82, diventa 70).",
        ),
        (
            Cancello(Effetto.SBARRA),
            "Privacy: 60, sotto i 100 punti richiesti: niente punteggio (sarebbe 82).",
        ),
    ],
)
def test_ogni_cancello_si_spiega(cancello: Cancello, attesa: str) -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=cancello))
    aggregato = aggrega(scheda(*DUE, foglia("60", None, "Privacy", True)), edizione)
    assert attesa in spiega(aggregato)


# --- any combination ----------------------------------------------------------------------


effetti = st.sampled_from(
    [
        Cancello(soglia=D(60)),
        Cancello(Effetto.LIMITA, D(60), Insieme.MEDIA, limite=D(50)),
        Cancello(Effetto.SBARRA, D(60)),
        Cancello(Effetto.FATTORE, insieme=Insieme.MEDIA, fattori=GRADI),
    ]
)

cancelli_di_scheda = st.none() | effetti
stati = st.one_of(
    st.decimals(0, 100, allow_nan=False, places=3).map(Calcolato),
    st.sampled_from([MANCA, IGNOTO, FUORI]),
)


@settings(deadline=None)
@given(
    figli=st.lists(st.tuples(stati, st.booleans()), max_size=5),
    superiore=st.none() | stati.map(lambda stato: Superiore("Sopra", stato)),
    mesi=st.none() | st.decimals(0, 12, allow_nan=False, places=1),
    prerequisiti=cancelli_di_scheda,
    minimi=cancelli_di_scheda,
    pro_rata=st.sampled_from(list(ProRata)),
    mancanti=st.sampled_from(list(Politica)),
)
def test_ogni_combinazione_da_un_punteggio_nei_limiti_o_un_motivo_e_si_spiega(
    figli: list[tuple[Punteggio, bool]],
    superiore: Superiore | None,
    mesi: Decimal | None,
    prerequisiti: Cancello | None,
    minimi: Cancello | None,
    pro_rata: ProRata,
    mancanti: Politica,
) -> None:
    edizione = replace(
        ESATTA,
        mancanti=mancanti,
        prerequisiti=Cancelli(scheda=prerequisiti),
        minimi=Cancelli(scheda=minimi),
        migliore_con_superiore=(Livello.SCHEDA,),
        mesi=Mesi(pro_rata, D(1)),
        classi=(Classe("A", D(0), D(0)), Classe("B", D(60), D(50), D(100))),
    )
    assert problemi(edizione) == []
    foglie = (foglia(stato, None, f"i{n}", pre) for n, (stato, pre) in enumerate(figli))
    aggregato = aggrega(scheda(*foglie, superiore=superiore, mesi=mesi), edizione)
    assert 0 <= aggregato.copertura <= 100
    assert len(aggregato.contributi) == len(figli)
    assert all("{" not in riga for riga in spiega(aggregato))
    if isinstance(aggregato.punteggio, Calcolato):
        assert 0 <= aggregato.punteggio.valore <= 100
        assert aggregato.classe is not None
    else:
        assert aggregato.punteggio.frase
