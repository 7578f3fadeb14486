# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition for who writes them: the rules to begin from, or to keep beside, their
values in words, the mark of how they were when they were read.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lavoro_agile.calcolo.edizione_dati import come_dati
from lavoro_agile.models import EdizioneLavoroAgile
from lavoro_agile.models.accordo import Prevalenza
from lavoro_agile.predefinite import NOMI, predefinita
from piani.stampa.formati import numero_italiano

Dati = dict[str, Any]
PRONTA, SALVATA = "p:", "e:"
PRIMO, ULTIMO = 2015, 2100
"""Between which years an edition may be."""


def scelte(edizioni: Iterable[EdizioneLavoroAgile]) -> list[Any]:
    """The rules to begin from: those of the azienda, the last first, then those ready."""
    salvate = [(f"{SALVATA}{una.slug}", f"{una.nome} ({una.anno_inizio}–{una.anno_fine})")
               for una in edizioni]  # fmt: skip
    pronte = [(f"{PRONTA}{nome}", predefinita(nome).nome) for nome in NOMI]
    gruppi = [(_("Dell'azienda"), salvate), (_("Pronte"), pronte)]
    return [gruppo for gruppo in gruppi if gruppo[1]]


def prima_scelta(edizioni: Iterable[EdizioneLavoroAgile]) -> str:
    """The edition before, if there is one; else the rules to fill in."""
    ultima = next(iter(edizioni), None)
    return f"{SALVATA}{ultima.slug}" if ultima else f"{PRONTA}{NOMI[-1]}"


def regole_scelte(scelta: str, edizioni: Iterable[EdizioneLavoroAgile]) -> Dati:
    """The rules of a choice as plain data, whole: what an old row does not say has its default."""
    if scelta.startswith(PRONTA):
        return come_dati(predefinita(scelta.removeprefix(PRONTA)))
    slug = scelta.removeprefix(SALVATA)
    return come_dati(next(una for una in edizioni if una.slug == slug).regole)


def impronta(regole: Dati) -> str:
    """The mark of some rules: who writes over newer ones is told so."""
    testo = json.dumps(regole, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(testo.encode()).hexdigest()


def mostra(valore: Any) -> str:
    """A value of the plain data as people read it."""
    if isinstance(valore, bool):
        return _("sì") if valore else _("no")
    if valore is None or valore == "":
        return "–"
    if isinstance(valore, str):
        return _detto(valore)
    return str(valore)


def _detto(testo: str) -> str:
    if testo in Prevalenza.values:
        return str(Prevalenza(testo).label)
    try:
        return f"{date.fromisoformat(testo):%d/%m/%Y}"
    except ValueError:
        return numero_italiano(Decimal(testo)) if testo.replace(".", "", 1).isdecimal() else testo
