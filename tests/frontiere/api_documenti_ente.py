# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the Nucleo's grid, of the prizes, of the documents of the body in the API."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from obiettivi.models import PremiAnno, VocePremi
from piani.models import Azienda, PdfFirmato, RilevazioneObblighi
from tests.factories import DocumentoEnteFactory

APERTE = {"/documenti-ente", "/documenti-ente/{id}"}
# As who writes it sees it: the Nucleo.
NASCOSTE = {"/attestazioni/{id}/griglia"}
DELL_ATTESTAZIONE = (
    "", "/allineamento", "/chiusura", "/correzione", "/griglia", "/pubblicazione", "/punteggi",
    "/scheda",
)  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    griglia = RilevazioneObblighi.objects.create(
        azienda=azienda, anno=2022, riferimento=date(2022, 5, 31), organismo="Nucleo"
    )
    pubblico = DocumentoEnteFactory(
        azienda=azienda, serie=griglia.serie, pubblicato_il=timezone.localdate()
    )
    PdfFirmato.objects.create(
        documento_ente=pubblico, origine="caricato", file=ContentFile(b"%PDF", name="firmato.pdf"),
        sha256="1" * 64, dimensione=4, firme=[{"chi": "Prova"}], catena_verificata=False,
    )  # fmt: skip
    premi = PremiAnno.objects.create(azienda=azienda, anno=2022)
    voce = VocePremi.objects.create(
        premi=premi, gruppo="dirigenti", nome="Fondo", stanziato=Decimal(1000)
    )
    return {
        "/documenti-ente/{id}": {"id": pubblico.pk},
        **{
            f"/documenti-ente/{{documento}}/firma{passo}": {"documento": pubblico.pk}
            for passo in ("", "/ritiro", "/sigillo")
        },
        **{f"/attestazioni/{{id}}{passo}": {"id": griglia.pk} for passo in DELL_ATTESTAZIONE},
        **{
            f"/attestazioni/{{attestazione}}/versioni/{{numero}}{passo}": {
                "attestazione": griglia.pk,
                "numero": pubblico.versione,
            }
            for passo in ("", "/pdf")
        },
        **{f"/premi/{{id}}{passo}": {"id": premi.pk} for passo in ("", "/pubblicazione", "/voci")},
        "/voci-premi/{id}": {"id": voce.pk},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    return {
        "/attestazioni": {
            "azienda": azienda.codice,
            "anno": 2023,
            "riferimento": "2023-05-31",
            "organismo": "Nucleo",
        },
        "/premi": {"azienda": azienda.codice, "anno": 2023},
    }
