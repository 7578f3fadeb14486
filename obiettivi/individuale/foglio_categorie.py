# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet that says the category of some people → e-mail and code. Nothing is written."""

import csv
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

COLONNE = ("email", "categoria")
RIGHE_MASSIME = 5000


def leggi_categorie(contenuto: str) -> dict[str, str]:
    """The category of each e-mail, in lower case; {} of an empty sheet.

    :raises ValidationError: columns missing, a row incomplete, an e-mail with two categories.
    """
    if not contenuto.strip():
        return {}
    lettore = csv.reader(StringIO(contenuto.removeprefix("\ufeff"), newline=""), delimiter=";")
    intestazione = [nome.strip().lower() for nome in next(lettore, [])]
    if any(nome not in intestazione for nome in COLONNE):
        raise ValidationError(
            _("La prima riga ha i nomi delle colonne, separati da «;»: %(colonne)s.")
            % {"colonne": ";".join(COLONNE)}
        )
    scelte: dict[str, str] = {}
    for numero, valori in enumerate(lettore, 2):
        celle = dict(zip(intestazione, (uno.strip() for uno in valori), strict=False))
        if not any(celle.values()):
            continue
        _aggiungi(scelte, celle, numero)
    return scelte


def _aggiungi(scelte: dict[str, str], celle: dict[str, str], numero: int) -> None:
    email, categoria = celle.get("email", "").lower(), celle.get("categoria", "").lower()
    if not email or not categoria:
        raise ValidationError(
            _("Riga %(n)s: servono la posta e il codice della categoria.") % {"n": numero}
        )
    if scelte.get(email, categoria) != categoria:
        raise ValidationError(
            _("Riga %(n)s: %(email)s è già in un'altra categoria.") % {"n": numero, "email": email}
        )
    if len(scelte) >= RIGHE_MASSIME:
        raise ValidationError(_("Al massimo %(n)s righe alla volta.") % {"n": RIGHE_MASSIME})
    scelte[email] = categoria
