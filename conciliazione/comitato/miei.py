# SPDX-License-Identifier: AGPL-3.0-or-later
"""What awaits a person in the meetings: of the Comitato for the seats that they hold, of the Rete
for the bodies that they represent.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from conciliazione.models import (
    Adesione,
    DichiarazioneConflitto,
    Ente,
    Partner,
    Presenza,
    Proposta,
    Referente,
    Seduta,
    ValidazioneVerbale,
    Verbale,
    Votazione,
    Voto,
)
from conciliazione.models.visibilita import Chi, edizioni_del_comitato, enti_di, seggi_di


def sedute_di(utente: Chi) -> QuerySet[Seduta]:
    """Those that the person is a member of, not those that they read by an incarico."""
    miei = Referente.objects.che_valgono_per(utente).filter(
        Exists(Adesione.objects.in_vigore().filter(ente=OuterRef("ente")))
    )
    di_rete = miei.filter(ente__azienda=OuterRef("edizione__azienda"))
    mie = Q(organo=Seduta.Organo.COMITATO, edizione__in=edizioni_del_comitato(utente)) | (
        Q(organo=Seduta.Organo.RETE) & Exists(di_rete)
    )
    return (
        Seduta.objects.filter(mie)
        .exclude(stato=Seduta.Stato.BOZZA)
        .select_related("edizione__azienda")
    )


def convocazioni_di(utente: Chi) -> QuerySet[Seduta]:
    """To come, or being held."""
    in_corso = Q(stato=Seduta.Stato.APERTA) | Q(
        stato=Seduta.Stato.CONVOCATA, quando__date__gte=timezone.localdate()
    )
    return sedute_di(utente).filter(in_corso).order_by("quando")


def passate_di(utente: Chi) -> QuerySet[Seduta]:
    return (
        sedute_di(utente)
        .filter(stato__in=(Seduta.Stato.CHIUSA, Seduta.Stato.DESERTA, Seduta.Stato.ANNULLATA))
        .select_related("verbale")
        .order_by("-quando")
    )


def votazioni_di(utente: Chi) -> QuerySet[Votazione]:
    """Open, in a meeting where the person sits, with no vote of their seat yet and no conflict on
    the item (conciliazione.conflitti.senza_voto says which).
    """
    tenuti = seggi_di(utente)
    siede = Presenza.objects.filter(
        seduta=OuterRef("punto__seduta"), seggio__in=tenuti, presente=True
    ).filter(Q(utente=utente.pk) | Q(utente__isnull=True))
    votato = Voto.objects.filter(votazione=OuterRef("pk"), seggio__in=tenuti)
    aperte = Votazione.objects.filter(
        stato=Votazione.Stato.APERTA, punto__seduta__stato=Seduta.Stato.APERTA
    )
    return aperte.filter(
        Exists(siede), ~Exists(votato), ~Exists(_proposte_mie(utente)), ~Exists(_dichiarati(utente))
    ).select_related("punto__seduta__edizione__azienda")


def _proposte_mie(utente: Chi) -> QuerySet[Proposta]:
    """Of the call that an item evaluates, those of the bodies that the person sits for, or
    represents.
    """
    miei = Ente.objects.filter(Q(pk__in=enti_di(utente)) | Q(seggi__in=seggi_di(utente)))
    partner = Partner.objects.attuali().filter(ente__in=miei)
    return Proposta.objects.inviate().filter(
        Q(capofila__in=miei) | Q(pk__in=partner.values("proposta")),
        manifestazione=OuterRef("punto__manifestazione"),
        manifestazione__edizione__parametri__astensione__valore=True,
    )


def _dichiarati(utente: Chi) -> QuerySet[DichiarazioneConflitto]:
    return DichiarazioneConflitto.objects.filter(
        valutatore__manifestazione=OuterRef("punto__manifestazione"),
        valutatore__seggio__in=seggi_di(utente),
        in_conflitto=True,
    )


def verbali_da_validare(utente: Chi) -> QuerySet[Verbale]:
    """Sent, of a Comitato where the person holds a seat that has not spoken yet."""
    tenuti = seggi_di(utente)
    detto = ValidazioneVerbale.objects.filter(verbale=OuterRef("pk"), seggio__in=tenuti)
    return (
        Verbale.objects.filter(
            stato=Verbale.Stato.INVIATO,
            seduta__organo=Seduta.Organo.COMITATO,
            seduta__edizione__in=edizioni_del_comitato(utente),
        )
        .filter(~Exists(detto))
        .select_related("seduta__edizione__azienda")
    )
