# SPDX-License-Identifier: AGPL-3.0-or-later
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest

from obiettivi.calcolo.arrotondamento import Arrotondamento, Modo
from obiettivi.calcolo.edizione import (
    Decrescente,
    Edizione,
    MetodiPredefiniti,
    Metodo,
    Politica,
    SintesiPeriodi,
)
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.letture import (
    Certezza,
    Comparatore,
    Lettura,
    LetturaTarget,
    Tipo,
    Verso,
)
from obiettivi.calcolo.misura import (
    Base,
    Misura,
    Periodo,
    Risultato,
    alla_partenza,
    risultati_da_lettura,
    unita_comune,
)
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.predefinite import ASST_CREMONA, ATS_MILANO
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

D = Decimal
GE, GT, LE, LT, EQ = (
    Comparatore.MAGGIORE_UGUALE,
    Comparatore.MAGGIORE,
    Comparatore.MINORE_UGUALE,
    Comparatore.MINORE,
    Comparatore.UGUALE,
)
CRESCENTE, DECRESCENTE, MANTENIMENTO = Verso
ANNO = Periodo(2022)


def lettura(
    comparatore: Comparatore | None, valore: str, unita: str = "%", **altro: Any
) -> Lettura:
    return Lettura(comparatore, D(valore), unita=unita, **altro)


def target(tipo: Tipo, *letture: Lettura, testo: str = "x", verso: Verso | None = None,
           **altro: Any) -> LetturaTarget:  # fmt: skip
    return LetturaTarget(testo, tipo, letture, verso, **altro)


def soglia(comparatore: Comparatore, valore: str, unita: str = "%") -> LetturaTarget:
    return target(Tipo.SOGLIA, lettura(comparatore, valore, unita))


def tendenza(verso: Verso | None) -> LetturaTarget:
    return target(Tipo.TENDENZA, verso=verso)


def numero(valore: str, **altro: Any) -> Risultato:
    return Risultato(ANNO, valore=Numero(D(valore)), **altro)


def rapporto(sopra: str, sotto: str, **altro: Any) -> Risultato:
    return Risultato(ANNO, numeratore=D(sopra), denominatore=D(sotto), **altro)


def misura(mira: LetturaTarget | None, *risultati: Risultato, **altro: Any) -> Misura:
    altro = {"unita": "%", "verso": CRESCENTE} | altro
    return Misura("X-01", "Indicatore", mira, risultati, **altro)


def voto(caso: Misura, edizione: Edizione = ASST_CREMONA, periodo: Periodo = ANNO) -> Punteggio:
    return giudica(caso, edizione, periodo).punteggio


def codici(giudizio: Giudizio) -> list[Codice]:
    return [uno.codice for uno in giudizio.passi]


SEDI = target(
    Tipo.PER_SEDE,
    lettura(EQ, "21.02", sede="Cremona"),
    lettura(EQ, "34.55", sede="Oglio Po"),
    testo="21,02% Cremona 34,55% Oglio Po",
)
TRIMESTRI = target(
    Tipo.PER_PERIODO,
    *(lettura(EQ, valore, periodo=f"T{n}") for n, valore in enumerate(("80", "85", "85", "90"), 1)),
    verso=CRESCENTE,
)


def trimestre(n: int, valore: str | None, **altro: Any) -> Risultato:
    dato = Mancante() if valore is None else Numero(D(valore))
    return Risultato(Periodo(2022, f"T{n}"), valore=dato, **altro)


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


# --- ASST Cremona, starting point ---------------------------------------------------------


def partenza(mira: LetturaTarget, base: LetturaTarget, **altro: Any) -> Giudizio:
    caso, periodo = alla_partenza(misura(mira, base=Base(base, anno=2021), **altro), 2021)
    assert periodo == Periodo(2021)
    return giudica(caso, ASST_CREMONA, periodo)


def stampato(valore: str, unita: str = "%") -> LetturaTarget:
    return soglia(EQ, valore, unita)


@pytest.mark.parametrize(
    ("mira", "base", "verso", "atteso"),
    [
        (tendenza(MANTENIMENTO), stampato("57.53"), DECRESCENTE, 100),
        (tendenza(MANTENIMENTO), stampato("74"), None, 100),
        (tendenza(DECRESCENTE), stampato("11.93"), DECRESCENTE, 0),
        (tendenza(None), stampato("42"), CRESCENTE, 0),
        (soglia(GE, "90"), stampato("90"), CRESCENTE, 100),
    ],
)
def test_la_posizione_di_partenza(
    mira: LetturaTarget, base: LetturaTarget, verso: Verso | None, atteso: int
) -> None:
    giudizio = partenza(mira, base, verso=verso)
    assert giudizio.punteggio == Calcolato(D(atteso))
    assert not giudizio.dimostrativo


@pytest.mark.parametrize("verso", [DECRESCENTE, None])
def test_alla_partenza_il_miglioramento_chiesto_non_c_e_e_si_dice(verso: Verso | None) -> None:
    giudizio = partenza(tendenza(verso), stampato("11.93"), verso=DECRESCENTE)
    assert Codice.TENDENZA_ALLA_PARTENZA in codici(giudizio)


def test_un_consuntivo_in_parole_contro_un_traguardo_non_si_calcola() -> None:
    avvio = target(Tipo.TRAGUARDO, testo="Avvio sperimentale")
    giudizio = partenza(target(Tipo.TRAGUARDO, testo="Consolidamento"), avvio)
    assert giudizio.punteggio == NonCalcolabile(
        Motivo.AVANZAMENTO_MANCANTE, "il risultato è un testo: «Avvio sperimentale»"
    )


@pytest.mark.parametrize(
    ("mira", "base", "atteso"),
    [
        (
            target(Tipo.TRAGUARDO),
            stampato("137746000", "€"),
            NonCalcolabile(
                Motivo.AVANZAMENTO_MANCANTE,
                "un valore misurato non dice quanto del traguardo è fatto",
            ),
        ),
        (
            soglia(GE, "90"),
            target(Tipo.NON_DISPONIBILE, testo="processo ex-novo"),
            NonCalcolabile(Motivo.NESSUN_VALORE, "processo ex-novo"),
        ),
        (
            tendenza(None),
            target(Tipo.SOGLIA, lettura(GT, "80"), testo=">80%"),
            NonCalcolabile(Motivo.VALORE_NON_NUMERICO, "«>80%»"),
        ),
        (
            target(Tipo.RIFERIMENTO, Lettura(riferimento="Benchmark regionale")),
            stampato("11.06"),
            NonCalcolabile(Motivo.RIFERIMENTO_SCONOSCIUTO, "«Benchmark regionale»"),
        ),
        (
            target(Tipo.TENDENZA, Lettura(riferimento="livelli pre-covid")),
            stampato("18.51"),
            NonCalcolabile(Motivo.RIFERIMENTO_SCONOSCIUTO, "«livelli pre-covid»"),
        ),
    ],
)
def test_la_posizione_di_partenza_che_non_si_calcola_dice_perche(
    mira: LetturaTarget, base: LetturaTarget, atteso: Punteggio
) -> None:
    assert partenza(mira, base).punteggio == atteso


def test_lo_sforamento_si_giudica_per_sede_e_si_vedono_tutte_e_due() -> None:
    giudizio = partenza(soglia(LT, "20"), SEDI, verso=DECRESCENTE)
    assert giudizio.punteggio == Calcolato(D("61.08"))
    assert [(una.nome, una.punteggio) for una in giudizio.parziali] == [
        ("Cremona", Calcolato(D("94.9"))),
        ("Oglio Po", Calcolato(D("27.25"))),
    ]


def test_il_miglioramento_si_giudica_sede_per_sede_con_la_sua_base() -> None:
    risultati = (
        numero("88.60", sede="CREMONA"),
        numero("53.00", sede="Oglio  Po"),
    )
    base = Base(SEDI, anno=2021)
    giudizio = giudica(misura(tendenza(None), *risultati, base=base), ASST_CREMONA, ANNO)
    assert giudizio.punteggio == Calcolato(D(100))
    calo = giudica(
        misura(tendenza(None), *risultati, base=base, verso=DECRESCENTE), ASST_CREMONA, ANNO
    )
    assert calo.punteggio == Calcolato(D(0))


def test_un_target_per_sede_senza_una_sede_segue_la_politica_dei_mancanti() -> None:
    mira = replace(SEDI, verso=DECRESCENTE)
    sola = misura(mira, numero("20", sede="Cremona"), verso=DECRESCENTE)
    giudizio = giudica(sola, ASST_CREMONA, ANNO)
    assert (giudizio.punteggio, giudizio.copertura) == (Calcolato(D(100)), 50)
    assert Codice.NON_VALUTATO_ESCLUSO in codici(giudizio)
    zero = giudica(sola, replace(ASST_CREMONA, mancanti=Politica.ZERO), ANNO)
    assert (zero.punteggio, zero.copertura) == (Calcolato(D(50)), 50)
    blocco = giudica(sola, replace(ASST_CREMONA, mancanti=Politica.BLOCCA), ANNO)
    assert blocco.punteggio == NonCalcolabile(Motivo.BLOCCATO, "Oglio Po")


def test_il_risultato_di_tutta_l_azienda_vale_piu_di_quelli_delle_sedi() -> None:
    caso = misura(soglia(GE, "90"), numero("50", sede="Cremona"), numero("90"))
    assert voto(caso) == Calcolato(D(100))


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


# --- obstacles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caso", "atteso"),
    [
        (misura(None, numero("1")), NonCalcolabile(Motivo.NESSUN_TARGET)),
        (
            misura(target(Tipo.DA_DEFINIRE, testo="Da definire"), numero("1")),
            NonCalcolabile(Motivo.TARGET_DA_DEFINIRE, "«Da definire»"),
        ),
        (
            misura(target(Tipo.NON_INTERPRETABILE, motivo="non è una frase nota"), numero("1")),
            NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "non è una frase nota"),
        ),
        (
            misura(target(Tipo.NON_DISPONIBILE, testo="-"), numero("1")),
            NonCalcolabile(Motivo.NESSUN_TARGET, "«-»"),
        ),
        (misura(soglia(GE, "90")), NonCalcolabile(Motivo.NESSUN_VALORE)),
        (
            misura(soglia(GE, "90"), rapporto("3", "0")),
            NonCalcolabile(Motivo.DENOMINATORE_ZERO),
        ),
        (
            misura(soglia(LE, "48", "ore"), numero("2", unita="giorni"), unita=""),
            NonCalcolabile(Motivo.UNITA_DIVERSA, "risultato in gg, target in ore"),
        ),
        (
            misura(soglia(EQ, "100"), numero("100"), verso=None),
            NonCalcolabile(Motivo.VERSO_SCONOSCIUTO),
        ),
        (
            misura(tendenza(None), numero("3"), verso=None, base=Base(valore=D(2))),
            NonCalcolabile(Motivo.VERSO_SCONOSCIUTO),
        ),
        (misura(tendenza(None), numero("3")), NonCalcolabile(Motivo.BASE_MANCANTE)),
        (
            misura(target(Tipo.SOGLIA, Lettura(GE)), numero("3")),
            NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "nel target non c'è un numero"),
        ),
        (
            misura(soglia(GE, "NaN"), numero("3")),
            NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "nel target non c'è un numero"),
        ),
        (
            misura(soglia(GE, "90"), Risultato(ANNO, esito="quasi tutto")),
            NonCalcolabile(Motivo.VALORE_NON_NUMERICO, "«quasi tutto»"),
        ),
        (
            misura(soglia(GE, "90"), Risultato(ANNO, valore=NonApplicabile("rinviato"))),
            Escluso("rinviato"),
        ),
    ],
)
def test_ogni_ostacolo_ha_il_suo_motivo(caso: Misura, atteso: Punteggio) -> None:
    giudizio = giudica(caso, ASST_CREMONA, ANNO)
    assert giudizio.punteggio == atteso
    assert giudizio.copertura == 0
    assert giudizio.foglia().punteggio == atteso


@pytest.mark.parametrize(
    ("politica", "codice"),
    [
        (Politica.ESCLUDI, Codice.NON_VALUTATO_ESCLUSO),
        (Politica.ZERO, Codice.NON_VALUTATO_ZERO),
        (Politica.BLOCCA, Codice.NON_VALUTATO_BLOCCA),
    ],
)
def test_il_mancante_non_diventa_zero_ma_si_dice_che_fine_fara(
    politica: Politica, codice: Codice
) -> None:
    edizione = replace(ASST_CREMONA, mancanti=politica)
    giudizio = giudica(misura(soglia(GE, "90")), edizione, ANNO)
    assert giudizio.punteggio == NonCalcolabile(Motivo.NESSUN_VALORE)
    assert codice in codici(giudizio)


def test_il_dato_dimostrativo_segna_il_giudizio() -> None:
    finto = numero("90", dimostrativo=True)
    giudizio = giudica(misura(soglia(GE, "90"), finto), ASST_CREMONA, ANNO)
    assert giudizio.dimostrativo
    assert giudizio.foglia(D(30)).dimostrativo
    assert giudizio.foglia(D(30)).peso == 30
    assert Codice.DATO_DIMOSTRATIVO in codici(giudizio)
    meta = giudica(
        misura(TRIMESTRI, trimestre(1, "80"), trimestre(2, "85", dimostrativo=True)),
        ASST_CREMONA,
        ANNO,
    )
    assert meta.dimostrativo


def test_una_lettura_incerta_si_giudica_ma_chiede_conferma() -> None:
    incerta = replace(soglia(GE, "90"), certezza=Certezza.MEDIA, motivo="valore approssimato")
    giudizio = giudica(misura(incerta, numero("90")), ASST_CREMONA, ANNO)
    assert giudizio.punteggio == Calcolato(D(100))
    assert Codice.LETTURA_DA_CONFERMARE in codici(giudizio)


def test_il_verso_scritto_nel_target_vince_e_la_discordanza_si_vede() -> None:
    giudizio = giudica(misura(soglia(LE, "20"), numero("10")), ASST_CREMONA, ANNO)
    assert giudizio.punteggio == Calcolato(D(100))
    assert Codice.VERSO_DISCORDE in codici(giudizio)


def test_un_numero_nudo_segue_il_verso_dell_indicatore() -> None:
    proposto = replace(soglia(EQ, "20"), verso=CRESCENTE)
    assert voto(misura(proposto, numero("15"), verso=DECRESCENTE)) == Calcolato(D(100))


def test_il_contesto_decimale_di_chi_chiama_non_conta() -> None:
    caso = misura(soglia(GE, "95"), rapporto("14402", "15310"))
    with localcontext() as contesto:
        contesto.prec = 3
        assert voto(caso) == Calcolato(D("99.02"))


def test_risultati_stampati_per_trimestre() -> None:
    letti = risultati_da_lettura(TRIMESTRI, ANNO)
    assert [(str(uno.periodo), uno.valore) for uno in letti][:2] == [
        ("2022-T1", Numero(D(80))),
        ("2022-T2", Numero(D(85))),
    ]


@pytest.mark.parametrize(
    ("scritta", "comune"),
    [("GG", "gg"), ("giorni", "gg"), ("n.", ""), ("h", "ore"), ("Euro", "€"), (" % ", "%"),
     ("ml/gg degenza", "ml/gg degenza")],
)  # fmt: skip
def test_le_unita_hanno_una_sola_grafia(scritta: str, comune: str) -> None:
    assert unita_comune(scritta) == comune


@pytest.mark.parametrize("storto", [D("NaN"), D("Infinity")])
def test_un_numero_non_finito_e_rifiutato_all_ingresso(storto: Decimal) -> None:
    with pytest.raises(ValueError, match="non è un numero finito"):
        Risultato(ANNO, avanzamento=storto)
    with pytest.raises(ValueError, match="non è un numero finito"):
        Base(valore=storto)
    with pytest.raises(ValueError, match="non è un numero finito"):
        misura(None, riferimento=storto)
