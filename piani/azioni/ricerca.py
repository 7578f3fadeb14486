# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a document that came out, for the public search."""

from django.db import transaction

from piani.models import DocumentoPubblicato, VoceRicerca
from piani.stampa.voci import voci

CODICE_MASSIMO, ANCORA_MASSIMA = 60, 200


def indicizza(documento: DocumentoPubblicato) -> int:
    """Write what the search finds in a document, from its photograph alone; how many entries.

    Done again, it leaves the same.
    """
    with transaction.atomic():
        documento.voci_ricerca.all().delete()
        nuove = VoceRicerca.objects.bulk_create(
            VoceRicerca(
                documento=documento,
                genere=voce.genere,
                ordine=ordine,
                codice=voce.codice[:CODICE_MASSIMO],
                testo=voce.testo,
                dove=voce.dove,
                ancora=voce.ancora[:ANCORA_MASSIMA],
                cercabile=voce.cercabile,
            )
            for ordine, voce in enumerate(voci(documento.fotografia))
        )
    return len(nuove)
