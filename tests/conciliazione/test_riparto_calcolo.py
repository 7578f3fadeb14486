# SPDX-License-Identifier: AGPL-3.0-or-later
"""The allocation as a pure function: the real one of 2017 to the cent, each method, properties."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conciliazione.calcolo.dotazione import dividi
from conciliazione.calcolo.metodo import (
    Importo,
    Metodo,
    MetodoNonValido,
    Regola,
    RiservaRiparto,
    metodo_come_dati,
    metodo_da_dati,
)
from conciliazione.calcolo.resti import in_proporzione
from conciliazione.calcolo.richiesta import Richiesta
from conciliazione.calcolo.riparto import Esito, riparti
from conciliazione.predefinite import predefinita

D = Decimal
DEL_2017 = [
    ("net-co", "42000.00", "60000.00"),
    ("become", "160000.00", "260000.00"),
    ("governare-equilibri", "185000.00", "270929.95"),
    ("smart-lab", "179000.00", "255713.00"),
    ("e-net", "206400.00", "287525.00"),
    ("labor", "191520.00", "273600.00"),
]
SEI = [
    Richiesta(chiave, chiave, D(richiesto), D(costo), posto)
    for posto, (chiave, richiesto, costo) in enumerate(DEL_2017, 1)
]


def dati(esito: Esito) -> dict[str, Decimal]:
    return {una.richiesta.chiave: una.assegnato for una in esito.assegnazioni}


def tre(*importi: str, **altro: Any) -> list[Richiesta]:
    coppie = zip("abc", importi, strict=False)
    return [Richiesta(chiave, chiave, D(uno), D(uno) * 2, **altro) for chiave, uno in coppie]


# The printed allocations ------------------------------------------------------------------


def test_il_riparto_del_2017_torna_al_centesimo() -> None:
    dotazione = D("834713.25") + D("100008.03")
    metodo = Metodo(tagli=(Importo("labor", D("14000.00")),))
    esito = riparti(dotazione, SEI, metodo)
    assert dotazione == D("934721.28")
    assert sum(una.richiesto for una in SEI) == D("963920.00")
    assert dati(esito) == {
        "net-co": D("41328.00"),
        "become": D("157440.00"),
        "governare-equilibri": D("182040.00"),
        "smart-lab": D("176136.00"),
        "e-net": D("203097.60"),
        "labor": D("174679.68"),
    }
    assert (esito.assegnato, esito.residuo, esito.eccedenza) == (D("934721.28"), 0, 0)
    quote = {
        una.richiesta.chiave: round(una.assegnato * 100 / una.richiesta.richiesto, 2)
        for una in esito.assegnazioni
    }
    assert quote.pop("labor") == D("91.21")
    assert set(quote.values()) == {D("98.40")}
    assert esito.assegnazioni[-1].passi == (
        "Chiede 191.520,00 €.",
        "Taglio: 191.520,00 − 14.000,00 = 177.520,00 €.",
        "177.520,00 × 98,4 % = 174.679,68 €.",
    )
    assert esito.passi[1] == "In proporzione: 934.721,28 : 949.920,00 = 98,4 %."


def test_le_risorse_del_2020_si_dividono_con_le_riserve() -> None:
    parti = {una.codice: una for una in dividi(D("968676.00"), predefinita("2020-2023"))}
    assert {codice: una.importo for codice, una in parti.items()} == {
        "sistema": D("242169.00"),
        "alleanze": D("726507.00"),
        "consulenza": D("72650.70"),
        "lr28": D("72650.70"),
    }
    assert parti["sistema"].conto == "968.676,00 × 25 % = 242.169,00 €"
    assert parti["alleanze"].conto == "968.676,00 − 242.169,00 = 726.507,00 €"
    assert parti["lr28"].conto == "726.507,00 × 10 % = 72.650,70 €"
    assert dividi(D("1112962.67"), predefinita("2017-2018")) == []


# Each method ------------------------------------------------------------------------------


def test_i_centesimi_che_avanzano_vanno_ai_resti_piu_grandi() -> None:
    esito = riparti(D("100.00"), tre("100.00", "100.00", "100.00"), Metodo())
    assert dati(esito) == {"a": D("33.34"), "b": D("33.33"), "c": D("33.33")}
    assert esito.assegnazioni[0].passi[-1] == (
        "100,00 × 100,00 : 300,00 = 33,333333…, troncato a 33,33 €, più 0,01 dai resti: 33,34 €."
    )
    assert esito.passi[2] == (
        "Centesimi che avanzano dal troncamento: 1, uno a testa ai resti più grandi: «a»."
    )


def test_il_tetto_per_progetto_e_in_percentuale_del_costo() -> None:
    metodo = Metodo(tetto=D("80.00"), tetto_quota=D("30"))
    esito = riparti(D("1000.00"), tre("100.00", "150.00"), metodo)
    assert dati(esito) == {"a": D("60.00"), "b": D("80.00")}
    assert esito.residuo == D("860.00")
    assert esito.assegnazioni[0].passi[1:3] == (
        "Tetto per progetto: da 100,00 a 80,00 €.",
        "Tetto del 30 % del costo: 200,00 × 30 % = 60,00 €, meno di 80,00.",
    )


def test_in_ordine_di_graduatoria_l_ultimo_prende_cio_che_resta() -> None:
    esito = riparti(D("934721.28"), SEI, Metodo(regola=Regola.GRADUATORIA))
    assert dati(esito) == {
        **{chiave: D(richiesto) for chiave, richiesto, _costo in DEL_2017[:-1]},
        "labor": D("162321.28"),
    }


def test_senza_parziali_chi_viene_dopo_non_scavalca() -> None:
    richieste = [
        Richiesta("a", "a", D("90.00"), posto=1),
        Richiesta("b", "b", D("20.00"), posto=2),
        Richiesta("c", "c", D("5.00"), posto=3),
        Richiesta("d", "d", D("5.00")),
    ]
    esito = riparti(D("100.00"), richieste, Metodo(regola=Regola.GRADUATORIA, parziale=False))
    assert dati(esito) == {"a": D("90.00"), "b": 0, "c": 0, "d": 0}
    assert esito.residuo == D("10.00")
    assert esito.assegnazioni[3].passi[-1] == "Non è in graduatoria: non concorre."


def test_chi_e_a_pari_merito_divide_cio_che_non_basta() -> None:
    richieste = tre("60.00", "30.00", "30.00", posto=1)
    esito = riparti(D("100.00"), richieste, Metodo(regola=Regola.GRADUATORIA))
    assert dati(esito) == {"a": D("50.00"), "b": D("25.00"), "c": D("25.00")}


def test_la_stessa_percentuale_puo_superare_la_dotazione_e_lo_dice() -> None:
    metodo = Metodo(regola=Regola.ALIQUOTA, aliquota=D("98.4"))
    esito = riparti(D("100.00"), tre("100.00", "33.33"), metodo)
    assert dati(esito) == {"a": D("98.40"), "b": D("32.80")}
    assert (esito.residuo, esito.eccedenza) == (0, D("31.20"))
    assert esito.passi[-1] == (
        "Assegnati: 98,40 + 32,80 = 131,20 € su 100,00 €; oltre la dotazione di 31,20 €."
    )


def test_gli_importi_a_mano_restano_quelli_scritti() -> None:
    metodo = Metodo(regola=Regola.A_MANO, importi=(Importo("b", D("12.34"), "voto"),))
    esito = riparti(D("100.00"), tre("50.00", "50.00"), metodo)
    assert dati(esito) == {"a": 0, "b": D("12.34")}
    assert esito.residuo == D("87.66")


def test_sotto_il_minimo_ci_si_ritira_e_il_riparto_si_rifa() -> None:
    metodo = Metodo(minimi=(Importo("a", D("90.00")),))
    esito = riparti(D("150.00"), tre("100.00", "100.00"), metodo)
    assert dati(esito) == {"a": 0, "b": D("100.00")}
    assert esito.assegnazioni[0].ritirata
    assert esito.passi[0] == (
        "«a»: Avrebbe avuto 75,00 €, meno del minimo di 90,00 €: si ritira e il riparto si rifà "
        "fra gli altri."
    )


def test_con_un_minimo_per_tutti_si_ritira_prima_l_ultimo_della_graduatoria() -> None:
    esito = riparti(D("934721.28"), SEI, Metodo(minimo_quota=D("99")))
    assert dati(esito) == {
        **{chiave: D(richiesto) for chiave, richiesto, _costo in DEL_2017[:-1]},
        "labor": 0,
    }


def test_una_riserva_va_prima_ai_suoi_interventi_e_il_resto_torna() -> None:
    richieste = [
        Richiesta("a", "a", D("100.00"), riservabile={"tempi": D("6.00")}),
        Richiesta("b", "b", D("100.00")),
    ]
    riserva = RiservaRiparto("tempi", "Tempi", D("10"))
    esito = riparti(D("100.00"), richieste, Metodo(riserve=(riserva,)))
    # 6,00 from the reserve, then 94,00 in proportion to 94,00 and 100,00.
    assert dati(esito) == {"a": D("51.55"), "b": D("48.45")}
    assert "Della riserva «Tempi» avanzano 4,00 €: tornano agli altri." in esito.passi
    tenuta = riparti(D("100.00"), richieste, Metodo(riserve=(riserva,), riserve_tornano=False))
    assert tenuta.assegnato == D("96.00")
    assert tenuta.residuo == D("4.00")


def test_nello_scorrimento_chi_resta_tiene_quello_che_ha() -> None:
    garantiti = tuple(Importo(c, D("80.00")) for c in "ab")
    esito = riparti(D("190.00"), tre("100.00", "100.00"), Metodo(garantiti=garantiti))
    assert dati(esito) == {"a": D("95.00"), "b": D("95.00")}
    assert esito.passi[1] == "Restano garantiti 160,00 € già assegnati: da scorrere 30,00 €."


@pytest.mark.parametrize(
    ("metodo", "detto"),
    [
        (Metodo(regola=Regola.ALIQUOTA), "Scrivi la percentuale uguale per tutti."),
        (Metodo(tetto_quota=D("120")), "Il tetto in percentuale del costo va da 0 a 100."),
        (Metodo(tagli=(Importo("a", D("60.00")),)),
         "Il taglio di «a» è 60,00 €, più dei 50,00 € richiesti."),
        (Metodo(importi=(Importo("a", D("0.001")),)), "Un importo ha al massimo due decimali."),
        (Metodo(minimi=(Importo("a", D("-1")),)), "Un importo non può essere negativo."),
        (Metodo(riserve=(RiservaRiparto("x", "x", D("101")),)),
         "Le riserve superano insieme il 100 % della dotazione."),
        (Metodo(regola=Regola.GRADUATORIA),
         "Per ripartire in ordine di graduatoria serve una graduatoria decisa."),
    ],
)  # fmt: skip
def test_un_metodo_che_non_tiene_dice_perche(metodo: Metodo, detto: str) -> None:
    with pytest.raises(MetodoNonValido) as raccolti:
        riparti(D("100.00"), tre("50.00"), metodo)
    assert raccolti.value.problemi == [detto]


def test_il_metodo_va_e_torna_dai_dati() -> None:
    metodo = Metodo(
        regola=Regola.GRADUATORIA,
        tetto=D("110000.00"),
        tagli=(Importo("7", D("14000.00"), "deciso dal Comitato"),),
        riserve=(RiservaRiparto("tempi", "Tempi", D("10")),),
        minimo_quota=D("50"),
        parziale=False,
    )
    assert metodo_da_dati(metodo_come_dati(metodo)) == metodo
    with pytest.raises(MetodoNonValido) as raccolti:
        metodo_da_dati({"regola": "a caso", "altro": 1})
    assert raccolti.value.problemi == [
        "regola: «a caso» non va bene, serve uno fra proporzionale, graduatoria, aliquota, a_mano.",
        "altro: campo sconosciuto.",
    ]


# Properties -------------------------------------------------------------------------------

CENT = st.integers(0, 50_000_000).map(lambda n: D(n).scaleb(-2))


@st.composite
def casi(draw: Any) -> tuple[Decimal, list[Richiesta], Metodo]:
    """An envelope, up to eight requests, a method with some of everything."""
    richiesti = draw(st.lists(CENT, min_size=1, max_size=8))
    richieste = [
        Richiesta(
            chiave=f"p{n}",
            nome=f"p{n}",
            richiesto=uno,
            costo=uno + draw(CENT),
            posto=draw(st.integers(1, 4)) if draw(st.booleans()) or not n else None,
            riservabile={"r": uno / 2 if uno % D("0.02") == 0 else D(0)},
        )
        for n, uno in enumerate(richiesti)
    ]
    tagliata = draw(st.sampled_from(richieste))
    metodo = Metodo(
        regola=draw(st.sampled_from([Regola.PROPORZIONALE, Regola.GRADUATORIA])),
        tagli=(Importo(tagliata.chiave, tagliata.richiesto * draw(st.integers(0, 1))),),
        tetto=draw(st.none() | CENT),
        tetto_quota=draw(st.none() | st.integers(0, 100).map(D)),
        riserve=(RiservaRiparto("r", "r", D(draw(st.integers(0, 100)))),)
        if draw(st.booleans())
        else (),
        riserve_tornano=draw(st.booleans()),
        minimo_quota=draw(st.none() | st.integers(0, 100).map(D)),
        parziale=draw(st.booleans()),
    )
    return draw(CENT), richieste, metodo


@given(casi())
@settings(max_examples=120, deadline=None)
def test_nessuno_supera_il_richiesto_e_nessun_centesimo_si_perde(caso: Any) -> None:
    dotazione, richieste, metodo = caso
    esito = riparti(dotazione, richieste, metodo)
    for una in esito.assegnazioni:
        assert 0 <= una.assegnato <= una.base <= una.richiesta.richiesto
        assert una.assegnato == round(una.assegnato, 2)
    assert esito.eccedenza == 0
    assert esito.assegnato + esito.residuo == dotazione
    assert sum(una.assegnato for una in esito.assegnazioni) == esito.assegnato


@given(casi())
@settings(max_examples=80, deadline=None)
def test_in_proporzione_si_da_tutto_o_tutto_cio_che_si_chiede(caso: Any) -> None:
    dotazione, richieste, metodo = caso
    semplice = Metodo(tagli=metodo.tagli, tetto=metodo.tetto, riserve=metodo.riserve)
    esito = riparti(dotazione, richieste, semplice)
    chiesto = sum((una.base for una in esito.assegnazioni), D(0))
    assert esito.assegnato == min(dotazione, chiesto)


@given(casi(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_l_ordine_delle_richieste_non_cambia_niente(caso: Any, caso_a_caso: Any) -> None:
    dotazione, richieste, metodo = caso
    mescolate = list(richieste)
    caso_a_caso.shuffle(mescolate)
    prima = riparti(dotazione, richieste, metodo)
    dopo = riparti(dotazione, mescolate, metodo)
    assert dati(prima) == dati(dopo)
    assert {u.richiesta.chiave: u.passi for u in prima.assegnazioni} == {
        u.richiesta.chiave: u.passi for u in dopo.assegnazioni
    }


@given(casi())
@settings(max_examples=80, deadline=None)
def test_chi_resta_in_gara_ha_almeno_il_suo_minimo(caso: Any) -> None:
    dotazione, richieste, metodo = caso
    esito = riparti(dotazione, richieste, metodo)
    for una in esito.assegnazioni:
        minimo = una.richiesta.richiesto * (metodo.minimo_quota or 0) / 100
        assert una.assegnato == 0 or una.assegnato >= minimo


@given(
    st.integers(0, 10**9),
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 10**9), max_size=8),
)
def test_i_resti_danno_tutto_e_mai_piu_di_un_centesimo_di_scarto(
    totale: int, pesi: dict[str, int]
) -> None:
    quote = in_proporzione(totale, pesi)
    assert sum(una.centesimi for una in quote.values()) == (totale if sum(pesi.values()) else 0)
    assert all(abs(una.centesimi - una.esatta) < 1 for una in quote.values())
