# SPDX-License-Identifier: AGPL-3.0-or-later
"""The edition: the scoring rules of one azienda for one year, as data.

Nothing here computes a score. The rules of a Sistema di misurazione e valutazione (SMVP) differ by
body and by year; they are values of this dataclass, checked as a whole by ``problemi`` and written
to and read from plain JSON data by ``edizione_dati``. Points and limits are Decimals in hundredths
(100 = target met), weights and tolerances are percentages.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from .arrotondamento import CENTO, ZERO, Arrotondamento, Livello, Modo, italiano, numero
from .fasce import Fascia, problemi_fasce


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


@dataclass(frozen=True)
class Classe:
    """A final class: from ``da`` points up to the next class; ``premio`` is the % of the bonus."""

    etichetta: str
    da: Decimal
    premio: Decimal | None = None


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
    """

    codice: str
    nome: str
    fonte: str = ""
    metodi: MetodiPredefiniti = MetodiPredefiniti()
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
    non_finiti = [
        f"{campo}: {valore} non è un numero finito."
        for campo, valore in _decimali(edizione)
        if not valore.is_finite()
    ]
    if non_finiti:
        return non_finiti
    return [
        *_problemi_nome(edizione),
        *_problemi_metodi(edizione),
        *_problemi_limiti(edizione),
        *_problemi_arrotondamento(edizione.arrotondamento),
        *_problemi_gruppi(edizione.gruppi_aree),
        *_problemi_classi(edizione),
    ]


def convalida(edizione: Edizione) -> Edizione:
    """The same edition, or ``EdizioneNonValida`` with all its problems."""
    if trovati := problemi(edizione):
        raise EdizioneNonValida(trovati)
    return edizione


def classe_di(punteggio: Decimal, edizione: Edizione) -> Classe | None:
    """The final class of a score (limits included from below); ``None`` if there are none."""
    raggiunte = [classe for classe in edizione.classi if punteggio >= classe.da]
    return raggiunte[-1] if raggiunte else None


def _decimali(edizione: Edizione) -> list[tuple[str, Decimal]]:
    semplici = [
        (campo, valore) for campo, valore in vars(edizione).items() if isinstance(valore, Decimal)
    ]
    fasce = [
        (f"{campo}, fascia {posto}", valore)
        for campo in ("fasce", "fasce_giorni")
        for posto, fascia in enumerate(getattr(edizione, campo), 1)
        for valore in vars(fascia).values()
        if valore is not None
    ]
    pesi = [(f"gruppi_aree, {gruppo.nome}", gruppo.peso) for gruppo in edizione.gruppi_aree]
    classi = [
        (f"classi, {classe.etichetta}", valore)
        for classe in edizione.classi
        for valore in (classe.da, classe.premio)
        if valore is not None
    ]
    return [*semplici, *fasce, *pesi, *classi]


def _problemi_nome(edizione: Edizione) -> list[str]:
    return [
        f"{campo}: non può essere vuoto."
        for campo in ("codice", "nome")
        if not getattr(edizione, campo).strip()
    ]


def _problemi_metodi(edizione: Edizione) -> list[str]:
    scelti: dict[str, Metodo] = dict(vars(edizione.metodi))
    trovati = [
        f"metodi.{caso}: il metodo «{metodo.value}» non si applica a questo tipo di target."
        for caso, metodo in scelti.items()
        if metodo not in METODI_AMMESSI[caso]
    ]
    if Metodo.FASCE in scelti.values() or edizione.fasce:
        trovati += problemi_fasce(edizione.fasce, "fasce")
    if Metodo.SCOSTAMENTO_DATA in scelti.values() or edizione.fasce_giorni:
        trovati += problemi_fasce(edizione.fasce_giorni, "fasce_giorni")
    if edizione.decrescente is Decrescente.IPERBOLICO and edizione.tetto is None:
        trovati.append(
            "tetto: con il rapporto iperbolico serve un tetto, altrimenti un risultato pari a 0 "
            "non avrebbe punteggio."
        )
    return trovati


def _problemi_limiti(edizione: Edizione) -> list[str]:
    trovati = [
        f"{campo}: non può essere negativa."
        for campo in ("tolleranza_intervallo", "tolleranza_uguaglianza", "tolleranza_mantenimento")
        if getattr(edizione, campo) < 0
    ]
    minimo = edizione.minimo_parziale
    if minimo is not None and not ZERO <= minimo <= CENTO:
        trovati.append("minimo_parziale: deve stare fra 0 e 100.")
    if edizione.tetto is not None and edizione.tetto <= edizione.pavimento:
        return [*trovati, "tetto: deve superare il pavimento."]
    if not edizione.pavimento <= edizione.tetto_se_mancato < CENTO:
        trovati.append("tetto_se_mancato: deve stare fra il pavimento e 100, 100 escluso.")
    raggiunto = edizione.soglia_raggiunto
    if raggiunto <= edizione.pavimento or _oltre(raggiunto, edizione):
        trovati.append("soglia_raggiunto: deve stare fra il pavimento (escluso) e il tetto.")
    return trovati


def _oltre(valore: Decimal, edizione: Edizione) -> bool:
    return edizione.tetto is not None and valore > edizione.tetto


def _problemi_arrotondamento(regola: Arrotondamento) -> list[str]:
    trovati = []
    if not 0 <= regola.decimali <= 10:
        trovati.append("arrotondamento.decimali: deve stare fra 0 e 10.")
    if len(set(regola.livelli)) != len(regola.livelli):
        trovati.append("arrotondamento.livelli: un livello è ripetuto.")
    if regola.modo is not Modo.NESSUNO and not regola.livelli:
        trovati.append("arrotondamento.livelli: indicare a quale livello si arrotonda.")
    if regola.modo is Modo.NESSUNO and regola.livelli:
        trovati.append("arrotondamento.livelli: senza arrotondamento non si indicano livelli.")
    return trovati


def _problemi_gruppi(gruppi: tuple[GruppoAree, ...]) -> list[str]:
    if not gruppi:
        return []
    aree = [area for gruppo in gruppi for area in gruppo.aree]
    somma = sum((gruppo.peso for gruppo in gruppi), ZERO)
    trovati = [f"gruppi_aree: «{g.nome}» non elenca nessuna area." for g in gruppi if not g.aree]
    trovati += [f"gruppi_aree: il peso di «{g.nome}» è negativo." for g in gruppi if g.peso < 0]
    trovati += [
        f"gruppi_aree: l'area «{area}» compare più di una volta."
        for area in sorted({area for area in aree if aree.count(area) > 1})
    ]
    if somma != CENTO:
        trovati.append(f"gruppi_aree: i pesi sommano a {numero(somma)}, non a 100.")
    return trovati


def _problemi_classi(edizione: Edizione) -> list[str]:
    classi = edizione.classi
    if not classi:
        return []
    etichette = [classe.etichetta for classe in classi]
    trovati = [
        f"classi: la classe «{dopo.etichetta}» deve cominciare sopra «{prima.etichetta}»."
        for prima, dopo in pairwise(classi)
        if dopo.da <= prima.da
    ]
    if len(set(etichette)) != len(etichette):
        trovati.append("classi: un'etichetta è ripetuta.")
    if classi[0].da > edizione.pavimento:
        trovati.append(
            f"classi: sotto {numero(classi[0].da)} non c'è nessuna classe; la prima deve "
            f"cominciare dal pavimento ({italiano(edizione.pavimento)})."
        )
    trovati += [
        f"classi: nessuno può raggiungere la classe «{classe.etichetta}» (da {numero(classe.da)})."
        for classe in classi
        if _oltre(classe.da, edizione)
    ]
    trovati += [
        f"classi: il premio della classe «{classe.etichetta}» deve stare fra 0 e 100."
        for classe in classi
        if classe.premio is not None and not ZERO <= classe.premio <= CENTO
    ]
    return trovati
