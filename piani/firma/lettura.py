# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is read of a signature inside a PDF, as plain data that is kept and published."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


class PdfNonFirmato(ValueError):
    """The file cannot be attached; the message says why and what to do."""


@dataclass(frozen=True)
class FirmaLetta:
    """A signature that holds: who put it, when, with which certificate.

    Of the certificate's subject only the name and the body are kept: the codice fiscale that the
    Italian ones carry is in the signed file, and is not written anywhere else.
    """

    nome: str
    ente: str
    quando: str
    """ISO 8601: of the time stamp when there is one, otherwise as the signer's machine says."""
    marca: bool
    """Whether the time is of a time stamp, and not of the signer's machine."""
    autorita: str
    seriale: str
    valido_dal: str
    valido_al: str
    catena: bool
    """Whether the certificate goes back to one of the trusted authorities."""

    @classmethod
    def di(cls, stato: Any) -> "FirmaLetta":
        """From the status of a verified signature, as pyHanko says it."""
        certificato = stato.signing_cert
        soggetto, autorita = certificato.subject.native, certificato.issuer.native
        marca = getattr(stato.timestamp_validity, "timestamp", None)
        quando: datetime | None = marca or stato.signer_reported_dt
        return cls(
            nome=parola(soggetto, "common_name"),
            ente=parola(soggetto, "organization_name"),
            quando=quando.isoformat() if quando else "",
            marca=marca is not None,
            autorita=parola(autorita, "common_name") or parola(autorita, "organization_name"),
            seriale=f"{certificato.serial_number:x}",
            valido_dal=certificato.not_valid_before.isoformat(),
            valido_al=certificato.not_valid_after.isoformat(),
            catena=bool(stato.trusted),
        )

    def in_dati(self) -> dict[str, Any]:
        return asdict(self)


def parola(nome: Any, campo: str) -> str:
    """A field of a distinguished name; the first one, if it is said twice."""
    valore = nome.get(campo, "")
    return str(valore[0] if isinstance(valore, list) else valore)
