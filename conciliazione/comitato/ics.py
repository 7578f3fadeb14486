# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting as an iCalendar file (RFC 5545), that the member's own program keeps or takes away."""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from conciliazione.models import PuntoOrdine, Seduta


def metodo_di(seduta: Seduta) -> str:
    return "CANCEL" if seduta.stato == Seduta.Stato.ANNULLATA else "PUBLISH"


def ics(seduta: Seduta, punti: Iterable[PuntoOrdine]) -> bytes:
    """The event of a meeting; its cancellation has the same UID and the number after."""
    annullata = seduta.stato == Seduta.Stato.ANNULLATA
    calendario = Calendar()
    calendario.add("prodid", f"-//Albero//{settings.ALBERO_VERSIONE}//IT")
    calendario.add("version", "2.0")
    calendario.add("method", metodo_di(seduta))
    evento = Event()
    evento.add("uid", f"seduta-{seduta.pk}@{urlsplit(settings.INDIRIZZO_SITO).hostname}")
    evento.add("dtstamp", seduta.convocata_il or timezone.now())
    evento.add("dtstart", seduta.quando.astimezone(UTC))
    evento.add("summary", f"{seduta.get_organo_display()}: {seduta.oggetto}")
    evento.add("location", seduta.sede)
    evento.add("description", "\n".join(f"{uno.ordine}. {uno.titolo}" for uno in punti))
    evento.add("url", settings.INDIRIZZO_SITO + reverse("seduta", args=[seduta.pk]))
    evento.add("sequence", 1 if annullata else 0)
    evento.add("status", "CANCELLED" if annullata else "CONFIRMED")
    calendario.add_component(evento)
    dati: bytes = calendario.to_ical()
    return dati
