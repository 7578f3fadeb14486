# SPDX-License-Identifier: AGPL-3.0-or-later
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.aggregazione import Foglia, Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Livello
from obiettivi.calcolo.classi import DaClassificare, assegna_classi, premio_di
from obiettivi.calcolo.edizione import Classe, Edizione, Mesi, PariMerito, ProRata, problemi
from obiettivi.calcolo.spiegazione import frasi, spiega, spiega_aggregato
from obiettivi.calcolo.valori import Calcolato, Motivo, NonCalcolabile

D = Decimal
BASSA = Classe("Bassa", D(0), premio=D(0))
MEDIA = Classe("Media", D(60), premio=D(60), premio_a=D(80))
ALTA = Classe("Alta", D(90), premio=D(100))
EDIZIONE = Edizione("prova", "Prova", classi=(BASSA, MEDIA, ALTA))


def con_tetto(pari: PariMerito = PariMerito.SCENDONO, **tetto: object) -> Edizione:
    return replace(EDIZIONE, classi=(BASSA, MEDIA, replace(ALTA, **tetto)), pari_merito=pari)


def etichette(punti: list[str], edizione: Edizione) -> list[str]:
    voci = [DaClassificare(f"u{n}", D(uno)) for n, uno in enumerate(punti)]
    return [una.classe.etichetta for una in assegna_classi(voci, edizione)]


@pytest.mark.parametrize(
    ("punti", "premio"),
    [
        ("0", "0"),
        ("59.99", "0"),
        ("60", "60"),  # start of the class
        ("75", "70"),  # 60 + 20 × (75 − 60) / 30
        ("89.7", "79.8"),
        ("90", "100"),
        ("100", "100"),
    ],
)
def test_il_premio_di_ogni_classe(punti: str, premio: str) -> None:
    (una,) = assegna_classi([DaClassificare("u", D(punti))], EDIZIONE)
    assert una.premio == D(premio)
    assert una.classe == una.spettava


def test_l_ultima_classe_cresce_fino_al_tetto() -> None:
    crescente = replace(ALTA, premio=D(80), premio_a=D(100))
    larga = replace(EDIZIONE, classi=(BASSA, MEDIA, crescente), tetto=D(110))
    assert premio_di(D(100), crescente, larga) == 90  # 80 + 20 × 10 / 20
    assert premio_di(D(110), crescente, larga) == 100


def test_una_classe_senza_premio_non_ne_ha_uno() -> None:
    muta = replace(EDIZIONE, classi=(Classe("Unica", D(0)),))
    assert premio_di(D(50), muta.classi[0], muta) is None


@pytest.mark.parametrize(("mesi", "premio"), [(None, "70"), ("12", "70"), ("6", "35"), ("0", "0")])
def test_il_premio_in_proporzione_ai_mesi(mesi: str | None, premio: str) -> None:
    edizione = replace(EDIZIONE, mesi=Mesi(ProRata.PREMIO))
    quanti = None if mesi is None else D(mesi)
    (una,) = assegna_classi([DaClassificare("u", D(75), quanti)], edizione)
    assert una.premio == D(premio)
    assert premio_di(D(75), MEDIA, EDIZIONE, quanti) == 70


def test_chi_non_entra_nella_classe_piena_scende_e_si_vede() -> None:
    voci = [DaClassificare(nome, D(p)) for nome, p in (("a", "92"), ("b", "99"), ("c", "95"))]
    esito = assegna_classi(voci, con_tetto(massimo_numero=2))
    assert [(u.codice, u.classe.etichetta, u.spettava.etichetta) for u in esito] == [
        ("a", "Media", "Alta"),
        ("b", "Alta", "Alta"),
        ("c", "Alta", "Alta"),
    ]
    assert esito[0].premio == 80  # the nearest end of the class below
    assert frasi(esito[0].passi) == [
        "Con 92 punti la classe sarebbe Alta, ma i posti sono finiti: si scende.",
        "Classe finale: Media (da 60 punti), premio 80 %.",
    ]


@pytest.mark.parametrize(
    ("quota", "quanti", "alte"),
    [
        ("25", 4, 1),
        ("25", 7, 1),  # 1,75: whole ones
        ("25", 8, 2),
        ("25", 3, 0),  # 0,75
        ("100", 3, 3),
    ],
)
def test_il_tetto_in_quota_conta_gli_interi(quota: str, quanti: int, alte: int) -> None:
    punti = [str(90 + n) for n in range(quanti)]
    trovate = etichette(punti, con_tetto(massimo_quota=D(quota)))
    assert trovate.count("Alta") == alte
    assert trovate[quanti - alte :] == ["Alta"] * alte


def test_con_due_tetti_vale_il_piu_stretto() -> None:
    edizione = con_tetto(massimo_numero=1, massimo_quota=D(100))
    assert etichette(["91", "95"], edizione) == ["Media", "Alta"]


@pytest.mark.parametrize(
    ("pari", "attese"),
    [
        (PariMerito.SCENDONO, ["Alta", "Media", "Media", "Media"]),
        (PariMerito.ENTRANO, ["Alta", "Alta", "Alta", "Media"]),
    ],
)
def test_i_pari_merito_al_confine_restano_insieme(pari: PariMerito, attese: list[str]) -> None:
    edizione = con_tetto(pari, massimo_numero=2)
    assert etichette(["99", "95", "95.000", "91"], edizione) == attese


def test_chi_scende_puo_trovare_piena_anche_la_classe_sotto() -> None:
    classi = (BASSA, replace(MEDIA, massimo_numero=1), replace(ALTA, massimo_numero=1))
    edizione = replace(EDIZIONE, classi=classi)
    assert etichette(["99", "98", "70"], edizione) == ["Alta", "Media", "Bassa"]


def test_senza_classi_o_senza_punteggi_non_c_e_niente_da_assegnare() -> None:
    assert assegna_classi([DaClassificare("u", D(50))], Edizione("x", "x")) == []
    assert assegna_classi([], EDIZIONE) == []


@settings(deadline=None)
@given(
    punti=st.lists(st.decimals(0, 100, places=2, allow_nan=False), max_size=12),
    tetto=st.integers(1, 12),
    pari=st.sampled_from(list(PariMerito)),
)
def test_nessuno_sta_sotto_chi_ha_meno_punti(
    punti: list[Decimal], tetto: int, pari: PariMerito
) -> None:
    edizione = con_tetto(pari, massimo_numero=tetto)
    voci = [DaClassificare(str(n), uno) for n, uno in enumerate(punti)]
    esito = sorted(assegna_classi(voci, edizione), key=lambda una: una.punteggio)
    gradini = [una.classe.da for una in esito]
    assert gradini == sorted(gradini)
    alte = [una for una in esito if una.classe.etichetta == "Alta"]
    if pari is PariMerito.SCENDONO:
        assert len(alte) <= tetto
    for una in esito:
        assert una.classe.da <= una.spettava.da


def test_la_classe_si_vede_nella_spiegazione_della_scheda() -> None:
    nodo = Nodo(Livello.SCHEDA, "s", "Scheda", (Foglia("i", "i", Calcolato(D(75))),))
    aggregato = aggrega(nodo, EDIZIONE)
    assert aggregato.classe == MEDIA
    assert spiega(aggregato)[-1] == "Classe finale: Media (da 60 punti), premio 70 %."
    assert spiega_aggregato(aggregato)["classe"] == "Media"
    muta = replace(EDIZIONE, classi=(Classe("Unica", D(0)),))
    assert spiega(aggrega(nodo, muta))[-1] == "Classe finale: Unica (da 0 punti)."


def test_il_premio_ridotto_ai_mesi_si_spiega() -> None:
    edizione = replace(EDIZIONE, mesi=Mesi(ProRata.PREMIO))
    foglie = (Foglia("i", "i", Calcolato(D(75))),)
    aggregato = aggrega(Nodo(Livello.SCHEDA, "s", "Scheda", foglie, mesi=D(6)), edizione)
    assert spiega(aggregato)[-2:] == [
        "Premio in proporzione ai mesi: 70 × 6 / 12 = 35 %.",
        "Classe finale: Media (da 60 punti), premio 35 %.",
    ]


def test_un_area_e_una_scheda_senza_punteggio_non_hanno_classe() -> None:
    area = Nodo(Livello.AREA, "a", "a", (Foglia("i", "i", Calcolato(D(75))),))
    assert aggrega(area, EDIZIONE).classe is None
    vuota = Nodo(
        Livello.SCHEDA, "s", "s", (Foglia("i", "i", NonCalcolabile(Motivo.NESSUN_VALORE)),)
    )
    assert aggrega(vuota, EDIZIONE).classe is None
    assert spiega_aggregato(aggrega(vuota, EDIZIONE))["classe"] is None


def test_l_edizione_di_queste_prove_e_valida() -> None:
    assert problemi(EDIZIONE) == []
    assert problemi(con_tetto(massimo_numero=1, massimo_quota=D(25))) == []
