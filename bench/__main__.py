# SPDX-License-Identifier: AGPL-3.0-or-later
"""``.venv/bin/python -m bench [NAME…]``: the benches named; without a name, all of them."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence

from strumenti.servizi import Servizi

PROVE = ("pagine", "pubbliche", "api", "lettori", "calcolo", "importazioni", "stampa")


def main(argomenti: list[str]) -> int:
    """Start the servers, make the tables, run the named benches; 1 if a ratio is lost by half."""
    chiesto = _leggi(argomenti)
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
        return _prova(chiesto)
    finally:
        servizi.ferma()


def _leggi(argomenti: list[str]) -> argparse.Namespace:
    lettore = argparse.ArgumentParser(prog="bench", description="Tempi dei lavori principali.")
    lettore.add_argument("prove", nargs="*", help=f"{', '.join(PROVE)}; senza nomi, tutte")
    quanto = lettore.add_mutually_exclusive_group()
    quanto.add_argument(
        "--piccolo",
        action="store_true",
        help="calcolo: fino a 100 000 risultati; stampa: senza le 335 pagine",
    )
    quanto.add_argument(
        "--grande", action="store_true", help="calcolo: fino a 5 000 000 di risultati, qualche ora"
    )
    chiesto = lettore.parse_args(argomenti)
    if ignote := set(chiesto.prove) - set(PROVE):
        lettore.error(f"non conosco {', '.join(sorted(ignote))}: scegliere fra {', '.join(PROVE)}")
    return chiesto


def _prova(chiesto: argparse.Namespace) -> int:
    from django.core.management import call_command

    from bench import api, prove
    from bench.base import GRANDE, MEDIA, PICCOLA
    from bench.calcolo import calcolo
    from bench.importazioni import importazioni
    from bench.pubbliche import pubbliche
    from bench.stampa import stampa

    call_command("migrate", verbosity=0)
    taglia = PICCOLA if chiesto.piccolo else GRANDE if chiesto.grande else MEDIA
    lavori: dict[str, Callable[[], Sequence[str] | None]] = {
        "pagine": prove.pagine,
        "pubbliche": pubbliche,
        "api": api.api,
        "lettori": api.letta,
        "calcolo": lambda: calcolo(taglia),
        "importazioni": importazioni,
        "stampa": lambda: stampa(breve=chiesto.piccolo),
    }
    perse: list[str] = []
    for nome in chiesto.prove or PROVE:
        print(f"\n{nome}")
        perse += lavori[nome]() or ()
    for cifra in perse:
        print(f"Perso di più della metà: {cifra}.", file=sys.stderr)
    return 1 if perse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
