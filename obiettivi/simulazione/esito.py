# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows scored by an edition, and their roll-up: groups as areas, the whole as the plan.

**Weights.** Those of the rows, as the edition wants them. A group weighs as much as its rows
together; when the rows of the whole sheet make 100 with their weights, inside each group they are
brought to 100. When the edition gives the areas their weights (``gruppi_aree``) and names some of
the groups of the sheet, its weights hold. Rows without a group, where others have one, make a
group together; in a sheet without groups the rows are the children of the whole.

**Prerequisites.** A row marked so is a condition on its group, or on the whole in a sheet without
groups. A group called «prerequisiti», one whose rows are all marked, and one outside the areas
that the edition weighs, when it has a gate on the plan, are conditions on the whole, row by row.

**Classes.** When the edition has some, the groups are also those being classified (people, units):
each with a score has its class and bonus, and the caps are on their number. Conditions and the
areas that the edition weighs are not classified.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from obiettivi.calcolo.aggregazione import (
    Aggregato,
    Foglia,
    Nodo,
    aggrega,
    normalizzati,
    pesi_aree,
    pesi_dei,
)
from obiettivi.calcolo.arrotondamento import (
    CENTO,
    ZERO,
    Livello,
    Modo,
    arrotonda_punteggio,
    esatto,
    numero,
)
from obiettivi.calcolo.classi import Assegnazione
from obiettivi.calcolo.edizione import Classe, Edizione
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.spiegazione import frasi, spiega
from obiettivi.calcolo.valori import Calcolato, Punteggio

from .casi import Caso, Tabella
from .classi import classi_dei_gruppi, colonne_libere, premio_del_nodo

SENZA_GRUPPO = "senza gruppo"
_PREREQUISITI = re.compile(r"pre-?requisit[oi]", re.IGNORECASE)
Voce = tuple[Caso, Giudizio]


@dataclass(frozen=True)
class Riga:
    """A scored row, a group or the whole.

    ``punteggio`` is text with a dot and the decimals of the edition ("" when there is none),
    ``esatto`` the score with all its digits, ``frasi`` the explanation. ``premio`` is the bonus (%)
    of the class; ``spettava`` the class that a full cap took away, ``scende`` the sentence for it.
    """

    celle: Mapping[str, str]
    esito: Punteggio
    punteggio: str
    copertura: Decimal
    frasi: tuple[str, ...]
    classe: Classe | None = None
    premio: Decimal | None = None
    spettava: Classe | None = None
    scende: str = ""

    @property
    def stato(self) -> str:
        """``calcolato``, ``non_calcolabile`` or ``escluso``."""
        return self.esito.stato

    @property
    def esatto(self) -> Decimal | None:
        """The score as the computation gives it."""
        return self.esito.valore if isinstance(self.esito, Calcolato) else None


@dataclass(frozen=True)
class Simulazione:
    """The outcome of a sheet: its columns, its rows scored, the groups, the whole."""

    edizione: Edizione
    colonne: tuple[str, ...]
    casi: tuple[Riga, ...]
    gruppi: tuple[Riga, ...]
    totale: Riga

    @property
    def righe(self) -> tuple[Riga, ...]:
        """All the rows in the order of the output."""
        return (*self.casi, *self.gruppi, self.totale)

    @property
    def classificati(self) -> bool:
        """Whether the groups have a final class."""
        return any(riga.classe for riga in self.gruppi)


@esatto
def simula(tabella: Tabella, edizione: Edizione) -> Simulazione:
    """Score the rows and roll them up by the rules of an edition (without problems).

    Raises ``CasiNonValidi`` when the rules have classes and the sheet has their columns already.
    """
    colonne_libere(tabella.colonne, edizione)
    voci = [(caso, giudica(caso.misura, edizione, caso.periodo)) for caso in tabella.casi]
    gruppi = _gruppi(voci, edizione)
    piano = aggrega(_piano(voci, gruppi), edizione)
    fatti = {figlio.codice: figlio for figlio in piano.figli if isinstance(figlio, Aggregato)}
    aggregati = [fatti.get(nodo.codice) or aggrega(nodo, edizione) for nodo in gruppi]
    assegnate = classi_dei_gruppi(aggregati, edizione)
    return Simulazione(
        edizione=edizione,
        colonne=tabella.colonne,
        casi=tuple(_riga(caso.celle, giudizio, edizione) for caso, giudizio in voci),
        gruppi=tuple(
            _con_classe(_riga_gruppo(uno, piano, edizione), assegnate.get(uno.codice))
            for uno in aggregati
        ),
        totale=_riga({"id": "totale"}, piano, edizione),
    )


def punteggio_scritto(esito: Punteggio, edizione: Edizione) -> str:
    """The score in the decimals of the edition, dot for decimals; below 100 it never says 100.

    A level that the edition does not round is cut to those decimals in its mode; half-up when it
    never rounds.
    """
    if not isinstance(esito, Calcolato):
        return ""
    regola = edizione.arrotondamento
    modo = Modo.META_SU if regola.modo is Modo.NESSUNO else regola.modo
    return format(arrotonda_punteggio(esito.valore, modo, regola.decimali) + ZERO, "f")


def _gruppi(voci: Sequence[Voce], edizione: Edizione) -> tuple[Nodo, ...]:
    """A node for each group in the order of the sheet; none when no row names one."""
    per_gruppo: dict[str, list[Voce]] = {}
    for voce in voci:
        per_gruppo.setdefault(voce[0].gruppo, []).append(voce)
    if list(per_gruppo) == [""]:
        return ()
    pesi = _pesi_gruppi(per_gruppo, edizione)
    contano = [caso.peso for caso, _ in voci if caso.gruppo in pesi and not caso.prerequisito]
    sul_totale = sum((peso or ZERO for peso in contano), ZERO) == CENTO
    return tuple(
        Nodo(
            Livello.AREA,
            nome,
            nome or SENZA_GRUPPO,
            _foglie(sue, sul_totale=sul_totale),
            pesi.get(nome),
            prerequisito=nome not in pesi,
        )
        for nome, sue in per_gruppo.items()
    )


def _piano(voci: Sequence[Voce], gruppi: Sequence[Nodo]) -> Nodo:
    """The whole; the rows of a group of prerequisites are conditions on it, one by one."""
    if not gruppi:
        return Nodo(Livello.PIANO, "totale", "Totale", _foglie(voci))
    condizioni = {nodo.codice for nodo in gruppi if nodo.prerequisito}
    figli: list[Nodo | Foglia] = [nodo for nodo in gruppi if not nodo.prerequisito]
    figli += [
        replace(giudizio.foglia(caso.peso), prerequisito=True)
        for caso, giudizio in voci
        if caso.gruppo in condizioni
    ]
    return Nodo(Livello.PIANO, "totale", "Totale", tuple(figli))


def _foglie(voci: Sequence[Voce], *, sul_totale: bool = False) -> tuple[Foglia, ...]:
    pesi: Sequence[Decimal | None] = [caso.peso for caso, _ in voci]
    if sul_totale and any(pesi):
        ordinari = [ZERO if caso.prerequisito else caso.peso or ZERO for caso, _ in voci]
        pesi = normalizzati(ordinari)
    return tuple(
        replace(giudizio.foglia(peso), prerequisito=caso.prerequisito)
        for (caso, giudizio), peso in zip(voci, pesi, strict=True)
    )


def _e_condizione(nome: str, voci: Sequence[Voce]) -> bool:
    """Whether a group is of prerequisites: by its name, or because all of its rows are."""
    return bool(_PREREQUISITI.fullmatch(nome)) or all(caso.prerequisito for caso, _ in voci)


def _pesi_gruppi(
    gruppi: Mapping[str, Sequence[Voce]], edizione: Edizione
) -> dict[str, Decimal | None]:
    """The weights of the groups that count; those left out are prerequisites."""
    contano = {
        nome: [caso.peso for caso, _ in voci if not caso.prerequisito]
        for nome, voci in gruppi.items()
        if not _e_condizione(nome, voci)
    }
    dell_edizione = {area for gruppo in edizione.gruppi_aree for area in gruppo.aree}
    if dell_edizione & set(contano):
        pesi = pesi_aree(edizione, list(contano))
        cancello = edizione.prerequisiti.piano is not None
        return {nome: pesi[nome] for nome in contano if nome in dell_edizione or not cancello}
    if all(peso is None for pesi_gruppo in contano.values() for peso in pesi_gruppo):
        return dict.fromkeys(contano)
    somme = [sum(pesi_dei(pesi_gruppo)[0], ZERO) for pesi_gruppo in contano.values()]
    return dict(zip(contano, normalizzati(somme), strict=True))


def _con_classe(riga: Riga, assegnata: Assegnazione | None) -> Riga:
    if assegnata is None:
        return riga
    scesa = [uno for uno in assegnata.passi if uno.codice is Codice.CLASSE_PIENA]
    return replace(
        riga,
        classe=assegnata.classe,
        premio=assegnata.premio,
        spettava=assegnata.spettava if scesa else None,
        scende=" ".join(frasi(scesa)),
        frasi=(*riga.frasi, *frasi(assegnata.passi)),
    )


def _riga(celle: Mapping[str, str], esito: Giudizio | Aggregato, edizione: Edizione) -> Riga:
    classe = esito.classe if isinstance(esito, Aggregato) else None
    return Riga(
        celle=celle,
        esito=esito.punteggio,
        punteggio=punteggio_scritto(esito.punteggio, edizione),
        copertura=esito.copertura,
        frasi=tuple(spiega(esito)),
        classe=classe,
        premio=premio_del_nodo(esito.punteggio, classe, edizione),
    )


def _riga_gruppo(gruppo: Aggregato, piano: Aggregato, edizione: Edizione) -> Riga:
    pesi = [voce.peso for voce in piano.contributi if voce.codice == gruppo.codice]
    peso = "" if gruppo.prerequisito or not pesi else _testo(pesi[0])
    celle = {"id": f"gruppo:{gruppo.codice}", "gruppo": gruppo.codice, "peso": peso}
    return _riga(celle, gruppo, edizione)


def _testo(peso: Decimal) -> str:
    """A weight with a dot, four decimals at most."""
    return numero(peso).replace(".", "").replace(",", ".")
