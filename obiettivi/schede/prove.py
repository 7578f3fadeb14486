# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an evidence file is: told from its content, never from its name alone."""

import io
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
OOXML = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SEMPLICI = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
TESTI = {"csv": "text/csv", "txt": "text/plain"}
TIPI = SEMPLICI | OOXML | ODF | TESTI
AMMESSI = ", ".join(TIPI)
NOME_MASSIMO = 150
INDICE_MASSIMO = 1_000_000  # bytes: the list of parts of an office document is far shorter


def riconosci(nome: str, contenuto: bytes) -> tuple[str, str]:
    """The ending and the type of a file, as its content says.

    :raises ValidationError: it is empty, of a kind that is not taken, holds macros, or its name
        says something else.
    """
    detta = PurePosixPath(nome).suffix.casefold().removeprefix(".").replace("jpeg", "jpg")
    if not contenuto:
        raise ValidationError(_("Il documento è vuoto."))
    vera = _estensione(detta, contenuto)
    if not vera:
        raise ValidationError(
            _("Di questo tipo non si accettano documenti: solo %(ammessi)s.") % {"ammessi": AMMESSI}
        )
    if detta != vera:
        raise ValidationError(
            _("Il nome finisce con «.%(detta)s» ma il contenuto è di tipo %(vera)s.")
            % {"detta": detta, "vera": vera}
        )
    return vera, TIPI[vera]


def nome_sicuro(nome: str) -> str:
    """The name of a file as it is shown and given back: no folders, no control characters."""
    ultimo = nome.replace("\\", "/").rsplit("/", 1)[-1]
    pulito = "".join(
        c for c in unicodedata.normalize("NFC", ultimo) if unicodedata.category(c)[0] != "C"
    )
    percorso = PurePosixPath(" ".join(pulito.split()).strip(". ") or "documento")
    return percorso.stem[: NOME_MASSIMO - len(percorso.suffix)] + percorso.suffix[:10]


def controlla_misura(dimensione: int) -> None:
    """:raises ValidationError: the file is larger than settings allow."""
    if dimensione > settings.PROVA_MASSIMA_MB * 1024 * 1024:
        raise ValidationError(
            _("Il documento supera %(mb)s MB.") % {"mb": settings.PROVA_MASSIMA_MB}
        )


def _estensione(detta: str, contenuto: bytes) -> str:
    trovato = filetype.guess_extension(contenuto)
    if trovato in SEMPLICI:
        return trovato
    if contenuto.startswith(b"PK\x03\x04"):
        return _dell_archivio(contenuto)
    if trovato is None and detta in TESTI and _e_testo(contenuto):
        return detta
    return ""


def _dell_archivio(contenuto: bytes) -> str:
    """An office document says what it is in a part of its own; "" for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenuto)) as archivio:
            parti = {parte.filename: parte for parte in archivio.infolist()}
            if any(parte.casefold().endswith("vbaproject.bin") for parte in parti):
                raise ValidationError(_("Il documento contiene macro: salvalo senza."))
            if "mimetype" in parti:
                return _noto(ODF, _legge(archivio, parti["mimetype"]).strip())
            if "[Content_Types].xml" in parti:
                indice = _legge(archivio, parti["[Content_Types].xml"])
                return next((e for e, tipo in OOXML.items() if f"{tipo}.main+xml" in indice), "")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError,
            ValueError, EOFError, zlib.error):  # fmt: skip
        return ""
    return ""


def _legge(archivio: zipfile.ZipFile, parte: zipfile.ZipInfo) -> str:
    with archivio.open(parte) as aperta:
        return aperta.read(INDICE_MASSIMO).decode("utf-8", "replace")


def _noto(tipi: dict[str, str], tipo: str) -> str:
    return next((estensione for estensione, uno in tipi.items() if uno == tipo), "")


def _e_testo(contenuto: bytes) -> bool:
    """Text has no control characters but tabs and line ends, in UTF-8 or in the old code page."""
    for codifica in ("utf-8-sig", "cp1252"):
        try:
            testo = contenuto.decode(codifica)
        except UnicodeDecodeError:
            continue
        return not any(c < " " and c not in "\t\r\n\f" for c in testo)
    return False
