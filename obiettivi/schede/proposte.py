# SPDX-License-Identifier: AGPL-3.0-or-later
"""Before the schede of a year are proposed: which CdR there are, which have one, and from what."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from obiettivi.models import Frazione, RigaScheda, Rilevazione, SchedaBudget
from piani.models import Azienda, Piano, UnitaOrganizzativa

# The last known first: the whole year, then what reaches its end.
DAL_PIU_RECENTE = (
    Frazione.ANNO, Frazione.T4, Frazione.S2, Frazione.T3, Frazione.T2, Frazione.S1, Frazione.T1,
)  # fmt: skip


@dataclass
class Cdr:
    """A CdR of today's chart: the scheda that it has for the year, and those of the year before,
    of itself or of the units that it comes from.
    """

    unita: UnitaOrganizzativa
    dipartimento: str = ""
    gia: SchedaBudget | None = None
    dell_anno_prima: list[SchedaBudget] = field(default_factory=list)


def cdr_di(azienda: Azienda, anno: int) -> list[Cdr]:
    """The CdR of the chart in force, in its order, in four queries."""
    albero = list(UnitaOrganizzativa.objects.alla_data(azienda, timezone.localdate()))
    trovati = [Cdr(una, dipartimento) for una, dipartimento in _con_dipartimento(albero) if una.cdr]
    origini = origini_di(azienda, [uno.unita.pk for uno in trovati])
    schede: dict[int, list[SchedaBudget]] = defaultdict(list)
    note = SchedaBudget.objects.dei_cdr().filter(azienda=azienda, anno__in=(anno - 1, anno))
    for scheda in note.select_related("unita").order_by("pk"):
        schede[scheda.unita_id].append(scheda)
    for uno in trovati:
        sue = [scheda for chiave in sorted(origini[uno.unita.pk]) for scheda in schede[chiave]]
        uno.gia = next((scheda for scheda in sue if scheda.anno == anno), None)
        uno.dell_anno_prima = [scheda for scheda in sue if scheda.anno == anno - 1]
    return trovati


def _con_dipartimento(
    albero: Iterable[UnitaOrganizzativa],
) -> Iterable[tuple[UnitaOrganizzativa, str]]:
    """Each unit with the name of the dipartimento above it; parents come before children."""
    sopra: dict[int, str] = {}
    for una in albero:
        suo = sopra.get(una.parent_id or 0, "")
        sopra[una.pk] = una.nome if una.tipo == una.Tipo.DIPARTIMENTO else suo
        yield una, suo


def origini_di(azienda: Azienda, unita: Iterable[int]) -> dict[int, set[int]]:
    """For each unit, itself and all that it was in the earlier charts, in one query."""
    return origini([azienda.pk], unita)


def origini(aziende: Collection[int], unita: Iterable[int]) -> dict[int, set[int]]:
    """The same, for the units of some aziende."""
    prima: dict[int, set[int]] = defaultdict(set)
    legami = UnitaOrganizzativa.precedenti.through.objects.filter(
        from_unitaorganizzativa__organigramma__azienda__in=aziende
    )
    for dopo, chiave in legami.values_list("from_unitaorganizzativa", "to_unitaorganizzativa"):
        prima[dopo].add(chiave)
    trovate = {}
    for una in unita:
        raggiunte, da_vedere = {una}, [una]
        while da_vedere:
            nuove = prima[da_vedere.pop()] - raggiunte
            raggiunte |= nuove
            da_vedere.extend(nuove)
        trovate[una] = raggiunte
    return trovate


def piano_dell_anno(azienda: Azienda, anno: int) -> Piano | None:
    """The plan that the schede of a year carry down: the adopted one first, then the newest."""
    stati = Piano.Stato
    in_vigore = (stati.PUBBLICATO, stati.ADOTTATO)
    return (
        Piano.objects.filter(
            azienda=azienda,
            tipo__in=(Piano.Tipo.PERFORMANCE, Piano.Tipo.PIAO),
            anno_inizio__lte=anno,
            anno_fine__gte=anno,
        )
        .exclude(stato=stati.SUPERATO)
        .order_by(
            Case(
                When(stato__in=in_vigore, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            ),
            "-anno_inizio",
            "pk",
        )
        .first()
    )


def risultati_noti(
    righe: Iterable[RigaScheda], anno: int, unita: Iterable[int]
) -> dict[int, Rilevazione]:
    """For each row of a scheda, by key, the last result of a year that is known: of the units, or
    of the whole azienda for a row judged on it. One query.
    """
    righe, unita = list(righe), set(unita)
    note = (
        Rilevazione.objects.correnti()
        .filter(
            indicatore__in={riga.indicatore_id for riga in righe},
            anno=anno,
            sede="",
            stato=Rilevazione.Stato.NUMERO,
        )
        .select_related("indicatore")
    )
    migliori: dict[tuple[int, bool], Rilevazione] = {}
    for una in note:
        if una.unita_id is not None and una.unita_id not in unita:
            continue
        chiave = (una.indicatore_id, una.unita_id is None)
        gia = migliori.get(chiave)
        if gia is None or _posto(una) < _posto(gia):
            migliori[chiave] = una
    cercate = {riga.pk: migliori.get((riga.indicatore_id, riga.aziendale)) for riga in righe}
    return {chiave: una for chiave, una in cercate.items() if una is not None}


def _posto(una: Rilevazione) -> int:
    return DAL_PIU_RECENTE.index(Frazione(una.frazione))
