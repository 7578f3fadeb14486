# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pytest plugin, loaded with ``-p``: gives the settings a database, a broker and a data folder.

It works on import, because pytest-django reads the settings before any hook of ours could run.
DATABASE_URL and REDIS_URL that are already there are used as they are; what is missing is
started for this run only. There is no silent fallback: without PostgreSQL the run stops.

With ``-n`` the tests are shared among processes, that find the servers of the first one: each has
its own database in PostgreSQL (pytest-django sees to it), in Redis, and its own data folder.
"""

import os
import secrets

import pytest

from strumenti.servizi import Servizi
from strumenti.voce import Guasto

_mancano = [nome for nome in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(nome)]
try:
    _servizi = Servizi([*_mancano, "ALBERO_DATI"])  # a run never writes on somebody's data
except Guasto as guasto:
    raise SystemExit(f"Non posso cominciare le prove. {guasto}") from None

if _quale := os.environ.get("PYTEST_XDIST_WORKER"):
    _redis, _barra, _banca = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{_redis}/{1 + int(_quale.removeprefix('gw'))}"
os.environ.update(_servizi.indirizzi, ALBERO_MODO="prova", SECRET_KEY=secrets.token_urlsafe(50))


def pytest_report_header() -> str:
    """Say on what the tests run."""
    banca = os.environ["DATABASE_URL"].partition(":")[0]
    return f"albero: {banca}, {', '.join(_servizi.indirizzi)} solo per questa volta"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the servers of this run and remove its data."""
    _servizi.ferma()
