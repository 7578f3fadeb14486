# SPDX-License-Identifier: AGPL-3.0-or-later
"""An invented photograph of a large plan: prose, tables with charts, objectives, scores.

It holds what the documents of a year hold, in their proportions, so that its pages cost what
theirs cost. The same size and seed make the same photograph. Bodies and figures are nobody's.
"""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from obiettivi.espressioni import leggi

from .bersagli import GENERI, Bersaglio, Genere, mazzo

Dati = dict[str, Any]
ANNI = (2024, 2025, 2026)
PER_PAGINA = 3
"""Indicators for each page of the document, all chapters counted; the source plans have one."""
FISSE = 28
"""Pages of the chapters that do not grow with a large plan (its charts are a choice)."""
PER_OBIETTIVO, PER_AREA = 5, 60
SCHEMA = "albero/documento/1"
TESTO = (
    "presa in carico della persona fragile fra ospedale e territorio, percorso condiviso con i "
    "medici di famiglia, appropriatezza delle prestazioni richieste, tempi certi di attesa per le "
    "visite e per i ricoveri programmati, integrazione fra i servizi sociali e quelli sanitari, "
    "formazione del personale, sicurezza delle cure, uso dei dati per decidere, trasparenza verso "
    "i cittadini, continuità dell’assistenza nelle ore notturne e nei giorni festivi"
)
PAROLE = TESTO.replace(",", "").split()
TEMI = ("Qualità delle cure", "Territorio", "Tempi di attesa", "Prevenzione", "Persone", "Digitale")


def fotografia_grande(pagine: int, seme: int = 7) -> Dati:
    """A plan whose document has at least that many pages, and few more."""
    caso = Random(seme)  # noqa: S311 -- figures for a bench, nothing to protect
    pagine = max(pagine, (pagine - FISSE) * 4 // 3)
    indicatori, carte = pagine * PER_PAGINA, _carte(caso)
    aree = [
        _area(n, [next(carte) for _ in range(quanti)], caso)
        for n, quanti in enumerate(_divisi(indicatori, PER_AREA), start=1)
    ]
    return {
        "schema": SCHEMA,
        "generatore": {"nome": "Albero", "versione": "0"},
        "versione": 1,
        "data": "2026-01-31",
        "lingua": "it",
        "licenza": "CC-BY-4.0",
        "azienda": {
            "codice": "asst-bench", "tipo": "ASST", "nome": "ASST Inventata per il Banco",
            "sede": "Via che non esiste, 1", "vertice": "Direttore Generale", "dipendenti": 3100,
        },
        "piano": _piano(),
        "sezioni": [
            {"tipo": tipo, "titolo": titolo, "html": _prosa(caso, max(pagine // 12, 4))}
            for tipo, titolo in (
                ("presentazione", "Presentazione"), ("analisi_contesto", "Analisi del contesto"),
                ("performance_organizzativa", "Performance organizzativa"),
                ("collegamenti", "Collegamento con gli altri strumenti"),
            )
        ],
        "aree": aree,
        "progetti": [],
        "quadri": [_quadro(n, caso) for n in range(1, max(pagine // 8, 2))],
        "quadrature": [],
        "fasi": [],
        "organigramma": None,
    }  # fmt: skip


def _carte(caso: Random) -> Iterator[Genere]:
    """Kinds of indicator without end, in their shares."""
    while True:
        yield from mazzo(caso)


def _divisi(quanti: int, per: int) -> list[int]:
    interi, resto = divmod(quanti, per)
    return [per] * interi + ([resto] if resto else [])


def _piano() -> Dati:
    return {
        "slug": "asst-bench-performance-2024-2026", "tipo": "performance",
        "tipo_etichetta": "Piano della performance", "titolo": "Piano della performance 2024-2026",
        "anno_inizio": ANNI[0], "anno_fine": ANNI[-1], "stato": "adottato",
        "stato_etichetta": "Adottato", "atto": None, "pareri": [], "validazione": None,
        "nota": "", "dimostrativo": True,
        "raggiungimento": {"partenza": None, "consuntivo": _punteggio(Decimal("81.37"))},
    }  # fmt: skip


def _area(numero: int, carte: list[Genere], caso: Random) -> Dati:
    gruppi = [carte[n : n + PER_OBIETTIVO] for n in range(0, len(carte), PER_OBIETTIVO)]
    return {
        "codice": f"A{numero}",
        "nome": f"{TEMI[numero % len(TEMI)]} {numero}",
        "descrizione": _frase(caso, 18),
        "peso": None,
        "nota": "",
        "riga_fonte": "",
        "raggiungimento": {"partenza": None, "consuntivo": _punteggio(_centesimi(caso))},
        "obiettivi": [
            _obiettivo(f"{numero}.{n}", gruppo, caso) for n, gruppo in enumerate(gruppi, start=1)
        ],
    }


def _obiettivo(codice: str, carte: list[Genere], caso: Random) -> Dati:
    return {
        "codice": f"O{codice}",
        "nome": _frase(caso, caso.randrange(8, 24)),
        "descrizione": "",
        "peso": None,
        "responsabile": "",
        "nota": "",
        "raggiungimento": {"partenza": None, "consuntivo": _punteggio(_centesimi(caso))},
        "indicatori": [
            indicatore(f"I{codice}.{n}", genere, caso) for n, genere in enumerate(carte, start=1)
        ],
    }


def indicatore(codice: str, genere: Genere, caso: Random) -> Dati:
    """An indicator of that kind with a target for each year."""
    target = [(anno, genere.stampa(caso)) for anno in ANNI]
    return {
        "codice": codice,
        "nome": _frase(caso, caso.randrange(6, 22)),
        "formula": _frase(caso, 9) if caso.random() < 0.4 else "",
        "unita": genere.unita,
        "verso": genere.verso,
        "fonte": "",
        "base": _base(target[0][1], caso),
        "target": [_target(anno, uno) for anno, uno in target],
        "risultati": [],
        "raggiungimento": {"partenza": None, "consuntivo": _punteggio(_centesimi(caso))},
        "nota": _frase(caso, 12) if caso.random() < 0.05 else "",
        "riga_fonte": "",
    }


def _target(anno: int, uno: Bersaglio) -> Dati:
    return {
        "periodo": str(anno), "stampato": uno.testo, "lettura": leggi(uno.testo).come_dati(),
    }  # fmt: skip


def _base(primo: Bersaglio, caso: Random) -> Dati:
    if caso.random() < 0.5 or not primo.mira:
        return {"stampato": "", "anno": None, "lettura": None}
    testo = f"{primo.mira * 9 // 100_000},5%"
    return {"stampato": testo, "anno": ANNI[0] - 1, "lettura": leggi(testo).come_dati()}


def _punteggio(valore: Decimal) -> Dati:
    return {
        "periodo": str(ANNI[0]), "stato": "calcolato", "punteggio": valore,
        "mostrato": f"{valore:.2f}".replace(".", ","), "copertura": Decimal(100), "motivo": "",
        "dimostrativo": True,
    }  # fmt: skip


def _centesimi(caso: Random) -> Decimal:
    return Decimal(caso.randrange(2000, 10_001)) / 100


def _frase(caso: Random, parole: int) -> str:
    scelte = [caso.choice(PAROLE) for _ in range(parole)]
    return " ".join(scelte).capitalize()


def _prosa(caso: Random, paragrafi: int) -> str:
    testo = "".join(f"<p>{_frase(caso, caso.randrange(50, 110))}.</p>" for _ in range(paragrafi))
    voci = "".join(f"<li>{_frase(caso, 14)};</li>" for _ in range(paragrafi))
    return f"{testo}<ul>{voci}</ul>"


def _quadro(numero: int, caso: Random) -> Dati:
    colonne = ["Presidio nord", "Presidio sud", "Presidio est"]
    righe = [
        {
            "gruppo": "", "etichetta": _frase(caso, 4), "totale": False,
            "celle": [_cella(caso.randrange(1, 2000)) for _ in colonne],
        }
        for _ in range(9)
    ]  # fmt: skip
    return {
        "chiave": f"tabella-{numero}", "etichetta": f"Tabella {numero}",
        "titolo": _frase(caso, 6), "unita": "prestazioni", "fonte": "Dati inventati",
        "data": "2025-12-31", "nota": "", "riga_fonte": "", "intestazione_righe": "Attività",
        "grafico": ("barre", "barre_impilate")[numero % 2], "grafico_colonne": colonne,
        "colonne": colonne, "righe": righe,
    }  # fmt: skip


def _cella(valore: int) -> Dati:
    return {"stampato": f"{valore:,}".replace(",", "."), "valore": Decimal(valore)}


def tabella_lunga(righe: int, unite: int, seme: int = 7) -> Dati:
    """A plan of one table: so many rows, a merged cell every ``unite``, no scores."""
    caso = Random(seme)  # noqa: S311 -- figures for a bench, nothing to protect
    soglia = next(genere for genere in GENERI if genere.nome == "soglia crescente, valore")
    vuoto = {"raggiungimento": {"partenza": None, "consuntivo": None}}
    obiettivi = []
    for primo in range(0, righe, unite):
        uno = _obiettivo(f"1.{primo // unite + 1}", [soglia] * min(unite, righe - primo), caso)
        uno["indicatori"] = [riga | vuoto | {"nota": ""} for riga in uno["indicatori"]]
        obiettivi.append(uno | vuoto)
    foto = fotografia_grande(1, seme) | {"quadri": [], "sezioni": []}
    foto["piano"] |= vuoto
    foto["aree"] = [_area(1, [], caso) | vuoto | {"obiettivi": obiettivi}]
    return foto
