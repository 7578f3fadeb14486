# SPDX-License-Identifier: AGPL-3.0-or-later
"""The body's single sign-on, small: an OpenID Connect server on this machine, for the tests."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "albero-di-prova"


class Ente(ThreadingHTTPServer):
    """Says of whoever comes that they are ``chi`` (the claims), or ``errore`` if it is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Risponde)
        self.indirizzo = f"http://127.0.0.1:{self.server_port}"
        self.chiave = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.chi: dict[str, Any] = {"sub": "1"}
        self.errore = ""
        self.codici: set[str] = set()

    def applicazioni(self) -> dict[str, Any]:
        """What SOCIALACCOUNT_PROVIDERS holds to enter from here."""
        app = {
            "provider_id": "ente",
            "name": "l'ente di prova",
            "client_id": CLIENT,
            "secret": "un-segreto",
            "settings": {"server_url": self.indirizzo},
        }
        return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


class _Risponde(BaseHTTPRequestHandler):
    server: Ente

    def do_GET(self) -> None:
        richiesta = urlsplit(self.path)
        qui, da = self.server.indirizzo, self.server
        if richiesta.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": qui,
                    "authorization_endpoint": f"{qui}/entra",
                    "token_endpoint": f"{qui}/token",
                    "userinfo_endpoint": f"{qui}/chi",
                    "jwks_uri": f"{qui}/chiavi",
                }
            )
        elif richiesta.path == "/entra":
            chieste = {nome: valori[0] for nome, valori in parse_qs(richiesta.query).items()}
            assert chieste["client_id"] == CLIENT
            assert chieste["code_challenge_method"] == "S256"
            risposta = {"state": chieste["state"]}
            if da.errore:
                risposta["error"] = da.errore
            else:
                risposta["code"] = secrets.token_urlsafe(8)
                da.codici.add(risposta["code"])
            self.send_response(302)
            self.send_header("Location", f"{chieste['redirect_uri']}?{urlencode(risposta)}")
            self.end_headers()
        elif richiesta.path == "/chi":
            self._json(da.chi)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        inviato = self.rfile.read(int(self.headers["Content-Length"])).decode()
        codice = parse_qs(inviato).get("code", [""])[0]
        if codice not in self.server.codici:
            self.send_error(400)
            return
        self.server.codici.remove(codice)
        adesso = int(time.time())
        dichiara = {"iss": self.server.indirizzo, "aud": CLIENT, "iat": adesso, "exp": adesso + 60}
        token = jwt.encode(dichiara | self.server.chi, self.server.chiave, "RS256")
        self._json({"access_token": "t", "token_type": "Bearer", "id_token": token})

    def _json(self, dati: dict[str, Any]) -> None:
        corpo = json.dumps(dati).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(corpo)))
        self.end_headers()
        self.wfile.write(corpo)

    def log_message(self, *_args: Any) -> None:
        """Silent: what matters is what the site does."""


@contextmanager
def ente() -> Iterator[Ente]:
    """A running server, stopped at the end."""
    server = Ente()
    filo = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    filo.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        filo.join()
