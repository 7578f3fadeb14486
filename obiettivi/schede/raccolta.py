# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the tables of the schede to the plain values that are judged: as many queries for one
scheda as for all those of an azienda.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache

from django.db.models import Q

from obiettivi.calcolo.letture import LetturaTarget
from obiettivi.calcolo.misura import Base, Risultato
from obiettivi.espressioni import leggi
from obiettivi.models import (
    AreaScheda,
    RigaScheda,
    Rilevazione,
    SchedaBudget,
    ValoreRiferimento,
)
from obiettivi.raccolta import da_giudicare, risultato
from obiettivi.schede.punteggio import Area, Riga, SchedaLetta
from piani.models import UnitaOrganizzativa

Generazioni = list[list[int]]
"""A unit, then those it comes from, then those they come from."""
Note = dict[tuple[int, int | None], list[Rilevazione]]


def raccogli_schede(
    azienda: int, anno: int, chiavi: Collection[int], *, al: datetime | None = None
) -> list[SchedaLetta]:
    """Read some schede of an azienda and year, with the results known now, or at a moment."""
    schede = list(
        SchedaBudget.objects.filter(pk__in=chiavi, azienda=azienda, anno=anno)
        .select_related("unita")
        .order_by("pk")
    )
    aree = AreaScheda.objects.filter(scheda__in=schede).order_by("scheda", "ordine", "pk")
    righe = list(
        RigaScheda.objects.filter(area__scheda__in=schede)
        .select_related("indicatore")
        .order_by("area", "ordine", "pk")
    )
    origini = origini_di(azienda, {una.unita_id for una in schede if una.unita_id})
    note = _note(righe, anno, {u for uno in origini.values() for g in uno for u in g}, al)
    riferimenti = _riferimenti(righe, anno)
    delle_aree: dict[int, list[RigaScheda]] = defaultdict(list)
    for riga in righe:
        delle_aree[riga.area_id].append(riga)
    delle_schede: dict[int, list[AreaScheda]] = defaultdict(list)
    for area in aree:
        delle_schede[area.scheda_id].append(area)
    return [
        SchedaLetta(
            chiave=scheda.pk,
            nome=str(scheda),
            anno=scheda.anno,
            aree=tuple(
                Area(
                    chiave=area.pk,
                    nome=area.nome,
                    tipo=area.tipo,
                    peso=area.peso,
                    in_comune=area.con_la_precedente,
                    righe=tuple(
                        _riga(riga, origini.get(scheda.unita_id or 0, []), note, riferimenti)
                        for riga in delle_aree[area.pk]
                    ),
                )
                for area in delle_schede[scheda.pk]
            ),
        )
        for scheda in schede
    ]


def _riga(
    riga: RigaScheda,
    origini: Generazioni,
    note: Note,
    riferimenti: dict[int, ValoreRiferimento],
) -> Riga:
    riferimento = riferimenti.get(riga.indicatore_id)
    generazioni: list[list[int | None]] = [[None]] if riga.aziendale else [[*g] for g in origini]
    return Riga(
        chiave=riga.pk,
        nome=riga.obiettivo,
        peso=riga.peso,
        da_giudicare=da_giudicare(
            riga.indicatore,
            target=riga.letto,
            base=_base(riga),
            riferimento=riferimento,
            risultati=_risultati(riga.indicatore_id, generazioni, note),
        ),
        riferimento_dimostrativo=bool(riferimento and riferimento.dimostrativo),
    )


def _base(riga: RigaScheda) -> Base | None:
    """The figure that the row starts from: the latest that the scheda prints."""
    if riga.dato:
        return Base(lettura=_come_letto(riga.dato), anno=riga.dato_anno)
    if riga.storico:
        return Base(lettura=_come_letto(riga.storico), anno=riga.storico_anno)
    return None


@lru_cache(maxsize=4096)
def _come_letto(testo: str) -> LetturaTarget:
    """Reading is slow, and the same few figures come back at each new result."""
    return leggi(testo)


# --- results ------------------------------------------------------------------------------


def origini_di(azienda: int, unita: Collection[int]) -> dict[int, Generazioni]:
    """What each unit was before, by the links between the versions of the chart, one query."""
    legami = UnitaOrganizzativa.precedenti.through.objects.filter(
        from_unitaorganizzativa__organigramma__azienda=azienda
    ).values_list("from_unitaorganizzativa", "to_unitaorganizzativa")
    precedenti: dict[int, list[int]] = defaultdict(list)
    for dopo, prima in legami:
        precedenti[dopo].append(prima)
    return {una: _generazioni(una, precedenti) for una in unita}


def _generazioni(unita: int, precedenti: dict[int, list[int]]) -> Generazioni:
    generazioni, viste = [[unita]], {unita}
    while prima := sorted({p for u in generazioni[-1] for p in precedenti.get(u, ())} - viste):
        generazioni.append(prima)
        viste.update(prima)
    return generazioni


def _note(
    righe: Iterable[RigaScheda], anno: int, unita: Collection[int], al: datetime | None
) -> Note:
    note = Rilevazione.objects.conosciute_al(al) if al else Rilevazione.objects.correnti()
    trovate = (
        note.filter(
            Q(unita__isnull=True) | Q(unita__in=unita),
            indicatore__in={riga.indicatore_id for riga in righe},
            anno=anno,
        )
        .select_related("indicatore")
        .order_by("indicatore", "frazione", "sede", "pk")
    )
    per_chiave: Note = defaultdict(list)
    for una in trovate:
        per_chiave[una.indicatore_id, una.unita_id].append(una)
    return per_chiave


def _risultati(
    indicatore: int, generazioni: Iterable[Iterable[int | None]], note: Note
) -> tuple[Risultato, ...]:
    """The results of a unit; of a period that it has none of, those of what it was before.

    Two units that became one have each its own figure of a period: nobody put them together, so
    that none of them is the figure of what they became.
    """
    scelte: dict[tuple[str, str], Rilevazione | None] = {}
    for generazione in generazioni:
        trovate: dict[tuple[str, str], list[Rilevazione]] = defaultdict(list)
        for unita in generazione:
            for una in note.get((indicatore, unita), ()):
                trovate[una.frazione, una.sede].append(una)
        for posto, sue in trovate.items():
            scelte.setdefault(posto, sue[0] if len(sue) == 1 else None)
    return tuple(risultato(scelte[posto]) for posto in sorted(scelte) if scelte[posto] is not None)


def _riferimenti(righe: Iterable[RigaScheda], anno: int) -> dict[int, ValoreRiferimento]:
    """The regional benchmark of each indicator."""
    trovati = ValoreRiferimento.objects.filter(
        indicatore__in={riga.indicatore_id for riga in righe},
        anno=anno,
        ambito=ValoreRiferimento.Ambito.REGIONALE,
    )
    return {uno.indicatore_id: uno for uno in trovati}
