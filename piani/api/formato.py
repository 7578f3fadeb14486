# SPDX-License-Identifier: AGPL-3.0-or-later
"""JSON in and out: a Decimal is an exact number, never a float; moments are RFC 3339, in UTC."""

import hashlib
from datetime import UTC, date, datetime, time
from typing import Any

import simplejson
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.renderers import BaseRenderer

CARICO_MASSIMO = 20 * 1024 * 1024
"""Bytes of a body: some hundred thousand results."""


class TroppoGrande(APIException):
    status_code = 413
    default_detail = gettext_lazy(
        "Il corpo della richiesta è troppo grande: dividerlo in più richieste."
    )
    default_code = "troppo_grande"


def scrivi(dati: Any) -> bytes:
    """Data as the API sends them."""
    return _scrittore.encode(dati).encode(errors="replace")  # half a character is echoed as «?»


def _altro(valore: Any) -> str:
    if isinstance(valore, datetime):
        return valore.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(valore, date):
        return valore.isoformat()
    if isinstance(valore, time):
        return f"{valore:%H:%M}"
    if isinstance(valore, Promise):
        return str(valore)
    raise TypeError(f"not for JSON: {type(valore).__name__}")


# Named tuples are lists, as other tuples: to look for them costs a third of the writing.
_scrittore = simplejson.JSONEncoder(
    use_decimal=True,
    ensure_ascii=False,
    separators=(",", ":"),
    default=_altro,
    namedtuple_as_object=False,
)


def etag_di(testo: bytes) -> str:
    """The mark of what was sent: the same bytes, the same mark."""
    return f'"{hashlib.sha256(testo).hexdigest()[:32]}"'


class Scrittore(BaseRenderer):
    """For what is not sent by ``risorse.Vista.risposta``: the errors."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, media_type: Any = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else scrivi(data)


class Lettore(BaseParser):
    """A JSON body; numbers with decimals come in as Decimal."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        corpo = stream.read(CARICO_MASSIMO + 1)
        if len(corpo) > CARICO_MASSIMO:
            raise TroppoGrande
        return leggi(corpo)


class LettoreDiModifiche(Lettore):
    """What changes of a resource (RFC 7396): the fields that are not named stay as they are."""

    media_type = "application/merge-patch+json"


class LettoreDiModuli(MultiPartParser):
    """A form with a file, where an operation takes one; no longer than any other body."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        lungo = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0
        if int(lungo) > CARICO_MASSIMO:
            raise TroppoGrande
        letto = super().parse(stream, media_type, parser_context)
        mandati = [*letto.data.lists(), *letto.files.lists()]
        ripetuti = [nome for nome, valori in mandati if len(valori) > 1]
        if ripetuti:
            raise ParseError(_("«%(nome)s» si manda una volta sola.") % {"nome": ripetuti[0]})
        return letto


def leggi(corpo: bytes) -> Any:
    """A JSON text as data.

    :raises ParseError: it is not JSON, or not in UTF-8; or half of a character is in it, that no
        text can hold (RFC 8259, par. 8.2).
    """
    try:
        testo = corpo.decode()
        dati = simplejson.loads(testo, use_decimal=True)
        if "\\ud" in testo or "\\uD" in testo:
            _scrittore.encode(dati).encode()
        return dati
    except (ValueError, RecursionError) as errore:
        raise ParseError(_("Il corpo della richiesta non è JSON valido.")) from errore
