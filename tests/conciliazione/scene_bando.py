# SPDX-License-Identifier: AGPL-3.0-or-later
"""A body of the network, a whole proposal: what the tests of the calls begin from."""

from datetime import date
from decimal import Decimal

from conciliazione.azioni import proposta as azioni
from conciliazione.models import (
    EdizioneConciliazione,
    Ente,
    ManifestazioneInteresse,
    Proposta,
)
from piani.models import Utente
from tests.factories_conciliazione import (
    AdesioneFactory,
    EnteFactory,
)

D = Decimal


def membro(edizione: EdizioneConciliazione, fabbrica: type = EnteFactory, **altro: object) -> Ente:
    """A body of the network."""
    return AdesioneFactory(ente=fabbrica(azienda=edizione.azienda, **altro)).ente


def scritta(bando: ManifestazioneInteresse, ente: Ente, chi: Utente, **cambi: object) -> Proposta:
    """A whole proposal, that respects the rules of 2020-2023."""
    proposta = azioni.comincia_proposta(bando, ente, titolo="Tempi felici", da=chi)
    versione = proposta.versioni.get()
    azioni.scrivi_contenuto(
        versione, visto=0, titolo="Tempi felici", da=chi,
        finalita=[bando.edizione.regole.finalita[0].codice],
        dal=date(2021, 1, 1), al=date(2022, 12, 31),
    )  # fmt: skip
    azioni.scrivi_azione(
        versione, None, titolo="Centro estivo", intervento="b2", persone=100, imprese=3,
        costi={"personale": D(80000), "servizi": D(70000)}, visto=1, da=chi,
    )  # fmt: skip
    risorse = {"contributo": D(105000), "costo_dichiarato": D(150000)} | cambi
    azioni.scrivi_risorse(
        versione, apporti=[azioni.Apporto(ente, "denaro", D(45000))], visto=2, da=chi, **risorse
    )
    return proposta
