# SPDX-License-Identifier: AGPL-3.0-or-later
"""Results from a file: one row each, or one column for each period, year or unit."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.rilevazione import CIFRE
from obiettivi.importazioni.annullo import annulla
from obiettivi.importazioni.confronto import Confronto
from obiettivi.importazioni.scrittura import scrivi
from obiettivi.importazioni.unita import Unita
from obiettivi.models import Rilevazione
from piani.importazioni import celle
from piani.importazioni.celle import Cella
from piani.importazioni.genere import (
    Ambito,
    Campo,
    Contesto,
    Differenza,
    Genere,
    RigaLetta,
    Scritto,
)
from piani.importazioni.periodi import anno_nel_testo, periodo, periodo_nel_testo
from piani.models import Ruolo

Stato = Rilevazione.Stato
CIFRA = celle.numero(4)
_GIORNO = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d\d-\d\d")
NON_APPLICABILE = ("non applicabile", "non appl", "n appl", "escluso", "neutralizzato")


def valore(cella: Cella) -> Decimal | bool | date | None:
    """A number, yes and no, or the day of an indicator that is a date."""
    if isinstance(cella, bool):
        return cella
    if isinstance(cella, date) or (isinstance(cella, str) and _GIORNO.fullmatch(cella.strip())):
        return celle.giorno(cella)
    if isinstance(cella, str) and celle.normale(cella) in NON_APPLICABILE:
        return None
    if isinstance(cella, str) and celle.normale(cella) in ("si", "no"):
        return celle.si_no(cella)
    letto: Decimal | None = CIFRA(cella)
    return letto


class RilevazioniAmbito(Ambito):
    """How percentages are written, and whether the file says everything."""

    percentuali = forms.ChoiceField(
        label=_("Nel foglio le percentuali sono scritte"),
        choices=[("cento", _("come si leggono: 87 vuol dire 87%")),
                 ("frazione", _("come frazioni: 0,87 vuol dire 87%"))],
        initial="cento",
        help_text=_("Una cella che Excel mostra come 87% di solito contiene 0,87: vale per gli "
                    "indicatori misurati in %. L’anteprima fa vedere che cosa si è letto."),
    )  # fmt: skip
    completo = forms.BooleanField(
        label=_("Il file è completo: togliere i risultati degli stessi periodi che non ci sono"),
        required=False,
    )


class Rilevazioni(Genere):
    """Results of the indicators of the azienda, of the whole of it or of its CdR."""

    chiave = "rilevazioni"
    nome = _("Risultati degli indicatori")
    descrizione = _(
        "Una riga per risultato, oppure una colonna per ogni periodo, anno o CdR: i risultati che "
        "cambiano sostituiscono quelli di prima, e i punteggi seguono."
    )
    permesso = "obiettivi.rileva"
    ruoli = (Ruolo.CONTROLLO_GESTIONE, Ruolo.RILEVATORE)
    predefinito = "valore"
    nelle_intestazioni = ("unita",)
    ambito = RilevazioniAmbito
    ignora = (
        *celle.SINONIMI_TARGET, *celle.SINONIMI_PESO, "formula", "unità di misura", "um", "u.m.",
        "fonte", "responsabile", "verso", "obiettivo", "area", "valore di partenza", "storico",
        "valore storico", "baseline",
    )  # fmt: skip
    campi = (
        Campo("codice", _("Codice indicatore"), celle.SINONIMI_CODICE_INDICATORE,
              celle.testo(30), unito=True),
        Campo("nome", _("Indicatore"), celle.SINONIMI_NOME_INDICATORE, celle.testo(2000),
              unito=True),
        Campo("unita", _("Unità o CdR"), celle.SINONIMI_CDR, celle.testo(200), unito=True),
        Campo("anno", _("Anno"), celle.SINONIMI_ANNO, celle.anno, obbligatorio=True,
              costante=True, unito=True, nell_intestazione=anno_nel_testo),
        Campo("periodo", _("Periodo"), celle.SINONIMI_PERIODO, periodo, costante=True, unito=True,
              nell_intestazione=periodo_nel_testo),
        Campo("sede", _("Sede"), ("sede", "presidio", "stabilimento"), celle.testo(60),
              unito=True),
        Campo("valore", _("Risultato"), celle.SINONIMI_CONSUNTIVO, valore, sentinella=True),
        Campo("numeratore", _("Numeratore"), ("numeratore", "num", "n"), CIFRA, sentinella=True),
        Campo("denominatore", _("Denominatore"), ("denominatore", "den", "d"), CIFRA,
              sentinella=True),
        Campo("avanzamento", _("Avanzamento %"), celle.SINONIMI_AVANZAMENTO, CIFRA,
              sentinella=True),
        Campo("data", _("Giorno di raggiungimento"), celle.SINONIMI_GIORNO, celle.giorno,
              sentinella=True),
        Campo("stato", _("Stato"), ("stato", "stato del dato"),
              celle.scelta({Stato.NUMERO: ("rilevato", "numero"), Stato.MANCANTE: ("mancante",),
                            Stato.NON_APPLICABILE: NON_APPLICABILE})),
        Campo("testo", _("Nota"),
              ("nota", "note", "commento", "motivo", "osservazioni", "annotazioni"),
              celle.testo(2000, righe=True)),
    )  # fmt: skip
    esempio = (
        ("Codice indicatore", "CdR", "Anno", "Periodo", "Consuntivo", "Note"),
        ("IND-01", "", "2026", "1° trimestre", "87,5", ""),
        ("IND-01", "UOC Cardiologia", "2026", "1° trimestre", "91", "dato provvisorio"),
        ("IND-02", "", "2026", "anno", "n.d.", ""),
    )

    def mancano(self, campi: Collection[str]) -> list[str]:
        frasi = super().mancano(campi)
        if not {"codice", "nome"} & set(campi):
            frasi.append(str(_("Manca la colonna che dice l'indicatore: il codice o il nome.")))
        if not {*CIFRE, "stato"} & set(campi):
            frasi.append(str(_("Manca la colonna dei risultati.")))
        return frasi

    def nell_intestazione(self, contesto: Contesto, testo: str) -> dict[str, str]:
        unita = contesto.memoria.setdefault("unita", None) or Unita(contesto.azienda)
        contesto.memoria["unita"] = unita
        return {"unita": testo} if unita.conosce(testo) else {}

    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        return Confronto(contesto).confronta(righe)

    def scrivi(self, contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
        return scrivi(contesto, differenze)

    def annulla(self, contesto: Contesto) -> list[str]:
        return annulla(contesto)


GENERE: Any = Rilevazioni()
