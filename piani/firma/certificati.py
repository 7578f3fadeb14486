# SPDX-License-Identifier: AGPL-3.0-or-later
"""The certificates that who runs the program gives it: trusted authorities, and its own seal."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from piani.models import Azienda


@dataclass(frozen=True)
class Sigillo:
    """A PKCS#12 ready to sign, and the name that its certificate carries."""

    firmatario: Any
    nome: str


def autorita() -> list[Any]:
    """The certificates of ``FIRMA_AUTORITA``, one PEM file; none if it is not set.

    :raises OSError: the file is not there.
    :raises ValueError: it holds something else.
    """
    if not settings.FIRMA_AUTORITA:
        return []
    from pyhanko.keys import load_certs_from_pemder

    return list(load_certs_from_pemder([settings.FIRMA_AUTORITA]))


def sigillo(azienda: Azienda) -> Sigillo | None:
    """The seal of an azienda, if this installation has one and it is hers.

    :raises ValueError: the file or its passphrase are wrong; the message says which setting.
    """
    if not settings.FIRMA_P12 or azienda.codice != settings.FIRMA_AZIENDA:
        return None
    from pyhanko.sign.signers import SimpleSigner

    from .lettura import parola

    try:
        parola_chiave = Path(settings.FIRMA_P12_PAROLA).read_text().strip().encode()
        contenuto = Path(settings.FIRMA_P12).read_bytes()
    except OSError as errore:
        raise ValueError(
            _("Il sigillo non si legge (%(file)s): controllare FIRMA_P12 e FIRMA_P12_PAROLA.")
            % {"file": Path(errore.filename or "").name}
        ) from errore
    try:
        firmatario = SimpleSigner.load_pkcs12_data(
            contenuto, other_certs=[], passphrase=parola_chiave
        )
    except Exception as errore:  # whatever a damaged archive or a wrong passphrase makes it raise
        raise ValueError(
            _("Il sigillo non si apre: la parola chiave o il file PKCS#12 non sono quelli giusti.")
        ) from errore
    return Sigillo(firmatario, parola(firmatario.signing_cert.subject.native, "common_name"))
