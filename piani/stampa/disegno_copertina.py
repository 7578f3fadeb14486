# SPDX-License-Identifier: AGPL-3.0-or-later
"""The picture on the cover: the tree of this plan, a branch for each area, a leaf for an objective.

Nobody reads data in it: the tree with its names is a chapter. It is drawn from the same figures,
so that two plans have two covers, and the same plan always the same one.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .grafici import coordinata, figura
from .tinte import CARTA, TINTE

LARGO, ALTO = 1000, 400
CENTRO, SUOLO = Decimal(500), Decimal(400)
MARGINE, CIMA, SPALLA = 55, 34, 190
DI_NESSUN_PIANO = (4, 7, 11, 8, 5)
"""The branches of a document without areas."""
FOGLIE_FITTE = 90
COLORI = tuple(TINTE[nome] for nome in ("azzurro", "germoglio", "miele", "cielo", "lilla"))

Punto = tuple[Decimal, Decimal]


def chioma(chiave: str, foglie: Sequence[int]) -> SafeString:
    """The picture for so many leaves on each branch; without branches, a tree of no plan."""
    rami = [max(quante, 1) for quante in foglie or DI_NESSUN_PIANO]
    posti = sum(rami) + len(rami) - 1  # an empty place between two branches
    raggio = Decimal("6.5") if posti <= FOGLIE_FITTE else Decimal(585) / posti
    linee, punti, da = [], [], 0
    for numero, quante in enumerate(rami):
        colore = COLORI[numero % len(COLORI)]
        cime = [_cima(da + n, posti) for n in range(quante)]
        nodo = _nodo(cime)
        linee.append(_ramo((CENTRO, SUOLO), nodo, colore, Decimal(2) + Decimal(quante) / 6))
        linee += [_ramo(nodo, cima, colore, Decimal("1.1")) for cima in cime]
        punti += [_foglia(cima, raggio, colore) for cima in cime]
        punti.append(_foglia(nodo, Decimal(5), CARTA))
        da += quante + 1
    return figura(chiave, _("Disegno di copertina"), _detto(foglie), ALTO, [*linee, *punti], LARGO)


def _detto(foglie: Sequence[int]) -> str:
    if not foglie:
        return _("Un albero stilizzato.")
    aree = ngettext("%(n)s area", "%(n)s aree", len(foglie)) % {"n": len(foglie)}
    quanti = sum(foglie)
    obiettivi = ngettext("%(n)s obiettivo", "%(n)s obiettivi", quanti) % {"n": quanti}
    return _("L’albero del piano, senza nomi: %(aree)s e %(obiettivi)s.") % {
        "aree": aree,
        "obiettivi": obiettivi,
    }


def _cima(posto: int, posti: int) -> Punto:
    """A leaf: along a wide arch, at three depths so that neighbours do not touch."""
    t = (Decimal(2 * posto + 1)) / (2 * posti)
    lontano = 2 * t - 1
    fondo = CIMA + SPALLA * lontano * lontano + 17 * (posto * 2 % 3)
    return MARGINE + (LARGO - 2 * MARGINE) * t, fondo


def _nodo(cime: Sequence[Punto]) -> Punto:
    x = sum(uno for uno, _y in cime) / len(cime)
    y = sum(uno for _x, uno in cime) / len(cime)
    quota = Decimal("0.52")
    return CENTRO + (x - CENTRO) * quota, SUOLO + (y - SUOLO) * quota


def _ramo(da: Punto, a: Punto, colore: str, largo: Decimal) -> str:
    """A curve that leaves and arrives upright."""
    meta = (da[1] - a[1]) * Decimal("0.55")
    tratti = [da, (da[0], da[1] - meta), (a[0], a[1] + meta), a]
    inizio, *curva = (f"{coordinata(x)} {coordinata(y)}" for x, y in tratti)
    return (
        f'<path d="M{inizio}C{" ".join(curva)}" fill="none" stroke="{colore}" '
        f'stroke-width="{coordinata(min(largo, Decimal(9)))}" stroke-linecap="round"/>'
    )


def _foglia(punto: Punto, raggio: Decimal, colore: str) -> str:
    x, y = (coordinata(uno) for uno in punto)
    return f'<circle cx="{x}" cy="{y}" r="{coordinata(raggio)}" fill="{colore}"/>'
