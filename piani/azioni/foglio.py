# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft from a sheet: all of it or nothing, unit by unit by their code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.bozza import PERMESSO, blocca, non_usate
from piani.azioni.evento import registra
from piani.models import Organigramma, UnitaOrganizzativa, Utente
from piani.organigramma.foglio import RigaUnita
from piani.rules import esigi

SCRITTI = ("nome", "tipo", "cdr", "ordine")


@dataclass(frozen=True)
class Importate:
    """How many units the sheet added, changed and took away."""

    aggiunte: int
    cambiate: int
    tolte: int


def importa_foglio(
    bozza: Organigramma, righe: Sequence[RigaUnita], *, da: Utente | None
) -> Importate:
    """Make the draft like the sheet: units with a code it has are kept, with what they were before.

    ``righe`` are those of :func:`piani.organigramma.foglio.leggi`, already checked.

    :raises PermissionDenied: the person does not draw the chart of this azienda.
    :raises ValidationError: it is no draft, or something points at a unit the sheet does not have.
    """
    esigi(da, PERMESSO, bozza)
    with transaction.atomic():
        questa = blocca(bozza)
        ci_sono = {una.codice: una for una in questa.unita.all()}
        erano = _aspetti(ci_sono.values())
        vanno = [una.pk for codice, una in ci_sono.items() if codice not in _codici(righe)]
        non_usate(vanno)
        sono = _scrivi(questa, righe, ci_sono)
        questa.unita.filter(pk__in=vanno).delete()
        esito = Importate(
            aggiunte=len(sono.keys() - erano.keys()),
            cambiate=sum(sono[codice] != erano[codice] for codice in sono.keys() & erano.keys()),
            tolte=len(vanno),
        )
        registra(
            "organigramma.importato",
            questa,
            azienda=questa.azienda,
            da=da,
            descrizione=_("Importato un foglio nella bozza «%(bozza)s»") % {"bozza": questa},
            dati={"prima": erano, "dopo": sono},
        )
    return esito


def _codici(righe: Sequence[RigaUnita]) -> set[str]:
    return {riga.codice for riga in righe}


def _scrivi(
    bozza: Organigramma, righe: Sequence[RigaUnita], ci_sono: Mapping[str, UnitaOrganizzativa]
) -> dict[str, list[object]]:
    """Write the rows: first the units, then who stands under whom; gives how they look now."""
    in_ordine = sorted(righe, key=lambda riga: (riga.ordine is None, riga.ordine or 0))
    unita = {riga.codice: ci_sono.get(riga.codice) or UnitaOrganizzativa() for riga in righe}
    posti: dict[str, int] = {}
    for riga in in_ordine:
        posti[riga.superiore] = posti.get(riga.superiore, 0) + 1
        una = unita[riga.codice]
        una.organigramma, una.codice, una.nome = bozza, riga.codice, riga.nome
        una.tipo, una.cdr, una.ordine = riga.tipo, riga.cdr, posti[riga.superiore]
    nuove = [una for una in unita.values() if una.pk is None]
    UnitaOrganizzativa.objects.bulk_create(nuove)
    for riga in righe:
        unita[riga.codice].parent = unita[riga.superiore] if riga.superiore else None
    UnitaOrganizzativa.objects.bulk_update(unita.values(), [*SCRITTI, "parent"], batch_size=500)
    return _aspetti(unita.values())


def _aspetti(unita: Iterable[UnitaOrganizzativa]) -> dict[str, list[object]]:
    """What a sheet says of each unit, by code: the place is the one among its sisters."""
    posti: dict[int | None, int] = {}
    aspetti: dict[str, list[object]] = {}
    for una in sorted(unita, key=lambda una: (una.ordine, una.pk)):
        posti[una.parent_id] = posti.get(una.parent_id, 0) + 1
        aspetti[una.codice] = [una.nome, una.tipo, una.cdr, una.parent_id, posti[una.parent_id]]
    return aspetti
