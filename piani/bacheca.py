# SPDX-License-Identifier: AGPL-3.0-or-later
"""The inbox: what each person has to do, with its deadline. Each app adds its own things."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from piani.models import Azienda, DocumentoPubblicato, Invito, Piano, Ruolo, Utente


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
    """Adopted plans to publish and prints that failed, for who publishes; invitations that nobody
    can accept, for who sees to the people.
    """
    yield from _inviti(utente)
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


def _inviti(utente: Utente) -> Iterator[Cosa]:
    if not utente.ha_ruolo(Ruolo.AMMINISTRATORE):
        return
    fermi = (
        Invito.objects.aperti()
        .filter(azienda__in=Azienda.objects.amministrate_da(utente))
        .filter(Q(scade_il__lte=timezone.now()) | ~Q(errore=""))
        .order_by("azienda__nome")
        .values_list("azienda__codice", "azienda__nome")
        .annotate(quanti=Count("pk"))
    )
    for codice, nome, quanti in fermi:
        yield Cosa(
            titolo=ngettext(
                "%(n)s invito è scaduto o non è partito",
                "%(n)s inviti sono scaduti o non sono partiti",
                quanti,
            )
            % {"n": quanti},
            testo=_("%(azienda)s: dalla pagina della persona se ne manda un altro.")
            % {"azienda": nome},
            url=f"{reverse('persone', args=[codice])}?stato=invitate",
        )
