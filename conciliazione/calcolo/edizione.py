# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition of the conciliation plan, as values. Each carries where it comes from.

A rule without a value (``None``) does not exist in that edition: it is not checked. The first
edition has no ceiling on the contribution, for example.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Natura(StrEnum):
    """Legal form of a body."""

    PUBBLICA = "pubblica"
    NON_PROFIT = "privata_non_profit"
    PROFIT = "privata_profit"


class Dimensione(StrEnum):
    """Size class of an employer (Raccomandazione 2003/361/CE): up to 9, 49, 249 people, more."""

    MICRO = "micro"
    PICCOLA = "piccola"
    MEDIA = "media"
    GRANDE = "grande"


class Garante(StrEnum):
    """Who must be among the partners when the capofila is private."""

    ENTE_LOCALE = "ente_locale"
    AMBITO = "ambito"


class Quorum(StrEnum):
    """How many members make a meeting valid."""

    META_PIU_UNO = "meta_piu_uno"
    MAGGIORANZA = "maggioranza"


class Maggioranza(StrEnum):
    """Over whom the majority of the votes is counted."""

    PRESENTI = "presenti"
    COMPONENTI = "componenti"


class Parita(StrEnum):
    """What decides when the votes are equal."""

    VOTO_CAPOFILA = "voto_capofila"
    RESPINTA = "respinta"


class Gruppo(StrEnum):
    """Of what an indicator speaks: the plan, each project, or what the network added."""

    PIANO = "a"
    PROGETTO = "b"
    ULTERIORI = "c"


class Grandezza(StrEnum):
    """What monitoring can count: the numerator or the denominator of an indicator.

    ``cofinanziamento`` is what the Alleanze pledged (``_monetario``, ``_privato``: of that);
    ``_reso`` what they gave so far. ``risorse_previste`` is the contribution assigned, ``costo``
    the whole cost, contribution and cofinancing. ``_sistema`` counts the azioni di sistema alone.
    """

    ENTI_RETE = "enti_rete"
    ENTI_ALLEANZA = "enti_alleanza"
    PROGETTI = "progetti"
    PROGETTI_CONCLUSI = "progetti_conclusi"
    PERSONE_PREVISTE = "persone_previste"
    PERSONE_RAGGIUNTE = "persone_raggiunte"
    IMPRESE_PREVISTE = "imprese_previste"
    IMPRESE_RAGGIUNTE = "imprese_raggiunte"
    PERSONE_PREVISTE_SISTEMA = "persone_previste_sistema"
    PERSONE_RAGGIUNTE_SISTEMA = "persone_raggiunte_sistema"
    IMPRESE_PREVISTE_SISTEMA = "imprese_previste_sistema"
    IMPRESE_RAGGIUNTE_SISTEMA = "imprese_raggiunte_sistema"
    RISORSE_PREVISTE = "risorse_previste"
    RISORSE_LIQUIDATE = "risorse_liquidate"
    COSTO = "costo"
    COFINANZIAMENTO = "cofinanziamento"
    COFINANZIAMENTO_RESO = "cofinanziamento_reso"
    COFINANZIAMENTO_MONETARIO = "cofinanziamento_monetario"
    COFINANZIAMENTO_PRIVATO = "cofinanziamento_privato"
    GRUPPI_AVVIATI = "gruppi_avviati"
    GRUPPI_PREVISTI = "gruppi_previsti"
    INCONTRI = "incontri"
    SPERIMENTAZIONI_AVVIATE = "sperimentazioni_avviate"


@dataclass(frozen=True)
class Regola:
    """A threshold: euros or a percentage, and the article it comes from."""

    valore: Decimal | None = None
    fonte: str = ""


@dataclass(frozen=True)
class RegolaSiNo:
    """Something that an edition asks, or does not."""

    valore: bool = False
    fonte: str = ""


@dataclass(frozen=True)
class Riserva:
    """A share of what goes to the Alleanze that is kept for some categories of intervention."""

    codice: str
    nome: str
    quota: Decimal
    categorie: tuple[str, ...]
    fonte: str = ""


@dataclass(frozen=True)
class RegolaCapofila:
    """Which legal forms may lead; a private one only with one of ``garanti`` among the partners."""

    nature: tuple[Natura, ...] = (Natura.PUBBLICA,)
    garanti: tuple[Garante, ...] = ()
    fonte: str = ""


@dataclass(frozen=True)
class RegolaDimensioni:
    """Interventions meant for some sizes: the others benefit only where at least ``quota`` % of
    the companies of the Alleanza are of the sizes meant.
    """

    categorie: tuple[str, ...]
    dimensioni: tuple[Dimensione, ...]
    quota: Decimal
    fonte: str = ""


@dataclass(frozen=True)
class Voce:
    """A purpose, or an intervention of the catalogue."""

    codice: str
    nome: str


@dataclass(frozen=True)
class Categoria:
    """A category of the catalogue; ``tempi`` marks those of L.r. 28/2004."""

    codice: str
    nome: str
    interventi: tuple[Voce, ...] = ()
    tempi: bool = False
    fonte: str = ""


@dataclass(frozen=True)
class CriterioEdizione:
    """What proposals are judged by. ``punti`` None: the source does not print them, the call says.

    ``premiale``: extra points, on top of the others.
    """

    codice: str
    nome: str
    punti: Decimal | None = None
    premiale: bool = False
    fonte: str = ""


@dataclass(frozen=True)
class IndicatoreEdizione:
    """An indicator of monitoring: a count, or a ratio of two (shown as a percentage)."""

    codice: str
    nome: str
    gruppo: Gruppo
    numeratore: Grandezza
    denominatore: Grandezza | None = None
    per_azione: bool = False
    per_tipologia: bool = False
    fonte: str = ""


@dataclass(frozen=True)
class Scadenza:
    """A deadline of the edition; without a day as long as it is not set."""

    codice: str
    nome: str
    giorno: date | None = None
    fonte: str = ""


@dataclass(frozen=True)
class RegoleComitato:
    """How the Comitato meets and decides. ``urgenza``: it may be called with less notice, saying
    why; the Regolamento of 2017 does not allow it.
    """

    preavviso: int = 5
    riunioni: int = 2
    quorum: Quorum = Quorum.META_PIU_UNO
    maggioranza: Maggioranza = Maggioranza.PRESENTI
    parita: Parita = Parita.VOTO_CAPOFILA
    urgenza: bool = False
    fonte: str = ""


@dataclass(frozen=True)
class RegoleRete:
    """How the Rete meets. ``richiedenti``: the percentage of members that may ask for an opinion,
    ``anticipo`` days before the meeting is called.
    """

    preavviso: int = 10
    riunioni: int = 1
    richiedenti: Decimal = Decimal(25)
    anticipo: int = 15
    mesi_composizione: int = 6
    urgenza: bool = False
    fonte: str = ""


@dataclass(frozen=True)
class Rata:
    """An instalment of the contribution. ``spesa``: the percentage of what was already received
    that must be spent to ask for it.
    """

    codice: str
    nome: str
    quota: Decimal
    spesa: Decimal = Decimal(0)
    fonte: str = ""


@dataclass(frozen=True)
class CategoriaCosto:
    """A heading of cost; ``massimo`` is its ceiling as a percentage of the cost of the project."""

    codice: str
    nome: str
    massimo: Decimal | None = None
    fonte: str = ""


@dataclass(frozen=True)
class Parametri:
    """All the rules of an edition."""

    nome: str = ""
    fonte: str = ""
    quota_sistema: Regola = Regola()
    riserve: tuple[Riserva, ...] = ()
    quota_massima: Regola = Regola()
    contributo_massimo: Regola = Regola()
    valore_minimo: Regola = Regola()
    cofinanziamento_minimo: Regola = Regola()
    adesione_alla_rete: RegolaSiNo = RegolaSiNo()
    astensione: RegolaSiNo = RegolaSiNo()
    capofila: RegolaCapofila = RegolaCapofila()
    dimensioni: tuple[RegolaDimensioni, ...] = ()
    finalita: tuple[Voce, ...] = ()
    catalogo: tuple[Categoria, ...] = ()
    criteri: tuple[CriterioEdizione, ...] = ()
    punteggio_minimo: Regola = Regola()
    indicatori: tuple[IndicatoreEdizione, ...] = ()
    scadenze: tuple[Scadenza, ...] = ()
    comitato: RegoleComitato = RegoleComitato()
    rete: RegoleRete = RegoleRete()
    rate: tuple[Rata, ...] = ()
    categorie_costo: tuple[CategoriaCosto, ...] = ()

    def categoria(self, codice: str) -> Categoria | None:
        """The category of that code, or the one that holds the intervention of that code."""
        for una in self.catalogo:
            if una.codice == codice or any(voce.codice == codice for voce in una.interventi):
                return una
        return None

    @property
    def interventi(self) -> frozenset[str]:
        """The codes that an action may have: an intervention's, or that of a category without."""
        return frozenset(voce.codice for una in self.catalogo for voce in una.interventi or (una,))

    def rata(self, codice: str) -> Rata | None:
        return next((una for una in self.rate if una.codice == codice), None)


class ParametriNonValidi(ValueError):
    """The rules cannot be used: ``problemi`` says why, one Italian sentence each."""

    def __init__(self, problemi: list[str]) -> None:
        super().__init__("; ".join(problemi))
        self.problemi = problemi
