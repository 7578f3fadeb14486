# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signed PDFs: whom one trusts, and the seal of the body."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.ambiente import env

# A PEM file of trusted authorities; without, the chain of a certificate is not verified.
FIRMA_AUTORITA = env.str("FIRMA_AUTORITA", default="")
# The seal: a PKCS#12, the file with its passphrase, and the code of the azienda it belongs to.
FIRMA_P12 = env.str("FIRMA_P12", default="")
FIRMA_P12_PAROLA = env.str("FIRMA_P12_PAROLA", default="")
FIRMA_AZIENDA = env.str("FIRMA_AZIENDA", default="")
if FIRMA_P12 and not (FIRMA_P12_PAROLA and FIRMA_AZIENDA):
    raise ImproperlyConfigured(
        "FIRMA_P12 vuole anche FIRMA_P12_PAROLA (il file con la parola chiave) e FIRMA_AZIENDA "
        "(il codice dell'azienda di cui è il sigillo)."
    )
