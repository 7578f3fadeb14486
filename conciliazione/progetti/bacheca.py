# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the projects put in people's inbox: as many queries for one as for many."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from conciliazione.models import Accordo, FirmaAccordo, Progetto
from conciliazione.models.visibilita import UFFICIO, enti_di
from piani.bacheca import Cosa
from piani.models import Azienda, Utente


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """Agreements to sign, for who represents a body; projects to start, for the office."""
    if utente.rappresenta_enti and utente.delega is None:
        yield from _da_firmare(utente)
    if utente.ha_ruolo(*UFFICIO):
        yield from _da_avviare(utente)


def _da_firmare(utente: Utente) -> Iterator[Cosa]:
    firme = FirmaAccordo.objects.filter(
        ente__in=enti_di(utente), firmata_il__isnull=True, accordo__stato=Accordo.Stato.ALLA_FIRMA
    )
    for una in firme.select_related("ente", "accordo__progetto"):
        yield Cosa(
            titolo=_("%(ente)s: un accordo da firmare") % {"ente": una.ente},
            testo=str(una.accordo),
            url=reverse("progetto", args=[una.accordo.progetto_id]),
        )


def _da_avviare(utente: Utente) -> Iterator[Cosa]:
    """Whose agreement is signed by all, and nobody has started them yet."""
    mie = Azienda.objects.filter(
        pk__in=[uno.azienda_id for uno in utente.incarichi_di_oggi if uno.ruolo in UFFICIO]
    )
    pronti = Progetto.objects.filter(
        edizione__azienda__in=mie,
        stato=Progetto.Stato.DA_AVVIARE,
        accordi__genere=Accordo.Genere.PARTENARIATO,
        accordi__stato=Accordo.Stato.SOTTOSCRITTO,
    )
    for uno in pronti:
        yield Cosa(
            titolo=_("Un progetto si può avviare"),
            testo=_("Di «%(progetto)s» l'accordo è sottoscritto.") % {"progetto": uno},
            url=reverse("progetto", args=[uno.pk]),
        )
