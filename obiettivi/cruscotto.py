# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map of the scores: a row for each plan, its own score first, then those of its areas.

All the scores are the stored ones, read in two queries whatever the number of plans. The areas
are those of each plan: two plans share a column only because both have, say, a third area.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obiettivi.calcolo.arrotondamento import Modo, arrotonda_punteggio
from obiettivi.filters import Scelto, etichetta_di
from obiettivi.models import AreaStrategica, Frazione, Prospettiva, Raggiungimento
from obiettivi.voti import CAMPI, Voto, da_calcolare, percentuale, voto
from piani.esporta import di_celle
from piani.models import Piano

Livello = Raggiungimento.Livello
Stato = Raggiungimento.Stato
INTERA = percentuale(Decimal(100))
PUNTEGGI = di_celle(
    "confronto", gettext_lazy("Confronto fra aziende"),
    (
        "Azienda", "Tipo di azienda", "Piano", "Stato del piano", "Punteggi", "Livello", "Codice",
        "Nome", "Punteggio", "Situazione", "Copertura", "Motivo", "Dati dimostrativi",
    ),
    decimali=2,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cella:
    """A score; ``punteggio`` is ``None`` when there is none, and then ``voto`` says why."""

    punteggio: Decimal | None
    voto: Voto

    @property
    def calcolata(self) -> bool:
        """Whether a run has passed, with a score or without."""
        return self.voto.copertura != ""

    @property
    def parziale(self) -> str:
        """The share of weight evaluated, "" when it is all of it or there is no score."""
        if self.punteggio is None or self.voto.copertura == INTERA:
            return ""
        return self.voto.copertura


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a plan, with its score."""

    chiave: int
    codice: str
    nome: str
    cella: Cella


@dataclass(frozen=True, slots=True)
class Punteggi:
    """The scores of a plan: its own and those of its areas, in their order."""

    proprio: Cella
    aree: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Riga:
    """A plan of the map, with its scores."""

    piano: Piano
    punteggi: Punteggi

    @property
    def cella(self) -> Cella:
        """The plan's own score."""
        return self.punteggi.proprio

    @property
    def aree(self) -> tuple[Area, ...]:
        """The scores of its areas."""
        return self.punteggi.aree


@dataclass(frozen=True, slots=True)
class Sintesi:
    """The scores of the shown plans in three figures; how many have one, and how many do not."""

    quanti: int
    senza: int
    minimo: Voto
    mediana: Voto
    massimo: Voto

    @property
    def righe(self) -> list[tuple[str, Voto]]:
        """The three figures with their names."""
        return [
            (_("Minimo"), self.minimo),
            (_("Mediana"), self.mediana),
            (_("Massimo"), self.massimo),
        ]


def disponibili(piani_ids: Collection[int], anni: Collection[int]) -> list[Scelto]:
    """Of what these plans have a score: whole years before their parts, results before the
    starting position, the latest year first.

    Every column of the key is said, so that the index is entered at each possible score and the
    thousands of rows beside it are not walked.
    """
    trovati = (
        Raggiungimento.objects.filter(
            piano__in=piani_ids,
            prospettiva__in=Prospettiva.values,
            anno__in=anni,
            frazione__in=Frazione.values,
            livello=Livello.PIANO,
        )
        .order_by()
        .values_list("prospettiva", "anno", "frazione")
        .distinct()
    )
    return sorted(
        trovati, key=lambda uno: (uno[2] != "", uno[0] != Prospettiva.CONSUNTIVO, -uno[1], uno[2])
    )


def celle(
    piani_ids: Collection[int],
    anno: int,
    frazione: str = "",
    prospettiva: str = Prospettiva.CONSUNTIVO,
) -> dict[int, Punteggi]:
    """The stored scores of these plans and of their areas, in two queries.

    Linee strategiche do not enter the plan's score, and are left out. A plan that no run has
    scored is not there.
    """
    tutte = (
        Raggiungimento.objects.filter(
            piano__in=piani_ids, prospettiva=prospettiva, anno=anno, frazione=frazione
        )
        .order_by()
        .values_list("piano_id", "livello", "oggetto", *CAMPI)
    )
    # A level at a time: of several together the server may read all and keep a few, until it knows
    # how many scores there are.
    righe = tutte.filter(livello=Livello.PIANO).union(tutte.filter(livello=Livello.AREA), all=True)
    aree = _aree(piani_ids)
    per_piano = defaultdict(list)
    for piano, *riga in righe:
        per_piano[piano].append(riga)
    return {piano: _punteggi(sue, aree) for piano, sue in per_piano.items()}


def _aree(piani_ids: Collection[int]) -> dict[int, tuple[int, str, str]]:
    """Place, code and name of each area of these plans."""
    aree = AreaStrategica.objects.filter(piano__in=piani_ids, tipo=AreaStrategica.Tipo.AREA)
    return {
        chiave: (ordine, codice, nome)
        for chiave, ordine, codice, nome in aree.order_by().values_list(
            "pk", "ordine", "codice", "nome"
        )
    }


def _punteggi(righe: Iterable[Sequence[Any]], aree: dict[int, tuple[int, str, str]]) -> Punteggi:
    """The scores of a plan, from its rows in any order."""
    proprio, sue = _da_calcolare(), []
    for livello, oggetto, stato, punteggio, *resto in righe:
        cella = Cella(punteggio, voto(stato, punteggio, *resto))
        if livello == Livello.PIANO:
            proprio = cella
        elif oggetto in aree:
            ordine, codice, nome = aree[oggetto]
            sue.append((ordine, codice, Area(oggetto, codice, nome, cella)))
    return Punteggi(proprio, tuple(area for *_posto, area in sorted(sue, key=itemgetter(0, 1))))


def _da_calcolare() -> Cella:
    return Cella(None, da_calcolare())


def mappa(piani: Collection[Piano], scelto: Scelto) -> list[Riga]:
    """A row for each of these plans, in their order; what has no score is still to be computed."""
    prospettiva, anno, frazione = scelto
    punteggi = celle([piano.pk for piano in piani], anno, frazione, prospettiva)
    senza = Punteggi(_da_calcolare())
    return [Riga(piano, punteggi.get(piano.pk, senza)) for piano in piani]


def ordina(righe: Sequence[Riga], come: str) -> list[Riga]:
    """The rows by ``azienda`` (as they come) or by ``punteggio``, backwards with ``-`` in front.

    Plans without a score come last either way.
    """
    if come.removeprefix("-") != "punteggio":
        return list(reversed(righe)) if come == "-azienda" else list(righe)
    con = [riga for riga in righe if riga.cella.punteggio is not None]
    senza = [riga for riga in righe if riga.cella.punteggio is None]
    return [*sorted(con, key=_punteggio, reverse=come.startswith("-")), *senza]


def _punteggio(riga: Riga) -> Decimal:
    return riga.cella.punteggio or Decimal(0)


def sintesi(righe: Collection[Riga]) -> Sintesi | None:
    """Minimum, median and maximum of the plans' scores; ``None`` with fewer than two of them."""
    con = [riga for riga in righe if riga.cella.punteggio is not None]
    if len(con) < 2:
        return None
    punteggi = [_punteggio(riga) for riga in con]
    finto = any(riga.cella.voto.dimostrativo for riga in con)
    minimo, mediana, massimo = (
        voto(Stato.CALCOLATO, uno, finto)
        for uno in (min(punteggi), median(punteggi), max(punteggi))
    )
    return Sintesi(len(con), len(righe) - len(con), minimo, mediana, massimo)


def in_righe(righe: Iterable[Riga], scelto: Scelto) -> Iterator[tuple[Any, ...]]:
    """A line for each score of the map, with the figures that the page shows; for PUNTEGGI."""
    for riga in righe:
        testa = (*_in_parole(riga.piano), etichetta_di(*scelto))
        for livello, codice, nome, cella in _livelli(riga):
            yield (*testa, livello, codice, nome, *_in_colonne(cella))


def _in_parole(piano: Piano) -> tuple[str, ...]:
    azienda = piano.azienda
    return azienda.nome, azienda.get_tipo_display(), piano.titolo, piano.get_stato_display()


def _livelli(riga: Riga) -> Iterator[tuple[str, str, str, Cella]]:
    yield str(Livello.PIANO.label), "", riga.piano.titolo, riga.cella
    for area in riga.aree:
        yield str(Livello.AREA.label), area.codice, area.nome, area.cella


def _in_colonne(cella: Cella) -> tuple[Any, ...]:
    suo = cella.voto
    cifra = (
        None if cella.punteggio is None else arrotonda_punteggio(cella.punteggio, Modo.META_SU, 2)
    )
    return cifra, suo.parola, suo.copertura, suo.motivo, suo.dimostrativo
