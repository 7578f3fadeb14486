# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is told reaches who wants it: shared out, sent, tried again, given up.

One worker at a time delivers to a webhook, in order, and stops at the first that fails: a receiver
that does not answer is left in peace for longer and longer, and never holds many workers. Who
stops half-way (the machine goes) leaves the delivery taken: after ``PRESA`` it is sent again, with
the same id.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.models import Annuncio, Azienda, Consegna, Piano, Tentativo, TipoAnnuncio, Webhook
from piani.models.webhook import AMBITI_DEGLI_ANNUNCI
from piani.webhook.firma import SegretoIllegibile, intestazioni
from piani.webhook.invio import NON_VUOLE_PIU, Esito, manda
from piani.webhook.sospensione import sospendi_da_solo

INSIEME = 500
"""Announcements that are shared out at a time."""
GIRO = 60
"""Seconds after which a worker gives its place to another job."""
PRESA = timedelta(minutes=5)
"""Longer than a round with its last delivery: who holds one for longer is dead."""
PRIMA_ATTESA = timedelta(seconds=30)
ATTESA_MASSIMA = timedelta(hours=12)
Stato = Consegna.Stato


# --- sharing out --------------------------------------------------------------------------


def smista() -> int:
    """Make of each announcement the deliveries it asks for, and send for them; how many."""
    fatte = 0
    while True:
        with transaction.atomic():
            annunci = list(_da_smistare())
            nuove = _consegne(annunci)
            Consegna.objects.bulk_create(nuove, ignore_conflicts=True)
            chiavi = [uno.pk for uno in annunci]
            Annuncio.objects.filter(pk__in=chiavi).update(smistato_il=timezone.now())
            chiama({una.webhook_id for una in nuove})
        fatte += len(nuove)
        if len(annunci) < INSIEME:
            return fatte


def _da_smistare() -> Iterable[Annuncio]:
    """Those that nobody else is sharing out."""
    salta = connection.features.has_select_for_update_skip_locked
    attesa = Annuncio.objects.filter(smistato_il__isnull=True).order_by("pk")
    return attesa.select_for_update(skip_locked=salta)[:INSIEME]


def chiama(webhook: Iterable[int]) -> None:
    """Send for the delivery to some webhooks, on commit."""
    from piani.webhook.tasks import consegna

    for chiave in sorted(webhook):
        transaction.on_commit(lambda chiave=chiave: consegna.delay(chiave), robust=True)  # type: ignore[misc]


def _consegne(annunci: list[Annuncio]) -> list[Consegna]:
    """For each webhook of those aziende, what it asked for and its program may read."""
    adesso = timezone.now()
    tutti = Webhook.objects.exclude(stato=Webhook.Stato.CHIUSO).filter(
        azienda__in={uno.azienda_id for uno in annunci}, cliente__revocato_il__isnull=True
    )
    nuove = []
    for webhook in tutti.select_related("cliente__user"):
        suoi = [uno for uno in annunci if _chiede(webhook, uno)]
        leggibili = _leggibili(webhook, suoi) if suoi else set()
        nuove += [
            Consegna(webhook=webhook, annuncio=uno, dal=adesso)
            for uno in suoi
            if uno.pk in leggibili
        ]
    return nuove


def _chiede(webhook: Webhook, uno: Annuncio) -> bool:
    if uno.azienda_id != webhook.azienda_id or uno.tipo not in webhook.eventi:
        return False
    return AMBITI_DEGLI_ANNUNCI[TipoAnnuncio(uno.tipo)] in webhook.cliente.ambiti


def _leggibili(webhook: Webhook, annunci: list[Annuncio]) -> set[int]:
    """Those that the program may read today; none, if its incarico ended."""
    chi = webhook.cliente.user
    if not Azienda.objects.visibili_a(chi).filter(pk=webhook.azienda_id).exists():
        return set()
    di_chi = {uno.riguarda_id for uno in annunci if uno.riguarda_id is not None}
    visti = Piano.objects.visibili_a(chi).filter(pk__in=di_chi) if di_chi else Piano.objects.none()
    piani = {None, *visti.values_list("pk", flat=True)}
    return {uno.pk for uno in annunci if uno.riguarda_id in piani}


# --- sending ------------------------------------------------------------------------------


def consegna_a(chiave: int) -> None:
    """Deliver to a webhook what is due, until all is sent, one fails, or it takes too long.

    Nothing if another worker is at it, or the webhook is suspended or left in peace.
    """
    adesso = timezone.now()
    mio = adesso + PRESA
    libero = Q(preso_fino_a__isnull=True) | Q(preso_fino_a__lt=adesso)
    pronto = Q(riprende_il__isnull=True) | Q(riprende_il__lte=adesso)
    if not Webhook.objects.attivi().filter(libero, pronto, pk=chiave).update(preso_fino_a=mio):
        return
    fine = monotonic() + GIRO
    try:
        while monotonic() < fine and _la_prossima(chiave, mio):
            pass
    finally:
        Webhook.objects.filter(pk=chiave, preso_fino_a=mio).update(preso_fino_a=None)
    # What came in while the last one was leaving found the place taken.
    if chiave in in_arretrato(chiave):
        chiama([chiave])


def in_arretrato(*chiavi: int) -> set[int]:
    """The webhooks (among some, if said) with something due, that nobody is delivering to."""
    adesso = timezone.now()
    dovute = Q(stato=Stato.IN_ATTESA, dal__lte=adesso)
    perse = Q(stato=Stato.IN_CORSO, presa_il__lt=adesso - PRESA)
    arretrate = Consegna.objects.filter(dovute | perse, webhook__in=Webhook.objects.attivi())
    if chiavi:
        arretrate = arretrate.filter(webhook__in=chiavi)
    libere = arretrate.filter(
        Q(webhook__preso_fino_a__isnull=True) | Q(webhook__preso_fino_a__lt=adesso),
        Q(webhook__riprende_il__isnull=True) | Q(webhook__riprende_il__lte=adesso),
    )
    return set(libere.order_by("webhook").values_list("webhook", flat=True).distinct())


def _la_prossima(chiave: int, mio: datetime) -> bool:
    """Send the first that is due; False when there is no other to send now."""
    attivi = Webhook.objects.attivi().select_related("cliente")
    webhook = attivi.filter(pk=chiave, preso_fino_a=mio).first()
    presa = _prendi(webhook) if webhook is not None else None
    if webhook is None or presa is None:
        return False
    esito = _spedisci(webhook, presa)
    _segna(webhook, presa, esito)
    return esito.riuscito


def _prendi(webhook: Webhook) -> Consegna | None:
    """Take the first that is due, by compare-and-set; None if there is none."""
    adesso = timezone.now()
    dovute = Q(stato=Stato.IN_ATTESA, dal__lte=adesso)
    perse = Q(stato=Stato.IN_CORSO, presa_il__lt=adesso - PRESA)
    prima = webhook.consegne.filter(dovute | perse).order_by("dal", "pk").first()
    if prima is None:
        return None
    ancora = webhook.consegne.filter(pk=prima.pk, stato=prima.stato, presa_il=prima.presa_il)
    if not ancora.update(
        stato=Stato.IN_CORSO, presa_il=adesso, tentativi_fatti=F("tentativi_fatti") + 1
    ):
        return None
    return webhook.consegne.select_related("annuncio").get(pk=prima.pk)


def _spedisci(webhook: Webhook, presa: Consegna) -> Esito:
    corpo = presa.annuncio.corpo.encode()
    try:
        firmate = intestazioni(webhook, str(presa.annuncio.codice), timezone.now(), corpo)
    except SegretoIllegibile as errore:
        return Esito(0, None, str(errore))
    return manda(webhook.indirizzo, firmate, corpo)


def _segna(webhook: Webhook, presa: Consegna, esito: Esito) -> None:
    """Keep how it went, and when to try again; who has failed for too long is suspended."""
    adesso = timezone.now()
    mia = Consegna.objects.filter(pk=presa.pk, stato=Stato.IN_CORSO, presa_il=presa.presa_il)
    questo = Webhook.objects.filter(pk=webhook.pk)
    with transaction.atomic():
        Tentativo.objects.create(
            consegna=presa,
            quando=presa.presa_il or adesso,
            durata_ms=esito.durata_ms,
            risposta=esito.risposta,
            errore=esito.errore,
        )
        if esito.riuscito:
            mia.update(stato=Stato.CONSEGNATA, chiusa_il=adesso)
            questo.update(fallite_di_fila=0, riprende_il=None)
            return
        non_vuole = esito.risposta == NON_VUOLE_PIU
        if non_vuole or presa.tentativi_fatti >= settings.WEBHOOK_TENTATIVI:
            mia.update(stato=Stato.FALLITA, chiusa_il=adesso)
        else:
            mia.update(stato=Stato.IN_ATTESA, dal=adesso + _pausa(presa.tentativi_fatti, esito))
        di_fila = webhook.fallite_di_fila + 1
        questo.update(fallite_di_fila=di_fila, riprende_il=adesso + _pausa(di_fila, esito))
        if non_vuole or di_fila >= settings.WEBHOOK_TENTATIVI:
            sospendi_da_solo(webhook, _perche(esito, di_fila))


def attesa(tentativi: int) -> timedelta:
    """How long to wait after some failures: four times longer each time, up to half a day, more
    or less, so that who failed together does not come back together.
    """
    base = min(PRIMA_ATTESA * 4 ** min(tentativi - 1, 10), ATTESA_MASSIMA)
    return base * random.uniform(0.75, 1.25)  # noqa: S311 -- not a secret


def _pausa(tentativi: int, esito: Esito) -> timedelta:
    """Ours, or longer if the receiver asked so, up to half a day."""
    chiesta = min(esito.fra or timedelta(0), ATTESA_MASSIMA)
    return max(attesa(tentativi), chiesta)


def _perche(esito: Esito, di_fila: int) -> str:
    if esito.risposta == NON_VUOLE_PIU:
        return _("Chi riceve ha risposto 410: non vuole più avvisi.")
    return _("%(n)s consegne non riuscite di fila. L'ultima: %(errore)s") % {
        "n": di_fila,
        "errore": esito.errore,
    }
