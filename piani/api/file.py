# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files given as they are: their bytes, with a mark by which who has them already is told so."""

from typing import Any, BinaryIO

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from piani.api.filtri import controlla_parametri
from piani.api.formato import Scrittore


class Pdf(Scrittore):
    """So that who asks for a PDF is given one; refusals are JSON all the same."""

    media_type = "application/pdf"
    format = "pdf"


class Zip(Scrittore):
    """So that who asks for an archive is given one; refusals are JSON all the same."""

    media_type = "application/zip"
    format = "zip"


class Png(Scrittore):
    media_type = "image/png"
    format = "png"


class Jpeg(Scrittore):
    media_type = "image/jpeg"
    format = "jpg"


class Qualunque(Scrittore):
    """So that who asks for a file of any kind is given it; refusals are JSON all the same."""

    media_type = "*/*"
    format = "file"


def letto(file: FieldFile) -> bytes:
    """All of a stored file.

    :raises Http404: it is no longer in the storage.
    """
    try:
        with file.open("rb") as aperto:
            contenuto: bytes = aperto.read()
    except (OSError, ValueError) as errore:
        raise Http404 from errore
    return contenuto


class ConFile:
    """A resource that gives files too."""

    def scarica(
        self: Any, contenuto: bytes | BinaryIO, *, tipo: str, nome: str, impronta: str
    ) -> HttpResponseBase:
        """A file as the answer; a 304 to who has it already.

        :param contenuto: its bytes, or the file already open if it is a large one.
        :param impronta: its sha256.
        """
        etag = f'"{impronta[:32]}"'
        if etag in self._gia_in_mano():
            if not isinstance(contenuto, bytes):
                contenuto.close()
            return self._come_prima(etag)  # type: ignore[no-any-return]
        risposta: HttpResponseBase
        if isinstance(contenuto, bytes):
            intestazioni = {"Content-Disposition": content_disposition_header(True, nome) or ""}
            risposta = HttpResponse(contenuto, content_type=tipo, headers=intestazioni)
        else:
            risposta = FileResponse(contenuto, content_type=tipo, as_attachment=True, filename=nome)
        risposta["ETag"] = etag
        risposta["Cache-Control"] = self.conservazione
        return risposta

    def scarica_riga(self: Any, riga: Any) -> HttpResponseBase:
        """The file of a row that says its name, kind and sha256."""
        controlla_parametri(self.request, ())
        return self.scarica(  # type: ignore[no-any-return]
            letto(riga.file), tipo=riga.tipo, nome=riga.nome, impronta=riga.sha256
        )
