# SPDX-License-Identifier: AGPL-3.0-or-later
"""``.venv/bin/python -m bench [pagine] [calcolo] [stampa]``: no name means all of them."""

import os
import secrets
import sys

from strumenti.servizi import Servizi

PROVE = ("pagine", "calcolo", "stampa")


def main(nomi: list[str]) -> int:
    """Start the servers, make the tables, run the named benches."""
    servizi = Servizi(["DATABASE_URL", "REDIS_URL", "ALBERO_DATI"])
    try:
        os.environ.update(
            servizi.indirizzi,
            ALBERO_MODO="prova",
            SECRET_KEY=secrets.token_urlsafe(50),
            DJANGO_SETTINGS_MODULE="config.settings",
        )
        import django

        django.setup()
        from django.core.management import call_command

        from bench import prove

        call_command("migrate", verbosity=0)
        for nome in nomi or PROVE:
            print(f"\n{nome}")
            getattr(prove, nome)()
    finally:
        servizi.ferma()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
