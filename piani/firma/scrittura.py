# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our signature on a printed document: PAdES, in a field that is not drawn.

The field is invisible and the metadata are left as they were written: the signed file is still
PDF/UA-1 and PDF/A-2a, and begins with the bytes of the printed one.
"""

from io import BytesIO

from django.utils.translation import gettext as _

from .certificati import Sigillo
from .filo import in_un_filo

CAMPO = "Firma1"


def appone(pdf: bytes, sigillo: Sigillo, *, motivo: str) -> bytes:
    """The same PDF, signed."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class SenzaToccareIMetadati(IncrementalPdfFileWriter):  # type: ignore[misc]
        """pyHanko would write the XMP anew, without what declares the two standards."""

        def _update_meta(self) -> None:
            return

    dati = PdfSignatureMetadata(
        field_name=CAMPO,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        reason=motivo,
        name=sigillo.nome,
    )
    campo = SigFieldSpec(CAMPO, readable_field_name=_("Firma digitale"))
    firmato = BytesIO()
    chi_firma = PdfSigner(dati, signer=sigillo.firmatario, new_field_spec=campo)
    in_un_filo(
        lambda: chi_firma.sign_pdf(SenzaToccareIMetadati(BytesIO(pdf)), output=firmato),
    )
    return firmato.getvalue()
