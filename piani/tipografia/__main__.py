# SPDX-License-Identifier: AGPL-3.0-or-later
"""The process that prints one large document: HTML comes in, pages and PDF go out. See processo."""

import os
import sys

from piani.tipografia.composizione import StampaNonDisponibile, stampa_qui
from piani.tipografia.processo import CIFRE, SENZA_LIBRERIE


def main() -> None:
    try:
        pdf = stampa_qui(sys.stdin.buffer.read().decode())
    except StampaNonDisponibile as errore:
        sys.stderr.write(str(errore))
        sys.exit(SENZA_LIBRERIE)
    sys.stdout.buffer.write(f"{pdf.pagine:0{CIFRE}}".encode())
    sys.stdout.buffer.write(pdf.contenuto)
    sys.stdout.buffer.flush()
    os._exit(0)  # the system takes the memory back at once; taking it apart would cost seconds


if __name__ == "__main__":
    main()
