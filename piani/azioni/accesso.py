# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log of what the Nucleo opens: written at each page, thrown away when its time is over."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.models import Accesso, Azienda, Piano, Utente

GIORNI_IN_UN_MESE = 30.4375


def segna_accesso(
    utente: Utente, *, indirizzo: str, parti: Mapping[str, Any], esito: int
) -> Accesso:
    """Write that a person opened an address. ``parti`` are the captured parts of the address."""
    campo = Accesso._meta.get_field("indirizzo")
    return Accesso.objects.create(
        utente=utente,
        azienda=_azienda_di(utente, parti),
        indirizzo=indirizzo[: campo.max_length],
        esito=esito,
    )


def _azienda_di(utente: Utente, parti: Mapping[str, Any]) -> Azienda | None:
    """The azienda a page is of: the only one of the person, or the one that the address names."""
    mie = {incarico.azienda_id: incarico.azienda for incarico in utente.incarichi_di_oggi}
    if len(mie) == 1:
        return next(iter(mie.values()))
    if codice := parti.get("azienda"):
        return next((una for una in mie.values() if una.codice == codice), None)
    if slug := parti.get("slug"):
        piano = Piano.objects.filter(slug=slug, azienda__in=mie).first()
        return mie[piano.azienda_id] if piano else None
    return None


def cancella_accessi() -> int:
    """Throw away what is older than ACCESSI_MESI months, and leave trace of it; how many."""
    limite = timezone.now() - timedelta(days=settings.ACCESSI_MESI * GIORNI_IN_UN_MESE)
    quanti = 0
    with transaction.atomic():
        for azienda in [*Azienda.objects.all(), None]:
            vecchi = Accesso.objects.prima_di(limite).filter(azienda=azienda)
            ultimo = vecchi.first()
            if ultimo is None:
                continue
            registra(
                "accesso.cancellati",
                ultimo,
                azienda=azienda,
                da=None,
                descrizione=_("Cancellati gli accessi del Nucleo più vecchi di %(mesi)s mesi")
                % {"mesi": settings.ACCESSI_MESI},
                dati={"quanti": vecchi.count(), "ultimo": ultimo.quando},
            )
            quanti += vecchi.delete()[0]
    return quanti
