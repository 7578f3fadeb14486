# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gunicorn's settings for ``./avvia``: a small server that says in Italian where it is."""

from typing import Any

workers = 2  # a page can be read while the other one renders a document
timeout = 120
graceful_timeout = 3  # at Ctrl-C a page being written has these seconds to end
control_socket_disable = True  # else it would leave a folder in the home of who runs it
loglevel = "warning"


def when_ready(server: Any) -> None:
    """Say where the pages are, once they really answer."""
    host, porta = server.address[0]
    print(f"   Albero è pronto su http://{host}:{porta}/", flush=True)


def on_exit(server: Any) -> None:
    """Close the story that the numbered steps began."""
    print("\nAlbero si è fermato: i dati restano, ./avvia riprende da qui.", flush=True)
