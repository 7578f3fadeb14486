# SPDX-License-Identifier: AGPL-3.0-or-later
"""The line of the register for a list that names people and leaves as a file."""

from django.db import transaction
from django.utils.translation import ngettext

from piani.azioni.evento import registra
from piani.models import Azienda, Utente


def annota_esportazione(
    azienda: Azienda | None, *, elenco: str, formato: str, righe: int, filtri: str, da: Utente
) -> None:
    """Say who took away how many rows of what, with which filters.

    It changes nothing and asks no permission: the caller gives only what the person may read.
    Without an azienda, it is of the only one that the person serves, if it is one.
    """
    if azienda is None:
        sue = list(Azienda.objects.visibili_a(da)[:2])
        azienda = sue[0] if len(sue) == 1 else None
    detto = ngettext(
        "Scaricato l’elenco «%(elenco)s» in %(formato)s: %(n)s riga.",
        "Scaricato l’elenco «%(elenco)s» in %(formato)s: %(n)s righe.",
        righe,
    )
    with transaction.atomic():
        registra(
            "esportazione.scaricata",
            azienda or da,
            azienda=azienda,
            da=da,
            descrizione=detto % {"elenco": elenco, "formato": formato, "n": righe},
            dati={"elenco": elenco, "formato": formato, "righe": righe, "filtri": filtri},
        )
