# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition of the conciliation as its documents print it: all of it, or nothing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, salva
from conciliazione.models import EdizioneConciliazione
from conciliazione.predefinite import dati_predefiniti
from piani.importa import leggi_toml
from piani.models import Azienda, Utente
from piani.rules import esigi

FONTI = settings.BASE / "fixtures"
PARTI = (
    "edizione", "rete", "comitato", "bando", "riparto", "progetti", "monitoraggio", "impatto",
)  # fmt: skip
"""Modules of ``conciliazione.carica``, each after those that it rests on."""
Stato = EdizioneConciliazione.Stato


def carica_conciliazione(cartella: Path, *, da: Utente | None) -> EdizioneConciliazione | None:
    """Load an edition and all that its documents print; ``None`` if it is there already.

    :raises PermissionDenied: the author does not lead the network of that azienda.
    :raises ValidationError: the azienda is not there, or a file says what cannot be.
    """
    dati = leggi_toml(cartella / "edizione.toml")
    detta = dati["edizione"]
    azienda = Azienda.objects.filter(codice=detta["azienda"]).first()
    if azienda is None:
        raise ValidationError(
            _("Manca l'azienda «%(codice)s»: caricarla prima dell'edizione.")
            % {"codice": detta["azienda"]}
        )
    esigi(da, "conciliazione.modifica_edizione", azienda)
    slug = f"conciliazione-{detta['azienda']}-{detta['codice']}"
    if EdizioneConciliazione.objects.filter(slug=slug).exists():
        return None
    with transaction.atomic():
        edizione = salva(
            EdizioneConciliazione(
                azienda=azienda,
                slug=slug,
                nome=detta["titolo"],
                anno_inizio=detta["periodo_inizio"].year,
                anno_fine=detta["periodo_fine"].year,
                stato=Stato.IN_VIGORE,
                parametri=dati_predefiniti(detta["codice"]),
                dotazione=_dotazione(dati),
                **_atto(dati["dgr"]),
            )
        )
        for parte in PARTI:
            import_module(f"conciliazione.carica.{parte}").carica(edizione, cartella, da=da)
        # The years of the printed editions are over: they are there to be read.
        edizione.stato = Stato.CHIUSA
        salva(edizione, "stato")
        annota(
            "conc_edizione.caricata",
            edizione,
            _("Caricata «%(edizione)s» dai suoi documenti") % {"edizione": edizione},
            da=da,
        )
    return edizione


def _dotazione(dati: Mapping[str, Any]) -> Decimal | None:
    """What the Region gave for these years, where it is printed."""
    regole = [*dati.get("regole", ()), *dati.get("parametri", ())]
    return next((Decimal(r["valore"]) for r in regole if r["codice"] == "dotazione"), None)


def _atto(dgr: Mapping[str, Any]) -> dict[str, str | date | None]:
    """The act of the Region, with its day where it is printed and its year where it is not."""
    anno = "" if "data" in dgr else f"/{dgr['anno']}"
    return {"atto": f"DGR {dgr['numero']}{anno}", "atto_data": dgr.get("data")}
