# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a score is shown: figure, word and colour together, never the colour alone."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from obiettivi.calcolo.arrotondamento import Modo, arrotonda_punteggio, mostra, numero
from obiettivi.models import Raggiungimento

Stato = Raggiungimento.Stato
RAGGIUNTO = Decimal(100)
SUFFICIENTE = Decimal(60)


@dataclass(frozen=True, slots=True)
class Voto:
    """A score ready for the page; ``copertura`` is the share of weight evaluated, as text."""

    cifra: str
    parola: str
    colore: str
    dimostrativo: bool = False
    copertura: str = ""
    motivo: str = ""


@lru_cache(maxsize=8192)
def voto(
    stato: str,
    punteggio: Decimal | None,
    dimostrativo: bool = False,
    copertura: Decimal | None = None,
    motivo: str = "",
) -> Voto:
    """The score of a row of :class:`Raggiungimento`, from its columns.

    Remembered: a plan of thousands of rows has few different scores.
    """
    coperta = "" if copertura is None else percentuale(copertura)
    if stato == Stato.CALCOLATO and punteggio is not None:
        parola, colore = _fascia(punteggio)
        return Voto(mostra(punteggio), parola, colore, dimostrativo, coperta, motivo)
    if stato == Stato.ESCLUSO:
        return Voto("–", _("Escluso"), "escluso", dimostrativo, coperta, motivo)
    return Voto("–", _("Non calcolabile"), "senza", dimostrativo, coperta, motivo)


def da_calcolare() -> Voto:
    """The score of what no run has touched yet."""
    return Voto("–", _("Da calcolare"), "senza")


def legenda() -> list[tuple[Voto, str]]:
    """Every word and colour that a score can have, with what it means."""
    calcolato = Stato.CALCOLATO
    estremi = {"raggiunto": numero(RAGGIUNTO), "sufficiente": numero(SUFFICIENTE)}
    return [
        (voto(calcolato, RAGGIUNTO), estremi["raggiunto"]),
        (
            voto(calcolato, SUFFICIENTE),
            _("da %(sufficiente)s a meno di %(raggiunto)s") % estremi,
        ),
        (voto(calcolato, Decimal(0)), _("meno di %(sufficiente)s") % estremi),
        (voto(Stato.NON_CALCOLABILE, None), _("manca qualcosa, ed è detto che cosa")),
        (voto(Stato.ESCLUSO, None), _("fuori dalla valutazione, con il motivo")),
        (da_calcolare(), _("nessun calcolo è ancora passato di lì")),
    ]


def voto_di(riga: Raggiungimento | dict[str, Any]) -> Voto:
    """The score of a row, or of its ``values()``."""
    if isinstance(riga, Raggiungimento):
        riga = {campo: getattr(riga, campo) for campo in CAMPI}
    return voto(*(riga[campo] for campo in CAMPI))


CAMPI = ("stato", "punteggio", "dimostrativo", "copertura", "motivo")


def percentuale(valore: Decimal) -> str:
    """A share as people read it: ``100%``, ``87,5%``; one short of 100 never shows as 100."""
    return f"{numero(arrotonda_punteggio(valore, Modo.META_SU, 1))}%"


def _fascia(punteggio: Decimal) -> tuple[str, str]:
    if punteggio >= RAGGIUNTO:
        return _("Raggiunto"), "verde"
    if punteggio >= SUFFICIENTE:
        return _("In parte"), "giallo"
    return _("Sotto 60"), "rosso"
