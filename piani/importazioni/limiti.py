# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a file must be before anything opens it: its kind, its size, nothing that runs."""

import zipfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MB = 1024 * 1024
TIPI = ("xlsx", "ods", "csv")
COMPRESSIONE = 300  # times: a sheet of equal rows reaches one hundred
APERTO = 600 * MB  # of all that a workbook unpacks to
VOCI = 2000  # files inside a workbook
_OLE = b"\xd0\xcf\x11\xe0"
_ALTRI = {
    "xlsm": gettext_lazy(
        "Il foglio contiene macro: salvarlo come «Cartella di lavoro Excel (.xlsx)»."
    ),
    "xls": gettext_lazy(
        "È il vecchio formato di Excel: salvarlo come «Cartella di lavoro Excel (.xlsx)»."
    ),
    "xlsb": gettext_lazy(
        "È il formato binario di Excel: salvarlo come «Cartella di lavoro Excel (.xlsx)»."
    ),
    "numbers": gettext_lazy("È un foglio di Numbers: esportarlo come Excel (.xlsx) o CSV."),
    "pdf": gettext_lazy("È un PDF: serve il foglio da cui è stato fatto (xlsx, ods o csv)."),
}


def tipo_di(percorso: Path, nome: str) -> str:
    """«xlsx», «ods» or «csv», checked on the content; nothing of the file is unpacked.

    :raises ValidationError: in ``file``, with what to do instead.
    """
    estensione = nome.rsplit(".", 1)[-1].casefold() if "." in nome else ""
    byte = percorso.stat().st_size
    if byte == 0:
        raise _rifiuto(_("Il file è vuoto."))
    if byte > settings.IMPORTAZIONE_MASSIMA_MB * MB:
        raise _rifiuto(
            _("Il file supera %(mb)s MB: dividerlo in più file.")
            % {"mb": settings.IMPORTAZIONE_MASSIMA_MB}
        )
    if estensione in _ALTRI:
        raise _rifiuto(str(_ALTRI[estensione]))
    with percorso.open("rb") as file:
        inizio = file.read(8)
    if inizio.startswith(_OLE):
        raise _rifiuto(
            _("Il foglio è protetto da password, o è del vecchio formato di Excel: toglierla e "
              "salvarlo come .xlsx.")
        )  # fmt: skip
    if inizio.startswith(b"PK"):
        return _tipo_dello_zip(percorso)
    if estensione in ("xlsx", "ods"):
        raise _rifiuto(_("Il file non è un foglio di calcolo, anche se il nome lo dice."))
    if estensione not in ("csv", "txt", "tsv"):
        raise _rifiuto(_("Si importano fogli xlsx, ods e csv: salvare il foglio in uno di questi."))
    return "csv"


def _tipo_dello_zip(percorso: Path) -> str:
    try:
        with zipfile.ZipFile(percorso) as archivio:
            voci = archivio.infolist()
            nomi = {voce.filename for voce in voci}
            odf = "content.xml" in nomi and "mimetype" in nomi
            if odf and not archivio.read("mimetype")[:60].startswith(
                b"application/vnd.oasis.opendocument.spreadsheet"
            ):
                raise _rifiuto(_("È un documento di LibreOffice, ma non un foglio di calcolo."))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as errore:
        raise _rifiuto(_("Il file è rovinato: aprirlo, salvarlo di nuovo e riprovare.")) from errore
    _non_esplode(voci)
    if any(nome.casefold().endswith("vbaproject.bin") for nome in nomi) or any(
        nome.startswith(("Basic/", "Scripts/")) and not nome.endswith("/") for nome in nomi
    ):
        raise _rifiuto(str(_ALTRI["xlsm"]))
    if odf:
        return "ods"
    if "xl/workbook.xml" in nomi:
        return "xlsx"
    raise _rifiuto(_("È un archivio compresso, non un foglio: caricare il foglio che contiene."))


def _non_esplode(voci: list[zipfile.ZipInfo]) -> None:
    aperto = sum(voce.file_size for voce in voci)
    esplode = any(
        voce.file_size > MB and voce.file_size > COMPRESSIONE * max(voce.compress_size, 1)
        for voce in voci
    )
    if esplode or aperto > APERTO or len(voci) > VOCI:
        raise _rifiuto(
            _("Aperto, il file diventa enorme: tenere nel foglio solo le righe da importare.")
        )


def _rifiuto(frase: str) -> ValidationError:
    return ValidationError({"file": frase})
