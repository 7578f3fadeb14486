# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition to and from plain JSON data, checked as a whole."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lavoro_agile.calcolo.controlli import problemi
from lavoro_agile.calcolo.edizione import (
    Area,
    CausaDiniego,
    Conservazione,
    Limite,
    Motivo,
    Parametri,
    ParametriNonValidi,
    Prevalenza,
    RegolaArea,
    RegolaPrevalenza,
    SiNo,
    Termini,
    TranchePrevista,
)
from obiettivi.calcolo.lettore import Lettore, semplice

SCHEMA = "albero/edizione-lavoro-agile/1"


def come_dati(regole: Parametri) -> dict[str, Any]:
    """Plain data, ready for ``json.dumps``; ``da_dati`` gives the same rules back."""
    return {"schema": SCHEMA} | semplice(regole)


def da_dati(dati: Mapping[str, Any]) -> Parametri:
    """Read and check the rules.

    :raises ParametriNonValidi: with every problem found, each naming its field.
    """
    lettore = Lettore(dati)
    if lettore.testo("schema", SCHEMA) != SCHEMA:
        lettore.problemi.append(f"schema: serve «{SCHEMA}».")
    regole = _leggi(lettore)
    lettore.resto()
    trovati = lettore.problemi or problemi(regole)
    if trovati:
        raise ParametriNonValidi(trovati)
    return regole


def _leggi(lettore: Lettore) -> Parametri:
    return Parametri(
        nome=lettore.testo("nome"),
        giorni_mese=lettore.oggetto("giorni_mese", _limite, Limite()),
        giorni_settimana=lettore.oggetto("giorni_settimana", _limite, Limite()),
        durata_mesi=lettore.oggetto("durata_mesi", _limite, Limite()),
        aree=lettore.lista("aree", _area),
        motivi=lettore.lista("motivi", _motivo),
        dinieghi=lettore.lista("dinieghi", _causa),
        tranche=lettore.lista("tranche", _tranche),
        prevalenza=lettore.oggetto("prevalenza", _prevalenza, RegolaPrevalenza()),
        seconda_istanza=lettore.oggetto("seconda_istanza", _si_no, SiNo()),
        termini=lettore.oggetto("termini", _termini, Termini()),
        conservazione=lettore.oggetto("conservazione", _conservazione, Conservazione()),
        cella_minima=lettore.intero("cella_minima", 5),
    )


def _limite(lettore: Lettore) -> Limite:
    return Limite(lettore.intero_o_nulla("valore"), lettore.testo("fonte"))


def _si_no(lettore: Lettore) -> SiNo:
    return SiNo(_booleano(lettore, "valore"), lettore.testo("fonte"))


def _area(lettore: Lettore) -> RegolaArea:
    return RegolaArea(
        area=lettore.scelta_dovuta("area", Area.COMPARTO),
        colloquio=_booleano(lettore, "colloquio"),
        quota=lettore.decimale_o_nulla("quota", None),
        fonte=lettore.testo("fonte"),
    )


def _motivo(lettore: Lettore) -> Motivo:
    return Motivo(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        sensibile=_booleano(lettore, "sensibile", altrimenti=True),
        priorita=lettore.intero("priorita", 0),
        fonte=lettore.testo("fonte"),
    )


def _causa(lettore: Lettore) -> CausaDiniego:
    return CausaDiniego(lettore.testo("codice"), lettore.testo("nome"), lettore.testo("fonte"))


def _tranche(lettore: Lettore) -> TranchePrevista:
    return TranchePrevista(
        entro=_giorno(lettore, "entro"),
        posti=lettore.intero("posti", 0),
        fonte=lettore.testo("fonte"),
    )


def _prevalenza(lettore: Lettore) -> RegolaPrevalenza:
    return RegolaPrevalenza(
        periodo=lettore.scelta("periodo", Prevalenza.MENSILE),
        mesi=lettore.intero("mesi", 1),
        fonte=lettore.testo("fonte"),
    )


def _termini(lettore: Lettore) -> Termini:
    return Termini(
        parere=lettore.intero_o_nulla("parere"),
        seconda_istanza=lettore.intero_o_nulla("seconda_istanza"),
        avviso_scadenza=lettore.intero("avviso_scadenza", 30),
        recesso=lettore.intero("recesso", 30),
        recesso_disabili=lettore.intero("recesso_disabili", 90),
        recesso_a_termine=_booleano(lettore, "recesso_a_termine"),
        fonte=lettore.testo("fonte"),
    )


def _conservazione(lettore: Lettore) -> Conservazione:
    return Conservazione(
        motivi=lettore.intero("motivi", 12),
        nomi=lettore.intero("nomi", 60),
        fonte=lettore.testo("fonte"),
    )


def _booleano(lettore: Lettore, campo: str, *, altrimenti: bool = False) -> bool:
    valore = lettore.dati.pop(campo, altrimenti)
    if not isinstance(valore, bool):
        lettore.problemi.append(f"{campo}: «{valore}» non va bene, serve vero o falso.")
        return altrimenti
    return valore


def _giorno(lettore: Lettore, campo: str) -> date:
    testo = lettore.testo(campo)
    try:
        return date.fromisoformat(testo)
    except ValueError:
        lettore.problemi.append(f"{campo}: «{testo}» non va bene, serve una data (aaaa-mm-gg).")
        return date.min
