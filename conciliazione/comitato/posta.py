# SPDX-License-Identifier: AGPL-3.0-or-later
"""The messages of a meeting: convocation, cancellation, minutes. Each person gets each once.

A row of Avviso is the claim: the database refuses a second one with the same key, so that a job
delivered twice sends one message. A server that refuses leaves no claim, and the periodic job
tries again.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.comitato.chi import destinatari, giorno_di
from conciliazione.comitato.ics import ics, metodo_di
from conciliazione.models import Seduta, Verbale
from piani.models import Avviso, Utente

log = logging.getLogger(__name__)


def chiave_seduta(seduta: Seduta) -> str:
    return f"conc_seduta:{seduta.pk}:{seduta.stato}"


def chiave_verbale(verbale: Verbale) -> str:
    """Of this sending: minutes that were corrected and sent again are told again."""
    quando = verbale.inviato_il.isoformat() if verbale.inviato_il else ""
    return f"conc_verbale:{verbale.pk}:{quando}"


def spedisci_seduta(seduta: Seduta) -> int:
    """Send the convocation to who has not had it, or the cancellation to who was called; how many
    messages left.
    """
    if seduta.stato == Seduta.Stato.CONVOCATA:
        oggetto, modello = _("Convocazione"), "convocazione.txt"
    elif seduta.stato == Seduta.Stato.ANNULLATA and seduta.convocata_il:
        oggetto, modello = _("Annullata"), "annullamento.txt"
    else:
        return 0
    punti = list(seduta.punti.order_by("ordine"))
    allegato = ics(seduta, punti)
    indirizzo = settings.INDIRIZZO_SITO + reverse("seduta", args=[seduta.pk])

    def messaggio(persona: Utente) -> EmailMessage:
        contesto = {"persona": persona, "seduta": seduta, "punti": punti, "indirizzo": indirizzo}
        posta = _messaggio(f"{oggetto}: {seduta}", modello, contesto, persona)
        metodo = metodo_di(seduta)
        posta.attach("seduta.ics", allegato, f"text/calendar; method={metodo}; charset=utf-8")
        return posta

    return _manda(seduta, chiave_seduta(seduta), f"{oggetto}: {seduta.oggetto}", messaggio)


def spedisci_verbale(verbale: Verbale) -> int:
    """Tell the members that the minutes are there to be read; how many messages left."""
    if verbale.stato == Verbale.Stato.BOZZA:
        return 0
    seduta = verbale.seduta
    indirizzo = settings.INDIRIZZO_SITO + reverse("verbale", args=[seduta.pk])

    def messaggio(persona: Utente) -> EmailMessage:
        contesto = {"persona": persona, "seduta": seduta, "indirizzo": indirizzo}
        oggetto = _("Verbale: %(seduta)s") % {"seduta": seduta}
        return _messaggio(oggetto, "verbale.txt", contesto, persona)

    titolo = _("Verbale: %(seduta)s") % {"seduta": seduta.oggetto}
    return _manda(seduta, chiave_verbale(verbale), titolo, messaggio)


def _messaggio(
    oggetto: str, modello: str, contesto: dict[str, object], persona: Utente
) -> EmailMessage:
    return EmailMessage(
        subject=f"Albero: {oggetto}",
        body=render_to_string(f"conciliazione/comitato/posta/{modello}", contesto),
        to=[persona.email],
    )


def _manda(
    seduta: Seduta, chiave: str, titolo: str, messaggio: Callable[[Utente], EmailMessage]
) -> int:
    gia = Avviso.objects.filter(chiave=chiave).values("utente")
    partiti = 0
    for persona in destinatari(seduta).exclude(pk__in=gia):
        preso, nuovo = Avviso.objects.get_or_create(
            utente=persona,
            chiave=chiave,
            defaults={
                "tipo": Avviso.Tipo.PROMEMORIA,
                "titolo": titolo[:300],
                "url": reverse("seduta", args=[seduta.pk]),
                "scadenza": giorno_di(seduta),
                "spedito_il": timezone.now(),
            },
        )
        if not nuovo:
            continue
        try:
            messaggio(persona).send()
        except OSError as errore:  # what smtplib raises is an OSError too
            log.warning("%s a %s non spedito: %s", chiave, persona.pk, errore)
            preso.delete()
        else:
            partiti += 1
    return partiti
