# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluations of a year as figures of groups: never of a person (art. 20 D.Lgs. 33/2013).

The same figures make the page and the CSV. While some sheet is still open only who may read the
sheets sees them: looking before and after one more signature would give away that one.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from obiettivi.calcolo.individuale import RegoleIndividuali
from obiettivi.calcolo.riservatezza import conteggi_detti, parlanti
from obiettivi.calcolo.statistiche import differenziazione, media, scarto
from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale

Valutate = dict[int, ValutazioneIndividuale]


@dataclass(frozen=True)
class Gruppo:
    """A row of the page: how many, mean and spread; all None where it is too small to be told."""

    nome: str
    quanti: int | None
    media: Decimal | None
    scarto: Decimal | None
    dalla_media: Decimal | None = None

    @property
    def taciuto(self) -> bool:
        return self.quanti is None


@dataclass(frozen=True)
class Frequenza:
    """How many in a class, and their share; None where it is not told."""

    nome: str
    quanti: int | None
    quota: Decimal | None


@dataclass(frozen=True)
class Regola:
    """The differentiation rule of the year and whether it was kept; None where it is not told."""

    da: Decimal
    quota: Decimal
    trovata: Decimal | None

    @property
    def rispettata(self) -> bool | None:
        return None if self.trovata is None else self.trovata <= self.quota


@dataclass(frozen=True)
class Aggregati:
    """All the figures of a year. ``aperte``: sheets that are not closed yet."""

    totale: Gruppo
    aperte: int
    categorie: Sequence[Gruppo] = ()
    unita: Sequence[Gruppo] = ()
    valutatori: Sequence[Gruppo] = ()
    classi: Sequence[Frequenza] = ()
    indice: Decimal | None = None
    regola: Regola | None = None
    minimo: int = 0


def aggregati(
    edizione: EdizioneIndividuale, *, provvisori: bool, con_valutatori: bool
) -> Aggregati:
    """The figures of a year: those told to who asks.

    :param provvisori: also while some sheet is open.
    :param con_valutatori: with the evaluators one by one. They count in what is told even when
        they are not shown, so that the two pages together reveal nothing more.
    """
    tutte = ValutazioneIndividuale.objects.filter(edizione=edizione)
    chiuse = Q(stato=ValutazioneIndividuale.Stato.CHIUSA)
    aperte = tutte.exclude(chiuse).count()
    minimo = settings.CELLA_MINIMA
    if aperte and not provvisori:
        return Aggregati(Gruppo(_("Tutte"), None, None, None), aperte, minimo=minimo)
    righe: Valutate = {
        una.pk: una for una in tutte.concluse().select_related("unita", "valutatore")
    }
    per = dimensioni(righe, edizione.regole)
    parlano = parlanti(frozenset(righe), per, minimo)
    gruppi = {nome: _gruppi(celle, parlano[nome], righe) for nome, celle in per.items()}
    totale = _gruppo(_("Tutte"), righe.values(), detto=len(righe) >= minimo)
    classi, indice = _classi(righe.values(), edizione.regole) if not totale.taciuto else ([], None)
    return Aggregati(
        totale=totale,
        aperte=aperte,
        categorie=gruppi["categoria"],
        unita=gruppi["unita"],
        valutatori=_scostati(gruppi["valutatore"], totale) if con_valutatori else (),
        classi=classi,
        indice=indice,
        regola=_regola(righe.values(), edizione.regole, totale),
        minimo=minimo,
    )


Celle = dict[Hashable, frozenset[int]]


def dimensioni(righe: Valutate, regole: RegoleIndividuali) -> Mapping[str, Celle]:
    """The same sheets by category, by unit, by evaluator; a cell is named as it is shown.

    Two evaluators of the same name stay two; a unit goes on through the versions of the chart.
    """
    nomi = {una.codice: una.nome for una in regole.categorie}
    per: dict[str, dict[Hashable, set[int]]] = {
        "categoria": defaultdict(set), "unita": defaultdict(set), "valutatore": defaultdict(set),
    }  # fmt: skip
    for chiave, una in righe.items():
        per["categoria"][nomi.get(una.categoria, una.categoria)].add(chiave)
        per["unita"][str(una.unita)].add(chiave)
        per["valutatore"][(str(una.valutatore or "–"), una.valutatore_id)].add(chiave)
    return {
        nome: {cella: frozenset(chi) for cella, chi in celle.items()} for nome, celle in per.items()
    }


def _gruppi(celle: Celle, parlano: set[Hashable], righe: Valutate) -> list[Gruppo]:
    return [
        _gruppo(
            nome[0] if isinstance(nome, tuple) else str(nome),
            [righe[uno] for uno in chi],
            detto=nome in parlano,
        )
        for nome, chi in sorted(celle.items(), key=lambda voce: str(voce[0]))
    ]


def _gruppo(nome: str, righe: Iterable[ValutazioneIndividuale], *, detto: bool) -> Gruppo:
    punti = _punti(righe)
    if not detto:
        return Gruppo(nome, None, None, None)
    return Gruppo(nome, len(punti), media(punti), scarto(punti))


def _punti(righe: Iterable[ValutazioneIndividuale]) -> list[Decimal]:
    return [una.punteggio_finale for una in righe if una.punteggio_finale is not None]


def _scostati(gruppi: Sequence[Gruppo], totale: Gruppo) -> list[Gruppo]:
    """Each evaluator with how far they are from the mean of all."""
    return [
        uno
        if uno.media is None or totale.media is None
        else Gruppo(uno.nome, uno.quanti, uno.media, uno.scarto, uno.media - totale.media)
        for uno in gruppi
    ]


def _classi(
    righe: Iterable[ValutazioneIndividuale], regole: RegoleIndividuali
) -> tuple[list[Frequenza], Decimal | None]:
    """The distribution by class, and the index made of what is told: the silent count as one."""
    conteggi = Counter({una.etichetta: 0 for una in regole.classi})
    conteggi.update(una.classe for una in righe if una.classe)
    totale = sum(conteggi.values())
    detti = conteggi_detti(conteggi, settings.CELLA_MINIMA)
    frequenze = [
        Frequenza(nome, quanti, Decimal(100) * quanti / totale)
        if nome in detti and totale
        else Frequenza(nome, None, None)
        for nome, quanti in conteggi.items()
    ]
    taciuti = [quanti for nome, quanti in conteggi.items() if nome not in detti]
    contati = [conteggi[nome] for nome in conteggi if nome in detti]
    return frequenze, differenziazione([*contati, sum(taciuti)] if taciuti else contati)


def _regola(
    righe: Iterable[ValutazioneIndividuale], regole: RegoleIndividuali, totale: Gruppo
) -> Regola | None:
    regola = regole.differenziazione
    if regola is None:
        return None
    punti = _punti(righe)
    sopra = sum(uno >= regola.da for uno in punti)
    detta = not totale.taciuto and conteggi_detti(
        {"sopra": sopra, "sotto": len(punti) - sopra}, settings.CELLA_MINIMA
    )
    return Regola(regola.da, regola.quota, Decimal(100) * sopra / len(punti) if detta else None)
