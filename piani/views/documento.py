# SPDX-License-Identifier: AGPL-3.0-or-later
"""The document of a plan: published versions and their files, preview, publication."""

from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import azioni
from piani.aperti.descrittori import SUFFISSO, TIPO, descrittore
from piani.documenti import fotografa
from piani.forms import PubblicaForm
from piani.models import DocumentoPubblicato, Piano
from piani.models.firma import NOME_FIRMATO
from piani.stampa.generi import contesto_di
from piani.views.trasparenza import briciole_di, nomi_csv

TIPI = {".pdf": "application/pdf", ".json": "application/json", ".csv": "text/csv; charset=utf-8"}


@login_not_required
@require_safe
def documento(request: HttpRequest, slug: str, versione: int, serie: str = "") -> HttpResponse:
    questo = _pubblicato(slug, serie, versione)
    contesto = {
        "documento": questo,
        **contesto_di(questo.fotografia),
        "csv": nomi_csv(questo),
        "corrente": _corrente(slug, serie),
        "briciole": briciole_di(questo),
    }
    return render(request, "piani/documento.html", contesto)


@login_not_required
@require_safe
def documento_corrente(request: HttpRequest, slug: str, serie: str = "") -> HttpResponse:
    return redirect(_corrente(slug, serie))


@login_not_required
@require_safe
def documento_file(
    request: HttpRequest, slug: str, versione: int, nome: str, serie: str = ""
) -> HttpResponseBase:
    questo = _pubblicato(slug, serie, versione)
    if nome.endswith(f".csv{SUFFISSO}"):
        return _descrittore(questo, nome)
    percorso = _file_di(questo, nome)
    etag = quote_etag(_impronta(questo, nome))
    if gia_suo := get_conditional_response(request, etag=etag):
        return gia_suo
    risposta = FileResponse(
        percorso.open("rb"),
        content_type=TIPI[percorso.suffix],
        filename=percorso.name if "/" in nome else _nome_di(questo, nome),
        as_attachment=percorso.suffix == ".csv",
    )
    risposta["ETag"] = etag
    risposta["Cache-Control"] = "public, max-age=3600"
    if percorso.suffix == ".csv":
        risposta["Link"] = f'<{percorso.name}{SUFFISSO}>; rel="describedby"; type="{TIPO}"'
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


@require_safe
def anteprima(request: HttpRequest, slug: str) -> HttpResponse:
    """The document as it would be published now; nothing is kept."""
    piano = get_object_or_404(Piano.objects.visibili_a(request.user).per_elenco(), slug=slug)
    prossima = piano.documenti.del_piano().count() + 1
    contesto = {
        **contesto_di(fotografa(piano, versione=prossima, giorno=timezone.localdate())),
        "indirizzo_piano": piano.get_absolute_url(),
        "briciole": [
            (_("Piani"), "/piani/"),
            (piano.titolo, piano.get_absolute_url()),
            (_("Anteprima"), ""),
        ],
    }
    return render(request, "piani/anteprima.html", contesto)


@require_POST
def pubblica(request: HttpRequest, slug: str) -> HttpResponse:
    piano = get_object_or_404(Piano.objects.visibili_a(request.user), slug=slug)
    form = PubblicaForm(request.POST)
    if form.is_valid():
        try:
            nuovo = azioni.pubblica(
                piano,
                da=request.user,
                motivo=form.cleaned_data["motivo"],
                avvertenze_viste=request.POST.get("avvertenze", ""),
            )
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
            if not piano.documenti.del_piano().exists():
                return redirect("stato_piano", slug)
        else:
            messages.success(
                request,
                _("Versione %(n)s fissata: sarà pubblica appena finita la stampa.")
                % {"n": nuovo.versione},
            )
    return redirect(piano)


@require_POST
def ristampa(request: HttpRequest, slug: str) -> HttpResponse:
    """Try again the print that failed."""
    piano = get_object_or_404(Piano.objects.visibili_a(request.user), slug=slug)
    try:
        azioni.ristampa(piano, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("La stampa è stata rimandata in coda."))
    return redirect(piano)


def _pubblicato(slug: str, serie: str, versione: int) -> DocumentoPubblicato:
    in_mostra = DocumentoPubblicato.objects.in_mostra(timezone.localdate())
    return get_object_or_404(
        in_mostra.select_related("sostituito_da"),
        piano__slug=slug,
        serie=serie,
        versione=versione,
    )


def _nome_di(documento: DocumentoPubblicato, nome: str) -> str:
    """What a file is called by who keeps it: ``piano-2022-v1.pdf``, ``piano-2022-v1-firmato.pdf``,
    ``piano-2022-relazione-v1.json``.
    """
    serie = f"-{documento.serie}" if documento.serie else ""
    return f"{documento.piano.slug}{serie}-v{documento.versione}{nome.removeprefix('documento')}"


def _corrente(slug: str, serie: str) -> DocumentoPubblicato:
    in_mostra = DocumentoPubblicato.objects.in_mostra(timezone.localdate())
    corrente = in_mostra.filter(piano__slug=slug, serie=serie).order_by("-versione").first()
    if corrente is None:
        raise Http404
    return corrente


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
    if nome == NOME_FIRMATO:
        return documento.firmato.sha256
    return f"{documento.sha256_contenuto}-{nome}"
