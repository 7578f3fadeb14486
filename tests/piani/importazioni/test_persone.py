# SPDX-License-Identifier: AGPL-3.0-or-later
"""People brought in from a file."""

from datetime import date

import pytest

from piani.models import Azienda, Importazione, Incarico, Ruolo, Utente
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.piani.importazioni.fogli import conferma, conti, errori, importa, xlsx

pytestmark = pytest.mark.django_db
TESTA = ("Cognome", "Nome", "E-mail", "Incarico", "Struttura", "Dal", "Al")
ADA = ["Prova", "Ada", "ada@example.org", "responsabile_cdr", "CARD", date(2026, 1, 1), ""]


@pytest.fixture
def amministratore(azienda: Azienda) -> Utente:
    UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda), codice="CARD")
    utente: Utente = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente
    return utente


def test_le_persone_nuove_si_vedono_e_poi_si_scrivono(
    azienda: Azienda, amministratore: Utente
) -> None:
    anche = ["Prova", "Ada", "ada@example.org", "nucleo", "", "01/02/2026", ""]
    foglio = xlsx([TESTA, ADA, anche])
    importazione = importa(
        "persone", azienda, foglio, da=amministratore, ambito={"spedisci": False}
    )
    assert conti(importazione) == {"nuove": 2}, errori(importazione)
    assert not Utente.objects.filter(email="ada@example.org").exists()
    conferma(importazione, da=amministratore)
    assert importazione.stato == Importazione.Stato.CONFERMATA, importazione.errore
    ada = Utente.objects.get(email="ada@example.org")
    assert list(
        Incarico.objects.filter(utente=ada).order_by("dal").values_list("ruolo", "unita__codice")
    ) == [("responsabile_cdr", "CARD"), ("nucleo", None)]


def test_lo_stesso_foglio_di_nuovo_non_scrive_niente(
    azienda: Azienda, amministratore: Utente
) -> None:
    foglio = xlsx([TESTA, ADA])
    conferma(importa("persone", azienda, foglio, da=amministratore), da=amministratore)
    assert conti(importa("persone", azienda, foglio, da=amministratore)) == {"uguali": 1}


def test_ogni_cella_sbagliata_ha_la_sua_frase(azienda: Azienda, amministratore: Utente) -> None:
    righe = [
        TESTA,
        ["Prova", "Ada", "non-è-una-posta", "responsabile_cdr", "", date(2026, 1, 1), ""],
        ["Prova", "", "bruno@example.org", "papa", "", "ieri", ""],
        ["Prova", "Carla", "carla@example.org", "nucleo", "ZZ", "01/02/2026", "01/01/2026"],
    ]
    trovati = errori(importa("persone", azienda, xlsx(righe), da=amministratore))
    assert trovati[2] == {"email": "Non è un indirizzo di posta."}
    assert set(trovati[3]) == {"nome", "ruolo", "dal"}
    assert trovati[4]["al"] == "Viene prima di «dal»."
    assert set(trovati[4]) == {"al", "unita"}
