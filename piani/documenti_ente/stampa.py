# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF: tagged, with the machinery and the style of the plan's document, no cover."""

import unicodedata

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from piani import stampa
from piani.documenti_ente.forma import Dati, per_pagina
from piani.models import DocumentoEnte
from piani.tipografia.risorse import foglio

MODELLO = "documenti_ente/stampa.html"


def rende_pdf(foto: Dati) -> stampa.Pdf:
    """The same photograph gives the same bytes.

    :raises StampaNonDisponibile: the libraries that draw the PDF are not installed.
    """
    return stampa.da_html(componi(foto))


def pdf_di(documento: DocumentoEnte) -> bytes:
    """The PDF that is kept; drawn now, if the job has still to draw it.

    :raises StampaNonDisponibile: it has to be drawn, and the libraries are not installed.
    """
    if not documento.file:
        return rende_pdf(documento.fotografia).contenuto
    with documento.file.open("rb") as aperto:
        return aperto.read()


def componi(foto: Dati) -> str:
    """The page that is printed."""
    stile = stampa.stile_stampa() + foglio("documento-ente-stampa.css")
    with translation.override(foto["lingua"]):
        contesto = {
            "foto": foto,
            "parti": per_pagina(foto),
            "stile": mark_safe(stile),  # noqa: S308 -- our own files
        }
        return unicodedata.normalize("NFC", render_to_string(MODELLO, contesto))
