# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the signed PDF of a document, of a plan or of the body."""

from typing import Any

from django.utils import timezone

from piani.documenti_ente.azioni import rende_pubblico
from piani.models import Azienda, DocumentoPubblicato
from tests.factories import DocumentoEnteFactory, PianoFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
DI_UN_PIANO = ("firma_allega", "firma_apponi", "firma_togli")
DI_UN_ENTE = tuple(f"ente_{nome}" for nome in DI_UN_PIANO)
SCRITTURE: set[str] = {*DI_UN_PIANO, *DI_UN_ENTE}
MODULI: set[str] = set()
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    documento = DocumentoPubblicato.objects.create(
        piano=PianoFactory(azienda=azienda, stato="pubblicato"), versione=1, stato="pronto",
        contenuto="{}", sha256_contenuto="0", sha256_pdf="0", generatore="Albero",
        pubblicato_il=timezone.localdate(),
    )  # fmt: skip
    dell_ente = rende_pubblico(
        DocumentoEnteFactory(azienda=azienda, serie="attestazione-da-firmare"), da=None
    )
    return {
        **{nome: {"pk": documento.pk} for nome in ("documento_firma", *DI_UN_PIANO)},
        **{nome: {"pk": dell_ente.pk} for nome in ("ente_documento_firma", *DI_UN_ENTE)},
    }
