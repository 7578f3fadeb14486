# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's calendar as an iCalendar file (RFC 5545), for the program that they use."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from piani.scadenze import Scadenza


def ics(scadenze: Iterable[Scadenza], adesso: datetime) -> bytes:
    """All-day events, one for each deadline. A deadline keeps its UID as long as it stays."""
    calendario = Calendar()
    calendario.add("prodid", f"-//Albero//{settings.ALBERO_VERSIONE}//IT")
    calendario.add("version", "2.0")
    calendario.add("x-wr-calname", _("Scadenze di Albero"))
    calendario.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for una in scadenze:
        calendario.add_component(_evento(una, adesso))
    dati: bytes = calendario.to_ical()
    return dati


def _evento(scadenza: Scadenza, adesso: datetime) -> Event:
    evento = Event()
    impronta = hashlib.sha256(f"{scadenza.chiave}|{scadenza.titolo}".encode()).hexdigest()[:32]
    evento.add("uid", f"{impronta}@albero")
    evento.add("dtstamp", adesso)
    evento.add("dtstart", scadenza.il)
    evento.add("dtend", scadenza.il + timedelta(days=1))
    evento.add("summary", scadenza.titolo)
    evento.add("url", settings.INDIRIZZO_SITO + scadenza.url)
    evento.add("transp", "TRANSPARENT")
    if scadenza.di:
        evento.add("description", scadenza.di)
    evento.add("categories", [_("Da fare") if scadenza.mia else _("Ciclo della performance")])
    return evento
