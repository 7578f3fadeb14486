# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the objectives' floor tells the programs that asked: scores that changed, windows."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from obiettivi.blocco.riassunto import Riassunto, riassumi
from obiettivi.blocco.scrittura import Differenze
from obiettivi.models import Finestra
from piani.models import Annuncio, Piano, TipoAnnuncio
from piani.webhook.posta import annuncia, annuncio, in_ascolto


class PunteggiCambiati:
    """What is told of the scores that a run changes, once for each plan.

    To be used inside the transaction that writes them; where nobody wants to know it costs one
    query, whatever the plans.
    """

    def __init__(self, piani: Mapping[int, Piano]) -> None:
        self.piani = piani
        self._per_piano: dict[int, Riassunto] = {}

    @cached_property
    def _ascoltano(self) -> set[int]:
        return in_ascolto(TipoAnnuncio.PUNTEGGIO, {uno.azienda_id for uno in self.piani.values()})

    def aggiungi(self, differenze: Differenze) -> None:
        """What changes in one period, or in some, that come after those added before."""
        if not differenze.quante or not self._ascoltano:
            return
        for piano, periodi in riassumi(differenze).items():
            if self.piani[piano].azienda_id in self._ascoltano:
                self._per_piano.setdefault(piano, []).extend(periodi)

    def annuncia(self, prospettiva: str, anno: int) -> None:
        """Tell all that was added."""
        annuncia([
            annuncio(
                TipoAnnuncio.PUNTEGGIO,
                self.piani[piano].azienda_id,
                _del_piano(self.piani[piano], prospettiva, anno) | {"periodi": periodi},
                riguarda_id=piano,
            )
            for piano, periodi in self._per_piano.items()
        ])  # fmt: skip


def punteggi_cambiati(piano: Piano, differenze: Differenze, prospettiva: str, anno: int) -> None:
    """Tell how much the scores of a plan changed."""
    cambiati = PunteggiCambiati({piano.pk: piano})
    cambiati.aggiungi(differenze)
    cambiati.annuncia(prospettiva, anno)


def _del_piano(piano: Piano, prospettiva: str, anno: int) -> dict[str, Any]:
    cerca = f"?piano={piano.slug}&anno={anno}&prospettiva={prospettiva}"
    return {
        "azienda": piano.azienda.codice,
        "piano": piano.slug,
        "anno": anno,
        "prospettiva": str(prospettiva),
        "api": f"{settings.INDIRIZZO_SITO}{reverse('api:punteggi-list')}{cerca}",
    }


def finestre_in_apertura() -> int:
    """Tell of the windows that open within ``WEBHOOK_PREAVVISO_GIORNI``, or are open and nobody
    was told; once for each opening day. How many were prepared.
    """
    oggi = timezone.localdate()
    entro = oggi + timedelta(days=settings.WEBHOOK_PREAVVISO_GIORNI)
    vicine = list(
        Finestra.objects.filter(apre__lte=entro, scade__gte=oggi)
        .select_related("azienda")
        .order_by("apre", "pk")
    )
    ascoltano = in_ascolto(TipoAnnuncio.FINESTRA, {una.azienda_id for una in vicine})
    per_chiave = {_chiave(una): una for una in vicine if una.azienda_id in ascoltano}
    with transaction.atomic():
        detti = Annuncio.objects.filter(chiave__in=per_chiave)
        for chiave in detti.values_list("chiave", flat=True):
            per_chiave.pop(chiave)
        annuncia([
            annuncio(TipoAnnuncio.FINESTRA, una.azienda_id, _della_finestra(una), chiave=chiave)
            for chiave, una in per_chiave.items()
        ])  # fmt: skip
    return len(per_chiave)


def _chiave(una: Finestra) -> str:
    """One telling for each opening day of a window: one that is moved is told again."""
    return f"finestra:{una.pk}:{una.apre.isoformat()}"


def _della_finestra(una: Finestra) -> dict[str, Any]:
    return {
        "azienda": una.azienda.codice,
        "finestra": una.pk,
        "tipo": una.tipo,
        "nome": str(una),
        "anno": una.anno,
        "frazione": una.frazione,
        "apre": una.apre,
        "scade": una.scade,
    }
