# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the PIAO."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from piani.models import Azienda, RicevutaPortale
from tests.factories import PianoFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"ricevuta_portale"}
MODULI: set[str] = set()
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    piano = PianoFactory(azienda=azienda, tipo="piao", anno_inizio=2026, anno_fine=2028)
    ricevuta = RicevutaPortale(
        piano=piano, data=date(2026, 2, 1), protocollo="P-1", versione=1, sha256="0" * 64
    )
    ricevuta.file.save("ricevuta.pdf", ContentFile(b"%PDF-1.7"), save=False)
    ricevuta.save()
    return {"ricevuta_portale": {"slug": piano.slug}, "ricevuta_file": {"pk": ricevuta.pk}}
