# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of papers, examinations and KPI in the API, with the keys of an azienda's rows."""

from typing import Any

from django.core.files.base import ContentFile

from conciliazione.models import (
    EdizioneConciliazione,
    Giustificativo,
    Kpi,
    ValoreKpi,
    VoceBudget,
)
from conciliazione.models.campi import impronta
from piani.models import Azienda
from tests.api.mondo_conciliazione import una_di_ogni
from tests.factories_conciliazione import AzioneDiPianoFactory, EdizioneConciliazioneFactory

FATTURA = b"Fattura di prova"
DEL_KPI = ("/conciliazione/kpi/{id}", "/conciliazione/kpi/{id}/valori")
DEL_DOCUMENTO = (
    "/conciliazione/giustificativi/{id}", "/conciliazione/giustificativi/{id}/contenuto",
)  # fmt: skip


def _edizione(azienda: Azienda) -> EdizioneConciliazione:
    """Its own years: the other parts have an edition of the usual ones."""
    trovata = EdizioneConciliazione.objects.filter(azienda=azienda, anno_inizio=2014).first()
    return trovata or EdizioneConciliazioneFactory(
        azienda=azienda, anno_inizio=2014, anno_fine=2015
    )


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    righe = una_di_ogni(_edizione(azienda))
    documento = Giustificativo(
        spesa=righe["spese"], nome="fattura.txt", tipo="text/plain", dimensione=len(FATTURA),
        sha256=impronta(FATTURA),
    )  # fmt: skip
    documento.file.save("fattura.txt", ContentFile(FATTURA), save=False)
    documento.save()
    kpi = Kpi.objects.get(riga__mappa=righe["mappe-di-impatto"])
    return {
        "/conciliazione/spese/{id}/giustificativi": {"id": righe["spese"].pk},
        "/conciliazione/rendiconti/{id}/esame": {"id": righe["rendiconti"].pk},
        **{uno: {"id": documento.pk} for uno in DEL_DOCUMENTO},
        **{uno: {"id": kpi.pk} for uno in DEL_KPI},
        "/conciliazione/valori-kpi/{id}": {"id": ValoreKpi.objects.get(kpi=kpi).pk},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    edizione = _edizione(azienda)
    mappa = edizione.mappe_impatto.latest("pk")
    progetto, semestre = mappa.progetto, edizione.semestri.latest("pk")
    riga, voce = mappa.righe.get(), VoceBudget.objects.get(azione__progetto=progetto)
    spesa = {"descrizione": "Educatori", "documento": "Fattura 98", "documento_del": "2021-07-31"}
    atto = {"atto": "Decreto n. 7", "atto_del": "2022-01-10"}
    return {
        "/conciliazione/rilevazioni": {"semestre": semestre.pk, "progetto": progetto.pk},
        "/conciliazione/spese/carico": {
            "progetto": progetto.pk,
            "righe": [{"voce": voce.pk, "ente": progetto.capofila_id, "importo": 10, **spesa}],
        },
        "/conciliazione/apporti": {
            "progetto": progetto.pk,
            "ente": progetto.capofila_id,
            "forma": "denaro",
            "importo": 10,
        },
        "/conciliazione/rendiconti": {"progetto": progetto.pk, "rata": "anticipo"},
        "/conciliazione/revoche": {"progetto": progetto.pk, **atto},
        "/conciliazione/pagamenti": {
            "azione": AzioneDiPianoFactory(edizione=edizione).pk,
            "beneficiario": "Cooperativa inventata",
            "importo": 10,
            "atto": "Determina 3",
            "disposto_il": "2021-03-01",
        },
        "/conciliazione/mappe-di-impatto": {"progetto": progetto.pk},
        "/conciliazione/kpi": {"riga": riga.pk, "nome": "Iscritti"},
    }
