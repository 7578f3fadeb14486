# SPDX-License-Identifier: AGPL-3.0-or-later
"""The indicators of monitoring as a plan prints them, with what is to be said of each."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota
from conciliazione.models import EdizioneConciliazione, Riscontro
from conciliazione.monitoraggio.tavole import CHIAVE_STAMPATO
from piani.models import Utente
from piani.rules import esigi

PRIMO = 8_000
"""Their place among the printed figures: after those of the other parts."""


def carica(edizione: EdizioneConciliazione, cartella: Path, da: Utente | None = None) -> None:
    """Bring in monitoraggio.toml of a folder; if it is not there, it has nothing to say. Done
    again it changes nothing.

    The printed words stand beside the indicators of the edition, and never change them: a ratio
    printed with the same quantity above and below is computed as its rules say.

    :raises PermissionDenied: the author does not lead the network.
    :raises KeyError: an indicator lacks what it should say.
    """
    esigi(da, "conciliazione.modifica_edizione", edizione)
    file = cartella / "monitoraggio.toml"
    if not file.exists():
        return
    indicatori = tomllib.loads(file.read_text(encoding="utf-8"))["indicatori"]
    with transaction.atomic():
        for posto, uno in enumerate(indicatori):
            Riscontro.objects.update_or_create(
                edizione=edizione,
                chiave=f"{CHIAVE_STAMPATO}{uno['codice']}",
                defaults={
                    "ordine": PRIMO + posto,
                    "dove": _("Indicatore %(codice)s") % uno,
                    "stampato": uno["stampato"],
                    "nota": _nota(uno),
                    "riga_fonte": str(uno["riga"]),
                },
            )
        annota(
            "conc_monitoraggio.caricato",
            edizione,
            _("Caricati %(n)s indicatori stampati di %(edizione)s")
            % {"n": len(indicatori), "edizione": edizione},
            da=da,
        )


def _nota(uno: dict[str, Any]) -> str:
    """The remark of the transcription, and that the two printed terms are one, where they are."""
    sopra, sotto = uno.get("numeratore"), uno.get("denominatore")
    if sopra is None or sopra != sotto:
        return uno.get("nota", "")
    avviso = _("Qui si calcola quanto è reso sul totale promesso.")
    return f"{uno.get('nota', '')} {avviso}".strip()
