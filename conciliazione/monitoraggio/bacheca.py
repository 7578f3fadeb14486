# SPDX-License-Identifier: AGPL-3.0-or-later
"""What monitoring and money put in people's inbox and calendar: as many queries for one project as
for many, and none for who has nothing to do with the conciliation.
"""

from collections.abc import Iterator

from django.db.models import DecimalField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.parole import euro
from conciliazione.models import (
    Pagamento,
    Progetto,
    Rendiconto,
    RevocaContributo,
    RilevazioneProgetto,
    SemestreMonitoraggio,
)
from conciliazione.models.visibilita import UFFICIO
from conciliazione.monitoraggio.conto import Situazione, situazioni
from piani.bacheca import Cosa
from piani.models import Incarico, Ruolo, Utente
from piani.scadenze import Scadenza

SI_RILEVA = (Progetto.Stato.DA_AVVIARE, Progetto.Stato.IN_CORSO, Progetto.Stato.SOSPESO,
             Progetto.Stato.CONCLUSO)  # fmt: skip


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """Reports to send and requests to complete, for the capofila; what was sent to look at, for
    the office; payments to arrange and to make, for who disposes of the resources.
    """
    if utente.rappresenta_enti and utente.delega is None:
        yield from _da_rilevare(utente)
        yield from _da_integrare(utente)
        yield from _da_restituire(utente)
    if utente.ha_ruolo(*UFFICIO):
        yield from _da_validare(utente)
        yield from _da_verificare(utente)
    if utente.ha_ruolo(*UFFICIO, Ruolo.DIREZIONE):
        yield from _da_pagare(utente)
        yield from _da_recuperare(utente)


def scadenze(utente: Utente) -> Iterator[Scadenza]:
    """The windows of the open semesters, for the office and for who directs."""
    if not utente.ha_ruolo(*UFFICIO, Ruolo.DIREZIONE):
        return
    aperti = SemestreMonitoraggio.objects.visibili_a(utente).filter(
        stato=SemestreMonitoraggio.Stato.APERTO
    )
    for uno in aperti.select_related("edizione"):
        yield Scadenza(
            uno.scade,
            _("Rilevazioni della conciliazione, %(semestre)s") % {"semestre": uno},
            reverse("semestre", args=[uno.pk]),
            di=str(uno.edizione),
            dal=uno.apre,
        )


def _da_restituire(utente: Utente) -> Iterator[Cosa]:
    miei = Progetto.objects.guidati_da(utente)
    for una in _revocate(RevocaContributo.objects.filter(progetto__in=miei)):
        yield _recupero(una, _("Restituisci %(quanto)s: «%(progetto)s»"))


def _da_recuperare(utente: Utente) -> Iterator[Cosa]:
    """What capofila have still to give back of contributions that were taken back."""
    aziende = {
        uno.azienda_id
        for uno in utente.incarichi_di_oggi
        if uno.ruolo in (*UFFICIO, Ruolo.DIREZIONE)
    }
    revoche = RevocaContributo.objects.filter(progetto__edizione__azienda__in=aziende)
    for una in _revocate(revoche):
        yield _recupero(una, _("Da recuperare %(quanto)s: «%(progetto)s»"))


def _revocate(revoche: QuerySet[RevocaContributo]) -> list[Situazione]:
    """The revoked projects of which something is still to come back."""
    da_rendere = revoche.filter(entro__isnull=False).order_by("entro", "pk")
    progetti = [una.progetto for una in da_rendere.select_related("progetto__capofila")]
    return [una for una in situazioni(progetti) if una.da_recuperare] if progetti else []


def _recupero(una: Situazione, frase: str) -> Cosa:
    return Cosa(
        titolo=frase % {"quanto": euro(una.da_recuperare), "progetto": una.progetto},
        testo=str(una.progetto.capofila),
        url=reverse("rendiconti_progetto", args=[una.progetto.pk]) + "#revoca",
        scadenza=una.revoca.entro if una.revoca else None,
        urgente=una.in_ritardo,
    )


def _da_rilevare(utente: Utente) -> Iterator[Cosa]:
    oggi = timezone.localdate()
    progetti = list(Progetto.objects.guidati_da(utente).filter(stato__in=SI_RILEVA))
    semestri = SemestreMonitoraggio.objects.filter(
        edizione__in={uno.edizione_id for uno in progetti},
        stato=SemestreMonitoraggio.Stato.APERTO,
        apre__lte=oggi,
    )
    fatte = set(
        RilevazioneProgetto.objects.filter(progetto__in=progetti, semestre__in=semestri)
        .exclude(stato=RilevazioneProgetto.Stato.BOZZA)
        .values_list("semestre", "progetto")
    )
    for semestre in semestri:
        for uno in progetti:
            finito = uno.concluso_il is not None and uno.concluso_il < semestre.inizio
            di_altra = uno.edizione_id != semestre.edizione_id
            if di_altra or finito or (semestre.pk, uno.pk) in fatte:
                continue
            yield Cosa(
                titolo=_("Rileva il %(semestre)s: «%(progetto)s»")
                % {"semestre": semestre, "progetto": uno},
                testo=_("Chi si è raggiunto, che cosa si è fatto, le criticità."),
                url=reverse("rilevazione_progetto", args=[semestre.pk, uno.pk]),
                scadenza=semestre.scade,
                urgente=oggi > semestre.scade,
            )


def _da_integrare(utente: Utente) -> Iterator[Cosa]:
    for uno in Rendiconto.objects.filter(
        progetto__in=Progetto.objects.guidati_da(utente), stato=Rendiconto.Stato.DA_INTEGRARE
    ).select_related("progetto"):
        yield Cosa(
            titolo=_("Completa il rendiconto: «%(rendiconto)s»") % {"rendiconto": uno},
            testo=uno.nota,
            url=reverse("rendiconto", args=[uno.pk]),
        )


def _aziende(utente: Utente, *ruoli: Ruolo) -> list[int]:
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=ruoli)
    return list(miei.values_list("azienda", flat=True))


def _da_validare(utente: Utente) -> Iterator[Cosa]:
    trasmesse = RilevazioneProgetto.objects.filter(
        stato=RilevazioneProgetto.Stato.TRASMESSA,
        semestre__stato=SemestreMonitoraggio.Stato.APERTO,
        progetto__edizione__azienda__in=_aziende(utente, *UFFICIO),
    )
    for una in trasmesse.select_related("progetto", "semestre"):
        yield Cosa(
            titolo=_("Guarda la rilevazione: «%(rilevazione)s»") % {"rilevazione": una},
            testo=_("Il capofila l'ha trasmessa: si valida, o si rimanda con una nota."),
            url=reverse("rilevazione_progetto", args=[una.semestre_id, una.progetto_id]),
        )


def _da_verificare(utente: Utente) -> Iterator[Cosa]:
    trasmessi = Rendiconto.objects.filter(
        stato=Rendiconto.Stato.TRASMESSO,
        progetto__edizione__azienda__in=_aziende(utente, *UFFICIO),
    )
    for uno in trasmessi.select_related("progetto"):
        yield Cosa(
            titolo=_("Verifica il rendiconto: «%(rendiconto)s»") % {"rendiconto": uno},
            testo=_(
                "Si ammettono le spese, poi si approva, si chiede di completare o si respinge."
            ),
            url=reverse("rendiconto", args=[uno.pk]),
        )


def _da_pagare(utente: Utente) -> Iterator[Cosa]:
    aziende = _aziende(utente, *UFFICIO, Ruolo.DIREZIONE)
    approvati = Rendiconto.objects.filter(
        stato=Rendiconto.Stato.APPROVATO,
        riconosciuto__gt=0,
        progetto__edizione__azienda__in=aziende,
    )
    vivi = Q(pagamenti__stato__in=(Pagamento.Stato.DISPOSTO, Pagamento.Stato.ESEGUITO))
    coperto = Coalesce(Sum("pagamenti__importo", filter=vivi), ZERO, output_field=DecimalField())
    approvati = approvati.annotate(coperto=coperto).filter(coperto__lt=F("riconosciuto"))
    for uno in approvati.select_related("progetto"):
        yield Cosa(
            titolo=_("Disponi il pagamento: «%(rendiconto)s»") % {"rendiconto": uno},
            testo=_("Il rendiconto è approvato: restano da disporre %(resta)s.")
            % {"resta": euro(uno.riconosciuto - uno.coperto)},
            url=reverse("rendiconto", args=[uno.pk]),
        )
    disposti = Pagamento.objects.filter(
        stato=Pagamento.Stato.DISPOSTO, edizione__azienda__in=aziende
    ).select_related("edizione", "rendiconto__progetto", "azione")
    for uno in disposti:
        yield Cosa(
            titolo=_("Segna eseguito il pagamento: «%(di)s»")
            % {"di": uno.rendiconto or uno.azione},
            testo=_("È disposto con «%(atto)s»: finché non è eseguito non conta come liquidato.")
            % {"atto": uno.atto},
            url=reverse("pagamenti", args=[uno.edizione.slug]),
        )
