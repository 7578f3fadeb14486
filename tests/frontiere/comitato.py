# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of this part of the conciliation."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from conciliazione.models import RichiestaConsultazione, Seduta
from piani.models import Azienda
from tests.factories_conciliazione import (
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    SeggioFactory,
    VerbaleFactory,
    VotazioneFactory,
)

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = {"mie_sedute"}
SCRITTURE: set[str] = {
    "seggio_nomina", "componente_fine", "seduta_punto", "seduta_convoca", "seduta_annulla",
    "seduta_apri", "seduta_deserta", "seduta_chiudi", "seduta_collega", "punto_togli",
    "punto_esito", "votazione_apri", "votazione_vota", "votazione_chiudi", "votazione_ritira",
    "verbale_proponi", "verbale_invia", "verbale_riprendi", "verbale_valida", "verbale_concludi",
    "consultazione_firma", "consultazione_seduta", "consultazione_stacca",
}  # fmt: skip
MODULI: set[str] = {
    "seggio_nuovo", "seggio_modifica", "seduta_nuova", "seduta_modifica", "seduta_presenze",
    "votazione_raccogli", "verbale_modifica", "consultazione_nuova",
}  # fmt: skip
NASCOSTE: set[str] = set()
DELLA_SEDUTA = (
    "seduta", "seduta_modifica", "seduta_punto", "seduta_convoca", "seduta_annulla", "seduta_ics",
    "seduta_presenze", "seduta_apri", "seduta_deserta", "seduta_chiudi", "seduta_collega",
    "verbale", "verbale_proponi", "verbale_modifica", "verbale_invia", "verbale_riprendi",
    "verbale_valida", "verbale_concludi", "verbale_pdf",
)  # fmt: skip
DELLA_VOTAZIONE = ("votazione_vota", "votazione_raccogli", "votazione_chiudi", "votazione_ritira")
DELLA_RICHIESTA = (
    "consultazione", "consultazione_firma", "consultazione_seduta", "consultazione_stacca",
)  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2001, anno_fine=2002)
    componente = ComponenteFactory(seggio=SeggioFactory(edizione=edizione))
    votazione = VotazioneFactory(punto__seduta__edizione=edizione)
    seduta = votazione.punto.seduta
    VerbaleFactory(
        seduta=seduta,
        stato="validato",
        inviato_il=timezone.now(),
        fotografia={"html": "", "impronta": "", "organo": "Comitato", "giorno": "2031-03-01"},
        file=ContentFile(b"%PDF-1.7", "verbale.pdf"),
    )
    richiesta = RichiestaConsultazione.objects.create(
        edizione=edizione, oggetto="Orari", testo="Che fare?",
        proposta_da=EnteFactory(azienda=azienda), seduta=_della_rete(seduta),
    )  # fmt: skip
    della_parte = (
        "conciliazione_comitato", "seggi", "seggio_nuovo", "seduta_nuova", "consultazioni",
        "consultazione_nuova",
    )  # fmt: skip
    seggio, punto = {"pk": componente.seggio_id}, {"pk": votazione.punto_id}
    return {
        **{key: {"slug": edizione.slug} for key in della_parte},
        **{key: {"pk": seduta.pk} for key in DELLA_SEDUTA},
        **{key: {"pk": votazione.pk} for key in DELLA_VOTAZIONE},
        **{key: {"pk": richiesta.pk} for key in DELLA_RICHIESTA},
        **dict.fromkeys(("seggio", "seggio_modifica", "seggio_nomina"), seggio),
        **dict.fromkeys(("punto_togli", "punto_esito", "votazione_apri"), punto),
        "componente_fine": {"pk": componente.pk},
    }


def _della_rete(seduta: Seduta) -> Seduta:
    return Seduta.objects.create(
        edizione=seduta.edizione, organo="rete", oggetto="Consultazione", quando=seduta.quando
    )
