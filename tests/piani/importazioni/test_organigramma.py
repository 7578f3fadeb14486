# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft of the chart brought in from a file."""

import pytest
from django.core.exceptions import ValidationError

from piani.models import Azienda, Importazione, Organigramma, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.piani.importazioni.fogli import annulla, conferma, conti, csv_, errori, importa, xlsx

pytestmark = pytest.mark.django_db
TESTA = ("Codice", "Nome", "Tipo", "Codice superiore", "CdR", "Ordine")
FOGLIO = [
    TESTA,
    ["DG", "Direzione generale", "direzione", "", "no", 1],
    ["CARD", "Cardiologia nuova", "Unità operativa complessa", "DG", "sì", 1],
    ["007", "Sette", "ufficio", "DG", "", 2],
]


@pytest.fixture
def chi(azienda: Azienda) -> Utente:
    utente: Utente = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CONTROLLO_GESTIONE).utente
    return utente


@pytest.fixture
def bozza(azienda: Azienda) -> Organigramma:
    bozza: Organigramma = OrganigrammaFactory(azienda=azienda, valido_dal=None)
    UnitaFactory(organigramma=bozza, codice="CARD", nome="Cardiologia")
    UnitaFactory(organigramma=bozza, codice="VIA", nome="Che non c'è più")
    return bozza


def dati(bozza: Organigramma) -> list[tuple[str, str, str, bool]]:
    return [
        (una.codice, una.nome, una.parent.codice if una.parent else "", una.cdr)
        for una in bozza.unita.select_related("parent").order_by("codice")
    ]


def test_la_bozza_diventa_come_il_foglio_e_poi_torna_come_prima(
    azienda: Azienda, bozza: Organigramma, chi: Utente
) -> None:
    prima, resta = dati(bozza), bozza.unita.get(codice="CARD").pk
    importazione = importa(
        "organigramma", azienda, xlsx(FOGLIO), da=chi, ambito={"bozza": bozza.pk}
    )
    assert conti(importazione) == {"nuove": 2, "cambiate": 1, "tolte": 1}
    assert dati(bozza) == prima
    conferma(importazione, da=chi)
    assert importazione.stato == Importazione.Stato.CONFERMATA, importazione.errore
    assert dati(bozza) == [
        ("007", "Sette", "DG", False),
        ("CARD", "Cardiologia nuova", "DG", True),
        ("DG", "Direzione generale", "", False),
    ]
    assert bozza.unita.get(codice="CARD").pk == resta
    annulla(importazione, da=chi)
    assert importazione.stato == Importazione.Stato.ANNULLATA, importazione.errore
    assert dati(bozza) == prima


def test_lo_stesso_foglio_di_nuovo_non_cambia_niente(
    azienda: Azienda, bozza: Organigramma, chi: Utente
) -> None:
    ambito = {"bozza": bozza.pk}
    conferma(importa("organigramma", azienda, xlsx(FOGLIO), da=chi, ambito=ambito), da=chi)
    ancora = importa(
        "organigramma", azienda, csv_(FOGLIO), nome="x.csv", da=chi, ambito=ambito
    )  # fmt: skip
    assert conti(ancora) == {"uguali": 3}


def test_ogni_cella_sbagliata_ha_la_sua_frase(
    azienda: Azienda, bozza: Organigramma, chi: Utente
) -> None:
    righe = [
        TESTA,
        ["A", "Uno", "uoc", "B", "no", 1],
        ["B", "Due", "uoc", "A", "no", 1],
        ["C", "Tre", "reparto", "", "no", 1],
        ["C", "Quattro", "uoc", "ZZ", "forse", 1],
    ]
    sbagliata = importa("organigramma", azienda, xlsx(righe), da=chi, ambito={"bozza": bozza.pk})
    trovati = errori(sbagliata)
    assert trovati[2] == {"superiore": "Risalendo si torna alla stessa unità."}
    assert set(trovati[4]) == {"tipo"}
    assert trovati[5]["codice"] == "È già alla riga 4."
    assert trovati[5]["superiore"] == "Non è il codice di nessuna riga."
    assert trovati[5]["cdr"] == "Si scrive «sì» o «no»."
    with pytest.raises(ValidationError):
        conferma(sbagliata, da=chi)


def test_chi_ha_cambiato_la_bozza_non_perde_cio_che_ha_scritto(
    azienda: Azienda, bozza: Organigramma, chi: Utente
) -> None:
    importazione = importa(
        "organigramma", azienda, xlsx(FOGLIO), da=chi, ambito={"bozza": bozza.pk}
    )
    UnitaOrganizzativa.objects.filter(organigramma=bozza, codice="CARD").update(nome="Altro nome")
    conferma(importazione, da=chi)
    assert importazione.stato == Importazione.Stato.LETTA
    assert conti(importazione)["superate"] == 1
    assert bozza.unita.get(codice="CARD").nome == "Altro nome"


def test_una_bozza_cambiata_dopo_non_si_annulla(
    azienda: Azienda, bozza: Organigramma, chi: Utente
) -> None:
    importazione = importa(
        "organigramma", azienda, xlsx(FOGLIO), da=chi, ambito={"bozza": bozza.pk}
    )
    conferma(importazione, da=chi)
    UnitaOrganizzativa.objects.filter(organigramma=bozza, codice="DG").update(nome="Direzione")
    annulla(importazione, da=chi)
    assert importazione.stato == Importazione.Stato.CONFERMATA
    assert importazione.errore == "Non si annulla: la bozza è stata cambiata dopo l’importazione."
