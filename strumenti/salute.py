# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a container's process works: ``python -m strumenti.salute web|worker|beat``."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

ORARIO = Path("/tmp")  # noqa: S108 -- where docker-compose.yml tells beat to keep its schedule
RITMO = 600
"""Seconds within which beat must have written its schedule; it does so every three minutes."""


def web() -> bool:
    """The page ``/status`` answers 200 under the site's own name."""
    nome = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
    connessione = HTTPConnection("127.0.0.1", 8000, timeout=8)
    connessione.request("GET", "/status", headers={"Host": nome})
    return connessione.getresponse().status == 200


def worker() -> bool:
    """This container's worker answers a ping through the broker."""
    mio = f"celery@{socket.gethostname()}"
    comando = [sys.executable, "-m", "celery", "-A", "config", "inspect", "ping", "-d", mio]
    return subprocess.run(comando, capture_output=True).returncode == 0


def beat() -> bool:
    """Beat has written its schedule not long ago."""
    scritti = [file.stat().st_mtime for file in ORARIO.glob("albero-beat*")]
    return bool(scritti) and time.time() - max(scritti) < RITMO


if __name__ == "__main__":
    sys.exit(not {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]())
