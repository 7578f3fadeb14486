# SPDX-License-Identifier: AGPL-3.0-or-later
"""The document as data: canonical JSON and one CSV for each table.

JSON: sorted keys, Decimals as exact numbers, UTF-8. CSV: RFC 4180 with "\\n", comma, heading,
UTF-8 without BOM (for programs; a spreadsheet asks the encoding on import). Texts that a
spreadsheet would run as a formula get an apostrophe in front; figures and the dashes that mean
"not available" stay as printed.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

import simplejson

from . import agile, portale
from .formati import ancora
from .tabelle import cella_target, indicatori

Dati = dict[str, Any]
Riga = Sequence[Any]
PERICOLOSI = ("=", "+", "-", "@", "\t", "\r")
INNOCUO = re.compile(r"[-+]?\s*(€\s*)?\d[\d.,\s]*(%|€|[A-Za-z]{1,4}\.?)?|-+\.?|=")
PROSPETTIVE = ("partenza", "consuntivo")


def rende_json(foto: Dati) -> bytes:
    """The photograph as JSON: the same bytes whatever the order of its keys.

    Raises ``ValueError`` on NaN and infinities, which JSON cannot say.
    """
    _solo_finiti(foto)
    testo = simplejson.dumps(
        foto, use_decimal=True, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False
    )
    return f"{testo}\n".encode()


def _solo_finiti(dato: Any) -> None:
    if isinstance(dato, Decimal) and not dato.is_finite():
        raise ValueError(f"Nel documento c’è un numero non finito: {dato}")
    if isinstance(dato, float):
        raise ValueError(f"Nel documento c’è un numero non esatto: {dato}")
    figli = dato.values() if isinstance(dato, dict) else dato if isinstance(dato, list) else ()
    for figlio in figli:
        _solo_finiti(figlio)


def rende_csv(foto: Dati) -> dict[str, bytes]:
    """The tables of the photograph, by file name."""
    file = {
        "aree.csv": in_csv(("codice", "nome", "descrizione", "peso", "obiettivi"), _aree(foto)),
        "obiettivi.csv": in_csv(*_obiettivi(foto)),
        "target.csv": in_csv(CAMPI_TARGET, target(foto)),
        "risultati.csv": in_csv(CAMPI_RISULTATI, risultati(foto)),
        "raggiungimenti.csv": in_csv(CAMPI_RAGGIUNGIMENTI, raggiungimenti(foto)),
        "progetti.csv": in_csv(CAMPI_PROGETTI, _progetti(foto)),
        "quadrature.csv": in_csv(CAMPI_QUADRATURE, per_campi(foto["quadrature"], CAMPI_QUADRATURE)),
        "fasi.csv": in_csv(CAMPI_FASI, per_campi(foto["fasi"], CAMPI_FASI)),
    }
    if "piao" in foto:
        file["portale-piao.csv"] = in_csv(portale.CAMPI, portale.righe(foto))
    if "azioni_positive" in foto:
        file["azioni-positive.csv"] = in_csv(("area", *CAMPI_POSITIVE), _azioni_positive(foto))
    if "lavoro_agile" in foto:
        suo = foto["lavoro_agile"]
        file["lavoro-agile-programma.csv"] = in_csv(
            agile.CAMPI_PROGRAMMA, agile.righe_programma(suo)
        )
        file["lavoro-agile-cifre.csv"] = in_csv(agile.CAMPI_CIFRE, agile.righe_cifre(suo))
    for quadro in foto["quadri"]:
        file[f"quadri-{ancora(quadro['chiave'])}.csv"] = in_csv(*tabella_quadro(quadro))
    return file


CAMPI_TARGET = (
    "indicatore", "periodo", "stampato", "tipo", "comparatore", "valore", "valore_max", "unita",
    "periodo_letto", "sede", "quota", "data", "riferimento", "verso", "certezza", "motivo",
)  # fmt: skip
CAMPI_RISULTATI = (
    "indicatore", "periodo", "sede", "stato", "stampato", "valore", "numeratore", "denominatore",
    "avanzamento", "nota", "dimostrativo", "provvisorio", "data",
)  # fmt: skip
CAMPI_RAGGIUNGIMENTI = (
    "livello", "codice", "nome", "prospettiva", "periodo", "stato", "punteggio", "mostrato",
    "copertura", "motivo", "dimostrativo",
)  # fmt: skip
CAMPI_PROGETTI = (
    "codice",
    "linea_codice",
    "linea",
    "progetto",
    "anno",
    "stampato",
    "nota",
    "riga_fonte",
)
CAMPI_QUADRATURE = ("dove", "stampato", "calcolato", "differenza", "quadra", "nota", "riga_fonte")
CAMPI_POSITIVE = (
    "codice", "titolo", "descrizione", "destinatari", "responsabile", "anno_inizio", "anno_fine",
    "indicatore", "atteso",
)  # fmt: skip
CAMPI_FASI = ("ordine", "nome", "descrizione", "scadenza")


def innocua(valore: Any) -> str:
    """The text of a cell, made safe for spreadsheets (formula injection)."""
    if valore is None:
        return ""
    if isinstance(valore, bool):
        return "true" if valore else "false"
    if isinstance(valore, Decimal):
        return f"{valore:f}"
    testo = str(valore)
    if testo.startswith(PERICOLOSI) and not INNOCUO.fullmatch(testo):
        return f"'{testo}"
    return testo


def in_csv(intestazione: Riga, righe: Iterable[Riga]) -> bytes:
    """A table as CSV, its cells made safe for spreadsheets."""
    uscita = StringIO()
    scrittore = csv.writer(uscita, lineterminator="\n")
    scrittore.writerow([innocua(nome) for nome in intestazione])
    scrittore.writerows([innocua(valore) for valore in riga] for riga in righe)
    return uscita.getvalue().encode()


def per_campi(righe: Iterable[Dati], campi: Sequence[str]) -> Iterator[Riga]:
    """Those fields of each row; nothing where a row has none."""
    for riga in righe:
        yield [riga.get(campo) for campo in campi]


def _aree(foto: Dati) -> Iterator[Riga]:
    for area in foto["aree"]:
        quanti = len(area["obiettivi"])
        yield area["codice"], area["nome"], area["descrizione"], area["peso"], quanti


def _azioni_positive(foto: Dati) -> Iterator[Riga]:
    for area in foto["azioni_positive"]["aree"]:
        for riga in per_campi(area["azioni"], CAMPI_POSITIVE):
            yield [area["nome"], *riga]


def _obiettivi(foto: Dati) -> tuple[Riga, Iterator[Riga]]:
    """One row for each indicator, with a column for each period that has a target or a result."""
    tutti = [uno for _a, _o, uno in indicatori(foto)]
    piano = foto["piano"]
    anni = [str(anno) for anno in range(piano["anno_inizio"], piano["anno_fine"] + 1)]
    altri = {t["periodo"] for uno in tutti for t in uno["target"]} - set(anni)
    periodi = [*anni, *sorted(altri)]
    misurati = sorted({r["periodo"] for uno in tutti for r in uno["risultati"]})
    intestazione = (
        "area", "area_nome", "obiettivo_codice", "obiettivo", "indicatore_codice", "indicatore",
        "formula", "unita", "verso", "fonte", "base_anno", "base",
        *(f"target_{periodo}" for periodo in periodi),
        *(f"risultato_{periodo}" for periodo in misurati),
        *(f"{campo}_{p}" for p in PROSPETTIVE for campo in ("punteggio", "stato", "dimostrativo")),
        "riga_fonte", "nota",
    )  # fmt: skip
    return intestazione, (_riga_obiettivo(*terna, periodi, misurati) for terna in indicatori(foto))


def _riga_obiettivo(
    area: Dati, obiettivo: Dati, uno: Dati, periodi: list[str], misurati: list[str]
) -> Riga:
    base = uno["base"] or {}
    risultati = [
        "; ".join(r["stampato"] or r["stato"] for r in uno["risultati"] if r["periodo"] == periodo)
        for periodo in misurati
    ]
    punteggi: list[Any] = []
    for prospettiva in PROSPETTIVE:
        r = (uno["raggiungimento"] or {}).get(prospettiva) or {}
        punteggi += [r.get("punteggio"), r.get("stato"), r.get("dimostrativo")]
    return [
        area["codice"], area["nome"], obiettivo["codice"], obiettivo["nome"], uno["codice"],
        uno["nome"], uno["formula"], uno["unita"], uno["verso"], uno["fonte"], base.get("anno"),
        base.get("stampato"), *(cella_target(uno, periodo).stampato for periodo in periodi),
        *risultati, *punteggi, uno["riga_fonte"], uno["nota"],
    ]  # fmt: skip


def target(foto: Dati) -> Iterator[Riga]:
    """One row for each reading inside each printed target."""
    for _area, _obiettivo, uno in indicatori(foto):
        for target in uno["target"]:
            lettura = target["lettura"] or {}
            for una in lettura.get("letture") or [{}]:
                yield [
                    uno["codice"], target["periodo"], target["stampato"], lettura.get("tipo"),
                    una.get("comparatore"), una.get("valore"), una.get("valore_max"),
                    una.get("unita"), una.get("periodo"), una.get("sede"), una.get("quota"),
                    una.get("data"), una.get("riferimento"), lettura.get("verso"),
                    lettura.get("certezza"), lettura.get("motivo"),
                ]  # fmt: skip


def risultati(foto: Dati) -> Iterator[Riga]:
    """One row for each result of each indicator."""
    for _area, _obiettivo, uno in indicatori(foto):
        for risultato in uno["risultati"]:
            yield [uno["codice"], *(risultato.get(campo) for campo in CAMPI_RISULTATI[1:])]


def raggiungimenti(foto: Dati) -> Iterator[Riga]:
    """One row for each score, of the plan, of an area, of an objective, of an indicator."""
    for livello, nodo in _nodi(foto):
        for prospettiva in PROSPETTIVE:
            r = (nodo["raggiungimento"] or {}).get(prospettiva)
            if r:
                nome = nodo.get("nome") or nodo.get("titolo")
                codice = nodo.get("codice") or nodo.get("slug")
                misure = [r.get(campo) for campo in CAMPI_RAGGIUNGIMENTI[4:]]
                yield [livello, codice, nome, prospettiva, *misure]


def _nodi(foto: Dati) -> Iterator[tuple[str, Dati]]:
    yield "piano", foto["piano"]
    for area in foto["aree"]:
        yield "area", area
        for obiettivo in area["obiettivi"]:
            yield "obiettivo", obiettivo
            for uno in obiettivo["indicatori"]:
                yield "indicatore", uno


def _progetti(foto: Dati) -> Iterator[Riga]:
    for progetto in foto["progetti"]:
        for traguardo in progetto["traguardi"]:
            yield [
                *(progetto[campo] for campo in CAMPI_PROGETTI[:4]),
                traguardo["anno"], traguardo["stampato"], progetto["nota"], progetto["riga_fonte"],
            ]  # fmt: skip


def tabella_quadro(quadro: Dati) -> tuple[Riga, Iterator[Riga]]:
    """Printed cells first, then their values as numbers."""
    colonne = quadro["colonne"]
    valori = [f"{colonna} (valore)" for colonna in colonne]
    voce = quadro["intestazione_righe"] or "voce"
    return ("gruppo", voce, "totale", *colonne, *valori), (
        [
            riga["gruppo"], riga["etichetta"], riga["totale"],
            *(cella["stampato"] for cella in riga["celle"]),
            *(cella["valore"] for cella in riga["celle"]),
        ]
        for riga in quadro["righe"]
    )  # fmt: skip
