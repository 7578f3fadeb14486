# SPDX-License-Identifier: AGPL-3.0-or-later
"""What came out of a questionnaire, as figures of many people; never a row of answers.

Figures are there once it is closed: of an open one, two readings a day apart would tell what one
person answered. Cells of fewer than the threshold stay silent, also by subtraction.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _

from piani.models import Domanda, Evento, Questionario, Risposta
from piani.questionari import statistiche
from piani.questionari.risposte import gradi

Tipo = Domanda.Tipo
Conteggi = dict[int, int]


@dataclass(frozen=True)
class Ritorno:
    """How many answered of those invited, in all or of a group; ``quota`` in percent."""

    gruppo: str
    inviti: int
    risposte: int

    @property
    def quota(self) -> Decimal | None:
        return statistiche.quota(self.risposte, self.inviti)


@dataclass(frozen=True)
class Grado:
    """An answer that a question offers: how many gave it, None if that stays silent."""

    nome: str
    quanti: int | None
    quota: Decimal | None


@dataclass(frozen=True)
class DiDomanda:
    """A question: who answered, the mean (of a scale), how the answers are distributed."""

    domanda: Domanda
    taciuta: bool
    quanti: int = 0
    media: Decimal | None = None
    gradi: tuple[Grado, ...] = ()
    testi: tuple[str, ...] = ()


@dataclass(frozen=True)
class DiDimensione:
    """A dimension: the mean of all the answers on a scale to its questions that are told.

    ``gruppi``: the mean by group, None where it stays silent.
    """

    nome: str
    media: Decimal | None
    risposte: int
    domande: int
    gruppi: tuple[tuple[str, Decimal | None], ...] = ()


@dataclass(frozen=True)
class Risultati:
    """All that may be told of a questionnaire. Without ``dimensioni`` and ``domande`` until it is
    closed, or if too few answered.
    """

    questionario: Questionario
    minimo: int
    totale: Ritorno
    ritorni: tuple[Ritorno, ...]
    chiuso: bool
    pochi: bool
    dimensioni: tuple[DiDimensione, ...] = ()
    domande: tuple[DiDomanda, ...] = ()
    gruppi: tuple[str, ...] = field(default=())


def minimo_di(questionario: Questionario) -> int:
    """The threshold of a questionnaire, never under that of the house."""
    return max(questionario.soglia, settings.CELLA_MINIMA)


def risultati_di(questionario: Questionario) -> Risultati:
    """The results of a questionnaire, as anybody who sees them may read them."""
    minimo = minimo_di(questionario)
    ritorni = _ritorni(questionario)
    totale = Ritorno("", sum(r.inviti for r in ritorni), sum(r.risposte for r in ritorni))
    chiuso = questionario.stato == Questionario.Stato.CHIUSO
    pochi = chiuso and totale.risposte < minimo
    testa: dict[str, Any] = {
        "questionario": questionario, "minimo": minimo, "totale": totale,
        "ritorni": tuple(ritorni), "chiuso": chiuso, "pochi": pochi,
    }  # fmt: skip
    if not chiuso or pochi:
        return Risultati(**testa)
    domande = list(questionario.domande.all())
    conteggi = _conteggi(questionario)
    lette = tuple(_di_domanda(una, conteggi[una.pk], minimo) for una in domande)
    gruppi = tuple(r.gruppo for r in ritorni) if len(ritorni) > 1 else ()
    return Risultati(
        **testa,
        domande=_con_testi(questionario, lette, minimo),
        dimensioni=tuple(_dimensioni(lette, conteggi, gruppi, minimo)),
        gruppi=gruppi,
    )


def _ritorni(questionario: Questionario) -> list[Ritorno]:
    """By group: from the links while they are there, then from what the closing wrote of them."""
    inviti: Mapping[str, int]
    usati: Mapping[str, int]
    if questionario.stato == Questionario.Stato.CHIUSO:
        chiusura = Evento.objects.filter(
            tipo="questionario.chiuso", oggetto=f"piani.questionario:{questionario.pk}"
        ).first()
        detto = chiusura.dati if chiusura else {}
        inviti = detto.get("inviti", {})
        usati = Counter(questionario.compilazioni.values_list("gruppo", flat=True))
    else:
        righe = list(questionario.inviti.values_list("gruppo", "usato"))
        inviti = Counter(gruppo for gruppo, _usato in righe)
        usati = Counter(gruppo for gruppo, usato in righe if usato)
    return [
        Ritorno(gruppo, inviti.get(gruppo, 0), usati.get(gruppo, 0))
        for gruppo in sorted({*inviti, *usati})
    ]


def _conteggi(questionario: Questionario) -> dict[int, dict[str, Conteggi]]:
    """How many gave each value, by question and group."""
    righe = (
        Risposta.objects.filter(compilazione__questionario=questionario, valore__isnull=False)
        .order_by()
        .values_list("domanda", "compilazione__gruppo", "valore")
        .annotate(n=Count("pk"))
    )
    trovati: dict[int, dict[str, Conteggi]] = defaultdict(lambda: defaultdict(dict))
    for domanda, gruppo, valore, n in righe:
        trovati[domanda][gruppo][valore] = n
    return trovati


def _di_domanda(domanda: Domanda, per_gruppo: Mapping[str, Conteggi], minimo: int) -> DiDomanda:
    conteggi = _insieme(per_gruppo.values())
    n = statistiche.quanti(conteggi)
    if n < minimo:
        return DiDomanda(domanda, taciuta=True)
    offerti = gradi(domanda)
    tutti = {valore: conteggi.get(valore, 0) for valore, _nome in offerti}
    scala = domanda.tipo == Tipo.SCALA
    detti = statistiche.valori_detti(tutti, minimo, con_media=scala)
    return DiDomanda(
        domanda,
        taciuta=False,
        quanti=n,
        media=statistiche.media(conteggi) if scala else None,
        gradi=tuple(
            Grado(
                nome,
                tutti[valore] if valore in detti else None,
                statistiche.quota(tutti[valore], n) if valore in detti else None,
            )
            for valore, nome in offerti
        ),
    )


def _insieme(tanti: Iterable[Conteggi]) -> Conteggi:
    somma: Counter[int] = Counter()
    for conteggi in tanti:
        somma.update(conteggi)
    return dict(somma)


def _dimensioni(
    lette: Iterable[DiDomanda],
    conteggi: Mapping[int, Mapping[str, Conteggi]],
    gruppi: tuple[str, ...],
    minimo: int,
) -> Iterable[DiDimensione]:
    """Only questions that are told go into a mean, or it would tell the one that is not."""
    per_nome: dict[str, list[int]] = {}
    for una in lette:
        if una.domanda.tipo == Tipo.SCALA and una.domanda.dimensione:
            del_nome = per_nome.setdefault(una.domanda.dimensione, [])
            if not una.taciuta:
                del_nome.append(una.domanda.pk)
    for nome, chiavi in per_nome.items():
        del_gruppo = {
            gruppo: [conteggi[chiave].get(gruppo, {}) for chiave in chiavi] for gruppo in gruppi
        }
        # Of a group, as many as answered its least answered question.
        persone = {g: min(map(statistiche.quanti, c), default=0) for g, c in del_gruppo.items()}
        detti = statistiche.gruppi_detti(persone, minimo)
        tutte = _insieme(c for chiave in chiavi for c in conteggi[chiave].values())
        yield DiDimensione(
            nome,
            media=statistiche.media(tutte),
            risposte=statistiche.quanti(tutte),
            domande=len(chiavi),
            gruppi=tuple(
                (g, statistiche.media(_insieme(c)) if g in detti else None)
                for g, c in del_gruppo.items()
            ),
        )


def _con_testi(
    questionario: Questionario, lette: tuple[DiDomanda, ...], minimo: int
) -> tuple[DiDomanda, ...]:
    """The answers in words, in an order that says nothing of when, if they are enough."""
    testi: dict[int, list[str]] = defaultdict(list)
    if any(una.domanda.tipo == Tipo.TESTO for una in lette):
        righe = Risposta.objects.filter(compilazione__questionario=questionario)
        for domanda, testo in righe.exclude(testo="").values_list("domanda", "testo"):
            testi[domanda].append(testo)
    pronte = []
    for una in lette:
        detti = sorted(testi[una.domanda.pk])
        if una.domanda.tipo == Tipo.TESTO and len(detti) >= minimo:
            una = DiDomanda(una.domanda, taciuta=False, quanti=len(detti), testi=tuple(detti))
        pronte.append(una)
    return tuple(pronte)


def nome_del_gruppo(gruppo: str) -> str:
    return gruppo or _("senza gruppo")
