# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole of it in the browser: a body joins the network, and its Alleanza is paid the balance.

The figures, by hand. The proposal costs 130.000,00 after the co-progettazione and asks 91.000,00,
that the envelope covers: 91.000,00 are granted. Paid: 30.000,00 of advance and 20.000,00 of the
second instalment. Spent: 40.000,00 + 30.000,00, and 250 hours of staff at 40,00 = 10.000,00. Of
80.000,00 the contribution is at most 70 %, 56.000,00; less the 50.000,00 paid, 6.000,00 of balance.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from conciliazione.models import (
    Ente,
    ManifestazioneInteresse,
    Progetto,
    Proposta,
    Referente,
    Seggio,
)
from conciliazione.monitoraggio.conto import situazioni
from piani.models import Ruolo, Utente
from tests.e2e.conciliazione import (
    atti_bando,
    atti_comitato,
    atti_monitoraggio,
    atti_progetti,
    atti_rete,
    atti_riparto,
)
from tests.e2e.conciliazione.passi import entra
from tests.factories import PASSWORD, IncaricoFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ReferenteFactory,
    SeggioFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESITO = "Si approva la graduatoria?"
TITOLO = "Tempi felici"


@dataclass
class Storia:
    """What the acts of the story share."""

    pagina: Page
    sito: str

    def __post_init__(self) -> None:
        self.edizione = EdizioneConciliazioneFactory()
        self.azienda = self.edizione.azienda
        self.ufficio = IncaricoFactory(azienda=self.azienda, ruolo=Ruolo.CAPOFILA).utente
        self.direzione = IncaricoFactory(azienda=self.azienda, ruolo=Ruolo.DIREZIONE).utente
        comune = EnteFactory(azienda=self.azienda, nome="Comune Alto")
        self.comune = AdesioneFactory(ente=comune).ente
        self.rita = ReferenteFactory(ente=self.comune).utente
        self.seggi = [
            SeggioFactory(edizione=self.edizione, ordine=n, denominazione=nome, capofila=n == 1)
            for n, nome in enumerate(("ATS di prova", "Sindacato di prova", "Ente di prova"), 1)
        ]
        self.componenti = [ComponenteFactory(seggio=seggio).utente for seggio in self.seggi]

    def siede(self, chi: Utente) -> tuple[Page, str]:
        """Somebody sits at the browser."""
        entra(self.pagina, self.sito, chi)
        return self.pagina, self.sito


def test_dall_adesione_al_saldo(live_server: Any, pagina: Page, transactional_db: None) -> None:
    storia = Storia(pagina, str(live_server.url))
    cooperativa, carlo = _aderisce(storia)
    bando, proposta = _propone(storia, cooperativa, carlo)
    _valuta(storia, bando)
    progetto = _comincia(storia, proposta, {storia.comune: storia.rita, cooperativa: carlo})
    _rileva(storia, progetto)
    _rendiconta(storia, progetto)
    (conto,) = situazioni([progetto])
    assert (conto.riconosciuto, conto.liquidato, conto.residuo) == (
        Decimal("56000.00"), Decimal("56000.00"), Decimal("35000.00"),
    )  # fmt: skip
    assert (conto.da_liquidare, conto.da_recuperare) == (Decimal(0), Decimal(0))


def _aderisce(storia: Storia) -> tuple[Ente, Utente]:
    """A body asks to join and is accepted; who represents it comes in."""
    adesione = atti_rete.chiesta(
        storia.pagina, storia.sito, storia.edizione, nome="Cooperativa Bassa",
        codice="01234567897", email="ente@example.org", referente="carlo@example.org",
    )  # fmt: skip
    atti_rete.confermata(storia.pagina, storia.sito, adesione)
    ente = atti_rete.accolta(*storia.siede(storia.ufficio), adesione)
    carlo = Referente.objects.get(ente=ente).utente
    carlo.set_password(PASSWORD)  # the invitation has its own tests
    carlo.save(update_fields=["password"])
    return ente, carlo


def _propone(
    storia: Storia, cooperativa: Ente, carlo: Utente
) -> tuple[ManifestazioneInteresse, Proposta]:
    """A call, a proposal sealed until it closes, and what the co-progettazione makes of it."""
    bando = atti_bando.bando_pubblicato(*storia.siede(storia.ufficio), storia.edizione)
    proposta = atti_bando.proposta_scritta(
        *storia.siede(storia.rita), bando, TITOLO, partner=cooperativa.nome
    )
    atti_bando.partner_confermato(*storia.siede(carlo), proposta)
    atti_bando.proposta_presentata(*storia.siede(storia.rita), proposta)
    ManifestazioneInteresse.objects.update(chiude_il=timezone.now() - timedelta(minutes=1))
    atti_bando.proposta_ammessa(*storia.siede(storia.ufficio), proposta)
    atti_bando.coprogettazione_aperta(storia.pagina, storia.sito, proposta)
    atti_bando.versione_rivista(*storia.siede(storia.rita), proposta)
    proposta.refresh_from_db()
    bando.refresh_from_db()
    return bando, proposta


def _valuta(storia: Storia, bando: ManifestazioneInteresse) -> None:
    """Scores, the meeting that decides the ranking, the allocation that the Direzione chooses."""
    sindacato: Seggio = storia.seggi[1]
    atti_riparto.valutatori_nominati(*storia.siede(storia.ufficio), bando, [sindacato])
    atti_riparto.senza_conflitti(*storia.siede(storia.componenti[1]), bando)
    atti_riparto.proposta_valutata(
        storia.pagina, storia.sito, bando, TITOLO,
        {"Coerenza con i bisogni": "50", "Sinergia con i tempi": "6"},
    )  # fmt: skip
    seduta = atti_comitato.convocata(
        *storia.siede(storia.ufficio), storia.edizione,
        oggetto="Valutazione dei progetti", punti=["Graduatoria"],
    )  # fmt: skip
    atti_comitato.nel_suo_giorno(seduta)
    presenti = {storia.seggi[0]: "titolare", storia.seggi[1]: "titolare"}
    atti_comitato.aperta(storia.pagina, storia.sito, seduta, presenti)
    atti_comitato.messa_ai_voti(storia.pagina, storia.sito, seduta, "1. Graduatoria", QUESITO)
    for chi in storia.componenti[:2]:
        atti_comitato.votata(*storia.siede(chi), QUESITO, "Favorevole")
    atti_comitato.decisa(*storia.siede(storia.ufficio), seduta, "2 favorevoli")
    atti_riparto.graduatoria_decisa(storia.pagina, storia.sito, bando, seduta)
    atti_riparto.scenario_calcolato(storia.pagina, storia.sito, bando, "In proporzione")
    atti_riparto.scenario_scelto(
        *storia.siede(storia.direzione), bando, "In proporzione", "Le risorse bastano per tutti."
    )


def _comincia(storia: Storia, proposta: Proposta, firme: dict[Ente, Utente]) -> Progetto:
    """The financed proposal becomes a project, agreed on by its bodies, and starts."""
    progetto = atti_progetti.creato(
        *storia.siede(storia.ufficio), storia.edizione, titolo=proposta.titolo
    )
    atti_progetti.accordo_alla_firma(*storia.siede(storia.rita), progetto)
    for ente, chi in firme.items():
        atti_progetti.firmato(*storia.siede(chi), progetto, ente)
    atti_progetti.avviato(
        *storia.siede(storia.ufficio), progetto, dal="2020-02-01", al="2020-11-30"
    )
    progetto.refresh_from_db()
    assert progetto.contributo == Decimal("91000.00")
    return progetto


def _rileva(storia: Storia, progetto: Progetto) -> None:
    """A semester: reported, validated, its indicators frozen."""
    atti_monitoraggio.semestre_aperto(
        *storia.siede(storia.ufficio), storia.edizione, anno=2020, semestre=1
    )
    atti_monitoraggio.rilevazione_trasmessa(
        *storia.siede(storia.rita), progetto, persone=80, imprese=5
    )
    atti_monitoraggio.rilevazione_validata(*storia.siede(storia.ufficio), progetto)


def _rendiconta(storia: Storia, progetto: Progetto) -> None:
    """Advance, expenses, second instalment, hours of staff, balance."""
    _rata(storia, progetto, "Anticipo all’avvio", "30.000,00")
    _spesa(storia, progetto, "40.000,00", "Fattura 1")
    _rata(storia, progetto, "Rata intermedia", "20.000,00")
    _spesa(storia, progetto, "30.000,00", "Fattura 2")
    atti_monitoraggio.personale_inserito(
        storia.pagina, storia.sito, progetto, ore="250", costo="40,00",
        conto="250 ore × 40,00 € = 10.000,00 €",
    )  # fmt: skip
    _rata(storia, progetto, "Saldo a rendiconto", "6.000,00")


def _spesa(storia: Storia, progetto: Progetto, importo: str, documento: str) -> None:
    atti_monitoraggio.spesa_inserita(
        *storia.siede(storia.rita), progetto,
        importo=importo, giorno=date(2020, 6, 30), documento=documento,
    )  # fmt: skip


def _rata(storia: Storia, progetto: Progetto, rata: str, importo: str) -> None:
    """Asked by the capofila, approved by the office, paid by the Direzione."""
    atti_monitoraggio.rata_chiesta(*storia.siede(storia.rita), progetto, rata=rata, importo=importo)
    atti_monitoraggio.rata_approvata(*storia.siede(storia.ufficio), progetto, importo=importo)
    atti_monitoraggio.rata_pagata(
        *storia.siede(storia.direzione), progetto,
        atto=f"Determina: {rata}", importo=f"{importo} €",
    )  # fmt: skip
