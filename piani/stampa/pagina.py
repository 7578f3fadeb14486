# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the photograph to one HTML text: the page to read on a screen, or the source of the PDF."""

import base64
import hashlib
import unicodedata
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from piani.tipografia.risorse import caratteri_incorporati, foglio, larghezze_di_colonna

from .generi import contesto_di
from .tinte import risolto

MODELLO = "stampa/documento.html"
NEL_SITO = "piani/_fotografia.html"


def rende_html(foto: dict[str, Any]) -> str:
    """The document as one HTML file: style and fonts inside, no script, nothing to fetch."""
    return componi(foto, stile_pagina(), per_pdf=False)


def rende_pagina(foto: dict[str, Any]) -> str:
    """The document as part of a page of the site: what of it never changes."""
    with translation.override(foto["lingua"]):
        return unicodedata.normalize("NFC", render_to_string(NEL_SITO, contesto_di(foto)))


def stile_pagina() -> str:
    """The style sheet that ``rende_html`` puts in the page."""
    fogli = foglio("documento.css"), foglio("documento-schermo.css")
    return caratteri_incorporati() + larghezze_di_colonna() + risolto("".join(fogli))


def impronta_stile() -> str:
    """The CSP source (``'sha256-…'``) that lets the inline style sheet through."""
    impronta = hashlib.sha256(stile_pagina().encode()).digest()
    return f"'sha256-{base64.b64encode(impronta).decode('ascii')}'"


def componi(foto: dict[str, Any], stile: str, *, per_pdf: bool) -> str:
    """Fill the template; the language is the document's, whatever the reader's is."""
    with translation.override(foto["lingua"]):
        contesto = {
            **contesto_di(foto),
            "stile": mark_safe(stile),  # noqa: S308 -- our own files
            "per_pdf": per_pdf,
        }
        # A letter and its accent kept apart would look for a font that joins them.
        return unicodedata.normalize("NFC", render_to_string(MODELLO, contesto))
