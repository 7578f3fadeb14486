# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a period as it leaves: its rows, its locks, its rules."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from obiettivi.foglio.colonne import COLONNE
from obiettivi.foglio.righe import righe_dei_cdr, righe_del_piano
from obiettivi.models import Indicatore, Misura, PeriodoChiuso, Rilevazione
from piani.models import Azienda, Piano, Ruolo, UnitaOrganizzativa, Utente
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
    TargetFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
POSTI = {colonna.nome: posto for posto, colonna in enumerate(COLONNE, start=1)}


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: date(2023, 4, 10))


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda)


def misura(piano: Piano, codice: str, **campi: Any) -> Misura:
    una = MisuraFactory(
        obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano, nome="Processi")),
        indicatore=IndicatoreFactory(azienda=piano.azienda, codice=codice, **campi),
    )
    TargetFactory(misura=una, anno=2023, stampato="≥ 96%")
    return una


def aperto(contenuto: bytes) -> Worksheet:
    return load_workbook(BytesIO(contenuto)).worksheets[0]


def scarica(client: Client, piano: Piano) -> Worksheet:
    risposta = client.get(
        reverse("foglio_piano_xlsx", args=[piano.slug]), {"anno": "2023", "frazione": "T1"}
    )
    assert risposta["Content-Disposition"] == (
        f'attachment; filename="risultati-{piano.slug}-2023-T1.xlsx"'
    )
    return aperto(risposta.content)


def cella(foglio: Worksheet, riga: int, nome: str) -> Any:
    return foglio.cell(riga, POSTI[nome])


def test_le_chiavi_sono_bloccate_e_si_scrive_solo_cio_che_l_indicatore_prende(
    piano: Piano, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    rapporto = misura(piano, "A", tipo_formula="rapporto").indicatore
    misura(piano, "B", tipo_formula="si_no", unita="")
    misura(piano, "C", tipo_formula="data", unita="")
    una = RilevazioneFactory(
        indicatore=rapporto, anno=2023, frazione="T1", valore=None, numeratore=Decimal("1205.5"),
        denominatore=2000, testo="=1+1",
    )  # fmt: skip
    foglio = scarica(entra(controllo), piano)
    assert foglio.protection.sheet
    assert foglio.freeze_panes == "D2"
    assert [foglio.column_dimensions[lettera].hidden for lettera in "ABC"] == [True, True, False]
    assert foglio.print_title_rows == "$1:$1"
    assert cella(foglio, 2, "chiave").value == f"2023-T1/{rapporto.pk}/0/"
    assert cella(foglio, 2, "versione").value == una.pk
    assert cella(foglio, 2, "numeratore").value == 1205.5
    assert cella(foglio, 2, "numeratore").number_format == "#,##0.00##"
    assert cella(foglio, 2, "atteso").value == "≥ 96%"
    nota = cella(foglio, 2, "testo")
    assert (nota.value, nota.data_type, nota.quotePrefix) == ("=1+1", "s", True)
    assert _aperte(foglio, 2) == {
        "stato", "valore", "numeratore", "denominatore", "testo",
    }  # fmt: skip
    assert _aperte(foglio, 3) == {"stato", "valore", "testo"}
    assert _aperte(foglio, 4) == {"stato", "data", "testo"}
    (regola,) = [una for una in foglio.data_validations.dataValidation if una.type == "date"]
    assert (str(regola.sqref), regola.formula1, regola.formula2) == ("Q4", "36526", "TODAY()")


def _aperte(foglio: Worksheet, riga: int) -> set[str]:
    return {nome for nome in POSTI if not cella(foglio, riga, nome).protection.locked}


def test_ogni_cella_aperta_ha_la_regola_del_suo_genere(
    piano: Piano, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    misura(piano, "A", tipo_formula="diretto")
    misura(piano, "B", tipo_formula="si_no", unita="")
    misura(piano, "C", tipo_formula="diretto")
    foglio = scarica(entra(controllo), piano)
    regole = {
        " ".join(sorted(str(una.sqref).split())): (una.type, una.formula1, una.showErrorMessage)
        for una in foglio.data_validations.dataValidation
    }
    assert regole["M2 M4"] == ("decimal", "-99999999999", True)
    assert regole["M3"] == ("list", '"sì,no"', True)
    assert regole["L2:L4"] == ("list", '"Rilevato,Mancante,Non applicabile"', True)
    assert regole["P2 P4"] == ("decimal", "0", True)
    assert regole["R2:R4"] == ("textLength", "2000", True)


def test_un_indicatore_di_due_obiettivi_ha_una_riga_e_ogni_sede_la_sua(piano: Piano) -> None:
    una = misura(piano, "A")
    MisuraFactory(obiettivo=misura(piano, "B").obiettivo, indicatore=una.indicatore)
    prima = RilevazioneFactory(
        indicatore=una.indicatore, anno=2022, frazione="T4", sede="Crema", valore=3
    )
    righe = righe_del_piano(piano, anno=2023, frazione="T1")
    assert [(riga.indicatore.codice, riga.chiave.sede, riga.prima) for riga in righe] == [
        ("A", "", None),
        ("A", "Crema", prima),
        ("B", "", None),
    ]


@pytest.fixture
def unita(azienda: Azienda) -> UnitaOrganizzativa:
    return UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda), cdr=True)


def riga_di(unita: UnitaOrganizzativa, indicatore: Indicatore, **campi: Any) -> None:
    scheda = SchedaFactory(
        azienda=indicatore.azienda, anno=2023, unita=unita,
        stato=campi.pop("stato", "in_monitoraggio"),
    )  # fmt: skip
    RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), indicatore=indicatore, **campi)


def test_ognuno_trova_nel_foglio_i_cdr_per_cui_prende_risultati(
    azienda: Azienda, unita: UnitaOrganizzativa, controllo: Utente
) -> None:
    altra = UnitaFactory(organigramma=unita.organigramma, cdr=True)
    ferma = UnitaFactory(organigramma=unita.organigramma, cdr=True)
    certificato = IndicatoreFactory(azienda=azienda, rilevatore=ferma)
    riga_di(unita, certificato)
    riga_di(altra, IndicatoreFactory(azienda=azienda))
    riga_di(ferma, certificato, stato="sottoscritta")

    def trova(chi: Utente) -> set[int | None]:
        righe = righe_dei_cdr(azienda, anno=2023, frazione="T1", utente=chi)
        return {riga.chiave.unita for riga in righe}

    def con(ruolo: Ruolo, dove: UnitaOrganizzativa) -> Utente:
        return IncaricoFactory(azienda=azienda, ruolo=ruolo, unita=dove).utente

    assert trova(controllo) == {unita.pk, altra.pk}
    assert trova(con(Ruolo.RESPONSABILE_CDR, altra)) == {altra.pk}
    assert trova(con(Ruolo.RILEVATORE, ferma)) == {unita.pk}
    assert trova(con(Ruolo.DIPENDENTE, unita)) == set()


def test_il_nucleo_non_scarica_il_foglio_e_chi_guida_un_cdr_non_ha_quello_del_piano(
    piano: Piano, unita: UnitaOrganizzativa, entra: Callable[[Utente], Client]
) -> None:
    azienda = piano.azienda
    guida = entra(
        IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=unita).utente
    )
    riga_di(unita, IndicatoreFactory(azienda=azienda))
    assert guida.get(reverse("foglio_piano", args=[piano.slug])).status_code == 403
    assert guida.get(reverse("foglio_cdr", args=[azienda.codice])).context["quante"] == 1
    nucleo = entra(IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente)
    assert nucleo.get(reverse("foglio_cdr_xlsx", args=[azienda.codice])).status_code == 403


def test_la_pagina_dice_quante_righe_e_se_il_periodo_e_chiuso(
    piano: Piano, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    una = misura(piano, "A")
    misura(piano, "B")
    RilevazioneFactory(indicatore=una.indicatore, anno=2023, frazione="T1")
    PeriodoChiuso.objects.create(azienda=piano.azienda, anno=2023, frazione="S1")
    pagina = entra(controllo).get(reverse("foglio_piano", args=[piano.slug]))
    contesto = pagina.context
    assert (contesto["quante"], contesto["mancano"]) == (2, 1)
    assert contesto["form"].scelto == {"anno": 2023, "frazione": "T1"}
    assert "Il periodo è chiuso ai nuovi risultati (1° semestre 2023)" in pagina.content.decode()
    assert Rilevazione.objects.count() == 1


@pytest.mark.parametrize("quante", [1, 3])
def test_le_interrogazioni_non_crescono_con_le_righe(
    piano: Piano,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    quante: int,
    django_assert_max_num_queries: Any,
) -> None:
    for numero in range(quante):
        misura(piano, f"I{numero}")
    client = entra(controllo)
    with django_assert_max_num_queries(12):
        scarica(client, piano)
