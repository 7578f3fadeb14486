# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two sets of scores side by side: what changes, level by level. Nothing is read or written."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from obiettivi.calcolo.arrotondamento import Modo, arrotonda, italiano
from obiettivi.models import PunteggioScheda, Raggiungimento
from obiettivi.valutazione import Valutazione

Livello = Raggiungimento.Livello
Chiave = tuple[str, int]
ORDINE = {Livello.PIANO: 0, Livello.AREA: 1, Livello.OBIETTIVO: 2, Livello.INDICATORE: 3}


@dataclass(frozen=True)
class Cambiamento:
    """A score that changes; ``prima`` and ``dopo`` are a figure, or why there is none.

    ``differenza`` is after minus before, with its sign, "" when one of the two has no figure.
    """

    livello: str
    nome: str
    prima: str
    dopo: str
    differenza: str

    def come_dati(self) -> dict[str, Any]:
        return asdict(self)


def confronta(
    prima: Iterable[Raggiungimento], dopo: Iterable[Raggiungimento], nomi: dict[Chiave, str]
) -> list[Cambiamento]:
    """What differs between two sets of rows, the plan first and the indicators last."""
    vecchie = {(riga.livello, riga.oggetto): riga for riga in prima}
    nuove = {(riga.livello, riga.oggetto): riga for riga in dopo}
    diverse = [
        chiave
        for chiave in vecchie.keys() | nuove.keys()
        if chiave not in vecchie
        or chiave not in nuove
        or not vecchie[chiave].uguale_a(nuove[chiave])
    ]
    return [
        _cambiamento(
            chiave, vecchie.get(chiave), nuove.get(chiave), nomi.get(chiave, _("tolto dal piano"))
        )
        for chiave in sorted(diverse, key=lambda chiave: (ORDINE[Livello(chiave[0])], chiave[1]))
    ]


def _cambiamento(
    chiave: Chiave, prima: Raggiungimento | None, dopo: Raggiungimento | None, nome: str
) -> Cambiamento:
    differenza = ""
    if prima and dopo and prima.punteggio is not None and dopo.punteggio is not None:
        differenza = con_segno(dopo.punteggio - prima.punteggio)
    return Cambiamento(
        livello=str(Livello(chiave[0]).label),
        nome=nome,
        prima=in_parole(prima),
        dopo=in_parole(dopo),
        differenza=differenza,
    )


def con_segno(differenza: Decimal) -> str:
    """A difference with its sign, ``+2,50``."""
    tonda = arrotonda(differenza, Modo.META_SU, 2)
    return f"{'+' if tonda > 0 else ''}{italiano(tonda)}"


def in_parole(riga: Raggiungimento | PunteggioScheda | None) -> str:
    """A score as people read it, or why there is none."""
    if riga is None:
        return _("non c'è")
    return riga.mostrato or f"{riga.get_stato_display().lower()}: {riga.motivo}"


def nomi_di(valutazione: Valutazione) -> dict[Chiave, str]:
    """What each scored row is called."""
    nomi = {
        (Livello.INDICATORE.value, chiave): f"{giudizio.codice} {giudizio.nome}"
        for chiave, giudizio in valutazione.giudizi.items()
    }
    nomi |= {
        (Livello.OBIETTIVO.value, chiave): nodo.nome
        for chiave, nodo in valutazione.obiettivi.items()
    }
    nomi |= {(Livello.AREA.value, chiave): nodo.nome for chiave, nodo in valutazione.aree.items()}
    piano = valutazione.piano
    return nomi | {(Livello.PIANO.value, int(piano.codice)): piano.nome}
