# SPDX-License-Identifier: AGPL-3.0-or-later
"""The logo of an azienda, for its amministratore."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from piani import azioni
from piani.azioni.logo import PERMESSO
from piani.forms import tenta
from piani.forms_logo import LogoForm
from piani.models import Azienda, LogoAzienda
from piani.rules import esigi


def azienda_di(request: HttpRequest, codice: str) -> Azienda:
    """The azienda of the address, if the person administers it."""
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice)
    esigi(request.user, PERMESSO, ente)
    return ente


@require_http_methods(["GET", "HEAD", "POST"])
def logo(request: HttpRequest, azienda: str) -> HttpResponse:
    """The logo as it is, and the form to put another."""
    ente = azienda_di(request, azienda)
    attuale = LogoAzienda.objects.filter(azienda=ente).first()
    inizio = {"alternativa": attuale.alternativa if attuale else f"Logo di {ente.nome}"}
    mandato = request.method == "POST"
    form = LogoForm(request.POST, request.FILES) if mandato else LogoForm(initial=inizio)
    if mandato and tenta(
        form, lambda: azioni.carica_logo(ente, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Logo caricato: sarà sulla copertina dei prossimi documenti."))
        return redirect("logo", ente.codice)
    contesto = {
        "azienda": ente,
        "logo": attuale,
        "form": form,
        "briciole": [(_("Persone"), reverse("persone", args=[ente.codice])), (_("Logo"), "")],
    }
    return render(request, "piani/logo.html", contesto)


@require_POST
def togli(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = azienda_di(request, azienda)
    form = forms.Form(request.POST)
    if tenta(form, lambda: azioni.togli_logo(ente, da=request.user)):
        messages.success(request, _("Logo tolto: i prossimi documenti avranno il solo nome."))
    else:
        for errore in form.non_field_errors():
            messages.error(request, errore)
    return redirect("logo", ente.codice)
