# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list as ods. odfdo makes the file around; it would keep every row in memory, so the rows go by
lxml, one at a time."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from odfdo import Document

from piani.esporta.foglio import Cella, Foglio
from piani.esporta.testi import in_cifre, italiana
from piani.esporta.xlsx import CIFRE_ESATTE, RIGHE_MASSIME, a_gruppi, nome_di_pagina

CONTENUTO = "content.xml"
SPAZI = {
    nome: f"urn:oasis:names:tc:opendocument:xmlns:{resto}:1.0"
    for nome, resto in {
        "office": "office", "style": "style", "text": "text", "table": "table",
        "fo": "xsl-fo-compatible", "number": "datastyle",
    }.items()
}  # fmt: skip
GIORNO = ("day", "/", "month", "/", "year")
MOMENTO = (*GIORNO, " ", "hours", ":", "minutes", ":", "seconds")
FORME = {"data": GIORNO, "momento": MOMENTO}


@cache
def _q(nome: str) -> str:
    prefisso, _due_punti, locale = nome.partition(":")
    return f"{{{SPAZI[prefisso]}}}{locale}"


def _con(*coppie: str) -> dict[str, str]:
    """Attributes, from names and values one after the other."""
    return {_q(nome): valore for nome, valore in zip(coppie[::2], coppie[1::2], strict=True)}


def scrivi(foglio: Foglio, righe: Iterable[list[Cella]], uscita: IO[bytes]) -> None:
    """Write the file; what does not fit in a sheet goes on in another."""
    vuoto = BytesIO()
    documento = Document("spreadsheet")
    documento.meta.title = str(foglio.titolo)
    documento.save(vuoto)
    with ZipFile(vuoto) as prima, ZipFile(uscita, "w", ZIP_DEFLATED) as dopo:
        for voce in prima.infolist():
            if voce.filename != CONTENUTO:
                dopo.writestr(voce, prima.read(voce))
        with dopo.open(CONTENUTO, "w", force_zip64=True) as file:
            _contenuto(foglio, righe, file)


def _contenuto(foglio: Foglio, righe: Iterable[list[Cella]], file: IO[bytes]) -> None:
    radice = _q("office:document-content")
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(radice, _con("office:version", "1.3"), nsmap=SPAZI):
            xml.write(_stili())
            with xml.element(_q("office:body")), xml.element(_q("office:spreadsheet")):
                for numero, gruppo in enumerate(a_gruppi(iter(righe), RIGHE_MASSIME), 1):
                    nome = nome_di_pagina(foglio, numero)
                    with xml.element(_q("table:table"), _con("table:name", nome)):
                        _pagina(foglio, gruppo, xml)


def _pagina(foglio: Foglio, righe: Iterable[list[Cella]], xml: Any) -> None:
    decimali = [colonna.decimali for colonna in foglio.colonne]
    quante = str(len(foglio.colonne))
    xml.write(_uno("table:table-column", "table:style-name", "colonna",
                   "table:number-columns-repeated", quante))  # fmt: skip
    testa = _uno("table:table-row")
    for colonna in foglio.colonne:
        _testo(testa, str(colonna.nome), "table:style-name", "titolo")
    xml.write(testa)
    for riga in righe:
        elemento = _uno("table:table-row")
        for cella, quanti in zip(riga, decimali, strict=True):
            _cella(elemento, cella, quanti)
        xml.write(elemento)


def _cella(riga: Any, valore: Cella, decimali: int) -> None:
    if valore is None:
        _dentro(riga, "table:table-cell")
    elif isinstance(valore, str):
        _testo(riga, valore)
    elif isinstance(valore, date):
        quando = valore.replace(tzinfo=None) if isinstance(valore, datetime) else valore
        stile = "momento" if isinstance(valore, datetime) else "data"
        _testo(riga, italiana(valore), "table:style-name", stile, "office:value-type", "date",
               "office:date-value", quando.isoformat())  # fmt: skip
    elif isinstance(valore, bool):
        _testo(riga, italiana(valore))
    else:
        _numero(riga, Decimal(valore), decimali)


def _numero(riga: Any, valore: Decimal, decimali: int) -> None:
    letto = italiana(valore, decimali)
    if len(valore.normalize().as_tuple().digits) > CIFRE_ESATTE:
        _testo(riga, letto)
    else:
        cifre = in_cifre(valore, decimali)
        _testo(riga, letto, "office:value-type", "float", "office:value", cifre)


def _testo(riga: Any, testo: str, *attributi: str) -> None:
    """A cell with what is read in it, a paragraph for each line; without a kind it is text."""
    if "office:value-type" not in attributi:
        attributi = (*attributi, "office:value-type", "string")
    cella = _dentro(riga, "table:table-cell", *attributi)
    for linea in testo.split("\n"):
        _dentro(cella, "text:p").text = linea


def _uno(nome: str, *attributi: str) -> Any:
    return etree.Element(_q(nome), _con(*attributi), nsmap=SPAZI)


def _dentro(padre: Any, nome: str, *attributi: str) -> Any:
    return etree.SubElement(padre, _q(nome), _con(*attributi))


def _stili() -> Any:
    """Bold headings, wide columns, days and moments the Italian way."""
    stili = _uno("office:automatic-styles")
    colonna = _uno("style:style", "style:name", "colonna", "style:family", "table-column")
    colonna.append(_uno("style:table-column-properties", "style:column-width", "4.5cm"))
    titolo = _uno("style:style", "style:name", "titolo", "style:family", "table-cell")
    titolo.append(_uno("style:text-properties", "fo:font-weight", "bold"))
    stili.extend([colonna, titolo])
    for nome, parti in FORME.items():
        stili.append(_forma(f"{nome}-forma", parti))
        stili.append(
            _uno("style:style", "style:name", nome, "style:family", "table-cell",
                 "style:data-style-name", f"{nome}-forma")
        )  # fmt: skip
    return stili


def _forma(nome: str, parti: tuple[str, ...]) -> Any:
    forma = _uno("number:date-style", "style:name", nome)
    for parte in parti:
        if parte.isalpha():
            forma.append(_uno(f"number:{parte}", "number:style", "long"))
        else:
            forma.append(segno := _uno("number:text"))
            segno.text = parte
    return forma
