# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lavoro agile of a photograph: its chapter, or those of a POLA's own document; its tables.

A figure that a photograph gives as ``None`` where people are counted is a silent one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .formati import ancora, data_italiana, numero_italiano

Dati = dict[str, Any]
Riga = Sequence[Any]
POLA = "pola"
CODICE, LIVELLO = 10, {1: 30, 2: 24, 3: 19, 4: 16, 5: 14}
LIVELLO_STRETTO = 12
CAMPI_PROGRAMMA = (
    "dimensione", "codice", "indicatore", "natura", "unita", "anno", "fase", "stampato", "tipo",
    "certezza", "nota", "riga_fonte",
)  # fmt: skip
CAMPI_CIFRE = (
    "giorno", "titolo", "autorizzati", "dipendenti", "sui_dipendenti", "potenziali",
    "sui_potenziali", "effettivi", "stampata", "dimostrativa", "riga_fonte",
)  # fmt: skip
TACE = "non mostrato"


def del_pola(foto: Dati) -> Dati | None:
    """What the document of a POLA says of itself; None in every other document."""
    return foto.get("lavoro_agile") if foto["piano"]["tipo"] == POLA else None


def col_programma(foto: Dati) -> bool:
    """Whether this is the document of a POLA that prints its programme as a table of phases: the
    same objectives are not printed again as those of any plan.
    """
    suo = del_pola(foto)
    return bool(suo and suo["programma"])


def in_altro_piano(foto: Dati) -> Dati:
    """The whole chapter, in the plan of which the POLA is a section."""
    tutto = foto.get("lavoro_agile")
    if not tutto or foto["piano"]["tipo"] == POLA:
        return {}
    parti = [{**una, "ancora": f"agile-parte-{posto}"} for posto, una in enumerate(tutto["parti"])]
    return {**cifre(tutto), **programma(tutto), "parti": parti}


def attuazione(foto: Dati) -> Dati:
    """The figures, beside the first part of a POLA."""
    suo = del_pola(foto)
    return cifre(suo) if suo else {}


def sviluppo(foto: Dati) -> Dati:
    """The phases and the programme, beside the fourth part of a POLA."""
    suo = del_pola(foto)
    return programma(suo) if suo and (suo["fasi"] or suo["programma"]) else {}


def cifre(tutto: Dati) -> Dati:
    """The figures with, beside each threshold of law, what was reached of it and when."""
    return {
        **{nome: tutto[nome] for nome in (
            "titolo", "anno_inizio", "anno_fine", "sottosezione", "mappature", "domande",
            "rilevazioni", "cella_minima",
        )},
        "soglie": [{**una, "raggiunte": _raggiunte(una, tutto)} for una in tutto["soglie"]],
    }  # fmt: skip


def _raggiunte(soglia: Dati, tutto: Dati) -> list[str]:
    detti = []
    for contata in tutto["rilevazioni"]:
        for confronto in contata["soglie"]:
            if confronto["codice"] == soglia["codice"] and confronto["dal"] == soglia["dal"]:
                giorno = data_italiana(contata["giorno"])
                detti.append(f"{giorno}: {_esito(confronto)}")
    return detti


def _esito(confronto: Dati) -> str:
    if not confronto["si_applica"]:
        return _("non si applica, il POLA è adottato")
    if confronto["raggiunta"] is None:
        return _("non si può dire")
    quota = f"{numero_italiano(confronto['raggiunta'], 2)}%"
    return _("%(quota)s, raggiunta") % {"quota": quota} if confronto["esito"] else (
        _("%(quota)s, non raggiunta") % {"quota": quota}
    )  # fmt: skip


def programma(tutto: Dati) -> Dati:
    """The phases and, if there are indicators, a table for each dimension."""
    suo = tutto["programma"] or {"colonne": [], "gruppi": []}
    return {
        "fasi": tutto["fasi"],
        "gruppi": [_tabella(gruppo, suo["colonne"]) for gruppo in suo["gruppi"]],
    }


def _tabella(gruppo: Dati, colonne: list[Dati]) -> Dati:
    """The table of a dimension: a column for each phase in which it prints some level."""
    usati = {livello["anno"] for uno in gruppo["indicatori"] for livello in uno["livelli"]}
    sue = [una for una in colonne if una["anno"] in usati] or colonne
    larga = LIVELLO.get(len(sue), LIVELLO_STRETTO)
    return {
        "nome": gruppo["nome"],
        "ancora": ancora("agile", gruppo["dimensione"]),
        "colonne": sue,
        "larghezze": (CODICE, 100 - CODICE - larga * len(sue), *[larga] * len(sue)),
        "righe": [(uno, _celle(uno, sue)) for uno in gruppo["indicatori"]],
        "note": _note(gruppo["indicatori"]),
    }


def _note(indicatori: list[Dati]) -> list[tuple[str, str]]:
    """Each text once, after the codes that it concerns."""
    codici: dict[str, list[str]] = {}
    for uno in indicatori:
        if uno["nota"]:
            codici.setdefault(uno["nota"], []).append(uno["codice"])
    return [(", ".join(chi), nota) for nota, chi in codici.items()]


def _celle(indicatore: Dati, colonne: list[Dati]) -> list[str]:
    livelli = {uno["anno"]: uno["stampato"] for uno in indicatore["livelli"]}
    return [livelli.get(colonna["anno"], "") for colonna in colonne]


def voci(dati: Dati) -> list[tuple[str, str]]:
    """The entries of the index under the chapter: anchor and title."""
    trovate = [(una["ancora"], una["titolo"]) for una in dati.get("parti", ())]
    if dati.get("rilevazioni") or dati.get("mappature") or dati.get("domande"):
        trovate.append(("agile-cifre", _("Le cifre del lavoro agile")))
    if dati.get("soglie"):
        trovate.append(("agile-soglie", _("Le soglie di legge")))
    if dati.get("fasi") or dati.get("gruppi"):
        trovate.append(("agile-programma", _("Fasi e programma di sviluppo")))
    return trovate


def righe_programma(tutto: Dati) -> Iterator[Riga]:
    """Each level of each indicator, for the open data."""
    suo = tutto["programma"] or {"colonne": [], "gruppi": []}
    fasi = {fase["anno"]: fase["nome"] for fase in tutto["fasi"]}
    for gruppo in suo["gruppi"]:
        for uno in gruppo["indicatori"]:
            prima = [gruppo["nome"], uno["codice"], uno["nome"], uno["natura"], uno["unita"]]
            for livello in uno["livelli"] or [{}]:
                lettura = livello.get("lettura") or {}
                yield [
                    *prima, livello.get("anno"), fasi.get(livello.get("anno"), ""),
                    livello.get("stampato"), lettura.get("tipo"), lettura.get("certezza"),
                    uno["nota"], uno["riga_fonte"],
                ]  # fmt: skip


def righe_cifre(tutto: Dati) -> Iterator[Riga]:
    """Each count of the authorised on its two denominators, for the open data."""
    for contata in tutto["rilevazioni"]:
        muta = {"autorizzati": TACE} if contata["autorizzati"] is None else {}
        yield [(contata | muta)[campo] for campo in CAMPI_CIFRE]
