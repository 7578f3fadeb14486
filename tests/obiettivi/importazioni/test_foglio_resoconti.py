# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a CdR reports of a quarter, in the columns of its sheet: out, filled, in again."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from obiettivi import azioni
from obiettivi.foglio.colonne import COLONNE, DEL_RESOCONTO, RENDICONTATE
from obiettivi.foglio.righe import righe_dei_cdr
from obiettivi.foglio.scrittura import rende_foglio
from obiettivi.models import AreaScheda, Rendicontazione, RigaScheda, Rilevazione, SchedaBudget
from piani.models import Azienda, Ruolo, Utente
from tests.factories import (
    AreaSchedaFactory,
    FinestraFactory,
    IncaricoFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
)
from tests.obiettivi.schede.rendicontazione.passi import OGGI, bozza, guida, il_giorno
from tests.piani.importazioni.fogli import annulla, conferma, conti, errori, importa

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
POSTI = {colonna.nome: posto for posto, colonna in enumerate((*COLONNE, *DEL_RESOCONTO), start=1)}
SCRITTE = {colonna.nome for colonna in RENDICONTATE}
Celle = dict[tuple[int, str], Any]


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    il_giorno(monkeypatch, OGGI)


@pytest.fixture
def scheda(azienda: Azienda) -> SchedaBudget:
    FinestraFactory(azienda=azienda, anno=2023, apre=date(2023, 4, 1), scade=date(2023, 4, 20))
    fatta: SchedaBudget = SchedaFactory(azienda=azienda, anno=2023, stato="in_monitoraggio")
    return fatta


@pytest.fixture
def riga(scheda: SchedaBudget) -> RigaScheda:
    fatta: RigaScheda = RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda))
    return fatta


@pytest.fixture
def capo(scheda: SchedaBudget) -> Utente:
    return guida(scheda.unita)


def foglio(chi: Utente, azienda: Azienda, frazione: str = "T1") -> bytes:
    righe = righe_dei_cdr(azienda, anno=2023, frazione=frazione, utente=chi)
    return rende_foglio(righe, titolo="Prova", generatore="Albero")


def compilato(contenuto: bytes, celle: Celle) -> bytes:
    cartella = load_workbook(BytesIO(contenuto))
    for (posto, nome), valore in celle.items():
        cartella.worksheets[0].cell(posto, POSTI[nome]).value = valore
    uscita = BytesIO()
    cartella.save(uscita)
    return uscita.getvalue()


def aperte(contenuto: bytes, posto: int = 2) -> set[str]:
    pagina = load_workbook(BytesIO(contenuto)).worksheets[0]
    celle = {nome: pagina.cell(posto, POSTI[nome]) for nome in POSTI}
    return {nome for nome, cella in celle.items() if not cella.protection.locked} & SCRITTE


TUTTE: Celle = {
    (2, "azioni"): "Aperto un ambulatorio.\nAssunto un medico.",
    (2, "provvedimenti"): "Del. 7/2023",
    (2, "criticita"): "- attese lunghe",
    (2, "raggiungibile"): "no",
    (2, "motivo"): "Mancano spazi",
    (2, "dichiarato"): 62.5,
}


def test_esce_la_bozza_che_c_e_e_torna_uguale(riga: RigaScheda, capo: Utente) -> None:
    bozza(riga, capo, azioni="  Riga uno \r\nriga due  ")
    partito = foglio(capo, capo.incarichi.get().azienda)
    pagina = load_workbook(BytesIO(partito)).worksheets[0]
    detti = {nome: pagina.cell(2, POSTI[nome]).value for nome in SCRITTE}
    assert detti == {
        "azioni": "Riga uno\nriga due", "provvedimenti": None, "criticita": "Un medico in meno.",
        "raggiungibile": "sì", "motivo": None, "dichiarato": 80.5,
    }  # fmt: skip
    assert aperte(partito) == SCRITTE
    lettera = pagina.cell(1, POSTI["resoconto"]).column_letter
    assert pagina.column_dimensions[lettera].hidden
    letto = importa("foglio", riga.area.scheda.azienda, partito, da=capo)
    assert (letto.errore, conti(letto), errori(letto)) == ("", {"uguali": 1}, {})


def test_si_compila_risultato_e_resoconto_insieme_e_si_torna_indietro(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    pieno = compilato(foglio(capo, azienda), TUTTE | {(2, "valore"): 91})
    letto = importa("foglio", azienda, pieno, da=capo)
    assert (letto.errore, conti(letto), errori(letto)) == ("", {"nuove": 1}, {})
    assert letto.righe.get().celle["dichiarato"] == "62,5"
    assert not Rendicontazione.objects.exists()
    assert conferma(letto, da=capo).stato == "confermata", letto.errore
    assert "1 rendicontazione salvata in bozza" in " ".join(letto.effetti)
    questa = Rendicontazione.objects.get()
    assert (questa.stato, questa.frazione, questa.scritta_da) == ("bozza", "T1", capo)
    assert (questa.azioni, questa.provvedimenti, questa.criticita, questa.motivo) == (
        "Aperto un ambulatorio.\nAssunto un medico.", "Del. 7/2023", "- attese lunghe",
        "Mancano spazi",
    )  # fmt: skip
    assert (questa.raggiungibile, questa.dichiarato) == (False, Decimal("62.5"))
    assert Rilevazione.objects.correnti().get().valore == 91
    assert conti(importa("foglio", azienda, foglio(capo, azienda), da=capo)) == {"uguali": 1}
    assert annulla(letto, da=capo).stato == "annullata", letto.errore
    questa.refresh_from_db()
    assert (questa.azioni, questa.dichiarato, questa.raggiungibile) == ("", None, None)
    assert not Rilevazione.objects.correnti().exists()


def test_il_solo_resoconto_cambia_e_le_cifre_della_bozza_restano(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    bozza(riga, capo)
    celle: Celle = {(2, "criticita"): None, (2, "dichiarato"): 90}
    letto = importa("foglio", azienda, compilato(foglio(capo, azienda), celle), da=capo)
    cambiata = letto.righe.get(esito="cambiata")
    assert (cambiata.celle["dichiarato"], cambiata.prima) == (
        "90", {"criticita": "Un medico in meno.", "dichiarato": "80,5"},
    )  # fmt: skip
    assert conferma(letto, da=capo).stato == "confermata", letto.errore
    questa = Rendicontazione.objects.get()
    assert (questa.criticita, questa.dichiarato, questa.cifre["valore"]) == ("", 90, "96.5")
    assert not Rilevazione.objects.exists()
    assert annulla(letto, da=capo).stato == "annullata", letto.errore
    questa.refresh_from_db()
    assert (questa.criticita, questa.dichiarato) == ("Un medico in meno.", Decimal("80.5"))


def test_cio_che_ha_salvato_un_altro_si_vede_e_non_si_sovrascrive(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    bozza(riga, capo)
    partito = foglio(capo, azienda)
    azioni.salva_rendicontazione(
        riga, frazione="T1", resoconto=azioni.Resoconto(azioni="Di un altro"),
        visto=Rendicontazione.objects.get().impronta, da=None,
    )  # fmt: skip
    assert conti(importa("foglio", azienda, partito, da=capo)) == {"uguali": 1}  # not touched
    celle: Celle = {(2, "azioni"): "Mie", (2, "valore"): 5}
    letto = importa("foglio", azienda, compilato(partito, celle), da=capo)
    assert conti(letto) == {"superate": 1}
    superata = letto.righe.get()
    assert (superata.celle["azioni"], superata.prima["azioni"]) == ("Mie", "Di un altro")
    assert Rendicontazione.objects.get().azioni == "Di un altro"
    assert not Rilevazione.objects.exists()


def test_chi_salva_dopo_l_anteprima_ferma_tutto(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    pieno = compilato(foglio(capo, azienda), {(2, "azioni"): "Mie", (2, "valore"): 5})
    letto = importa("foglio", azienda, pieno, da=capo)
    bozza(riga, None)
    fermo = conferma(letto, da=capo)
    assert (fermo.stato, conti(fermo)) == ("letta", {"superate": 1})
    assert not Rilevazione.objects.exists()  # all, or nothing
    assert Rendicontazione.objects.get().azioni == "Aperto un ambulatorio in più."


def test_ogni_errore_e_nella_sua_cella_e_non_si_scrive_niente(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    RigaSchedaFactory(area=riga.area)
    celle: Celle = {
        (2, "dichiarato"): 120, (2, "raggiungibile"): "forse", (2, "azioni"): "x" * 10_001,
        (3, "azioni"): "Va bene",
    }  # fmt: skip
    letto = importa("foglio", azienda, compilato(foglio(capo, azienda), celle), da=capo)
    assert set(errori(letto)[2]) == {"dichiarato", "raggiungibile", "azioni"}
    assert errori(letto)[2]["azioni"] == "Al massimo 10000 caratteri."
    with pytest.raises(ValidationError, match="righe da correggere"):
        conferma(letto, da=capo)
    assert not Rendicontazione.objects.exists()


def test_cio_che_e_trasmesso_esce_chiuso_e_non_si_cambia(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    partito = foglio(capo, azienda)
    azioni.trasmetti(bozza(riga, capo), da=capo)
    assert aperte(foglio(capo, azienda)) == set()
    letto = importa("foglio", azienda, compilato(partito, {(2, "azioni"): "Dopo"}), da=capo)
    assert "già stata trasmessa" in errori(letto)[2][""]


def test_scrive_chi_guida_il_cdr_e_legge_chi_puo(
    riga: RigaScheda, capo: Utente, azienda: Azienda, controllo: Utente
) -> None:
    bozza(riga, capo)
    altra = UnitaFactory(organigramma=riga.area.scheda.unita.organigramma, cdr=True)
    estraneo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=altra).utente
    partito = foglio(capo, azienda)
    # The controllo di gestione takes results, and neither reads a draft nor writes it.
    del_controllo = foglio(controllo, azienda)
    assert load_workbook(BytesIO(del_controllo)).worksheets[0].max_column == len(COLONNE)
    mio = compilato(partito, {(2, "azioni"): "Di un altro ufficio"})
    negato = errori(importa("foglio", azienda, mio, da=controllo))[2]
    assert negato == {"": "Ciò che si rendiconta lo scrive chi guida il centro di responsabilità."}
    assert "chiave" in errori(importa("foglio", azienda, mio, da=estraneo))[2]
    assert Rendicontazione.objects.get().azioni == "Aperto un ambulatorio in più."


def test_il_segno_di_un_altra_riga_non_si_legge(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    altra = RigaSchedaFactory(area=riga.area)
    celle: Celle = {(2, "resoconto"): f"{altra.pk}//0", (2, "azioni"): "X"}
    letto = importa("foglio", azienda, compilato(foglio(capo, azienda), celle), da=capo)
    assert errori(letto)[2] == {
        "resoconto": "Il resoconto non è di questa riga: scarica di nuovo il foglio."
    }


def test_un_indicatore_in_due_righe_ha_un_risultato_e_due_resoconti(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    altra = RigaSchedaFactory(area=riga.area, indicatore=riga.indicatore)
    partito = foglio(capo, azienda)
    pagina = load_workbook(BytesIO(partito)).worksheets[0]
    assert pagina.cell(3, POSTI["valore"]).protection.locked
    assert aperte(partito, 3) == SCRITTE
    celle: Celle = {(2, "valore"): 91, (2, "azioni"): "Una", (3, "azioni"): "Altra"}
    letto = importa("foglio", azienda, compilato(partito, celle), da=capo)
    assert (conti(letto), errori(letto)) == ({"nuove": 2}, {})
    assert conferma(letto, da=capo).stato == "confermata", letto.errore
    detti = Rendicontazione.objects.values_list("riga", "azioni")
    assert set(detti) == {(riga.pk, "Una"), (altra.pk, "Altra")}
    assert Rilevazione.objects.get().valore == 91
    storte: Celle = {(3, "valore"): 7}
    letto = importa("foglio", azienda, compilato(partito, storte), da=capo)
    assert errori(letto)[3] == {"chiave": "Questa riga c'è già, più in alto."}
    segno = pagina.cell(2, POSTI["resoconto"]).value
    doppio = compilato(partito, {(3, "resoconto"): segno, (3, "azioni"): "Due volte"})
    assert errori(importa("foglio", azienda, doppio, da=capo))[3] == {
        "resoconto": "Questa riga c'è già, più in alto."
    }


def test_si_rendiconta_per_trimestre_e_non_gli_adempimenti(
    riga: RigaScheda, capo: Utente, azienda: Azienda
) -> None:
    def colonne(frazione: str) -> int:
        contenuto = foglio(capo, azienda, frazione)
        return int(load_workbook(BytesIO(contenuto)).worksheets[0].max_column)

    assert (colonne("T1"), colonne("S1")) == (len(POSTI), len(COLONNE))
    assert colonne("T3") == len(COLONNE)  # not begun
    AreaScheda.objects.update(tipo=AreaScheda.Tipo.ADEMPIMENTI)
    assert colonne("T1") == len(COLONNE)


@pytest.mark.parametrize("quante", [1, 3])
def test_uscire_e_tornare_costa_lo_stesso_con_una_riga_e_con_tre(
    riga: RigaScheda, capo: Utente, azienda: Azienda, quante: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    RigaSchedaFactory.create_batch(quante - 1, area=riga.area)
    with django_assert_num_queries(21):
        righe_dei_cdr(azienda, anno=2023, frazione="T1", utente=capo)
    celle: Celle = {(posto + 2, "azioni"): "Fatto" for posto in range(quante)}
    pieno = compilato(foglio(capo, azienda), celle)
    with django_assert_num_queries(42):
        importa("foglio", azienda, pieno, da=capo)
