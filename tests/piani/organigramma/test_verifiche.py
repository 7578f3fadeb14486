# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with the chart on a day, each item with where it is mended."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from piani import azioni
from piani.azioni import Parte
from piani.models import Azienda, Organigramma, Piano, Ruolo, Utente
from piani.organigramma.verifiche import raccogli
from tests.factories import (
    AreaFactory,
    IncaricoFactory,
    ObiettivoFactory,
    PianoFactory,
    UnitaFactory,
)
from tests.piani.organigramma.struttura import DAL, Struttura, in_versione

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
OGGI, DOPO = date(2024, 6, 1), date(2025, 6, 1)


def trovate(azienda: Azienda, giorno: date = OGGI) -> dict[str, list[str]]:
    """The sentences of each check that found something."""
    return {
        verifica.chiave: [mancanza.testo for mancanza in verifica.mancanze]
        for verifica in raccogli(azienda, giorno)
        if verifica.mancanze
    }


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda, anno_inizio=2023, anno_fine=2025)


@pytest.fixture
def in_ordine(struttura: Struttura, piano: Piano) -> Struttura:
    """Each CdR with its head and an objective."""
    area = AreaFactory(piano=piano)
    for codice in ("CAR", "PNE"):
        struttura.incarico(codice, utente__last_name=f"Capo {codice}")
    ObiettivoFactory(area=area, responsabile=struttura.unita("CAR"))
    ObiettivoFactory(area=area).contributrici.add(struttura.unita("PNE"))
    return struttura


def test_un_organigramma_in_ordine_non_ha_segnalazioni(in_ordine: Struttura) -> None:
    assert trovate(in_ordine.azienda) == {}


def test_senza_organigramma_non_c_e_niente_da_dire(azienda: Azienda) -> None:
    assert trovate(azienda) == {}


def test_i_cdr_senza_responsabile_dicono_chi_risponde(in_ordine: Struttura) -> None:
    in_ordine.unita("CAR").incarichi.update(al=date(2023, 12, 31))
    assert trovate(in_ordine.azienda) == {
        "senza-responsabile": ["Cardiologia: nessuno risponde, nemmeno più in alto."]
    }
    in_ordine.incarico("DIP", utente__first_name="Livia", utente__last_name="Alta")
    assert trovate(in_ordine.azienda) == {
        "senza-responsabile": ["Cardiologia: risponde Livia Alta (Dipartimento Medico)."]
    }


def test_due_responsabili_e_unita_senza_superiore(in_ordine: Struttura) -> None:
    in_ordine.incarico("CAR", utente__first_name="Nuovo", utente__last_name="Capo", dal=DAL)
    sola = UnitaFactory(organigramma=in_ordine.versione, codice="SOLA", nome="Sola", ordine=0)
    esito = trovate(in_ordine.azienda, DOPO)
    assert esito == {
        "due-responsabili": ["Cardiologia: Nuovo Capo, Persona Capo CAR."],
        "senza-superiore": ["Sola non sta sotto nessuna."],
    }
    (verifica,) = [v for v in raccogli(in_ordine.azienda, OGGI) if v.chiave == "senza-superiore"]
    assert verifica.mancanze[0].url == sola.get_absolute_url()


def test_persone_senza_unita(in_ordine: Struttura) -> None:
    IncaricoFactory(
        azienda=in_ordine.azienda,
        ruolo=Ruolo.RILEVATORE,
        utente__first_name="Rita",
        utente__last_name="Rileva",
    )
    IncaricoFactory(azienda=in_ordine.azienda, ruolo=Ruolo.NUCLEO)
    assert trovate(in_ordine.azienda) == {
        "persone-senza-unita": ["Rita Rileva, Rilevatore (UO certificatrice)."]
    }


def test_cdr_senza_obiettivi_nei_piani_dell_anno(in_ordine: Struttura, piano: Piano) -> None:
    UnitaFactory(
        organigramma=in_ordine.versione,
        parent=in_ordine.unita("DIP"),
        codice="NEF",
        nome="Nefrologia",
        cdr=True,
    )
    in_ordine.incarico("NEF")
    (verifica,) = [
        v for v in raccogli(in_ordine.azienda, OGGI) if v.chiave == "cdr-senza-obiettivi"
    ]
    assert [(m.testo, m.url) for m in verifica.mancanze] == [
        ("Nefrologia (NEF)", piano.get_absolute_url())
    ]
    Piano.objects.filter(pk=piano.pk).update(stato=Piano.Stato.SUPERATO)
    assert trovate(in_ordine.azienda) == {
        "anno-senza-piano": ["Nessun piano dell’azienda comprende il 2024."]
    }
    assert "anno-senza-piano" in trovate(in_ordine.azienda, date(2022, 6, 1))


def test_gli_obiettivi_seguono_le_unita_che_continuano_e_gli_altri_si_segnalano(
    in_ordine: Struttura, bozza: Organigramma, piano: Piano
) -> None:
    azioni.modifica_unita(
        in_versione(bozza, "PNE"), codice="MR", nome="Respiratorie", tipo="uoc", cdr=True, da=None
    )
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    assert trovate(in_ordine.azienda) == {}
    assert trovate(in_ordine.azienda, DOPO) == {
        "senza-responsabile": [
            "Cardiologia: nessuno risponde, nemmeno più in alto.",
            "Emo: nessuno risponde, nemmeno più in alto.",
        ],
        "incarichi-indietro": [
            "Persona Capo CAR, Responsabile di CdR di «Cardiologia» (POAS 2020)."
        ],
        "cdr-senza-obiettivi": ["Cardiologia (CAR)", "Emo (EMO)"],
        "obiettivi-senza-unita": [f"1 obiettivo di «{piano}»"],
    }


@pytest.mark.parametrize("quante", [1, 3])
def test_le_query_delle_verifiche_non_crescono(
    in_ordine: Struttura,
    lettore: Utente,
    entra: Callable[[Utente], Client],
    quante: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for una in UnitaFactory.create_batch(quante, organigramma=in_ordine.versione, cdr=True):
        IncaricoFactory(azienda=in_ordine.azienda, unita=una, ruolo=Ruolo.RESPONSABILE_CDR)
        IncaricoFactory(azienda=in_ordine.azienda, ruolo=Ruolo.RILEVATORE)
    client = entra(lettore)
    with django_assert_num_queries(17):
        pagina = client.get(
            f"/aziende/{in_ordine.azienda.codice}/organigramma/verifiche/?data=2024-06-01"
        )
    testo = pagina.content.decode()
    assert f"Centri di responsabilità senza obiettivi ({quante})" in testo
    assert "Incarichi su unità di versioni passate: nessuna segnalazione" in testo
