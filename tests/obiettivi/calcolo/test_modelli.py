# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every edition that comes with the product, on a case worked out by hand (in the comments)."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from obiettivi.calcolo.aggregazione import Foglia, Nodo, aggrega, pesi_aree
from obiettivi.calcolo.arrotondamento import Livello, mostra
from obiettivi.calcolo.classi import DaClassificare, assegna_classi
from obiettivi.calcolo.edizione import Edizione, problemi
from obiettivi.calcolo.edizione_dati import da_dati
from obiettivi.calcolo.giudizio import giudica
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Misura, Periodo, Risultato
from obiettivi.calcolo.modelli import (
    AREE_ALMENO_60,
    CANCELLO_GRADUATO,
    CLASSI_PREMIO,
    CONTEGGIO_OBIETTIVI,
    FASCE_UNITA,
    MODELLI,
    PARZIALE_MINIMO_60,
    PROPORZIONALE,
    PROPORZIONALE_TRONCATA,
)
from obiettivi.calcolo.predefinite import ASST_CREMONA, ATS_MILANO, ORDINARIA, TUTTE
from obiettivi.calcolo.valori import Calcolato, Numero, Punteggio
from strumenti.edizioni import CARTELLA, contenuto, scrivi

D = Decimal
ANNO = Periodo(2022)
GE, LE = Comparatore.MAGGIORE_UGUALE, Comparatore.MINORE_UGUALE
VERSI = {GE: Verso.CRESCENTE, LE: Verso.DECRESCENTE}


def foglia(
    risultato: str,
    comparatore: Comparatore,
    target: str,
    edizione: Edizione,
    *,
    peso: str | None = None,
    unita: str = "%",
    prerequisito: bool = False,
) -> Foglia:
    lettura = Lettura(comparatore, D(target), unita=unita)
    misura = Misura(
        "i",
        "i",
        LetturaTarget("x", Tipo.SOGLIA, (lettura,)),
        (Risultato(ANNO, valore=Numero(D(risultato))),),
        verso=VERSI[comparatore],
        unita=unita,
    )
    giudicata = giudica(misura, edizione, ANNO).foglia(None if peso is None else D(peso))
    return replace(giudicata, prerequisito=prerequisito)


def nodo(livello: Livello, *figli: Nodo | Foglia, peso: str | None = None) -> Nodo:
    nome = livello.value
    return Nodo(livello, nome, nome, figli, None if peso is None else D(peso))


def punti(livello: Livello, edizione: Edizione, *figli: Nodo | Foglia) -> Punteggio:
    return aggrega(nodo(livello, *figli), edizione).punteggio


# --- the two source plans -----------------------------------------------------------------


def test_ats_milano_proporzione_sulle_percentuali_soglia_sul_resto() -> None:
    """
    ≥ 95 %, done 94,07: 100 × 94,07 / 95 = 99,0210… → 99,02
    ≤ 49 €, done 47,99: met → 100 · ≤ 22 €, done 22,60: missed → 0
    objective: (99,02 + 100 + 0) / 3 = 66,34
    """
    figli = (
        foglia("94.07", GE, "95", ATS_MILANO),
        foglia("47.99", LE, "49", ATS_MILANO, unita="€"),
        foglia("22.60", LE, "22", ATS_MILANO, unita="€"),
    )
    assert [figlio.punteggio for figlio in figli] == [
        Calcolato(D("99.02")),
        Calcolato(D(100)),
        Calcolato(D(0)),
    ]
    assert mostra(punti(Livello.OBIETTIVO, ATS_MILANO, *figli)) == "66,34"


def test_asst_cremona_trenta_l_economica_settanta_le_altre_tre_insieme() -> None:
    """
    A1 80, weight 30 · A2 90, A3 75, A4 60: 70 / 3 each · A5 (institutional goals): no weight
    0,30 × 80 + 0,70 × (90 + 75 + 60) / 3 = 24 + 0,70 × 75 = 76,5
    """
    valori = {"A1": "80", "A2": "90", "A3": "75", "A4": "60", "A5": "0"}
    pesi = pesi_aree(ASST_CREMONA, list(valori))
    aree = tuple(
        Nodo(Livello.AREA, codice, codice, (foglia(valore, GE, "100", ASST_CREMONA),), pesi[codice])
        for codice, valore in valori.items()
    )
    assert pesi["A5"] == 0
    assert mostra(punti(Livello.SCHEDA, ASST_CREMONA, *aree)) == "76,50"


def test_le_regole_ordinarie_valgono_per_chi_non_ne_ha() -> None:
    """≥ 80 %, done 60: 100 × 60 / 80 = 75. ≤ 30 days, done 31: 0."""
    assert foglia("60", GE, "80", ORDINARIA).punteggio == Calcolato(D(75))
    assert foglia("31", LE, "30", ORDINARIA, unita="gg").punteggio == Calcolato(D(0))


# --- the ready-made ones ------------------------------------------------------------------


def test_proporzionale() -> None:
    """
    ≥ 90, done 60: 100 × 60 / 90 = 66,666… → 66,67 · ≤ 30 days, done 33: 100 × (60 − 33) / 30 = 90
    weights 70 and 30: 0,7 × 66,67 + 0,3 × 90 = 46,669 + 27 = 73,669
    """
    figli = (
        foglia("60", GE, "90", PROPORZIONALE, peso="70"),
        foglia("33", LE, "30", PROPORZIONALE, peso="30", unita="gg"),
    )
    assert [figlio.punteggio for figlio in figli] == [Calcolato(D("66.67")), Calcolato(D(90))]
    assert punti(Livello.OBIETTIVO, PROPORZIONALE, *figli) == Calcolato(D("73.669"))


def test_proporzionale_troncata() -> None:
    """
    ≥ 90, done 60: 66,666… → 66,66 · ≥ 80, done 100: 125 → cap 100
    plain mean, whatever the weights: (66,66 + 100) / 2 = 83,33
    area: (83,33 + 50) / 2 = 66,665, not rounded again
    """
    regole = PROPORZIONALE_TRONCATA
    figli = (foglia("60", GE, "90", regole, peso="90"), foglia("100", GE, "80", regole, peso="10"))
    assert [figlio.punteggio for figlio in figli] == [Calcolato(D("66.66")), Calcolato(D(100))]
    assert punti(Livello.OBIETTIVO, regole, *figli) == Calcolato(D("83.33"))
    altro = nodo(Livello.OBIETTIVO, foglia("50", GE, "100", regole))
    area = punti(Livello.AREA, regole, nodo(Livello.OBIETTIVO, *figli), altro)
    assert area == Calcolato(D("66.665"))


@pytest.mark.parametrize(
    ("risultati", "attesi"),
    [
        # (50 + 49,98) / 2 = 49,99 → 0
        (("50", "49.98"), "0"),
        # (60 + 40) / 2 = 50 → 50
        (("60", "40"), "50"),
        # (90 + 59,98) / 2 = 74,99 → 50
        (("90", "59.98"), "50"),
        # (90 + 60) / 2 = 75 → 80
        (("90", "60"), "80"),
        # (89 + 90,98) / 2 = 89,99 → 80
        (("89", "90.98"), "80"),
        # (80 + 100) / 2 = 90 → 100
        (("80", "100"), "100"),
    ],
)
def test_fasce_unita(risultati: tuple[str, str], attesi: str) -> None:
    """The unit's scheda: under 50 → 0, from 50 → 50, from 75 → 80, from 90 → 100."""
    figli = (foglia(valore, GE, "100", FASCE_UNITA) for valore in risultati)
    assert punti(Livello.SCHEDA, FASCE_UNITA, *figli) == Calcolato(D(attesi))


@pytest.mark.parametrize(
    ("risultato", "atteso"),
    [
        ("59.99", "0"),  # under the minimum
        ("60", "48"),  # 60 × 80 %
        ("79.9", "63.92"),  # 79,9 × 80 %
        ("80", "72"),  # 80 × 90 %
        ("90", "81"),  # 90 × 90 %
        ("99.9", "89.91"),  # 99,9 × 90 %
        ("100", "100"),
        ("104", "100"),  # 104, then the cap
    ],
)
def test_parziale_minimo_60(risultato: str, atteso: str) -> None:
    voto = foglia(risultato, GE, "100", PARZIALE_MINIMO_60).punteggio
    assert voto == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("prerequisiti", "atteso"),
    [
        # total: 0,6 × 90 + 0,4 × 70 = 82
        (("100", "100"), "82"),  # mean 100 → × 100 %
        (("100", "70"), "65.6"),  # mean 85 → × 80 %
        (("100", "59"), "41"),  # mean 79,5 → × 50 %
        (("60", "38"), "0"),  # mean 49 → × 0 %
    ],
)
def test_cancello_graduato(prerequisiti: tuple[str, str], atteso: str) -> None:
    regole = CANCELLO_GRADUATO
    figli = [
        foglia("90", GE, "100", regole, peso="60"),
        foglia("70", GE, "100", regole, peso="40"),
        *(foglia(uno, GE, "100", regole, prerequisito=True) for uno in prerequisiti),
    ]
    assert punti(Livello.SCHEDA, regole, *figli) == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("aree", "atteso"),
    [
        # 0,5 × 90 + 0,3 × 60 + 0,2 × 70 = 45 + 18 + 14 = 77
        (("90", "60", "70"), "77"),
        # the second is under 60: 0, though the mean would be 0,5 × 100 + 0,3 × 59,99 + 0,2 × 100
        (("100", "59.99", "100"), "0"),
    ],
)
def test_aree_almeno_60(aree: tuple[str, ...], atteso: str) -> None:
    figli = (
        nodo(Livello.AREA, foglia(uno, GE, "100", AREE_ALMENO_60), peso=peso)
        for uno, peso in zip(aree, ("50", "30", "20"), strict=True)
    )
    assert punti(Livello.PIANO, AREE_ALMENO_60, *figli) == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("raggiunti", "atteso"), [(0, "0"), (1, "0"), (2, "50"), (3, "80"), (4, "100"), (5, "100")]
)
def test_conteggio_obiettivi(raggiunti: int, atteso: str) -> None:
    """Five goals; 2 reached → 50, 3 → 80, 4 or more → 100. The others are at 99, not reached."""
    regole = CONTEGGIO_OBIETTIVI
    figli = [
        nodo(Livello.OBIETTIVO, foglia("100" if n < raggiunti else "99", GE, "100", regole))
        for n in range(5)
    ]
    assert punti(Livello.AREA, regole, *figli) == Calcolato(D(atteso))


def test_classi_premio() -> None:
    """
    Eight schede: the cap of the top class is 25 % of 8 = 2.
    98, 97: Eccellente, 100 % · 96: would be Eccellente, no place: Buona, 80 %
    80: Buona, 80 % · 79,99: Adeguata, 60 + 20 × 19,99 / 20 = 79,99 % · 75: 60 + 20 × 15 / 20 = 75 %
    60: Adeguata, 60 % · 59,99: Non adeguata, 0 %
    """
    voti = ("98", "59.99", "96", "80", "97", "79.99", "75", "60")
    esito = assegna_classi([DaClassificare(voto, D(voto)) for voto in voti], CLASSI_PREMIO)
    assert [(una.codice, una.classe.etichetta, una.premio) for una in esito] == [
        ("98", "Eccellente", D(100)),
        ("59.99", "Non adeguata", D(0)),
        ("96", "Buona", D(80)),
        ("80", "Buona", D(80)),
        ("97", "Eccellente", D(100)),
        ("79.99", "Adeguata", D("79.99")),
        ("75", "Adeguata", D(75)),
        ("60", "Adeguata", D(60)),
    ]


# --- all of them, and their files ---------------------------------------------------------


@pytest.mark.parametrize("edizione", TUTTE.values(), ids=list(TUTTE))
def test_ogni_edizione_e_valida_e_uguale_al_suo_file(edizione: Edizione) -> None:
    assert problemi(edizione) == []
    file = CARTELLA / f"{edizione.codice}.json"
    assert file.read_text(encoding="utf-8") == contenuto(edizione)
    assert da_dati(json.loads(file.read_text(encoding="utf-8"))) == edizione


def test_non_ci_sono_file_di_edizioni_che_non_esistono() -> None:
    assert {file.stem for file in CARTELLA.glob("*.json")} == set(TUTTE)
    assert len(TUTTE) == 3 + len(MODELLI)


def test_i_file_si_riscrivono_tutti_insieme(tmp_path: Path) -> None:
    scritti = scrivi(tmp_path / "edizioni")
    assert [file.read_text(encoding="utf-8") for file in scritti] == [
        contenuto(edizione) for edizione in TUTTE.values()
    ]
