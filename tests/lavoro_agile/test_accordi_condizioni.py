# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conditions of the law on an agreement, and the notice of a withdrawal: pure arithmetic."""

from dataclasses import replace
from datetime import date, time

import pytest

from lavoro_agile.calcolo.condizioni import (
    CONTROLLI,
    Contenuto,
    Esito,
    entro_quando,
    oltre_i_limiti,
    verifica,
)
from lavoro_agile.calcolo.edizione import Limite, Parametri, Prevalenza, Termini
from lavoro_agile.calcolo.recesso import preavviso, primo_giorno

PIENO = Contenuto(
    dal=date(2023, 1, 1), al=date(2023, 12, 31), oggi=date(2023, 2, 1), obiettivi="Pratiche.",
    misurazione="Ogni mese.", modalita="Due giorni.", disconnessione="Dalle 19 alle 8.",
    riservatezza="Rete protetta.", controllo="Sui risultati.", rotazione="A turno.",
    giorni_mese=6, giorni_settimana=2, informativa_il=date(2022, 12, 20), firma_persona=True,
    firma_azienda=True, sottoscritto_il=date(2022, 12, 22), comunicato_il=date(2023, 1, 10),
)  # fmt: skip


def esiti(contenuto: Contenuto) -> dict[str, str]:
    return {nome: verifica(nome, contenuto).esito.value for nome in CONTROLLI}


def test_un_accordo_pieno_rispetta_ogni_condizione() -> None:
    assert {nome: e for nome, e in esiti(PIENO).items() if e != "rispettata"} == {
        "contatto": "non_riguarda", "coordinamento": "non_riguarda",
    }  # fmt: skip


def test_un_accordo_vuoto_manca_di_cio_che_la_legge_vuole() -> None:
    vuoto = Contenuto(dal=date(2023, 1, 1), oggi=date(2023, 1, 1))
    mancano = {nome for nome, esito in esiti(vuoto).items() if esito == "manca"}
    assert mancano == {
        "prevalenza", "riservatezza", "obiettivi", "modalita", "disconnessione", "misurazione",
        "firme", "controllo", "informativa",
    }  # fmt: skip
    assert esiti(vuoto)["rotazione"] == esiti(vuoto)["comunicazione"] == "da_verificare"


@pytest.mark.parametrize(
    ("prevalenza", "mesi", "mese", "settimana", "atteso"),
    [
        (Prevalenza.SETTIMANALE, 1, None, 2, "rispettata"),
        (Prevalenza.SETTIMANALE, 1, 8, 3, "manca"),
        (Prevalenza.SETTIMANALE, 1, 6, None, "manca"),
        (Prevalenza.MENSILE, 1, 9, 5, "rispettata"),
        (Prevalenza.MENSILE, 1, 10, None, "da_verificare"),
        (Prevalenza.MENSILE, 1, 11, None, "manca"),
        (Prevalenza.MENSILE, 1, None, 2, "rispettata"),
        (Prevalenza.PLURIMENSILE, 3, 9, None, "rispettata"),
        (Prevalenza.PLURIMENSILE, 3, 11, None, "manca"),
    ],
)
def test_la_presenza_prevale_nel_tempo_che_l_accordo_dice(
    prevalenza: Prevalenza, mesi: int, mese: int | None, settimana: int | None, atteso: str
) -> None:
    contenuto = replace(
        PIENO, prevalenza=prevalenza, mesi_prevalenza=mesi, giorni_mese=mese,
        giorni_settimana=settimana,
    )  # fmt: skip
    assert verifica("prevalenza", contenuto).esito == atteso
    assert verifica("coordinamento", replace(contenuto, coordina=True)).esito == atteso


def test_una_deroga_vale_senza_dire_perche() -> None:
    con_deroga = verifica("prevalenza", replace(PIENO, giorni_mese=15, deroga=15))
    assert con_deroga.esito == Esito.NON_RIGUARDA
    assert con_deroga.nota == "Le risorse umane hanno verificato una deroga."


def test_l_informativa_si_consegna_ogni_anno() -> None:
    vecchia = replace(PIENO, informativa_il=date(2022, 1, 15))
    assert verifica("informativa", vecchia).nota == (
        "L'ultima consegna è del 15/01/2022: è passato un anno."
    )
    assert verifica("informativa", replace(vecchia, finito_il=date(2022, 12, 1))).esito == (
        "rispettata"
    )


def test_firme_strumenti_e_contatto() -> None:
    una = verifica("firme", replace(PIENO, firma_azienda=False))
    assert (una.esito, una.nota) == ("manca", "Manca la firma dell'azienda.")
    nessuna = verifica("firme", replace(PIENO, firma_azienda=False, firma_persona=False))
    assert nessuna.nota == "Manca la firma della persona e quella dell'azienda."
    tardi = replace(PIENO, sottoscritto_il=date(2023, 1, 9))
    assert verifica("firme", tardi).esito == "da_verificare"
    propri = verifica("strumenti", replace(PIENO, strumenti_aziendali=False))
    assert (propri.esito, propri.a_mano) == ("da_verificare", True)
    mezza = replace(PIENO, contatto_dalle=time(9))
    assert verifica("contatto", mezza).esito == "manca"
    assert verifica("contatto", replace(mezza, contatto_alle=time(12))).esito == "rispettata"


def test_cio_che_il_programma_non_sa_lo_dice_una_persona() -> None:
    arretrato = verifica("", PIENO)
    assert (arretrato.esito, arretrato.a_mano) == ("da_verificare", True)


def test_si_comunica_entro_il_venti_del_mese_dopo() -> None:
    assert entro_quando(date(2023, 12, 31)) == date(2024, 1, 20)
    da_fare = verifica("comunicazione", replace(PIENO, comunicato_il=None))
    assert (da_fare.esito, da_fare.nota) == ("manca", "Si comunica entro il 20/02/2023.")


def test_i_limiti_sono_quelli_del_regolamento_o_della_deroga() -> None:
    regole = Parametri(
        nome="R", giorni_mese=Limite(6, "art. 4"), giorni_settimana=Limite(2, "art. 5"),
        durata_mesi=Limite(12, "art. 6"),
    )  # fmt: skip
    assert oltre_i_limiti(PIENO, regole) == {}
    troppi = replace(PIENO, giorni_mese=7, giorni_settimana=3, al=date(2024, 1, 1))
    assert oltre_i_limiti(troppi, regole) == {
        "giorni_mese": "Al massimo 6 giorni al mese (art. 4).",
        "giorni_settimana": "Al massimo 2 giorni alla settimana (art. 5).",
        "al": "Un accordo dura al massimo 12 mesi (art. 6).",
    }
    assert set(oltre_i_limiti(replace(troppi, deroga=7, al=None), regole)) == {"al"}
    assert oltre_i_limiti(replace(troppi, deroga=6), regole)["giorni_mese"] == (
        "La deroga arriva a 6 giorni al mese."
    )


@pytest.mark.parametrize(
    ("azienda", "disabile", "giustificato", "giorni"),
    [
        (False, False, False, 30), (True, False, False, 30), (True, True, False, 90),
        (False, True, False, 30), (True, True, True, 0), (False, False, True, 0),
    ],
)  # fmt: skip
def test_il_preavviso_del_recesso(
    azienda: bool, disabile: bool, giustificato: bool, giorni: int
) -> None:
    avuti = preavviso(Termini(), dell_azienda=azienda, disabile=disabile, giustificato=giustificato)
    assert avuti == giorni
    assert primo_giorno(date(2023, 1, 1), 30) == date(2023, 1, 31)
