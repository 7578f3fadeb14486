# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of calls, proposals, rankings and scenarios in the API, with an azienda's keys."""

from typing import Any

from django.core.files.base import ContentFile

from conciliazione.models import (
    AllegatoProposta,
    EdizioneConciliazione,
    Graduatoria,
    ManifestazioneInteresse,
    Proposta,
)
from piani.models import Azienda
from tests.factories_conciliazione import (
    AzionePropostaFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    ScenarioFactory,
    VersioneFactory,
    fa,
)

SOTTO = {
    "manifestazioni": ("criteri", "valutatori"),
    "proposte": (
        "allegati", "azioni", "consegna", "fusione", "partner", "presentazione", "ripresa",
        "risorse", "ritiro",
    ),
    "azioni-di-proposta": ("",),
    "partner": ("", "risposta", "uscita"),
    "allegati-di-proposta": ("", "file"),
    "graduatorie": ("decisione",),
    "scenari": ("scelta", "scorrimento"),
}  # fmt: skip


def allegato(proposta: Proposta) -> AllegatoProposta:
    """A paper of a proposal, that is in the storage."""
    questo = AllegatoProposta(
        proposta=proposta, nome="lettera.txt", tipo="text/plain", dimensione=7, sha256="b" * 64
    )
    questo.file.save("lettera.txt", ContentFile(b"Lettera"), save=True)
    return questo


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    sue = EdizioneConciliazione.objects.filter(azienda=azienda)
    edizione = sue.last() or EdizioneConciliazioneFactory(azienda=azienda)
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    proposta = PropostaFactory(manifestazione=bando, presentata=True)
    versione = VersioneFactory(proposta=proposta, chiusa_il=fa(days=2))
    righe = {
        "manifestazioni": bando,
        "proposte": proposta,
        "azioni-di-proposta": AzionePropostaFactory(versione=versione),
        "partner": PartnerFactory(proposta=proposta),
        "allegati-di-proposta": allegato(proposta),
        "graduatorie": Graduatoria.objects.create(manifestazione=bando, numero=1),
        "scenari": ScenarioFactory(manifestazione=bando),
    }
    return {
        f"/conciliazione/{nome}/{{id}}{'/' if passo else ''}{passo}": {"id": righe[nome].pk}
        for nome, passi in SOTTO.items()
        for passo in passi
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    bando = ManifestazioneInteresse.objects.filter(edizione__azienda=azienda).latest("pk")
    return {
        "/conciliazione/manifestazioni": {
            "edizione": bando.edizione.slug,
            "titolo": "Un avviso nuovo",
            "dotazione": 1000,
            "apre_il": "2031-01-01T09:00:00Z",
            "chiude_il": "2031-02-01T12:00:00Z",
        },
        "/conciliazione/proposte": {
            "manifestazione": bando.pk,
            "ente": PropostaFactory(manifestazione=bando).capofila_id,
            "titolo": "Una proposta nuova",
        },
        "/conciliazione/scenari": {"manifestazione": bando.pk, "nome": "Uno scenario nuovo"},
    }
