# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff of an azienda by role and gender as a table, with small groups silent."""

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
    conteggi = {}
    for riga in righe:
        conteggi[_chi(riga), F], conteggi[_chi(riga), M] = riga.femmine, riga.maschi
    if intera:
        quadro = tavola(conteggi, 0)
    else:
        taciute, mostrate = _gia_trasmesse(azienda, anno)
        quadro = tavola(conteggi, minimo(), taciute=taciute, mostrate=mostrate)

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


def _gia_trasmesse(azienda: Azienda, anno: int) -> tuple[set[Cella], dict[Cella, int]]:
    """What was silent and what was shown of the same staff in the reports of the CUG that were
    sent: a table made after must not give away what those left out.
    """
    taciute: set[Cella] = set()
    mostrate: dict[Cella, int] = {}
    versioni = VersioneRelazioneCUG.objects.filter(
        relazione__azienda=azienda, relazione__anno=anno
    ).order_by("numero")
    for versione in versioni:
        letta = versione.fotografia["personale"] or {"righe": []}
        righe = [((riga["area"], riga["ruolo"]), riga) for riga in letta["righe"]]
        somma = [(None, letta["somma"])] if righe else []
        for chi, riga in (*righe, *somma):
            for nome, colonna in COLONNE.items():
                if riga[nome] is None:
                    taciute.add((chi, colonna))
                else:
                    mostrate[chi, colonna] = riga[nome]
    return taciute, mostrate
