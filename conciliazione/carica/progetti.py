# SPDX-License-Identifier: AGPL-3.0-or-later
"""The projects of a plan of the past, and with them its money, its actions, its figures.

Everything comes from the TOML files of the edition, each row with the line of its source; a file
that is not there has nothing to load. Run again on an edition already loaded, it changes nothing.
"""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota
from conciliazione.carica.azioni_di_piano import carica_azioni
from conciliazione.carica.cifre import carica_riscontri
from conciliazione.carica.documento import carica_documento
from conciliazione.carica.piano_finanziario import carica_piano_finanziario
from conciliazione.models import (
    AzioneProgetto,
    EdizioneConciliazione,
    Progetto,
    Proposta,
)
from piani.models import Utente

Dati = dict[str, Any]


def carica(edizione: EdizioneConciliazione, cartella: Path, da: Utente | None = None) -> None:
    """Load projects, system actions, financial plan, document and printed figures, or nothing.

    :raises ValidationError: a project names a proposal that the edition does not hold.
    """
    with transaction.atomic():
        file = {percorso.stem: leggi(percorso) for percorso in sorted(cartella.glob("*.toml"))}
        _carica_progetti(edizione, file)
        carica_azioni(edizione, file.get("azioni", {}))
        carica_piano_finanziario(edizione, file.get("finanziario", {}))
        carica_riscontri(edizione, file)
        carica_documento(edizione, file, da=da)
        annota(
            "conc_progetti.caricati",
            edizione,
            _("Caricati progetti, azioni, piano finanziario e cifre di «%(e)s»") % {"e": edizione},
            da=da,
            dati={"progetti": edizione.progetti.count(), "cifre": edizione.riscontri.count()},
        )


def leggi(percorso: Path) -> Dati:
    return tomllib.loads(percorso.read_text(encoding="utf-8"))


def _carica_progetti(edizione: EdizioneConciliazione, file: Mapping[str, Dati]) -> None:
    schede: Sequence[Dati] = file.get("progetti", {}).get("progetti", [])
    tabella = file.get("finanziario", {}).get("tabella_4_1", [])
    assegnati = {riga["progetto"]: riga for riga in tabella}
    if edizione.progetti.exists():
        return
    proposte = {
        una.numero: una
        for una in Proposta.objects.filter(manifestazione__edizione=edizione).select_related(
            "capofila"
        )
    }
    for scheda in schede:
        riga = assegnati.get(scheda["codice"])
        if riga is not None:
            _progetto(edizione, scheda, riga, proposte)


def _progetto(
    edizione: EdizioneConciliazione,
    scheda: Dati,
    riga: Dati,
    proposte: Mapping[int | None, Proposta],
) -> None:
    """A project at the cost and with the contribution of the table of the financial plan."""
    proposta = next((proposte[n] for n in scheda["proposte"] if n in proposte), None)
    if proposta is None:
        raise ValidationError(
            _("Il progetto «%(titolo)s» viene dalla proposta %(numero)s, che non c'è: prima si "
              "caricano le proposte.")
            % {"titolo": scheda["titolo"], "numero": scheda["proposte"][0]}
        )  # fmt: skip
    progetto = Progetto.objects.create(
        edizione=edizione,
        proposta=proposta,
        capofila=proposta.capofila,
        numero=scheda["ordine"],
        titolo=scheda["titolo"],
        costo=Decimal(riga["costo"]["valore"]),
        contributo=Decimal(riga["assegnato"]["valore"]),
        riga_fonte=str(riga["riga"]),
    )
    AzioneProgetto.objects.bulk_create(
        AzioneProgetto(
            progetto=progetto,
            ordine=ordine,
            titolo=f"{azione['codice']}. {azione['nome']}"[:200],
            descrizione=azione.get("nota", ""),
            persone=_persone(azione),
        )
        for ordine, azione in enumerate(scheda.get("azioni", []), start=1)
    )


def _persone(azione: Dati) -> int | None:
    """The people that the source foresees, where it prints them."""
    return int(azione["beneficiari"]["valore"]) if "beneficiari" in azione else None
