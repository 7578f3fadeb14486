# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers that a browser or a cache keeps: ETag, Last-Modified, Cache-Control, compressed bytes.

Only to who comes without a session. To the others the page shows something of theirs: nothing of
it is kept.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import brotli
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date
from django.views.decorators.http import require_safe

from piani.pubbliche import impronte

FRESCA = "public, max-age=60, stale-while-revalidate=86400"
"""A minute without asking; for a day more, the copy at once and the question behind it."""
SUA = "private, no-cache"
SI_TIENE = 24 * 60 * 60
COMPRESSIONI: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda dati: brotli.compress(dati, mode=brotli.MODE_TEXT, quality=5),
    "gzip": lambda dati: gzip.compress(dati, compresslevel=6, mtime=0),
}
MESSAGGI = "messages"
Vista = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Pagina:
    """A page before it is made: its mark, of everything it shows, and how to make it, which reads
    it all again.
    """

    impronta: str
    produci: Callable[[], str]


@dataclass(frozen=True)
class Nota:
    """What is remembered of an address: how its page is, since when, when it was looked at."""

    impronta: str
    dal: datetime | None
    vista: datetime

    @property
    def da_poco(self) -> bool:
        return timezone.now() - self.vista < timedelta(seconds=settings.PAGINE_SECONDI)

    @property
    def validatori(self) -> dict[str, str]:
        """What a cache needs, to ask again only whether the page changed."""
        detto = {"ETag": f'W/"{self.impronta}"', "Cache-Control": FRESCA}
        if self.dal is not None:
            detto["Last-Modified"] = http_date(self.dal.timestamp())
        return detto


def pubblica(vista: Vista) -> Vista:
    """A page or a file for anybody, kept by who reads it until it changes: its mark is that of its
    own bytes.
    """

    @login_not_required
    @require_safe
    @wraps(vista)
    def con_impronta(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        risposta: Any = vista(request, *args, **kwargs)
        if risposta.status_code != 200 or risposta.streaming:
            return risposta
        if not di_chiunque(request):
            risposta.setdefault("Cache-Control", SUA)
            return risposta
        nota = _ricorda(request, _ricordata(request), impronte.di(risposta.content))
        detto = nota.validatori
        if "Cache-Control" in risposta:
            detto["Cache-Control"] = risposta["Cache-Control"]
        if gia_sua := _gia_sua(request, detto):
            return gia_sua
        if come := _compressione(request):
            risposta.content = COMPRESSIONI[come](risposta.content)
        return _vestita(risposta, detto, come)

    return con_impronta


def da_impronta(
    request: HttpRequest, prepara: Callable[[], Pagina | HttpResponseBase]
) -> HttpResponseBase:
    """A page whose mark is known before making it: made only when nobody has it, kept compressed.

    :param prepara: reads what the page depends on; or the answer, where there is no page. It is
        not asked again for ``PAGINE_SECONDI``.
    """
    if not di_chiunque(request):
        pagina = prepara()
        if not isinstance(pagina, Pagina):
            return pagina
        return HttpResponse(pagina.produci(), headers={"Cache-Control": SUA})
    nota = _ricordata(request)
    if nota is not None and nota.da_poco and (risposta := _conservata(request, nota)):
        return risposta
    pagina = prepara()
    if not isinstance(pagina, Pagina):
        return pagina
    nota = _ricorda(request, nota, pagina.impronta)
    return _conservata(request, nota) or _fatta(request, nota, pagina, prepara)


def di_chiunque(request: HttpRequest) -> bool:
    """Nothing in the page is of who asks: no session came with it, no message waits."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and MESSAGGI not in request.COOKIES


def _conservata(request: HttpRequest, nota: Nota) -> HttpResponseBase | None:
    """304 if who asks has the page already, or the page as it was kept; None if it was not."""
    if gia_sua := _gia_sua(request, nota.validatori):
        return gia_sua
    come = _compressione(request)
    dati = caches["pagine"].get(f"{nota.impronta}:{come}")
    return None if dati is None else _vestita(HttpResponse(dati), nota.validatori, come)


def _fatta(
    request: HttpRequest, nota: Nota, pagina: Pagina, prepara: Callable[[], Any]
) -> HttpResponseBase:
    come = _compressione(request)
    dati = COMPRESSIONI.get(come, bytes)(pagina.produci().encode())
    adesso = prepara()
    if not isinstance(adesso, Pagina) or adesso.impronta != pagina.impronta:
        # Something changed between the mark and the page: nobody keeps it under that mark.
        return _vestita(HttpResponse(dati), {"Cache-Control": SUA}, come)
    caches["pagine"].set(f"{nota.impronta}:{come}", dati, SI_TIENE)
    return _vestita(HttpResponse(dati), nota.validatori, come)


def _gia_sua(request: HttpRequest, detto: dict[str, str]) -> HttpResponseBase | None:
    modificata = detto.get("Last-Modified")
    risposta = get_conditional_response(
        request,
        etag=detto["ETag"],
        last_modified=parse_http_date(modificata) if modificata else None,
    )
    return _vestita(risposta, detto) if risposta is not None else None


def _vestita(risposta: Any, detto: dict[str, str], come: str = "") -> HttpResponseBase:
    """With what caches need to know of it."""
    for nome, valore in detto.items():
        risposta[nome] = valore
    if come:
        risposta["Content-Encoding"] = come
    patch_vary_headers(risposta, ["Accept-Encoding", "Cookie"])
    vestita: HttpResponseBase = risposta
    return vestita


def _ricordata(request: HttpRequest) -> Nota | None:
    """What is known of this address. With a query it is one of too many to remember."""
    if request.META.get("QUERY_STRING"):
        return None
    nota: Nota | None = caches["pagine"].get(_chiave(request))
    return nota


def _ricorda(request: HttpRequest, nota: Nota | None, impronta: str) -> Nota:
    """The page at this address is as it is since it was first asked for so."""
    adesso = timezone.now()
    if request.META.get("QUERY_STRING"):
        return Nota(impronta, None, adesso)
    dal = adesso.replace(microsecond=0)
    if nota is not None and nota.dal is not None:
        # Two changes in the same second are two moments.
        uguale = nota.impronta == impronta
        dal = nota.dal if uguale else max(dal, nota.dal + timedelta(seconds=1))
    nuova = Nota(impronta, dal, adesso)
    caches["pagine"].set(_chiave(request), nuova, None)
    return nuova


def _chiave(request: HttpRequest) -> str:
    return f"nota:{impronte.di(request.scheme, request.get_host(), request.path)}"


def _compressione(request: HttpRequest) -> str:
    """The best that the browser says it reads; empty for none."""
    dette = request.headers.get("Accept-Encoding", "").replace(" ", "").lower().split(",")
    lette = {nome for nome, _punto, peso in (una.partition(";") for una in dette) if peso != "q=0"}
    return next((come for come in COMPRESSIONI if come in lette), "")
