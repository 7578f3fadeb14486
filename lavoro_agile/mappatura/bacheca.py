# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the mapping puts in people's inbox and calendar: as many queries for one form as for many,
none for who neither leads a unit nor is of the risorse umane.
"""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lavoro_agile.azioni.mappatura import SI_SCRIVE
from lavoro_agile.mappatura.risposte import da_compilare
from lavoro_agile.models import CampagnaMappatura
from lavoro_agile.models.mappatura import CampagnaQuerySet
from lavoro_agile.models.visibilita import GUIDANO, UFFICIO
from piani.bacheca import Cosa
from piani.models import Incarico, Utente
from piani.scadenze import Scadenza


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """Forms to fill in, for the heads; forms to acquire and units that are late, for the office."""
    if utente.ha_ruolo(*GUIDANO):
        for una in da_compilare(utente):
            yield Cosa(
                titolo=_("Mappa le attività: «%(unita)s»") % {"unita": una.nome_unita},
                testo=_("Si trasmette alle risorse umane: «%(campagna)s».")
                % {"campagna": una.campagna},
                url=reverse("mappatura_compila", args=[una.pk]),
                scadenza=una.campagna.chiude_il,
                urgente=una.campagna.in_ritardo,
            )
    if utente.ha_ruolo(*UFFICIO):
        yield from _dell_ufficio(utente)


def scadenze(utente: Utente) -> Iterator[Scadenza]:
    """The term of the open rounds: of who has a form to send, and of the office."""
    if utente.ha_ruolo(*GUIDANO):
        for una in da_compilare(utente):
            if una.campagna.chiude_il is None:
                continue
            yield Scadenza(
                una.campagna.chiude_il,
                _("Mappatura delle attività: «%(unita)s»") % {"unita": una.nome_unita},
                reverse("mappatura_compila", args=[una.pk]),
                di=str(una.campagna.azienda),
                dal=una.campagna.apre_il,
                mia=True,
            )
    if utente.ha_ruolo(*UFFICIO):
        for campagna in _aperte(utente):
            if campagna.chiude_il is None:
                continue
            yield Scadenza(
                campagna.chiude_il,
                _("Si chiude la mappatura: «%(campagna)s»") % {"campagna": campagna},
                reverse("campagna", args=[campagna.pk]),
                di=str(campagna.azienda),
                dal=campagna.apre_il,
            )


def _aperte(utente: Utente) -> CampagnaQuerySet:
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=UFFICIO)
    return CampagnaMappatura.objects.filter(
        azienda__in=miei.values("azienda"), stato=CampagnaMappatura.Stato.APERTA
    ).select_related("azienda")


def _dell_ufficio(utente: Utente) -> Iterator[Cosa]:
    campagne = _aperte(utente).annotate(
        da_acquisire=Count("mappature", filter=Q(mappature__stato="trasmessa")),
        mancano=Count("mappature", filter=Q(mappature__stato__in=SI_SCRIVE)),
    )
    for una in campagne.order_by("pk"):
        url = reverse("campagna", args=[una.pk])
        if una.da_acquisire:
            yield Cosa(
                titolo=ngettext(
                    "%(n)s scheda da acquisire: «%(campagna)s»",
                    "%(n)s schede da acquisire: «%(campagna)s»",
                    una.da_acquisire,
                )
                % {"n": una.da_acquisire, "campagna": una},
                testo=_("Si acquisiscono, o si riaprono con una nota per chi le ha compilate."),
                url=url,
            )
        if una.mancano and una.chiude_il is not None and una.chiude_il <= timezone.localdate():
            yield Cosa(
                titolo=ngettext(
                    "%(n)s unità non ha risposto: «%(campagna)s»",
                    "%(n)s unità non hanno risposto: «%(campagna)s»",
                    una.mancano,
                )
                % {"n": una.mancano, "campagna": una},
                testo=_("Sposta il termine, compila per loro conto o chiudi la mappatura."),
                url=url,
                scadenza=una.chiude_il,
                urgente=una.in_ritardo,
            )
