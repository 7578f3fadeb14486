# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the Nucleo's grid, of the prizes, of the documents of the body."""

from datetime import date
from decimal import Decimal
from typing import Any

from obiettivi.models import PremiAnno, VocePremi
from piani.models import Azienda, DocumentoEnte, RilevazioneObblighi
from tests.factories import DocumentoEnteFactory

PUBBLICHE: set[str] = {
    "documento_ente_corrente", "documento_ente", "documento_ente_file",
    "atti_oiv", "atti_oiv_csv", "atti_oiv_json", "scheda_anac",
}  # fmt: skip
PERSONALI: set[str] = {"attestazioni", "attestazione_nuova"}
SCRITTURE: set[str] = set()
MODULI: set[str] = {
    "attestazione_punteggi", "attestazione_scheda", "attestazione_allinea", "attestazione_chiudi",
    "attestazione_correggi", "attestazione_pubblica",
    "premi_nuovi", "premi_criteri", "premi_voce_nuova", "premi_voce", "premi_voce_togli",
    "premi_pubblica",
}  # fmt: skip
# As it would be now: for who writes it.
NASCOSTE: set[str] = {"attestazione_anteprima", "premi_anteprima"}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    griglia = RilevazioneObblighi.objects.create(
        azienda=azienda, anno=2022, riferimento=date(2022, 5, 31), organismo="Nucleo"
    )
    chiusa: DocumentoEnte = DocumentoEnteFactory(azienda=azienda, serie=griglia.serie)
    premi = PremiAnno.objects.create(azienda=azienda, anno=2022)
    voce = VocePremi.objects.create(
        premi=premi, gruppo="dirigenti", nome="Fondo", stanziato=Decimal(1000)
    )
    mia, suoi = {"pk": griglia.pk}, {"pk": premi.pk}
    versione = mia | {"numero": chiusa.versione}
    return {
        **dict.fromkeys([*(nome for nome in MODULI if nome.startswith("attestazione_"))], mia),
        "attestazione": mia,
        "attestazione_anteprima": mia,
        "attestazione_versione": versione,
        "attestazione_file": versione | {"nome": "documento.json"},
        "premi_di": {"azienda": azienda.codice},
        "premi_nuovi": {"azienda": azienda.codice},
        "premi": suoi,
        "premi_criteri": suoi,
        "premi_voce_nuova": suoi,
        "premi_voce": {"pk": voce.pk},
        "premi_voce_togli": {"pk": voce.pk},
        "premi_anteprima": suoi | {"quale": "ammontare"},
        "premi_pubblica": suoi | {"quale": "ammontare"},
    }
