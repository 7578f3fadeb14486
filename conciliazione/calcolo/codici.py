# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fiscal codes and VAT numbers: whether they are written right. Whose they are, only the tax
office knows.
"""

import re

CIFRA = "[0-9LMNPQRSTUV]"  # where two codes would be equal, letters stand for digits
PERSONA = re.compile(f"[A-Z]{{6}}{CIFRA}{{2}}[A-Z]{CIFRA}{{2}}[A-Z]{CIFRA}{{3}}[A-Z]")
# What a character in an odd place counts, by its position in 0-9 and in A-Z (D.M. 23/12/1976).
DISPARI = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25,
           24, 23)  # fmt: skip


def compatto(codice: str) -> str:
    """A code as it is kept: capital letters, no spaces, no country before a VAT number."""
    pulito = re.sub(r"[\s.\-]", "", codice).upper()
    return pulito[2:] if re.fullmatch(r"IT[0-9]{11}", pulito) else pulito


def partita_iva_valida(codice: str) -> bool:
    """Eleven digits, the last of which checks the others (D.P.R. 633/1972, art. 35)."""
    if not re.fullmatch(r"[0-9]{11}", codice) or codice == "0" * 11:
        return False
    cifre = [int(una) for una in codice]
    doppie = [2 * una - (9 if una > 4 else 0) for una in cifre[1::2]]
    return (sum(cifre[0::2]) + sum(doppie)) % 10 == 0


def codice_fiscale_valido(codice: str) -> bool:
    """That of a body, eleven digits as a VAT number; or that of a person, sixteen characters."""
    if codice.isdigit():
        return partita_iva_valida(codice)
    if not PERSONA.fullmatch(codice):
        return False
    posti = [int(uno) if uno.isdigit() else ord(uno) - ord("A") for uno in codice[:15]]
    somma = sum(DISPARI[uno] for uno in posti[0::2]) + sum(posti[1::2])
    return chr(ord("A") + somma % 26) == codice[15]
