# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the requests put in people's inbox and calendar; never a name, never a reason."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile, Tranche
from lavoro_agile.models.visibilita import GUIDANO, LAVORANO, UFFICIO, di_chi_guida, propria
from piani.bacheca import Cosa
from piani.models import Ruolo, Utente
from piani.scadenze import Scadenza

VICINO = timedelta(days=3)


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """For who asks: a draft to send. For the head: opinions. For the Direzione: second instances.
    For the risorse umane: requests to admit, calls to conclude.
    """
    if utente.delega is None and utente.ha_ruolo(*LAVORANO):
        yield from _bozze(utente)
    if utente.ha_ruolo(*GUIDANO):
        yield from _pareri(utente)
    if utente.ha_ruolo(Ruolo.DIREZIONE):
        yield from _riesami(utente)
    if utente.ha_ruolo(*UFFICIO):
        yield from _dell_ufficio(utente)


def scadenze(utente: Utente) -> Iterator[Scadenza]:
    """When the open calls close, for who may ask; the tranches, for the risorse umane."""
    if not utente.ha_ruolo(*LAVORANO):
        return
    oggi = timezone.localdate()
    bandi = BandoLavoroAgile.objects.visibili_a(utente).filter(
        stato=BandoLavoroAgile.Stato.PUBBLICATO, chiude_il__gte=oggi
    )
    for uno in bandi.select_related("edizione__azienda"):
        yield Scadenza(
            uno.chiude_il,
            _("Lavoro agile: si chiude «%(bando)s»") % {"bando": uno},
            reverse("agile_bando", args=[uno.pk]),
            di=str(uno.azienda),
            dal=uno.apre_il,
        )
    if utente.ha_ruolo(*UFFICIO):
        yield from _tranche(utente, oggi)


def _tranche(utente: Utente, oggi: date) -> Iterator[Scadenza]:
    tutte: Any = Tranche.objects
    visibili = tutte.visibili_a(utente).filter(
        bando__edizione__azienda__in=_mie_aziende(utente, *UFFICIO),
        bando__stato__in=("pubblicato", "concluso"), entro__gte=oggi,
    )  # fmt: skip
    for una in visibili.select_related("bando__edizione__azienda"):
        yield Scadenza(
            una.entro,
            _("Lavoro agile: %(ordine)sª tranche di «%(bando)s»")
            % {"ordine": una.ordine, "bando": una.bando},
            reverse("agile_bando", args=[una.bando_id]),
            di=str(una.azienda),
        )


def _bozze(utente: Utente) -> Iterator[Cosa]:
    aperti = BandoLavoroAgile.objects.aperti()
    mie = DomandaLavoroAgile.objects.filter(propria(utente), stato="bozza", bando__in=aperti)
    for una in mie.select_related("bando"):
        yield Cosa(
            titolo=_("Presenta la domanda di lavoro agile"),
            testo=_("«%(bando)s»: è una bozza, conta solo se la presenti.") % {"bando": una.bando},
            url=reverse("agile_domanda", args=[una.pk]),
            scadenza=una.bando.chiude_il,
            urgente=una.bando.chiude_il - timezone.localdate() < VICINO,
        )


def _pareri(utente: Utente) -> Iterator[Cosa]:
    """One thing for each call, due when the first of its opinions is."""
    attese = DomandaLavoroAgile.objects.filter(di_chi_guida(utente), stato="presentata")
    for bando, quante, prima in _per_bando(attese.exclude(persona=utente.pk)):
        giorni = bando.edizione.regole.termini.parere
        yield Cosa(
            titolo=ngettext(
                "%(n)s domanda di lavoro agile aspetta il tuo parere",
                "%(n)s domande di lavoro agile aspettano il tuo parere",
                quante,
            )
            % {"n": quante},
            testo=_("«%(bando)s»: sono di chi lavora nelle tue unità.") % {"bando": bando},
            url=_elenco(bando, "presentata"),
            scadenza=prima + timedelta(days=giorni) if giorni and prima else None,
        )


def _riesami(utente: Utente) -> Iterator[Cosa]:
    attese = DomandaLavoroAgile.objects.filter(
        stato="in_riesame",
        bando__edizione__azienda__in=_mie_aziende(utente, Ruolo.DIREZIONE),
    )
    for bando, quante, _prima in _per_bando(attese.exclude(persona=utente.pk)):
        yield Cosa(
            titolo=ngettext(
                "%(n)s seconda istanza di lavoro agile da decidere",
                "%(n)s seconde istanze di lavoro agile da decidere",
                quante,
            )
            % {"n": quante},
            testo=_("«%(bando)s»: il parere del dirigente era contrario.") % {"bando": bando},
            url=_elenco(bando, "in_riesame"),
        )


def _dell_ufficio(utente: Utente) -> Iterator[Cosa]:
    oggi = timezone.localdate()
    bandi = BandoLavoroAgile.objects.filter(
        edizione__azienda__in=_mie_aziende(utente, *UFFICIO), stato__in=("pubblicato", "concluso")
    ).annotate(da_ammettere=Count("domande", filter=Q(domande__stato="favorevole")))
    for bando in bandi.order_by("pk"):
        if bando.da_ammettere:
            yield Cosa(
                titolo=ngettext(
                    "%(n)s domanda di lavoro agile da ammettere",
                    "%(n)s domande di lavoro agile da ammettere",
                    bando.da_ammettere,
                )
                % {"n": bando.da_ammettere},
                testo=_("«%(bando)s»: hanno il parere favorevole.") % {"bando": bando},
                url=reverse("agile_bando_ammissione", args=[bando.pk]),
            )
        if bando.stato == BandoLavoroAgile.Stato.PUBBLICATO and bando.chiude_il < oggi:
            yield Cosa(
                titolo=_("Concludi «%(bando)s»") % {"bando": bando},
                testo=_("I termini per chiedere il lavoro agile sono passati."),
                url=reverse("agile_bando", args=[bando.pk]),
            )


def _per_bando(domande: object) -> Iterator[tuple[BandoLavoroAgile, int, date | None]]:
    """Each call with how many of those requests it has, and when the first was sent."""
    gruppi = list(
        domande.order_by()  # type: ignore[attr-defined]
        .values("bando")
        .annotate(quante=Count("pk"), prima=Min("presentata_il"))
    )
    if not gruppi:
        return
    chiavi = [uno["bando"] for uno in gruppi]
    bandi = BandoLavoroAgile.objects.select_related("edizione").in_bulk(chiavi)
    for uno in gruppi:
        yield bandi[uno["bando"]], uno["quante"], uno["prima"]


def _elenco(bando: BandoLavoroAgile, stato: str) -> str:
    return f"{reverse('agile_bando', args=[bando.pk])}?stato={stato}"


def _mie_aziende(utente: Utente, *ruoli: Ruolo) -> list[int]:
    return [uno.azienda_id for uno in utente.incarichi_di_oggi if uno.ruolo in ruoli]
