# SPDX-License-Identifier: AGPL-3.0-or-later
"""The score of a scheda: its areas, rows and results as plain values, judged by the reference.

A row is an objective with one indicator: indicatore → obiettivo → area → scheda, each level by
the rules that the azienda's edition of that year gives it.

- Areas weigh. Those that share a weight are one node, with the rows of all of them: the scheme of
  ASST Cremona (Piano 2022-2024, 6.2) gives 30 to the economica and 70 to the other three together.
- *Obiettivi istituzionali* are prerequisites: they gate the score of the scheda as the edition
  says, and have no share of it. One without rows asks nothing («non ancora definiti al momento
  degli incontri», 6.2).
- *Adempimenti* are judged by the same rules and shown, each on its own: «alla fine del processo»
  the azienda judges them unit by unit, so they are no part of the weighted total. No rule of an
  edition brings them in; what should weigh is an area.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from obiettivi.calcolo.aggregazione import Aggregato, Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Livello
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.misura import Misura as DaGiudicare
from obiettivi.calcolo.misura import Periodo
from obiettivi.models import AreaScheda, Frazione, PunteggioScheda, SchedaBudget

Tipo = AreaScheda.Tipo


@dataclass(frozen=True)
class Riga:
    """A row ready to be judged; its results are those of its CdR, or of the azienda."""

    chiave: int
    nome: str
    peso: Decimal | None
    da_giudicare: DaGiudicare
    riferimento_dimostrativo: bool = False


@dataclass(frozen=True)
class Area:
    """An area with its rows; ``in_comune`` with the one before, which carries the weight."""

    chiave: int
    nome: str
    tipo: str
    peso: Decimal | None
    in_comune: bool
    righe: tuple[Riga, ...] = ()


@dataclass(frozen=True)
class SchedaLetta:
    """A scheda as plain values."""

    chiave: int
    nome: str
    anno: int
    aree: tuple[Area, ...] = ()

    @property
    def frazioni(self) -> list[str]:
        """The periods that have a score: the year, and the parts with a result of some row."""
        con_risultati = {
            uno.periodo.frazione
            for area in self.aree
            for riga in area.righe
            for uno in riga.da_giudicare.risultati
            if uno.presente
        }
        return [una for una in Frazione.values if not una or una in con_risultati]


@dataclass(frozen=True)
class ValutazioneScheda:
    """The outcome, by key of the row at each level.

    ``aree``: those that share a weight are under the key of the first of them.
    """

    giudizi: dict[int, Giudizio]
    righe: dict[int, Aggregato]
    aree: dict[int, Aggregato]
    scheda: Aggregato

    def tutti(self) -> Iterator[tuple[str, int, Aggregato]]:
        """Every score with its level and key, from the rows up."""
        Livelli = PunteggioScheda.Livello
        for chiave, esito in self.righe.items():
            yield Livelli.RIGA, chiave, esito
        for chiave, esito in self.aree.items():
            yield Livelli.AREA, chiave, esito
        yield Livelli.SCHEDA, int(self.scheda.codice), self.scheda


def valuta_scheda(scheda: SchedaLetta, edizione: Edizione, frazione: str = "") -> ValutazioneScheda:
    """Judge every row of a scheda in a period, then roll up."""
    periodo = Periodo(scheda.anno, frazione)
    giudizi = {
        riga.chiave: _giudica(riga, edizione, periodo)
        for area in scheda.aree
        for riga in area.righe
    }
    nodi = [(gruppo[0].tipo, _nodo(gruppo, giudizi)) for gruppo in gruppi(scheda.aree)]
    radice = aggrega(
        Nodo(
            Livello.SCHEDA,
            str(scheda.chiave),
            scheda.nome,
            tuple(nodo for tipo, nodo in nodi if tipo != Tipo.ADEMPIMENTI),
        ),
        edizione,
    )
    a_parte = [aggrega(nodo, edizione) for tipo, nodo in nodi if tipo == Tipo.ADEMPIMENTI]
    tutti = [nodo for uno in (radice, *a_parte) for nodo in uno.tutti()]
    return ValutazioneScheda(
        giudizi=giudizi,
        righe={int(n.codice): n for n in tutti if n.livello is Livello.OBIETTIVO},
        aree={int(n.codice): n for n in tutti if n.livello is Livello.AREA},
        scheda=radice,
    )


def gruppi(aree: Iterable[Area]) -> list[list[Area]]:
    """The areas by the weight they share; without rows only the areas that weigh stay."""
    insieme: list[list[Area]] = []
    for area in aree:
        if area.in_comune and insieme and insieme[-1][0].tipo == area.tipo:
            insieme[-1].append(area)
        else:
            insieme.append([area])
    return [
        gruppo
        for gruppo in insieme
        if gruppo[0].tipo == Tipo.AREA or any(area.righe for area in gruppo)
    ]


def _giudica(riga: Riga, edizione: Edizione, periodo: Periodo) -> Giudizio:
    giudizio = giudica(riga.da_giudicare, edizione, periodo)
    return replace(giudizio, dimostrativo=True) if riga.riferimento_dimostrativo else giudizio


def _nodo(gruppo: Sequence[Area], giudizi: dict[int, Giudizio]) -> Nodo:
    return Nodo(
        Livello.AREA,
        str(gruppo[0].chiave),
        " · ".join(area.nome for area in gruppo),
        tuple(
            Nodo(
                Livello.OBIETTIVO,
                str(riga.chiave),
                riga.nome,
                (giudizi[riga.chiave].foglia(),),
                riga.peso,
            )
            for area in gruppo
            for riga in area.righe
        ),
        gruppo[0].peso,
        prerequisito=gruppo[0].tipo == Tipo.ISTITUZIONALE,
    )


CONGELATE = (SchedaBudget.Stato.VALIDATA, SchedaBudget.Stato.CHIUSA)
"""From here the scores do not follow the data: they are what the Nucleo validated."""
CALCOLATE = tuple(
    stato for stato in SchedaBudget.Stato if stato not in (SchedaBudget.Stato.PROPOSTA, *CONGELATE)
)
"""A proposal has no results yet."""


def risultato_finale(scheda: SchedaBudget) -> Decimal | None:
    """The score that a closed scheda hands to the individual evaluation; None while it is not
    closed, or when the Nucleo validated that it has none.
    """
    if scheda.stato != SchedaBudget.Stato.CHIUSA:
        return None
    propri = PunteggioScheda.objects.filter(
        scheda=scheda, livello=PunteggioScheda.Livello.SCHEDA, frazione=Frazione.ANNO
    )
    return propri.values_list("punteggio", flat=True).first()
