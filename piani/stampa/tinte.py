# SPDX-License-Identifier: AGPL-3.0-or-later
"""The colours of the house, read from ``static/css/tinte.css``: one list for CSS and drawings."""

import re

from piani.tipografia.risorse import foglio

_DETTA = re.compile(r"--([a-z]+):\s*(#[0-9a-f]{6});")
_USATA = re.compile(r"var\(--([a-z]+)\)")
TINTE: dict[str, str] = dict(_DETTA.findall(foglio("tinte.css")))

CARTA = TINTE["carta"]
INCHIOSTRO = TINTE["inchiostro"]
PRIMARIO = TINTE["primario"]
GRIGIO = TINTE["piombo"]
TENUE = TINTE["tenue"]
VELO = TINTE["velo"]
AZZURRO = TINTE["azzurro"]


def risolto(css: str) -> str:
    """The style sheet with each colour in the place of its name.

    A document that stands alone has no other sheet to ask; and names cost the printer a second
    reading of every rule, for every cell. ``KeyError`` for a colour that is not in the list.
    """
    return _USATA.sub(lambda usata: TINTE[usata[1]], css)
