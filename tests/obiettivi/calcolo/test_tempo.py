# SPDX-License-Identifier: AGPL-3.0-or-later
"""Time: results and targets of quarters, half years and years."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo import periodi
from obiettivi.calcolo.arrotondamento import netto
from obiettivi.calcolo.edizione import Politica
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo
from obiettivi.calcolo.misura import Periodo, Risultato
from obiettivi.calcolo.periodi import Aggregazione, Cumulo
from obiettivi.calcolo.spiegazione import frasi, spiega_giudizio
from obiettivi.calcolo.valori import (
    Calcolato,
    Escluso,
    Mancante,
    Motivo,
    NonApplicabile,
    NonCalcolabile,
    Numero,
    Punteggio,
)
from tests.obiettivi.calcolo.parti import (
    MEDIA,
    MISTO,
    RAPPORTO,
    SECCA,
    SOMMA,
    ULTIMO,
    di,
    fuori,
    giudizio,
    soglia,
    su,
    voto,
)

D = Decimal
ANNO = Periodo(2022)
GE = Comparatore.MAGGIORE_UGUALE
TRE = (di("T1", "10"), di("T2", "12"), di("T3", "9"))
QUATTRO = (*TRE, di("T4", "5"))


# --- the calendar -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frazione", "primo", "ultimo"),
    [("", 1, 12), ("T1", 1, 3), ("T4", 10, 12), ("S1", 1, 6), ("S2", 7, 12), ("Q1", 1, 4),
     ("Q3", 9, 12), ("M01", 1, 1), ("M12", 12, 12)],
)  # fmt: skip
def test_i_mesi_di_una_parte_dell_anno(frazione: str, primo: int, ultimo: int) -> None:
    assert list(periodi.mesi(frazione)) == list(range(primo, ultimo + 1))


@pytest.mark.parametrize("storta", ["T0", "T5", "S3", "Q4", "M13", "M00", "boh", "T", "T-1", "T²"])
def test_una_parte_che_non_c_e_non_ha_mesi(storta: str) -> None:
    assert list(periodi.mesi(storta)) == []
    assert not periodi.contiene("", storta)
    assert periodi.nome(storta) == storta


def test_chi_sta_dentro_chi() -> None:
    assert periodi.genitori("T2") == ("S1", "")
    assert periodi.genitori("M04") == ("T2", "Q1", "S1", "")
    assert periodi.genitori("Q2") == ("",)
    assert periodi.genitori("") == ()
    assert periodi.parti_di("S2", 3) == ("T3", "T4")
    assert periodi.parti_di("", 6) == ("S1", "S2")
    assert periodi.parti_di("T1", 3) == ()
    assert periodi.parti_di("", 5) == ()


@pytest.mark.parametrize(
    ("frazioni", "frase"),
    [
        ([], ""),
        (["T4"], "manca il 4° trimestre"),
        (["T2", "T3"], "mancano il 2° trimestre e il 3° trimestre"),
        (["M01", "S2", "Q3"], "mancano il mese di gennaio, il 2° semestre e il 3° quadrimestre"),
        ([""], "manca l’anno"),
    ],
)
def test_ciò_che_manca_si_dice_in_italiano(frazioni: list[str], frase: str) -> None:
    assert periodi.mancano(frazioni) == frase


# --- a period from its parts --------------------------------------------------------------


@pytest.mark.parametrize(
    ("come", "risultati", "frazione", "atteso"),
    [
        (SOMMA, QUATTRO, "", "36"),
        (SOMMA, QUATTRO, "S1", "22"),
        (SOMMA, QUATTRO, "S2", "14"),
        (SOMMA, (di("S1", "22"), di("S2", "14")), "", "36"),
        (SOMMA, (di("S1", "22"), di("T3", "9"), di("T4", "5")), "", "36"),
        (SOMMA, (di("S1", "22"), *QUATTRO), "", "36"),
        (SOMMA, (di("T1", "10"), di("T2", "-4"), di("T3", "0"), di("T4", "1")), "", "7"),
        (SOMMA, (di("M04", "1"), di("M05", "2"), di("M06", "4")), "T2", "7"),
        (SOMMA, (di("Q1", "1"), di("Q2", "2"), di("Q3", "4")), "", "7"),
        (MEDIA, QUATTRO, "", "9"),
        (MEDIA, QUATTRO, "S1", "11"),
        (MEDIA, (di("S1", "80"), di("T3", "90"), di("T4", "50")), "", "75"),
        (MEDIA, (di("T1", "0"), di("T2", "0"), di("T3", "0"), di("T4", "0")), "", "0"),
        (ULTIMO, QUATTRO, "", "5"),
        (ULTIMO, QUATTRO, "S1", "12"),
        (ULTIMO, (di("T4", "5"),), "", "5"),
        (RAPPORTO, (su("T1", "41", "50"), su("T2", "10", "100"), su("T3", "0", "0"),
                    su("T4", "9", "50")), "", "30"),
        (RAPPORTO, (su("S1", "1", "4"), su("S2", "3", "4")), "", "50"),
        (MEDIA, (su("S1", "1", "4"), su("S2", "3", "4")), "", "50"),
        (MEDIA, (su("T1", "1", "3"), su("T2", "1", "3")), "S1", "33.33"),
        (SOMMA, (su("T1", "1", "4"), di("T2", "10")), "S1", "35"),
    ],
)  # fmt: skip
def test_il_risultato_di_un_periodo_viene_dalle_sue_parti(
    come: Aggregazione, risultati: tuple[Risultato, ...], frazione: str, atteso: str
) -> None:
    fatto = giudizio(*risultati, come=come, frazione=frazione, eredita_target=True)
    assert isinstance(fatto.punteggio, Calcolato)
    assert fatto.punteggio.valore == D(atteso)
    assert fatto.copertura == 100


def test_tre_terzi_fanno_uno() -> None:
    terzi = [su(f"Q{n}", "1", "3", unita="") for n in (1, 2, 3)]
    uno = LetturaTarget("≥ 1", Tipo.SOGLIA, (Lettura(GE, D(1)),))
    assert voto(*terzi, target=uno, unita="n.") == Calcolato(D(100))


def test_il_risultato_proprio_del_periodo_viene_prima_delle_parti() -> None:
    assert voto(*QUATTRO, di("", "40")) == Calcolato(D(40))
    assert voto(*QUATTRO, fuori("")) == Escluso("reparto chiuso")


def test_un_anno_segnato_mancante_si_compone_se_le_parti_ci_sono() -> None:
    manca = Risultato(ANNO, valore=Mancante("N.D."))
    assert voto(*QUATTRO, manca) == Calcolato(D(36))
    assert voto(manca) == NonCalcolabile(Motivo.NESSUN_VALORE, "N.D.")


def test_gli_altri_anni_non_entrano() -> None:
    prima = Risultato(Periodo(2021, "T4"), valore=Numero(D(1000)))
    assert voto(*QUATTRO, prima) == Calcolato(D(36))


def test_ciò_che_non_è_un_numero_è_quello_dell_ultima_parte() -> None:
    traguardo = LetturaTarget("Attuazione", Tipo.TRAGUARDO)
    avanti = (di("T1", avanzamento=D(20)), di("T2", avanzamento=D(45)))
    assert voto(*avanti, target=traguardo) == Calcolato(D(45))
    si_no = LetturaTarget("Sì", Tipo.SI_NO, (Lettura(),))
    risposte = (di("S1", esito="no"), di("S2", esito="sì"))
    assert voto(*risposte, target=si_no, come=MEDIA) == Calcolato(D(100))


def test_una_parte_con_numero_e_avanzamento_tiene_l_avanzamento() -> None:
    traguardo = LetturaTarget("Attuazione", Tipo.TRAGUARDO)
    avanti = (di("S1", "3", avanzamento=D(20)), di("S2", "4", avanzamento=D(45)))
    assert voto(*avanti, target=traguardo) == Calcolato(D(45))


def test_la_media_delle_quote_di_casi_è_in_percentuale() -> None:
    casi = Lettura(Comparatore.MINORE_UGUALE, D(21), unita="gg", quota=D(90))
    quota = LetturaTarget("x", Tipo.QUOTA_DI_CASI, (casi,))
    parti = (su("S1", "80", "100"), su("S2", "100", "100"))
    assert voto(*parti, target=quota, come=MEDIA, unita="gg") == Calcolato(D(100))
    assert voto(*parti, target=quota, come=RAPPORTO, unita="gg") == Calcolato(D(100))


def test_ogni_sede_si_compone_per_sé() -> None:
    sedi = [replace(uno, sede="Crema") for uno in (di("S1", "30"), di("S2", "40"))]
    altra = replace(di("S1", "50"), sede="Oglio Po")
    fatto = giudizio(*sedi, altra)
    assert [(p.nome, p.punteggio, p.copertura) for p in fatto.parziali] == [
        ("Crema", Calcolato(D(70)), 100),
        ("Oglio Po", Calcolato(D(50)), 50),
    ]
    assert (fatto.punteggio, fatto.copertura) == (Calcolato(D(60)), 75)


def test_un_trimestre_inventato_o_provvisorio_segna_l_anno() -> None:
    finto = replace(di("T2", "12"), dimostrativo=True)
    fatto = giudizio(di("T1", "10"), finto)
    assert fatto.dimostrativo
    assert frasi(fatto.passi).count("Il risultato è un dato dimostrativo, inventato.") == 1


# --- missing parts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("come", "risultati", "frazione", "atteso", "copertura"),
    [
        (SOMMA, TRE, "", "31", "75"),
        (MEDIA, (di("T1", "10"), di("T3", "20")), "", "15", "50"),
        (MEDIA, (di("T2", "10"),), "S1", "10", "50"),
        (ULTIMO, TRE, "", "9", "75"),
        (ULTIMO, (di("T1", "10"), di("T4", "5")), "", "5", "100"),
        (RAPPORTO, (su("T1", "1", "4"),), "", "25", "25"),
        (SOMMA, (di("M01", "4"),), "", "4", "8.333333333333333333333333333333"),
        (SOMMA, (di("S1", "22"), di("T3", "9")), "", "31", "75"),
        (SOMMA, (*TRE, Risultato(Periodo(2022, "T4"), valore=Mancante())), "", "31", "75"),
    ],
)
def test_le_parti_mancanti_restano_fuori_e_si_vedono(
    come: Aggregazione,
    risultati: tuple[Risultato, ...],
    frazione: str,
    atteso: str,
    copertura: str,
) -> None:
    fatto = giudizio(*risultati, come=come, frazione=frazione, eredita_target=True)
    assert (fatto.punteggio, netto(fatto.copertura)) == (Calcolato(D(atteso)), D(copertura))


@pytest.mark.parametrize("politica", [Politica.ZERO, Politica.BLOCCA])
def test_se_le_regole_lo_vogliono_un_risultato_incompleto_manca(politica: Politica) -> None:
    ferma = replace(SECCA, mancanti=politica)
    fatto = giudizio(*TRE, edizione=ferma)
    assert fatto.punteggio == NonCalcolabile(Motivo.NESSUN_VALORE, "manca il 4° trimestre")
    assert fatto.copertura == 0
    assert voto(*QUATTRO, edizione=ferma) == Calcolato(D(36))
    assert voto(di("T4", "5"), come=ULTIMO, edizione=ferma) == Calcolato(D(5))
    assert voto(*TRE, come=ULTIMO, edizione=ferma) == NonCalcolabile(
        Motivo.NESSUN_VALORE, "manca il 4° trimestre"
    )


def test_una_parte_non_applicabile_non_è_dovuta() -> None:
    fatto = giudizio(*TRE, fuori("T4"))
    assert (fatto.punteggio, fatto.copertura) == (Calcolato(D(31)), 100)
    assert "Risultato del 4° trimestre 2022: escluso dal conto (reparto chiuso)." in frasi(
        fatto.passi
    )
    metà = giudizio(di("T1", "10"), fuori("T4"), di("T2", "3"))
    assert metà.copertura.quantize(D("0.01")) == D("66.67")


def test_se_nessuna_parte_è_dovuta_il_periodo_è_escluso() -> None:
    assert voto(fuori("S1", "a"), fuori("S2", "b")) == Escluso("b")
    assert voto(fuori("S1")) == NonCalcolabile(Motivo.NESSUN_VALORE)


@pytest.mark.parametrize(
    ("come", "risultati", "atteso"),
    [
        (RAPPORTO, (su("S1", "1", "2"), di("S2", "50")),
         NonCalcolabile(Motivo.NESSUN_VALORE,
                        "servono numeratore e denominatore: 2° semestre")),
        (RAPPORTO, (su("S1", "0", "0"), su("S2", "0", "0")),
         NonCalcolabile(Motivo.DENOMINATORE_ZERO)),
        (MEDIA, (su("S1", "1", "2"), su("S2", "1", "0")),
         NonCalcolabile(Motivo.DENOMINATORE_ZERO, "2° semestre")),
        (SOMMA, (di("S1", "1", unita="gg"), di("S2", "1", unita="ore")),
         NonCalcolabile(Motivo.UNITA_DIVERSA, "i periodi sono in gg, ore")),
    ],
)  # fmt: skip
def test_parti_che_non_si_possono_mettere_insieme(
    come: Aggregazione, risultati: tuple[Risultato, ...], atteso: Punteggio
) -> None:
    assert voto(*risultati, come=come) == atteso


# --- a part is not made from the whole -----------------------------------------------------


def test_un_trimestre_non_si_ricava_dall_anno() -> None:
    fatto = giudizio(di("", "80"), frazione="T1", come=ULTIMO)
    assert fatto.punteggio == NonCalcolabile(
        Motivo.NESSUN_VALORE, "c’è solo il risultato dell’anno 2022"
    )
    assert (
        "Per il 1° trimestre 2022 non c’è un risultato: c’è solo quello dell’anno 2022, "
        "che non si divide."
    ) in frasi(fatto.passi)


def test_fra_più_periodi_lunghi_si_nomina_il_più_corto() -> None:
    assert voto(di("", "80"), di("S1", "40"), frazione="T2", come=MEDIA) == NonCalcolabile(
        Motivo.NESSUN_VALORE, "c’è solo il risultato del 1° semestre 2022"
    )


def test_un_anno_neutralizzato_vale_per_il_trimestre_di_una_sede() -> None:
    sedi = LetturaTarget("x", Tipo.PER_SEDE, (Lettura(GE, D(90), sede="Crema"),))
    assert voto(fuori(""), frazione="T1", target=sedi, come=MEDIA) == Escluso("reparto chiuso")


# --- in words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("come", "risultati", "frase"),
    [
        (SOMMA, TRE, "Somma dei trimestri: 10 + 12 + 9 = 31 % (manca il 4° trimestre)."),
        (SOMMA, (di("S1", "-2"), di("S2", "5")), "Somma dei semestri: (-2) + 5 = 3 %."),
        (MEDIA, QUATTRO, "Media dei trimestri: (10 + 12 + 9 + 5) / 4 = 9 %."),
        (MEDIA, (di("S1", "80"), di("T3", "50")),
         "Media dei periodi, pesata sui mesi: (80 × 6 + 50 × 3) / 9 = 70 % "
         "(manca il 4° trimestre)."),
        (ULTIMO, TRE, "Vale l’ultimo dei trimestri, il 3° trimestre (manca il 4° trimestre)."),
        (RAPPORTO, (su("S1", "41", "50"), su("S2", "10", "100")),
         "Rapporto delle somme dei semestri: numeratori 41 + 10 = 51, denominatori 50 + 100 = "
         "150."),
    ],
)  # fmt: skip
def test_il_conto_si_racconta(
    come: Aggregazione, risultati: tuple[Risultato, ...], frase: str
) -> None:
    assert frase in frasi(giudizio(*risultati, come=come).passi)


def test_si_racconta_ogni_parte_con_la_sua_origine_e_quanto_manca() -> None:
    parti = [replace(uno, origine=f"flusso {uno.periodo.frazione}") for uno in TRE]
    assert frasi(giudizio(*parti).passi)[2:8] == [
        "Risultato 2022-T1: 10 % (origine: flusso T1).",
        "Risultato 2022-T2: 12 % (origine: flusso T2).",
        "Risultato 2022-T3: 9 % (origine: flusso T3).",
        "Somma dei trimestri: 10 + 12 + 9 = 31 % (manca il 4° trimestre).",
        "È coperto il 75 % del periodo: le regole fanno giudicare con ciò che c’è.",
        "Risultato 2022: 31 % (origine: somma dei trimestri).",
    ]


# --- whatever comes in ---------------------------------------------------------------------


finiti = st.decimals(allow_nan=False, allow_infinity=False)
frazioni = st.sampled_from(["", "T1", "T2", "T3", "T4", "S1", "S2", "Q1", "Q3", "M02", "boh"])
qualsiasi = st.builds(
    Risultato,
    periodo=frazioni.map(lambda frazione: Periodo(2022, frazione)),
    sede=st.sampled_from(["", "Crema"]),
    valore=st.one_of(finiti.map(Numero), st.just(Mancante()), st.just(NonApplicabile("chiuso"))),
    numeratore=st.none() | finiti,
    denominatore=st.none() | finiti,
    avanzamento=st.none() | finiti,
    esito=st.sampled_from(["", "sì"]),
    unita=st.sampled_from(["", "%", "gg"]),
)

mire = st.sampled_from([soglia("90"), MISTO, LetturaTarget("x", Tipo.TRAGUARDO)])


@settings(deadline=None)
@given(
    risultati=st.lists(qualsiasi, max_size=6),
    come=st.sampled_from(list(Aggregazione)),
    cumulo=st.sampled_from(list(Cumulo)),
    frazione=frazioni,
    mira=mire,
    politica=st.sampled_from(list(Politica)),
)
def test_qualunque_insieme_di_parti_da_un_punteggio_o_un_motivo(
    risultati: list[Risultato],
    come: Aggregazione,
    cumulo: Cumulo,
    frazione: str,
    mira: LetturaTarget,
    politica: Politica,
) -> None:
    fatto = giudizio(
        *risultati,
        come=come,
        cumulo=cumulo,
        frazione=frazione,
        target=mira,
        edizione=replace(SECCA, mancanti=politica),
    )
    assert 0 <= fatto.copertura <= 100
    assert json.dumps(spiega_giudizio(fatto))
    if isinstance(fatto.punteggio, Calcolato):
        assert 0 <= fatto.punteggio.valore <= 100
    else:
        assert fatto.punteggio.frase
