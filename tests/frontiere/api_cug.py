# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reports of the CUG, the staff by gender and the questionnaires, with an azienda's keys."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from piani.azioni_positive.trasmissione import trasmetti
from piani.models import Azienda, RelazioneCUG
from tests.factories_conciliazione import DomandaFactory, QuestionarioFactory
from tests.factories_lavoro_agile import PersonaleGenereFactory, RelazioneCUGFactory

PASSI = ("", "/cifre", "/correzione", "/dipartimento", "/trasmissione")
DEL_QUESTIONARIO = (
    "", "/apertura", "/chiusura", "/collegamenti", "/domande", "/inviti", "/risultati",
)  # fmt: skip
# The rows with small groups too are of who counts the staff.
VUOTE = {"/personale-per-genere"}
NASCOSTE = {"/personale-per-genere/{id}"}


def trasmessa(azienda: Azienda, anno: int = 2021, **altro: Any) -> RelazioneCUG:
    """A report sent, with the PDF of its version."""
    testi = dict.fromkeys(RelazioneCUG.PARTI, "Scritto per la prova.")
    relazione: RelazioneCUG = RelazioneCUGFactory(azienda=azienda, anno=anno, **testi | altro)
    versione = trasmetti(relazione, da=None)
    versione.sha256_pdf = "1" * 64
    versione.file.save("relazione.pdf", ContentFile(b"%PDF-1.7 di prova"))
    relazione.refresh_from_db()
    return relazione


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    relazione = trasmessa(azienda)
    personale = PersonaleGenereFactory(azienda=azienda)
    domanda = DomandaFactory(questionario=QuestionarioFactory(azienda=azienda))
    versioni = "/relazioni-cug/{relazione}/versioni"
    della_relazione = {"relazione": relazione.pk}
    return {
        "/aziende/{azienda}/personale-per-genere": {"azienda": azienda.codice},
        "/personale-per-genere/{id}": {"id": personale.pk},
        **{f"/relazioni-cug/{{id}}{passo}": {"id": relazione.pk} for passo in PASSI},
        versioni: della_relazione,
        f"{versioni}/{{numero}}": della_relazione | {"numero": 1},
        f"{versioni}/{{numero}}/pdf": della_relazione | {"numero": 1},
        **{
            f"/questionari/{{id}}{passo}": {"id": domanda.questionario_id}
            for passo in DEL_QUESTIONARIO
        },
        "/domande-questionario/{id}": {"id": domanda.pk},
        "/domande-questionario/{id}/spostamento": {"id": domanda.pk},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    anno = timezone.localdate().year - 1
    return {
        "/relazioni-cug": {"azienda": azienda.codice, "anno": anno},
        "/personale-per-genere": {
            "azienda": azienda.codice,
            "anno": 2020,
            "ruolo": "Infermieri",
            "femmine": 60,
            "maschi": 13,
        },
    }
