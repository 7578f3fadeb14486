# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which operation of the API does what each page does, floor by floor.

``OPERAZIONI``: an operation, and the names of the pages whose work it does. ``SENZA``: why some
pages have none, and will not.
"""

from importlib import import_module
from pathlib import Path

PARTI = [
    import_module(f"{__name__}.{file.stem}")
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py"))
]


def operazioni_delle_pagine() -> dict[str, list[str]]:
    """By page, the operations that do its work."""
    trovate: dict[str, list[str]] = {}
    for parte in PARTI:
        for operazione, nomi in parte.OPERAZIONI.items():
            for nome in nomi.split():
                trovate.setdefault(nome, []).append(operazione)
    return trovate


def senza_operazione() -> dict[str, str]:
    """By page, why it has none."""
    return {
        nome: motivo
        for parte in PARTI
        for motivo, nomi in parte.SENZA.items()
        for nome in nomi.split()
    }
