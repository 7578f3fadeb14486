# SPDX-License-Identifier: AGPL-3.0-or-later
"""The CUG's report as plain data: the photograph from which page, PDF, JSON and CSV come.

The shape is the published schema ``static/schemi/relazione-cug-1.schema.json``.
"""

from datetime import date
from typing import Any

from django.utils.html import linebreaks

from piani.azioni_positive.cifre import cifre
from piani.documenti import azienda_in_dati, frontespizio
from piani.models import RelazioneCUG

SCHEMA = "albero/relazione-cug/1"
Dati = dict[str, Any]


def fotografa(relazione: RelazioneCUG, *, versione: int, giorno: date) -> Dati:
    """What the report says on that day: its parts, the actions of the year, the staff with small
    groups silent.
    """
    piano = relazione.piano
    return frontespizio(SCHEMA, versione=versione, giorno=giorno) | {
        "azienda": azienda_in_dati(relazione.azienda),
        "piano": None
        if piano is None
        else {
            "slug": piano.slug,
            "titolo": piano.titolo,
            "anno_inizio": piano.anno_inizio,
            "anno_fine": piano.anno_fine,
        },
        "relazione": {
            "titolo": str(relazione),
            "anno": relazione.anno,
            "scade_il": relazione.scade_il.isoformat(),
            "motivo": relazione.motivo_correzione if versione > 1 else "",
        },
        "sezioni": [
            {
                "tipo": parte,
                "titolo": nome_di(parte),
                "testo": getattr(relazione, parte),
                "html": linebreaks(getattr(relazione, parte), autoescape=True)
                if getattr(relazione, parte)
                else "",
            }
            for parte in RelazioneCUG.PARTI
        ],
        **cifre(relazione),
    }


def nome_di(parte: str) -> str:
    """A part of the report as people call it."""
    nome = str(RelazioneCUG._meta.get_field(parte).verbose_name)  # type: ignore[union-attr]
    return nome[:1].upper() + nome[1:]
