# SPDX-License-Identifier: AGPL-3.0-or-later
"""Financial plans, projects, actions, documents: their addresses, with an azienda's keys."""

from typing import Any

from conciliazione.azioni.documento import apri_documento
from conciliazione.models import EdizioneConciliazione, Proposta
from piani.models import Azienda
from tests.api.mondo_conciliazione import una_di_ogni
from tests.factories_conciliazione import EdizioneConciliazioneFactory

SOTTO = {
    "accordi": ("", "/bozza"),
    "attivita-di-progetto": ("",),
    "azioni-di-piano": ("", "/incontri"),
    "azioni-di-progetto": ("", "/attivita", "/avanzamento", "/budget"),
    "documenti-di-progetto": ("", "/contenuto"),
    "incontri": ("",),
    "piani-finanziari": ("", "/voci"),
    "progetti": ("", "/accordi", "/documenti"),
    "voci-finanziarie": ("",),
}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2007, anno_fine=2008)
    apri_documento(edizione, quale="piano", da=None)
    righe = una_di_ogni(edizione)
    documenti = "/conciliazione/edizioni/{slug}/documenti"
    return {
        documenti: {"slug": edizione.slug},
        f"{documenti}/{{quale}}/adozione": {"slug": edizione.slug, "quale": "piano"},
        **{
            f"/conciliazione/{nome}/{{id}}{che}": {"id": righe[nome].pk}
            for nome, parti in SOTTO.items()
            for che in parti
        },
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    edizione = EdizioneConciliazione.objects.filter(azienda=azienda).latest("pk")
    sue = Proposta.objects.filter(manifestazione__edizione=edizione)
    proposta = sue.exclude(stato=Proposta.Stato.BOZZA).latest("pk")
    return {
        "/conciliazione/piani-finanziari": {"edizione": edizione.slug, "nome": "Secondo"},
        "/conciliazione/progetti": {"proposta": proposta.pk},
        "/conciliazione/azioni-di-piano": {
            "edizione": edizione.slug,
            "genere": "sistema",
            "titolo": "Comunicazione",
        },
    }
