# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the data say of the year of a report: the actions of the plan, the staff by gender."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from piani.azioni_positive.personale import tavola_di
from piani.azioni_positive.quadro import aree_di, quadro_anno
from piani.models import Piano, RelazioneCUG


def cifre(relazione: RelazioneCUG) -> dict[str, Any]:
    """The actions and the staff with small groups silent; once sent, as they were sent."""
    if relazione.stato == RelazioneCUG.Stato.TRASMESSA:
        return {"azioni": None, "personale": None} | relazione.fotografia
    return {
        "azioni": _azioni(relazione.piano, relazione.anno),
        "personale": tavola_di(relazione.azienda, relazione.anno),
    }


def _azioni(piano: Piano | None, anno: int) -> dict[str, Any] | None:
    if piano is None:
        return None
    quadro = quadro_anno(aree_di(piano), anno)
    quota = quadro.quota
    return {
        "piano": piano.titolo,
        "previste": quadro.dovute,
        "realizzate": quadro.realizzate,
        "quota": None if quota is None else quota.quantize(Decimal("0.01"), ROUND_HALF_UP),
        "voci": [
            {
                "area": gruppo.area.nome,
                "azione": voce.azione.titolo,
                "stato": voce.riga.get_stato_display() if voce.scritta else _("Senza monitoraggio"),
                "fatto": voce.riga.fatto,
            }
            for gruppo in quadro.gruppi
            for voce in gruppo.voci
        ],
    }
