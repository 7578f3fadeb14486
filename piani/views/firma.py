# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signed PDF of a published document: its report, attaching it, signing, taking it away."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import azioni
from piani.forms import tenta
from piani.forms_firma import AllegaForm, TogliForm
from piani.models import DocumentoPubblicato
from piani.rules import esigi


@require_safe
def firma(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _documento(request, pk))


@require_POST
def allega(request: HttpRequest, pk: int) -> HttpResponse:
    documento = _documento(request, pk)
    esigi(request.user, "piani.pubblica", documento.piano)
    form = AllegaForm(request.POST, request.FILES)
    if tenta(
        form,
        lambda: azioni.allega_firmato(documento, file=form.cleaned_data["file"], da=request.user),
    ):
        messages.success(request, _("PDF firmato verificato e aggiunto."))
        return redirect("documento_firma", pk)
    return _pagina(request, documento, allega=form)


@require_POST
def apponi(request: HttpRequest, pk: int) -> HttpResponse:
    documento = _documento(request, pk)
    form = forms.Form(request.POST)
    if tenta(form, lambda: azioni.apponi_sigillo(documento, da=request.user)):
        messages.success(request, _("Documento firmato con il sigillo dell'ente."))
    else:
        _racconta(request, form)
    return redirect("documento_firma", pk)


@require_POST
def togli(request: HttpRequest, pk: int) -> HttpResponse:
    documento = _documento(request, pk)
    esigi(request.user, "piani.pubblica", documento.piano)
    form = TogliForm(request.POST)
    if tenta(
        form,
        lambda: azioni.togli_firmato(
            documento, motivo=form.cleaned_data["motivo"], da=request.user
        ),
    ):
        messages.success(request, _("PDF firmato tolto: resta quello senza firma."))
        return redirect("documento_firma", pk)
    return _pagina(request, documento, togli=form)


def _racconta(request: HttpRequest, form: forms.Form) -> None:
    for errori in form.errors.values():
        for errore in errori:
            messages.error(request, errore)


def _documento(request: HttpRequest, pk: int) -> DocumentoPubblicato:
    visibili = DocumentoPubblicato.objects.visibili_a(request.user).pubblicati()
    return get_object_or_404(visibili, pk=pk)


def _pagina(
    request: HttpRequest, documento: DocumentoPubblicato, **rifiutati: forms.Form
) -> HttpResponse:
    """``rifiutati`` are the forms sent with something wrong, shown as they were sent."""
    piano = documento.piano
    contesto = {
        "documento": documento,
        "allega": rifiutati.get("allega", AllegaForm()),
        "togli": rifiutati.get("togli", TogliForm()),
        "sigillo": bool(settings.FIRMA_P12) and piano.azienda.codice == settings.FIRMA_AZIENDA,
        "briciole": [
            (_("Piani"), "/piani/"),
            (piano.titolo, piano.get_absolute_url()),
            (_("Firma"), ""),
        ],
    }
    return render(request, "piani/firma/firma.html", contesto)
