# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes into a score and what comes out of it, each in three states.

A *value* is a number (zero is a number), missing (due, not there yet) or not applicable (not due,
or neutralised, with the reason). A *score* is computed, not computable (with the reason) or
excluded (with the reason). Missing never becomes zero here: what to do with it is a choice of the
edition, applied and shown by the roll-up.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar


class Motivo(StrEnum):
    """Why a score cannot be computed; ``frase`` says it in Italian."""

    NESSUN_VALORE = "nessun_valore"
    VALORE_NON_NUMERICO = "valore_non_numerico"
    AVANZAMENTO_MANCANTE = "avanzamento_mancante"
    DENOMINATORE_ZERO = "denominatore_zero"
    NESSUN_TARGET = "nessun_target"
    TARGET_DA_DEFINIRE = "target_da_definire"
    TARGET_NON_INTERPRETABILE = "target_non_interpretabile"
    BASE_MANCANTE = "base_mancante"
    RIFERIMENTO_SCONOSCIUTO = "riferimento_sconosciuto"
    VERSO_SCONOSCIUTO = "verso_sconosciuto"
    UNITA_DIVERSA = "unita_diversa"
    METODO_NON_ADATTO = "metodo_non_adatto"
    PARAMETRO_MANCANTE = "parametro_mancante"
    NESSUN_ELEMENTO = "nessun_elemento"
    NESSUN_ELEMENTO_VALUTATO = "nessun_elemento_valutato"
    PESI_NULLI = "pesi_nulli"
    BLOCCATO = "bloccato"
    SBARRATO = "sbarrato"

    @property
    def frase(self) -> str:
        """The reason as a short Italian clause."""
        return _FRASI[self]


_FRASI: dict[Motivo, str] = {
    Motivo.NESSUN_VALORE: "manca il risultato",
    Motivo.VALORE_NON_NUMERICO: "il risultato non è un numero",
    Motivo.AVANZAMENTO_MANCANTE: "manca la percentuale di avanzamento",
    Motivo.DENOMINATORE_ZERO: "il denominatore è zero",
    Motivo.NESSUN_TARGET: "manca il target",
    Motivo.TARGET_DA_DEFINIRE: "il target è da definire",
    Motivo.TARGET_NON_INTERPRETABILE: "il target non è interpretabile",
    Motivo.BASE_MANCANTE: "manca il valore di partenza",
    Motivo.RIFERIMENTO_SCONOSCIUTO: "benchmark sconosciuto",
    Motivo.VERSO_SCONOSCIUTO: "non è indicato se è meglio crescere o diminuire",
    Motivo.UNITA_DIVERSA: "risultato e target hanno unità diverse",
    Motivo.METODO_NON_ADATTO: "il metodo scelto non si applica a questo target",
    Motivo.PARAMETRO_MANCANTE: "manca un parametro del metodo",
    Motivo.NESSUN_ELEMENTO: "non c'è nessun elemento da valutare",
    Motivo.NESSUN_ELEMENTO_VALUTATO: "nessun elemento è valutabile",
    Motivo.PESI_NULLI: "i pesi degli elementi valutati sono tutti zero",
    Motivo.BLOCCATO: "un elemento non valutato blocca il calcolo",
    Motivo.SBARRATO: "una condizione per avere il punteggio non è rispettata",
}


@dataclass(frozen=True)
class Numero:
    """A measured number, in the unit of its indicator; raises ``ValueError`` if not finite."""

    valore: Decimal

    def __post_init__(self) -> None:
        if not self.valore.is_finite():
            raise ValueError(f"Il valore {self.valore} non è un numero finito.")


@dataclass(frozen=True)
class Mancante:
    """Due and not there yet; ``dettaglio`` keeps what was printed instead (``N.D.``)."""

    dettaglio: str = ""


@dataclass(frozen=True)
class NonApplicabile:
    """Not due, or neutralised: the reason is required (``ValueError`` without it)."""

    motivo: str

    def __post_init__(self) -> None:
        if not self.motivo.strip():
            raise ValueError("Un valore non applicabile deve dire il motivo.")


Valore = Numero | Mancante | NonApplicabile
MANCANTE = Mancante()


@dataclass(frozen=True)
class Calcolato:
    """A score in hundredths: 100 is the target met. Not rounded unless the edition says so."""

    valore: Decimal
    stato: ClassVar[str] = "calcolato"


@dataclass(frozen=True)
class NonCalcolabile:
    """No score, and why; ``dettaglio`` adds the particulars in Italian."""

    motivo: Motivo
    dettaglio: str = ""
    stato: ClassVar[str] = "non_calcolabile"

    @property
    def frase(self) -> str:
        """Reason and particulars in one clause."""
        return f"{self.motivo.frase}: {self.dettaglio}" if self.dettaglio else self.motivo.frase


@dataclass(frozen=True)
class Escluso:
    """Out of the evaluation, neither good nor bad: its weight leaves the count."""

    motivo: str
    stato: ClassVar[str] = "escluso"

    @property
    def frase(self) -> str:
        """The reason, as given."""
        return self.motivo


Punteggio = Calcolato | NonCalcolabile | Escluso


def valore_di(punteggio: Punteggio) -> Decimal | None:
    """The number of a computed score, ``None`` for the other two states."""
    return punteggio.valore if isinstance(punteggio, Calcolato) else None


def motivo_di(punteggio: Punteggio) -> str:
    """Why there is no number, in Italian; "" for a computed score."""
    return "" if isinstance(punteggio, Calcolato) else punteggio.frase
