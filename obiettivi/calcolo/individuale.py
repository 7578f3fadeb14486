# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of the individual evaluation, and the sum of a sheet.

The scheme is that of ASST Cremona, Piano 2022-2024, 6.3: an «area dei risultati», from the scheda
of the CdR and/or from individual objectives, and an «area del contributo individuale», from
behaviours on a scale. Weights are percentages, points go from 0 to 100, everything is a Decimal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from .arrotondamento import CENTO, ZERO, Arrotondamento, arrotonda_punteggio, esatto
from .classi import premio_di
from .edizione import Edizione, classe_di
from .regole import Classe, Mesi, ProRata

DODICI = Decimal(12)


class ParteMancante(StrEnum):
    """What an area does when one of its parts has no result (no validated scheda, no objective).

    ``altra``: the other part takes its weight («e/o», says the source) · ``blocca``: no score.
    """

    ALTRA = "altra"
    BLOCCA = "blocca"


class Decisore(StrEnum):
    """Who decides a conciliation."""

    DIREZIONE = "direzione"
    RISORSE_UMANE = "risorse_umane"


@dataclass(frozen=True)
class LivelloScala:
    """A step of the scale on which behaviours are judged."""

    codice: str
    nome: str
    punti: Decimal
    descrizione: str = ""


@dataclass(frozen=True)
class Comportamento:
    """Something that is looked at in the contribution of a person, with its weight."""

    codice: str
    nome: str
    peso: Decimal
    descrizione: str = ""


@dataclass(frozen=True)
class Categoria:
    """Dirigenza, comparto…: how much each area weighs, and what it is made of.

    ``risultati`` and ``contributo`` make 100; inside the results ``scheda`` and ``individuali``
    make 100. A ``scala`` of its own replaces the common one.
    """

    codice: str
    nome: str
    risultati: Decimal
    contributo: Decimal
    scheda: Decimal
    individuali: Decimal
    comportamenti: tuple[Comportamento, ...] = ()
    scala: tuple[LivelloScala, ...] = ()


@dataclass(frozen=True)
class Differenziazione:
    """At most ``quota`` % of the evaluated from ``da`` points up: told, never applied."""

    da: Decimal
    quota: Decimal


@dataclass(frozen=True)
class RegoleIndividuali:
    """Every rule of a year. Days are of the calendar and count from the day after.

    Under ``mesi_minimi`` months of presence a person is not evaluated. With ``pro_rata`` the bonus
    is reduced to the months.
    """

    nome: str
    fonte: str = ""
    categorie: tuple[Categoria, ...] = ()
    scala: tuple[LivelloScala, ...] = ()
    classi: tuple[Classe, ...] = ()
    arrotondamento: Arrotondamento = field(default_factory=Arrotondamento)
    parte_mancante: ParteMancante = ParteMancante.ALTRA
    mesi_minimi: Decimal = ZERO
    pro_rata: bool = True
    giorni_richiesta: int = 10
    giorni_risposta: int = 15
    decide: Decisore = Decisore.DIREZIONE
    differenziazione: Differenziazione | None = None

    def categoria(self, codice: str) -> Categoria | None:
        return next((una for una in self.categorie if una.codice == codice), None)

    def scala_di(self, categoria: Categoria) -> tuple[LivelloScala, ...]:
        """The scale of a category, from the lowest step."""
        return categoria.scala or self.scala

    @property
    def come_classi(self) -> Edizione:
        """The classes in the form that the engine of the classes reads."""
        pro_rata = ProRata.PREMIO if self.pro_rata else ProRata.NESSUNO
        return replace(Edizione(codice="", nome=""), classi=self.classi, mesi=Mesi(pro_rata))


@dataclass(frozen=True)
class Addendo:
    """A part of a sum: its weight, its score, and the points that it brings."""

    nome: str
    peso: Decimal
    valore: Decimal | None
    punti: Decimal | None


@dataclass(frozen=True)
class Conto:
    """The sum of a sheet. ``mancano``: what is not there yet, in Italian; then no score."""

    individuali: Decimal | None = None
    risultati: Decimal | None = None
    contributo: Decimal | None = None
    punteggio: Decimal | None = None
    classe: Classe | None = None
    premio: Decimal | None = None
    addendi: tuple[Addendo, ...] = ()
    mancano: tuple[str, ...] = ()


Pesata = tuple[Decimal, Decimal | None]
"""A weight and a result, or none yet."""


@esatto
def conto(
    regole: RegoleIndividuali,
    categoria: Categoria,
    *,
    scheda: Decimal | None,
    obiettivi: Sequence[Pesata],
    livelli: Mapping[str, str],
    mesi: Decimal = DODICI,
) -> Conto:
    """The sum of a sheet: Σ weight · attainment ÷ Σ weight in each part, then in each area.

    :param scheda: the validated result of the CdR's scheda, if there is one.
    :param obiettivi: weight and attainment of the individual objectives.
    :param livelli: the step of the scale that each behaviour was given, by code.
    """
    mancano: list[str] = []
    individuali = _obiettivi(categoria, obiettivi, mancano)
    risultati = _area_risultati(regole, categoria, scheda, individuali, mancano)
    contributo = _area_contributo(regole, categoria, livelli, mancano)
    addendi = (
        _addendo("Area dei risultati", categoria.risultati, risultati),
        _addendo("Area del contributo individuale", categoria.contributo, contributo),
    )
    if mancano:
        return Conto(individuali, risultati, contributo, addendi=addendi, mancano=tuple(mancano))
    intero = sum((uno.punti or ZERO for uno in addendi), ZERO)
    punteggio = _tondo(intero, regole)
    classe, premio = classe_e_premio(punteggio, regole, mesi)
    return Conto(individuali, risultati, contributo, punteggio, classe, premio, addendi)


def classe_e_premio(
    punteggio: Decimal, regole: RegoleIndividuali, mesi: Decimal
) -> tuple[Classe | None, Decimal | None]:
    """The class of a score, and its share of the bonus for those months; none without classes."""
    edizione = regole.come_classi
    classe = classe_di(punteggio, edizione)
    if classe is None:
        return None, None
    return classe, premio_di(punteggio, classe, edizione, min(mesi, DODICI))


def _tondo(valore: Decimal, regole: RegoleIndividuali) -> Decimal:
    come = regole.arrotondamento
    return arrotonda_punteggio(valore, come.modo, come.decimali)


def _addendo(nome: str, peso: Decimal, valore: Decimal | None) -> Addendo:
    return Addendo(nome, peso, valore, None if valore is None else peso * valore / CENTO)


def _media(pesate: Sequence[Pesata]) -> Decimal | None:
    """The weighted mean; none if a result is missing or nothing weighs."""
    totale = sum((peso for peso, _ in pesate), ZERO)
    if not totale or any(valore is None for _, valore in pesate):
        return None
    return sum((peso * (valore or ZERO) for peso, valore in pesate), ZERO) / totale


def _obiettivi(
    categoria: Categoria, obiettivi: Sequence[Pesata], mancano: list[str]
) -> Decimal | None:
    if not obiettivi or not categoria.individuali or not categoria.risultati:
        return None
    totale = sum((peso for peso, _ in obiettivi), ZERO)
    if totale != CENTO:
        mancano.append(f"I pesi degli obiettivi individuali fanno {_cifra(totale)} e non 100.")
    if any(valore is None for _, valore in obiettivi):
        mancano.append("Manca il raggiungimento di un obiettivo individuale.")
    return _media(obiettivi)


def _area_risultati(
    regole: RegoleIndividuali,
    categoria: Categoria,
    scheda: Decimal | None,
    individuali: Decimal | None,
    mancano: list[str],
) -> Decimal | None:
    if not categoria.risultati:
        return ZERO
    parti = [(categoria.scheda, scheda), (categoria.individuali, individuali)]
    dovute = [(peso, valore) for peso, valore in parti if peso]
    presenti = [(peso, valore) for peso, valore in dovute if valore is not None]
    if len(presenti) == len(dovute) or (
        presenti and not mancano and regole.parte_mancante is ParteMancante.ALTRA
    ):
        return _media(presenti)
    if categoria.scheda and scheda is None:
        mancano.append("La scheda budget del CdR non ha ancora un risultato validato.")
    if categoria.individuali and individuali is None and not mancano:
        mancano.append("Non ci sono obiettivi individuali.")
    return None


def _area_contributo(
    regole: RegoleIndividuali,
    categoria: Categoria,
    livelli: Mapping[str, str],
    mancano: list[str],
) -> Decimal | None:
    if not categoria.contributo:
        return ZERO
    punti = {uno.codice: uno.punti for uno in regole.scala_di(categoria)}
    giudicati = [
        (uno.peso, punti.get(livelli.get(uno.codice, ""))) for uno in categoria.comportamenti
    ]
    senza = sum(valore is None for _, valore in giudicati)
    if senza:
        mancano.append(f"Comportamenti ancora da valutare: {senza}.")
    return _media(giudicati)


def _cifra(valore: Decimal) -> str:
    return f"{valore.normalize():f}".replace(".", ",")
