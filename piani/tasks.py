# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery doors of the ground floor."""

import logging
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from piani.models import (
    Avviso,
    DocumentoEnte,
    DocumentoPubblicato,
    Invito,
    Utente,
    VersioneRelazioneCUG,
)

log = logging.getLogger(__name__)


@shared_task
def stampa_documento(chiave: int) -> None:
    """Print a waiting document; a failure is kept on its row, with its reason."""
    from piani import azioni
    from piani.azioni.documento import segna_fallita
    from piani.azioni.imprevisto import imprevisto
    from piani.stampa import StampaNonDisponibile

    documento = DocumentoPubblicato.objects.select_related("piano__azienda").get(pk=chiave)
    try:
        azioni.stampa(documento)
    except (OSError, StampaNonDisponibile) as errore:
        segna_fallita(documento, str(errore))
    except Exception:
        segna_fallita(documento, imprevisto(log, f"stampa del documento {chiave}"))


@shared_task
def riprendi_stampe() -> int:
    """Send again the prints that have waited more than ten minutes; how many."""
    vecchi = DocumentoPubblicato.objects.da_stampare().filter(
        creato_il__lt=timezone.now() - timedelta(minutes=10)
    )
    for documento in vecchi:
        stampa_documento.delay(documento.pk)
    relazioni = VersioneRelazioneCUG.objects.da_stampare().filter(
        creata_il__lt=timezone.now() - timedelta(minutes=10)
    )
    for versione in relazioni:
        stampa_relazione_cug.delay(versione.pk)
    dell_ente = DocumentoEnte.objects.da_stampare().filter(
        creato_il__lt=timezone.now() - timedelta(minutes=10)
    )
    for atto in dell_ente:
        stampa_documento_ente.delay(atto.pk)
    return len(vecchi) + len(relazioni) + len(dell_ente)


@shared_task
def stampa_documento_ente(chiave: int) -> None:
    """Draw the PDF of a document of the body; one that fails is tried again."""
    from piani.documenti_ente.azioni import stampa
    from piani.stampa import StampaNonDisponibile

    documento = DocumentoEnte.objects.select_related("azienda").get(pk=chiave)
    try:
        stampa(documento)
    except (OSError, StampaNonDisponibile) as errore:
        log.warning("documento dell'ente %s non stampato: %s", chiave, errore)


@shared_task
def prepara_pagine() -> int:
    """After an update of the program, make the pages of the documents in force before somebody
    asks for them; how many.
    """
    from piani.pubbliche import conserva

    in_mostra = DocumentoPubblicato.objects.in_mostra(timezone.localdate()).correnti()
    da_fare = [uno for uno in in_mostra.defer("contenuto") if conserva.da_rifare(uno)]
    for documento in da_fare:
        conserva.pagina_di(documento)
    return len(da_fare)


@shared_task
def stampa_relazione_cug(chiave: int) -> None:
    """Draw the PDF of a version of the CUG's report; one that fails is tried again."""
    from piani.azioni_positive.trasmissione import stampa
    from piani.stampa import StampaNonDisponibile

    versioni = VersioneRelazioneCUG.objects.select_related("relazione__azienda")
    try:
        stampa(versioni.get(pk=chiave))
    except (OSError, StampaNonDisponibile) as errore:
        log.warning("relazione del CUG, versione %s non stampata: %s", chiave, errore)


@shared_task
def spedisci_invito(chiave: int) -> None:
    """Send the message of an invitation, if it still has to leave."""
    from piani import azioni

    azioni.spedisci_invito(Invito.objects.select_related("utente", "azienda", "da").get(pk=chiave))


@shared_task
def rispedisci_inviti() -> int:
    """Try again the invitations that did not leave within five minutes; how many."""
    fermi = Invito.objects.da_spedire().filter(creato_il__lt=timezone.now() - timedelta(minutes=5))
    for invito in fermi:
        spedisci_invito.delay(invito.pk)
    return len(fermi)


@shared_task
def cancella_accessi() -> int:
    """Throw away the accesses of the Nucleo kept for long enough."""
    from piani import azioni

    return azioni.cancella_accessi()


@shared_task
def manda_avvisi() -> int:
    """Send each person the reminders and the digest of today, one job each; how many people."""
    from piani import azioni

    chiavi = list(azioni.persone_da_avvisare().values_list("pk", flat=True))
    for chiave in chiavi:
        avvisa_persona.delay(chiave)
    return len(chiavi)


@shared_task
def avvisa_persona(chiave: int) -> None:
    """Send a person what is due today and was not sent yet."""
    from piani import azioni

    azioni.avvisa(Utente.objects.get(pk=chiave))


@shared_task
def rispedisci_avvisi() -> int:
    """Try again what a mail server refused in the last two days; how many people."""
    from piani import azioni

    recenti = Avviso.objects.da_spedire().filter(
        creato_il__gt=timezone.now() - timedelta(days=2), utente__is_active=True
    )
    persone = Utente.objects.filter(pk__in=recenti.values("utente"))
    for persona in persone:
        azioni.spedisci_avvisi(persona)
    return len(persone)


@shared_task(bind=True, max_retries=5, default_retry_delay=300, ignore_result=True)
def spedisci_questionario(self: Any, attesa: str, indirizzo: str) -> None:
    """Send the link of a questionnaire; a refused message is tried again, and never logged with
    its address.
    """
    from piani.questionari.risposte import scarta, spedisci

    try:
        spedisci(attesa, indirizzo)
    except OSError as errore:
        log.warning("un invito a un questionario non spedito: %s", type(errore).__name__)
        if self.request.retries >= self.max_retries:
            scarta(attesa)
            return
        raise self.retry() from None


@shared_task
def chiudi_questionari() -> int:
    """Close the questionnaires whose last day has passed; how many."""
    from piani.questionari.azioni import chiudi_scaduti

    return chiudi_scaduti()


@shared_task
def dimentica_api() -> int:
    """Throw away the expired tokens of the API and the old keys of its writes; how many keys."""
    from oauth2_provider.models import clear_expired

    from piani import azioni

    clear_expired()
    return azioni.dimentica_richieste()


@shared_task
def rispondi_a_segnalazione(chiave: int) -> None:
    """Send the answer to who reported an error, if it still has to leave."""
    from piani.models import Segnalazione
    from piani.segnalazioni import azioni

    con = Segnalazione.objects.select_related("azienda", "documento__piano")
    azioni.spedisci_risposta(con.get(pk=chiave))


@shared_task
def rispedisci_risposte() -> int:
    """Try again the answers that did not leave within five minutes; how many."""
    from piani.segnalazioni import azioni

    ferme = azioni.da_spedire()
    for chiave in ferme:
        rispondi_a_segnalazione.delay(chiave)
    return len(ferme)


@shared_task
def dimentica_segnalazioni() -> int:
    """Throw away text and address of the reports kept for long enough; how many."""
    from piani.segnalazioni import azioni

    return azioni.dimentica()


@shared_task
def segna_battito() -> None:
    """Say that the periodic jobs are at work."""
    from piani import battito

    battito.segna_battito()


@shared_task
def fa_importazione(chiave: int) -> None:
    """Read, write or undo an import, as its row asks."""
    from piani.importazioni.lavoro import fai

    fai(chiave)


@shared_task
def riprendi_importazioni() -> int:
    """Send again the imports that wait, or stopped half-way, for ten minutes; how many."""
    from piani.importazioni.lavoro import rimetti_in_attesa

    fermi = rimetti_in_attesa()
    for chiave in fermi:
        fa_importazione.apply_async((chiave,), expires=600)
    return len(fermi)


@shared_task
def dimentica_importazioni() -> int:
    """Throw away files and previews of the imports kept for long enough; how many."""
    from piani.importazioni.conservazione import dimentica

    return dimentica()
