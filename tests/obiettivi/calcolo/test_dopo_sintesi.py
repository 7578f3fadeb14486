# SPDX-License-Identifier: AGPL-3.0-or-later
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.aggregazione import Aggregato, Foglia, Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.dopo_sintesi import Superiore
from obiettivi.calcolo.edizione import (
    Cancelli,
    Cancello,
    Classe,
    Edizione,
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

D = Decimal
ESATTA = Edizione("esatta", "Esatta", arrotondamento=Arrotondamento(Modo.NESSUNO, 2, ()))
MANCA = NonCalcolabile(Motivo.NESSUN_VALORE)
IGNOTO = NonCalcolabile(Motivo.RIFERIMENTO_SCONOSCIUTO)
FUORI = Escluso("rinviato")
LIVELLI = [Livello.OBIETTIVO, Livello.AREA, Livello.SCHEDA, Livello.PIANO]
GRADI = (
    Fascia(None, D(50), D(0)),
    Fascia(D(50), D(80), D(50)),
    Fascia(D(80), D(100), D(80)),
    Fascia(D(100), None, D(100)),
)


def foglia(
    punteggio: str | Punteggio, peso: str | None = None, nome: str = "i", prerequisito: bool = False
) -> Foglia:
    stato = Calcolato(D(punteggio)) if isinstance(punteggio, str) else punteggio
    peso_vero = None if peso is None else D(peso)
    return Foglia(nome, nome, stato, peso_vero, prerequisito=prerequisito)


def scheda(*figli: Foglia, livello: Livello = Livello.SCHEDA, **altro: object) -> Nodo:
    return Nodo(livello, "s", "Scheda", figli, **altro)


def cancelli(livello: Livello, cancello: Cancello) -> Cancelli:
    return Cancelli(**{livello.value: cancello})


def codici(aggregato: Aggregato) -> list[Codice]:
    return [uno.codice for uno in aggregato.passi]


DUE = (foglia("90", "60", "Tempi"), foglia("70", "40", "Esiti"))  # 0,6 × 90 + 0,4 × 70 = 82


# --- prerequisites ------------------------------------------------------------------------


@pytest.mark.parametrize("livello", LIVELLI)
@pytest.mark.parametrize(("condizione", "atteso"), [("100", 82), ("99.99", 0), ("0", 0)])
def test_un_prerequisito_mancato_azzera_a_ogni_livello(
    livello: Livello, condizione: str, atteso: int
) -> None:
    edizione = replace(ESATTA, prerequisiti=cancelli(livello, Cancello()))
    nodo = scheda(*DUE, foglia(condizione, None, "Privacy", True), livello=livello)
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


def test_un_area_intera_puo_essere_il_prerequisito_della_scheda() -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=Cancello(soglia=D(60))))
    istituzionali = Nodo(Livello.AREA, "a0", "Istituzionali", (foglia("59.9"),), prerequisito=True)
    economica = Nodo(Livello.AREA, "a1", "Economica", (foglia("90"),))
    nodo = Nodo(Livello.SCHEDA, "s", "Scheda", (istituzionali, economica))
    aggregato = aggrega(nodo, edizione)
    assert aggregato.punteggio == Calcolato(D(0))
    assert [(voce.nome, voce.quota) for voce in aggregato.contributi] == [
        ("Istituzionali", 0),
        ("Economica", 100),
    ]
    assert aggrega(nodo, replace(edizione, prerequisiti=Cancelli())).punteggio == Calcolato(D(90))


def test_un_prerequisito_non_pesa_e_non_entra_nella_copertura() -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=Cancello()))
    aggregato = aggrega(scheda(*DUE, foglia(MANCA, "50", "Privacy", True)), edizione)
    assert (aggregato.somma_pesi, aggregato.copertura) == (100, 100)
    assert Codice.PESI_NON_CENTO not in codici(aggregato)


def test_senza_una_regola_il_prerequisito_resta_fuori_e_si_dice() -> None:
    aggregato = aggrega(scheda(*DUE, foglia("0", None, "Privacy", True)), ESATTA)
    assert aggregato.punteggio == Calcolato(D(82))
    assert Codice.PREREQUISITO_SENZA_REGOLA in codici(aggregato)


@pytest.mark.parametrize(
    ("condizione", "atteso"),
    [
        ("0", "0"),
        ("49.99", "0"),
        ("50", "41"),  # 82 × 50 %
        ("79.99", "41"),
        ("80", "65.6"),  # 82 × 80 %
        ("99.99", "65.6"),
        ("100", "82"),
        ("120", "82"),
    ],
)
def test_il_fattore_graduato_moltiplica_il_totale(condizione: str, atteso: str) -> None:
    edizione = replace(
        ESATTA, prerequisiti=Cancelli(scheda=Cancello(Effetto.FATTORE, fattori=GRADI))
    )
    nodo = scheda(*DUE, foglia(condizione, None, "Privacy", True))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("insieme", "pesi", "atteso"),
    [
        (Insieme.MINIMO, ("3", "1"), "41"),  # the worst is 60: 82 × 50 %
        (Insieme.MEDIA, ("3", "1"), "65.6"),  # (3 × 100 + 60) / 4 = 90: 82 × 80 %
        (Insieme.MEDIA, ("1", "3"), "41"),  # (100 + 3 × 60) / 4 = 70: 82 × 50 %
        (Insieme.MEDIA, (None, None), "65.6"),  # 80
        (Insieme.MEDIA, ("0", "0"), "65.6"),  # weights all zero: plain mean, 80
    ],
)
def test_piu_prerequisiti_fanno_una_condizione_sola(
    insieme: Insieme, pesi: tuple[str | None, str | None], atteso: str
) -> None:
    cancello = Cancello(Effetto.FATTORE, insieme=insieme, fattori=GRADI)
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=cancello))
    nodo = scheda(*DUE, foglia("100", pesi[0], "A", True), foglia("60", pesi[1], "B", True))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


def test_il_cancello_che_limita_non_alza_mai() -> None:
    limita = Cancello(Effetto.LIMITA, soglia=D(60), limite=D("59.99"))
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=limita))
    rosso = foglia("59", None, "Privacy", True)
    assert aggrega(scheda(*DUE, rosso), edizione).punteggio == Calcolato(D("59.99"))
    assert aggrega(scheda(foglia("40"), rosso), edizione).punteggio == Calcolato(D(40))
    verde = foglia("60", None, "Privacy", True)
    assert aggrega(scheda(*DUE, verde), edizione).punteggio == Calcolato(D(82))


def test_il_cancello_che_sbarra_toglie_il_punteggio_e_dice_perche() -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=Cancello(Effetto.SBARRA)))
    aggregato = aggrega(scheda(*DUE, foglia("0", None, "Privacy", True)), edizione)
    assert aggregato.punteggio == NonCalcolabile(Motivo.SBARRATO, "Privacy")


@pytest.mark.parametrize(
    ("stato", "mancanti", "non_valutabili", "atteso"),
    [
        (MANCA, Politica.ESCLUDI, Politica.BLOCCA, Calcolato(D(82))),
        (MANCA, Politica.ZERO, Politica.BLOCCA, Calcolato(D(0))),
        (MANCA, Politica.BLOCCA, Politica.ZERO, NonCalcolabile(Motivo.BLOCCATO, "Privacy")),
        (IGNOTO, Politica.BLOCCA, Politica.ESCLUDI, Calcolato(D(82))),
        (IGNOTO, Politica.ESCLUDI, Politica.ZERO, Calcolato(D(0))),
        (FUORI, Politica.BLOCCA, Politica.BLOCCA, Calcolato(D(82))),
    ],
)
def test_un_prerequisito_senza_punteggio_segue_le_politiche(
    stato: Punteggio, mancanti: Politica, non_valutabili: Politica, atteso: Punteggio
) -> None:
    edizione = replace(
        ESATTA,
        prerequisiti=Cancelli(scheda=Cancello()),
        mancanti=mancanti,
        non_valutabili=non_valutabili,
    )
    nodo = scheda(*DUE, foglia(stato, None, "Privacy", True))
    assert aggrega(nodo, edizione).punteggio == atteso


def test_i_soli_prerequisiti_non_fanno_un_punteggio() -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=Cancello()))
    aggregato = aggrega(scheda(foglia("100", None, "Privacy", True)), edizione)
    assert aggregato.punteggio == NonCalcolabile(Motivo.NESSUN_ELEMENTO)


# --- a minimum for every child ------------------------------------------------------------


@pytest.mark.parametrize(
    ("punti", "atteso"),
    [(("60", "60", "90", "70"), 70), (("59.99", "60", "90"), 0), (("100", "100", "59"), 0)],
)
def test_tutte_le_aree_almeno_a_sessanta(punti: tuple[str, ...], atteso: int) -> None:
    edizione = replace(ESATTA, minimi=Cancelli(piano=Cancello(soglia=D(60))))
    aree = tuple(Nodo(Livello.AREA, p, p, (foglia(p),)) for p in punti)
    assert aggrega(Nodo(Livello.PIANO, "p", "p", aree), edizione).punteggio == Calcolato(D(atteso))


def test_un_area_senza_punteggio_non_chiude_il_cancello_se_resta_fuori() -> None:
    edizione = replace(ESATTA, minimi=Cancelli(scheda=Cancello(soglia=D(60))))
    nodo = scheda(foglia("80"), foglia(MANCA))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(80))
    assert aggrega(nodo, replace(edizione, mancanti=Politica.ZERO)).punteggio == Calcolato(D(0))


def test_i_due_cancelli_agiscono_uno_dopo_l_altro() -> None:
    edizione = replace(
        ESATTA,
        prerequisiti=Cancelli(scheda=Cancello(Effetto.FATTORE, fattori=GRADI)),
        minimi=Cancelli(scheda=Cancello(Effetto.LIMITA, soglia=D(75), limite=D(60))),
    )
    # 82 × 80 % = 65,6; «Esiti» is at 70, under 75: at most 60
    nodo = scheda(*DUE, foglia("80", None, "Privacy", True))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(60))


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
