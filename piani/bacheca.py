# SPDX-License-Identifier: AGPL-3.0-or-later
"""The inbox: what each person has to do, with its deadline. Each app adds its own things."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani.models import DocumentoPubblicato, Piano, Utente


@dataclass(frozen=True)
class Cosa:
    """One thing to do: what, why, where to do it, by when."""

    titolo: str
    testo: str
    url: str
    scadenza: date | None = None
    urgente: bool = False


def raccogli(utente: Utente) -> list[Cosa]:
    """Everything that awaits this person, the urgent and the nearest deadlines first."""
    cose = [
        cosa
        for percorso in settings.ALBERO_COSE_DA_FARE
        for cosa in import_string(percorso)(utente)
    ]
    return sorted(cose, key=lambda c: (not c.urgente, c.scadenza or date.max, c.titolo))


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """Adopted plans to publish and prints that failed, for who publishes."""
    piani = Piano.objects.visibili_a(utente).select_related("azienda")
    for piano in piani.filter(stato=Piano.Stato.ADOTTATO):
        if utente.has_perm("piani.pubblica", piano):
            yield Cosa(
                titolo=_("Pubblica «%(piano)s»") % {"piano": piano},
                testo=_("Il piano è adottato e non è ancora in Amministrazione Trasparente."),
                url=reverse("piano", args=[piano.slug]),
            )
    falliti = DocumentoPubblicato.objects.filter(
        piano__in=piani, stato=DocumentoPubblicato.Stato.FALLITO
    ).select_related("piano__azienda")
    for documento in falliti:
        if utente.has_perm("piani.pubblica", documento.piano):
            yield Cosa(
                titolo=_("Stampa non riuscita: %(documento)s") % {"documento": documento},
                testo=documento.errore,
                url=reverse("piano", args=[documento.piano.slug]),
                urgente=True,
            )
