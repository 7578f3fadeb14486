# SPDX-License-Identifier: AGPL-3.0-or-later
"""The network and the territory of a printed plan: what it says, and the same as we count it."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota
from conciliazione.carica import tempi
from conciliazione.carica.riscontri import Quadrature
from conciliazione.forms.adesione import DI_ALLEGATO_1
from conciliazione.models import ComposizioneRete, EdizioneConciliazione, RigaComposizione, TipoEnte
from conciliazione.rete.quando import a_mezzogiorno
from piani.models import Utente
from piani.rules import esigi

TIPI = {
    "ente_pubblico": TipoEnte.PUBBLICO,
    "ambito": TipoEnte.AMBITO,
    "associazione_datoriale": TipoEnte.DATORIALE,
    "non_profit": TipoEnte.NON_PROFIT,
    "impresa": TipoEnte.PROFIT,
    "sindacato": TipoEnte.SINDACATO,
}


def carica(edizione: EdizioneConciliazione, cartella: Path, da: Utente | None = None) -> None:
    """Bring in rete.toml, adesione.toml, ambiti.toml, tempi.toml of a folder; those that are not
    there have nothing to say. Done again it changes nothing; it is done whole or not at all.

    :raises PermissionDenied: the author does not lead the network.
    :raises KeyError: a file lacks what it should say.
    """
    esigi(da, "conciliazione.gestisce_rete", edizione)
    quadrature = Quadrature(edizione, leggi(cartella, "quadrature"))
    with transaction.atomic():
        _composizione(edizione, leggi(cartella, "rete"), quadrature)
        _modulo(leggi(cartella, "adesione"), quadrature)
        tempi.carica_ambiti(edizione, leggi(cartella, "ambiti"), quadrature)
        tempi.carica_tempi(edizione, leggi(cartella, "tempi"), quadrature)
        annota(
            "conc_rete.caricata", edizione,
            _("Caricati la Rete e il territorio di %(edizione)s") % {"edizione": edizione}, da=da,
        )  # fmt: skip


def leggi(cartella: Path, nome: str) -> dict[str, Any]:
    """A file of the folder; nothing if it is not there."""
    file = cartella / f"{nome}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _composizione(
    edizione: EdizioneConciliazione, dati: dict[str, Any], quadrature: Quadrature
) -> None:
    """The bodies by kind, as printed: the source does not list them, so none is counted."""
    stampata = dati.get("composizione")
    if stampata is None:
        return
    al: date = stampata["al"]
    riga, _nata = ComposizioneRete.objects.update_or_create(
        edizione=edizione, anno=al.year, semestre=1 if al.month <= 6 else 2,
        defaults={
            "al": al, "stato": ComposizioneRete.Stato.APPROVATA,
            "approvata_il": a_mezzogiorno(al), "riga_fonte": stampata["righe"],
            "totale_stampato": int(stampata["totale"]["numero"]["valore"]),
        },
    )  # fmt: skip
    numeri = {TIPI[uno["tipo"]]: int(uno["numero"]["valore"]) for uno in stampata["tipi"]}
    for tipo in TipoEnte:
        RigaComposizione.objects.update_or_create(
            composizione=riga, tipo=tipo, defaults={"stampato": numeri[tipo]}
        )
    somma = Decimal(sum(numeri.values()))
    quadrature.scrivi("composizione-rete", somma)
    quadrature.scrivi("aderenti-area-riservata", somma)
    for una in dati.get("consistenze", ()):
        if una["codice"] == "costituzione":
            quadrature.aggiungi(
                "rete-costituzione", dove=una["nome"], stampato=una["numero"]["stampato"],
                valore=Decimal(una["numero"]["valore"]), calcolato=None, unita=_("enti"),
                riga=una["riga"], nota=_("La fonte non dice quali e quanti di ogni tipologia."),
            )  # fmt: skip


def _modulo(dati: dict[str, Any], quadrature: Quadrature) -> None:
    """The printed module beside ours: how many of its fields are asked here."""
    campi = dati.get("campi", ())
    if not campi:
        return
    chiesti = sum(1 for campo in campi if campo["codice"] in DI_ALLEGATO_1)
    quadrature.aggiungi(
        "modulo-campi", dove=_("Allegato 1: campi del modulo di adesione"),
        stampato=str(len(campi)), valore=Decimal(len(campi)), calcolato=Decimal(chiesti),
        unita=_("campi"), riga=dati["modulo"]["righe"],
        nota=_("La firma è la conferma dalla posta dell'ente; tipologia e dimensione si chiedono "
               "in più, per la composizione."),
    )  # fmt: skip
