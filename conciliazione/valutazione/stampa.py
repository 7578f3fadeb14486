# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF of a ranking: tagged, with the machinery and the style of the minutes of the Comitato.

A ranking is frozen when it is formed: the same rows give the same photograph, and the same bytes.
"""

import unicodedata
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from conciliazione.models import Graduatoria, RigaGraduatoria
from piani import stampa
from piani.stampa.formati import ancora
from piani.tipografia.risorse import foglio

MODELLO = "conciliazione/valutazione/stampa/graduatoria.html"
Dati = dict[str, Any]


def fotografa(graduatoria: Graduatoria) -> Dati:
    """The ranking as plain data: who is where, with how many points and why."""
    bando = graduatoria.manifestazione
    edizione = bando.edizione
    minimo = edizione.regole.punteggio_minimo
    righe = graduatoria.righe.select_related("proposta__capofila")
    return {
        "lingua": "it",
        "azienda": str(edizione.azienda),
        "edizione": edizione.nome,
        "bando": bando.titolo,
        "numero": graduatoria.numero,
        "data": timezone.localdate(graduatoria.decisa_il or graduatoria.formata_il).isoformat(),
        "decisa": graduatoria.decisa_il is not None,
        "seduta": str(graduatoria.seduta or ""),
        "motivo": graduatoria.motivo,
        "minimo": minimo.valore,
        "minimo_fonte": minimo.fonte,
        "righe": [_riga(una) for una in righe.order_by("-idonea", "posto", "pk")],
        "generatore": f"Albero {settings.ALBERO_VERSIONE}",
    }


def _riga(riga: RigaGraduatoria) -> Dati:
    return {
        "posto": riga.posto,
        "proposta": riga.proposta.titolo,
        "capofila": str(riga.proposta.capofila),
        "punti": riga.punti,
        "premiali": riga.premiali,
        "idonea": riga.idonea,
        "nota": riga.nota,
        "medie": riga.dettaglio,
    }


def rende_pdf(foto: Dati) -> stampa.Pdf:
    """:raises StampaNonDisponibile: the libraries that draw the PDF are not installed."""
    return stampa.da_html(componi(foto))


def componi(foto: Dati) -> str:
    """The page that is printed."""
    stile = stampa.stile_stampa() + foglio("verbale-stampa.css")
    with translation.override(foto["lingua"]):
        contesto = {
            "foto": foto,
            "stile": mark_safe(stile),  # noqa: S308 -- our own files
        }
        return unicodedata.normalize("NFC", render_to_string(MODELLO, contesto))


def nome_del_file(foto: Dati) -> str:
    """``graduatoria-1-piano-2020-2023.pdf``."""
    return f"{ancora('graduatoria', foto['numero'], foto['edizione'])}.pdf"
