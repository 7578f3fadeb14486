# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that let go of their boxes as they are written: layout and PDF are never both whole.

WeasyPrint 70 asks a page for its boxes twice: to paint it, then to tag it. Upgrade on purpose,
with the tests of the PDF.
"""

import gc
from typing import Any

from pydyf import _to_bytes
from weasyprint.document import Page
from weasyprint.draw import draw_page

OGNI = 100
"""Pages after which what they let go is collected, if a quarter as many are still to come:
boxes hold each other, tables above all.
"""


class PaginaCheCede(Page):  # type: ignore[misc]  # WeasyPrint has no types
    """A laid out page: painted small, and without boxes once they have been tagged."""

    raccoglie = False

    @property
    def _page_box(self) -> Any:
        if self.raccoglie:
            gc.collect()
        return self.__dict__.pop("_page_box")

    def paint(self, stream: Any, scale: float = 1) -> None:
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            draw_page(self.__dict__["_page_box"], stream)
        stream.stream[:] = stretto(stream.stream)


def cedono(pagine: list[Any]) -> None:
    """Make these pages, all just laid out, the kind that lets go."""
    for numero, pagina in enumerate(pagine, start=1):
        pagina.__class__ = PaginaCheCede
        pagina.raccoglie = not numero % OGNI and len(pagine) - numero > OGNI // 4


def stretto(flusso: list[Any]) -> list[Any]:
    """The operators of a page in few pieces, as they will be written.

    What opens a marked content stays apart: the finish may still change it.
    """
    pezzi: list[Any] = []
    da = 0
    for n, pezzo in enumerate(flusso):
        if pezzo == b"BDC":
            pezzi += _unito(flusso[da : n - 2])
            pezzi += flusso[n - 2 : n + 1]
            da = n + 1
    return pezzi + _unito(flusso[da:])


def _unito(pezzi: list[Any]) -> list[bytes]:
    return [b"\n".join(_to_bytes(pezzo) for pezzo in pezzi)] if pezzi else []
