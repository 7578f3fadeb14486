# SPDX-License-Identifier: AGPL-3.0-or-later
"""Deliveries tried again, suspended, resumed; never twice."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from piani.bacheca import raccogli
from piani.models import (
    Azienda,
    Consegna,
    Evento,
    Tentativo,
    Utente,
    Webhook,
)
from piani.webhook import azioni, consegne, tasks
from tests.factories import AziendaFactory
from tests.piani.webhook.scena import (
    Catturati,
    abbonato,
    prepara,
    racconta,
    stati,
)
from tests.ricevitore import Ricevitore

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stato", "chiesta", "almeno", "al_piu"),
    [
        (429, "600", 600, 600),
        (503, "Mon, 23 Nov 2026 10:30:00 GMT", 1800, 1800),
        (503, "Mon Nov 23 10:30:00 2026", 1800, 1800),
        (429, "5", 22.5, 37.5),  # never sooner than by ourselves
        (429, "999999999", 43_200, 43_200),
        (503, "Mon, 23 Nov 2020 10:30:00 GMT", 22.5, 37.5),
        (503, "fra poco", 22.5, 37.5),
        (503, "-1", 22.5, 37.5),
        (503, "Mon, 99 Foo 2026 10:30:00 GMT", 22.5, 37.5),
        (500, "600", 22.5, 37.5),  # only who is too busy is asked when
    ],
)
def test_si_torna_quando_lo_chiede_chi_riceve(
    azienda: Azienda,
    ricevitore: Ricevitore,
    stato: int,
    chiesta: str,
    almeno: float,
    al_piu: float,
) -> None:
    ricevitore.stati, ricevitore.intestazioni = [stato], {"Retry-After": chiesta}
    adesso = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    with time_machine.travel(adesso, tick=False):
        webhook, _segreto = abbonato(azienda, ricevitore)
        prepara(azienda, 1)
        consegne.consegna_a(webhook.pk)
    webhook.refresh_from_db()
    fra = [(webhook.consegne.get().dal - adesso).total_seconds()]
    fra.append((webhook.riprende_il - adesso).total_seconds())
    assert all(almeno <= uno <= al_piu for uno in fra), fra


# --- tried again --------------------------------------------------------------------------


def test_chi_non_risponde_e_poi_torna_riceve_tutto(
    azienda: Azienda, ricevitore: Ricevitore
) -> None:
    webhook, segreto = abbonato(azienda, ricevitore)
    ricevitore.stati = [500, 503, 204]
    prepara(azienda, 2)
    inizio = datetime.now(UTC)
    with time_machine.travel(inizio, tick=False) as orologio:
        consegne.consegna_a(webhook.pk)
        assert len(ricevitore.ricevute) == 1  # the second waits: who does not answer is left alone
        consegne.consegna_a(webhook.pk)
        assert consegne.in_arretrato() == set()
        assert len(ricevitore.ricevute) == 1
        orologio.shift(timedelta(seconds=40))
        consegne.consegna_a(webhook.pk)
        webhook.refresh_from_db()
        assert webhook.fallite_di_fila == 2
        orologio.shift(timedelta(minutes=3))
        assert consegne.in_arretrato() == {webhook.pk}
        assert tasks.riprendi() == 1
    webhook.refresh_from_db()
    assert (webhook.fallite_di_fila, webhook.riprende_il, webhook.stato) == (0, None, "attivo")
    assert stati(webhook) == ["consegnata", "consegnata"]
    assert Tentativo.objects.count() == 4
    codici = [una.codice for una in ricevitore.ricevute]
    assert len(set(codici)) == 2
    with time_machine.travel(inizio + timedelta(minutes=4)):
        ricevitore.ricevute[-1].verifica(segreto)


def test_le_attese_crescono_e_non_sono_uguali() -> None:
    medie = [30, 120, 480, 1920, 7680, 30720, 43200, 43200]
    for tentativi, media in enumerate(medie, start=1):
        attese = [consegne.attesa(tentativi).total_seconds() for _n in range(50)]
        assert media * 0.75 <= min(attese) < max(attese) <= media * 1.25
    assert consegne.attesa(10_000) <= consegne.ATTESA_MASSIMA * 1.25


def test_al_limite_si_sospende_e_si_avvisa(
    azienda: Azienda,
    ricevitore: Ricevitore,
    amministratore: Utente,
    settings: Any,
    django_capture_on_commit_callbacks: Catturati,
) -> None:
    settings.WEBHOOK_TENTATIVI = 3
    webhook, _segreto = abbonato(azienda, ricevitore)
    ricevitore.stati = [500]
    prepara(azienda)
    with time_machine.travel(datetime.now(UTC), tick=False) as orologio:
        for _n in range(5):
            with django_capture_on_commit_callbacks(execute=True):
                consegne.consegna_a(webhook.pk)
            orologio.shift(timedelta(hours=1))
    assert len(ricevitore.ricevute) == 3
    webhook.refresh_from_db()
    assert webhook.stato == Webhook.Stato.SOSPESO
    assert webhook.motivo == "3 consegne non riuscite di fila. L'ultima: Ha risposto 500."
    assert stati(webhook) == ["fallita"]
    assert Evento.objects.get(tipo="webhook.sospeso").da is None
    (messaggio,) = mail.outbox
    assert messaggio.to == [amministratore.email]
    assert webhook.motivo in messaggio.body
    assert reverse("webhook", args=[azienda.codice, webhook.pk]) in messaggio.body
    (cosa,) = [una for una in raccogli(amministratore) if "non riceve gli avvisi" in una.titolo]
    assert cosa.urgente
    # Meanwhile things happen: they wait, and leave in order when it is resumed.
    prepara(azienda, 2)
    consegne.consegna_a(webhook.pk)
    assert len(ricevitore.ricevute) == 3
    ricevitore.stati = [200]
    with django_capture_on_commit_callbacks(execute=True):
        azioni.riattiva_webhook(webhook, da=amministratore)
    assert [una.dati["data"]["numero"] for una in ricevitore.ricevute[3:]] == [0, 1]
    assert stati(webhook) == ["fallita", "consegnata", "consegnata"]


def test_chi_dice_che_non_vuole_piu_e_sospeso_subito(
    azienda: Azienda, ricevitore: Ricevitore
) -> None:
    webhook, _segreto = abbonato(azienda, ricevitore)
    ricevitore.stati = [410]
    prepara(azienda)
    consegne.consegna_a(webhook.pk)
    webhook.refresh_from_db()
    assert (webhook.stato, stati(webhook)) == ("sospeso", ["fallita"])
    assert "non vuole più avvisi" in webhook.motivo


def test_un_messaggio_che_non_passa_non_ferma_gli_altri(
    azienda: Azienda, ricevitore: Ricevitore, settings: Any
) -> None:
    settings.WEBHOOK_TENTATIVI = 2
    webhook, _segreto = abbonato(azienda, ricevitore)
    ricevitore.stati = [422, 204, 422, 204]
    prepara(azienda, 2)
    with time_machine.travel(datetime.now(UTC), tick=False) as orologio:
        for _n in range(3):
            consegne.consegna_a(webhook.pk)
            orologio.shift(timedelta(minutes=1))
        prepara(azienda)
        orologio.shift(timedelta(minutes=1))
        consegne.consegna_a(webhook.pk)
    webhook.refresh_from_db()
    assert stati(webhook) == ["fallita", "consegnata", "consegnata"]
    assert webhook.stato == "attivo"


def test_un_segreto_che_non_si_legge_piu_e_una_consegna_fallita(
    azienda: Azienda, ricevitore: Ricevitore, settings: Any
) -> None:
    webhook, _segreto = abbonato(azienda, ricevitore)
    prepara(azienda)
    settings.SECRET_KEY = "un'altra chiave, più lunga di cinquanta caratteri come deve"
    consegne.consegna_a(webhook.pk)
    assert ricevitore.ricevute == []
    assert "SECRET_KEY" in Tentativo.objects.get().errore


# --- never twice --------------------------------------------------------------------------


def insieme(azione: Callable[[], object], quanti: int) -> None:
    """The same thing done by many workers at once, each with its own connection."""
    via = Barrier(quanti)

    def una() -> None:
        via.wait(10)
        try:
            azione()
        finally:
            connection.close()

    with ThreadPoolExecutor(quanti) as fili:
        for fatta in [fili.submit(una) for _n in range(quanti)]:
            fatta.result(30)


@pytest.mark.django_db(transaction=True)
def test_due_lavoratori_non_consegnano_due_volte(ricevitore: Ricevitore) -> None:
    azienda = AziendaFactory()
    webhook, _segreto = abbonato(azienda, ricevitore)
    prova = azioni.prova_webhook(webhook, da=None)
    assert len(ricevitore.ricevute) == 1
    Webhook.objects.update(stato=Webhook.Stato.SOSPESO)
    racconta(azienda, 12)
    insieme(consegne.smista, 3)
    assert webhook.consegne.exclude(pk=prova.pk).count() == 12
    Webhook.objects.update(stato=Webhook.Stato.ATTIVO)
    insieme(lambda: consegne.consegna_a(webhook.pk), 4)
    assert set(stati(webhook)) == {"consegnata"}
    assert len(ricevitore.ricevute) == len({una.codice for una in ricevitore.ricevute}) == 13
    webhook.refresh_from_db()
    assert webhook.preso_fino_a is None


@pytest.mark.django_db(transaction=True)
def test_mentre_uno_consegna_l_altro_passa_oltre(ricevitore: Ricevitore) -> None:
    azienda = AziendaFactory()
    webhook, _segreto = abbonato(azienda, ricevitore)
    Webhook.objects.update(stato=Webhook.Stato.SOSPESO)
    prepara(azienda)
    Webhook.objects.update(stato=Webhook.Stato.ATTIVO)
    ricevitore.ferma = True

    def primo() -> None:
        consegne.consegna_a(webhook.pk)
        connection.close()

    with ThreadPoolExecutor(1) as filo:
        lento = filo.submit(primo)
        assert ricevitore.arrivata.wait(10)
        inizio = time.monotonic()
        consegne.consegna_a(webhook.pk)
        assert time.monotonic() - inizio < 2
        assert stati(webhook) == ["in_corso"]
        ricevitore.libera.set()
        lento.result(20)
    assert stati(webhook) == ["consegnata"]
    assert len(ricevitore.ricevute) == 1


def test_chi_muore_a_meta_lascia_il_lavoro_a_un_altro(
    azienda: Azienda, ricevitore: Ricevitore
) -> None:
    webhook, _segreto = abbonato(azienda, ricevitore)
    prepara(azienda)
    adesso = timezone.now()
    webhook.consegne.update(stato=Consegna.Stato.IN_CORSO, presa_il=adesso, tentativi_fatti=1)
    Webhook.objects.update(preso_fino_a=adesso + consegne.PRESA)
    consegne.consegna_a(webhook.pk)
    assert ricevitore.ricevute == []
    with time_machine.travel(datetime.now(UTC) + consegne.PRESA + timedelta(seconds=1)):
        assert consegne.in_arretrato() == {webhook.pk}
        consegne.consegna_a(webhook.pk)
    assert stati(webhook) == ["consegnata"]
    assert len(ricevitore.ricevute) == 1
