# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Relazione sulla performance on paper: its chapters, in the order of the guidelines.

Results, context, organisational performance, individual evaluation, process, validation. The
prose that people wrote opens the chapter of its kind; a chapter with nothing to say is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .capitoli import Capitolo, Voce
from .formati import ancora
from .linee import bersaglio
from .tabelle import (
    Cella,
    Gruppo,
    Riepilogo,
    cella_target,
    gruppi_di,
    indicatori,
    riepilogo,
    testo_risultato,
)

Dati = dict[str, Any]
Costruito = tuple[Dati, tuple[Voce, ...]]
LARGHEZZE = (7, 27, 30, 12, 13, 11)  # code, objective, indicator, target, result, score
RAGGIUNTO = Decimal(100)

ORDINE: tuple[tuple[str, Any, str, bool], ...] = (
    ("presentazione", gettext_lazy("Presentazione"), "", False),
    ("sintesi", gettext_lazy("Sintesi dei risultati"), "sintesi", True),
    ("contesto", gettext_lazy("Il contesto dell’anno"), "", False),
    ("risultati", gettext_lazy("Risultati per area, obiettivo e indicatore"), "risultati", True),
    ("linee", gettext_lazy("Progetti strategici"), "linee", True),
    ("scostamenti", gettext_lazy("Scostamenti e azioni correttive"), "scostamenti", True),
    ("revisioni", gettext_lazy("Che cosa è cambiato nell’anno"), "revisioni", False),
    ("schede", gettext_lazy("Performance organizzativa delle strutture"), "schede", False),
    ("individuale", gettext_lazy("Valutazione individuale"), "individuale", False),
    ("risorse", gettext_lazy("Risorse, efficienza ed economicità"), "risorse", False),
    ("pari_opportunita", gettext_lazy("Pari opportunità"), "", False),
    ("processo", gettext_lazy("Il processo seguito"), "processo", False),
)


@dataclass(frozen=True)
class TabellaRisultati:
    """The objectives of an area with what was expected of each indicator and what was reached."""

    area: Dati
    ancora: str
    gruppi: tuple[Gruppo, ...]
    larghezze: tuple[int, ...] = LARGHEZZE


def capitoli_relazione(foto: Dati) -> list[Capitolo]:
    """The chapters of this photograph, numbered from 1."""
    grezzi = [uno for uno in (_capitolo(foto, *riga) for riga in ORDINE) if uno]
    if foto["validazione"]:
        titolo = _("Validazione dell’organismo di valutazione")
        grezzi.append(("validazione", titolo, (), foto["validazione"], (), False))
    grezzi.append(("nota_relazione", _("Nota metodologica"), (), {"nota": True}, (), False))
    return [Capitolo(numero, *grezzo) for numero, grezzo in enumerate(grezzi, start=1)]


def capitoli_validazione(foto: Dati) -> list[Capitolo]:
    """The only chapter of the Nucleo's paper."""
    titolo = _("Esame della Relazione e conclusione")
    return [Capitolo(1, "validazione", titolo, (), foto["validazione"])]


def _capitolo(
    foto: Dati, chiave: str, titolo: Any, disegno: str, orizzontale: bool
) -> tuple[Any, ...] | None:
    sezioni = tuple(s for s in foto["sezioni"] if s["tipo"] == chiave)
    dati, voci = COSTRUTTORI[disegno](foto) if disegno else ({}, ())
    if not sezioni and not dati:
        return None
    return chiave, str(titolo), sezioni, dati, voci, orizzontale and bool(dati)


def _sintesi(foto: Dati) -> Costruito:
    tutto = riepilogo(foto)
    if tutto is None:
        return {}, ()
    figura = [
        bersaglio(f"bersaglio-{una.chiave}", una.titolo, una.fasce) for una in tutto.prospettive
    ]
    return {"riepilogo": tutto, "figure": figura, "conti": conti(foto), "fasce": _fasce(tutto)}, ()


def _fasce(tutto: Riepilogo) -> list[tuple[str, int]]:
    return [fascia for una in tutto.prospettive for fascia in (*una.fasce, *una.altri)]


def conti(foto: Dati) -> dict[str, int]:
    """How many indicators of the areas reached their target, how many did not, how many have none.

    A score of 100 is the target reached.
    """
    esiti = [(uno["raggiungimento"] or {}).get("consuntivo") for _a, _o, uno in indicatori(foto)]
    punteggi = [e["punteggio"] for e in esiti if e and e["stato"] == "calcolato"]
    raggiunti = sum(punteggio >= RAGGIUNTO for punteggio in punteggi)
    esclusi = sum(1 for e in esiti if e and e["stato"] == "escluso")
    return {
        "tutti": len(esiti),
        "raggiunti": raggiunti,
        "non_raggiunti": len(punteggi) - raggiunti,
        "esclusi": esclusi,
        "senza_punteggio": len(esiti) - len(punteggi) - esclusi,
    }


def _risultati(foto: Dati) -> Costruito:
    anno = str(foto["relazione"]["anno"])
    tabelle = [_tabella(area, anno) for area in foto["aree"] if area["obiettivi"]]
    voci = tuple(Voce(una.ancora, una.area["nome"]) for una in tabelle)
    return ({"tabelle": tabelle, "anno": anno}, voci) if tabelle else ({}, ())


def _tabella(area: Dati, anno: str) -> TabellaRisultati:
    celle = {
        id(uno): (
            cella_target(uno, anno),
            Cella(testo_risultati(uno["risultati"])),
            Cella(_punteggio(uno)),
        )
        for obiettivo in area["obiettivi"]
        for uno in obiettivo["indicatori"]
    }
    gruppi = tuple(
        gruppo
        for obiettivo in area["obiettivi"]
        for gruppo in gruppi_di(obiettivo, celle, LARGHEZZE)
    )
    return TabellaRisultati(area, ancora("area", area["codice"]), gruppi)


def testo_risultati(risultati: Sequence[Dati]) -> str:
    """The results of the year; its parts only when the whole year has none."""
    interi = [r for r in risultati if not r["periodo"][4:]]
    return "; ".join(testo_risultato(r) for r in interi or risultati)


def _punteggio(nodo: Dati) -> str:
    """The score as it is shown, or why there is none."""
    esito = (nodo["raggiungimento"] or {}).get("consuntivo")
    if not esito:
        return _("non valutato")
    if esito["stato"] == "calcolato":
        return str(esito["mostrato"])
    return _("escluso") if esito["stato"] == "escluso" else _("non calcolabile")


def _linee(foto: Dati) -> Costruito:
    righe = [
        {
            **uno,
            "traguardo": "; ".join(t["stampato"] for t in uno["traguardi"]),
            "risultato": testo_risultati(uno["risultati"]),
            "punteggio": _punteggio(uno),
        }
        for uno in foto["progetti"]
    ]
    return ({"righe": righe}, ()) if righe else ({}, ())


def _scostamenti(foto: Dati) -> Costruito:
    righe = foto["scostamenti"]
    calcolati = sum(riga["punteggio"] is not None for riga in righe)
    senza = len(righe) - calcolati
    return {"righe": righe, "calcolati": calcolati, "senza": senza, "vuoto": not righe}, ()


def _revisioni(foto: Dati) -> Costruito:
    tutte = foto["revisioni"]
    return {**tutte, "nessuna": not any(tutte.values())}, ()


def _schede(foto: Dati) -> Costruito:
    reparti = foto["schede"]
    voci = tuple(
        Voce(ancora("reparto", n), uno["dipartimento"]) for n, uno in enumerate(reparti, start=1)
    )
    righe = [(ancora("reparto", n), uno) for n, uno in enumerate(reparti, start=1)]
    return ({"reparti": righe}, voci) if reparti else ({}, ())


def _individuale(foto: Dati) -> Costruito:
    tavole = [{**una, "larga": 60 // max(len(una["colonne"]), 1)} for una in foto["individuale"]]
    return ({"tavole": tavole}, ()) if tavole else ({}, ())


def _risorse(foto: Dati) -> Costruito:
    righe = foto["risorse"]
    parziali = any(riga["senza_budget"] or riga["senza_consuntivo"] for riga in righe)
    return ({"righe": righe, "parziali": parziali}, ()) if righe else ({}, ())


def _processo(foto: Dati) -> Costruito:
    momenti = [*foto["momenti"], *_della_relazione(foto)]
    return {"fasi": foto["fasi"], "momenti": momenti}, ()


def _della_relazione(foto: Dati) -> list[Dati]:
    """The last steps of the cycle: those of the Relazione itself."""
    relazione, detta = foto["relazione"], foto["validazione"]
    atto = relazione["atto"]
    passi = [
        (_("Approvazione della Relazione"), "", atto["data"] if atto else "", ""),
        (_("Validazione della Relazione"), "", detta["data"] if detta else "", ""),
    ]
    if relazione["stato"] == "pubblicata":
        pubblicata = (
            _("Pubblicazione della Relazione"),
            relazione["scadenza"],
            foto["data"],
            relazione["motivo_ritardo"],
        )
        passi.append(pubblicata)
    return [dict(zip(("nome", "entro", "quando", "nota"), passo, strict=True)) for passo in passi]


COSTRUTTORI: dict[str, Callable[[Dati], Costruito]] = {
    "sintesi": _sintesi,
    "risultati": _risultati,
    "linee": _linee,
    "scostamenti": _scostamenti,
    "revisioni": _revisioni,
    "schede": _schede,
    "individuale": _individuale,
    "risorse": _risorse,
    "processo": _processo,
}
