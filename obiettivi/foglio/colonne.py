# SPDX-License-Identifier: AGPL-3.0-or-later
"""The columns of the sheet: which are locked, which are filled in, how each is called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.rilevazione import AMMESSE
from obiettivi.models import Indicatore, Rilevazione

Formula = Indicatore.Formula


@dataclass(frozen=True)
class Colonna:
    """A column by the name of what it holds; ``larghezza`` in characters."""

    nome: str
    titolo: str | Promise
    larghezza: int
    nascosta: bool = False


CHIAVE = Colonna("chiave", _("Chiave"), 10, nascosta=True)
VERSIONE = Colonna("versione", _("Versione"), 10, nascosta=True)
DOVE = Colonna("dove", _("Area o centro di responsabilità"), 28)
STATO = Colonna("stato", _("Stato"), 16)
TESTO = Colonna("testo", _("Nota o motivo"), 34)
DI_CIFRE = (
    Colonna("valore", _("Risultato"), 14),
    Colonna("numeratore", _("Numeratore"), 14),
    Colonna("denominatore", _("Denominatore"), 14),
    Colonna("avanzamento", _("Avanzamento %"), 15),
    Colonna("data", _("Giorno"), 13),
)
LETTE = (
    DOVE,
    Colonna("obiettivo", _("Obiettivo"), 40),
    Colonna("codice", _("Codice indicatore"), 14),
    Colonna("indicatore", _("Indicatore"), 40),
    Colonna("sede", _("Sede"), 14),
    Colonna("unita", _("Unità di misura"), 12),
    Colonna("come", _("Come si misura"), 18),
    Colonna("atteso", _("Valore atteso"), 24),
    Colonna("prima", _("Ultimo risultato"), 22),
)
RIEMPITE = (STATO, *DI_CIFRE, TESTO)
COLONNE = (CHIAVE, VERSIONE, *LETTE, *RIEMPITE)

RENDICONTATE = (
    Colonna("azioni", _("Azioni svolte"), 40),
    Colonna("provvedimenti", _("Provvedimenti adottati"), 30),
    Colonna("criticita", _("Criticità"), 34),
    Colonna("raggiungibile", _("Raggiungibile al 31/12"), 14),
    Colonna("motivo", _("Se no, perché"), 30),
    Colonna("dichiarato", _("Percentuale dichiarata"), 13),
)
DEL_RESOCONTO = (*RENDICONTATE, Colonna("resoconto", _("Resoconto"), 10, nascosta=True))
"""What the CdR reports of a row in a quarter: the last columns, where there are reports."""

STATI = {stato: str(etichetta) for stato, etichetta in Rilevazione.Stato.choices}
SI, NO = "sì", "no"


def riempibili(indicatore: Indicatore) -> frozenset[str]:
    """The cells that a row may fill in: those that the kind of its indicator takes."""
    return frozenset({STATO.nome, TESTO.nome}).union(*AMMESSE[indicatore.tipo_formula])
