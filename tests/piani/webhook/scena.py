# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programs that listen, and things that happen."""

from collections.abc import Callable
from typing import Any

from piani import azioni as azioni_piani
from piani.models import (
    Azienda,
    ClienteApi,
    Ruolo,
    TipoAnnuncio,
    Webhook,
)
from piani.webhook import azioni, consegne
from piani.webhook.posta import annuncia, annuncio
from tests.ricevitore import Ricevitore

TUTTI = ["documento.pubblicato", "finestra.in_apertura", "punteggio.cambiato"]
Catturati = Callable[..., Any]


def programma(azienda: Azienda, *ambiti: str, ruolo: Ruolo = Ruolo.REGIONE) -> ClienteApi:
    scelti = list(ambiti or ("piani:leggi", "obiettivi:leggi"))
    quale = f"Cruscotto {azienda.clienti_api.count()}"
    return azioni_piani.crea_cliente(azienda, nome=quale, ruolo=ruolo, ambiti=scelti, da=None)[0]


def abbonato(
    azienda: Azienda, ricevitore: Ricevitore, *eventi: str, cliente: ClienteApi | None = None
) -> tuple[Webhook, str]:
    return azioni.crea_webhook(
        cliente or programma(azienda),
        indirizzo=ricevitore.indirizzo,
        eventi=list(eventi or TUTTI),
        da=None,
    )


def racconta(azienda: Azienda, quanti: int = 1, **campi: Any) -> None:
    annuncia([
        annuncio(TipoAnnuncio.DOCUMENTO, azienda.pk, {"numero": n}, **campi)
        for n in range(quanti)
    ])  # fmt: skip


def prepara(azienda: Azienda, quanti: int = 1) -> None:
    """Announcements shared out, with nobody who delivers yet."""
    racconta(azienda, quanti)
    consegne.smista()


def stati(webhook: Webhook) -> list[str]:
    return list(webhook.consegne.order_by("pk").values_list("stato", flat=True))
