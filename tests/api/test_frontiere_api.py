# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every address of the API, walked from its description: nobody reads or writes what is not theirs.

A new address fails here until its keys are in tests/frontiere/api*.py.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from piani import battito
from piani.models import Azienda, Evento, Ruolo
from tests.factories import AziendaFactory, IncaricoFactory
from tests.frontiere import dell_api

pytestmark = pytest.mark.django_db
FILE = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
SCRITTURE = ("post", "put", "patch", "delete")
DATI: dict[str, Any] = {
    "content_type": "application/json",
    "headers": {"Idempotency-Key": "una"},
}


def operazioni() -> list[tuple[str, str]]:
    """Method and path of each, as the description says them."""
    percorsi = json.loads(FILE.read_text())["paths"]
    return [(metodo, percorso) for percorso, metodi in percorsi.items() for metodo in metodi]


@pytest.fixture(autouse=True)
def senza_limite(settings: Any) -> None:
    """A walk asks for more in a minute than a program may."""
    settings.API_AL_MINUTO = settings.API_ANONIME_AL_MINUTO = 10_000


@pytest.fixture
def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    battito.segna_battito()
    trovate: dict[str, dict[str, Any]] = {}
    for parte in dell_api():
        trovate |= parte.chiavi(azienda)
    return trovate


@pytest.fixture
def corpi(azienda: Azienda, chiavi: dict[str, Any]) -> dict[str, Any]:
    trovati: dict[str, Any] = {}
    for parte in dell_api():
        trovati |= parte.corpi(azienda)
    return trovati


def insieme(nome: str) -> set[str]:
    return set().union(*(getattr(parte, nome, set()) for parte in dell_api()))


def indirizzo(percorso: str, chiavi: dict[str, dict[str, Any]]) -> str:
    fine = "?anno=2022" if percorso.startswith("/piani/{piano}/spiegazioni") else ""
    return f"/api/v1{percorso.format(**chiavi.get(percorso, {}))}{fine}"


def chiama(client: Client, metodo: str, dove: str, corpo: Any = None) -> Any:
    if metodo == "get":
        return client.get(dove)
    return getattr(client, metodo)(dove, json.dumps(corpo or {}), **DATI)


def con_chiave() -> Iterator[tuple[str, str]]:
    return (uno for uno in operazioni() if "{" in uno[1])


def test_ogni_indirizzo_e_in_un_elenco(
    chiavi: dict[str, dict[str, Any]], corpi: dict[str, Any]
) -> None:
    assert {percorso for _metodo, percorso in con_chiave()} == set(chiavi)
    senza = {p for metodo, p in operazioni() if "{" not in p and metodo in SCRITTURE}
    assert senza == set(corpi)


def test_chi_non_entra_legge_solo_i_dati_aperti(
    client: Client, chiavi: dict[str, dict[str, Any]]
) -> None:
    for metodo, percorso in operazioni():
        atteso = 200 if percorso in insieme("APERTE") else 401
        stato = chiama(client, metodo, indirizzo(percorso, chiavi)).status_code
        assert stato == atteso, (metodo, percorso)


def test_lo_straniero_non_trova_niente(
    programma: Callable[..., Client],
    chiavi: dict[str, dict[str, Any]],
    corpi: dict[str, Any],
) -> None:
    straniero = programma(Ruolo.CONTROLLO_GESTIONE, AziendaFactory())
    eventi = Evento.objects.count()
    for metodo, percorso in operazioni():
        risposta = chiama(straniero, metodo, indirizzo(percorso, chiavi), corpi.get(percorso))
        dove = (metodo, percorso, risposta.content)
        if percorso in insieme("APERTE"):
            assert risposta.status_code == 200, dove
        elif "{" in percorso:
            assert risposta.status_code == 404, dove
        elif metodo in SCRITTURE:  # the azienda in the body is not one of theirs
            assert risposta.status_code in (400, 404), dove
        elif percorso not in ("/aziende", "/incarichi", "/eventi"):
            assert risposta.json()["totale"] == 0, dove
    assert Evento.objects.count() == eventi


def test_chi_legge_soltanto_legge_tutto_e_non_scrive_niente(
    azienda: Azienda,
    programma: Callable[..., Client],
    chiavi: dict[str, dict[str, Any]],
    corpi: dict[str, Any],
) -> None:
    lettore = programma(Ruolo.REGIONE)
    eventi = Evento.objects.count()
    for metodo, percorso in operazioni():
        risposta = chiama(lettore, metodo, indirizzo(percorso, chiavi), corpi.get(percorso))
        atteso = 403 if metodo in SCRITTURE else 200
        if percorso in insieme("DI_CHI_AMMINISTRA") | insieme("NASCOSTE"):
            atteso = 404
        assert risposta.status_code == atteso, (metodo, percorso, risposta.content)
        if metodo == "get" and "risultati" in _letto(risposta):
            assert bool(risposta.json()["risultati"]) is (percorso not in insieme("VUOTE")), (
                percorso
            )
    assert Evento.objects.count() == eventi


def _letto(risposta: Any) -> Any:
    """What an answer says; nothing of a file."""
    return risposta.json() if risposta["Content-Type"].endswith("json") else {}


def test_finito_l_incarico_il_programma_non_trova_piu_niente(
    azienda: Azienda, programma: Callable[..., Client], chiavi: dict[str, dict[str, Any]]
) -> None:
    client = programma()
    azienda.incarichi.filter(utente__username__startswith="api-").update(
        dal="2020-01-01", al="2020-12-31"
    )
    for metodo, percorso in con_chiave():
        if percorso not in insieme("APERTE"):
            stato = chiama(client, metodo, indirizzo(percorso, chiavi)).status_code
            assert stato == 404, (metodo, percorso)


def test_l_amministratore_legge_gli_incarichi(
    client: Client, azienda: Azienda, chiavi: dict[str, dict[str, Any]]
) -> None:
    client.force_login(IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente)
    assert client.get(indirizzo("/incarichi/{id}", chiavi)).json()["ruolo"] == (
        Ruolo.CONTROLLO_GESTIONE
    )
