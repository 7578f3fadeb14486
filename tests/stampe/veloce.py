# SPDX-License-Identifier: AGPL-3.0-or-later
"""The quick checker: ``page-validation``, a wheel, one second for a hundred pages."""

from io import BytesIO

import page
from pypdf import PdfReader

PROFILI = ("ua1", "2a")
FALSI_ALLARMI = {
    # A compressed stream that happens to end with byte 0x0D (one in 256) looks one byte short to
    # it; qpdf and veraPDF find nothing wrong.
    "PDFA2A-STREAM-LENGTH-001",
}


def fallimenti(pdf: bytes, *, anche: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """Failed rules by profile, without the known false alarms; ``anche`` are other known ones."""
    esiti = {nome: page.validate_pdf_bytes(pdf, profile=nome) for nome in PROFILI}
    return {
        nome: {uno.rule_id for uno in esito.failures} - FALSI_ALLARMI - anche
        for nome, esito in esiti.items()
    }


def pagine(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)
