# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words with which an edition is written: choices and small parts, each with its meaning."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .arrotondamento import CENTO, ZERO, Livello
from .fasce import Fascia


class Metodo(StrEnum):
    """Scoring methods, one function each in ``metodi``."""

    SOGLIA = "soglia"
    RAPPORTO = "rapporto"
    INTERPOLAZIONE = "interpolazione"
    FASCE = "fasce"
    INTERVALLO = "intervallo"
    UGUAGLIANZA = "uguaglianza"
    SCOSTAMENTO_DATA = "scostamento_data"
    AVANZAMENTO = "avanzamento"
    TENDENZA = "tendenza"
    SI_NO = "si_no"


class Decrescente(StrEnum):
    """How ``rapporto`` reads a target to stay under: 100·T/A or 100·(2T−A)/T."""

    IPERBOLICO = "iperbolico"
    SPECULARE = "speculare"


class Politica(StrEnum):
    """What the roll-up does with an element that has no score."""

    ESCLUDI = "escludi"
    ZERO = "zero"
    BLOCCA = "blocca"


class Pesi(StrEnum):
    """Weights brought to 100 on the evaluated set, or kept as they are written."""

    NORMALIZZATI = "normalizzati"
    MANTENUTI = "mantenuti"


class Sintesi(StrEnum):
    """How the scores of the children make the score of the parent."""

    MEDIA_PESATA = "media_pesata"
    MEDIA_SEMPLICE = "media_semplice"
    SOMMA_PUNTI = "somma_punti"
    TUTTO_O_NIENTE = "tutto_o_niente"
    QUOTA_RAGGIUNTI = "quota_raggiunti"
    QUOTA_PESATA = "quota_pesata"
    CONTEGGIO = "conteggio"
    MINIMO = "minimo"


class SintesiPeriodi(StrEnum):
    """How the quarters of a target by period make the score of the year."""

    MEDIA = "media"
    ULTIMO = "ultimo"


@dataclass(frozen=True)
class MetodiPredefiniti:
    """The method for each kind of target, unless the indicator names its own.

    ``percentuale``, ``valore`` and ``data`` are the three kinds of threshold: in %, in another
    unit, by a date. ``quota_di_casi`` and ``riferimento`` say how the share or the benchmark is
    then judged.
    """

    percentuale: Metodo = Metodo.RAPPORTO
    valore: Metodo = Metodo.SOGLIA
    data: Metodo = Metodo.SOGLIA
    intervallo: Metodo = Metodo.INTERVALLO
    quota_di_casi: Metodo = Metodo.RAPPORTO
    riferimento: Metodo = Metodo.SOGLIA
    tendenza: Metodo = Metodo.TENDENZA
    traguardo: Metodo = Metodo.AVANZAMENTO
    si_no: Metodo = Metodo.SI_NO


_NUMERICI = frozenset(
    {Metodo.SOGLIA, Metodo.RAPPORTO, Metodo.INTERPOLAZIONE, Metodo.FASCE, Metodo.UGUAGLIANZA}
)
METODI_AMMESSI: dict[str, frozenset[Metodo]] = {
    "percentuale": _NUMERICI | {Metodo.AVANZAMENTO},
    "valore": _NUMERICI,
    "data": frozenset({Metodo.SOGLIA, Metodo.SCOSTAMENTO_DATA}),
    "intervallo": frozenset({Metodo.INTERVALLO, Metodo.FASCE}),
    "quota_di_casi": frozenset({Metodo.SOGLIA, Metodo.RAPPORTO, Metodo.FASCE}),
    "riferimento": _NUMERICI,
    "tendenza": frozenset({Metodo.TENDENZA}),
    "traguardo": frozenset({Metodo.AVANZAMENTO, Metodo.SI_NO}),
    "si_no": frozenset({Metodo.SI_NO}),
}


@dataclass(frozen=True)
class SintesiLivelli:
    """The roll-up that gives the score of each level from the one below."""

    obiettivo: Sintesi = Sintesi.MEDIA_PESATA
    area: Sintesi = Sintesi.MEDIA_PESATA
    scheda: Sintesi = Sintesi.MEDIA_PESATA
    piano: Sintesi = Sintesi.MEDIA_PESATA

    def di(self, livello: Livello) -> Sintesi:
        """The roll-up of a level; ``ValueError`` for the leaf, which has none."""
        if livello is Livello.INDICATORE:
            raise ValueError("L'indicatore non ha una sintesi: il suo punteggio viene dal metodo.")
        scelta: Sintesi = getattr(self, livello.value)
        return scelta


@dataclass(frozen=True)
class GruppoAree:
    """Areas that share a weight, in equal parts (Cremona: the other three areas, jointly 70)."""

    nome: str
    aree: tuple[str, ...]
    peso: Decimal


class PariMerito(StrEnum):
    """Equal scores at the edge of a class with a cap: all of them in, or all of them down."""

    ENTRANO = "entrano"
    SCENDONO = "scendono"


@dataclass(frozen=True)
class Classe:
    """A final class: from ``da`` points up to the next class.

    ``premio`` is the % of the bonus; with ``premio_a`` it goes in a line from ``premio`` at the
    start of the class to ``premio_a`` at its end. ``massimo_numero`` and ``massimo_quota`` (% of
    the evaluated) cap how many may have the class: who does not fit goes to the one below
    (``classi.assegna_classi``).
    """

    etichetta: str
    da: Decimal
    premio: Decimal | None = None
    premio_a: Decimal | None = None
    massimo_numero: int | None = None
    massimo_quota: Decimal | None = None


class Effetto(StrEnum):
    """What a gate does to the score behind it when its condition is not met.

    ``azzera``: 0 · ``limita``: at most ``limite`` · ``sbarra``: no score at all · ``fattore``: the
    score is always multiplied by a percentage that depends on the condition.
    """

    AZZERA = "azzera"
    LIMITA = "limita"
    SBARRA = "sbarra"
    FATTORE = "fattore"


class Insieme(StrEnum):
    """How several conditions make one: the worst of them, or their weighted mean."""

    MINIMO = "minimo"
    MEDIA = "media"


@dataclass(frozen=True)
class Cancello:
    """A condition on some children that gates the score of their parent.

    ``soglia``: from here the condition is met (``azzera``, ``limita``, ``sbarra``). ``fattori``:
    for ``fattore``, bands on the condition, their points the % by which the score is multiplied.
    ``limite``: for ``limita``, the most that the score may be.
    """

    effetto: Effetto = Effetto.AZZERA
    soglia: Decimal = CENTO
    insieme: Insieme = Insieme.MINIMO
    fattori: tuple[Fascia, ...] = ()
    limite: Decimal | None = None


@dataclass(frozen=True)
class Cancelli:
    """A gate for each level of the parent, or none."""

    obiettivo: Cancello | None = None
    area: Cancello | None = None
    scheda: Cancello | None = None
    piano: Cancello | None = None

    def di(self, livello: Livello) -> Cancello | None:
        """The gate of a level; the leaf has none."""
        return None if livello is Livello.INDICATORE else getattr(self, livello.value)

    def tutti(self) -> list[tuple[str, Cancello]]:
        """The gates that are there, each with its level."""
        return [(nome, uno) for nome, uno in vars(self).items() if uno is not None]


@dataclass(frozen=True)
class PoliticaLivello:
    """The policies of one level, in the place of the general ones (``None`` = the general one).

    The level is the one that rolls up: ``area`` says what an area does with an objective without
    a score, ``indicatore`` what an indicator does with a quarter or a site without one.
    """

    livello: Livello
    mancanti: Politica | None = None
    non_valutabili: Politica | None = None


@dataclass(frozen=True)
class FasceUnita:
    """Bands on the attainment for the targets in one unit of measure, instead of ``fasce``."""

    unita: str
    fasce: tuple[Fascia, ...] = ()


@dataclass(frozen=True)
class FasceLivello:
    """Bands on the score of a level, once it has been rolled up (steps of a unit's scheda)."""

    livello: Livello
    fasce: tuple[Fascia, ...] = ()


class ProRata(StrEnum):
    """What is reduced to the months of the year: nothing, the score, the weight, the bonus."""

    NESSUNO = "nessuno"
    PUNTEGGIO = "punteggio"
    PESO = "peso"
    PREMIO = "premio"


@dataclass(frozen=True)
class Mesi:
    """Pro rata by months: what is reduced, and the months under which one is not evaluated."""

    pro_rata: ProRata = ProRata.NESSUNO
    minimo: Decimal = ZERO
