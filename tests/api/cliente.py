# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small client of the API, as somebody else would write one: standard library and types.

It knows only the description: a token, pages followed by their links, a load with its key, a run
followed to its end.
"""

import base64
import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib import error, parse, request


class Rifiutata(Exception):
    """What the API refused, as it told it."""

    def __init__(self, problema: dict[str, Any]) -> None:
        super().__init__(problema["detail"])
        self.stato: int = problema["status"]
        self.errori: list[dict[str, Any]] = problema.get("errori", [])


@dataclass(frozen=True)
class Indicatore:
    """An indicator with its targets of each year."""

    codice: str
    nome: str
    target: dict[int, str]


@dataclass(frozen=True)
class Calcolo:
    id: int
    stato: str
    percentuale: int


@dataclass
class Albero:
    """The API at an address, for a client with its secret."""

    indirizzo: str
    client_id: str
    client_secret: str
    gettone: str = field(default="", init=False)

    def entra(self, *ambiti: str) -> None:
        """Ask for a token."""
        prova = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        campi = {"grant_type": "client_credentials", "scope": " ".join(ambiti)}
        chiesta = request.Request(  # noqa: S310 -- the address is the test's own server
            f"{self.indirizzo}/token",
            data=parse.urlencode({k: v for k, v in campi.items() if v}).encode(),
            headers={"Authorization": f"Basic {prova}"},
        )
        with request.urlopen(chiesta) as risposta:  # noqa: S310
            self.gettone = json.load(risposta)["access_token"]

    def indicatori(self, **filtri: str) -> Iterator[Indicatore]:
        """All of them, page after page."""
        for riga in self._tutti("/indicatori", **filtri):
            target = {t["anno"]: t["stampato"] for m in riga["misure"] for t in m["target"]}
            yield Indicatore(riga["codice"], riga["nome"], target)

    def carica(self, azienda: str, valori: dict[tuple[str, int], Decimal]) -> dict[str, Any]:
        """Write many results, once."""
        righe = [
            {"indicatore": codice, "anno": anno, "valore": str(valore)}
            for (codice, anno), valore in valori.items()
        ]
        corpo = {"azienda": azienda, "righe": righe}
        chiave = {"Idempotency-Key": str(uuid.uuid4())}
        risposta: dict[str, Any] = self._chiedi("POST", "/rilevazioni/carico", corpo, chiave)
        return risposta

    def calcola(self, piano: str, anno: int) -> Calcolo:
        """Ask for a run and wait for its end."""
        detto = self._chiedi("POST", f"/piani/{piano}/calcoli", {"anno": anno})
        while detto["stato"] in ("in_attesa", "in_corso"):
            time.sleep(0.1)
            detto = self._chiedi("GET", f"/calcoli/{detto['id']}")
        return Calcolo(detto["id"], detto["stato"], detto["percentuale"])

    def punteggio(self, piano: str, anno: int) -> Decimal | None:
        """The score of a plan."""
        filtri = {"piano": piano, "anno": str(anno), "livello": "P", "prospettiva": "consuntivo"}
        trovati = list(self._tutti("/punteggi", **filtri))
        return trovati[0]["punteggio"] if trovati else None

    def cambia(self, dove: str, **campi: Any) -> dict[str, Any]:
        """Read something and change it, if nobody did meanwhile."""
        chiesta = self._chiesta("GET", dove)
        with request.urlopen(chiesta) as risposta:  # noqa: S310
            etag = risposta.headers["ETag"]
        cambiata: dict[str, Any] = self._chiedi("PATCH", dove, campi, {"If-Match": etag})
        return cambiata

    def _tutti(self, dove: str, **filtri: str) -> Iterator[dict[str, Any]]:
        prossima = f"{dove}?{parse.urlencode(filtri | {'per_pagina': '2'})}"
        while prossima:
            pagina = self._chiedi("GET", prossima)
            yield from pagina["risultati"]
            prossima = (pagina["successiva"] or "").split("/api/v1")[-1]

    def _chiesta(
        self, metodo: str, dove: str, corpo: Any = None, intestazioni: Any = None
    ) -> request.Request:
        dati = None if corpo is None else json.dumps(corpo).encode()
        tutte = {"Authorization": f"Bearer {self.gettone}", "Content-Type": "application/json"}
        return request.Request(  # noqa: S310
            self.indirizzo + dove, data=dati, headers=tutte | (intestazioni or {}), method=metodo
        )

    def _chiedi(self, metodo: str, dove: str, corpo: Any = None, intestazioni: Any = None) -> Any:
        try:
            with request.urlopen(  # noqa: S310
                self._chiesta(metodo, dove, corpo, intestazioni)
            ) as risposta:
                return json.load(risposta, parse_float=Decimal)
        except error.HTTPError as rifiuto:
            with rifiuto:
                raise Rifiutata(json.load(rifiuto)) from None
