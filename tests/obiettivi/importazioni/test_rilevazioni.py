# SPDX-License-Identifier: AGPL-3.0-or-later
"""Results brought in from a file with a row for each: compared, written, taken back."""

from decimal import Decimal

import pytest

from obiettivi import azioni as azioni_obiettivi
from obiettivi.models import Indicatore, Rilevazione
from piani.models import Azienda, Importazione, Utente
from tests.factories import IndicatoreFactory, OrganigrammaFactory, UnitaFactory
from tests.piani.importazioni.fogli import annulla, conferma, conti, csv_, errori, importa, xlsx

pytestmark = pytest.mark.django_db
TESTA = ("Codice indicatore", "CdR", "Anno", "Periodo", "Consuntivo", "Note")


@pytest.fixture
def indicatore(azienda: Azienda) -> Indicatore:
    return IndicatoreFactory(azienda=azienda, codice="IND-01", nome="Tempo medio di attesa")


def correnti(azienda: Azienda) -> list[tuple[str, int, str, Decimal | None]]:
    return list(
        Rilevazione.objects.correnti()
        .filter(indicatore__azienda=azienda)
        .order_by("indicatore__codice", "anno", "frazione", "unita")
        .values_list("indicatore__codice", "anno", "frazione", "valore")
    )


def test_i_risultati_nuovi_si_vedono_e_poi_si_scrivono(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    foglio = xlsx([TESTA, ["IND-01", "", 2024, "1° trimestre", "87,5", "provvisorio"],
                   ["ind-01", "", 2024, "II trim", 91, ""]])  # fmt: skip
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    assert importazione.stato == Importazione.Stato.LETTA, importazione.errore
    assert conti(importazione) == {"nuove": 2}
    assert correnti(azienda) == []
    conferma(importazione, da=controllo)
    assert importazione.stato == Importazione.Stato.CONFERMATA, importazione.errore
    assert correnti(azienda) == [
        ("IND-01", 2024, "T1", Decimal("87.5")),
        ("IND-01", 2024, "T2", Decimal("91")),
    ]
    prima = Rilevazione.objects.get(frazione="T1")
    assert prima.origine == "prova.xlsx, foglio Dati, riga 2"
    assert (prima.testo, prima.dichiarata_da, prima.importazione) == (
        "provvisorio", controllo, importazione,
    )  # fmt: skip


def test_lo_stesso_file_di_nuovo_non_scrive_niente(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    foglio = xlsx([TESTA, ["IND-01", "", 2024, "T1", "87,5", ""]])
    conferma(importa("rilevazioni", azienda, foglio, da=controllo), da=controllo)
    ancora = importa("rilevazioni", azienda, foglio, nome="altro nome.xlsx", da=controllo)
    assert conti(ancora) == {"uguali": 1}
    assert not ancora.confermabile


def test_annullare_rimette_i_risultati_di_prima(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    azioni_obiettivi.rileva(
        indicatore, anno=2024, frazione="T1", valore=Decimal(80), origine="a mano", da=controllo
    )
    foglio = xlsx([TESTA, ["IND-01", "", 2024, "T1", 85, ""], ["IND-01", "", 2024, "T2", 91, ""]])
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    assert conti(importazione) == {"nuove": 1, "cambiate": 1}
    assert importazione.righe.get(esito="cambiata").prima["valore"] == "80"
    conferma(importazione, da=controllo)
    annulla(importazione, da=controllo)
    assert importazione.stato == Importazione.Stato.ANNULLATA, importazione.errore
    assert correnti(azienda) == [("IND-01", 2024, "T1", Decimal(80))]
    rimessa = Rilevazione.objects.correnti().get()
    assert rimessa.origine == "a mano"
    assert Rilevazione.objects.count() == 4


def test_non_si_annulla_cio_che_e_cambiato_dopo(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    foglio = xlsx([TESTA, ["IND-01", "", 2024, "T1", 85, ""], ["IND-01", "", 2024, "T2", 91, ""]])
    importazione = conferma(importa("rilevazioni", azienda, foglio, da=controllo), da=controllo)
    azioni_obiettivi.rileva(indicatore, anno=2024, frazione="T2", valore=Decimal(92), da=controllo)
    annulla(importazione, da=controllo)
    assert importazione.stato == Importazione.Stato.CONFERMATA
    assert importazione.errore == (
        "Non si annulla niente: dopo l'importazione qualcuno ha scritto gli stessi risultati "
        "(IND-01, 2024 2° trimestre)."
    )
    assert len(correnti(azienda)) == 2


def test_cio_che_cambia_dopo_l_anteprima_si_mostra_e_non_si_scrive(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    foglio = xlsx([TESTA, ["IND-01", "", 2024, "T1", 85, ""], ["IND-01", "", 2024, "T2", 91, ""]])
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    azioni_obiettivi.rileva(indicatore, anno=2024, frazione="T2", valore=Decimal(92), da=controllo)
    conferma(importazione, da=controllo)
    assert importazione.stato == Importazione.Stato.LETTA
    assert conti(importazione) == {"nuove": 1, "superate": 1}
    assert importazione.righe.get(esito="superata").riga == 3
    conferma(importazione, da=controllo)
    assert correnti(azienda) == [
        ("IND-01", 2024, "T1", Decimal(85)),
        ("IND-01", 2024, "T2", Decimal(92)),
    ]


def test_ogni_cella_sbagliata_ha_la_sua_frase_e_non_si_scrive_niente(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    foglio = csv_([TESTA, ["IND-01", "", "2024", "T1", "1.205", ""],
                   ["ALTRO", "", "2024", "T1", "3", ""],
                   ["IND-01", "Cardio", "2024", "T7", "3", "=CMD()"],
                   ["IND-01", "", "2024", "T2", "4", ""],
                   ["IND-01", "", "2024", "T2", "5", ""],
                   ["", "", "2024", "T3", "5", ""]])  # fmt: skip
    importazione = importa("rilevazioni", azienda, foglio, nome="prova.csv", da=controllo)
    assert conti(importazione) == {"nuove": 1, "sbagliate": 5}
    assert errori(importazione) == {
        2: {"valore": "«1.205» può essere 1205 o 1,205: scriverlo in uno dei due modi."},
        3: {"codice": "Nessun indicatore dell'azienda ha questo codice."},
        4: {
            "periodo": "Periodo sconosciuto: si scrive «anno», «T1»…«T4» o «1° trimestre», "
            "«S1», «S2».",
            "testo": "Sembra una formula: scrivere il testo, senza «=» o «@» davanti.",
            "unita": "Nessuna unità dell'organigramma del 2024 ha questo codice o nome.",
        },
        6: {"": "Lo stesso risultato è già alla riga 5."},
        7: {"codice": "Manca: di quale indicatore è il risultato?"},
    }
    with pytest.raises(Exception, match="righe da correggere"):
        conferma(importazione, da=controllo)


def test_chi_scrive_che_il_dato_non_c_e_lascia_un_mancante(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    foglio = xlsx([TESTA, ["IND-01", "", 2024, "T1", "n.d.", ""],
                   ["IND-01", "", 2024, "T2", "-", ""],
                   ["IND-01", "", 2024, "T3", "", ""],
                   ["IND-01", "", 2024, "T4", "non applicabile", "reparto chiuso"]])  # fmt: skip
    importazione = conferma(importa("rilevazioni", azienda, foglio, da=controllo), da=controllo)
    assert conti(importazione) == {"nuove": 3, "uguali": 1}
    assert list(
        Rilevazione.objects.order_by("frazione").values_list("frazione", "stato", "testo")
    ) == [
        ("T1", "mancante", ""),
        ("T2", "mancante", ""),
        ("T4", "non_applicabile", "reparto chiuso"),
    ]


def test_il_cdr_si_dice_per_codice_o_per_nome(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    chart = OrganigrammaFactory(azienda=azienda)
    una = UnitaFactory(organigramma=chart, codice="C1", nome="UOC Cardiologia")
    UnitaFactory(organigramma=chart, codice="C2", nome="Chirurgia")
    UnitaFactory(organigramma=chart, codice="C3", nome="Chirurgia")
    foglio = xlsx([TESTA, ["IND-01", "c1", 2024, "T1", 1, ""],
                   ["IND-01", "Uoc  cardiologia", 2024, "T2", 2, ""],
                   ["IND-01", "Chirurgia", 2024, "T2", 2, ""]])  # fmt: skip
    importazione = importa("rilevazioni", azienda, foglio, da=controllo)
    assert conti(importazione) == {"nuove": 2, "sbagliate": 1}
    assert errori(importazione) == {
        4: {"unita": "Più unità si chiamano così: scrivere il codice (C2, C3)."}
    }
    righe = importazione.righe.filter(esito="nuova")
    assert {riga.dati["k"][1] for riga in righe} == {una.pk}


def test_un_file_completo_toglie_cio_che_non_dice_piu_e_annullando_torna(
    azienda: Azienda, indicatore: Indicatore, controllo: Utente
) -> None:
    for frazione, valore in (("T1", 1), ("T2", 2)):
        azioni_obiettivi.rileva(
            indicatore, anno=2024, frazione=frazione, valore=Decimal(valore), da=controllo
        )
    altro = IndicatoreFactory(azienda=azienda, codice="IND-02")
    azioni_obiettivi.rileva(altro, anno=2024, frazione="T1", valore=Decimal(5), da=controllo)
    foglio = xlsx([TESTA, ["IND-01", "", 2024, "T1", 1, ""]])
    importazione = importa("rilevazioni", azienda, foglio, ambito={"completo": True}, da=controllo)
    assert conti(importazione) == {"uguali": 1, "tolte": 1}
    assert importazione.righe.get(esito="tolta").chiave == "IND-02, 2024 1° trimestre"
    conferma(importazione, da=controllo)
    assert [riga[0] for riga in correnti(azienda)] == ["IND-01", "IND-01"]
    annulla(importazione, da=controllo)
    assert importazione.errore == ""
    assert [riga[0] for riga in correnti(azienda)] == ["IND-01", "IND-01", "IND-02"]
