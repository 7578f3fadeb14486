# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the signed PDF of a document."""

from typing import Any

from django.utils import timezone

from piani.models import Azienda, DocumentoPubblicato
from tests.factories import PianoFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"firma_allega", "firma_apponi", "firma_togli"}
MODULI: set[str] = set()
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    documento = DocumentoPubblicato.objects.create(
        piano=PianoFactory(azienda=azienda, stato="pubblicato"), versione=1, stato="pronto",
        contenuto="{}", sha256_contenuto="0", sha256_pdf="0", generatore="Albero",
        pubblicato_il=timezone.localdate(),
    )  # fmt: skip
    return {nome: {"pk": documento.pk} for nome in ("documento_firma", *SCRITTURE)}
