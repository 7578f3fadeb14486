# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the indicators of a POLA go: results by period, scores with their why, the trend drawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lavoro_agile.pola.quadro import Gruppo, Programma, Riga
from obiettivi.filters import etichetta_di
from obiettivi.models import Indicatore, Prospettiva, Raggiungimento, Rilevazione
from obiettivi.views.albero import indirizzo_perche
from obiettivi.views.andamento import Andamento, andamento
from obiettivi.voti import Voto, voto_di
from piani.models import Piano

Livello = Raggiungimento.Livello
Formula = Indicatore.Formula
SENZA_CURVA = (Formula.SI_NO, Formula.DATA)
"""Their results are not on a line: the list says them."""


@dataclass(frozen=True)
class Punteggio:
    """A score in a period, and where it is explained."""

    periodo: str
    voto: Voto
    perche: str


@dataclass(frozen=True)
class Seguito:
    """An indicator with what is known of it."""

    riga: Riga
    risultati: tuple[tuple[str, str, bool], ...]
    punteggi: tuple[Punteggio, ...]
    disegno: Andamento | None


@dataclass(frozen=True)
class Cammino:
    """How a POLA goes: its own scores, and its indicators by dimension."""

    punteggi: tuple[Punteggio, ...]
    gruppi: tuple[tuple[Gruppo, tuple[Seguito, ...]], ...]
    senza: int

    @property
    def dimostrativo(self) -> bool:
        return any(
            dato for _gruppo, seguiti in self.gruppi for uno in seguiti
            for _periodo, _testo, dato in uno.risultati
        )  # fmt: skip


def ultimi_punteggi(piano: Piano) -> dict[int, Punteggio]:
    """The newest score of the results of each indicator, by its misura; in one query."""
    righe = _consuntivi(piano).filter(livello=Livello.INDICATORE).order_by("anno", "-frazione")
    # The last one wins: the newest year, and in it the whole year before its parts.
    return {riga.oggetto: _punteggio(piano, riga) for riga in righe}


def cammino(piano: Piano, quadro: Programma) -> Cammino:
    """How the indicators that have a result or a score go; ``senza`` counts the others. In two
    queries, whatever the indicators.
    """
    punteggi: dict[int, list[Punteggio]] = defaultdict(list)
    del_piano: list[Punteggio] = []
    calcolati = _consuntivi(piano).filter(livello__in=(Livello.INDICATORE, Livello.PIANO))
    for riga in calcolati.order_by("anno", "frazione"):
        dove = del_piano if riga.livello == Livello.PIANO else punteggi[riga.oggetto]
        dove.append(_punteggio(piano, riga))
    risultati = _risultati(piano, quadro.righe)
    gruppi = []
    for gruppo in quadro.gruppi:
        seguiti = tuple(
            _seguito(riga, risultati, punteggi)
            for riga in gruppo.righe
            if riga.indicatore.pk in risultati or riga.misura.pk in punteggi
        )
        if seguiti:
            gruppi.append((gruppo, seguiti))
    quanti = sum(len(seguiti) for _gruppo, seguiti in gruppi)
    return Cammino(tuple(del_piano), tuple(gruppi), len(quadro.righe) - quanti)


def _consuntivi(piano: Piano) -> QuerySet[Raggiungimento]:
    return Raggiungimento.objects.filter(piano=piano, prospettiva=Prospettiva.CONSUNTIVO)


def _punteggio(piano: Piano, riga: Raggiungimento) -> Punteggio:
    quale = (riga.prospettiva, riga.anno, riga.frazione)
    return Punteggio(
        etichetta_di(*quale),
        voto_di(riga),
        indirizzo_perche(piano.slug, riga.livello, riga.oggetto, *quale),
    )


def _risultati(piano: Piano, righe: Iterable[Riga]) -> dict[int, list[Rilevazione]]:
    """The figures of the whole azienda until the last year of the plan, by indicator."""
    trovati: dict[int, list[Rilevazione]] = defaultdict(list)
    correnti = (
        Rilevazione.objects.correnti()
        .filter(
            indicatore__in=[riga.indicatore.pk for riga in righe],
            unita__isnull=True,
            anno__lte=piano.anno_fine,
        )
        .select_related("indicatore")
        .order_by("anno", "frazione", "sede")
    )
    for una in correnti:
        trovati[una.indicatore_id].append(una)
    return trovati


def _seguito(
    riga: Riga,
    risultati: Mapping[int, list[Rilevazione]],
    punteggi: Mapping[int, list[Punteggio]],
) -> Seguito:
    suoi = risultati.get(riga.indicatore.pk, [])
    return Seguito(
        riga=riga,
        risultati=tuple((_periodo(una), _mostrata(una), una.dimostrativa) for una in suoi),
        punteggi=tuple(punteggi.get(riga.misura.pk, ())),
        disegno=None
        if riga.indicatore.tipo_formula in SENZA_CURVA
        else andamento(riga.indicatore, riga.misura, suoi),
    )


def _periodo(una: Rilevazione) -> str:
    dove = f", {una.sede}" if una.sede else ""
    return f"{una.anno} {una.get_frazione_display() if una.frazione else ''}".strip() + dove


def _mostrata(una: Rilevazione) -> str:
    """A yes or a no is kept as one or zero."""
    if una.indicatore.tipo_formula == Formula.SI_NO and una.valore is not None:
        return _("Sì") if una.valore else _("No")
    return una.mostrata
