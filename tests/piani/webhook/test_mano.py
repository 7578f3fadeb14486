# SPDX-License-Identifier: AGPL-3.0-or-later
"""Webhooks handled by people: pages, tests, deliveries sent again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from piani.models import (
    Annuncio,
    Azienda,
    Consegna,
    Evento,
    Tentativo,
    Utente,
    Webhook,
)
from piani.webhook import azioni, consegne, tasks
from tests.piani.webhook.scena import TUTTI, Catturati, abbonato, prepara, programma
from tests.ricevitore import Ricevitore

pytestmark = pytest.mark.django_db


# --- by hand ------------------------------------------------------------------------------


def test_si_prova_e_si_rimanda(
    azienda: Azienda, ricevitore: Ricevitore, django_capture_on_commit_callbacks: Catturati
) -> None:
    webhook, segreto = abbonato(azienda, ricevitore, "finestra.in_apertura")
    with django_capture_on_commit_callbacks(execute=True):
        consegna = azioni.prova_webhook(webhook, da=None)
    (avuta,) = ricevitore.ricevute
    avuta.verifica(segreto)
    assert avuta.dati["type"] == "prova"
    assert avuta.dati["data"] == {"azienda": azienda.codice, "programma": webhook.cliente.name}
    with django_capture_on_commit_callbacks(execute=True):
        azioni.rimanda_consegna(consegna, da=None)
    assert [una.codice for una in ricevitore.ricevute] == [avuta.codice] * 2
    consegna.refresh_from_db()
    assert (consegna.stato, consegna.tentativi.count()) == ("consegnata", 2)
    azioni.sospendi_webhook(webhook, da=None)
    for azione in (azioni.prova_webhook, azioni.sospendi_webhook):
        with pytest.raises(ValidationError):
            azione(webhook, da=None)
    with pytest.raises(ValidationError, match="Il webhook è sospeso"):
        azioni.rimanda_consegna(consegna, da=None)
    azioni.chiudi_webhook(webhook, da=None)
    webhook.refresh_from_db()
    assert (webhook.stato, webhook.segreto) == ("chiuso", "")
    with pytest.raises(ValidationError, match="Il webhook è chiuso"):
        azioni.chiudi_webhook(webhook, da=None)
    tipi = Evento.objects.filter(tipo__startswith="webhook").values_list("tipo", flat=True)
    assert sorted(tipi) == [
        "webhook.chiuso", "webhook.creato", "webhook.provato", "webhook.rimandato",
        "webhook.sospeso",
    ]  # fmt: skip


def test_cio_che_non_va_e_detto_accanto(azienda: Azienda, ricevitore: Ricevitore) -> None:
    cliente = programma(azienda, "piani:leggi")
    buono = {"indirizzo": ricevitore.indirizzo, "eventi": ["documento.pubblicato"]}
    for cambia, campo, frase in (
        ({"indirizzo": "https://10.0.0.1/"}, "indirizzo", "non è un server pubblico"),
        ({"eventi": []}, "eventi", "almeno un evento"),
        ({"eventi": ["prova"]}, "eventi", "non esiste"),
        ({"eventi": ["punteggio.cambiato"]}, "eventi", "deve avere l'ambito «obiettivi:leggi»"),
    ):
        with pytest.raises(ValidationError, match=frase) as rifiuto:
            azioni.crea_webhook(cliente, **(buono | cambia), da=None)  # type: ignore[arg-type]
        assert list(rifiuto.value.message_dict) == [campo]
    azioni.crea_webhook(cliente, **buono, da=None)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="già avvisato a questo indirizzo"):
        azioni.crea_webhook(cliente, **buono, da=None)  # type: ignore[arg-type]
    altro, _s = azioni.crea_webhook(
        cliente,
        **(buono | {"indirizzo": f"{ricevitore.indirizzo}&n=2"}),
        da=None,  # type: ignore[arg-type]
    )
    with pytest.raises(ValidationError, match="già avvisato a questo indirizzo"):
        azioni.cambia_webhook(altro, **buono, da=None)  # type: ignore[arg-type]
    for n in range(3, 11):
        nuovo = {"indirizzo": f"{ricevitore.indirizzo}&n={n}"}
        azioni.crea_webhook(cliente, **(buono | nuovo), da=None)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="al più 10 webhook"):
        azioni.crea_webhook(cliente, **(buono | {"indirizzo": "https://8.8.8.8/"}), da=None)  # type: ignore[arg-type]


def test_li_tiene_l_amministratore_o_il_programma_stesso(
    azienda: Azienda, ricevitore: Ricevitore, controllo: Utente, amministratore: Utente
) -> None:
    cliente, altro = programma(azienda), programma(azienda)
    cose = {"indirizzo": ricevitore.indirizzo, "eventi": TUTTI}
    for chi in (controllo, altro.user):
        with pytest.raises(PermissionDenied):
            azioni.crea_webhook(cliente, **cose, da=chi)  # type: ignore[arg-type]
    webhook, _segreto = azioni.crea_webhook(cliente, **cose, da=cliente.user)  # type: ignore[arg-type]
    for azione in (azioni.prova_webhook, azioni.sospendi_webhook, azioni.chiudi_webhook):
        with pytest.raises(PermissionDenied):
            azione(webhook, da=altro.user)
    assert list(Webhook.objects.visibili_a(cliente.user)) == [webhook]
    assert list(Webhook.objects.visibili_a(amministratore)) == [webhook]
    assert not Webhook.objects.visibili_a(altro.user).exists()
    assert not Webhook.objects.visibili_a(controllo).exists()


def test_passato_il_tempo_si_dimentica(azienda: Azienda, ricevitore: Ricevitore) -> None:
    webhook, _segreto = abbonato(azienda, ricevitore)
    prepara(azienda)
    consegne.consegna_a(webhook.pk)
    assert tasks.dimentica() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        prepara(azienda)
        assert tasks.dimentica() == 1
    assert Annuncio.objects.count() == Consegna.objects.count() == 1
    assert not Tentativo.objects.exists()


# --- pages --------------------------------------------------------------------------------


def test_dalle_pagine_si_fa_tutto(
    azienda: Azienda,
    ricevitore: Ricevitore,
    amministratore: Utente,
    entra: Callable[[Utente], Client],
    django_capture_on_commit_callbacks: Catturati,
) -> None:
    cliente, client = programma(azienda), entra(amministratore)
    suoi = reverse("webhook_del_programma", args=[azienda.codice, cliente.pk])
    assert suoi in client.get(reverse("clienti_api", args=[azienda.codice])).content.decode()
    rifiuto = client.post(suoi, {"indirizzo": "https://127.0.0.2/", "eventi": TUTTI})
    assert "non è un server pubblico" in rifiuto.content.decode()
    fatto = client.post(suoi, {"indirizzo": ricevitore.indirizzo, "eventi": TUTTI})
    segreto = fatto.context["segreto"]
    assert segreto in fatto.content.decode()
    assert "no-store" in fatto["Cache-Control"]
    webhook = Webhook.objects.get()
    chiavi = [azienda.codice, webhook.pk]
    pagina = reverse("webhook", args=chiavi)
    assert segreto not in client.get(pagina).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("webhook_prova", args=chiavi))
    ricevitore.ricevute[0].verifica(segreto)
    detto = client.get(pagina).content.decode()
    assert "Prova del collegamento" in detto
    assert "stato 204" in detto
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("webhook_rimanda", args=[azienda.codice, Consegna.objects.get().pk]))
    assert len(ricevitore.ricevute) == 2
    rinnovo = client.post(reverse("webhook_segreto", args=chiavi), {"giorni": 2})
    assert rinnovo.context["segreto"] != segreto
    client.post(reverse("webhook_segreto", args=chiavi), {"giorni": 99})
    nuovo = {"indirizzo": f"{ricevitore.indirizzo}&n=2", "eventi": TUTTI[:1]}
    client.post(reverse("webhook_modifica", args=chiavi), nuovo)
    webhook.refresh_from_db()
    assert (webhook.indirizzo, webhook.eventi) == (nuovo["indirizzo"], TUTTI[:1])
    assert webhook.ha_due_segreti
    client.post(reverse("webhook_sospendi", args=chiavi))
    assert "Riattiva" in client.get(pagina).content.decode()
    client.post(reverse("webhook_riattiva", args=chiavi))
    client.post(reverse("webhook_chiudi", args=chiavi))
    dopo = client.post(reverse("webhook_chiudi", args=chiavi), follow=True).content.decode()
    assert "Il webhook è chiuso: così non si può." in dopo
    assert client.get(f"{pagina}?stato=consegnata").context["pagina"].paginator.count == 1
    assert client.get(f"{pagina}?stato=fallita").context["pagina"].paginator.count == 0


@pytest.mark.parametrize("quante", [1, 3])
def test_il_registro_costa_lo_stesso_quante_siano(
    azienda: Azienda,
    ricevitore: Ricevitore,
    amministratore: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    webhook, _segreto = abbonato(azienda, ricevitore)
    prepara(azienda, quante)
    consegne.consegna_a(webhook.pk)
    client = entra(amministratore)
    pagina = reverse("webhook", args=[azienda.codice, webhook.pk])
    client.get(pagina)
    with django_assert_num_queries(9):
        risposta = client.get(pagina)
    assert len(risposta.context["pagina"].object_list) == quante
