# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff of an azienda by role and gender as a table, with small groups silent."""

from collections.abc import Hashable
from typing import Any

from lavoro_agile.calcolo.celle import tavola
from lavoro_agile.cifre.autorizzati import minimo
from piani.models import Azienda, PersonalePerGenere

F, M = "F", "M"


def per_genere(azienda: Azienda, anno: int, *, intera: bool = False) -> dict[str, Any] | None:
    """Rows, sums and whether anything is silent (None is silent); None when nobody was counted.

    :param intera: small groups too: only for the CUG and the risorse umane, never in a file.
    """
    righe = list(PersonalePerGenere.objects.filter(azienda=azienda, anno=anno))
    if not righe:
        return None
    conteggi: dict[tuple[Hashable, Hashable], int] = {}
    for riga in righe:
        conteggi[riga.pk, F], conteggi[riga.pk, M] = riga.femmine, riga.maschi
    quadro = tavola(conteggi, 0 if intera else minimo())

    def tre(chiave: int | None) -> dict[str, int | None]:
        return {
            "femmine": quadro.cella(chiave, F),
            "maschi": quadro.cella(chiave, M),
            "totale": quadro.cella(chiave, None),
        }

    return {
        "anno": anno,
        "righe": [
            {"ruolo": r.ruolo, "area": r.get_area_display(), **tre(r.pk)} for r in righe
        ],
        "somma": tre(None),
        "tace": quadro.tace,
        "dimostrativo": any(riga.dimostrativo for riga in righe),
    }  # fmt: skip
