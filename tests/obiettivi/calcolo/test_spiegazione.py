# SPDX-License-Identifier: AGPL-3.0-or-later
import json
from decimal import Decimal
from string import Formatter

import pytest

from obiettivi.calcolo.aggregazione import Aggregato, Foglia, Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Livello
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Base, Misura, Periodo, Risultato
from obiettivi.calcolo.parole import lettura_in_parole
from obiettivi.calcolo.passi import Codice, passo
from obiettivi.calcolo.predefinite import ATS_MILANO
from obiettivi.calcolo.spiegazione import (
    FRASI,
    cifre_esatte,
    frase,
    spiega,
    spiega_aggregato,
    spiega_giudizio,
)
from obiettivi.calcolo.valori import Calcolato, Motivo, NonApplicabile, NonCalcolabile, Numero

D = Decimal
GE, LE = Comparatore.MAGGIORE_UGUALE, Comparatore.MINORE_UGUALE
ANNO = Periodo(2021)


def giudizio(mira: LetturaTarget, *risultati: Risultato, base: Base | None = None) -> Giudizio:
    caso = Misura(
        "MI-02", "Controlli", mira, risultati, verso=Verso.CRESCENTE, unita="%", base=base
    )
    return giudica(caso, ATS_MILANO, ANNO)


CONTROLLI = LetturaTarget("≥ 95%", Tipo.SOGLIA, (Lettura(GE, D(95), unita="%"),))


def controlli() -> Giudizio:
    return giudizio(
        CONTROLLI,
        Risultato(
            ANNO,
            numeratore=D(14402),
            denominatore=D(15310),
            origine="flusso 28/SAN",
            dimostrativo=True,
        ),
    )


def obiettivo() -> Aggregato:
    figli = (
        Foglia("i1", "Controlli", Calcolato(D("99.02")), D(60), dimostrativo=True),
        Foglia("i2", "Tempi", Calcolato(D(50)), D(30)),
        Foglia("i3", "Esiti", NonCalcolabile(Motivo.RIFERIMENTO_SCONOSCIUTO), D(20)),
    )
    return aggrega(Nodo(Livello.OBIETTIVO, "o", "Sicurezza", figli), ATS_MILANO)


def test_un_punteggio_si_spiega_con_i_suoi_numeri() -> None:
    assert spiega(controlli()) == [
        "Regole: ATS Milano, piano 2021-2023.",
        "Target stampato «≥ 95%», letto come: almeno 95 %.",
        "Risultato 2021: 14.402 / 15.310 × 100 = 94,0692 % (origine: flusso 28/SAN).",
        "Il risultato è un dato dimostrativo, inventato.",
        "Metodo: rapporto.",
        "100 × 94,0692 / 95 = 99,0202.",
        "Confronto 94,0692 ≥ 95: non raggiunto.",
        "Arrotondamento (la metà sale): da 99,0202 a 99,02.",
        "Punteggio: 99,02.",
    ]


@pytest.mark.parametrize(
    ("anno", "attesa"),
    [(2020, "Valore di partenza 2020: 74,5 %."), (None, "Valore di partenza: 74,5 %.")],
)
def test_il_valore_di_partenza_dice_l_anno_se_lo_sa(anno: int | None, attesa: str) -> None:
    mira = LetturaTarget("Riduzione", Tipo.TENDENZA, verso=Verso.DECRESCENTE)
    risultato = Risultato(ANNO, valore=Numero(D("70.1")))
    assert attesa in spiega(giudizio(mira, risultato, base=Base(valore=D("74.5"), anno=anno)))


def test_le_parti_si_spiegano_con_il_loro_nome() -> None:
    mira = LetturaTarget(
        "1° trim: 80% 2° trim: 85%",
        Tipo.PER_PERIODO,
        tuple(
            Lettura(GE, D(valore), unita="%", periodo=periodo)
            for periodo, valore in (("T1", "80"), ("T2", "85"))
        ),
    )
    primo = Risultato(Periodo(2021, "T1"), valore=Numero(D(82)), origine="file")
    assert spiega(giudizio(mira, primo)) == [
        "Regole: ATS Milano, piano 2021-2023.",
        "Target stampato «1° trim: 80% 2° trim: 85%», letto come: T1: almeno 80 %; "
        "T2: almeno 85 %.",
        "T1 · Risultato 2021-T1: 82 % (origine: file).",
        "T1 · Metodo: rapporto.",
        "T1 · 100 × 82 / 80 = 102,5.",
        "T1 · Confronto 82 ≥ 80: raggiunto.",
        "T1 · 102,5 supera il tetto: 100.",
        "T2 · Risultato 2021-T2: manca.",
        "T1: 100,00.",
        "T2: senza punteggio (manca il risultato); resta fuori dal conto.",
        "Media delle parti: 100 / 1 = 100.",
        "Punteggio: 100,00.",
    ]


def test_cio_che_non_si_calcola_dice_perche() -> None:
    mira = LetturaTarget("Da definire", Tipo.DA_DEFINIRE)
    assert spiega(giudizio(mira))[2:] == [
        "Questo indicatore: senza punteggio (il target è da definire); resta fuori dal conto.",
        "Punteggio non calcolabile: il target è da definire: «Da definire».",
    ]


def test_cio_che_e_escluso_dice_perche() -> None:
    fuori = Risultato(ANNO, valore=NonApplicabile("Neutralizzato dalla Regione."))
    assert spiega(giudizio(CONTROLLI, fuori))[2:] == [
        "Questo indicatore: escluso dalla valutazione (Neutralizzato dalla Regione).",
        "Escluso dalla valutazione: Neutralizzato dalla Regione.",
    ]


def test_un_aggregato_si_spiega_con_i_pesi_e_chi_manca() -> None:
    assert spiega(obiettivo()) == [
        "Attenzione: i pesi sommano a 110, non a 100.",
        "Esiti: senza punteggio (benchmark sconosciuto); resta fuori dal conto.",
        "Controlli: punteggio 99,02, peso 60 (66,6667 % del conto).",
        "Tempi: punteggio 50,00, peso 30 (33,3333 % del conto).",
        "Media pesata: 7.441,2 / 90 = 82,68.",
        "Copertura: 81,8182 % del peso dovuto è stato valutato.",
        "Comprende dati dimostrativi, inventati.",
        "Punteggio: 82,68.",
    ]


def test_la_spiegazione_e_anche_un_json_con_i_numeri_esatti() -> None:
    dati = json.loads(json.dumps(spiega_giudizio(controlli())))
    assert (dati["codice"], dati["livello"], dati["periodo"]) == ("MI-02", "indicatore", "2021")
    assert (dati["stato"], dati["punteggio"], dati["mostrato"]) == ("calcolato", "99.02", "99,02")
    assert (dati["copertura"], dati["dimostrativo"], dati["parti"]) == ("100", True, [])
    assert dati["passi"][6] == {
        "codice": "confronto",
        "valori": {
            "a": "94.0692357935989549314173742651861528412802090137165251469628",
            "comparatore": ">=",
            "t": "95",
            "raggiunto": False,
        },
        "frase": "Confronto 94,0692 ≥ 95: non raggiunto.",
    }
    assert dati["frasi"] == spiega(controlli())


def test_il_json_di_un_aggregato_porta_i_contributi() -> None:
    dati = json.loads(json.dumps(spiega_aggregato(obiettivo())))
    assert (dati["livello"], dati["punteggio"], dati["somma_pesi"]) == ("obiettivo", "82.68", "110")
    assert [(voce["nome"], voce["peso"], voce["contato"]) for voce in dati["contributi"]] == [
        ("Controlli", "60", "99.02"),
        ("Tempi", "30", "50"),
        ("Esiti", "20", None),
    ]
    assert dati["contributi"][2]["motivo"] == "benchmark sconosciuto"


@pytest.mark.parametrize("codice", list(Codice))
def test_ogni_passo_ha_una_frase_che_usa_i_suoi_valori(codice: Codice) -> None:
    chiavi = [nome for _, nome, _, _ in Formatter().parse(FRASI[codice]) if nome]
    scritta = frase(passo(codice, **{chiave: D("12.5") for chiave in chiavi}, unita="%"))
    assert "{" not in scritta
    assert scritta.endswith(".")


@pytest.mark.parametrize(
    ("valore", "testo"), [("100.00", "100"), ("1E+2", "100"), ("0E-30", "0"), ("87.50", "87.5"),
                          ("1E+60", "1E+60"), ("-0.10", "-0.1")],
)  # fmt: skip
def test_il_cifre_esatte_non_ha_zeri_inutili(valore: str, testo: str) -> None:
    assert cifre_esatte(D(valore)) == testo


@pytest.mark.parametrize(
    ("target", "parole"),
    [
        (CONTROLLI, "almeno 95 %"),
        (
            LetturaTarget("x", Tipo.QUOTA_DI_CASI, (Lettura(LE, D(21), unita="gg", quota=D(90)),)),
            "al massimo 21 gg in almeno il 90 % dei casi",
        ),
        (
            LetturaTarget("x", Tipo.INTERVALLO, (Lettura(None, D(40), D(60), "%"),)),
            "fra 40 e 60 %",
        ),
        (
            LetturaTarget("x", Tipo.SOGLIA, (Lettura(LE, unita="data", data="2022-12-31"),)),
            "entro il 31/12/2022",
        ),
        (
            LetturaTarget("x", Tipo.SOGLIA, (Lettura(LE, unita="data", data="--06-30"),)),
            "entro il 30/06",
        ),
        (
            LetturaTarget(
                "x", Tipo.PER_SEDE, (Lettura(GE, D("87.29"), unita="%", sede="Cremona"),)
            ),
            "Cremona: almeno 87,29 %",
        ),
        (LetturaTarget("x", Tipo.TENDENZA), "migliorare rispetto alla partenza"),
        (
            LetturaTarget(
                "x", Tipo.TENDENZA, (Lettura(None, D(-5), unita="%"),), Verso.DECRESCENTE
            ),
            "diminuire rispetto alla partenza, di 5 %",
        ),
        (
            LetturaTarget("x", Tipo.RIFERIMENTO, (Lettura(riferimento="Benchmark regionale"),)),
            "non peggiore di «Benchmark regionale»",
        ),
        (LetturaTarget("x", Tipo.RIFERIMENTO), "non peggiore di un riferimento esterno"),
        (LetturaTarget("x", Tipo.TRAGUARDO), "traguardo qualitativo, valutato sull’avanzamento"),
        (
            LetturaTarget("x", Tipo.TRAGUARDO, passi=("avvio", "collaudo")),
            "traguardo qualitativo in 2 passi: avvio; collaudo",
        ),
        (LetturaTarget("x", Tipo.SI_NO), "sì o no"),
        (LetturaTarget("x", Tipo.DA_DEFINIRE), "da definire"),
        (LetturaTarget("x", Tipo.NON_DISPONIBILE), "non disponibile"),
        (LetturaTarget("x", Tipo.NON_INTERPRETABILE), "non interpretabile"),
    ],
)
def test_una_lettura_si_dice_in_parole(target: LetturaTarget, parole: str) -> None:
    assert lettura_in_parole(target) == parole


def test_un_edizione_qualunque_si_nomina_nella_spiegazione() -> None:
    caso = Misura("x", "x", CONTROLLI)
    prima = spiega(giudica(caso, Edizione("prova", "Regole di prova"), ANNO))[0]
    assert prima == "Regole: Regole di prova."
