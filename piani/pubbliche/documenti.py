# SPDX-License-Identifier: AGPL-3.0-or-later
"""A published document for anybody: its page, its files, what is said when its years are over."""

from datetime import date
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from piani import trasparenza as at
from piani.aperti.dcat import XLSX
from piani.aperti.descrittori import SUFFISSO, TIPO, descrittore
from piani.contesto import testata_pubblica
from piani.models import Azienda, DocumentoPubblicato, PdfFirmato, Piano
from piani.models.documento import DocumentoQuerySet
from piani.models.firma import NOME_FIRMATO
from piani.pubbliche import conserva, impronte, metadati
from piani.pubbliche.composte import Composta, Posto
from piani.pubbliche.risposta import FRESCA, Pagina, da_impronta
from piani.views.trasparenza import briciole_azienda, briciole_di, nomi_csv

TIPI = {
    ".pdf": "application/pdf", ".json": "application/json", ".csv": "text/csv; charset=utf-8",
    ".xlsx": XLSX,
}  # fmt: skip
DA_SALVARE = (".csv", ".xlsx")
NON_MOSTRATI = ("contenuto", "errore")
"""Columns of a version that its page never shows as they are."""


@login_not_required
@require_safe
def documento(request: HttpRequest, slug: str, versione: int, serie: str = "") -> HttpResponseBase:
    return da_impronta(request, lambda: _pagina(request, slug, serie, versione))


def _pagina(
    request: HttpRequest, slug: str, serie: str, versione: int
) -> Pagina | HttpResponseBase:
    righe = DI_CHE_COSA.righe(timezone.localdate(), slug=slug, serie=serie)
    if all(riga[0] != versione for riga in righe):
        return _finito(request, slug, serie, versione)
    csv = nomi_csv(DocumentoPubblicato(piano=Piano(slug=slug), serie=serie, versione=versione))

    def produci() -> str:
        versioni = _in_mostra(slug, serie)
        questo = next((una for una in versioni if una.versione == versione), None)
        if questo is None:
            raise Http404
        contesto = {
            "documento": questo,
            "piano": questo.piano,
            "azienda": questo.piano.azienda,
            "corpo": conserva.pagina_di(questo),
            "csv": csv,
            "corrente": versioni[0],
            "versioni": versioni,
            "dati_strutturati": metadati.di_documento(questo, versioni[0], request),
            "briciole": briciole_di(questo),
        }
        return render_to_string("piani/documento.html", contesto, request)

    # All that the page shows: the rows it is made of, header and footer, the program that makes it.
    indirizzo = request.build_absolute_uri(request.path)
    di_tutto = (impronte.delle_pagine(), indirizzo, testata_pubblica(), righe, csv)
    return Pagina(impronte.di(*di_tutto), produci)


@login_not_required
@require_safe
def documento_corrente(request: HttpRequest, slug: str, serie: str = "") -> HttpResponseBase:
    versioni = _in_mostra(slug, serie)
    return redirect(versioni[0]) if versioni else _finito(request, slug, serie)


@login_not_required
@require_safe
def documento_file(
    request: HttpRequest, slug: str, versione: int, nome: str, serie: str = ""
) -> HttpResponseBase:
    questo = next((una for una in _in_mostra(slug, serie) if una.versione == versione), None)
    if questo is None:
        return _finito(request, slug, serie, versione)
    if nome.endswith(f".csv{SUFFISSO}"):
        return _descrittore(questo, nome)
    etag = quote_etag(_impronta(questo, nome))
    if nome in conserva.FATTI_QUI:
        return _fatto_qui(request, questo, nome, etag)
    percorso = _file_di(questo, nome)
    quando = int(percorso.stat().st_mtime)
    if gia_suo := get_conditional_response(request, etag=etag, last_modified=quando):
        return _da_tenere(gia_suo, etag)
    risposta = FileResponse(
        percorso.open("rb"),
        content_type=TIPI[percorso.suffix],
        filename=percorso.name if "/" in nome else _nome_di(questo, nome),
        as_attachment=percorso.suffix in DA_SALVARE,
    )
    if percorso.suffix == ".csv":
        risposta["Link"] = f'<{percorso.name}{SUFFISSO}>; rel="describedby"; type="{TIPO}"'
    return _da_tenere(risposta, etag)


def _fatto_qui(
    request: HttpRequest, questo: DocumentoPubblicato, nome: str, etag: str
) -> HttpResponseBase:
    """A file that is made from the photograph when somebody asks for it."""
    if gia_suo := get_conditional_response(request, etag=etag):
        return _da_tenere(gia_suo, etag)
    try:
        dati = conserva.da_scaricare(questo, nome)
    except KeyError as manca:
        raise Http404 from manca
    suffisso = Path(nome).suffix
    come = "attachment" if suffisso in DA_SALVARE else "inline"
    risposta = HttpResponse(
        dati,
        content_type=TIPI[suffisso],
        headers={"Content-Disposition": f'{come}; filename="{_nome_di(questo, nome)}"'},
    )
    return _da_tenere(risposta, etag)


def _da_tenere(risposta: HttpResponseBase, etag: str) -> HttpResponseBase:
    risposta["ETag"] = etag
    risposta["Cache-Control"] = "public, max-age=3600, stale-while-revalidate=86400"
    return risposta


def _descrittore(questo: DocumentoPubblicato, nome: str) -> HttpResponse:
    """What the columns of a CSV of the version are."""
    percorso = _dentro(questo.cartella, nome.removesuffix(SUFFISSO))
    risposta = JsonResponse(
        descrittore(questo, percorso),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        content_type=TIPO,
    )
    risposta["Cache-Control"] = "public, max-age=3600"
    return risposta


def _in_mostra(slug: str, serie: str) -> list[DocumentoPubblicato]:
    """Every version that the public reads, newest first, without its photograph; one query."""
    return list(_versioni(timezone.localdate(), slug, serie).defer(*NON_MOSTRATI))


def _versioni(oggi: date, slug: str, serie: str) -> DocumentoQuerySet:
    in_mostra = DocumentoPubblicato.objects.in_mostra(oggi)
    return in_mostra.filter(piano__slug=slug, serie=serie).order_by("-versione")


def _campi(modello: type[Model], via: str = "") -> list[str]:
    """Every column of a row that a page may show."""
    campi = (uno.attname for uno in modello._meta.concrete_fields)
    return [f"{via}{uno}" for uno in campi if via or uno not in NON_MOSTRATI]


DI_CHE_COSA = Composta(
    lambda oggi: _versioni(oggi, Posto("slug"), Posto("serie")).values_list(
        "versione",
        *_campi(DocumentoPubblicato),
        *_campi(Piano, "piano__"),
        *_campi(Azienda, "piano__azienda__"),
        *_campi(PdfFirmato, "firmato__"),
    )
)
"""All the rows that the page of a version is made of, the number of each version first."""


def _finito(
    request: HttpRequest, slug: str, serie: str, versione: int | None = None
) -> HttpResponse:
    """What is said of a document whose five years are over: it is gone from here, and whom one
    asks for it. 404 if there never was one.
    """
    pubblicati = DocumentoPubblicato.objects.pubblicati().filter(piano__slug=slug, serie=serie)
    if versione is not None:
        pubblicati = pubblicati.filter(versione=versione)
    questo = pubblicati.defer(*NON_MOSTRATI).order_by("-versione").first()
    if questo is None:
        raise Http404
    ente, sezione = questo.piano.azienda, at.PER_SLUG[questo.sezione_at]
    contesto = {
        "documento": questo,
        "azienda": ente,
        "sezione": sezione,
        "corrente": next(iter(_in_mostra(slug, serie)), None),
        "briciole": [*briciole_azienda(ente), (questo.nome, "")],
    }
    risposta = render(request, "piani/documento_finito.html", contesto, status=410)
    risposta["Cache-Control"] = FRESCA
    return risposta


def _nome_di(documento: DocumentoPubblicato, nome: str) -> str:
    """What a file is called by who keeps it: ``piano-2022-v1.pdf``, ``piano-2022-v1-firmato.pdf``,
    ``piano-2022-relazione-v1.json``, ``piano-2026-v1-portale-piao.xlsx``.
    """
    serie = f"-{documento.serie}" if documento.serie else ""
    resto = nome.removeprefix("documento")
    resto = resto if resto != nome else f"-{nome}"
    return f"{documento.piano.slug}{serie}-v{documento.versione}{resto}"


def _file_di(documento: DocumentoPubblicato, nome: str) -> Path:
    """The file of that name: the signed one is in the private storage, the others in its folder."""
    if nome != NOME_FIRMATO:
        return _dentro(documento.cartella, nome)
    if not hasattr(documento, "firmato"):
        raise Http404
    percorso = Path(documento.firmato.file.path)
    if not percorso.is_file():
        raise Http404
    return percorso


def _dentro(cartella: Path, nome: str) -> Path:
    """The file of that name in the folder of the version, and in no other place."""
    radice = cartella.resolve()
    percorso = (radice / nome).resolve()
    if not percorso.is_relative_to(radice) or percorso.suffix not in TIPI or not percorso.is_file():
        raise Http404
    return percorso


def _impronta(documento: DocumentoPubblicato, nome: str) -> str:
    """A validator of the file: its own sha256, or that of the photograph it derives from."""
    if nome == "documento.pdf":
        return documento.sha256_pdf
    if nome == "documento.json":
        return documento.sha256_contenuto
    if nome == NOME_FIRMATO and hasattr(documento, "firmato"):
        return documento.firmato.sha256
    if nome in conserva.FATTI_QUI:
        return impronte.di(documento.sha256_contenuto, nome, impronte.della_stampa())
    return f"{documento.sha256_contenuto}-{nome}"
