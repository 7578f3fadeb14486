# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public pages of the documents of the body, and their files: no login."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from piani import trasparenza as at
from piani.aperti.descrittori import SUFFISSO, TIPO
from piani.documenti_ente.azioni import nome_base
from piani.documenti_ente.forma import per_pagina, tabelle
from piani.documenti_ente.stampa import pdf_di
from piani.documenti_ente.tabelle import descrittore, rende_csv, rende_xlsx
from piani.models import DocumentoEnte, PdfFirmato
from piani.models.firma import NOME_FIRMATO
from piani.pubbliche.risposta import pubblica
from piani.stampa import StampaNonDisponibile
from piani.views.trasparenza import briciole_azienda

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
APERTO = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
RISERVATO = {"Cache-Control": "private, no-cache"}


@login_not_required
@require_safe
def corrente(request: HttpRequest, azienda: str, serie: str) -> HttpResponse:
    """The version in force, at an address that does not change."""
    in_mostra = DocumentoEnte.objects.in_mostra(timezone.localdate()).correnti()
    return redirect(get_object_or_404(in_mostra, azienda__codice=azienda, serie=serie))


@pubblica
def documento(request: HttpRequest, azienda: str, serie: str, versione: int) -> HttpResponse:
    questo = _pubblico(azienda, serie, versione)
    sezione = at.PER_SLUG[questo.sezione_at]
    contesto = contesto_di(questo) | {
        "corrente": questo.della_serie.filter(
            pubblicato_il__isnull=False, sostituito_da__isnull=True
        ).first(),
        "briciole": [
            *briciole_azienda(questo.azienda),
            (sezione.etichetta, reverse("at_sezione", args=[azienda, sezione.slug])),
            (str(questo), ""),
        ],
    }
    return render(request, "documenti_ente/documento.html", contesto)


@login_not_required
@require_safe
def file(request: HttpRequest, azienda: str, serie: str, versione: int, nome: str) -> HttpResponse:
    return file_di(request, _pubblico(azienda, serie, versione), nome, APERTO)


def contesto_di(questo: DocumentoEnte) -> dict[str, Any]:
    """A version as the templates want it."""
    foto = questo.fotografia
    return {
        "documento": questo,
        "foto": foto,
        "parti": per_pagina(foto),
        "tabelle": [(f"{una['nome']}.csv", una["titolo"]) for una in tabelle(foto)],
    }


def file_di(
    request: HttpRequest, questo: DocumentoEnte, nome: str, testate: dict[str, str]
) -> HttpResponse:
    """One of the files of a version, all from the same photograph; 404 for any other name."""
    firmato = _firmato(questo) if nome == NOME_FIRMATO else None
    etag = quote_etag(firmato.sha256 if firmato else f"{questo.sha256_contenuto}-{nome}")
    if gia_suo := get_conditional_response(request, etag=etag):
        return gia_suo
    risposta = _file(questo, nome)
    if risposta is None:
        raise Http404
    risposta["ETag"] = etag
    for campo, valore in testate.items():
        risposta[campo] = valore
    return risposta


def _file(questo: DocumentoEnte, nome: str) -> HttpResponse | None:
    base = nome_base(questo)
    if nome == "documento.pdf":
        return _pdf(questo, base)
    if nome == NOME_FIRMATO:
        return _pdf_firmato(questo, base)
    if nome == "documento.json":
        return _scarica(questo.contenuto.encode(), "application/json", f"{base}.json", apri=True)
    foto = questo.fotografia
    if nome == "documento.xlsx":
        return _scarica(rende_xlsx(foto), XLSX, f"{base}.xlsx")
    tabella = nome.removeprefix("csv/")
    if tabella == nome:
        return None
    if tabella.endswith(f".csv{SUFFISSO}"):
        scritto = descrittore(foto, tabella.removesuffix(SUFFISSO))
        return scritto and JsonResponse(
            scritto, json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type=TIPO
        )
    contenuto = rende_csv(foto).get(tabella)
    if contenuto is None:
        return None
    risposta = _scarica(contenuto, "text/csv; charset=utf-8", f"{base}-{tabella}")
    risposta["Link"] = f'<{tabella}{SUFFISSO}>; rel="describedby"; type="{TIPO}"'
    return risposta


def _firmato(questo: DocumentoEnte) -> PdfFirmato | None:
    return getattr(questo, "firmato", None)


def _pdf(questo: DocumentoEnte, base: str) -> HttpResponse | None:
    """None if it has to be drawn, and cannot be."""
    try:
        contenuto = pdf_di(questo)
    except StampaNonDisponibile:
        return None
    return _scarica(contenuto, "application/pdf", f"{base}.pdf", apri=True)


def _pdf_firmato(questo: DocumentoEnte, base: str) -> HttpResponse | None:
    """The signed PDF, if there is one and its file is where it was put."""
    firmato = _firmato(questo)
    if firmato is None or not firmato.file.storage.exists(str(firmato.file.name)):
        return None
    with firmato.file.open("rb") as aperto:
        return _scarica(aperto.read(), "application/pdf", f"{base}-firmato.pdf", apri=True)


def _scarica(contenuto: bytes, tipo: str, nome: str, *, apri: bool = False) -> HttpResponse:
    modo = "inline" if apri else "attachment"
    return HttpResponse(
        contenuto,
        content_type=tipo,
        headers={"Content-Disposition": f'{modo}; filename="{nome}"'},
    )


def _pubblico(azienda: str, serie: str, versione: int) -> DocumentoEnte:
    in_mostra = DocumentoEnte.objects.in_mostra(timezone.localdate())
    return get_object_or_404(
        in_mostra.filter(sezione_at__in=at.PER_SLUG),
        azienda__codice=azienda, serie=serie, versione=versione,
    )  # fmt: skip
