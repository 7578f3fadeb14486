# SPDX-License-Identifier: AGPL-3.0-or-later
"""``manage.py leggi_target``: try the reader of targets on one's own tables."""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator

import simplejson
from django.core.management.base import BaseCommand

from obiettivi.espressioni import leggi

_OPZIONE = re.compile(r"-[hv]|-v\d|--[a-z][a-z-]*(=.*)?")
_SURROGATI = re.compile("[\ud800-\udfff]")


def testi_da(flusso: Iterable[bytes | str]) -> Iterator[str]:
    """One text per line, without its end of line; bytes that are not UTF-8 become "�"."""
    for riga in flusso:
        testo = riga.decode("utf-8", errors="replace") if isinstance(riga, bytes) else riga
        yield testo.rstrip("\r\n")


def riga_json(testo: str) -> str:
    """The reading of one text as a JSON line that any UTF-8 terminal can print."""
    stampabile = _SURROGATI.sub("\ufffd", testo)
    return simplejson.dumps(leggi(stampabile).come_dati(), use_decimal=True, ensure_ascii=False)


def con_separatore(argomenti: list[str]) -> list[str]:
    """The arguments with "--" before the first text that begins with a dash (``-5%``)."""
    for posto, argomento in enumerate(argomenti):
        if argomento == "--":
            break
        if argomento.startswith("-") and argomento != "-" and not _OPZIONE.fullmatch(argomento):
            return [*argomenti[:posto], "--", *argomenti[posto:]]
    return argomenti


class Command(BaseCommand):
    """Texts from the arguments, or one per line on standard input → one JSON line each."""

    help = (
        "Legge i target dati come argomenti, o uno per riga dallo standard input, e scrive una"
        " riga JSON per ciascuno. Le opzioni vanno prima dei testi."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("testi", nargs="*", metavar="TESTO", help="i target da leggere")

    def run_from_argv(self, argv: list[str]) -> None:
        """Django's door: JSON is UTF-8 whatever the terminal, and ``-5%`` is not an option."""
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        super().run_from_argv([*argv[:2], *con_separatore(argv[2:])])

    def handle(self, *args: str, testi: list[str], **options: object) -> None:
        ingresso = getattr(sys.stdin, "buffer", sys.stdin)
        for testo in testi or testi_da(ingresso):
            self.stdout.write(riga_json(testo))
