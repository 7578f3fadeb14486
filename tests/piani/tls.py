# SPDX-License-Identifier: AGPL-3.0-or-later
"""Certificates of servers that listen on this machine."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificato(cartella: Path, nome: str) -> tuple[Path, Path]:
    """A certificate that believes in itself, for a name, and its key."""
    chiave, adesso = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    chi = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nome)])
    altri: x509.GeneralName = x509.DNSName(nome)
    if nome[0].isdigit():
        altri = x509.IPAddress(ip_address(nome))
    fatto = (
        x509.CertificateBuilder()
        .subject_name(chi).issuer_name(chi).public_key(chiave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(adesso - timedelta(days=1)).not_valid_after(adesso + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([altri]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(chiave, hashes.SHA256())
    )  # fmt: skip
    pem, privata = cartella / f"{nome}.pem", cartella / f"{nome}.key"
    pem.write_bytes(fatto.public_bytes(serialization.Encoding.PEM))
    privata.write_bytes(
        chiave.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem, privata
