# SPDX-License-Identifier: AGPL-3.0-or-later
"""Final classes: the bonus of each, and who fits in a class that has a cap.

A cap is on a whole set of scores (the schede of an azienda, the people of a unit), so it is not a
matter of one score alone: the best enter, the others go to the class below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from .arrotondamento import CENTO, ZERO, esatto, netto
from .edizione import Classe, Edizione, PariMerito, ProRata, classe_di
from .passi import Codice, Passo, passo

_DODICI = Decimal(12)


@dataclass(frozen=True)
class DaClassificare:
    """A score with a name, and the months of the year it is for (``None`` = all of them)."""

    codice: str
    punteggio: Decimal
    mesi: Decimal | None = None


@dataclass(frozen=True)
class Assegnazione:
    """The class of a score and its bonus in % (``None`` = the class states none).

    ``spettava`` is the class that the score alone would give, other than ``classe`` when a cap
    was reached; ``passi`` say it.
    """

    codice: str
    punteggio: Decimal
    classe: Classe
    spettava: Classe
    premio: Decimal | None
    passi: tuple[Passo, ...] = ()


@esatto
def premio_di(
    punteggio: Decimal, classe: Classe, edizione: Edizione, mesi: Decimal | None = None
) -> Decimal | None:
    """The bonus (%) of a score in a class; ``None`` when the class states none.

    Fixed, or in a line: p + (p' − p) · (v − da) / (a − da), with ``a`` the start of the class
    above, the cap for the last one. A score out of the class (sent down by a cap) takes the
    nearest end. With the pro rata of the bonus: × months / 12.
    """
    if classe.premio is None:
        return None
    premio = _in_linea(netto(punteggio), classe, edizione)
    return premio if _intero(mesi, edizione) else premio * (mesi or ZERO) / _DODICI


def _intero(mesi: Decimal | None, edizione: Edizione) -> bool:
    return mesi is None or edizione.mesi.pro_rata is not ProRata.PREMIO


@esatto
def passi_classe(
    punteggio: Decimal, classe: Classe, edizione: Edizione, mesi: Decimal | None = None
) -> tuple[Passo, ...]:
    """The steps that say a class and its bonus, reduced to the months when it is."""
    premio = premio_di(punteggio, classe, edizione, mesi)
    if premio is None:
        return (passo(Codice.CLASSE, etichetta=classe.etichetta, da=classe.da, premio=""),)
    detta = passo(Codice.CLASSE, etichetta=classe.etichetta, da=classe.da, premio=premio)
    if mesi is None or _intero(mesi, edizione):
        return (detta,)
    pieno = _in_linea(netto(punteggio), classe, edizione)
    return passo(Codice.PREMIO_PRO_RATA, da=pieno, mesi=mesi, quota=premio), detta


def _in_linea(punteggio: Decimal, classe: Classe, edizione: Edizione) -> Decimal:
    premio, fine = classe.premio or ZERO, _fine(classe, edizione)
    if classe.premio_a is None or fine is None or fine <= classe.da:
        return premio
    dentro = min(max(punteggio, classe.da), fine)
    return premio + (classe.premio_a - premio) * (dentro - classe.da) / (fine - classe.da)


def _fine(classe: Classe, edizione: Edizione) -> Decimal | None:
    sopra = [altra.da for altra in edizione.classi if altra.da > classe.da]
    return min(sopra) if sopra else edizione.tetto


@esatto
def assegna_classi(voci: Sequence[DaClassificare], edizione: Edizione) -> list[Assegnazione]:
    """The class of every score, caps included, in the order given; ``[]`` without classes.

    From the top class down: those whose score is in it, and those sent down from above, in order
    of score; when they are more than the cap the last ones go to the class below. Equal scores at
    the edge stay together: all in (``entrano``, the cap gives way) or all down (``scendono``).
    Source: D.Lgs. 150/2009, art. 19, "differenziazione dei giudizi".
    """
    if not edizione.classi:
        return []
    posti: dict[int, Classe] = {}
    in_attesa: list[int] = []
    for classe in reversed(edizione.classi):
        proprie = [i for i, una in enumerate(voci) if _spetta(una, edizione) == classe]
        candidate = sorted([*in_attesa, *proprie], key=lambda i: -netto(voci[i].punteggio))
        punti = [netto(voci[i].punteggio) for i in candidate]
        quante = _posti(punti, _tetto(classe, len(voci)), edizione.pari_merito)
        posti |= dict.fromkeys(candidate[:quante], classe)
        in_attesa = candidate[quante:]
    return [_assegna(una, posti[i], edizione) for i, una in enumerate(voci)]


def _spetta(una: DaClassificare, edizione: Edizione) -> Classe:
    """The class of the score alone; one under every class goes to the lowest."""
    return classe_di(netto(una.punteggio), edizione) or edizione.classi[0]


def _tetto(classe: Classe, valutati: int) -> int | None:
    """How many may have the class: the number, the share of the evaluated (whole ones), or both."""
    tetti = [] if classe.massimo_numero is None else [classe.massimo_numero]
    if classe.massimo_quota is not None:
        quota = classe.massimo_quota * valutati / CENTO
        tetti.append(int(quota.to_integral_value(rounding=ROUND_FLOOR)))
    return min(tetti, default=None)


def _posti(punti: Sequence[Decimal], tetto: int | None, pari: PariMerito) -> int:
    """How many of the scores, best first, enter; equal scores at the edge are kept together."""
    if tetto is None or len(punti) <= tetto:
        return len(punti)
    if not tetto:
        return 0
    ultimo = punti[tetto - 1]
    if ultimo != punti[tetto]:
        return tetto
    if pari is PariMerito.ENTRANO:
        return sum(uno >= ultimo for uno in punti)
    return sum(uno > ultimo for uno in punti)


def _assegna(una: DaClassificare, classe: Classe, edizione: Edizione) -> Assegnazione:
    premio = premio_di(una.punteggio, classe, edizione, una.mesi)
    spettava = _spetta(una, edizione)
    passi = passi_classe(una.punteggio, classe, edizione, una.mesi)
    if spettava != classe:
        nota = passo(Codice.CLASSE_PIENA, punti=una.punteggio, spettava=spettava.etichetta)
        passi = (nota, *passi)
    return Assegnazione(una.codice, una.punteggio, classe, spettava, premio, passi)
