# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is due in a quarter, what was sent and when: of one scheda, and of many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.utils import timezone

from obiettivi.models import (
    AreaScheda,
    Finestra,
    Proroga,
    Rendicontazione,
    RigaScheda,
    SchedaBudget,
)
from obiettivi.models.scheda import DELLA_PROPRIA_UNITA, SchedaQuerySet
from obiettivi.schede.ciclo import TRIMESTRI
from obiettivi.schede.finestre import Tempo
from piani.models import Azienda, Incarico, UnitaOrganizzativa, Utente
from piani.organigramma.ambito import unita_sotto
from piani.organigramma.responsabili import affidate

Stato = SchedaBudget.Stato
DIVULGATE = (
    Stato.IN_MONITORAGGIO,
    Stato.IN_VALUTAZIONE,
    Stato.CONTRODEDOTTA,
    Stato.VALIDATA,
    Stato.CHIUSA,
)


def rendicontate() -> QuerySet[RigaScheda]:
    """The rows that a CdR reports each quarter: not those judged on the result of the azienda, nor
    the adempimenti, that are judged at the end of the year.
    """
    return RigaScheda.objects.filter(area__scheda__unita__isnull=False, aziendale=False).exclude(
        area__tipo=AreaScheda.Tipo.ADEMPIMENTI
    )


def affidate_a(utente: Utente) -> SchedaQuerySet:
    """The schede that the person answers for: of the units they lead, and of those under them that
    have no head of their own.
    """
    miei = Incarico.objects.che_valgono_per(utente).filter(
        ruolo__in=DELLA_PROPRIA_UNITA, unita__isnull=False
    )
    unita = affidate(set(miei.values_list("unita", flat=True)), timezone.localdate())
    return SchedaBudget.objects.filter(unita__in=unita_sotto(unita, figlie=False))


@dataclass(frozen=True)
class Calendario:
    """The reporting windows of a year, and who has longer: two queries for all the units."""

    finestre: dict[str, Finestra]
    proroghe: dict[tuple[str, int], date]

    @classmethod
    def di(cls, azienda: Azienda, anno: int) -> "Calendario":
        """That of an azienda and year; empty when nobody has set anything."""
        chiave = (azienda.pk, anno)
        return calendari([chiave]).get(chiave) or cls({}, {})

    def tempo(self, frazione: str, unita: int | None) -> Tempo | None:
        """The window of a quarter as it is for a unit; None when nobody has set it."""
        finestra = self.finestre.get(frazione)
        if finestra is None:
            return None
        fino_al = self.proroghe.get((frazione, unita or 0), finestra.scade)
        return Tempo(finestra, max(fino_al, finestra.scade), fino_al > finestra.scade)


def calendari(chiavi: Collection[tuple[int, int]]) -> dict[tuple[int, int], Calendario]:
    """Those of some aziende and years that have one: two queries for all of them."""
    trovati: dict[tuple[int, int], Calendario] = {}
    finestre = Finestra.objects.filter(
        tipo=Finestra.Tipo.RENDICONTAZIONE,
        azienda__in={azienda for azienda, _anno in chiavi},
        anno__in={anno for _azienda, anno in chiavi},
    )
    for una in finestre:
        calendario = trovati.setdefault((una.azienda_id, una.anno), Calendario({}, {}))
        calendario.finestre[una.frazione] = una
    for data in Proroga.objects.filter(finestra__in=finestre).select_related("finestra"):
        calendario = trovati[data.finestra.azienda_id, data.finestra.anno]
        calendario.proroghe[data.finestra.frazione, data.unita_id] = data.fino_al
    return trovati


@dataclass
class Conto:
    """How many reports were due, sent, sent within everybody's deadline."""

    dovute: int = 0
    trasmesse: int = 0
    puntuali: int = 0
    bozze: int = 0
    con_termine: bool = False

    @property
    def mancano(self) -> int:
        return self.dovute - self.trasmesse

    @property
    def dopo_il_termine(self) -> int:
        return self.trasmesse - self.puntuali if self.con_termine else 0

    @property
    def completezza(self) -> Decimal | None:
        """Sent of those due, %; None when nothing is due."""
        return _percento(self.trasmesse, self.dovute)

    @property
    def puntualita(self) -> Decimal | None:
        """Sent within the deadline of those due, %; None when nobody has set one."""
        return _percento(self.puntuali, self.dovute) if self.con_termine else None

    def somma(self, altro: "Conto") -> None:
        self.dovute += altro.dovute
        self.trasmesse += altro.trasmesse
        self.puntuali += altro.puntuali
        self.bozze += altro.bozze
        self.con_termine = self.con_termine or altro.con_termine


@dataclass
class DelCdr:
    """A CdR in a quarter: its scheda, its count, its deadline, when it sent last."""

    scheda: SchedaBudget
    conto: Conto
    tempo: Tempo | None
    ultima: date | None = None

    def in_ritardo(self, giorno: date) -> bool:
        """Something is missing after its own deadline."""
        return bool(self.conto.mancano) and self.tempo is not None and giorno > self.tempo.scade


@dataclass
class Gruppo:
    """The CdR of a department, and their sum."""

    nome: str
    cdr: list[DelCdr] = field(default_factory=list)
    conto: Conto = field(default_factory=Conto)


def dei_cdr(schede: Collection[SchedaBudget], frazione: str) -> list[DelCdr]:
    """Each scheda of an azienda and year in a quarter: four queries, for one as for many."""
    if not schede:
        return []
    una = next(iter(schede))
    calendario = Calendario.di(una.azienda, una.anno)
    dovute = dict(
        rendicontate()
        .filter(area__scheda__in=schede)
        .order_by()
        .values_list("area__scheda")
        .annotate(quante=Count("pk"))
    )
    trasmesse: dict[int, list[date]] = defaultdict(list)
    bozze: dict[int, int] = defaultdict(int)
    righe = Rendicontazione.objects.filter(riga__in=rendicontate(), frazione=frazione)
    for chiave, stato, quando in righe.filter(riga__area__scheda__in=schede).values_list(
        "riga__area__scheda", "stato", "trasmessa_il"
    ):
        if stato == Rendicontazione.Stato.TRASMESSA and quando is not None:
            trasmesse[chiave].append(timezone.localtime(quando).date())
        else:
            bozze[chiave] += 1
    return [
        _del_cdr(
            scheda,
            calendario.tempo(frazione, scheda.unita_id),
            dovute.get(scheda.pk, 0),
            trasmesse[scheda.pk],
            bozze[scheda.pk],
        )
        for scheda in schede
    ]


def per_dipartimento(cdr: Iterable[DelCdr]) -> list[Gruppo]:
    """The CdR by department, in one query; those of none last, under an empty name."""
    righe = list(cdr)
    dipartimenti = _dipartimenti({uno.scheda.unita for uno in righe if uno.scheda.unita})
    gruppi: dict[str, Gruppo] = {}
    for uno in righe:
        nome = dipartimenti.get(uno.scheda.unita_id or 0, "")
        gruppo = gruppi.setdefault(nome, Gruppo(nome))
        gruppo.cdr.append(uno)
        gruppo.conto.somma(uno.conto)
    return sorted(gruppi.values(), key=lambda gruppo: (not gruppo.nome, gruppo.nome))


def totale(cdr: Iterable[DelCdr]) -> Conto:
    """The sum of the CdR: those of the azienda that the person sees."""
    conto = Conto()
    for uno in cdr:
        conto.somma(uno.conto)
    return conto


def dovute_per_periodo(azienda: Azienda) -> dict[tuple[int, str], tuple[int, int]]:
    """By year and quarter, how many reports of the schede were sent and how many are due; the
    years without schede are not there. Two queries.
    """
    dovute = rendicontate().filter(area__scheda__azienda=azienda, area__scheda__stato__in=DIVULGATE)
    per_anno = dict(
        dovute.order_by().values_list("area__scheda__anno").annotate(quante=Count("pk"))
    )
    trasmesse = {
        (anno, frazione): quante
        for anno, frazione, quante in Rendicontazione.objects.filter(
            riga__in=dovute, stato=Rendicontazione.Stato.TRASMESSA
        )
        .order_by()
        .values_list("riga__area__scheda__anno", "frazione")
        .annotate(quante=Count("pk"))
    }
    return {
        (anno, frazione): (trasmesse.get((anno, frazione), 0), quante)
        for anno, quante in per_anno.items()
        for frazione in TRIMESTRI
    }


def mancanti(azienda: Azienda, anno: int, frazione: str) -> int:
    """How many reports of the schede a quarter still lacks; 0 for other periods."""
    trasmesse, dovute = dovute_per_periodo(azienda).get((anno, frazione), (0, 0))
    return dovute - trasmesse


def _del_cdr(
    scheda: SchedaBudget, tempo: Tempo | None, dovute: int, giorni: list[date], bozze: int
) -> DelCdr:
    puntuali = sum(1 for uno in giorni if tempo and uno <= tempo.finestra.scade)
    conto = Conto(dovute, len(giorni), puntuali, bozze, con_termine=tempo is not None)
    return DelCdr(scheda, conto, tempo, max(giorni, default=None))


def _dipartimenti(unita: Collection[UnitaOrganizzativa]) -> dict[int, str]:
    """The name of the nearest department, the unit itself or one above it."""
    tutte = {
        chiave: (sopra, tipo, nome)
        for chiave, sopra, tipo, nome in UnitaOrganizzativa.objects.filter(
            organigramma__in={una.organigramma_id for una in unita}
        ).values_list("pk", "parent", "tipo", "nome")
    }
    trovati: dict[int, str] = {}
    for una in unita:
        qui: int | None = una.pk
        while qui in tutte:
            sopra, tipo, nome = tutte[qui]
            if tipo == UnitaOrganizzativa.Tipo.DIPARTIMENTO:
                trovati[una.pk] = nome
                break
            qui = sopra
    return trovati


def _percento(quante: int, su: int) -> Decimal | None:
    return Decimal(quante * 100) / su if su else None
