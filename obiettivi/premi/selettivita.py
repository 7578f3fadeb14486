# SPDX-License-Identifier: AGPL-3.0-or-later
"""How selective the evaluation of a year was, for managers and for staff: figures of groups.

What is told here stands beside what the aggregates of the year tell already (``aggregati``): a
small group is found neither in it nor by taking one from the other.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from obiettivi.calcolo.individuale import RegoleIndividuali
from obiettivi.calcolo.riservatezza import (
    colonne_dette,
    conteggi_detti,
    gruppi_detti,
    parlanti,
)
from obiettivi.calcolo.statistiche import differenziazione, media, scarto
from obiettivi.individuale.aggregati import Valutate, dimensioni
from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale, VocePremi

Gruppo = VocePremi.Gruppo


@dataclass(frozen=True)
class GruppoValutato:
    """Managers, or staff: how many, how their scores differ, how many in each class (None where
    it is not told).
    """

    gruppo: str
    quanti: int
    media: Decimal | None
    scarto: Decimal | None
    indice: Decimal | None
    classi: Mapping[str, int | None]

    def quota(self, classe: str) -> Decimal | None:
        """The share of a class, in percent."""
        quanti = self.classi[classe]
        if quanti is None or not self.quanti:
            return None
        return Decimal(100) * quanti / self.quanti


@dataclass(frozen=True)
class Selettivita:
    """The figures of a year; none when they cannot be told, with the reason (``perche``).

    ``aperte``: some sheet is not closed · ``poche``: the people are too few, or a small group
    would be found · ``senza``: the year has no individual evaluation here.
    """

    gruppi: Sequence[GruppoValutato] = ()
    perche: str = ""


def selettivita(edizione: EdizioneIndividuale | None, dirigenza: Collection[str]) -> Selettivita:
    """The figures of a year, once every sheet is closed.

    :param dirigenza: the codes of the categories that are managers.
    """
    if edizione is None:
        return Selettivita(perche="senza")
    tutte = ValutazioneIndividuale.objects.filter(edizione=edizione)
    if tutte.exclude(stato=ValutazioneIndividuale.Stato.CHIUSA).exists():
        return Selettivita(perche="aperte")
    righe: Valutate = {
        una.pk: una for una in tutte.concluse().select_related("unita", "valutatore")
    }
    if not righe:
        return Selettivita(perche="senza")
    minimo = settings.CELLA_MINIMA
    gruppi = _gruppi(righe, dirigenza)
    if len(righe) < minimo or not gruppi_detti(gruppi, _gia_detti(righe, edizione.regole), minimo):
        return Selettivita(perche="poche")
    return Selettivita(_figure(gruppi, righe, edizione.regole, minimo))


def _gruppi(righe: Valutate, dirigenza: Collection[str]) -> dict[str, frozenset[int]]:
    dirigenti = frozenset(chiave for chiave, una in righe.items() if una.categoria in dirigenza)
    return {
        Gruppo.DIRIGENTI.value: dirigenti,
        Gruppo.DIPENDENTI.value: frozenset(righe) - dirigenti,
    }


def _gia_detti(righe: Valutate, regole: RegoleIndividuali) -> dict[str, list[frozenset[int]]]:
    """The cells that the aggregates of the year tell, here or to who reads them inside."""
    celle = dimensioni(righe, regole)
    parlano: Mapping[str, set[Hashable]] = parlanti(frozenset(righe), celle, settings.CELLA_MINIMA)
    return {nome: [celle[nome][una] for una in parlano[nome]] for nome in celle}


def _figure(
    gruppi: Mapping[str, frozenset[int]],
    righe: Valutate,
    regole: RegoleIndividuali,
    minimo: int,
) -> list[GruppoValutato]:
    nomi = [una.etichetta for una in regole.classi]
    nomi += sorted({una.classe for una in righe.values() if una.classe} - set(nomi))
    tavola = {}
    for gruppo, chi in gruppi.items():
        conti = Counter(righe[uno].classe for uno in chi)
        tavola[gruppo] = {nome: conti[nome] for nome in nomi}
    somma = {nome: sum(tavola[gruppo][nome] for gruppo in tavola) for nome in nomi}
    dette = colonne_dette(tavola, set(nomi) - conteggi_detti(somma, minimo), minimo)
    return [
        _valutato(gruppo, [righe[uno] for uno in chi], tavola[gruppo], dette)
        for gruppo, chi in gruppi.items()
        if chi
    ]


def _valutato(
    gruppo: str,
    righe: Sequence[ValutazioneIndividuale],
    conti: Mapping[str, int],
    dette: set[str],
) -> GruppoValutato:
    """The index is made of what is told: the silent classes count as one."""
    punti = [una.punteggio_finale for una in righe if una.punteggio_finale is not None]
    contati = [quanti for nome, quanti in conti.items() if nome in dette]
    if len(dette) < len(conti):
        contati.append(sum(quanti for nome, quanti in conti.items() if nome not in dette))
    return GruppoValutato(
        gruppo=gruppo,
        quanti=len(righe),
        media=media(punti),
        scarto=scarto(punti),
        indice=differenziazione(contati),
        classi={nome: quanti if nome in dette else None for nome, quanti in conti.items()},
    )
