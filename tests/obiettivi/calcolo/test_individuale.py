# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sum of a sheet of individual evaluation, by hand; the rules checked as a whole."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.calcolo.individuale import ParteMancante, RegoleIndividuali, conto
from obiettivi.calcolo.individuale_dati import come_dati, da_dati
from tests.factories import regole_individuali

D = Decimal
BUONI = {"persone": "4", "risorse": "3", "integrazione": "5", "qualita": "4"}


@pytest.fixture
def regole() -> RegoleIndividuali:
    return da_dati(regole_individuali())


def test_il_modello_e_quello_del_piano_di_cremona(regole: RegoleIndividuali) -> None:
    dirigenza = regole.categorie[0]
    assert (dirigenza.nome, dirigenza.risultati, dirigenza.contributo) == ("Dirigenza", 70, 30)
    assert "paragrafo 6.3" in regole.fonte


def test_andata_e_ritorno_dei_dati(regole: RegoleIndividuali) -> None:
    assert da_dati(come_dati(regole)) == regole


def test_i_pesi_moltiplicano_i_raggiungimenti(regole: RegoleIndividuali) -> None:
    """Results: 60 % of 90 and 40 % of (25·80 + 75·60)/100 = 65, that is 80; contribution: 30·85 +
    20·70 + 25·100 + 25·85 = 8575, that is 85,75; 70 % of 80 and 30 % of 85,75 is 81,725.
    """
    fatto = conto(
        regole,
        regole.categorie[0],
        scheda=D(90),
        obiettivi=[(D(25), D(80)), (D(75), D(60))],
        livelli=BUONI,
    )
    assert fatto.individuali == D(65)
    assert fatto.risultati == D(80)
    assert fatto.contributo == D("85.75")
    assert fatto.punteggio == D("81.73")
    assert [uno.punti for uno in fatto.addendi] == [D(56), D("25.725")]
    assert fatto.classe is not None
    assert fatto.classe.etichetta == "Buona"


def test_scambiare_i_pesi_cambia_il_punteggio(regole: RegoleIndividuali) -> None:
    punteggi = [
        conto(
            regole, regole.categorie[0], scheda=D(90), livelli=BUONI,
            obiettivi=[(pesi[0], D(100)), (pesi[1], D(0))],
        ).punteggio
        for pesi in ((D(10), D(90)), (D(90), D(10)))
    ]  # fmt: skip
    assert punteggi == [D("66.33"), D("88.73")]


def test_sotto_cento_non_si_legge_cento(regole: RegoleIndividuali) -> None:
    tutti = dict.fromkeys(BUONI, "5")
    fatto = conto(
        regole, regole.categorie[0], scheda=D("99.999"), obiettivi=[(D(100), D(100))], livelli=tutti
    )
    assert fatto.punteggio == D("99.99")


def test_senza_scheda_o_senza_obiettivi_vale_l_altra_parte(regole: RegoleIndividuali) -> None:
    dirigenza = regole.categorie[0]
    sola_scheda = conto(regole, dirigenza, scheda=D(90), obiettivi=[], livelli=BUONI)
    soli_obiettivi = conto(
        regole, dirigenza, scheda=None, obiettivi=[(D(100), D(50))], livelli=BUONI
    )
    assert (sola_scheda.risultati, soli_obiettivi.risultati) == (D(90), D(50))


def test_se_le_regole_bloccano_manca_il_punteggio_ed_e_detto_perche(
    regole: RegoleIndividuali,
) -> None:
    ferme = replace(regole, parte_mancante=ParteMancante.BLOCCA)
    fatto = conto(
        ferme, ferme.categorie[0], scheda=None, obiettivi=[(D(100), D(50))], livelli=BUONI
    )
    assert fatto.punteggio is None
    assert fatto.mancano == ("La scheda budget del CdR non ha ancora un risultato validato.",)


def test_ogni_cosa_che_manca_e_detta(regole: RegoleIndividuali) -> None:
    fatto = conto(
        regole,
        regole.categorie[0],
        scheda=D(90),
        obiettivi=[(D(60), None), (D(30), D(10))],
        livelli={"persone": "4", "risorse": "nove"},
    )
    assert fatto.punteggio is None
    assert fatto.mancano == (
        "I pesi degli obiettivi individuali fanno 90 e non 100.",
        "Manca il raggiungimento di un obiettivo individuale.",
        "Comportamenti ancora da valutare: 3.",
    )


def test_zero_e_un_raggiungimento(regole: RegoleIndividuali) -> None:
    fatto = conto(
        regole, regole.categorie[0], scheda=D(0), obiettivi=[(D(100), D(0))],
        livelli=dict.fromkeys(BUONI, "1"),
    )  # fmt: skip
    assert fatto.punteggio == D(0)
    assert fatto.premio == D(0)


def test_il_premio_segue_i_mesi(regole: RegoleIndividuali) -> None:
    tutti = dict.fromkeys(BUONI, "5")
    interi, sei = (
        conto(
            regole, regole.categorie[0], scheda=D(100), obiettivi=[], livelli=tutti, mesi=D(mesi)
        ).premio
        for mesi in (12, 6)
    )
    assert (interi, sei) == (D(100), D(50))


@pytest.mark.parametrize(
    ("cambia", "frase"),
    [
        ({"nome": " "}, "nome: manca."),
        ({"categorie": []}, "categorie: ne serve almeno una."),
        ({"mesi_minimi": "13"}, "mesi_minimi: da 0 a 12."),
        ({"giorni_richiesta": 0}, "giorni_richiesta: da 1 a 365 giorni."),
        ({"decide": "nucleo"}, "decide: «nucleo» non va bene, serve uno fra direzione, "
                               "risorse_umane."),
        ({"pro_rata": "forse"}, "pro_rata: serve sì o no."),
        ({"inventato": 1}, "inventato: campo sconosciuto."),
    ],
)  # fmt: skip
def test_le_regole_sbagliate_si_rifiutano(cambia: dict[str, Any], frase: str) -> None:
    with pytest.raises(EdizioneNonValida) as errore:
        da_dati(regole_individuali() | cambia)
    assert frase in errore.value.problemi


@pytest.mark.parametrize(
    ("campo", "valore", "frase"),
    [
        ("risultati", "60", "area dei risultati e area del contributo fanno 90, non 100."),
        ("scheda", "50", "scheda di budget e obiettivi individuali fanno 90, non 100."),
        ("comportamenti", [], "l'area del contributo pesa, ma non ha comportamenti."),
        ("codice", "comparto", "il codice «comparto» è ripetuto."),
    ],
)
def test_una_categoria_che_non_torna_si_rifiuta(campo: str, valore: Any, frase: str) -> None:
    dati = regole_individuali()
    dati["categorie"][0][campo] = valore
    with pytest.raises(EdizioneNonValida) as errore:
        da_dati(dati)
    assert any(problema.endswith(frase) for problema in errore.value.problemi)


def test_la_scala_cresce_e_i_pesi_dei_comportamenti_fanno_cento() -> None:
    dati = regole_individuali()
    dati["scala"].reverse()
    dati["categorie"][1]["comportamenti"][0]["peso"] = "10"
    with pytest.raises(EdizioneNonValida) as errore:
        da_dati(dati)
    assert errore.value.problemi == (
        "categoria «Comparto»: i pesi dei comportamenti, tutti sopra lo zero, fanno 80, non 100.",
        "scala: i livelli vanno dal più basso al più alto, con punti che crescono.",
    )
