# SPDX-License-Identifier: AGPL-3.0-or-later
"""What awaits who evaluates, and the office when a financed project withdraws."""

from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conciliazione.models import ManifestazioneInteresse, Proposta, RigaRiparto, Valutatore
from conciliazione.models.visibilita import seggi_di
from piani.bacheca import Cosa
from piani.models import Ruolo, Utente


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """For who holds a seat: conflicts to declare, proposals to evaluate. For the office: what a
    withdrawal frees. Nothing is asked for anybody else.
    """
    if utente.rappresenta_enti:
        yield from _da_valutare(utente)
    if utente.ha_ruolo(Ruolo.CAPOFILA):
        yield from _da_scorrere(utente)


def _da_valutare(utente: Utente) -> Iterator[Cosa]:
    ammesse = Count(
        "manifestazione__proposte",
        filter=Q(manifestazione__proposte__stato=Proposta.Stato.AMMESSA),
        distinct=True,
    )
    consegnate = Count("schede", filter=Q(schede__consegnata_il__isnull=False), distinct=True)
    miei = (
        Valutatore.objects.senza_conflitti()
        .filter(
            seggio__in=seggi_di(utente),
            manifestazione__stato=ManifestazioneInteresse.Stato.IN_VALUTAZIONE,
        )
        .exclude(stato=Valutatore.Stato.ASTENUTO)
        .annotate(mancano=ammesse - consegnate)
        .values_list("stato", "mancano", "manifestazione", "manifestazione__titolo")
    )
    for stato, mancano, bando, titolo in miei:
        url = reverse("valutazione_bando", args=[bando])
        if stato == Valutatore.Stato.NOMINATO:
            yield Cosa(_("Dichiara se hai conflitti di interessi"), f"«{titolo}»", url)
        elif mancano > 0:
            yield Cosa(
                ngettext("Valuta %(n)s proposta", "Valuta %(n)s proposte", mancano)
                % {"n": mancano},
                f"«{titolo}»",
                url,
            )


def _da_scorrere(utente: Utente) -> Iterator[Cosa]:
    bandi = ManifestazioneInteresse.objects.filter(
        edizione__azienda__in=[
            uno.azienda_id for uno in utente.incarichi_di_oggi if uno.ruolo == Ruolo.CAPOFILA
        ]
    )
    ritirate = RigaRiparto.objects.filter(
        scenario__in_vigore=True,
        scenario__manifestazione__in=bandi,
        assegnato__gt=0,
        proposta__stato=Proposta.Stato.RITIRATA,
    ).annotate(bando=F("scenario__manifestazione"))
    for titolo, bando in ritirate.values_list("proposta__titolo", "bando"):
        yield Cosa(
            _("Scorri le risorse di un progetto ritirato"),
            f"«{titolo}»",
            reverse("riparto_bando", args=[bando]),
        )
