# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is in the network on a day, and how many of each kind."""

from datetime import date

from django.db.models import Count

from conciliazione.models import Adesione, Ente, TipoEnte
from piani.models import Azienda


def e_membro(ente: Ente, giorno: date | None = None) -> bool:
    """Whether a body is in the network on a day (today if not said): the requirement to enter an
    Alleanza (Piano 2017-2018, par. 2.3 and Allegato 1). From the first day of its adhesion to the
    last before its renunciation takes effect, both included.
    """
    return Adesione.objects.in_vigore(giorno).filter(ente=ente).exists()


def membri_per_tipo(azienda: Azienda, giorno: date | None = None) -> dict[str, int]:
    """How many bodies of each kind are in the network of an azienda on a day, zeros included."""
    return _contati(azienda, giorno, "tipo", [tipo.value for tipo in TipoEnte])


def membri_per_dimensione(azienda: Azienda, giorno: date | None = None) -> dict[str, int]:
    """How many of each size class, of those that say theirs; "" is who does not."""
    from conciliazione.models import Dimensione

    return _contati(azienda, giorno, "dimensione", [*(una.value for una in Dimensione), ""])


def _contati(
    azienda: Azienda, giorno: date | None, campo: str, valori: list[str]
) -> dict[str, int]:
    enti = Ente.objects.filter(azienda=azienda).membri(giorno)
    righe = enti.order_by().values_list(campo).annotate(quanti=Count("pk"))
    return dict.fromkeys(valori, 0) | dict(righe)
