# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chapters of the document: which ones, in which order, with what inside.

The order is that of the guideline (presentazione, azienda, mandato, albero, aree, obiettivi,
performance, ciclo); a chapter with nothing to say is left out. Prose sections of the photograph
open the chapter of their kind.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from . import agile
from .andamenti import andamenti
from .disegno_albero import Foglia, Ramo, albero
from .disegno_multiplo import multiplo
from .formati import ancora
from .linee import bersaglio
from .quadri import quadri
from .tabelle import da_confermare, indicatori, linee_di_progetti, riepilogo, tabelle_obiettivi

Dati = dict[str, Any]
MISSIONE_MASSIMA = 320  # letters that fit the first box of the tree


@dataclass(frozen=True)
class Voce:
    """An entry of the second level of the index."""

    ancora: str
    titolo: str


@dataclass(frozen=True)
class Capitolo:
    """A numbered chapter: prose first, then what its template draws from ``dati``."""

    numero: int | str
    chiave: str
    titolo: str
    sezioni: tuple[Dati, ...] = ()
    dati: Dati = field(default_factory=dict)
    voci: tuple[Voce, ...] = ()
    orizzontale: bool = False
    detto: str = ""

    @property
    def ancora(self) -> str:
        return f"capitolo-{self.numero}".replace(".", "-").lower()

    @property
    def livello(self) -> int:
        """1 for "2", 2 for "2.1", 3 for "2.1.1"."""
        return f"{self.numero}".count(".") + 1

    @property
    def prosa(self) -> list[tuple[str, str]]:
        """Title and HTML of each section; a title that repeats the chapter's is left out."""
        return [
            ("" if _si_ripete(una["titolo"], self.titolo) else una["titolo"], una["html"])
            for una in self.sezioni
        ]

    @property
    def modello(self) -> str:
        return f"stampa/_{self.chiave}.html" if self.dati else ""

    @property
    def classe(self) -> str:
        genere = "orizzontale" if self.orizzontale else "verticale"
        livello = f" livello-{self.livello}" if self.livello > 1 else ""
        return f"capitolo {genere} capitolo-{self.chiave}{livello}"


# (kind of the section, title when the section gives none, what it draws, landscape pages)
ORDINE: tuple[tuple[str, Any, str, bool], ...] = (
    ("presentazione", _("Presentazione"), "", False),
    ("chi_siamo", _("Chi siamo"), "", False),
    ("organigramma", _("Come siamo organizzati"), "organigramma", False),
    ("pola_attuazione", _("Livello di attuazione e di sviluppo"), "pola_attuazione", False),
    ("pola_modalita", _("Modalità attuative"), "", False),
    ("pola_soggetti", _("Soggetti, processi e strumenti"), "", False),
    ("pola_programma", _("Programma di sviluppo del lavoro agile"), "pola_programma", False),
    ("cifre", _("L’azienda in cifre"), "cifre", False),
    ("mandato", _("Mandato istituzionale"), "", False),
    ("missione", _("Missione"), "", False),
    ("analisi_contesto", _("Analisi del contesto"), "", False),
    ("albero", _("L’albero della performance"), "albero", False),
    ("aree", _("Aree strategiche"), "aree", True),
    ("obiettivi", _("Obiettivi, indicatori e target"), "obiettivi", True),
    ("andamenti", _("Gli indicatori nel tempo"), "andamenti", True),
    ("progetti", _("Progetti strategici"), "progetti", True),
    ("raggiungimento", _("Grado di raggiungimento"), "raggiungimento", True),
    ("performance_organizzativa", _("Performance organizzativa"), "", False),
    ("performance_individuale", _("Performance individuale"), "", False),
    ("lavoro_agile", _("Lavoro agile"), "lavoro_agile", False),
    ("azioni_positive", _("Azioni positive"), "azioni_positive", False),
    ("collegamenti", _("Collegamento con gli altri strumenti"), "", False),
    ("ciclo", _("Il ciclo della performance"), "ciclo", False),
    ("trasparenza", _("Trasparenza"), "", False),
    ("valore_pubblico", _("Valore pubblico"), "", False),
    ("fabbisogni", _("Piano triennale dei fabbisogni di personale"), "", False),
    ("formazione", _("Formazione del personale"), "", False),
    ("monitoraggio", _("Monitoraggio"), "", False),
)


DETTI_DAL_PROGRAMMA = ("albero", "aree", "obiettivi", "andamenti")
"""In the document of a POLA its programme says them, phase by phase."""


def capitoli(foto: Dati) -> list[Capitolo]:
    """The chapters of this photograph, numbered from 1."""
    grezzi = [*previsti(foto), *_altre_sezioni(foto), nota(foto)]
    return [Capitolo(numero, *grezzo) for numero, grezzo in enumerate(grezzi, start=1)]


def nota(foto: Dati) -> tuple[Any, ...]:
    """The last chapter: how what is printed was read."""
    return "nota", str(_("Nota metodologica")), (), _nota(foto), (), False


def previsti(foto: Dati) -> Iterator[tuple[Any, ...]]:
    """What a chapter is made of but its number, for each one with something to say."""
    gia_detti = DETTI_DAL_PROGRAMMA if agile.col_programma(foto) else ()
    for chiave, titolo, disegno, orizzontale in ORDINE:
        sezioni = tuple(s for s in foto["sezioni"] if s["tipo"] == chiave)
        disegna = disegno and disegno not in gia_detti
        dati, voci = COSTRUTTORI[disegno](foto) if disegna else ({}, ())
        if sezioni or dati:
            nome = str(titolo) if dati else _titolo(sezioni, titolo)
            yield chiave, nome, sezioni, dati, voci, orizzontale and bool(dati)


def _altre_sezioni(foto: Dati) -> Iterator[tuple[Any, ...]]:
    previste = {chiave for chiave, *_resto in ORDINE}
    for sezione in foto["sezioni"]:
        if sezione["tipo"] not in previste:
            yield ancora(sezione["tipo"]), sezione["titolo"], (sezione,), {}, (), False


def _si_ripete(titolo: str, altro: str) -> bool:
    """True when one title says what the other already says."""
    uno, due = (re.sub(r"\W+", " ", testo.casefold()).strip() for testo in (titolo, altro))
    return uno in due or due in uno


def _titolo(sezioni: tuple[Dati, ...], altrimenti: Any) -> str:
    return (sezioni[0]["titolo"] if sezioni else "") or str(altrimenti)


def _organigramma(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    organigramma = foto.get("organigramma")
    if not organigramma or not organigramma["unita"]:
        return {}, ()
    return {**organigramma, "radici": _rami_unita(organigramma["unita"])}, ()


def _rami_unita(unita: list[Dati]) -> list[Dati]:
    """Nest the flat list by ``padre``; a unit whose parent is not listed is a root."""
    nodi = {una["codice"]: {**una, "figlie": []} for una in unita}
    radici = []
    for una in unita:
        padre = nodi.get(una["padre"] or "")
        (padre["figlie"] if padre else radici).append(nodi[una["codice"]])
    return radici


def _cifre(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    tutti = quadri(foto)
    quadrature = foto["quadrature"]
    if not tutti and not quadrature:
        return {}, ()
    voci = [Voce(uno.ancora, uno.titolo) for uno in tutti]
    if quadrature:
        voci.append(Voce("quadrature", str(_("Quadrature dei dati della fonte"))))
    diverse = [una for una in quadrature if not una["quadra"]]
    return {"quadri": tutti, "verifiche": len(quadrature), "differenze": diverse}, tuple(voci)


def _albero(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    if not foto["aree"]:
        return {}, ()
    rami = [
        Ramo(
            area["codice"],
            area["nome"],
            tuple(
                Foglia(uno["codice"], uno["nome"], len(uno["indicatori"]))
                for uno in area["obiettivi"]
            ),
        )
        for area in foto["aree"]
    ]
    return {"aperture": albero("albero", _missione(foto), rami)}, ()


def _missione(foto: Dati) -> str:
    """The first sentence of the section on the mission; the name of the body without it."""
    for sezione in foto["sezioni"]:
        if sezione["tipo"] == "missione":
            testo = " ".join(unescape(strip_tags(sezione["html"])).split())
            prima = re.split(r"(?<=[.;:]) ", testo, maxsplit=1)[0]
            if prima and len(prima) <= MISSIONE_MASSIMA:
                return prima
    return f"{foto['azienda']['nome']}"


def _aree(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    righe = [
        {**area, "quanti": sum(len(o["indicatori"]) for o in area["obiettivi"])}
        for area in foto["aree"]
    ]
    pesi = any(area["peso"] is not None for area in foto["aree"])
    return ({"righe": righe, "pesi": pesi}, ()) if righe else ({}, ())


def _obiettivi(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    tabelle = tabelle_obiettivi(foto)
    voci = tuple(Voce(una.ancora, una.area["nome"]) for una in tabelle)
    return ({"tabelle": tabelle}, voci) if tabelle else ({}, ())


def _andamenti(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    aree = andamenti(foto)
    if not aree:
        return {}, ()
    gruppi = [
        {
            "ancora": una.ancora,
            "nome": una.area["nome"],
            "senza": una.senza,
            "disegni": [
                (uno, multiplo(f"{una.ancora}-{n}", uno)) for n, uno in enumerate(una.andamenti)
            ],
        }
        for una in aree
    ]
    dati = {
        "gruppi": gruppi,
        "quanti": sum(len(una.andamenti) for una in aree),
        "tutti": sum(1 for _uno in indicatori(foto)),
        "dimostrativo": any(a.dimostrativo for una in aree for a in una.andamenti),
    }
    return dati, tuple(Voce(una.ancora, una.area["nome"]) for una in aree)


def _progetti(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    linee = linee_di_progetti(foto)
    voci = tuple(Voce(una.ancora, una.nome) for una in linee)
    return ({"linee": linee}, voci) if linee else ({}, ())


def _raggiungimento(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    tutto = riepilogo(foto)
    if tutto is None:
        return {}, ()
    bersagli = [
        (una, bersaglio(f"bersaglio-{una.chiave}", una.titolo, una.fasce))
        for una in tutto.prospettive
    ]
    return {"riepilogo": tutto, "bersagli": bersagli}, ()


def _azioni_positive(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    tutto = foto.get("azioni_positive")
    if not tutto:
        return {}, ()
    aree = [{**una, "ancora": f"azioni-positive-{una['numero']}"} for una in tutto["aree"]]
    azioni = [azione for una in aree for azione in una["azioni"]]
    con_chi = any(azione["responsabile"] for azione in azioni)
    con_cosa = any(azione["indicatore"] or azione["atteso"] for azione in azioni)
    # A column that nobody filled in leaves its place to the action.
    larga = 34 + (0 if con_chi else 16) + (0 if con_cosa else 14)
    dati = {
        **tutto, "aree": aree, "quante": len(azioni), "con_chi": con_chi, "con_cosa": con_cosa,
        "larga": larga,
    }  # fmt: skip
    return dati, tuple(Voce(una["ancora"], una["nome"]) for una in aree)


def _lavoro_agile(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    return _con_voci(agile.in_altro_piano(foto))


def _pola_attuazione(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    return _con_voci(agile.attuazione(foto))


def _pola_programma(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    return _con_voci(agile.sviluppo(foto))


def _con_voci(dati: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    return dati, tuple(Voce(*una) for una in agile.voci(dati))


def _ciclo(foto: Dati) -> tuple[Dati, tuple[Voce, ...]]:
    return ({"fasi": foto["fasi"]}, ()) if foto["fasi"] else ({}, ())


def _nota(foto: Dati) -> Dati:
    """The readings to confirm: each distinct text once, with the indicators that print it."""
    dubbi: dict[tuple[str, str], list[str]] = {}
    for _area, _obiettivo, uno in indicatori(foto):
        for target in uno["target"]:
            motivo = da_confermare(target["lettura"])
            if motivo and target["stampato"]:
                codici = dubbi.setdefault((target["stampato"], motivo), [])
                if uno["codice"] not in codici:
                    codici.append(uno["codice"])
    righe = [(testo, motivo, ", ".join(codici)) for (testo, motivo), codici in dubbi.items()]
    return {"dubbi": righe, "con_punteggi": riepilogo(foto) is not None}


COSTRUTTORI: dict[str, Callable[[Dati], tuple[Dati, tuple[Voce, ...]]]] = {
    "organigramma": _organigramma,
    "cifre": _cifre,
    "albero": _albero,
    "aree": _aree,
    "obiettivi": _obiettivi,
    "andamenti": _andamenti,
    "progetti": _progetti,
    "raggiungimento": _raggiungimento,
    "pola_attuazione": _pola_attuazione,
    "pola_programma": _pola_programma,
    "lavoro_agile": _lavoro_agile,
    "azioni_positive": _azioni_positive,
    "ciclo": _ciclo,
}
