# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program told of what happens: signed, and only what it may read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from standardwebhooks.webhooks import WebhookVerificationError

from piani import azioni as azioni_piani
from piani.models import (
    Annuncio,
    Azienda,
    ClienteApi,
    Consegna,
)
from piani.webhook import azioni, consegne
from piani.webhook.firma import SegretoIllegibile, apri, chiudi, nuovo_segreto
from tests.factories import AziendaFactory, PianoFactory
from tests.piani.webhook.scena import Catturati, abbonato, prepara, racconta
from tests.ricevitore import Ricevitore

pytestmark = pytest.mark.django_db


# --- told and signed ----------------------------------------------------------------------


def test_cio_che_accade_arriva_firmato(
    azienda: Azienda, ricevitore: Ricevitore, django_capture_on_commit_callbacks: Catturati
) -> None:
    webhook, segreto = abbonato(azienda, ricevitore)
    with django_capture_on_commit_callbacks(execute=True):
        racconta(azienda)
    (avuta,) = ricevitore.ricevute
    avuta.verifica(segreto)
    una = Annuncio.objects.get()
    assert avuta.codice == str(una.codice)
    assert avuta.dati["type"] == "documento.pubblicato"
    assert avuta.dati["data"] == {"numero": 0}
    assert avuta.dati["timestamp"].endswith("Z")
    consegna = webhook.consegne.get()
    assert (consegna.stato, consegna.tentativi_fatti) == (Consegna.Stato.CONSEGNATA, 1)
    tentativo = consegna.tentativi.get()
    assert (tentativo.risposta, tentativo.errore) == (204, "")
    assert tentativo.durata_ms < 5000


def test_chi_riscrive_o_rimanda_dopo_non_e_creduto(
    azienda: Azienda, ricevitore: Ricevitore
) -> None:
    webhook, segreto = abbonato(azienda, ricevitore)
    prepara(azienda)
    consegne.consegna_a(webhook.pk)
    (avuta,) = ricevitore.ricevute
    avuta.verifica(segreto)
    with pytest.raises(WebhookVerificationError):
        avuta.verifica(nuovo_segreto())
    avuta.corpo = avuta.corpo.replace(b"0", b"1")
    with pytest.raises(WebhookVerificationError):
        avuta.verifica(segreto)
    avuta.corpo = avuta.corpo.replace(b"1", b"0")
    fra_poco = datetime.now(UTC) + timedelta(minutes=6)
    with time_machine.travel(fra_poco), pytest.raises(WebhookVerificationError, match="too old"):
        avuta.verifica(segreto)


def test_durante_il_cambio_valgono_i_due_segreti(azienda: Azienda, ricevitore: Ricevitore) -> None:
    webhook, vecchio = abbonato(azienda, ricevitore)
    nuovo = azioni.rinnova_segreto_webhook(webhook, giorni=3, da=None)
    assert nuovo != vecchio
    prepara(azienda)
    consegne.consegna_a(webhook.pk)
    for segreto in (vecchio, nuovo):
        ricevitore.ricevute[0].verifica(segreto)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3, minutes=1)):
        prepara(azienda)
        consegne.consegna_a(webhook.pk)
        ricevitore.ricevute[1].verifica(nuovo)
        with pytest.raises(WebhookVerificationError):
            ricevitore.ricevute[1].verifica(vecchio)
    with pytest.raises(ValidationError, match="ha già un altro segreto"):
        azioni.rinnova_segreto_webhook(webhook, da=None)  # read before the other secret
    with pytest.raises(ValidationError, match="Da 0 a 30 giorni"):
        azioni.rinnova_segreto_webhook(webhook, giorni=31, da=None)


def test_il_segreto_si_conserva_cifrato(azienda: Azienda, settings: Any) -> None:
    segreto = nuovo_segreto()
    chiuso = chiudi(segreto)
    assert segreto not in chiuso
    assert apri(chiuso) == segreto
    prima = settings.SECRET_KEY
    settings.SECRET_KEY = "un'altra chiave, più lunga di cinquanta caratteri come deve"
    with pytest.raises(SegretoIllegibile, match="darne uno nuovo"):
        apri(chiuso)
    settings.SECRET_KEY_FALLBACKS = [prima]
    assert apri(chiuso) == segreto


# --- who is told --------------------------------------------------------------------------


def test_si_dice_solo_a_chi_lo_ha_chiesto_e_puo_leggerlo(
    azienda: Azienda, ricevitore: Ricevitore
) -> None:
    vede, _s = abbonato(azienda, ricevitore)
    abbonato(azienda, ricevitore, "finestra.in_apertura")
    abbonato(AziendaFactory(), ricevitore)
    finito, _s = abbonato(azienda, ricevitore)
    finito.cliente.user.incarichi.update(dal="2020-01-01", al="2020-12-31")
    senza, _s = abbonato(azienda, ricevitore)
    ClienteApi.objects.filter(pk=senza.cliente_id).update(ambiti=["obiettivi:leggi"])
    revocato, _s = abbonato(azienda, ricevitore)
    azioni_piani.revoca_cliente(revocato.cliente, da=None)
    racconta(azienda)
    altrui = PianoFactory(azienda=AziendaFactory())
    racconta(azienda, riguarda_id=altrui.pk)
    racconta(azienda, riguarda_id=PianoFactory(azienda=azienda).pk)
    assert consegne.smista() == 2
    assert set(Consegna.objects.values_list("webhook", flat=True)) == {vede.pk}
    assert not Annuncio.objects.filter(smistato_il=None).exists()
    assert consegne.smista() == 0


def test_cio_che_ha_una_chiave_si_dice_una_volta(azienda: Azienda) -> None:
    racconta(azienda, chiave="finestra:1:2026-01-01")
    racconta(azienda, chiave="finestra:1:2026-01-01")
    racconta(azienda)
    racconta(azienda)
    assert Annuncio.objects.count() == 3


def test_se_la_scrittura_non_resta_non_si_dice_niente(
    azienda: Azienda, ricevitore: Ricevitore
) -> None:
    abbonato(azienda, ricevitore)
    with transaction.atomic():
        racconta(azienda)
        transaction.set_rollback(True)
    assert not Annuncio.objects.exists()
