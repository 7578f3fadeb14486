# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the financial plan and of the printed figures."""

from decimal import Decimal
from typing import Any

from conciliazione.models import Riscontro, VoceFinanziaria
from piani.models import Azienda
from tests.factories_conciliazione import EdizioneConciliazioneFactory, PianoFinanziarioFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"finanze_apri", "finanze_approva"}
MODULI: set[str] = {
    "finanze_voce_nuova", "finanze_voce", "finanze_voce_togli", "finanze_riscontro",
}  # fmt: skip
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2003, anno_fine=2004)
    piano = PianoFinanziarioFactory(edizione=edizione)
    voce = VoceFinanziaria.objects.create(
        piano=piano, parte="fonte", codice="f", ordine=1, nome="Fonte", importo=Decimal(1)
    )
    riscontro = Riscontro.objects.create(
        edizione=edizione, ordine=1, chiave="r", dove="Qui", stampato="2",
        valore_stampato=Decimal(2), calcolato=Decimal(1),
    )  # fmt: skip
    slug, del_piano = {"slug": edizione.slug}, {"pk": piano.pk}
    return {
        "conciliazione_finanziario": slug,
        "finanze_apri": slug,
        "finanze_riscontri": slug,
        "finanze_riscontri_csv": slug,
        "finanze_approva": del_piano,
        "finanze_voce_nuova": del_piano,
        "finanze_voce": {"pk": voce.pk},
        "finanze_voce_togli": {"pk": voce.pk},
        "finanze_riscontro": {"pk": riscontro.pk},
    }
