# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the objectives' floor puts in people's inbox."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.models import Calcolo, Rilevazione, Target
from piani.bacheca import Cosa
from piani.models import Piano, Utente


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """For who governs the measurement: readings to confirm, missing results, failed runs."""
    for piano in Piano.objects.visibili_a(utente).select_related("azienda"):
        if not utente.has_perm("obiettivi.calcola", piano):
            continue
        yield from _letture(piano)
        yield from _mancanti(piano)
        yield from _calcoli(piano)


def _letture(piano: Piano) -> Iterator[Cosa]:
    incerte = Target.objects.filter(
        misura__obiettivo__area__piano=piano,
        confermato_il__isnull=True,
        lettura__certezza__in=["media", "bassa"],
    ).count()
    if incerte:
        yield Cosa(
            titolo=ngettext(
                "Conferma %(n)s lettura di target", "Conferma %(n)s letture di target", incerte
            )
            % {"n": incerte},
            testo=_("«%(piano)s»: il testo stampato ammette più di una lettura.")
            % {"piano": piano},
            url=f"{piano.get_absolute_url()}?stato=da_confermare",
        )


def _mancanti(piano: Piano) -> Iterator[Cosa]:
    mancanti = (
        Rilevazione.objects.correnti()
        .filter(
            Q(indicatore__misure__obiettivo__area__piano=piano),
            anno__in=piano.anni,
            stato=Rilevazione.Stato.MANCANTE,
        )
        .distinct()
        .count()
    )
    if mancanti:
        yield Cosa(
            titolo=ngettext("%(n)s risultato è mancante", "%(n)s risultati sono mancanti", mancanti)
            % {"n": mancanti},
            testo=_("«%(piano)s»: finché mancano, la copertura del punteggio resta incompleta.")
            % {"piano": piano},
            url=f"{piano.get_absolute_url()}?stato=non_calcolabile",
        )


def _calcoli(piano: Piano) -> Iterator[Cosa]:
    ultimo = Calcolo.objects.filter(piano=piano).first()
    if ultimo and ultimo.stato == Calcolo.Stato.DA_ACCETTARE:
        yield Cosa(
            titolo=_("Punteggi pubblicati che cambierebbero: %(calcolo)s") % {"calcolo": ultimo},
            testo=_("«%(piano)s»: guarda le differenze; per accettarle serve un motivo.")
            % {"piano": piano},
            url=reverse("calcolo", args=[ultimo.pk]),
        )
    if ultimo and ultimo.stato == Calcolo.Stato.FALLITO:
        yield Cosa(
            titolo=_("Calcolo non riuscito: %(calcolo)s") % {"calcolo": ultimo},
            testo=ultimo.errore,
            url=reverse("calcolo", args=[ultimo.pk]),
            urgente=True,
        )
