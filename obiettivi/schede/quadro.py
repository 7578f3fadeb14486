# SPDX-License-Identifier: AGPL-3.0-or-later
"""All the schede of a year with their scores: by department, how they are spread, as a file."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obiettivi.calcolo.arrotondamento import Modo, arrotonda_punteggio, mostra
from obiettivi.models import Controdeduzione, Frazione, PunteggioScheda, SchedaBudget
from obiettivi.schede.spiega import COLONNE
from obiettivi.voti import Voto, da_calcolare, voto
from piani.esporta import di_celle
from piani.models import UnitaOrganizzativa

FASCE = (Decimal(100), Decimal(90), Decimal(80), Decimal(60))
FOGLIO = di_celle("schede", gettext_lazy("Punteggi delle schede"), (
    "Dipartimento", "Codice del CdR", "Centro di responsabilità", "Anno", "Periodo", "Stato",
    "Punteggio", "Situazione", "Copertura", "Motivo", "Controdeduzioni in attesa",
    "Dati dimostrativi",
), decimali=2)  # fmt: skip


@dataclass(frozen=True)
class RigaQuadro:
    """A scheda with its score in the period looked at, and the objections that wait."""

    scheda: SchedaBudget
    reparto: str
    punteggio: Decimal | None
    voto: Voto
    calcolata: bool
    in_attesa: int = 0


@dataclass(frozen=True)
class Reparto:
    """The schede of a department; ``media`` is the plain mean of those with a score."""

    nome: str
    righe: list[RigaQuadro]
    media: str


def quadro(schede: Collection[SchedaBudget], frazione: str) -> list[RigaQuadro]:
    """A row for each scheda: three queries, whatever their number."""
    salvati = {
        uno.scheda_id: uno
        for uno in PunteggioScheda.objects.filter(
            scheda__in=schede, livello=PunteggioScheda.Livello.SCHEDA, frazione=frazione
        )
    }
    in_attesa = dict(
        Controdeduzione.objects.filter(scheda__in=schede, esito=Controdeduzione.Esito.IN_ATTESA)
        .order_by()
        .values_list("scheda")
        .annotate(quante=Count("pk"))
    )
    reparti = _reparti(schede)
    return [
        _riga(
            scheda,
            reparti.get(scheda.unita_id or 0, ""),
            salvati.get(scheda.pk),
            in_attesa.get(scheda.pk, 0),
        )
        for scheda in schede
    ]


def _riga(
    scheda: SchedaBudget, reparto: str, salvato: PunteggioScheda | None, in_attesa: int
) -> RigaQuadro:
    if salvato is None:
        return RigaQuadro(scheda, reparto, None, da_calcolare(), False, in_attesa)
    suo = voto(*(getattr(salvato, campo) for campo in COLONNE))
    return RigaQuadro(scheda, reparto, salvato.punteggio, suo, True, in_attesa)


def _reparti(schede: Iterable[SchedaBudget]) -> dict[int, str]:
    """The department of each unit: the nearest above it, or itself; without one, the unit above."""
    organigrammi = {scheda.unita.organigramma_id for scheda in schede if scheda.unita}
    unita = {
        chiave: (sopra, tipo, nome)
        for chiave, sopra, tipo, nome in UnitaOrganizzativa.objects.filter(
            organigramma__in=organigrammi
        ).values_list("pk", "parent", "tipo", "nome")
    }
    trovati = {}
    for chiave, (sopra, _tipo, _nome) in unita.items():
        catena, viste = [chiave], {chiave}
        while (su := unita[catena[-1]][0]) in unita and su not in viste:
            catena.append(su)
            viste.add(su)
        dipartimento = UnitaOrganizzativa.Tipo.DIPARTIMENTO
        trovato = next((una for una in catena if unita[una][1] == dipartimento), sopra)
        trovati[chiave] = unita[trovato][2] if trovato in unita else ""
    return trovati


def ordina(righe: Sequence[RigaQuadro], come: str) -> list[RigaQuadro]:
    """By department (as they come), or by score, backwards with ``-``; without one, last."""
    if come.removeprefix("-") != "punteggio":
        return sorted(righe, key=lambda riga: riga.reparto)
    con = [riga for riga in righe if riga.punteggio is not None]
    senza = [riga for riga in righe if riga.punteggio is None]
    return [*sorted(con, key=_punteggio, reverse=come.startswith("-")), *senza]


def per_reparto(righe: Iterable[RigaQuadro]) -> list[Reparto]:
    """The rows of each department, in their order."""
    insieme: dict[str, list[RigaQuadro]] = {}
    for riga in righe:
        insieme.setdefault(riga.reparto, []).append(riga)
    return [
        Reparto(nome or str(_("Senza dipartimento")), sue, _media(sue))
        for nome, sue in sorted(insieme.items(), key=lambda una: (not una[0], una[0]))
    ]


def _media(righe: Iterable[RigaQuadro]) -> str:
    punteggi = [_punteggio(riga) for riga in righe if riga.punteggio is not None]
    if not punteggi:
        return ""
    return mostra(arrotonda_punteggio(sum(punteggi, Decimal(0)) / len(punteggi), Modo.META_SU, 2))


def distribuzione(righe: Collection[RigaQuadro]) -> list[tuple[str, int]]:
    """How many schede fall in each band of score, and how many have none."""
    con = [_punteggio(riga) for riga in righe if riga.punteggio is not None]
    sopra: Decimal | None = None
    fasce = []
    for da in FASCE:
        nome = _("%(da)s e oltre") % {"da": da}
        if sopra is not None:
            nome = _("da %(da)s a meno di %(a)s") % {"da": da, "a": sopra}
        fasce.append((nome, sum(da <= p and (sopra is None or p < sopra) for p in con)))
        sopra = da
    fasce.append((_("meno di %(a)s") % {"a": sopra}, sum(p < FASCE[-1] for p in con)))
    return [*fasce, (_("senza punteggio"), len(righe) - len(con))]


def _punteggio(riga: RigaQuadro) -> Decimal:
    return riga.punteggio or Decimal(0)


def in_righe(righe: Iterable[RigaQuadro], frazione: str) -> Iterator[tuple[Any, ...]]:
    """The rows of the page, for FOGLIO."""
    for riga in righe:
        scheda = riga.scheda
        yield (
            riga.reparto, scheda.unita.codice if scheda.unita else "", scheda.unita, scheda.anno,
            Frazione(frazione).label, scheda.get_stato_display(),
            None if riga.punteggio is None
            else arrotonda_punteggio(riga.punteggio, Modo.META_SU, 2), riga.voto.parola,
            riga.voto.copertura, riga.voto.motivo, riga.in_attesa, riga.voto.dimostrativo,
        )  # fmt: skip
