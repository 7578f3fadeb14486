# SPDX-License-Identifier: AGPL-3.0-or-later
"""The windows that a year usually has: the quarters, and the phases of the plan's cycle."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from obiettivi.models import Finestra
from piani.models import Azienda, Fase, Piano

Tipo = Finestra.Tipo
TRIMESTRI = ("T1", "T2", "T3", "T4")
PREAVVISO = timedelta(days=30)
# ASST Cremona, Piano 2022-2024, 6.4: schede negotiated by April, schede and people evaluated by
# June of the next year, then the Relazione. The other days are how that time is usually shared.
FASI: dict[str, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    Tipo.NEGOZIAZIONE: ((0, 3, 1), (0, 4, 30)),
    Tipo.CONTRODEDUZIONI: ((1, 5, 1), (1, 5, 15)),
    Tipo.VALIDAZIONE_SCHEDE: ((1, 5, 16), (1, 5, 31)),
    Tipo.AUTOVALUTAZIONE: ((1, 6, 1), (1, 6, 10)),
    Tipo.VALUTAZIONE: ((1, 6, 1), (1, 6, 30)),
    Tipo.RELAZIONE: ((1, 5, 1), (1, 6, 30)),
}


@dataclass(frozen=True)
class Usuale:
    """A window as it is usually set; both ends included."""

    tipo: str
    frazione: str
    apre: date
    scade: date


def usuali(azienda: Azienda, anno: int) -> list[Usuale]:
    """The windows of a year, with the deadlines that the plan of the year dates."""
    fasi = [
        Usuale(tipo, "", date(anno + a[0], a[1], a[2]), date(anno + s[0], s[1], s[2]))
        for tipo, (a, s) in FASI.items()
    ]
    scadenze = _scadenze_del_piano(azienda, anno)
    return [*trimestri(anno), *(_con_scadenza(una, scadenze.get(una.tipo)) for una in fasi)]


def trimestri(anno: int) -> list[Usuale]:
    """Reporting, from the 1st to the 20th of the month after the quarter."""
    return [
        Usuale(Tipo.RENDICONTAZIONE, nome, primo, primo.replace(day=20))
        for nome, primo in zip(TRIMESTRI, map(_dopo, (anno,) * 4, (3, 6, 9, 12)), strict=True)
    ]


def _dopo(anno: int, mese: int) -> date:
    """The first day after a month."""
    return date(anno + mese // 12, mese % 12 + 1, 1)


def _con_scadenza(una: Usuale, scade: date | None) -> Usuale:
    if scade is None:
        return una
    return replace(una, scade=scade, apre=min(una.apre, scade - PREAVVISO))


def _scadenze_del_piano(azienda: Azienda, anno: int) -> dict[str, date]:
    """The dates printed by the plan's phases, by kind of window; of two phases, the later."""
    piano = (
        Piano.objects.filter(azienda=azienda, anno_inizio__lte=anno, anno_fine__gte=anno)
        .filter(fasi__mese__isnull=False)
        .order_by("-anno_inizio", "-pk")
        .first()
    )
    fasi: Iterable[Fase] = piano.fasi.exclude(mese=None) if piano else ()
    trovate: dict[str, date] = {}
    for fase in fasi:
        tipo, scade = _tipo_di(fase.nome.casefold()), _giorno(fase, anno)
        if tipo and scade:
            trovate[tipo] = max(scade, trovate.get(tipo, scade))
    return trovate


def _tipo_di(nome: str) -> str:
    """Which window a phase is about, by its words; "" for none."""
    if "relazione" in nome:
        return Tipo.RELAZIONE
    if "negoziazione" in nome:
        return Tipo.NEGOZIAZIONE
    if "autovalutazione" in nome:
        return Tipo.AUTOVALUTAZIONE
    if "controdeduzion" in nome:
        return Tipo.CONTRODEDUZIONI
    if "valutazione" in nome and "individual" in nome:
        return Tipo.VALUTAZIONE
    if "schede" in nome and ("valutazione" in nome or "validazione" in nome):
        return Tipo.VALIDAZIONE_SCHEDE
    return ""


def _giorno(fase: Fase, anno: int) -> date | None:
    """The deadline of a phase; 31 of a shorter month is no day, and then there is none."""
    if fase.mese is None or fase.giorno is None:
        return None
    try:
        return date(anno + fase.anno_offset, fase.mese, fase.giorno)
    except ValueError:
        return None
