# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entrance of the conciliation and the page of an edition."""

from typing import Any

from piani.models import Azienda
from tests.factories_conciliazione import EdizioneConciliazioneFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = {"conciliazione"}
SCRITTURE: set[str] = set()
MODULI: set[str] = set()
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda)
    return {"conciliazione_edizione": {"slug": edizione.slug}}
