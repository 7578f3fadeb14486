# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ranking of the proposals of a call: means of the sheets, bonus points, minimum, ties.

For each criterion the plain mean of the points in the sheets handed in; the total is the sum of
the means. Where the edition has a minimum, who does not reach it with the ordinary criteria (bonus
points do not count) is not suitable and has no place. Means are fractions: places are decided on
the exact values, and figures are rounded only to be shown.

Ties: at equal total comes first who has more ordinary points; then, criterion by criterion in the
order of the call, who has the higher mean. Who is still equal shares the place, and the place
after is counted (1, 2, 2, 4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from conciliazione.calcolo.parole import cifra

DECIMALI = 4


@dataclass(frozen=True)
class CriterioDiVoto:
    """A criterion of the call with the most that it gives."""

    codice: str
    nome: str
    massimo: Decimal
    premiale: bool = False


@dataclass(frozen=True)
class Candidata:
    """A proposal with the points of each sheet handed in, by criterion."""

    chiave: str
    nome: str
    schede: tuple[Mapping[str, Decimal], ...]


@dataclass(frozen=True)
class Media:
    """The mean of a criterion, and the sentence that says where it comes from."""

    codice: str
    nome: str
    premiale: bool
    media: Decimal
    frase: str


@dataclass(frozen=True)
class Posto:
    """Where a proposal comes; ``posto`` None: not suitable."""

    chiave: str
    posto: int | None
    punti: Decimal
    premiali: Decimal
    idonea: bool
    medie: tuple[Media, ...]
    nota: str


@dataclass(frozen=True)
class _Conto:
    candidata: Candidata
    medie: tuple[Fraction, ...]
    ordinari: Fraction
    premiali: Fraction
    idonea: bool

    @property
    def ordine(self) -> tuple[Fraction, ...]:
        """The greater, the better: total, ordinary points, then each criterion."""
        return (self.ordinari + self.premiali, self.ordinari, *self.medie)


def graduatoria(
    candidate: Sequence[Candidata],
    criteri: Sequence[CriterioDiVoto],
    minimo: Decimal | None = None,
) -> tuple[Posto, ...]:
    """The places, the first one first; those not suitable at the end, by points.

    :raises ValueError: a proposal has no sheet, a sheet lacks a criterion or goes beyond it.
    """
    conti = [_conta(una, criteri, minimo) for una in candidate]
    in_fila = sorted(
        conti, key=lambda uno: (not uno.idonea, *(-v for v in uno.ordine), uno.candidata.chiave)
    )
    ordini = [uno.ordine for uno in in_fila if uno.idonea]
    return tuple(_posto(uno, ordini, criteri, minimo) for uno in in_fila)


def _conta(una: Candidata, criteri: Sequence[CriterioDiVoto], minimo: Decimal | None) -> _Conto:
    if not una.schede:
        raise ValueError(f"«{una.nome}» non ha nessuna scheda consegnata.")
    for scheda in una.schede:
        for criterio in criteri:
            punti = scheda.get(criterio.codice)
            if punti is None or not 0 <= punti <= criterio.massimo:
                raise ValueError(
                    f"«{una.nome}», «{criterio.nome}»: i punti vanno da 0 a "
                    f"{cifra(criterio.massimo)}."
                )
    medie = tuple(
        sum((Fraction(scheda[uno.codice]) for scheda in una.schede), Fraction(0)) / len(una.schede)
        for uno in criteri
    )
    ordinari = sum((m for m, uno in zip(medie, criteri, strict=True) if not uno.premiale),
                   Fraction(0))  # fmt: skip
    return _Conto(
        candidata=una,
        medie=medie,
        ordinari=ordinari,
        premiali=sum(medie, Fraction(0)) - ordinari,
        idonea=minimo is None or ordinari >= Fraction(minimo),
    )


def _posto(
    uno: _Conto,
    ordini: list[tuple[Fraction, ...]],
    criteri: Sequence[CriterioDiVoto],
    minimo: Decimal | None,
) -> Posto:
    medie = tuple(
        Media(
            codice=criterio.codice,
            nome=criterio.nome,
            premiale=criterio.premiale,
            media=mostrata(media),
            frase=_frase(uno.candidata, criterio, media),
        )
        for criterio, media in zip(criteri, uno.medie, strict=True)
    )
    return Posto(
        chiave=uno.candidata.chiave,
        posto=ordini.index(uno.ordine) + 1 if uno.idonea else None,
        punti=mostrata(uno.ordinari + uno.premiali),
        premiali=mostrata(uno.premiali),
        idonea=uno.idonea,
        medie=medie,
        nota=_nota(uno, ordini, minimo),
    )


def mostrata(valore: Fraction) -> Decimal:
    """A mean as it is shown, half up on the fourth decimal."""
    scala: int = 10 ** (DECIMALI + 2)
    lungo = Decimal(valore.numerator * scala // valore.denominator).scaleb(-DECIMALI - 2)
    return lungo.quantize(Decimal(1).scaleb(-DECIMALI), ROUND_HALF_UP)


def _in_cifre(valore: Fraction) -> str:
    tonda = mostrata(valore)
    return cifra(tonda) if Fraction(tonda) == valore else f"circa {cifra(tonda)}"


def _frase(una: Candidata, criterio: CriterioDiVoto, media: Fraction) -> str:
    """The mean written out; the points from the smallest: an order that gives nobody away."""
    punti = sorted(scheda[criterio.codice] for scheda in una.schede)
    if len(punti) == 1:
        conto = cifra(punti[0])
    else:
        conto = f"({' + '.join(cifra(p) for p in punti)}) : {len(punti)} = {_in_cifre(media)}"
    return f"{conto}, su {cifra(criterio.massimo)}"


def _nota(uno: _Conto, ordini: list[tuple[Fraction, ...]], minimo: Decimal | None) -> str:
    """Why it is not suitable, or how a tie was decided; "" when there is nothing to say."""
    if not uno.idonea:
        return (
            f"Non idonea: {_in_cifre(uno.ordinari)} punti nei criteri ordinari, il minimo è "
            f"{cifra(minimo or Decimal(0))}."
        )
    pari = [altro for altro in ordini if altro[0] == uno.ordine[0]]
    if len(pari) == 1:
        return ""
    if ordini.count(uno.ordine) > 1:
        return "A pari merito: uguali il totale, i punti ordinari e ogni criterio."
    if any(altro[1] != uno.ordine[1] for altro in pari):
        return "Parità nel totale: viene prima chi ha più punti nei criteri ordinari."
    return "Parità nel totale: viene prima chi ha di più nel primo criterio che li distingue."
