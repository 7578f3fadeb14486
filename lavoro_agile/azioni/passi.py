# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the writes share: a row locked, its state changed by compare-and-set, one audit line.

What an event says is read by who consults the register: never why a person asks, never their
health or family. ``MotivoDomanda`` and ``TutelaAccordo`` are not recorded row by row.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from lavoro_agile.models import MotivoDomanda, TutelaAccordo
from lavoro_agile.passaggi import provenienze
from piani.azioni import registra
from piani.azioni.scritture import bloccata, esigi_stato, passa_da, salva
from piani.models import Evento, Utente

__all__ = ["annota", "bloccata", "esigi_stato", "passa", "salva"]

RISERVATE = (MotivoDomanda, TutelaAccordo)


def passa(riga: Any, stato: str, *, da_stati: Iterable[str] | None = None, **campi: Any) -> None:
    """Bring a row to a state, if it still is in one that leads there; write ``campi`` with it.

    :param da_stati: fewer states than those that `lavoro_agile.passaggi` allows.
    :raises ValidationError: it is in another state, or somebody took the step already.
    """
    passa_da(riga, da_stati or provenienze(type(riga), stato), stato, **campi)


def annota(
    tipo: str,
    riga: Any,
    descrizione: str,
    *,
    da: Utente | None,
    dati: dict[str, Any] | None = None,
    riguarda: Iterable[Model] = (),
) -> Evento:
    """One audit line (``agile_domanda.presentata``) of a row of the lavoro agile, in its azienda.

    :raises ValueError: the row, or one it concerns, says why a person asks.
    """
    if any(isinstance(una, RISERVATE) for una in (riga, *riguarda)):
        raise ValueError("Reasons and protections are never recorded row by row.")
    return registra(
        tipo,
        riga,
        azienda=riga.azienda,
        da=da,
        descrizione=descrizione,
        dati=dati,
        riguarda=riguarda,
    )
