# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery doors of the objectives' floor."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from obiettivi.models import Calcolo

log = logging.getLogger(__name__)

SCADENZA = timedelta(minutes=10).total_seconds()
"""A job sent again is thrown away after this long: the copies do not pile up in a stopped queue."""


@shared_task
def calcola(chiave: int) -> None:
    """Run a waiting computation; its row is the status that people see."""
    from obiettivi import azioni

    azioni.esegui(chiave)


@shared_task
def calcola_blocco(chiavi: list[int]) -> None:
    """Run the waiting computations of a block of plans together."""
    from obiettivi import azioni

    azioni.esegui_blocco(chiavi)


@shared_task
def calcola_schede(edizione: int) -> None:
    """Bring up to date the scores of the schede that some rules judge."""
    from obiettivi.azioni.punteggi_scheda import ricalcola_secondo

    ricalcola_secondo(edizione)


@shared_task
def riprendi_in_attesa(minuti: int = 10) -> int:
    """Send again the runs that wait, or stopped half-way, for that long; how many."""
    from obiettivi.azioni import massivo

    soglia = timezone.now() - timedelta(minutes=minuti)
    Calcolo.objects.filter(stato=Calcolo.Stato.IN_CORSO, iniziato_il__lt=soglia).update(
        stato=Calcolo.Stato.IN_ATTESA, iniziato_il=None
    )
    fermi = Calcolo.objects.filter(stato=Calcolo.Stato.IN_ATTESA, creato_il__lt=soglia)
    vecchi = list(fermi.order_by("piano", "pk"))
    for uno in vecchi:
        if uno.giro_id is None:
            calcola.apply_async((uno.pk,), expires=SCADENZA)
    for blocco in massivo.blocchi(uno for uno in vecchi if uno.giro_id is not None):
        calcola_blocco.apply_async((blocco,), expires=SCADENZA)
    return len(vecchi)


@shared_task
def prepara_archivio(chiave: int) -> None:
    """Print the schede of a waiting archive; a failure is kept on its row, with its reason."""
    from obiettivi import azioni
    from obiettivi.azioni.archivio_schede import segna_archivio_fallito
    from piani.azioni.imprevisto import imprevisto
    from piani.stampa import StampaNonDisponibile

    try:
        azioni.prepara_archivio(chiave)
    except (OSError, StampaNonDisponibile) as errore:
        segna_archivio_fallito(chiave, str(errore))
    except Exception:
        segna_archivio_fallito(chiave, imprevisto(log, f"archivio di schede {chiave}"))


@shared_task
def riprendi_archivi() -> int:
    """Send again the archives that wait, or stopped half-way, for ten minutes; how many."""
    from obiettivi.azioni.archivio_schede import rimetti_in_attesa

    fermi = rimetti_in_attesa()
    for chiave in fermi:
        prepara_archivio.apply_async((chiave,), expires=SCADENZA)
    return len(fermi)


@shared_task
def togli_archivi() -> int:
    """Throw away the archives of a week ago."""
    from obiettivi import azioni

    return azioni.togli_archivi()
