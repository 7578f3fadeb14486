# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF of a signed sheet, from what was signed."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from obiettivi.calcolo.arrotondamento import mostra
from obiettivi.individuale.termini import conciliazione_di
from obiettivi.models import ValutazioneIndividuale
from piani.stampa.pdf import da_html, stile_stampa


def pdf_di(valutazione: ValutazioneIndividuale) -> bytes:
    """The signed sheet, its signatures and how it ended.

    :raises StampaNonDisponibile: the libraries that draw the PDF are missing.
    """
    finale, richiesta = valutazione.punteggio_finale, conciliazione_di(valutazione)
    contesto = {
        "foto": valutazione.firmato,
        "valutazione": valutazione,
        "conciliazione": richiesta,
        "finale": "" if finale is None else mostra(finale),
        "stile": mark_safe(stile_stampa()),  # noqa: S308 -- our own files
    }
    html = render_to_string("obiettivi/individuale/stampa.html", contesto)
    return da_html(html).contenuto
