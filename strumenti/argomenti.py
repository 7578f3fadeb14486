# SPDX-License-Identifier: AGPL-3.0-or-later
"""Command lines that answer in Italian."""

import argparse
from typing import NoReturn

from strumenti.voce import Guasto

IN_ITALIANO = {
    "unrecognized arguments: ": "non c'è ",
    "argument ": "",
    "expected one argument": "vuole un valore",
}


class Argomenti(argparse.ArgumentParser):
    """A parser whose wrong options end in one sentence, not in a page of English."""

    def __init__(self, prog: str, descrizione: str) -> None:
        """Start with ``--aiuto`` alone."""
        super().__init__(prog, description=descrizione, add_help=False, allow_abbrev=False)
        self._optionals.title = "opzioni"
        self._positionals.title = "argomenti"
        self.add_argument("-h", "--aiuto", action="help", help="mostra queste righe e basta")

    def format_help(self) -> str:
        """Return the help with its one English word translated."""
        return super().format_help().replace("usage: ", "uso: ", 1)

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage."""
        for inglese, italiano in IN_ITALIANO.items():
            message = message.replace(inglese, italiano)
        raise Guasto(f"Opzione non compresa ({message}); {self.prog} --aiuto le elenca tutte.")


def numero(testo: str) -> int:
    """Read an option's whole number."""
    try:
        return int(testo)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{testo}» non è un numero") from None
