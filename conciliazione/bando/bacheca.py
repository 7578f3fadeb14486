# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the calls put in people's inbox and calendar: as many queries for one as for many."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conciliazione.models import ManifestazioneInteresse, Partner, Proposta
from conciliazione.models.visibilita import UFFICIO, enti_di
from piani.bacheca import Cosa
from piani.models import Utente
from piani.scadenze import Scadenza

Stato = ManifestazioneInteresse.Stato
VICINO = timedelta(days=3)


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """For who represents a body: answers, drafts to send, versions to give back. For the office:
    envelopes to open, proposals to look at. Nobody else costs a query.
    """
    if utente.rappresenta_enti and utente.delega is None:
        yield from _inviti(utente)
        yield from _da_scrivere(utente)
    if utente.ha_ruolo(*UFFICIO):
        yield from _da_istruire(utente)


def _inviti(utente: Utente) -> Iterator[Cosa]:
    inviti = Partner.objects.filter(
        ente__in=enti_di(utente),
        stato=Partner.Stato.INVITATO,
        proposta__stato__in=Proposta.SCRIVIBILI,
    )
    for uno in inviti.select_related("ente", "proposta__capofila", "proposta__manifestazione"):
        yield Cosa(
            titolo=_("%(ente)s è invitato in un'Alleanza") % {"ente": uno.ente},
            testo=_("%(capofila)s propone «%(titolo)s»: di' se partecipate.")
            % {"capofila": uno.proposta.capofila, "titolo": uno.proposta},
            url=reverse("proposta", args=[uno.proposta_id]),
            scadenza=_chiusura(uno.proposta),
        )


def _da_scrivere(utente: Utente) -> Iterator[Cosa]:
    """Drafts of calls that still take them, and versions in co-progettazione."""
    bozze = Q(
        stato=Proposta.Stato.BOZZA, manifestazione__in=ManifestazioneInteresse.objects.aperte()
    )
    mie = Proposta.objects.filter(
        bozze | Q(stato=Proposta.Stato.IN_COPROGETTAZIONE), capofila__in=enti_di(utente)
    )
    for una in mie.select_related("manifestazione"):
        url = reverse("proposta", args=[una.pk])
        if una.stato == Proposta.Stato.BOZZA:
            manca = una.manifestazione.chiude_il - timezone.now()
            yield Cosa(
                titolo=_("Presenta la proposta «%(titolo)s»") % {"titolo": una},
                testo=_("È una bozza: conta solo se la presenti prima della chiusura."),
                url=url,
                scadenza=_chiusura(una),
                urgente=manca < VICINO,
            )
        else:
            yield Cosa(
                titolo=_("Rivedi la proposta «%(titolo)s»") % {"titolo": una},
                testo=_("È in co-progettazione: quando è pronta, consegna la versione nuova."),
                url=url,
            )


def _chiusura(proposta: Proposta) -> date | None:
    """The day by which it must be sent; none once it was."""
    if proposta.stato != Proposta.Stato.BOZZA:
        return None
    return timezone.localtime(proposta.manifestazione.chiude_il).date()


def _da_istruire(utente: Utente) -> Iterator[Cosa]:
    bandi = (
        ManifestazioneInteresse.objects.visibili_a(utente)
        .filter(
            stato__in=(Stato.PUBBLICATA, Stato.IN_VALUTAZIONE),
            chiude_il__lte=timezone.now(),
            edizione__azienda__in=[
                uno.azienda_id for uno in utente.incarichi_di_oggi if uno.ruolo in UFFICIO
            ],
        )
        .annotate(da_guardare=Count("proposte", filter=Q(proposte__stato="presentata")))
    )
    for uno in bandi:
        url = reverse("bando_avviso", args=[uno.pk])
        if uno.stato == Stato.PUBBLICATA:
            yield Cosa(
                titolo=_("Apri le proposte di «%(bando)s»") % {"bando": uno},
                testo=_("La manifestazione si è chiusa: comincia l'istruttoria."),
                url=url,
            )
        elif uno.da_guardare:
            yield Cosa(
                titolo=ngettext(
                    "%(n)s proposta da istruire: «%(bando)s»",
                    "%(n)s proposte da istruire: «%(bando)s»",
                    uno.da_guardare,
                )
                % {"n": uno.da_guardare, "bando": uno},
                testo=_("Di' se sono ammesse alla valutazione, e perché no."),
                url=url,
            )


def scadenze(utente: Utente) -> Iterator[Scadenza]:
    """When the published calls that the person sees close."""
    if not (utente.rappresenta_enti or utente.ha_ruolo(*UFFICIO)):
        return
    bandi = ManifestazioneInteresse.objects.visibili_a(utente).filter(
        stato=ManifestazioneInteresse.Stato.PUBBLICATA, chiude_il__gt=timezone.now()
    )
    for uno in bandi.select_related("edizione__azienda"):
        yield Scadenza(
            timezone.localtime(uno.chiude_il).date(),
            _("Si chiude «%(bando)s»") % {"bando": uno},
            reverse("bando_avviso", args=[uno.pk]),
            di=str(uno.edizione.azienda),
            dal=timezone.localtime(uno.apre_il).date(),
        )
