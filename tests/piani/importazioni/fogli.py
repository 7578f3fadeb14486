# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets made for the tests, and the steps of an import done without workers."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from piani.importazioni import azioni
from piani.importazioni.abbinamento import Abbinamento
from piani.importazioni.genere import generi
from piani.importazioni.intestazioni import proponi
from piani.importazioni.lavoro import contesto_di, fai
from piani.models import Azienda, Importazione, Utente

Riga = Sequence[Any]


def xlsx(righe: Sequence[Riga], *, unite: Sequence[str] = (), nome: str = "Dati") -> bytes:
    """An Excel workbook of one sheet."""
    cartella = Workbook()
    foglio = cartella.active
    foglio.title = nome
    for riga in righe:
        foglio.append(list(riga))
    for zona in unite:
        foglio.merge_cells(zona)
    uscita = io.BytesIO()
    cartella.save(uscita)
    return uscita.getvalue()


def ods(righe: Sequence[Riga], *, nome: str = "Dati") -> bytes:
    """A LibreOffice sheet: numbers are numbers, everything else is text."""
    corpo = "".join(
        "<table:table-row>" + "".join(map(_cella_ods, riga)) + "</table:table-row>"
        for riga in righe
    )
    contenuto = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="{nome}">{corpo}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w") as archivio:
        archivio.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archivio.writestr("content.xml", contenuto)
        archivio.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            ' manifest:version="1.2"/>',
        )
    return uscita.getvalue()


def _cella_ods(valore: Any) -> str:
    if valore is None or valore == "":
        return "<table:table-cell/>"
    if isinstance(valore, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{valore}">'
            f"<text:p>{valore}</text:p></table:table-cell>"
        )
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(str(valore))}</text:p></table:table-cell>"
    )


def csv_(righe: Sequence[Riga], *, separatore: str = ";", codifica: str = "utf-8") -> bytes:
    """A CSV as spreadsheets write it."""
    uscita = io.StringIO()
    csv.writer(uscita, delimiter=separatore).writerows(righe)
    return uscita.getvalue().encode(codifica)


def carica(
    genere: str,
    azienda: Azienda,
    contenuto: bytes,
    *,
    nome: str = "prova.xlsx",
    ambito: Mapping[str, Any] | None = None,
    senza_originale: bool = False,
    da: Utente | None = None,
) -> Importazione:
    """The file, kept and looked at."""
    return azioni.carica(
        azienda,
        generi()[genere],
        file=SimpleUploadedFile(nome, contenuto),
        ambito=ambito or {},
        senza_originale=senza_originale,
        da=da,
    )


def importa(
    genere: str,
    azienda: Azienda,
    contenuto: bytes,
    *,
    abbinamento: Abbinamento | None = None,
    **altro: Any,
) -> Importazione:
    """The file up to its preview, with the mapping proposed unless another is given."""
    importazione = carica(genere, azienda, contenuto, **altro)
    come = abbinamento or proposto(importazione)
    azioni.abbina(importazione, abbinamento=come, da=altro.get("da"))
    return svolta(importazione)


def proposto(importazione: Importazione) -> Abbinamento:
    """The mapping that the program proposes."""
    return proponi(contesto_di(importazione), importazione.tipo, azioni.viste_di(importazione))


def conferma(importazione: Importazione, *, da: Utente | None = None) -> Importazione:
    azioni.conferma(importazione, da=da)
    return svolta(importazione)


def annulla(importazione: Importazione, *, da: Utente | None = None) -> Importazione:
    azioni.annulla(importazione, da=da)
    return svolta(importazione)


def svolta(importazione: Importazione) -> Importazione:
    """The job done here, and the row as it is after it."""
    assert fai(importazione.pk)
    importazione.refresh_from_db()
    return importazione


def conti(importazione: Importazione) -> dict[str, int]:
    """Its counts, but those that are zero."""
    return {nome: quante for nome in Importazione.CONTI if (quante := getattr(importazione, nome))}


def errori(importazione: Importazione) -> dict[int, dict[str, str]]:
    """What is wrong, by row of the file."""
    return {una.riga: una.errori for una in importazione.righe.filter(esito="sbagliata")}
