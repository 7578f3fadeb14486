# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bodies of the network brought in from a file."""

import pytest
from django.core.exceptions import PermissionDenied

from conciliazione.models import EdizioneConciliazione, Ente
from piani.models import Importazione, Utente
from tests.factories import UtenteFactory
from tests.factories_conciliazione import EnteFactory
from tests.piani.importazioni.fogli import annulla, conferma, conti, errori, importa, xlsx

pytestmark = pytest.mark.django_db
TESTA = ("Ragione sociale", "Tipologia", "Dimensione", "Addetti", "Codice fiscale", "PEC")
COOP = ["Cooperativa Prova", "no profit", "Piccola (10-49)", 12, "", "prova@pec.example.org"]


def test_gli_enti_nuovi_e_quelli_che_cambiano_si_scrivono_e_si_annullano(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    azienda = edizione.azienda
    vecchio = EnteFactory(azienda=azienda, nome="Impresa Prova", tipo="profit",
                          natura="privata_profit", addetti=5)  # fmt: skip
    foglio = xlsx([TESTA, COOP, ["IMPRESA PROVA", "", "", 7, "", ""]])
    importazione = importa("enti", azienda, foglio, da=ufficio)
    assert conti(importazione) == {"nuove": 1, "cambiate": 1}, errori(importazione)
    conferma(importazione, da=ufficio)
    assert importazione.stato == Importazione.Stato.CONFERMATA, importazione.errore
    nuovo = Ente.objects.get(nome="Cooperativa Prova")
    assert (nuovo.tipo, nuovo.natura, nuovo.dimensione, nuovo.addetti, nuovo.pec) == (
        "non_profit", "privata_non_profit", "piccola", 12, "prova@pec.example.org",
    )  # fmt: skip
    vecchio.refresh_from_db()
    assert (vecchio.tipo, vecchio.addetti) == ("profit", 7)
    annulla(importazione, da=ufficio)
    assert importazione.stato == Importazione.Stato.ANNULLATA, importazione.errore
    vecchio.refresh_from_db()
    assert (vecchio.nome, vecchio.addetti) == ("Impresa Prova", 5)
    assert not Ente.objects.filter(nome="Cooperativa Prova").exists()


def test_lo_stesso_foglio_di_nuovo_non_scrive_niente(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    foglio = xlsx([TESTA, COOP])
    conferma(importa("enti", edizione.azienda, foglio, da=ufficio), da=ufficio)
    assert conti(importa("enti", edizione.azienda, foglio, da=ufficio)) == {"uguali": 1}


def test_ogni_cella_sbagliata_ha_la_sua_frase(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    righe = [
        TESTA,
        ["Uno", "", "", "", "", ""],
        ["Due", "banda", "", "molti", "123", "posta"],
        ["Uno", "profit", "", "", "", ""],
    ]
    trovati = errori(importa("enti", edizione.azienda, xlsx(righe), da=ufficio))
    assert trovati[2] == {"tipo": "Manca: un ente nuovo ha la sua tipologia."}
    assert set(trovati[3]) == {"tipo", "addetti", "codice_fiscale", "pec"}
    assert trovati[4] == {"nome": "Lo stesso ente è già alla riga 2."}


def test_chi_non_guida_la_rete_non_importa(edizione: EdizioneConciliazione) -> None:
    with pytest.raises(PermissionDenied):
        importa("enti", edizione.azienda, xlsx([TESTA, COOP]), da=UtenteFactory())
    assert not Ente.objects.exists()
