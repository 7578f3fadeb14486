# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the draft of a call to the version of the co-progettazione, in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from conciliazione.models import ManifestazioneInteresse, Proposta
from piani.models import Ruolo
from tests.e2e.conciliazione import atti_bando as atti
from tests.e2e.conciliazione.passi import entra
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    AssociazioneFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ReferenteFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_dal_bando_alla_versione_consegnata(live_server: Any, pagina: Page) -> None:
    sito, edizione = str(live_server.url), EdizioneConciliazioneFactory()
    ufficio = IncaricoFactory(azienda=edizione.azienda, ruolo=Ruolo.CAPOFILA).utente
    comune = AdesioneFactory(ente=EnteFactory(azienda=edizione.azienda, nome="Comune Alto")).ente
    cooperativa = AdesioneFactory(
        ente=AssociazioneFactory(azienda=edizione.azienda, nome="Cooperativa Bassa")
    ).ente
    rita, carlo = (ReferenteFactory(ente=uno).utente for uno in (comune, cooperativa))

    entra(pagina, sito, ufficio)
    bando = atti.bando_pubblicato(pagina, sito, edizione)
    entra(pagina, sito, rita)
    proposta = atti.proposta_scritta(
        pagina, sito, bando, "Tempi felici", partner="Cooperativa Bassa"
    )
    entra(pagina, sito, carlo)
    atti.partner_confermato(pagina, sito, proposta)
    entra(pagina, sito, rita)
    atti.proposta_presentata(pagina, sito, proposta)

    entra(pagina, sito, ufficio)
    atti.vai(pagina, sito, edizione)
    expect(pagina.get_by_role("main")).not_to_contain_text("Tempi felici")
    ManifestazioneInteresse.objects.update(chiude_il=timezone.now() - timedelta(minutes=1))
    atti.proposta_ammessa(pagina, sito, proposta)
    atti.coprogettazione_aperta(pagina, sito, proposta)
    entra(pagina, sito, rita)
    atti.versione_rivista(pagina, sito, proposta)
    proposta.refresh_from_db()
    assert proposta.stato == Proposta.Stato.AMMESSA
    assert proposta.versioni.count() == 2
