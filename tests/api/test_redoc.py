# SPDX-License-Identifier: AGPL-3.0-or-later
"""The description to be read: its styles are let in by a number of one answer alone."""

from django.test import Client

DOVE = "/api/v1/doc/redoc"


def test_gli_stili_entrano_con_il_numero_di_questa_risposta(client: Client, db: None) -> None:
    una, altra = client.get(DOVE), client.get(DOVE)
    numero = str(una.wsgi_request.csp_nonce)
    stili = next(
        parte
        for parte in una["Content-Security-Policy"].split("; ")
        if parte.startswith("style-src")
    )
    assert stili == f"style-src 'self' 'nonce-{numero}'"
    assert f'nonce="{numero}"' in una.content.decode()
    assert numero not in altra["Content-Security-Policy"]
    assert "nonce" not in client.get("/api/v1/doc")["Content-Security-Policy"]
