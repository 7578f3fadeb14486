# SPDX-License-Identifier: AGPL-3.0-or-later
"""Getting in with the body's own credentials: it finds people and never makes them."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from piani.models import Evento, Ruolo, Utente
from tests.ente import Ente, ente
from tests.factories import IncaricoFactory, UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _acceso() -> Iterator[Ente]:
    with ente() as server:
        yield server


@pytest.fixture
def sso(_acceso: Ente, settings: Any) -> Ente:
    cache.clear()
    _acceso.chi, _acceso.errore = {"sub": "1"}, ""
    settings.SOCIALACCOUNT_PROVIDERS = _acceso.applicazioni()
    settings.OIDC_SERVER = _acceso.indirizzo
    return _acceso


def vai(client: Client, sso: Ente, poi: str = "") -> Any:
    """To the body's site and back; the answer of the callback."""
    parte = client.post(f"/accedi/con/ente/?process=login&next={poi}")
    assert parte.status_code == 302
    assert parte.url.startswith(f"{sso.indirizzo}/entra?")
    connessione = HTTPConnection("127.0.0.1", sso.server_port)
    connessione.request("GET", f"/entra?{urlsplit(parte.url).query}")
    risposta = connessione.getresponse()
    risposta.read()
    ritorno = urlsplit(risposta.headers["Location"])
    connessione.close()
    return client.get(f"{ritorno.path}?{ritorno.query}")


def dentro(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_il_bottone_c_e_solo_se_l_ente_e_configurato(client: Client, sso: Ente) -> None:
    assert "Accedi con l&#x27;ente di prova" in client.get("/accedi/").content.decode()


def test_senza_ente_non_c_e_bottone_e_l_indirizzo_non_esiste(client: Client, db: None) -> None:
    assert "/accedi/con/" not in client.get("/accedi/").content.decode()
    assert client.get("/accedi/con/ente/").status_code == 404
    assert client.get("/accedi/con/ente/ritorno/").status_code == 404


def test_chi_ha_la_stessa_posta_entra_e_torna_dove_voleva(client: Client, sso: Ente) -> None:
    persona = IncaricoFactory().utente
    sso.chi = {"sub": "abc", "email": persona.email.upper(), "email_verified": True}
    assert vai(client, sso, "/piani/").url == "/piani/"
    assert client.session["_auth_user_id"] == str(persona.pk)
    assert SocialAccount.objects.get().user == persona
    evento = Evento.objects.get()
    assert (evento.tipo, evento.da) == ("utente.collegato", persona)


def test_la_seconda_volta_basta_chi_e_per_l_ente(client: Client, sso: Ente) -> None:
    persona = UtenteFactory()
    sso.chi = {"sub": "abc", "email": persona.email}
    vai(client, sso)
    client.post("/esci/")
    sso.chi = {"sub": "abc", "email": "cambiata@example.org"}
    assert vai(client, sso).url == "/"
    assert dentro(client)
    assert Evento.objects.count() == 1
    persona.refresh_from_db()
    assert persona.email != "cambiata@example.org"


@pytest.mark.parametrize(
    "chi",
    [
        {"sub": "x", "email": "nessuno@example.org"},
        {"sub": "x"},
        {"sub": "x", "email": "presente@example.org", "email_verified": False},
    ],
)
def test_chi_albero_non_conosce_non_entra_e_non_nasce(
    client: Client, sso: Ente, chi: dict[str, Any]
) -> None:
    UtenteFactory(email="presente@example.org")
    sso.chi = chi
    pagina = vai(client, sso)
    assert "Albero non ti conosce ancora" in pagina.content.decode()
    assert not dentro(client)
    assert Utente.objects.count() == 1
    assert SocialAccount.objects.count() == 0


def test_con_spid_si_riconosce_dal_codice_fiscale(client: Client, sso: Ente, settings: Any) -> None:
    settings.OIDC_ATTRIBUTO, settings.OIDC_CAMPO = "fiscalNumber", "username"
    persona = UtenteFactory(username="prvdaa80a01d150x")
    sso.chi = {"sub": "abc", "fiscalNumber": "TINIT-PRVDAA80A01D150X"}
    vai(client, sso)
    assert client.session["_auth_user_id"] == str(persona.pk)


def test_chi_e_disattivato_non_entra_nemmeno_da_qui(client: Client, sso: Ente) -> None:
    persona = UtenteFactory(is_active=False)
    sso.chi = {"sub": "abc", "email": persona.email}
    assert vai(client, sso).url == "/accedi/disattivato/"
    assert not dentro(client)
    assert "disattivato" in client.get("/accedi/disattivato/").content.decode()


def test_il_secondo_fattore_lo_ha_gia_chiesto_l_ente(
    client: Client, sso: Ente, settings: Any
) -> None:
    settings.SECONDO_FATTORE_PER = ["amministratore"]
    persona = IncaricoFactory(ruolo=Ruolo.AMMINISTRATORE).utente
    sso.chi = {"sub": "abc", "email": persona.email}
    vai(client, sso)
    assert client.get("/piani/").status_code == 200


@pytest.mark.parametrize(
    ("errore", "frase"),
    [("access_denied", "Accesso annullato"), ("server_error", "Accesso non riuscito")],
)
def test_un_rifiuto_dell_ente_si_dice(client: Client, sso: Ente, errore: str, frase: str) -> None:
    sso.errore = errore
    risposta = vai(client, sso)
    if risposta.status_code == 302:
        risposta = client.get(risposta.url)
    assert frase in risposta.content.decode()
    assert not dentro(client)


@pytest.mark.parametrize("query", ["", "?code=x&state=y", "?state=x", "?error=boh"])
def test_un_ritorno_inventato_non_fa_entrare(client: Client, sso: Ente, query: str) -> None:
    risposta = client.get(f"/accedi/con/ente/ritorno/{query}")
    assert risposta.status_code < 500
    assert not dentro(client)


def test_l_ente_spento_non_rompe_la_pagina(client: Client, sso: Ente, settings: Any) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "http://127.0.0.1:9"}
    risposta = client.post("/accedi/con/ente/?process=login")
    assert risposta.status_code == 502
    assert "Accesso non riuscito" in risposta.content.decode()


def test_chi_e_gia_dentro_non_si_collega_da_solo(client: Client, sso: Ente) -> None:
    io, altro = UtenteFactory(), UtenteFactory()
    client.force_login(io)
    sso.chi = {"sub": "abc", "email": altro.email}
    parte = client.post("/accedi/con/ente/?process=connect")
    connessione = HTTPConnection("127.0.0.1", sso.server_port)
    connessione.request("GET", f"/entra?{urlsplit(parte.url).query}")
    ritorno = urlsplit(connessione.getresponse().headers["Location"])
    connessione.close()
    assert client.get(f"{ritorno.path}?{ritorno.query}").url == "/"
    assert SocialAccount.objects.count() == 0
