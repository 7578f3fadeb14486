# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF of a scheda: tagged, with the machinery and the style of the plan's document."""

import unicodedata
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from piani import stampa
from piani.tipografia.risorse import foglio

MODELLO = "obiettivi/schede/stampa/scheda.html"


def rende_pdf(foto: dict[str, Any]) -> stampa.Pdf:
    """The same photograph gives the same bytes.

    :raises StampaNonDisponibile: the libraries that draw the PDF are not installed.
    """
    return stampa.da_html(componi(foto))


def componi(foto: dict[str, Any]) -> str:
    """The page that is printed."""
    stile = stampa.stile_stampa() + foglio("scheda-stampa.css")
    with translation.override(foto["lingua"]):
        contesto = {"foto": foto, "stile": mark_safe(stile)}  # noqa: S308 -- our own files
        return unicodedata.normalize("NFC", render_to_string(MODELLO, contesto))
