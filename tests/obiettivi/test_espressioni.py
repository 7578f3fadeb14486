# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reader of targets, against a table written by hand, the two plans and random text."""

import pytest

from obiettivi.calcolo.letture import Certezza, Lettura, LetturaTarget, Tipo
from obiettivi.espressioni import leggi


def breve(una: Lettura) -> str:
    """One reading in a line: ``>= 95 %``, ``<= 21 gg nel 90%``, ``= 80 % @T1``."""
    dove = f"@{una.periodo}" if una.periodo else ""
    dove += f"[{una.sede}]" if una.sede else ""
    estremi = [str(valore) for valore in (una.valore, una.valore_max) if valore is not None]
    pezzi = (
        una.comparatore.value if una.comparatore else "",
        "..".join(estremi),
        una.unita,
        una.data,
        dove,
        f"nel {una.quota}%" if una.quota is not None else "",
        f"({una.riferimento})" if una.riferimento else "",
    )
    return " ".join(filter(None, pezzi))


# text | kind | readings, one each | direction | certainty
ATTESE = """
≥ 95% | soglia | >= 95 % | crescente | alta
≥95 % | soglia | >= 95 % | crescente | alta
≥ 90% | soglia | >= 90 % | crescente | alta
≥ 85% | soglia | >= 85 % | crescente | alta
≥ 70% | soglia | >= 70 % | crescente | alta
>=90% | soglia | >= 90 % | crescente | alta
>= 90 % | soglia | >= 90 % | crescente | alta
=> 90% | soglia | >= 90 % | crescente | alta
> = 90% | soglia | >= 90 % | crescente | alta
≥95 per cento | soglia | >= 95 % | crescente | alta
&ge; 90% | soglia | >= 90 % | crescente | alta
>80% | soglia | > 80 % | crescente | alta
<20% | soglia | < 20 % | decrescente | alta
≤ 49 | soglia | <= 49 | decrescente | alta
≤ 22 | soglia | <= 22 | decrescente | alta
≤ 20,6 | soglia | <= 20.6 | decrescente | alta
=< 5% | soglia | <= 5 % | decrescente | alta
≤ -5 giorni | soglia | <= -5 gg | decrescente | alta
≥ 0,85 | soglia | >= 0.85 | crescente | alta
100% | soglia | = 100 % | crescente | alta
pari al 100% | soglia | = 100 % | crescente | alta
100 | soglia | = 100 | - | media
42% | soglia | = 42 % | - | media
18,51% | soglia | = 18.51 % | - | media
48,70% | soglia | = 48.70 % | - | media
8% | soglia | = 8 % | - | media
4,65 | soglia | = 4.65 | - | media
28,10 | soglia | = 28.10 | - | media
57,53 GG | soglia | = 57.53 gg | - | media
28,10 ml/gg degenza | soglia | = 28.10 ml/gg degenza | - | media
€ 137.746.000 | soglia | = 137746000 € | - | media
€ 23.499.000 | soglia | = 23499000 € | - | media
23 499 000 € | soglia | = 23499000 € | - | media
1,5 mln € | soglia | = 1500000 € | - | media
2 milioni di euro | soglia | = 2000000 € | - | media
k€ 500 | soglia | = 500000 € | - | media
non superiore ad € 500.000 | soglia | <= 500000 € | decrescente | alta
≤ € 1,2 mln | soglia | <= 1200000 € | decrescente | alta
≤ 120 €/assistito | soglia | <= 120 €/assistito | decrescente | alta
1.205,3 | soglia | = 1205.3 | - | media
1.205 | soglia | = 1205 | - | media
92.88 | soglia | = 92.88 | - | media
1.5 | soglia | = 1.5 | - | media
0.205 | soglia | = 0.205 | - | media
0 | soglia | = 0 | decrescente | media
zero reclami | soglia | = 0 reclami | decrescente | media
target = 60% | soglia | = 60 % | - | media
n. 5 | soglia | = 5 n. | - | media
N° 3 corsi | soglia | = 3 corsi | - | media
3 (tre) report | soglia | = 3 report | - | media
almeno 90% | soglia | >= 90 % | crescente | alta
almeno il 60% | soglia | >= 60 % | crescente | alta
almeno l’80% | soglia | >= 80 % | crescente | alta
almeno due incontri | soglia | >= 2 incontri | crescente | alta
≥ 3 report entro il 31/12/2023 | soglia | >= 3 report 2023-12-31 | crescente | alta
non inferiore a 85 | soglia | >= 85 | crescente | alta
maggiore o uguale a 90,00% | soglia | >= 90 % | crescente | alta
pari o superiore a 80% | soglia | >= 80 % | crescente | alta
minimo 3 | soglia | >= 3 | crescente | alta
90% e oltre | soglia | >= 90 % | crescente | alta
superiore al 50% | soglia | > 50 % | crescente | alta
oltre il 50% | soglia | > 50 % | crescente | alta
più di 3 | soglia | > 3 | crescente | alta
meno di 10 | soglia | < 10 | decrescente | alta
inferiore a 5 giorni | soglia | < 5 gg | decrescente | alta
non superiore al 5% | soglia | <= 5 % | decrescente | alta
non più di 5 giorni | soglia | <= 5 gg | decrescente | alta
massimo 10 gg | soglia | <= 10 gg | decrescente | alta
max 30 giorni | soglia | <= 30 gg | decrescente | alta
30 giorni max | soglia | <= 30 gg | decrescente | alta
fino a 10 | soglia | <= 10 | decrescente | alta
entro 30 giorni | soglia | <= 30 gg | decrescente | alta
entro 48 ore | soglia | <= 48 ore | decrescente | alta
entro 15 gg lavorativi | soglia | <= 15 gg lavorativi | decrescente | alta
entro trenta giorni | soglia | <= 30 gg | decrescente | alta
entro 60 giorni dalla richiesta | soglia | <= 60 gg | decrescente | media
entro 10 | soglia | <= 10 | decrescente | bassa
entro il 31/12/2022 | soglia | <= data 2022-12-31 | decrescente | alta
entro il 31 dicembre 2022 | soglia | <= data 2022-12-31 | decrescente | alta
entro dicembre 2022 | soglia | <= data 2022-12-31 | decrescente | alta
entro febbraio 2024 | soglia | <= data 2024-02-29 | decrescente | alta
entro il I semestre 2023 | soglia | <= data 2023-06-30 | decrescente | alta
entro il 30/06 | soglia | <= data --06-30 | decrescente | media
entro il 30.06 | soglia | <= data --06-30 | decrescente | media
31.12.2022 | soglia | <= data 2022-12-31 | decrescente | media
II semestre 2023 | soglia | <= data 2023-12-31 | decrescente | media
Adozione del piano entro il 31/01/2023 | soglia | <= data 2023-01-31 | decrescente | media
4 su 5 | soglia | = 4 su 5 | - | media
≥ 3,5/5 | soglia | >= 3.5 su 5 | crescente | media
circa 95% | soglia | = 95 % | - | media
100% delle attività previste | soglia | = 100 % | crescente | media
Realizzazione di 2 corsi | soglia | = 2 corsi | - | bassa
riduzione a 30 gg | soglia | = 30 gg | decrescente | media
Mantenimento ≥ 90% | soglia | >= 90 % | crescente | media
≥ 2021 prestazioni | soglia | >= 2021 prestazioni | crescente | bassa
1 000 | soglia | = 1 ; = 0 | - | bassa
90% (base 85%) | soglia | = 90 % ; = 85 % | - | bassa
tra 40 e 60 | intervallo | 40..60 | - | alta
fra 3 e 5 gg | intervallo | 3..5 gg | - | alta
compreso tra 90 e 110 | intervallo | 90..110 | - | alta
40-60% | intervallo | 40..60 % | - | alta
40% ÷ 60% | intervallo | 40..60 % | - | alta
≥ 40 e ≤ 60 | intervallo | 40..60 | - | alta
60% ≤ x ≤ 80% | intervallo | 60..80 % | - | alta
> 80% e < 90% | intervallo | 80..90 % | - | media
da 40 a 60 | intervallo | 40..60 | - | media
± 5% | intervallo | -5..5 % | - | media
100 ± 5 | intervallo | 95..105 | - | alta
≤ 21 gg. da calendario nel 90% dei casi | quota_di_casi | <= 21 gg nel 90% | decrescente | alta
90% entro 30 giorni | quota_di_casi | <= 30 gg nel 90% | decrescente | alta
entro 60 gg nel 95% delle prestazioni | quota_di_casi | <= 60 gg nel 95% | decrescente | alta
almeno il 90% delle pratiche entro 30 gg | quota_di_casi | <= 30 gg nel 90% | decrescente | alta
≤ 30 gg; ≥ 90% | quota_di_casi | <= 30 gg nel 90% | decrescente | media
T1: 80% T2: 85% | per_periodo | = 80 % @T1 ; = 85 % @T2 | crescente | media
I trim 80% II trim 85% | per_periodo | = 80 % @T1 ; = 85 % @T2 | crescente | media
1 trim. 80%; 3 trim. 90% | per_periodo | = 80 % @T1 ; = 90 % @T3 | crescente | media
3° trim: 80% 4° trim: 90% | per_periodo | = 80 % @T3 ; = 90 % @T4 | crescente | media
≥ 90% T1, ≥ 95% T2 | per_periodo | >= 90 % @T1 ; >= 95 % @T2 | crescente | alta
1° semestre: 40% 2° semestre: 100% | per_periodo | = 40 % @S1 ; = 100 % @S2 | crescente | media
2022: 80% 2023: 85% | per_periodo | = 80 % @2022 ; = 85 % @2023 | crescente | media
95% (2022); 96% (2023) | per_periodo | = 95 % @2022 ; = 96 % @2023 | crescente | media
80 (2022) - 85 (2023) | per_periodo | = 80 @2022 ; = 85 @2023 | crescente | media
2023: ≥ 80%; 2024: ≥ 85% | per_periodo | >= 80 % @2023 ; >= 85 % @2024 | crescente | alta
Q1 2023: 25% Q2 2023: 50% | per_periodo | = 25 % @2023-T1 ; = 50 % @2023-T2 | crescente | media
1° trim: 80% 2° trim: 3° trim: 85% | per_periodo | = 80 % @T1 ; = 85 % @T3 | crescente | bassa
40% al 30/6 e 100% al 31/12 | per_periodo | = 40 % --06-30 ; = 100 % --12-31 | crescente | media
87,29% Cremona 55,18% Oglio Po | per_sede | = 87.29 % [Cremona] ; = 55.18 % [Oglio Po] | - | media
21,02% Cremona 34,55% Oglio Po | per_sede | = 21.02 % [Cremona] ; = 34.55 % [Oglio Po] | - | media
Cremona: 87% - Oglio Po: 55% | per_sede | = 87 % [Cremona] ; = 55 % [Oglio Po] | - | media
P.O. Nord ≥ 87% P.O. Sud ≥ 55% \\
| per_sede | >= 87 % [P.O. Nord] ; >= 55 % [P.O. Sud] | crescente | media
medici: 80%; infermieri: 90% | per_sede | = 80 % [medici] ; = 90 % [infermieri] | - | bassa
Benchmark regionale | riferimento | (Benchmark regionale) | - | alta
Media regionale | riferimento | (Media regionale) | - | alta
Valore regionale | riferimento | (Valore regionale) | - | alta
≤ media regionale | riferimento | <= (media regionale) | decrescente | alta
in linea con la media regionale | riferimento | (media regionale) | - | alta
Riduzione (VA Benchmark regionale) | riferimento | (VA Benchmark regionale) | decrescente | media
100% del valore target regionale | riferimento | = 100 % (valore target regionale) | - | media
Riduzione | tendenza | | decrescente | alta
Incremento | tendenza | | crescente | alta
Aumento | tendenza | | crescente | alta
Mantenimento | tendenza | | mantenimento | alta
Miglioramento | tendenza | | - | alta
in diminuzione | tendenza | | decrescente | alta
stabile | tendenza | | mantenimento | alta
riduzione del 10% | tendenza | = 10 % | decrescente | alta
riduzione di almeno il 10% | tendenza | >= 10 % | decrescente | alta
Incremento medio annuo di circa 5% | tendenza | = 5 % | crescente | media
-5% rispetto al 2021 | tendenza | = -5 % (2021) | decrescente | alta
+10% rispetto all'anno precedente | tendenza | = 10 % (anno precedente) | crescente | alta
-5% | tendenza | = -5 % | decrescente | media
- 5% | tendenza | = -5 % | decrescente | bassa
10% in più rispetto al 2022 | tendenza | = 10 % (2022) | crescente | alta
≥ 2021 | tendenza | >= (2021) | crescente | media
≥ valore 2022 | tendenza | >= (valore 2022) | crescente | alta
mantenimento del valore 2021 | tendenza | (valore 2021) | mantenimento | alta
Riduzione dei tempi di attesa | tendenza | | decrescente | media
Tendenziale recupero dei livelli di performance pre-covid \
| tendenza | (livelli di performance pre-covid) | - | media
Tendenziale recupero dei livelli di performance standard precovid \
| tendenza | (livelli di performance standard precovid) | - | media
Avvio | traguardo | | - | alta
Consolidamento | traguardo | | - | alta
Attuazione e reporting sui risultati | traguardo | | - | alta
Ampliamento reclutamento, avvio 2° corso | traguardo | | - | alta
Miglioramento e integrazione con IFeC | traguardo | | - | media
Raggiungimento dei target previsti dal piano di ripresa 2022 | traguardo | | - | media
Rispetto obblighi previsti | traguardo | | - | alta
Prosecuzione lavori | traguardo | | - | alta
Evoluzione cartella clinica ospedale territorio secondo PNRR | traguardo | | - | alta
giudizio buono | traguardo | | - | bassa
Sì | si_no | = 1 | - | alta
SI | si_no | = 1 | - | alta
No | si_no | = 0 | - | alta
SI/NO | si_no | = 1 | - | media
On/Off | si_no | = 1 | - | media
Fatto/Non fatto | si_no | = 1 | - | media
Sì entro il 31/12/2022 | si_no | = 1 2022-12-31 | - | alta
Da definire secondo indicazioni Regionali | da_definire | | - | alta
in corso di definizione | da_definire | | - | alta
TBD | da_definire | | - | alta
N.D. | non_disponibile | | - | alta
n.d. | non_disponibile | | - | alta
n.a. | non_disponibile | | - | alta
- | non_disponibile | | - | alta
// | non_disponibile | | - | alta
processo ex-novo | non_disponibile | | - | alta
Processo ex novo | non_disponibile | | - | alta
dato non disponibile | non_disponibile | | - | alta
Si prevede l'avvio | traguardo | | - | alta
""".replace("\\\n", "")

RIGHE = [[cella.strip() for cella in riga.split("|")] for riga in ATTESE.strip().splitlines()]

# The cells of the POLA tables (lines 4400-4600 and 4855-4960 of the plan of ASST Cremona).
POLA = """
Supporto UO Risorse Umane | traguardo | | - | alta
Sì da parte dei singoli responsabili | si_no | = 1 | - | media
Sì | si_no | = 1 | - | alta
Sì, assistenza telefonia da parte del SIA | si_no | = 1 | - | media
Sì valutazione possibili potenziament (e mail dedicata) | si_no | = 1 | - | media
Sì valutazione possibili potenziamenti | si_no | = 1 | - | media
Obiettivo partecipazione 70% dipendenti interessati (limitato ai sili dirigenti apicali) \
| soglia | = 70 % | - | media
Obiettivo partecipazione 100% dipendenti interessati (diirgenti e po con incarichi gestionali) \
| soglia | = 100 % | crescente | media
Definizione/ implementazione attività formative | traguardo | | - | alta
Utilizzo risorse Budget formazione aziendale da definire nell’ambito dell’analisi/mappatura \
bisogni formativi | da_definire | | - | media
Quota da definire nell’ambito dell’analisi/mappatura dotazioni informatiche per assicurare \
l’effettivo avvio della nuova regolamentazione | da_definire | | - | alta
progressiva sostituzione delle postazioni fisse con postazioni mobili dotate di pc portatili \
| traguardo | | - | alta
sì | si_no | = 1 | - | alta
Sì tramite Teams | si_no | = 1 | - | media
100% | soglia | = 100 % | crescente | alta
83,56% ha svolto almeno 1 giorno in lavoro agile | soglia | = 83.56 % ; >= 1 gg | - | bassa
Dato disponibile dopo mappatura attività svolgibili in lavoro agile | da_definire | | - | alta
Mantenimento/Incremento della % raggiunta nella fase di avvio | tendenza | | crescente | media
almeno il 60% delle attività svolgibili in lavoro agile | soglia | >= 60 % | crescente | media
Media 16% | soglia | = 16 % | - | media
Dato disponibile dopo definizione e applicazione nuova regolamentazione \
| da_definire | | - | alta
- | non_disponibile | | - | alta
Definizione e somministrazione indagine | traguardo | | - | alta
Adozione questionario Analisi risultati | traguardo | | - | media
""".replace("\\\n", "")

RIGHE_POLA = [[cella.strip() for cella in riga.split("|")] for riga in POLA.strip().splitlines()]


def riassunto(letto: LetturaTarget) -> list[str]:
    verso = letto.verso.value if letto.verso else "-"
    letture = " ; ".join(map(breve, letto.letture))
    return [letto.tipo.value, letture, verso, letto.certezza.value]


@pytest.mark.parametrize(("riga"), RIGHE + RIGHE_POLA, ids=lambda riga: riga[0])
def test_ogni_forma_ha_la_sua_lettura(riga: list[str]) -> None:
    letto = leggi(riga[0])
    assert [letto.testo, *riassunto(letto)] == riga


def test_la_tavola_ha_almeno_centoventi_testi_distinti() -> None:
    assert len({riga[0] for riga in RIGHE}) >= 120


LUNGHE = {
    "100% definizione percorsi e strumenti di VMD nelle aree della disabilità, fragilità,"
    " dipendenze": ["soglia", "= 100 %", "crescente", "media"],
    "Numero situazioni valutate con strumenti VMD validati/ n. situazioni complesse target = 60%": [
        "soglia",
        "= 60 %",
        "-",
        "media",
    ],
    "Espletamento di almeno l'85% dei corsi del piano annuale.": [
        *("soglia", ">= 85 %", "crescente", "media"),
    ],
    "1° trim: 80% 2° trim: 85% 3° trim: 85% 4° trim: 90%": [
        *("per_periodo", "= 80 % @T1 ; = 85 % @T2 ; = 85 % @T3 ; = 90 % @T4"),
        *("crescente", "media"),
    ],
    "Rispetto degli indicatori secondo benchmark regionale/aziendale. Vedi indicatori segnalati"
    " all’interno della performance aziendale": [
        *("riferimento", "(benchmark regionale/aziendale)", "-", "media"),
    ],
}


@pytest.mark.parametrize("testo", LUNGHE)
def test_le_frasi_con_una_misura_la_danno(testo: str) -> None:
    assert riassunto(leggi(testo)) == LUNGHE[testo]


MOTIVI = {
    "": "Non è stampato nulla.",
    " \u200b\x00 ": "Non è stampato nulla.",
    "1.20.5": "«1.20.5» non è un numero scritto all'italiana.",
    "1,205.3": "«1,205.3» non è un numero scritto all'italiana.",
    "31/02/2022": "«31/2/2022» non è una data del calendario.",
    "2022": "È stampato solo un periodo, senza il valore atteso.",
    "entro il 3° semestre": "«3° semestre» non esiste nell'anno.",
    "1/2": "«1/2» può essere una frazione, una data o due valori.",
    "≥ XX%": "Il segno «≥» non ha un valore vicino.",
    "__%": "«__%» non dice quale percentuale.",
    "10²": "«²» è una cifra che non si sa leggere.",
    "da 10 a 8 gg": "Gli estremi dell'intervallo sono invertiti (10, 8).",
    "tra 5 gg e 3%": "Gli estremi dell'intervallo hanno unità diverse (gg, %).",
    "9" * 19: f"«{'9' * 19}» è un numero troppo lungo per essere un valore.",
    "entro le ore 12:00": "È stampato un orario, che non si sa confrontare.",
    "100% se ≥ 95%; 50% se tra 80% e 95%": (
        "Più valori con «se» fanno una griglia di fasce: va trascritta come metodo a fasce."
    ),
    "banana": "Non ci sono valori, date, riferimenti o azioni che si possano leggere.",
    "🎉🎉": "Non ci sono valori, date, riferimenti o azioni che si possano leggere.",
    "目標": "Non ci sono valori, date, riferimenti o azioni che si possano leggere.",
    "≥ 95%" * 20_000: "Il testo ha 100000 caratteri: se ne leggono al massimo 3000.",
}


@pytest.mark.parametrize("testo", MOTIVI, ids=lambda testo: repr(testo[:20]))
def test_cio_che_non_si_legge_dice_perche(testo: str) -> None:
    assert leggi(testo) == LetturaTarget(
        testo, Tipo.NON_INTERPRETABILE, certezza=Certezza.BASSA, motivo=MOTIVI[testo]
    )


DUBBI = {
    "31.12.2022": "La data è letta come scadenza.",
    "entro il 30/06": "L'anno della scadenza non è stampato.",
    "1.205": (
        "«1.205» è letto come 1205; potrebbe essere 1,205; è stampato un numero senza confronto:"
        " confermare se è un minimo, un massimo o esatto."
    ),
    "almeno il 60% delle attività": "Non è stato letto «delle attività».",
    "≥ 2021": "«2021» è letto come il valore di quell'anno.",
    "Riduzione e Incremento": "«Riduzione» e «Incremento» dicono versi diversi.",
}


@pytest.mark.parametrize("testo", DUBBI)
def test_ogni_supposizione_e_detta(testo: str) -> None:
    assert leggi(testo).motivo == DUBBI[testo]


PASSI = {
    "1-Corretta assegnazione (gruppo di lavoro) 2-Programmazione spazi 3- Monitoraggio": (
        *("Corretta assegnazione (gruppo di lavoro)", "Programmazione spazi", "Monitoraggio"),
    ),
    "-Analisi dei punti critici. -Analisi del percorso di urgenza/emergenza": (
        *("Analisi dei punti critici", "Analisi del percorso di urgenza/emergenza"),
    ),
    "Analisi; Stesura; Approvazione": ("Analisi", "Stesura", "Approvazione"),
    "a) Analisi b) Stesura": ("Analisi", "Stesura"),
    "• Analisi dei rischi • Redazione del piano": ("Analisi dei rischi", "Redazione del piano"),
    "Avvio lavori\n\nProgettazione terapia semi intensiva": (
        *("Avvio lavori", "Progettazione terapia semi intensiva"),
    ),
    "Consolidamento Implementazione della programmazione": (
        *("Consolidamento", "Implementazione della programmazione"),
    ),
    "Ampliamento e sviluppo": (),
    "Applicazione PDTA e misurazione indicatori": (),
    "1-Analisi 3-Stesura": (),
}


@pytest.mark.parametrize("testo", PASSI)
def test_i_passi_elencati_sono_separati(testo: str) -> None:
    assert leggi(testo).passi == PASSI[testo]


@pytest.mark.parametrize(
    ("stampato", "pulito"),
    [
        ("≥\u00a095\u202f%", "≥ 95 %"),
        ("９５％", "95%"),
        ("٩٥٪", "95%"),
        ("\uf0b3 95%", "≥ 95%"),
        ("≥ 9\u00ad5%", "≥ 95%"),
        ("\u202e≥ 95%\u202c", "≥ 95%"),
        ("≥ 95%¹", "≥ 95%"),
        ("≥\n95\t%", "≥ 95%"),
        ("23\u00a0499\u00a0000 €", "23.499.000 €"),
        ("Consolidament o", "Consolidamento"),
        ("Si\u0300", "Sì"),
    ],
)
def test_i_caratteri_strani_non_cambiano_la_lettura(stampato: str, pulito: str) -> None:
    letto, atteso = leggi(stampato), leggi(pulito)
    assert riassunto(letto) == riassunto(atteso)
    assert letto.testo == stampato
    assert letto.tipo is not Tipo.NON_INTERPRETABILE
