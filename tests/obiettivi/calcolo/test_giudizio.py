# SPDX-License-Identifier: AGPL-3.0-or-later

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from obiettivi.calcolo.arrotondamento import Arrotondamento, Modo
from obiettivi.calcolo.edizione import Decrescente, MetodiPredefiniti, Metodo, SintesiPeriodi
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.giudizio import giudica
from obiettivi.calcolo.letture import Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Base, Periodo, Risultato
from obiettivi.calcolo.predefinite import ASST_CREMONA, ATS_MILANO
from obiettivi.calcolo.valori import (
    Calcolato,
    Escluso,
    Mancante,
    Motivo,
    NonApplicabile,
    NonCalcolabile,
    Punteggio,
)
from tests.obiettivi.calcolo.misure import (
    ANNO,
    CRESCENTE,
    DECRESCENTE,
    EQ,
    GE,
    LE,
    LT,
    TRIMESTRI,
    lettura,
    misura,
    numero,
    rapporto,
    soglia,
    target,
    trimestre,
    voto,
)

D = Decimal


# --- ATS Milano ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mira", "risultato", "altro", "atteso"),
    [
        (soglia(GE, "95"), rapporto("2871", "2960"), {}, "100"),
        (soglia(GE, "95"), rapporto("14402", "15310"), {}, "99.02"),
        (soglia(GE, "95"), rapporto("0", "100"), {}, "0"),
        (soglia(EQ, "100"), Risultato(ANNO, avanzamento=D(80)), {}, "80"),
        (soglia(EQ, "100"), numero("104.2"), {}, "100"),
        (soglia(LE, "49", ""), rapporto("168490000", "3510551"), {"unita": "€"}, "100"),
        (soglia(LE, "22", ""), rapporto("79338000", "3510551"), {"unita": "€"}, "0"),
        (soglia(LE, "20.6", ""), rapporto("561240", "2710000"), {"verso": DECRESCENTE}, "99.47"),
    ],
)
def test_i_target_di_ats_milano(
    mira: LetturaTarget, risultato: Risultato, altro: dict[str, Any], atteso: str
) -> None:
    assert voto(misura(mira, risultato, **altro), ATS_MILANO) == Calcolato(D(atteso))


QUOTA = target(Tipo.QUOTA_DI_CASI, lettura(LE, "21", "gg", quota=D(90)), verso=DECRESCENTE)


@pytest.mark.parametrize(
    ("risultato", "unita", "atteso"),
    [
        (numero("93.4"), "%", Calcolato(D(100))),
        (numero("88.2"), "%", Calcolato(D(98))),
        (numero("90"), "", Calcolato(D(100))),
        (rapporto("882", "1000"), "gg", Calcolato(D(98))),
        (rapporto("0", "0"), "gg", NonCalcolabile(Motivo.DENOMINATORE_ZERO)),
        (
            numero("18"),
            "gg",
            NonCalcolabile(
                Motivo.UNITA_DIVERSA, "serve la quota di casi entro il limite, in percentuale"
            ),
        ),
    ],
)
def test_la_quota_di_casi_si_confronta_con_la_quota_richiesta(
    risultato: Risultato, unita: str, atteso: Punteggio
) -> None:
    assert voto(misura(QUOTA, risultato, unita=unita), ATS_MILANO) == atteso


def test_la_quota_di_casi_puo_essere_una_soglia() -> None:
    secca = replace(ATS_MILANO, metodi=MetodiPredefiniti(quota_di_casi=Metodo.SOGLIA))
    assert voto(misura(QUOTA, numero("88.2")), secca) == Calcolato(D(0))


# --- quarters -----------------------------------------------------------------------------


QUATTRO = (trimestre(1, "82"), trimestre(2, "86"), trimestre(3, "68"), trimestre(4, "81"))


@pytest.mark.parametrize(
    ("come", "atteso"), [(SintesiPeriodi.MEDIA, "92.5"), (SintesiPeriodi.ULTIMO, "90")]
)
def test_l_anno_e_la_media_o_l_ultimo_trimestre(come: SintesiPeriodi, atteso: str) -> None:
    edizione = replace(ASST_CREMONA, sintesi_periodi=come)
    giudizio = giudica(misura(TRIMESTRI, *QUATTRO), edizione, ANNO)
    assert giudizio.punteggio == Calcolato(D(atteso))
    assert [una.punteggio for una in giudizio.parziali] == [
        Calcolato(D(punti)) for punti in (100, 100, 80, 90)
    ]


def test_un_trimestre_ha_il_suo_target() -> None:
    caso = misura(TRIMESTRI, *QUATTRO)
    assert voto(caso, periodo=Periodo(2022, "T3")) == Calcolato(D(80))


def test_un_periodo_senza_target_e_escluso() -> None:
    caso = misura(TRIMESTRI, *QUATTRO)
    assert voto(caso, periodo=Periodo(2022, "S1")) == Escluso(
        "il piano non ha un target per 2022-S1"
    )


def test_un_trimestre_mancante_si_vede_nella_copertura() -> None:
    giudizio = giudica(misura(TRIMESTRI, *QUATTRO[:3]), ASST_CREMONA, ANNO)
    assert giudizio.copertura == 75
    assert giudizio.punteggio == Calcolato(D("93.33"))
    assert giudizio.parziali[3].punteggio == NonCalcolabile(Motivo.NESSUN_VALORE)


def test_un_anno_neutralizzato_vale_per_tutti_i_suoi_trimestri() -> None:
    fuori = Risultato(ANNO, valore=NonApplicabile("servizio sospeso"))
    assert voto(misura(TRIMESTRI, fuori)) == Escluso("servizio sospeso")
    manca = Risultato(ANNO, valore=Mancante("N.D."))
    assert voto(misura(TRIMESTRI, manca)) == NonCalcolabile(Motivo.NESSUN_VALORE)


def test_un_target_scritto_per_anni_usa_l_anno_giudicato() -> None:
    mira = target(
        Tipo.PER_PERIODO,
        lettura(GE, "80", periodo="2022"),
        lettura(GE, "90", periodo="2023"),
    )
    assert voto(misura(mira, numero("80"))) == Calcolato(D(100))


# --- other kinds --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valore", "verso", "atteso"),
    [
        ("10.4", DECRESCENTE, 100),
        ("11", DECRESCENTE, 100),
        ("11.1", DECRESCENTE, 0),
        ("11", None, None),
    ],
)
def test_con_il_benchmark_noto_si_calcola(
    valore: str, verso: Verso | None, atteso: int | None
) -> None:
    caso = misura(target(Tipo.RIFERIMENTO), numero(valore), verso=verso, riferimento=D(11))
    ottenuto = voto(caso)
    if atteso is None:
        assert ottenuto == NonCalcolabile(Motivo.VERSO_SCONOSCIUTO)
    else:
        assert ottenuto == Calcolato(D(atteso))


def test_un_livello_nominato_si_giudica_dall_avanzamento_dichiarato() -> None:
    mira = target(Tipo.TENDENZA, Lettura(riferimento="livelli pre-covid"))
    assert voto(misura(mira, Risultato(ANNO, avanzamento=D(85)))) == Calcolato(D(85))
    noto = misura(mira, numero("17"), riferimento=D(18), verso=DECRESCENTE)
    assert voto(noto) == Calcolato(D(100))


@pytest.mark.parametrize(("valore", "atteso"), [("42", 100), ("41.99", 0), ("40", 0)])
def test_un_incremento_con_la_sua_misura(valore: str, atteso: int) -> None:
    mira = target(Tipo.TENDENZA, lettura(EQ, "5"), verso=CRESCENTE)
    assert voto(misura(mira, numero(valore), base=Base(valore=D(40)))) == Calcolato(D(atteso))


def test_una_riduzione_stampata_col_segno_meno_resta_una_riduzione() -> None:
    mira = target(Tipo.TENDENZA, lettura(EQ, "-5"), verso=DECRESCENTE)
    base = Base(valore=D(40))
    assert voto(misura(mira, numero("38"), base=base)) == Calcolato(D(100))
    assert voto(misura(mira, numero("39"), base=base)) == Calcolato(D(0))


def test_la_base_di_un_altro_anno_non_va_bene() -> None:
    mira = target(Tipo.TENDENZA, Lettura(riferimento="2019"), verso=DECRESCENTE)
    assert voto(misura(mira, numero("38"), base=Base(valore=D(40), anno=2021))) == NonCalcolabile(
        Motivo.BASE_MANCANTE, "serve quella del 2019, c’è quella del 2021"
    )
    assert voto(misura(mira, numero("38"), base=Base(valore=D(40), anno=2019))) == Calcolato(D(100))


@pytest.mark.parametrize(
    ("risultato", "atteso"),
    [
        (Risultato(ANNO, esito="Sì"), Calcolato(D(100))),
        (Risultato(ANNO, esito=" NO "), Calcolato(D(0))),
        (numero("1"), Calcolato(D(100))),
        (numero("0"), Calcolato(D(0))),
        (numero("7"), NonCalcolabile(Motivo.METODO_NON_ADATTO, "per un sì/no il valore è 1 o 0")),
        (Risultato(ANNO, avanzamento=D(99)), Calcolato(D(0))),
        (
            Risultato(ANNO, esito="in parte"),
            NonCalcolabile(Motivo.VALORE_NON_NUMERICO, "«in parte» non è né sì né no"),
        ),
        (Risultato(ANNO), NonCalcolabile(Motivo.NESSUN_VALORE)),
    ],
)
def test_si_no(risultato: Risultato, atteso: Punteggio) -> None:
    assert voto(misura(target(Tipo.SI_NO, lettura(EQ, "1", "")), risultato, unita="")) == atteso


def test_quando_e_atteso_il_no() -> None:
    mira = target(Tipo.SI_NO, lettura(EQ, "0", ""))
    assert voto(misura(mira, Risultato(ANNO, esito="no"), unita="")) == Calcolato(D(100))


def test_un_traguardo_a_passi() -> None:
    mira = target(Tipo.TRAGUARDO, passi=("avvio", "collaudo", "messa in produzione"))
    fatto = Risultato(ANNO, passi_completati=(1, 2))
    assert voto(misura(mira, fatto)) == Calcolato(D("66.67"))
    assert voto(misura(mira, fatto, pesi_passi=(D(50), D(30), D(20)))) == Calcolato(D(80))
    secco = replace(ASST_CREMONA, metodi=MetodiPredefiniti(traguardo=Metodo.SI_NO))
    assert voto(misura(mira, fatto), secco) == Calcolato(D(0))
    assert voto(misura(mira, Risultato(ANNO, avanzamento=D(100))), secco) == Calcolato(D(100))


@pytest.mark.parametrize(
    ("scadenza", "fatto", "atteso"),
    [
        ("2022-12-31", date(2022, 12, 31), Calcolato(D(100))),
        ("2022-12-31", date(2023, 1, 1), Calcolato(D(0))),
        ("--06-30", date(2022, 6, 30), Calcolato(D(100))),
        ("--06-30", date(2022, 7, 1), Calcolato(D(0))),
        ("--02-29", date(2022, 2, 1), NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "--02-29")),
        ("2022-12-31", None, NonCalcolabile(Motivo.NESSUN_VALORE)),
    ],
)
def test_una_scadenza(scadenza: str, fatto: date | None, atteso: Punteggio) -> None:
    mira = target(Tipo.SOGLIA, Lettura(LE, unita="data", data=scadenza))
    assert voto(misura(mira, Risultato(ANNO, data=fatto), unita="")) == atteso


def test_una_scadenza_con_le_fasce_dei_giorni_di_ritardo() -> None:
    mira = target(Tipo.SOGLIA, Lettura(LE, unita="data", data="2022-12-31"))
    fatto = Risultato(ANNO, data=date(2023, 1, 10))
    a_fasce = replace(
        ASST_CREMONA,
        metodi=MetodiPredefiniti(data=Metodo.SCOSTAMENTO_DATA),
        fasce_giorni=(Fascia(None, D(1), D(100)), Fascia(D(1), None, D(40))),
    )
    assert voto(misura(mira, fatto), a_fasce) == Calcolato(D(40))
    assert voto(misura(mira, numero("3"), unita=""), a_fasce) == NonCalcolabile(
        Motivo.UNITA_DIVERSA, "il target è una data, il risultato un numero"
    )


def test_un_intervallo() -> None:
    mira = target(Tipo.INTERVALLO, Lettura(valore=D(40), valore_max=D(60), unita="%"))
    assert voto(misura(mira, numero("60"))) == Calcolato(D(100))
    assert voto(misura(mira, numero("61"))) == Calcolato(D(0))
    tollerante = replace(ASST_CREMONA, tolleranza_intervallo=D(10))
    assert voto(misura(mira, numero("63")), tollerante) == Calcolato(D(50))


# --- method and edition -------------------------------------------------------------------


def test_l_indicatore_puo_avere_il_suo_metodo() -> None:
    caso = misura(soglia(GE, "80"), numero("60"), base=Base(valore=D(40), anno=2021))
    assert voto(caso) == Calcolato(D(75))
    assert voto(replace(caso, metodo=Metodo.SOGLIA)) == Calcolato(D(0))
    assert voto(replace(caso, metodo=Metodo.INTERPOLAZIONE)) == Calcolato(D(50))
    assert voto(replace(caso, metodo=Metodo.UGUAGLIANZA)) == Calcolato(D(0))
    assert voto(replace(caso, metodo=Metodo.AVANZAMENTO)) == Calcolato(D(60))
    assert voto(replace(caso, metodo=Metodo.SI_NO)) == NonCalcolabile(
        Motivo.METODO_NON_ADATTO, "si_no"
    )


def test_l_interpolazione_senza_partenza_non_si_calcola() -> None:
    caso = misura(soglia(GE, "80"), numero("60"), metodo=Metodo.INTERPOLAZIONE)
    assert voto(caso) == NonCalcolabile(Motivo.BASE_MANCANTE)


def test_le_fasce_si_applicano_al_raggiungimento_o_al_valore() -> None:
    bande = (Fascia(None, D(80), D(0)), Fascia(D(80), D(100), D(60)), Fascia(D(100), None, D(100)))
    edizione = replace(
        ASST_CREMONA, metodi=MetodiPredefiniti(percentuale=Metodo.FASCE), fasce=bande
    )
    assert voto(misura(soglia(GE, "50"), numero("45")), edizione) == Calcolato(D(60))
    assert voto(misura(soglia(GE, "50"), numero("45"), fasce=bande), edizione) == Calcolato(D(0))


def test_minimo_pavimento_tetto_e_arrotondamento_vengono_dall_edizione() -> None:
    libera = replace(ASST_CREMONA, tetto=D(120), minimo_parziale=D(60), pavimento=D(10))
    assert voto(misura(soglia(GE, "80"), numero("100")), libera) == Calcolato(D(120))
    assert voto(misura(soglia(GE, "80"), numero("88")), libera) == Calcolato(D(110))
    assert voto(misura(soglia(GE, "80"), numero("47")), libera) == Calcolato(D(10))
    tronca = replace(ASST_CREMONA, arrotondamento=Arrotondamento(Modo.TRONCAMENTO, 1))
    assert voto(misura(soglia(GE, "95"), numero("90")), tronca) == Calcolato(D("94.7"))
    iperbolica = replace(ASST_CREMONA, decrescente=Decrescente.IPERBOLICO)
    caso = misura(soglia(LE, "50"), numero("62.5"), verso=DECRESCENTE)
    assert voto(caso, iperbolica) == Calcolato(D(80))
    assert voto(caso) == Calcolato(D(75))


def test_un_soffio_sotto_il_target_non_diventa_cento() -> None:
    assert voto(misura(soglia(GE, "95"), numero("94.9999999"))) == Calcolato(D("99.99"))
    assert voto(misura(soglia(LT, "20"), numero("20"), verso=DECRESCENTE)) == Calcolato(D("99.99"))
