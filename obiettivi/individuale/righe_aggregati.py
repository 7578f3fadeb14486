# SPDX-License-Identifier: AGPL-3.0-or-later
"""The aggregated figures of a year as rows, for the sheet and for the API."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from obiettivi.individuale.aggregati import Aggregati, aggregati
from obiettivi.models import EdizioneIndividuale
from piani.models import Utente

ELENCA, CONFRONTA = "obiettivi.elenca_valutazioni", "obiettivi.confronta_valutatori"


def aggregati_per(utente: Utente, edizione: EdizioneIndividuale) -> Aggregati:
    """The figures that a person is told."""
    return aggregati(
        edizione,
        provvisori=utente.has_perm(ELENCA, edizione),
        con_valutatori=utente.has_perm(CONFRONTA, edizione),
    )


def righe_di(dati: Aggregati) -> Iterable[tuple[Any, ...]]:
    """What each is by, its name, how many people, mean, distance, share; None is silent."""
    per = ((_("tutte"), [dati.totale]), (_("categoria"), dati.categorie),
           (_("unità"), dati.unita), (_("valutatore"), dati.valutatori))  # fmt: skip
    for nome, gruppi in per:
        for uno in gruppi:
            yield nome, uno.nome, uno.quanti, due_cifre(uno.media), due_cifre(uno.scarto), None
    for una in dati.classi:
        yield _("classe"), una.nome, una.quanti, None, None, due_cifre(una.quota)


def due_cifre(valore: Decimal | None) -> Decimal | None:
    """As the page rounds it."""
    return None if valore is None else valore.quantize(Decimal("0.01"), ROUND_HALF_UP)
