# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happened is written down for who wants to know, in the transaction that did it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from piani.api.formato import scrivi
from piani.models import Annuncio, DocumentoPubblicato, TipoAnnuncio, Webhook

CHIUSO = Webhook.Stato.CHIUSO.value


def in_ascolto(tipo: TipoAnnuncio, aziende: Iterable[int]) -> set[int]:
    """The aziende, among some, where a program wants to know of this: one query.

    Those of a suspended webhook too: what happens meanwhile waits for it.
    """
    quali = ", ".join(str(int(azienda)) for azienda in set(aziende))
    if not quali:
        return set()
    with connection.cursor() as cursore:  # every new result asks it: plain SQL
        cursore.execute(
            f"SELECT azienda_id, eventi FROM {Webhook._meta.db_table} "  # noqa: S608 -- name of a table and whole numbers
            f"WHERE azienda_id IN ({quali}) AND stato <> %s",
            [CHIUSO],
        )
        return {azienda for azienda, eventi in cursore.fetchall() if f'"{tipo.value}"' in eventi}


def annuncio(tipo: TipoAnnuncio, azienda: int, dati: dict[str, Any], **campi: Any) -> Annuncio:
    """What will be told, not saved: its text is this one whoever receives it.

    ``campi``: ``riguarda_id``, ``chiave``, and ``smistato_il`` if who calls shares it out.
    """
    adesso = timezone.now()
    corpo = scrivi({"type": tipo.value, "timestamp": adesso, "data": dati})
    return Annuncio(azienda_id=azienda, tipo=tipo, corpo=corpo.decode(), creato_il=adesso, **campi)


def annuncia(annunci: Sequence[Annuncio]) -> None:
    """Keep them, and have them told once the transaction stands; of those with a ``chiave`` told
    already, nothing.
    """
    if annunci:
        Annuncio.objects.bulk_create(annunci, ignore_conflicts=True)
        sveglia()


def sveglia() -> None:
    """Send for the delivery on commit. If the broker does not answer, the periodic job will."""
    from piani.webhook.tasks import smista

    transaction.on_commit(smista.delay, robust=True)


def documento_pubblicato(documento: DocumentoPubblicato) -> None:
    """A version of a document became public."""
    azienda = documento.piano.azienda_id
    if not in_ascolto(TipoAnnuncio.DOCUMENTO, [azienda]):
        return
    dati = {
        "id": documento.pk,
        "azienda": documento.piano.azienda.codice,
        "piano": documento.piano.slug,
        "titolo": documento.titolo or str(documento.piano),
        "serie": documento.serie,
        "versione": documento.versione,
        "pubblicato_il": timezone.localdate(),
        "sha256_pdf": documento.sha256_pdf,
        "sha256_contenuto": documento.sha256_contenuto,
        "indirizzo": settings.INDIRIZZO_SITO + documento.get_absolute_url(),
        "api": settings.INDIRIZZO_SITO + reverse("api:documenti-detail", args=[documento.pk]),
    }
    annuncia([annuncio(TipoAnnuncio.DOCUMENTO, azienda, dati)])
