# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reminders before and after a deadline, digests of what awaits: each leaves once."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from piani import bacheca, scadenze
from piani.azioni.evento import registra
from piani.models import Avviso, Incarico, PreferenzeAvvisi, Utente
from piani.models.incarico import UtenteQuerySet

log = logging.getLogger(__name__)
Tipo = Avviso.Tipo
Riepilogo = PreferenzeAvvisi.Riepilogo
VECCHIE = 30
"""Days after which a deadline that went by is told in the digests only."""


def preferenze_di(persona: Utente) -> PreferenzeAvvisi:
    """What a person wants to receive; what is usual, until they say otherwise."""
    scelte = PreferenzeAvvisi.objects.filter(utente=persona).first()
    return scelte or PreferenzeAvvisi(utente=persona)


def scegli_avvisi(persona: Utente, *, promemoria: bool, riepilogo: str) -> None:
    """Change what a person receives; only they do.

    :raises ValidationError: an unknown digest, or somebody acts for the person.
    """
    if riepilogo not in Riepilogo.values:
        raise ValidationError({"riepilogo": _("Scelta sconosciuta.")})
    _controlla_che_sia_lei(persona)
    with transaction.atomic():
        PreferenzeAvvisi.objects.update_or_create(
            utente=persona, defaults={"promemoria": promemoria, "riepilogo": riepilogo}
        )
        _registra(persona, "avvisi.scelti", _("Scelti gli avvisi per posta"))


def rinnova_calendario(persona: Utente) -> None:
    """Give the person another calendar link; the one they had stops working.

    :raises ValidationError: somebody acts for the person.
    """
    _controlla_che_sia_lei(persona)
    with transaction.atomic():
        PreferenzeAvvisi.objects.get_or_create(utente=persona)
        PreferenzeAvvisi.objects.filter(utente=persona).update(calendario=F("calendario") + 1)
        _registra(persona, "calendario.rinnovato", _("Rinnovato l'indirizzo del calendario"))


def _controlla_che_sia_lei(persona: Utente) -> None:
    if persona.delega is not None:
        raise ValidationError(_("Gli avvisi li sceglie la persona: prima torna ad agire per te."))


def _registra(persona: Utente, tipo: str, descrizione: str) -> None:
    registra(tipo, persona, azienda=None, da=persona, descrizione=descrizione)


def persone_da_avvisare() -> UtenteQuerySet:
    """Who works here today, and reads: not the programs."""
    oggi = Incarico.objects.in_vigore().filter(utente=OuterRef("pk"))
    persone = Utente.objects.filter(Exists(oggi), is_active=True, piani_clienteapi__isnull=True)
    return persone.exclude(email="")


def avvisa(persona: Utente, giorno: date | None = None) -> int:
    """Send a person what is due on a day and was not sent yet; how many things it tells.

    Reminders go at the distances of ``settings.AVVISI_GIORNI`` from a deadline: a day that was
    missed is made up for, and of two that are due the nearer goes alone.
    """
    oggi = giorno or timezone.localdate()
    preferenze = preferenze_di(persona)
    cose = bacheca.raccogli(persona)
    _prepara(persona, [*_promemoria(preferenze, cose, oggi), *_riepilogo(preferenze, cose, oggi)])
    return spedisci_avvisi(persona)


def _promemoria(
    preferenze: PreferenzeAvvisi, cose: list[bacheca.Cosa], oggi: date
) -> Iterator[Avviso]:
    if not preferenze.promemoria:
        return
    for una in scadenze.mie(cose):
        tappa = _tappa((una.il - oggi).days)
        if tappa is not None:
            yield Avviso(
                utente=preferenze.utente,
                tipo=Tipo.PROMEMORIA,
                chiave=_impronta(una.chiave, str(tappa)),
                titolo=una.titolo[:300],
                url=una.url[:300],
                scadenza=una.il,
            )


def _tappa(mancano: int) -> int | None:
    """The distance reached, among those at which people are told; None if it is still far, or so
    long ago that it is no news.
    """
    if mancano < -VECCHIE:
        return None
    raggiunte = [giorni for giorni in settings.AVVISI_GIORNI if mancano <= giorni]
    return min(raggiunte, default=None)


def _riepilogo(
    preferenze: PreferenzeAvvisi, cose: list[bacheca.Cosa], oggi: date
) -> Iterator[Avviso]:
    """The digest of the week or of the day, if something awaits the person."""
    if not cose or preferenze.riepilogo == Riepilogo.NESSUNO:
        return
    if preferenze.riepilogo == Riepilogo.SETTIMANALE:
        oggi -= timedelta(days=oggi.weekday())
    yield Avviso(
        utente=preferenze.utente,
        tipo=Tipo.RIEPILOGO,
        chiave=_impronta("riepilogo", oggi.isoformat()),
    )


def _impronta(*parti: str) -> str:
    return hashlib.sha256("|".join(parti).encode()).hexdigest()


def _prepara(persona: Utente, avvisi: list[Avviso]) -> None:
    """Keep those that were never prepared: the database refuses the others."""
    chiavi = [uno.chiave for uno in avvisi]
    gia = set(persona.avvisi.filter(chiave__in=chiavi).values_list("chiave", flat=True))
    nuovi = [uno for uno in avvisi if uno.chiave not in gia]
    Avviso.objects.bulk_create(nuovi, ignore_conflicts=True)


def spedisci_avvisi(persona: Utente) -> int:
    """Send in one message what waits for a person; how many things it tells, 0 if none left.

    They are taken before being sent, so that two jobs send one message; a server that refuses
    gives them back, with the reason, to be tried again.
    """
    adesso = timezone.now()
    if not persona.avvisi.da_spedire().update(spedito_il=adesso, errore=""):
        return 0
    presi = persona.avvisi.filter(spedito_il=adesso).order_by("scadenza", "titolo", "pk")
    avvisi = list(presi)
    try:
        _messaggio(persona, avvisi).send()
    except OSError as errore:  # what smtplib raises is an OSError too
        log.warning("avvisi a %s non spediti: %s", persona.pk, errore)
        presi.update(spedito_il=None, errore=str(errore)[:300] or type(errore).__name__)
        return 0
    return len(avvisi)


def _messaggio(persona: Utente, avvisi: list[Avviso]) -> EmailMessage:
    promemoria = [uno for uno in avvisi if uno.tipo == Tipo.PROMEMORIA]
    cose = bacheca.raccogli(persona) if len(promemoria) < len(avvisi) else []
    contesto: dict[str, Any] = {
        "persona": persona,
        "promemoria": promemoria,
        "cose": cose,
        "oggi": timezone.localdate(),
        "sito": settings.INDIRIZZO_SITO,
        "scelte": settings.INDIRIZZO_SITO + reverse("scadenze"),
    }
    return EmailMessage(
        subject=_oggetto(promemoria, cose),
        body=render_to_string("piani/posta/avvisi.txt", contesto),
        to=[persona.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _oggetto(promemoria: list[Avviso], cose: list[bacheca.Cosa]) -> str:
    if promemoria:
        n = len(promemoria)
        return ngettext("Albero: %(n)s scadenza", "Albero: %(n)s scadenze", n) % {"n": n}
    n = len(cose)
    return ngettext("Albero: %(n)s cosa da fare", "Albero: %(n)s cose da fare", n) % {"n": n}
