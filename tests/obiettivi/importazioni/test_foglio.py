# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a period comes back: only what was changed is written, never over others' work."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from obiettivi import azioni
from obiettivi.foglio.colonne import COLONNE
from obiettivi.foglio.righe import righe_dei_cdr, righe_del_piano
from obiettivi.foglio.scrittura import rende_foglio
from obiettivi.models import Indicatore, PeriodoChiuso, Rilevazione
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    AreaSchedaFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    RigaSchedaFactory,
    RilevazioneFactory,
    SchedaFactory,
    UnitaFactory,
)
from tests.piani.importazioni.fogli import annulla, conferma, conti, errori, importa

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
POSTI = {colonna.nome: posto for posto, colonna in enumerate(COLONNE, start=1)}
Celle = dict[tuple[int, str], Any]


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: date(2023, 4, 10))


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda)


def indicatore(piano: Piano, codice: str, tipo: str = "diretto") -> Indicatore:
    return MisuraFactory(
        obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)),
        indicatore=IndicatoreFactory(azienda=piano.azienda, codice=codice, tipo_formula=tipo),
    ).indicatore


def foglio(piano: Piano) -> bytes:
    righe = righe_del_piano(piano, anno=2023, frazione="T1")
    return rende_foglio(righe, titolo="Prova", generatore="Albero")


def compilato(contenuto: bytes, celle: Celle) -> bytes:
    """The sheet with some cells written, as a person saves it."""
    cartella = load_workbook(BytesIO(contenuto))
    for (riga, nome), valore in celle.items():
        cartella.worksheets[0].cell(riga, POSTI[nome]).value = valore
    uscita = BytesIO()
    cartella.save(uscita)
    return uscita.getvalue()


def correnti() -> set[tuple[Any, ...]]:
    righe = Rilevazione.objects.correnti()
    return set(
        righe.values_list("indicatore__codice", "valore", "numeratore", "denominatore", "stato")
    )


def test_il_foglio_come_e_partito_non_cambia_niente(piano: Piano, controllo: Utente) -> None:
    RilevazioneFactory(
        indicatore=indicatore(piano, "A"), anno=2023, frazione="T1", valore=Decimal("1234.5678"),
        testo="=somma\ncon  spazi ",
    )  # fmt: skip
    RilevazioneFactory(
        indicatore=indicatore(piano, "B", "si_no"), anno=2023, frazione="T1", valore=0
    )
    RilevazioneFactory(
        indicatore=indicatore(piano, "C"), anno=2023, frazione="T1", valore=None,
        stato="non_applicabile", testo="-",
    )  # fmt: skip
    indicatore(piano, "D", "data")
    letto = importa("foglio", piano.azienda, foglio(piano), da=controllo)
    assert (conti(letto), errori(letto)) == ({"uguali": 4}, {})


def test_si_scrivono_solo_le_righe_cambiate_e_si_torna_indietro(
    piano: Piano, controllo: Utente
) -> None:
    primo = RilevazioneFactory(
        indicatore=indicatore(piano, "A"), anno=2023, frazione="T1", valore=10
    )
    indicatore(piano, "B", "rapporto")
    indicatore(piano, "C", "si_no")
    fermo = RilevazioneFactory(
        indicatore=indicatore(piano, "D"), anno=2023, frazione="T1", valore=4
    )
    celle: Celle = {
        (2, "valore"): 12.5, (3, "numeratore"): 30, (3, "denominatore"): 40, (4, "valore"): "sì",
        (4, "testo"): "Fatto il 3 marzo",
    }  # fmt: skip
    letto = importa("foglio", piano.azienda, compilato(foglio(piano), celle), da=controllo)
    assert (letto.errore, conti(letto)) == ("", {"nuove": 2, "cambiate": 1, "uguali": 1})
    cambiata = letto.righe.get(esito="cambiata")
    assert (cambiata.chiave, cambiata.celle["valore"], cambiata.prima) == (
        "A, 2023 1° trimestre", "12,5", {"valore": "10"},
    )  # fmt: skip
    assert Rilevazione.objects.count() == 2
    assert conferma(letto, da=controllo).stato == "confermata"
    assert correnti() == {
        ("A", Decimal("12.5"), None, None, "numero"),
        ("B", None, 30, 40, "numero"),
        ("C", 1, None, None, "numero"),
        ("D", 4, None, None, "numero"),
    }
    fermo.refresh_from_db()
    assert fermo.sostituita_il is None
    ancora = importa("foglio", piano.azienda, foglio(piano), da=controllo)
    assert conti(ancora) == {"uguali": 4}
    assert annulla(letto, da=controllo).stato == "annullata"
    assert correnti() == {("A", 10, None, None, "numero"), ("D", 4, None, None, "numero")}
    primo.refresh_from_db()
    assert primo.sostituita_il is not None


def test_cio_che_ha_scritto_un_altro_si_vede_e_non_si_sovrascrive(
    piano: Piano, controllo: Utente
) -> None:
    a, b, c = (indicatore(piano, codice) for codice in "ABC")
    RilevazioneFactory(indicatore=b, anno=2023, frazione="T1", valore=5)
    partito = foglio(piano)
    for uno, valore in ((a, 7), (b, 8), (c, 9)):
        azioni.rileva(uno, anno=2023, frazione="T1", valore=Decimal(valore), da=controllo)
    celle: Celle = {(2, "valore"): 1, (3, "valore"): 8}
    letto = importa("foglio", piano.azienda, compilato(partito, celle), da=controllo)
    # B says what the other wrote already; C was not touched by who filled the sheet in.
    assert conti(letto) == {"superate": 1, "uguali": 2}
    superata = letto.righe.get(esito="superata")
    assert (superata.celle["valore"], superata.prima) == ("1", {"valore": "7"})
    assert correnti() == {(x, v, None, None, "numero") for x, v in (("A", 7), ("B", 8), ("C", 9))}


def test_chi_scrive_dopo_l_anteprima_ferma_la_conferma(piano: Piano, controllo: Utente) -> None:
    uno = indicatore(piano, "A")
    letto = importa(
        "foglio", piano.azienda, compilato(foglio(piano), {(2, "valore"): 1}), da=controllo
    )
    azioni.rileva(uno, anno=2023, frazione="T1", valore=Decimal(2), da=controllo)
    fermo = conferma(letto, da=controllo)
    assert (fermo.stato, conti(fermo)) == ("letta", {"superate": 1})
    assert correnti() == {("A", 2, None, None, "numero")}


def test_ogni_errore_e_nella_sua_cella_e_non_si_scrive_niente(
    piano: Piano, controllo: Utente
) -> None:
    RilevazioneFactory(indicatore=indicatore(piano, "A"), anno=2023, frazione="T1", valore=10)
    for codice, tipo in (("B", "rapporto"), ("C", "si_no"), ("D", "avanzamento"), ("E", "diretto"),
                         ("F", "diretto")):  # fmt: skip
        indicatore(piano, codice, tipo)
    celle: Celle = {
        (2, "valore"): None,
        (3, "numeratore"): 3,
        (4, "valore"): 7,
        (5, "avanzamento"): 120,
        (6, "valore"): "sì",
        (7, "stato"): "Non applicabile",
    }
    letto = importa("foglio", piano.azienda, compilato(foglio(piano), celle), da=controllo)
    assert errori(letto) == {
        2: {"valore": "Un risultato non si cancella: scrivi quello giusto."},
        3: {"denominatore": "Manca questo valore."},
        4: {"valore": "Per un sì/no il valore è 1 (sì) o 0 (no)."},
        5: {"avanzamento": "L'avanzamento va da 0 a 100."},
        6: {"valore": "Questo indicatore vuole un numero, non sì o no."},
        7: {"testo": "Scrivere il motivo per cui non è applicabile."},
    }
    assert Rilevazione.objects.count() == 1


def test_una_chiave_cambiata_o_di_un_altra_azienda_non_si_legge(
    piano: Piano, controllo: Utente
) -> None:
    altrui = indicatore(PianoFactory(), "X")
    una = RilevazioneFactory(indicatore=indicatore(piano, "A"), anno=2023, frazione="T1", valore=1)
    indicatore(piano, "B")
    indicatore(piano, "C")
    celle: Celle = {
        (2, "chiave"): f"2023-T1/{altrui.pk}/0/",
        (3, "versione"): una.pk,
        (4, "chiave"): "riga mia",
    }
    letto = importa("foglio", piano.azienda, compilato(foglio(piano), celle), da=controllo)
    assert errori(letto) == {
        2: {"chiave": "L'indicatore non c'è in questa azienda."},
        3: {"versione": "La versione non è di questa riga: scarica di nuovo il foglio."},
        4: {"chiave": "Questa riga non viene da un foglio scaricato da qui: le righe aggiunte non "
                      "si leggono, una chiave non si cambia."},
    }  # fmt: skip


def test_in_un_periodo_chiuso_non_si_scrive(piano: Piano, controllo: Utente) -> None:
    indicatore(piano, "A")
    PeriodoChiuso.objects.create(azienda=piano.azienda, anno=2023, frazione="T1")
    letto = importa(
        "foglio", piano.azienda, compilato(foglio(piano), {(2, "valore"): 1}), da=controllo
    )
    assert errori(letto) == {2: {"": "Il periodo è chiuso ai nuovi risultati."}}


def test_chi_guida_un_cdr_scrive_il_suo_e_non_quello_di_un_altro(azienda: Azienda) -> None:
    carta = OrganigrammaFactory(azienda=azienda)
    mia, altra = (UnitaFactory(organigramma=carta, cdr=True) for _n in range(2))
    uno = IndicatoreFactory(azienda=azienda, codice="A")
    for unita in (mia, altra):
        scheda = SchedaFactory(azienda=azienda, anno=2023, unita=unita, stato="in_monitoraggio")
        RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), indicatore=uno)
    guida, collega = (
        IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=unita).utente
        for unita in (mia, altra)
    )
    partito = rende_foglio(
        righe_dei_cdr(azienda, anno=2023, frazione="T1", utente=guida),
        titolo="Prova", generatore="Albero",
    )  # fmt: skip
    pieno = compilato(partito, {(2, "valore"): 91})
    negato = importa("foglio", azienda, pieno, da=collega)
    assert list(errori(negato)[2]) == ["chiave"]
    letto = conferma(importa("foglio", azienda, pieno, da=guida), da=guida)
    assert (letto.stato, letto.errore) == ("confermata", "")
    assert [(una.unita, una.valore) for una in Rilevazione.objects.all()] == [(mia, 91)]


@pytest.mark.parametrize("quante", [1, 3])
def test_il_confronto_costa_lo_stesso_con_una_riga_e_con_tre(
    piano: Piano, controllo: Utente, quante: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for numero in range(quante):
        indicatore(piano, f"I{numero}")
    pieno = compilato(foglio(piano), {(riga + 2, "valore"): 1 for riga in range(quante)})
    with django_assert_num_queries(29):
        importa("foglio", piano.azienda, pieno, da=controllo)


def test_un_risultato_a_data_torna_come_giorno(piano: Piano, controllo: Utente) -> None:
    primo = indicatore(piano, "A", "data")
    indicatore(piano, "B", "data")
    indicatore(piano, "C")
    azioni.rileva(primo, anno=2023, frazione="T1", data=date(2023, 3, 1), da=controllo)
    partito = foglio(piano)
    assert load_workbook(BytesIO(partito)).worksheets[0].cell(2, POSTI["data"]).number_format == (
        "DD/MM/YYYY"
    )
    assert conti(importa("foglio", piano.azienda, partito, da=controllo)) == {"uguali": 3}
    celle: Celle = {
        (2, "data"): date(2023, 3, 31), (3, "data"): "2/2/2023", (4, "data"): date(2023, 3, 1),
    }  # fmt: skip
    storto = importa("foglio", piano.azienda, compilato(partito, celle), da=controllo)
    assert errori(storto) == {4: {"data": "Questo indicatore non si misura così."}}
    del celle[4, "data"]
    letto = importa("foglio", piano.azienda, compilato(partito, celle), da=controllo)
    cambiata = letto.righe.get(esito="cambiata")
    assert (cambiata.celle["data"], cambiata.prima) == ("31/03/2023", {"data": "01/03/2023"})
    assert conferma(letto, da=controllo).stato == "confermata"
    giorni = Rilevazione.objects.correnti().order_by("indicatore__codice").values_list("data")
    assert list(giorni) == [(date(2023, 3, 31),), (date(2023, 2, 2),)]
    domani: Celle = {(2, "data"): date(2023, 4, 11)}
    tardi = importa("foglio", piano.azienda, compilato(foglio(piano), domani), da=controllo)
    assert "un risultato futuro non c'è ancora" in errori(tardi)[2]["data"]
