# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every failed rule, with its article and the numbers compared; nothing else is checked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from conciliazione.calcolo.ammissibilita import Periodo, fallite, verifiche
from conciliazione.calcolo.candidatura import Azione, Candidatura, Soggetto, Verifica, in_percento
from conciliazione.calcolo.edizione import CategoriaCosto, Dimensione, Natura
from conciliazione.predefinite import predefinita

D = Decimal
PERIODO = Periodo(date(2020, 1, 1), date(2023, 12, 31))
COMUNE = Soggetto("Comune di Prova", Natura.PUBBLICA, ente_locale=True)
COOPERATIVA = Soggetto("Cooperativa Prova", Natura.NON_PROFIT)
BOTTEGA = Soggetto("Bottega", Natura.PROFIT, impresa=True, dimensione=Dimensione.MICRO)
FABBRICA = Soggetto("Fabbrica", Natura.PROFIT, impresa=True, dimensione=Dimensione.GRANDE)

BUONA = Candidatura(
    capofila=COMUNE,
    partner=(COOPERATIVA,),
    finalita=(predefinita("2020-2023").finalita[0].codice,),
    azioni=(
        Azione("Centro estivo", "b2", 100, 5, date(2021, 1, 1), date(2022, 1, 1), D(90000)),
        Azione("Sportello", "a1", 40, None, date(2021, 1, 1), None, D(60000)),
    ),
    costo_dichiarato=D(150000),
    contributo=D(105000),
    cofinanziamento=D(45000),
    dal=date(2021, 1, 1),
    al=date(2023, 6, 30),
)  # fmt: skip


def mancate(edizione: str = "2020-2023", **cambi: object) -> dict[str, Verifica]:
    tutte = verifiche(replace(BUONA, **cambi), predefinita(edizione), PERIODO)
    return {una.codice: una for una in fallite(tutte)}


def test_una_proposta_in_regola_non_manca_di_niente() -> None:
    assert mancate() == {}


def test_il_contributo_sopra_la_quota_dice_articolo_e_numeri() -> None:
    trovate = mancate(contributo=D(106000), cofinanziamento=D(44000))
    assert [*trovate] == ["quota_massima", "cofinanziamento_minimo"]
    assert trovate["quota_massima"].frase == (
        "Il contributo è al massimo il 70 % del costo: 106.000,00 € su 150.000,00 €: 70,66 % "
        "(Documento territoriale di indirizzo 2020-2023, par. 5)."
    )
    assert trovate["cofinanziamento_minimo"].frase == (
        "L'Alleanza cofinanzia almeno il 30 % del costo: 44.000,00 € su 150.000,00 €: 29,33 % "
        "(Documento territoriale di indirizzo 2020-2023, par. 5)."
    )


def test_il_primo_piano_non_ha_tetto_e_il_progetto_al_70_6_per_cento_passa() -> None:
    """E-net: 203.097,60 assigned on 287.525,00 (Piano 2017-2018, tab. 4.1)."""
    cambi = {
        "azioni": (
            Azione("Concilia point", "c-cultura", 10, 1, None, None, D("287525.00")),
        ),
        "finalita": ("cultura",),
        "costo_dichiarato": D("287525.00"),
        "contributo": D("203097.60"),
        "cofinanziamento": D("84427.40"),
    }  # fmt: skip
    assert mancate("2017-2018", **cambi) == {}
    assert in_percento(D("203097.60") * 100 / D("287525.00")) == "70,63 %"
    assert {"quota_massima", "contributo_massimo"} <= mancate(**cambi).keys()


def test_tutte_le_regole_mancate_insieme() -> None:
    trovate = mancate(
        capofila=Soggetto("Impresa Prova", Natura.PROFIT, impresa=True, nella_rete=False),
        partner=(replace(COMUNE, confermato=False),),
        finalita=("altra",),
        azioni=(Azione("Fuori elenco", "z9", None, 0, date(2019, 1, 1), None, D(80000)),),
        costo_dichiarato=D(90000),
        contributo=D(120000),
        cofinanziamento=D(0),
        dal=date(2019, 6, 1),
    )
    assert set(trovate) == {
        "capofila", "garante", "conferme", "adesione", "finalita", "catalogo", "beneficiari",
        "date", "date_azioni", "somma_costi", "valore_minimo", "contributo_massimo",
        "quota_massima", "cofinanziamento_minimo", "copertura",
    }  # fmt: skip
    assert trovate["somma_costi"].confronto == (
        "dichiarato 90.000,00 €, le righe fanno 80.000,00 €, differenza 10.000,00 €"
    )
    assert trovate["valore_minimo"].confronto == "costo 80.000,00 €"
    assert trovate["contributo_massimo"].regola == "Il contributo è al massimo 110.000,00 €"
    assert trovate["date"].confronto == "dal 01/06/2019 al 30/06/2023"


@pytest.mark.parametrize(
    ("partner", "manca"),
    [
        ((), True),
        ((BOTTEGA,), True),
        ((COMUNE,), False),
        ((replace(COMUNE, confermato=False),), True),
        ((Soggetto("Ambito Prova", Natura.PUBBLICA, ambito=True),), False),
        ((Soggetto("Camera di commercio", Natura.PUBBLICA),), True),
    ],
)
def test_un_capofila_privato_vuole_un_ente_locale_o_un_ambito(
    partner: tuple[Soggetto, ...], *, manca: bool
) -> None:
    trovate = mancate(capofila=COOPERATIVA, partner=partner)
    assert ("garante" in trovate) is manca
    if partner == ():
        assert trovate["garante"].frase == (
            "Un capofila privato ha fra i partner un ente pubblico locale o un ambito: Cooperativa "
            "Prova è privato, fra i partner confermati non ce n'è nessuno (Documento territoriale "
            "di indirizzo 2020-2023, par. 4)."
        )


@pytest.mark.parametrize(
    ("imprese", "manca"),
    [
        ((BOTTEGA,), False),
        ((FABBRICA,), True),
        ((BOTTEGA, FABBRICA, FABBRICA, FABBRICA, FABBRICA), False),
        ((BOTTEGA, *[FABBRICA] * 5), True),
        ((replace(BOTTEGA, dimensione=None),), True),
    ],
)
def test_le_imprese_grandi_solo_con_abbastanza_piccole(
    imprese: tuple[Soggetto, ...], *, manca: bool
) -> None:
    azione = replace(BUONA.azioni[0], intervento="c1", costo=D(150000))
    trovate = mancate(azioni=(azione,), partner=imprese)
    assert ("dimensioni_c" in trovate) is manca
    if len(imprese) == 6:
        assert trovate["dimensioni_c"].confronto == "micro, piccola: 1 imprese su 6, 16,66 %"


def test_una_categoria_di_costo_sopra_il_suo_massimo() -> None:
    regole = replace(
        predefinita("2020-2023"),
        categorie_costo=(CategoriaCosto("generali", "Spese generali", D(10), "Art. 5"),),
    )
    cosa = replace(BUONA, per_categoria={"generali": D("15000.01")})
    (una,) = fallite(verifiche(cosa, regole, PERIODO))
    assert una.frase == (
        "«Spese generali» fino al 10 % del costo: 15.000,01 € su 150.000,00 €: 10,000006 % "
        "(Art. 5)."
    )
