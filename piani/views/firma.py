# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signed PDF of a published document, of a plan or of the body (``ente``): its report,
attaching it, signing, taking it away.
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import azioni
from piani.azioni.firma import chi_pubblica
from piani.forms import tenta
from piani.forms_firma import AllegaForm, TogliForm
from piani.models import DocumentoEnte, DocumentoPubblicato, PdfFirmato
from piani.models.firma import Firmabile, ente_di
from piani.rules import esigi
from piani.views.trasparenza import briciole_azienda


@require_safe
def firma(request: HttpRequest, pk: int, ente: bool = False) -> HttpResponse:
    return _pagina(request, _documento(request, pk, ente))


@require_POST
def allega(request: HttpRequest, pk: int, ente: bool = False) -> HttpResponse:
    documento = _documento(request, pk, ente)
    esigi(request.user, *chi_pubblica(documento))
    form = AllegaForm(request.POST, request.FILES)
    if tenta(
        form,
        lambda: azioni.allega_firmato(documento, file=form.cleaned_data["file"], da=request.user),
    ):
        messages.success(request, _("PDF firmato verificato e aggiunto."))
        return redirect(_indirizzi(documento)["firma"])
    return _pagina(request, documento, allega=form)


@require_POST
def apponi(request: HttpRequest, pk: int, ente: bool = False) -> HttpResponse:
    documento = _documento(request, pk, ente)
    form = forms.Form(request.POST)
    if tenta(form, lambda: azioni.apponi_sigillo(documento, da=request.user)):
        messages.success(request, _("Documento firmato con il sigillo dell'ente."))
    else:
        _racconta(request, form)
    return redirect(_indirizzi(documento)["firma"])


@require_POST
def togli(request: HttpRequest, pk: int, ente: bool = False) -> HttpResponse:
    documento = _documento(request, pk, ente)
    esigi(request.user, *chi_pubblica(documento))
    form = TogliForm(request.POST)
    if tenta(
        form,
        lambda: azioni.togli_firmato(
            documento, motivo=form.cleaned_data["motivo"], da=request.user
        ),
    ):
        messages.success(request, _("PDF firmato tolto: resta quello senza firma."))
        return redirect(_indirizzi(documento)["firma"])
    return _pagina(request, documento, togli=form)


def _racconta(request: HttpRequest, form: forms.Form) -> None:
    for errori in form.errors.values():
        for errore in errori:
            messages.error(request, errore)


def _documento(request: HttpRequest, pk: int, ente: bool) -> Firmabile:
    if ente:
        dell_ente = DocumentoEnte.objects.visibili_a(request.user).pubblicati()
        return get_object_or_404(dell_ente, pk=pk)
    return get_object_or_404(
        DocumentoPubblicato.objects.visibili_a(request.user).pubblicati(), pk=pk
    )


def _indirizzi(documento: Firmabile) -> dict[str, str]:
    """Where its page is, and where its forms go."""
    prefisso = "ente_" if isinstance(documento, DocumentoEnte) else ""
    return {
        nome: reverse(f"{prefisso}{rotta}", args=[documento.pk])
        for nome, rotta in (
            ("firma", "documento_firma"), ("allega", "firma_allega"),
            ("apponi", "firma_apponi"), ("togli", "firma_togli"),
        )
    }  # fmt: skip


def _pagina(request: HttpRequest, documento: Firmabile, **rifiutati: forms.Form) -> HttpResponse:
    """``rifiutati`` are the forms sent with something wrong, shown as they were sent."""
    permesso, di = chi_pubblica(documento)
    azienda = ente_di(documento)
    if isinstance(documento, DocumentoEnte):
        torna = documento.titolo, documento.get_absolute_url()
        briciole = [*briciole_azienda(azienda), torna]
    else:
        piano = documento.piano
        torna = _("Stato del piano"), reverse("stato_piano", args=[piano.slug])
        briciole = [(_("Piani"), "/piani/"), (piano.titolo, piano.get_absolute_url())]
    contesto = {
        "documento": documento,
        "azienda": azienda,
        "firmato": PdfFirmato.objects.di(documento).select_related("da").first(),
        "indirizzi": _indirizzi(documento),
        "allega": rifiutati.get("allega", AllegaForm()),
        "togli": rifiutati.get("togli", TogliForm()),
        "puo_pubblicare": request.user.has_perm(permesso, di),
        "puo_sigillare": request.user.has_perm("piani.appone_sigillo", di),
        "sigillo": bool(settings.FIRMA_P12) and azienda.codice == settings.FIRMA_AZIENDA,
        "briciole": [*briciole, (_("Firma"), "")],
        "torna": torna,
    }
    return render(request, "piani/firma/firma.html", contesto)
