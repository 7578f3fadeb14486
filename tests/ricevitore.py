# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program that receives webhooks, on a real socket: what it got, and what it answers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import simplejson
from standardwebhooks import Webhook as Verifica


@dataclass
class Ricevuta:
    """One request as it came."""

    percorso: str
    intestazioni: dict[str, str]
    corpo: bytes

    @property
    def codice(self) -> str:
        return self.intestazioni["webhook-id"]

    @property
    def dati(self) -> dict[str, Any]:
        letti: dict[str, Any] = simplejson.loads(self.corpo, use_decimal=True)
        return letti

    def verifica(self, segreto: str) -> None:
        """As the public library does: a wrong or old signature raises."""
        Verifica(segreto).verify(self.corpo, self.intestazioni)


@dataclass
class Ricevitore:
    """``stati``: the answers to give, one after the other; the last stays. ``ferma``: when set, a
    request waits for ``libera``.
    """

    stati: list[int] = field(default_factory=lambda: [204])
    intestazioni: dict[str, str] = field(default_factory=dict)
    ricevute: list[Ricevuta] = field(default_factory=list)
    arrivata: threading.Event = field(default_factory=threading.Event)
    libera: threading.Event = field(default_factory=threading.Event)
    ferma: bool = False
    porta: int = 0

    @property
    def indirizzo(self) -> str:
        return f"http://127.0.0.1:{self.porta}/avvisi?da=albero"

    def rispondi(self) -> int:
        return self.stati.pop(0) if len(self.stati) > 1 else self.stati[0]


@contextmanager
def in_ascolto() -> Iterator[Ricevitore]:
    """A receiver at work on a port of this machine."""
    questo = Ricevitore()

    class Porta(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            corpo = self.rfile.read(int(self.headers["Content-Length"]))
            testa = {nome.lower(): valore for nome, valore in self.headers.items()}
            questo.ricevute.append(Ricevuta(self.path, testa, corpo))
            questo.arrivata.set()
            if questo.ferma:
                questo.libera.wait(20)
            self.send_response(questo.rispondi())
            for nome, valore in questo.intestazioni.items():
                self.send_header(nome, valore)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_argomenti: Any) -> None:
            """Nothing on the output of the tests."""

    servizio = ThreadingHTTPServer(("127.0.0.1", 0), Porta)
    questo.porta = servizio.server_address[1]
    filo = threading.Thread(target=servizio.serve_forever, args=(0.02,), daemon=True)
    filo.start()
    try:
        yield questo
    finally:
        questo.libera.set()
        servizio.shutdown()
        servizio.server_close()
        filo.join(5)
