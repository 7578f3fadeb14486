# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the parts before this one bring of the 2017-2018 plan: just enough to load the projects."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from conciliazione.models import CostoAzione, EdizioneConciliazione, Proposta, RigaRiparto
from conciliazione.predefinite import dati_predefiniti
from tests.factories_conciliazione import (
    AzionePropostaFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PropostaFactory,
    ScenarioFactory,
    VersioneFactory,
)

RICHIESTI = {1: "42000", 2: "160000", 3: "185000", 4: "179000", 5: "206400", 9: "191520"}
COSTI = {1: "60000", 2: "260000", 3: "270929.95", 4: "255713", 5: "287525", 9: "273600"}


def edizione_2017() -> EdizioneConciliazione:
    """The edition with its nine proposals and the chosen allocation of six."""
    edizione = EdizioneConciliazioneFactory(
        nome="Piano 2017-2018",
        anno_inizio=2017,
        anno_fine=2018,
        dotazione=Decimal("1112962.67"),
        parametri=dati_predefiniti("2017-2018"),
    )
    bando = ManifestazioneFactory(
        edizione=edizione, chiusa=True, stato="conclusa", dotazione=Decimal("834713.25")
    )
    scenario = ScenarioFactory(
        manifestazione=bando, in_vigore=True, scelto_il=timezone.now(),
        dotazione=Decimal("934721.28"),
    )  # fmt: skip
    for numero in range(1, 10):
        finanziata = numero in RICHIESTI
        stato = Proposta.Stato.FINANZIATA if finanziata else Proposta.Stato.NON_FINANZIATA
        proposta = PropostaFactory(
            manifestazione=bando, numero=numero, presentata=True, stato=stato
        )
        if finanziata:
            RigaRiparto.objects.create(
                scenario=scenario, proposta=proposta, ordine=numero,
                costo=Decimal(COSTI[numero]), richiesto=Decimal(RICHIESTI[numero]),
            )  # fmt: skip
    return edizione


def edizione_2020() -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory(nome="Indirizzo 2020-2023", dotazione=Decimal("968676.00"))


def finanziata(edizione: EdizioneConciliazione) -> Proposta:
    """A financed proposal of two actions that cost 100.000,00, given 68.000,00."""
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True, stato="conclusa")
    proposta = PropostaFactory(manifestazione=bando, presentata=True, stato="finanziata")
    versione = VersioneFactory(
        proposta=proposta, contributo=Decimal(70000), dal=date(2021, 1, 1), al=date(2022, 12, 31),
        chiusa_il=timezone.now(),
    )  # fmt: skip
    for ordine, importo in ((1, "60000.00"), (2, "40000.00")):
        azione = AzionePropostaFactory(versione=versione, ordine=ordine, persone=50)
        CostoAzione.objects.create(azione=azione, categoria="servizi", importo=Decimal(importo))
    scenario = ScenarioFactory(manifestazione=bando, in_vigore=True, scelto_il=timezone.now())
    RigaRiparto.objects.create(
        scenario=scenario, proposta=proposta, versione=versione, ordine=1,
        costo=Decimal(100000), richiesto=Decimal(70000), assegnato=Decimal(68000),
    )  # fmt: skip
    return proposta
