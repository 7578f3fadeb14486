# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kinds of document: what each one has on its cover, in its chapters, in its tables.

The kind is said by the photograph itself (``schema``), so that what was frozen years ago is still
printed as what it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from . import dati
from .capitoli import Capitolo
from .dati_relazione import csv_relazione, csv_validazione
from .disegno_copertina import chioma
from .indice import sta_meglio_fitto
from .piao import capitoli_del_piano as del_piano
from .relazione import capitoli_relazione, capitoli_validazione

Dati = dict[str, Any]
TAGLIE = ((110, "lunghissimo"), (48, "lungo"))
"""Letters over which the title of a cover takes a smaller size."""
ANNI_IN_FONDO = re.compile(r"[\s,–-]*\b(20\d\d(?:\s*[-–/]\s*20\d\d)?)\s*$")


@dataclass(frozen=True)
class Genere:
    """A kind of document, as functions of its photograph."""

    copertina: str
    capitoli: Callable[[Dati], list[Capitolo]]
    tabelle: Callable[[Dati], dict[str, bytes]]
    titolo: Callable[[Dati], str]
    descrizione: Callable[[Dati], str]


def _descrizione_del_piano(foto: Dati) -> str:
    piano = foto["piano"]
    return f"{piano['tipo_etichetta']} {piano['anno_inizio']}-{piano['anno_fine']}"


GENERI: dict[str, Genere] = {
    "albero/documento/1": Genere(
        "stampa/_copertina.html",
        del_piano,
        dati.rende_csv,
        lambda foto: str(foto["piano"]["titolo"]),
        _descrizione_del_piano,
    ),
    "albero/relazione/1": Genere(
        "stampa/_copertina_relazione.html",
        capitoli_relazione,
        csv_relazione,
        lambda foto: str(foto["relazione"]["titolo"]),
        lambda foto: str(foto["piano"]["titolo"]),
    ),
    "albero/validazione/1": Genere(
        "stampa/_copertina_validazione.html",
        capitoli_validazione,
        csv_validazione,
        lambda foto: (
            _("Validazione della %(relazione)s") % {"relazione": foto["relazione"]["titolo"]}
        ),
        lambda foto: str(foto["piano"]["titolo"]),
    ),
}


def genere_di(foto: Dati) -> Genere:
    """The kind of a photograph: one of the house, or of a higher floor (``ALBERO_GENERI``).

    ``KeyError`` if this version of the program does not know it.
    """
    schema = foto["schema"]
    if schema in GENERI:
        return GENERI[schema]
    trovato: Genere = import_string(settings.ALBERO_GENERI[schema])
    return trovato


def contesto_di(foto: Dati) -> Dati:
    """A photograph as the templates want it: the same for the PDF, its page and the site."""
    genere = genere_di(foto)
    titolo = genere.titolo(foto)
    prima, anni = senza_anni(titolo)
    capitoli = genere.capitoli(foto)
    return {
        "foto": foto,
        "azienda": foto["azienda"],
        "piano": foto["piano"],
        "copertina": genere.copertina,
        "titolo": titolo,
        "titolo_senza_anni": prima,
        "anni_del_titolo": anni,
        "taglia": next((nome for oltre, nome in TAGLIE if len(prima) > oltre), ""),
        "disegno": chioma("copertina", [len(area["obiettivi"]) for area in foto.get("aree") or ()]),
        "descrizione": genere.descrizione(foto),
        "capitoli": capitoli,
        "indice_fitto": sta_meglio_fitto(capitoli),
    }


def senza_anni(titolo: str) -> tuple[str, str]:
    """A title and the years at its end, which the cover writes large: ``""`` if there are none."""
    trovati = ANNI_IN_FONDO.search(titolo)
    if trovati is None or not trovati.start():
        return titolo, ""
    return titolo[: trovati.start()], trovati[1]


def rende_csv(foto: Dati) -> dict[str, bytes]:
    """The tables of the photograph, by file name."""
    return genere_di(foto).tabelle(foto)
