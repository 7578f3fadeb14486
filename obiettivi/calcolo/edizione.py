# SPDX-License-Identifier: AGPL-3.0-or-later
"""The edition: the scoring rules of one azienda for one year, as data.

Nothing here computes a score. The rules of a Sistema di misurazione e valutazione (SMVP) differ by
body and by year; they are values of this dataclass, checked as a whole by ``problemi``
(``controlli``) and written to and read from plain JSON data by ``edizione_dati``. Points and limits
are Decimals in hundredths (100 = target met), weights and tolerances are percentages.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from . import controlli
from .arrotondamento import CENTO, ZERO, Arrotondamento, Livello
from .fasce import Fascia
from .regole import (
    METODI_AMMESSI,
    Cancelli,
    Cancello,
    Classe,
    Decrescente,
    Effetto,
    FasceLivello,
    FasceUnita,
    GruppoAree,
    Insieme,
    Mesi,
    MetodiPredefiniti,
    Metodo,
    PariMerito,
    Pesi,
    Politica,
    PoliticaLivello,
    ProRata,
    Sintesi,
    SintesiLivelli,
    SintesiPeriodi,
)

__all__ = [
    "METODI_AMMESSI",
    "Cancelli",
    "Cancello",
    "Classe",
    "Decrescente",
    "Edizione",
    "EdizioneNonValida",
    "Effetto",
    "FasceLivello",
    "FasceUnita",
    "GruppoAree",
    "Insieme",
    "Mesi",
    "MetodiPredefiniti",
    "Metodo",
    "PariMerito",
    "Pesi",
    "Politica",
    "PoliticaLivello",
    "ProRata",
    "Sintesi",
    "SintesiLivelli",
    "SintesiPeriodi",
    "classe_di",
    "convalida",
    "problemi",
]


@dataclass(frozen=True)
class Edizione:
    """Every rule needed to score a plan.

    ``minimo_parziale``: a missed target below it scores 0 (``None``: any partial score counts).
    ``tetto_se_mancato``: the most that a missed target may score, so that a miss never reads as
    met (99,99 by default). ``tetto`` ``None`` means no cap. Tolerances are % of the absolute value
    of what they refer to: the exceeded limit, the target, the baseline. ``fasce`` are on the
    attainment in hundredths, ``fasce_giorni`` on the days late. ``mancanti`` is for results due
    and not arrived, ``non_valutabili`` for every other element without a score.
    ``soglia_raggiunto``: from here an element counts as reached. ``pesi``: see ``aggregazione``.

    After the method: ``moltiplicatori``, bands on its score whose points are a %;
    ``recupero_massimo``, the most that exogenous causes may give back, in % (0: nothing).
    After the roll-up: ``fasce_conteggio`` on the number of reached elements, ``fasce_livelli`` on
    the score of a level, ``migliore_con_superiore`` the levels where the score of the unit above
    counts when it is better, ``prerequisiti`` and ``minimi`` the gates set by the children marked
    as prerequisites and by all the others, ``mesi`` the pro rata (``dopo_sintesi``). At the end
    ``classi``, with ``pari_merito`` for equal scores at a cap (``classi``).
    """

    codice: str
    nome: str
    fonte: str = ""
    metodi: MetodiPredefiniti = field(default_factory=MetodiPredefiniti)
    decrescente: Decrescente = Decrescente.SPECULARE
    minimo_parziale: Decimal | None = None
    tetto_se_mancato: Decimal = Decimal("99.99")
    fasce: tuple[Fascia, ...] = ()
    fasce_giorni: tuple[Fascia, ...] = ()
    tolleranza_intervallo: Decimal = ZERO
    tolleranza_uguaglianza: Decimal = ZERO
    tolleranza_mantenimento: Decimal = ZERO
    pavimento: Decimal = ZERO
    tetto: Decimal | None = CENTO
    arrotondamento: Arrotondamento = field(default_factory=Arrotondamento)
    mancanti: Politica = Politica.ESCLUDI
    non_valutabili: Politica = Politica.ESCLUDI
    sintesi: SintesiLivelli = field(default_factory=SintesiLivelli)
    sintesi_periodi: SintesiPeriodi = SintesiPeriodi.MEDIA
    pesi: Pesi = Pesi.NORMALIZZATI
    soglia_raggiunto: Decimal = CENTO
    gruppi_aree: tuple[GruppoAree, ...] = ()
    classi: tuple[Classe, ...] = ()
    fasce_unita: tuple[FasceUnita, ...] = ()
    moltiplicatori: tuple[Fascia, ...] = ()
    recupero_massimo: Decimal = CENTO
    politiche: tuple[PoliticaLivello, ...] = ()
    fasce_conteggio: tuple[Fascia, ...] = ()
    fasce_livelli: tuple[FasceLivello, ...] = ()
    migliore_con_superiore: tuple[Livello, ...] = ()
    prerequisiti: Cancelli = field(default_factory=Cancelli)
    minimi: Cancelli = field(default_factory=Cancelli)
    mesi: Mesi = field(default_factory=Mesi)
    pari_merito: PariMerito = PariMerito.SCENDONO

    def politica(self, livello: Livello | None, *, manca: bool) -> Politica:
        """What a level does with an element without a score; ``None`` = the general policy."""
        for una in self.politiche:
            propria = una.mancanti if manca else una.non_valutabili
            if una.livello is livello and propria is not None:
                return propria
        return self.mancanti if manca else self.non_valutabili

    def fasce_di(self, livello: Livello) -> tuple[Fascia, ...]:
        """The bands on the score of a level, none for most."""
        return next((una.fasce for una in self.fasce_livelli if una.livello is livello), ())


class EdizioneNonValida(ValueError):
    """An edition that cannot be used; ``problemi`` holds all the Italian sentences."""

    def __init__(self, problemi: Iterable[str]) -> None:
        self.problemi = tuple(problemi)
        super().__init__(" ".join(self.problemi))


def problemi(edizione: Edizione) -> list[str]:
    """Everything that is wrong with an edition, one Italian sentence each, the field named first.

    Empty when the edition can be used. Decimals that are not finite are refused first, because
    nothing else can be said of them.
    """
    return controlli.non_finiti(edizione) or controlli.tutti(edizione)


def convalida(edizione: Edizione) -> Edizione:
    """The same edition, or ``EdizioneNonValida`` with all its problems."""
    if trovati := problemi(edizione):
        raise EdizioneNonValida(trovati)
    return edizione


def classe_di(punteggio: Decimal, edizione: Edizione) -> Classe | None:
    """The final class of a score (limits included from below); ``None`` if there are none.

    Caps on a class are of a whole set of scores: ``classi.assegna_classi``.
    """
    raggiunte = [classe for classe in edizione.classi if punteggio >= classe.da]
    return raggiunte[-1] if raggiunte else None
