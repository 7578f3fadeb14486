# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of the photograph: a heading, then parts made of sentences and of a table each.

The published schema is ``static/schemi/documento-ente-1.schema.json``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from piani.documenti import azienda_in_dati, frontespizio
from piani.models import Azienda
from piani.stampa.formati import data_italiana, numero_italiano

SCHEMA = "albero/documento-ente/1"
Dati = dict[str, Any]
Cella = str | int | Decimal | None


class Tipo(StrEnum):
    """What the cells of a column are: how they are written, and what a sheet takes them for."""

    TESTO = "testo"
    NUMERO = "numero"
    EURO = "euro"
    PERCENTO = "percento"
    DATA = "data"
    LINK = "link"

    @property
    def cifra(self) -> bool:
        return self in (Tipo.NUMERO, Tipo.EURO, Tipo.PERCENTO)


@dataclass(frozen=True)
class Colonna:
    """A column: its name in the files for programs, its heading, its width in the PDF (%)."""

    chiave: str
    nome: str
    tipo: Tipo = Tipo.TESTO
    larghezza: int = 20


@dataclass(frozen=True)
class Tabella:
    """A table; ``vuoto`` says what an empty cell means, ``larga`` that the page lies down."""

    nome: str
    titolo: str
    colonne: Sequence[Colonna]
    righe: Sequence[Sequence[Cella]]
    vuoto: str = "—"
    larga: bool = False


@dataclass(frozen=True)
class Parte:
    """A heading with what is under it."""

    titolo: str
    paragrafi: Sequence[str] = ()
    elenco: Sequence[str] = ()
    tabella: Tabella | None = None


@dataclass(frozen=True)
class Testata:
    """What the document says of itself."""

    titolo: str
    norma: str
    anno: int
    serie: str
    data_atto: date | None = None
    motivo: str = ""
    dimostrativo: bool = False
    coppie: Sequence[tuple[str, str]] = field(default_factory=tuple)


def fotografia(
    azienda: Azienda, testata: Testata, parti: Iterable[Parte], *, versione: int, giorno: date
) -> Dati:
    """The whole document as plain data, figures as Decimal."""
    return frontespizio(SCHEMA, versione=versione, giorno=giorno) | {
        "azienda": azienda_in_dati(azienda),
        "documento": {
            "titolo": testata.titolo,
            "norma": testata.norma,
            "anno": testata.anno,
            "serie": testata.serie,
            "data_atto": testata.data_atto.isoformat() if testata.data_atto else "",
            "motivo": testata.motivo if versione > 1 else "",
            "dimostrativo": testata.dimostrativo,
            "coppie": [{"nome": nome, "valore": valore} for nome, valore in testata.coppie],
        },
        "parti": [_parte(una) for una in parti],
    }


def _parte(parte: Parte) -> Dati:
    tabella = parte.tabella
    return {
        "titolo": parte.titolo,
        "paragrafi": [str(uno) for uno in parte.paragrafi],
        "elenco": [str(uno) for uno in parte.elenco],
        "tabella": None
        if tabella is None
        else {
            "nome": tabella.nome,
            "titolo": str(tabella.titolo),
            "colonne": [asdict(una) | {"nome": str(una.nome)} for una in tabella.colonne],
            "righe": [list(riga) for riga in tabella.righe],
            "vuoto": tabella.vuoto,
            "larga": tabella.larga,
        },
    }


def tabelle(foto: Dati) -> list[Dati]:
    """The tables of a photograph, in order."""
    return [parte["tabella"] for parte in foto["parti"] if parte["tabella"] is not None]


def in_parole(valore: Cella, tipo: str, vuoto: str = "—") -> str:
    """A cell as people read it."""
    if valore is None or valore == "":
        return vuoto
    if tipo == Tipo.EURO:
        return f"{numero_italiano(Decimal(valore), 2)} €"
    if tipo == Tipo.PERCENTO:
        return f"{numero_italiano(Decimal(valore))} %"
    if tipo == Tipo.DATA:
        return data_italiana(str(valore))
    return numero_italiano(valore) if isinstance(valore, Decimal | int) else str(valore)


def per_pagina(foto: Dati) -> list[Dati]:
    """The parts as the page and the PDF show them: each cell in words."""
    return [parte | {"tabella": _mostrata(parte["tabella"])} for parte in foto["parti"]]


def _mostrata(tabella: Dati | None) -> Dati | None:
    if tabella is None:
        return None
    colonne = [
        una | {"cifra": Tipo(una["tipo"]).cifra, "link": una["tipo"] == Tipo.LINK}
        for una in tabella["colonne"]
    ]
    righe = [
        [
            {
                "colonna": colonna,
                "valore": valore,
                "testo": in_parole(valore, colonna["tipo"], tabella["vuoto"]),
            }
            for colonna, valore in zip(colonne, riga, strict=True)
        ]
        for riga in tabella["righe"]
    ]
    return tabella | {"colonne": colonne, "righe": righe}
