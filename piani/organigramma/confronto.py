# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changed between two versions of the chart. Pure: plain nodes in, changes out."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Specie(StrEnum):
    """The kinds of change, in the order in which people read them."""

    AGGIUNTA = "aggiunta"
    TOLTA = "tolta"
    DIVISA = "divisa"
    FUSA = "fusa"
    RINOMINATA = "rinominata"
    SPOSTATA = "spostata"
    CAMBIATA = "cambiata"


TITOLI = {
    Specie.AGGIUNTA: gettext_lazy("Aggiunte"),
    Specie.TOLTA: gettext_lazy("Soppresse"),
    Specie.DIVISA: gettext_lazy("Divise"),
    Specie.FUSA: gettext_lazy("Unite in una sola"),
    Specie.RINOMINATA: gettext_lazy("Rinominate"),
    Specie.SPOSTATA: gettext_lazy("Spostate"),
    Specie.CAMBIATA: gettext_lazy("Cambiate di tipo, codice o responsabilità"),
}


@dataclass(frozen=True)
class Nodo:
    """A unit as the comparison needs it; ``padre`` is the key of the unit above."""

    chiave: int
    codice: str
    nome: str
    tipo: str
    cdr: bool
    padre: int | None = None

    @property
    def detto(self) -> str:
        return f"«{self.nome}» ({self.codice})"


@dataclass(frozen=True)
class Cambiamento:
    """One change, in a sentence; ``unita`` is the key of the unit to look at."""

    specie: Specie
    frase: str
    unita: int


def confronta(
    prima: Sequence[Nodo], dopo: Sequence[Nodo], legami: Mapping[int, Set[int]]
) -> list[Cambiamento]:
    """The changes from one version to the other, by kind.

    ``legami`` gives for each later unit the earlier ones that it comes from. Each unit is said in
    one place only when it is new, closed, split or merged; one that goes on may have changed name,
    place and kind together. The order among siblings is not a change.
    """
    confronto = _Confronto(prima, dopo, legami)
    ordine = list(Specie)
    return sorted(confronto.cambiamenti(), key=lambda c: ordine.index(c.specie))


class _Confronto:
    def __init__(
        self, prima: Sequence[Nodo], dopo: Sequence[Nodo], legami: Mapping[int, Set[int]]
    ) -> None:
        self.prima = {nodo.chiave: nodo for nodo in prima}
        self.dopo = {nodo.chiave: nodo for nodo in dopo}
        self.origini = {nodo.chiave: sorted(legami.get(nodo.chiave, ())) for nodo in dopo}
        self.esiti: dict[int, list[int]] = {chiave: [] for chiave in self.prima}
        for chiave, origini in self.origini.items():
            for origine in origini:
                self.esiti[origine].append(chiave)

    def cambiamenti(self) -> Iterator[Cambiamento]:
        for vecchio in self.prima.values():
            yield from self._fine(vecchio)
        for nuovo in self.dopo.values():
            yield from self._inizio(nuovo)

    def _fine(self, vecchio: Nodo) -> Iterator[Cambiamento]:
        esiti = [self.dopo[chiave] for chiave in self.esiti[vecchio.chiave]]
        if not esiti:
            frase = _("%(unita)s non c’è più.") % {"unita": vecchio.detto}
            yield Cambiamento(Specie.TOLTA, frase, vecchio.chiave)
        elif len(esiti) > 1:
            frase = _("%(unita)s è divisa in %(parti)s.") % {
                "unita": vecchio.detto,
                "parti": _elenco(esiti),
            }
            yield Cambiamento(Specie.DIVISA, frase, vecchio.chiave)

    def _inizio(self, nuovo: Nodo) -> Iterator[Cambiamento]:
        origini = [self.prima[chiave] for chiave in self.origini[nuovo.chiave]]
        if not origini:
            frase = _("%(unita)s, sotto %(padre)s.") % {
                "unita": nuovo.detto,
                "padre": self._padre(nuovo, self.dopo),
            }
            yield Cambiamento(Specie.AGGIUNTA, frase, nuovo.chiave)
        elif len(origini) > 1:
            frase = _("%(unita)s riunisce %(parti)s.") % {
                "unita": nuovo.detto,
                "parti": _elenco(origini),
            }
            yield Cambiamento(Specie.FUSA, frase, nuovo.chiave)
        elif len(self.esiti[origini[0].chiave]) == 1:
            yield from self._seguito(origini[0], nuovo)

    def _seguito(self, vecchio: Nodo, nuovo: Nodo) -> Iterator[Cambiamento]:
        if vecchio.nome != nuovo.nome:
            frase = _("%(prima)s ora è «%(dopo)s».") % {"prima": vecchio.detto, "dopo": nuovo.nome}
            yield Cambiamento(Specie.RINOMINATA, frase, nuovo.chiave)
        if not self._stesso_padre(vecchio, nuovo):
            frase = _("%(unita)s passa da %(prima)s a %(dopo)s.") % {
                "unita": nuovo.detto,
                "prima": self._padre(vecchio, self.prima),
                "dopo": self._padre(nuovo, self.dopo),
            }
            yield Cambiamento(Specie.SPOSTATA, frase, nuovo.chiave)
        differenze = list(_differenze(vecchio, nuovo))
        if differenze:
            frase = f"{nuovo.detto}: {'; '.join(differenze)}."
            yield Cambiamento(Specie.CAMBIATA, frase, nuovo.chiave)

    def _stesso_padre(self, vecchio: Nodo, nuovo: Nodo) -> bool:
        if vecchio.padre is None or nuovo.padre is None:
            return vecchio.padre is nuovo.padre
        return nuovo.padre in self.esiti.get(vecchio.padre, ())

    def _padre(self, nodo: Nodo, versione: Mapping[int, Nodo]) -> str:
        padre = versione.get(nodo.padre or 0)
        return padre.detto if padre else _("nessuna unità")


def _differenze(vecchio: Nodo, nuovo: Nodo) -> Iterator[str]:
    if vecchio.codice != nuovo.codice:
        yield _("il codice era %(codice)s") % {"codice": vecchio.codice}
    if vecchio.tipo != nuovo.tipo:
        yield _("da «%(prima)s» a «%(dopo)s»") % {"prima": vecchio.tipo, "dopo": nuovo.tipo}
    if vecchio.cdr != nuovo.cdr:
        yield (
            _("ora è un centro di responsabilità")
            if nuovo.cdr
            else _("non è più un centro di responsabilità")
        )


def _elenco(nodi: Sequence[Nodo]) -> str:
    detti = [nodo.detto for nodo in nodi]
    return _(" e ").join([", ".join(detti[:-1]), detti[-1]] if len(detti) > 1 else detti)
