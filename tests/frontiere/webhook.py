# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the webhooks of a program."""

from typing import Any

from django.utils import timezone

from piani.models import Annuncio, Azienda, Consegna, TipoAnnuncio, Webhook
from piani.webhook.firma import chiudi, nuovo_segreto
from tests.frontiere.api import cliente_di

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE = {
    "webhook_segreto", "webhook_prova", "webhook_sospendi", "webhook_riattiva", "webhook_chiudi",
    "webhook_rimanda",
}  # fmt: skip
MODULI: set[str] = set()
NASCOSTE: set[str] = set()


def consegna_di(azienda: Azienda) -> Consegna:
    """A delivery of a program of the azienda, to an address that nobody may call."""
    cliente = azienda.clienti_api.filter(name="Un programma").first() or cliente_di(azienda)
    webhook = Webhook.objects.create(
        cliente=cliente, azienda=azienda, indirizzo="https://127.0.0.1:9443/",
        eventi=["documento.pubblicato"], segreto=chiudi(nuovo_segreto()),
    )  # fmt: skip
    annuncio = Annuncio.objects.create(
        azienda=azienda, tipo=TipoAnnuncio.DOCUMENTO, corpo="{}", smistato_il=timezone.now()
    )
    return Consegna.objects.create(
        webhook=webhook, annuncio=annuncio, dal=timezone.now(), stato="consegnata",
        chiusa_il=timezone.now(),
    )  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    consegna = consegna_di(azienda)
    ente = {"azienda": azienda.codice}
    uno = ente | {"pk": consegna.webhook_id}
    return {
        **dict.fromkeys({"webhook", "webhook_modifica", *SCRITTURE}, uno),
        "webhook_rimanda": ente | {"pk": consegna.pk},
        "webhook_del_programma": ente | {"cliente": consegna.webhook.cliente_id},
    }
