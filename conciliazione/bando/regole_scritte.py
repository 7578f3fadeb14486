# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition to and from what people read and write: fields, and rows of a table."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from conciliazione.bando.regole import SEZIONI, Colonna, Regola, Specie, parola
from obiettivi.espressioni.numeri import Illeggibile, numero
from piani.stampa.formati import numero_italiano

SI, NO = "sì", "no"
Dati = dict[str, Any]


def in_parole(parametri: Mapping[str, Any]) -> list[tuple[Any, list[Dati]]]:
    """The sections with their rules as people read them."""
    distesi = distesa(parametri)
    return [
        (una, [_detta(regola, distesi[regola.nome]) for regola in una.regole]) for una in SEZIONI
    ]


def _detta(regola: Regola, valore: Any) -> Dati:
    if regola.tavola:
        righe = [[mostra(colonna, riga, legge=True) for colonna in regola.colonne]
                 for riga in valore]  # fmt: skip
        return {"regola": regola, "righe": righe}
    detti = [
        (colonna.titolo, mostra(colonna, valore, legge=True))
        for colonna in regola.colonne
        if colonna.nome != "fonte"
    ]
    if [colonna.nome for colonna in regola.colonne] == ["valore", "fonte"]:
        return {"regola": regola, "valore": detti[0][1], "fonte": valore.get("fonte", "")}
    return {"regola": regola, "campi": detti, "fonte": valore.get("fonte", "")}


def distesa(parametri: Mapping[str, Any]) -> Dati:
    """The rules with the interventions of the catalogue as a table of their own."""
    interventi = [
        {"categoria": una["codice"], **voce}
        for una in parametri["catalogo"]
        for voce in una["interventi"]
    ]
    return {**parametri, "interventi": interventi}


def raccolta(parti: Dati) -> Dati:
    """The opposite: the interventions back into their category.

    :raises ValidationError: in ``interventi``: one of a category that is not there.
    """
    if "interventi" not in parti:
        return parti
    altre = {nome: valore for nome, valore in parti.items() if nome != "interventi"}
    note = {una["codice"] for una in altre["catalogo"]}
    perse = [voce["codice"] for voce in parti["interventi"] if voce["categoria"] not in note]
    if perse:
        raise ValidationError(
            {"interventi": _("Questi interventi sono di una categoria che non c'è: %(quali)s.")
             % {"quali": ", ".join(perse)}}
        )  # fmt: skip
    altre["catalogo"] = [
        una | {"interventi": [
            {"codice": voce["codice"], "nome": voce["nome"]}
            for voce in parti["interventi"] if voce["categoria"] == una["codice"]
        ]}
        for una in altre["catalogo"]
    ]  # fmt: skip
    return altre


def mostra(colonna: Colonna, riga: Mapping[str, Any], *, legge: bool = False) -> str:
    """A value as it is shown (``legge``), or as the form and the table hold it."""
    valore = riga.get(colonna.nome)
    if valore is None or valore == "":
        return ""
    match colonna.specie:
        case Specie.NUMERO:
            return numero_italiano(valore)
        case Specie.SI_NO:
            return SI if valore else NO
        case Specie.ELENCO:
            return ", ".join(valore)
        case Specie.SCELTE:
            return ", ".join(parola(uno) if legge else uno for uno in valore)
        case Specie.SCELTA:
            return parola(valore) if legge else valore
        case Specie.GIORNO:
            return datetime.fromisoformat(valore).strftime("%d/%m/%Y")
        case _:
            return str(valore)


def leggi(colonna: Colonna, testo: str) -> Any:
    """What people wrote in a field, as plain data.

    :raises ValidationError: it is not what the field holds.
    """
    scritto = testo.strip()
    if not scritto and colonna.specie not in (Specie.ELENCO, Specie.SCELTE, Specie.SI_NO):
        if colonna.vuota:
            return "" if colonna.specie is Specie.TESTO else None
        raise ValidationError(_("%(campo)s: manca.") % {"campo": colonna.titolo})
    match colonna.specie:
        case Specie.NUMERO:
            return _numero(colonna, scritto)
        case Specie.INTERO:
            return _intero(colonna, scritto)
        case Specie.SI_NO:
            return _si_no(colonna, scritto)
        case Specie.ELENCO | Specie.SCELTE:
            return [_fra(colonna, uno.strip()) for uno in scritto.split(",") if uno.strip()]
        case Specie.SCELTA:
            return _fra(colonna, scritto)
        case Specie.GIORNO:
            return _giorno(colonna, scritto)
        case _:
            return scritto


def _numero(colonna: Colonna, scritto: str) -> str:
    try:
        return format(numero(scritto).valore, "f")
    except Illeggibile as errore:
        raise ValidationError(f"{colonna.titolo}: {errore}.") from errore


def _intero(colonna: Colonna, scritto: str) -> int:
    if not scritto.isdecimal():
        raise ValidationError(
            _("%(campo)s: «%(scritto)s» non è un numero intero.")
            % {"campo": colonna.titolo, "scritto": scritto}
        )
    return int(scritto)


def _si_no(colonna: Colonna, scritto: str) -> bool:
    detto = scritto.casefold().replace("'", "").replace("ì", "i")
    if detto not in ("", "no", "si"):
        raise ValidationError(_("%(campo)s: si scrive sì o no.") % {"campo": colonna.titolo})
    return detto == "si"


def _fra(colonna: Colonna, scritto: str) -> str:
    if colonna.fra is None:
        return scritto
    ammesse = [uno.value for uno in colonna.fra]
    if scritto not in ammesse:
        raise ValidationError(
            _("%(campo)s: «%(scritto)s» non c'è. Si scrive una di queste: %(ammesse)s.")
            % {"campo": colonna.titolo, "scritto": scritto, "ammesse": ", ".join(ammesse)}
        )
    return scritto


def _giorno(colonna: Colonna, scritto: str) -> str:
    for forma in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(scritto, forma).date().isoformat()  # noqa: DTZ007 -- a day
        except ValueError:
            continue
    raise ValidationError(
        _("%(campo)s: «%(scritto)s» non è un giorno (giorno/mese/anno).")
        % {"campo": colonna.titolo, "scritto": scritto}
    )


def scrivi_tavola(regola: Regola, righe: list[Dati]) -> str:
    """The rows of a table, one a line, as they are edited."""
    foglio = io.StringIO()
    scrivente = csv.writer(foglio, delimiter=";", lineterminator="\n")
    for riga in righe:
        scrivente.writerow([mostra(colonna, riga) for colonna in regola.colonne])
    return foglio.getvalue()


def leggi_tavola(regola: Regola, testo: str) -> list[Dati]:
    """The rows that people wrote.

    :raises ValidationError: every wrong line with its number.
    """
    trovate, errori = [], []
    for posto, celle in enumerate(csv.reader(io.StringIO(testo), delimiter=";"), 1):
        if not any(una.strip() for una in celle):
            continue
        if len(celle) > len(regola.colonne):
            errori.append(
                _("Riga %(n)s: ha %(ha)s colonne, ne servono al massimo %(max)s. Un testo con il "
                  "punto e virgola va fra virgolette.")
                % {"n": posto, "ha": len(celle), "max": len(regola.colonne)}
            )  # fmt: skip
            continue
        piene = [*celle, *[""] * (len(regola.colonne) - len(celle))]
        riga: Dati = {}
        for colonna, cella in zip(regola.colonne, piene, strict=True):
            try:
                riga[colonna.nome] = leggi(colonna, cella)
            except ValidationError as errore:
                errori.append(_("Riga %(n)s, %(che)s") % {"n": posto, "che": errore.messages[0]})
        trovate.append(riga)
    if errori:
        raise ValidationError(errori)
    return trovate
