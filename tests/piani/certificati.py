# SPDX-License-Identifier: AGPL-3.0-or-later
"""A throw-away authority, certificates of invented people, and PDFs signed with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from piani.firma.filo import in_un_filo

PAROLA = "una parola inventata"
CURVA = ec.SECP256R1()
ANNO = timedelta(days=365)
NESSUNO = dict.fromkeys(
    ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"),
    False,
)


@dataclass(frozen=True)
class Autorita:
    """Who issues the certificates."""

    nome: str
    chiave: Any
    certificato: Any

    @classmethod
    def nuova(cls, nome: str = "Autorità di prova") -> "Autorita":
        chiave = ec.generate_private_key(CURVA)
        base = _certificato(nome, "", nome, chiave.public_key(), timezone.now() - ANNO, 9 * ANNO)
        base = base.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        base = base.add_extension(
            x509.KeyUsage(
                digital_signature=False, content_commitment=False, key_cert_sign=True,
                crl_sign=True, **NESSUNO,
            ),
            critical=True,
        )  # fmt: skip
        return cls(nome, chiave, base.sign(chiave, hashes.SHA256()))

    def pem(self, cartella: Path) -> str:
        """A file with its certificate, as ``FIRMA_AUTORITA`` wants it."""
        file = cartella / "autorita.pem"
        file.write_bytes(self.certificato.public_bytes(Encoding.PEM))
        return str(file)

    def p12(
        self,
        nome: str = "Direzione di Prova",
        *,
        dal: datetime | None = None,
        durata: timedelta = ANNO,
    ) -> bytes:
        """Key and certificate of a person, under :data:`PAROLA`."""
        chiave = ec.generate_private_key(CURVA)
        base = _certificato(
            nome, "ASST di Prova", self.nome, chiave.public_key(),
            dal or timezone.now() - timedelta(days=1), durata,
        )  # fmt: skip
        base = base.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        base = base.add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_cert_sign=False,
                crl_sign=False, **NESSUNO,
            ),
            critical=True,
        )  # fmt: skip
        certificato = base.sign(self.chiave, hashes.SHA256())
        return pkcs12.serialize_key_and_certificates(
            b"firma", chiave, certificato, [self.certificato],
            BestAvailableEncryption(PAROLA.encode()),
        )  # fmt: skip


@cache
def autorita() -> Autorita:
    """The same for all the tests of a process: a key takes its time."""
    return Autorita.nuova()


def firmato(pdf: bytes, p12: bytes | None = None, *, campo: str = "Firma1") -> bytes:
    """The PDF signed as a program of a provider would: in a further revision, in PAdES."""
    chi = signers.SimpleSigner.load_pkcs12_data(
        p12 or autorita().p12(), other_certs=[], passphrase=PAROLA.encode()
    )
    dati = signers.PdfSignatureMetadata(
        field_name=campo, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    uscita = BytesIO()
    chi_firma = signers.PdfSigner(dati, signer=chi, new_field_spec=fields.SigFieldSpec(campo))
    in_un_filo(lambda: chi_firma.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=uscita))
    return uscita.getvalue()


def _certificato(
    nome: str, ente: str, autorita: str, chiave: Any, dal: datetime, durata: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_nome(nome, ente))
        .issuer_name(_nome(autorita, ""))
        .public_key(chiave)
        .serial_number(x509.random_serial_number())
        .not_valid_before(dal)
        .not_valid_after(dal + durata)
    )


def _nome(comune: str, ente: str) -> x509.Name:
    parti = [x509.NameAttribute(NameOID.COMMON_NAME, comune)]
    if ente:
        parti.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, ente))
    return x509.Name(parti)
