# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF of the document: PDF/UA-1 and PDF/A-2a, the same bytes for the same photograph."""

from typing import Any

from piani.tipografia.composizione import RADICE, Pdf, StampaNonDisponibile
from piani.tipografia.processo import stampa_html as da_html
from piani.tipografia.risorse import caratteri_per_nome, foglio, larghezze_di_colonna
from piani.tipografia.simboli import FAMIGLIA as SIMBOLI

from .pagina import componi
from .tinte import risolto

__all__ = ["Pdf", "StampaNonDisponibile", "da_html", "rende_pdf", "stile_stampa"]


def rende_pdf(foto: dict[str, Any]) -> Pdf:
    """The document as PDF.

    Two renderings of the same photograph are byte-equal: the dates written inside are the
    photograph's ``data``, the file identifier comes from the content. Raises
    ``StampaNonDisponibile`` when Pango is missing.
    """
    return da_html(componi(foto, stile_stampa(), per_pdf=True))


def stile_stampa() -> str:
    """The style sheet of the PDF, fonts by name."""
    simboli = f"@font-face{{font-family:'{SIMBOLI}';src:url({RADICE}simboli.ttf)}}"
    fogli = foglio("documento.css"), foglio("stampa.css")
    return (
        caratteri_per_nome(f"{RADICE}caratteri/")
        + simboli
        + larghezze_di_colonna()
        + risolto("".join(fogli))
    )
