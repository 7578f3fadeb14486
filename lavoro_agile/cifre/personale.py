# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff of an azienda by role and gender as a table, with small groups silent."""

from collections.abc import Hashable
from typing import Any

from lavoro_agile.calcolo.celle import Cella, tavola
from lavoro_agile.cifre.autorizzati import minimo
from piani.models import Azienda, PersonalePerGenere, VersioneRelazioneCUG

F, M = "F", "M"
Chi = tuple[str, str]
"""Area and role."""
COLONNE = {"femmine": F, "maschi": M, "totale": None}


def per_genere(azienda: Azienda, anno: int, *, intera: bool = False) -> dict[str, Any] | None:
    """Rows, sums and whether anything is silent (None is silent); None when nobody was counted.

    :param intera: small groups too: only for the CUG and the risorse umane, never in a file.
    """
    righe = list(PersonalePerGenere.objects.filter(azienda=azienda, anno=anno))
    if not righe:
        return None
    conteggi: dict[tuple[Hashable, Hashable], int] = {}
    for riga in righe:
        conteggi[_chi(riga), F], conteggi[_chi(riga), M] = riga.femmine, riga.maschi
    if intera:
        quadro = tavola(conteggi, 0)
    else:
        quadro = tavola(conteggi, minimo(), prima=_gia_trasmesse(azienda, anno))

    def tre(chiave: Chi | None) -> dict[str, int | None]:
        return {
            "femmine": quadro.cella(chiave, F),
            "maschi": quadro.cella(chiave, M),
            "totale": quadro.cella(chiave, None),
        }

    return {
        "anno": anno,
        "righe": [
            {"ruolo": r.ruolo, "area": r.get_area_display(), **tre(_chi(r))} for r in righe
        ],
        "somma": tre(None),
        "tace": quadro.tace,
        "dimostrativo": any(riga.dimostrativo for riga in righe),
    }  # fmt: skip


def _chi(riga: PersonalePerGenere) -> Chi:
    return str(riga.get_area_display()), riga.ruolo


def _gia_trasmesse(azienda: Azienda, anno: int) -> list[dict[Cella, int | None]]:
    """The tables of the same staff in the reports of the CUG that were sent: who received those
    may put them side by side with a table made after.
    """
    versioni = VersioneRelazioneCUG.objects.filter(
        relazione__azienda=azienda, relazione__anno=anno
    ).order_by("numero")
    fotografie = [versione.fotografia["personale"] for versione in versioni]
    return [_celle(foto) for foto in fotografie if foto]


def _celle(foto: dict[str, Any]) -> dict[Cella, int | None]:
    righe: list[tuple[Chi | None, dict[str, Any]]] = [
        ((riga["area"], riga["ruolo"]), riga) for riga in foto["righe"]
    ]
    return {
        (chi, colonna): riga[nome]
        for chi, riga in (*righe, (None, foto["somma"]))
        for nome, colonna in COLONNE.items()
    }
