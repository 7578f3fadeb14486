# SPDX-License-Identifier: AGPL-3.0-or-later
"""Readings that say the total since January, and the target that a period has or is given."""

from dataclasses import replace
from decimal import Decimal

import pytest

from obiettivi.calcolo.edizione import Politica
from obiettivi.calcolo.letture import LetturaTarget
from obiettivi.calcolo.misura import Periodo
from obiettivi.calcolo.periodi import Aggregazione, Cumulo
from obiettivi.calcolo.spiegazione import frasi
from obiettivi.calcolo.tempo import letture_del_periodo, letture_ereditate
from obiettivi.calcolo.valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio
from tests.obiettivi.calcolo.parti import (
    MEDIA,
    MISTO,
    RAPPORTO,
    SECCA,
    SOMMA,
    ULTIMO,
    di,
    fuori,
    giudizio,
    per_periodo,
    soglia,
    su,
    voto,
)

D = Decimal


# --- cumulative readings ------------------------------------------------------------------


CUMULATI = (di("T1", "10"), di("T2", "22"), di("T3", "31"), di("T4", "36"))


@pytest.mark.parametrize(
    ("cumulo", "frazione", "atteso"),
    [
        (Cumulo.DA_INIZIO_ANNO, "", "36"),
        (Cumulo.DA_INIZIO_ANNO, "S1", "22"),
        (Cumulo.DA_INIZIO_ANNO, "T2", "22"),
        (Cumulo.DA_SCORPORARE, "", "36"),
        (Cumulo.DA_SCORPORARE, "S1", "22"),
        (Cumulo.DA_SCORPORARE, "S2", "14"),
        (Cumulo.DA_SCORPORARE, "T1", "10"),
        (Cumulo.DA_SCORPORARE, "T2", "12"),
        (Cumulo.DA_SCORPORARE, "T4", "5"),
    ],
)
def test_i_risultati_cumulati_non_si_sommano(cumulo: Cumulo, frazione: str, atteso: str) -> None:
    fatto = giudizio(*CUMULATI, frazione=frazione, cumulo=cumulo, eredita_target=True)
    assert (fatto.punteggio, fatto.copertura) == (Calcolato(D(atteso)), 100)


def test_il_cumulato_a_fine_anno_vale_anche_per_l_ultimo_trimestre() -> None:
    solo = di("", "36")
    cumulo = {"cumulo": Cumulo.DA_INIZIO_ANNO, "eredita_target": True}
    assert voto(solo, frazione="T4", **cumulo) == Calcolato(D(36))
    assert voto(solo, frazione="S2", **cumulo) == Calcolato(D(36))
    assert voto(solo, frazione="T3", **cumulo) == NonCalcolabile(
        Motivo.NESSUN_VALORE, "c’è solo il risultato dell’anno 2022"
    )


def test_di_un_rapporto_cumulato_si_sottraggono_i_termini() -> None:
    dati = {"frazione": "T2", "cumulo": Cumulo.DA_SCORPORARE, "eredita_target": True}
    fatto = giudizio(su("T1", "40", "50"), su("T2", "50", "90"), **dati)
    assert fatto.punteggio == Calcolato(D(25))
    assert (
        "I risultati sono cumulati da inizio anno: fra fine marzo e fine giugno il numeratore "
        "cresce di 10, il denominatore di 40."
    ) in frasi(fatto.passi)
    misto = voto(di("T1", "40"), su("T2", "50", "90"), **dati)
    assert misto == NonCalcolabile(
        Motivo.NESSUN_VALORE, "i due risultati cumulati non si possono sottrarre"
    )


def test_senza_la_lettura_prima_non_si_scorpora() -> None:
    dati = {"frazione": "T2", "cumulo": Cumulo.DA_SCORPORARE, "eredita_target": True}
    assert voto(di("T2", "22"), **dati) == NonCalcolabile(
        Motivo.NESSUN_VALORE, "serve anche il risultato cumulato a fine marzo"
    )


def test_un_cumulato_incompleto_si_dice() -> None:
    fatto = giudizio(*CUMULATI[:3], cumulo=Cumulo.DA_INIZIO_ANNO)
    assert (fatto.punteggio, fatto.copertura) == (Calcolato(D(31)), 75)
    assert (
        "I risultati sono cumulati da inizio anno: vale quello a fine settembre "
        "(manca il 4° trimestre)."
    ) in frasi(fatto.passi)
    ferma = replace(SECCA, mancanti=Politica.BLOCCA)
    assert voto(*CUMULATI[:3], cumulo=Cumulo.DA_INIZIO_ANNO, edizione=ferma) == NonCalcolabile(
        Motivo.NESSUN_VALORE, "manca il 4° trimestre"
    )


def test_un_cumulato_neutralizzato_resta_escluso() -> None:
    assert voto(*CUMULATI, fuori(""), cumulo=Cumulo.DA_INIZIO_ANNO) == Escluso("reparto chiuso")


# --- targets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frazione", "proprie"), [("T1", ["T1"]), ("S1", ["S1"]), ("", [""]), ("T3", [])]
)
def test_il_target_proprio_del_periodo(frazione: str, proprie: list[str]) -> None:
    assert list(letture_del_periodo(MISTO.letture, Periodo(2022, frazione))) == proprie


@pytest.mark.parametrize(("frazione", "da_chi"), [("T2", "S1"), ("T3", ""), ("S2", ""), ("", None)])
def test_chi_dà_il_target_a_chi_non_ne_ha(frazione: str, da_chi: str | None) -> None:
    trovato = letture_ereditate(MISTO.letture, Periodo(2022, frazione))
    assert (trovato[0] if trovato else None) == da_chi


def test_un_trimestre_senza_target_prende_quello_del_semestre_e_lo_dice() -> None:
    fatto = giudizio(di("T2", "34"), frazione="T2", come=MEDIA, target=MISTO)
    assert fatto.punteggio == Calcolato(D(40))
    assert "Per il 2° trimestre 2022 non c’è un target: vale quello del 1° semestre 2022." in frasi(
        fatto.passi
    )


@pytest.mark.parametrize(
    ("come", "detto", "atteso"),
    [
        (MEDIA, None, Calcolato(D(40))),
        (RAPPORTO, None, Calcolato(D(40))),
        (ULTIMO, None, Calcolato(D(40))),
        (SOMMA, None, Escluso("il piano non ha un target per 2022-T3")),
        (SOMMA, True, Calcolato(D(40))),
        (MEDIA, False, Escluso("il piano non ha un target per 2022-T3")),
    ],
)
@pytest.mark.parametrize("mira", [soglia("90"), MISTO])
def test_il_target_dell_anno_vale_per_il_trimestre_se_l_indicatore_lo_dice(
    come: Aggregazione, detto: bool | None, atteso: Punteggio, mira: LetturaTarget
) -> None:
    trimestre = di("T3", "36")
    esito = voto(trimestre, frazione="T3", come=come, target=mira, eredita_target=detto)
    assert esito == atteso


def test_l_anno_con_un_target_suo_non_guarda_quelli_dei_trimestri() -> None:
    assert voto(di("", "45"), di("T1", "80"), target=MISTO) == Calcolato(D(50))


def test_il_target_di_un_altro_anno_non_vale() -> None:
    futuro = per_periodo(_2023="90")
    assert voto(di("T1", "80"), frazione="T1", come=MEDIA, target=futuro) == Escluso(
        "il piano non ha un target per 2022-T1"
    )
