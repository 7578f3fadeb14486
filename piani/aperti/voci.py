# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogue of the open data among the public tables of Amministrazione Trasparente."""

from django.urls import reverse
from django.utils.translation import gettext as _

from piani.models import Azienda
from piani.trasparenza import VoceAT


def voci_at(azienda: Azienda) -> list[VoceAT]:
    """Art. 53 c. 1-bis D.Lgs. 82/2005: it is made from the documents, nobody keeps it."""
    return [
        VoceAT(
            "Altri contenuti",
            "Catalogo di dati, metadati e delle banche dati",
            "Art. 53, c. 1 bis, d.lgs. n. 82/2005",
            _("I dati aperti pubblicati con Albero."),
            reverse("dati_aperti", args=[azienda.codice]),
        )
    ]
