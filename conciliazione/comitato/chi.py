# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people around a meeting: who holds the seats that day, who is to be told, who is not reached
by the program, who is heard without a vote.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from conciliazione.models import Componente, Ente, Referente, Seduta, Seggio
from piani.models import Utente


def titolari_e_supplenti(seggi: Iterable[Seggio], giorno: date) -> dict[int, dict[str, Utente]]:
    """By seat, who is titolare and who supplente on a day."""
    chi: dict[int, dict[str, Utente]] = defaultdict(dict)
    in_vigore = Componente.objects.filter(seggio__in=list(seggi)).in_vigore(giorno)
    for uno in in_vigore.select_related("utente").order_by("dal"):
        chi[uno.seggio_id][uno.qualita] = uno.utente
    return chi


def giorno_di(seduta: Seduta) -> date:
    return timezone.localdate(seduta.quando)


def seggi_del_giorno(seduta: Seduta) -> QuerySet[Seggio]:
    """The seats that count in a meeting of the Comitato."""
    seggi = Seggio.objects.filter(edizione=seduta.edizione_id).in_carica(giorno_di(seduta))
    return seggi.select_related("ente")


def membri_del_giorno(seduta: Seduta) -> QuerySet[Ente]:
    """The bodies that are in the network on the day of a meeting of the Rete."""
    return Ente.objects.filter(azienda=seduta.edizione.azienda_id).membri(giorno_di(seduta))


def destinatari(seduta: Seduta) -> QuerySet[Utente]:
    """Whoever the convocation and the minutes go to: titolari and supplenti, or the referenti."""
    giorno = giorno_di(seduta)
    if seduta.organo == Seduta.Organo.COMITATO:
        chiamati = Componente.objects.filter(seggio__in=seggi_del_giorno(seduta))
    else:
        chiamati = Referente.objects.filter(ente__in=membri_del_giorno(seduta))
    suoi = chiamati.in_vigore(giorno).filter(utente=OuterRef("pk"))
    return Utente.objects.filter(Exists(suoi), is_active=True).exclude(email="")


def non_raggiunti(seduta: Seduta) -> list[Seggio] | list[Ente]:
    """The seats, or the bodies, that have nobody in the program: the office tells them itself."""
    persone = Utente.objects.filter(is_active=True).exclude(email="")
    giorno = giorno_di(seduta)
    if seduta.organo == Seduta.Organo.COMITATO:
        sui_seggi = Componente.objects.in_vigore(giorno).filter(
            seggio=OuterRef("pk"), utente__in=persone
        )
        return list(seggi_del_giorno(seduta).exclude(Exists(sui_seggi)))
    degli_enti = Referente.objects.in_vigore(giorno).filter(ente=OuterRef("pk"), utente__in=persone)
    return list(membri_del_giorno(seduta).exclude(Exists(degli_enti)))


def consultabili(seduta: Seduta) -> QuerySet[Ente]:
    """The bodies that lead an Alleanza of the edition (art. 5 of the Regolamento)."""
    return Ente.objects.filter(progetti_guidati__edizione=seduta.edizione_id).distinct()
