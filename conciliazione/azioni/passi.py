# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the writes share: a row locked, its state changed by compare-and-set, one audit line."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from conciliazione.passaggi import provenienze
from piani.azioni import registra
from piani.azioni.scritture import bloccata, esigi_stato, passa_da, salva
from piani.models import Evento, Utente

__all__ = ["annota", "bloccata", "esigi_stato", "passa", "salva"]


def passa(riga: Any, stato: str, *, da_stati: Iterable[str] | None = None, **campi: Any) -> None:
    """Bring a row to a state, if it still is in one that leads there; write ``campi`` with it.

    :param da_stati: fewer states than those that `conciliazione.passaggi` allows.
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
    """One audit line (``conc_adesione.accolta``) of a row of the conciliation, in its azienda."""
    return registra(
        tipo,
        riga,
        azienda=riga.azienda,
        da=da,
        descrizione=descrizione,
        dati=dati,
        riguarda=riguarda,
    )
