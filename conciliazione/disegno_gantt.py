# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calendar of a project as SVG text, the same in the page and in the PDF of the document."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from conciliazione.calcolo.gantt import Barra, Gantt, Lavoro, gantt
from piani.stampa.formati import data_italiana
from piani.stampa.grafici import (
    GRIGIO,
    LARGO,
    coordinata,
    figura,
    rettangolo,
    testo_svg,
)
from piani.stampa.testi_svg import a_capo
from piani.stampa.tinte import INCHIOSTRO, PRIMARIO, TENUE

NOMI = Decimal(230)
"""How wide the column of the names is."""
TESTA, RIGA, BARRA = 40, 17, 14
STRETTO = 15
"""A month narrower than this does not carry its number."""


def calendario(chiave: str, titolo: str, lavori: Iterable[Lavoro]) -> SafeString | str:
    """Bars by month under their years; "" if nothing has both a start and an end."""
    tavola = gantt(lavori)
    if tavola is None:
        return ""
    mese = (LARGO - NOMI) / len(tavola.mesi)
    y, parti = Decimal(TESTA), []
    for barra in tavola.barre:
        righe = a_capo(barra.lavoro.nome, 13, NOMI - _rientro(barra) - 10)
        alta = Decimal(RIGA * len(righe) + 8)
        parti += [_riga(y), *_nome(barra, righe, y), _barra(barra, mese, y + alta / 2)]
        y += alta
    testa = _testa(tavola, mese, y)
    return figura(chiave, titolo, _in_parole(tavola), y + 4, [*testa, *parti])


def _testa(tavola: Gantt, mese: Decimal, fondo: Decimal) -> list[str]:
    """The years, the months where there is room, and a line where each year begins."""
    parti, x = [], NOMI
    for anno, quanti in tavola.anni:
        largo = mese * quanti
        verticale = f"M{coordinata(x)} 4V{coordinata(fondo)}"
        parti.append(f'<path d="{verticale}" stroke="{GRIGIO}" stroke-width="1" fill="none"/>')
        if largo > 34:
            parti.append(testo_svg(x + 4, 16, str(anno), font_size="13", font_weight="700"))
        x += largo
    if mese >= STRETTO:
        parti += [
            testo_svg(
                NOMI + mese * posto + mese / 2, 33, str(uno.month),
                text_anchor="middle", font_size="11", fill=GRIGIO,
            )
            for posto, uno in enumerate(tavola.mesi)
        ]  # fmt: skip
    return parti


def _riga(y: Decimal) -> str:
    tratto = f"M0 {coordinata(y)}H{LARGO}"
    return f'<path d="{tratto}" stroke="{TENUE}" stroke-width="1" fill="none"/>'


def _nome(barra: Barra, righe: list[str], y: Decimal) -> list[str]:
    return [
        testo_svg(_rientro(barra), y + 17 + RIGA * posto, riga, font_size="13")
        for posto, riga in enumerate(righe)
    ]


def _barra(barra: Barra, mese: Decimal, centro: Decimal) -> str:
    fill = TENUE if barra.lavoro.livello else PRIMARIO
    return rettangolo(
        NOMI + mese * barra.prima, centro - Decimal(BARRA) / 2, mese * barra.mesi, BARRA, fill,
        stroke=INCHIOSTRO, stroke_width="0.8",
    )  # fmt: skip


def _rientro(barra: Barra) -> int:
    return 14 if barra.lavoro.livello else 0


def _in_parole(tavola: Gantt) -> str:
    return " ".join(
        f"{una.lavoro.nome}: dal {_giorno(una.lavoro.dal)} al {_giorno(una.lavoro.al)}."
        for una in tavola.barre
    )


def _giorno(giorno: date | None) -> str:
    return data_italiana(giorno)
