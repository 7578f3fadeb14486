# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting: prepared, called, cancelled; its page, that holds what is done of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import seduta as azioni
from conciliazione.comitato.ics import ics
from conciliazione.forms.comitato import ConvocaForm, MotivoForm, PuntoForm, QuandoForm, SedutaForm
from conciliazione.models import PuntoOrdine
from conciliazione.views.comitato.comune import contesto, della_seduta, prova, seduta_visibile
from conciliazione.views.comitato.pagina import pagina
from conciliazione.views.edizioni import edizione_visibile
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo


@require_safe
def seduta(request: HttpRequest, pk: int) -> HttpResponse:
    return pagina(request, seduta_visibile(request, pk))


@legge_e_scrive
def nuova(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, azioni.CONVOCA, edizione)
    form = SedutaForm(inviato(request))
    fatta: list[Any] = []

    def scrivi() -> None:
        fatta.append(azioni.prepara_seduta(edizione, **form.cleaned_data, da=request.user))

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Seduta in preparazione: scrivi l'ordine del giorno."))
        return redirect("seduta", fatta[0].pk)
    dati = contesto(edizione, (_("Nuova seduta"), ""))
    indietro = reverse("conciliazione_comitato", args=[edizione.slug])
    return _modulo(request, form, dati, titolo=_("Nuova seduta"), annulla=indietro)


@legge_e_scrive
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questa = seduta_visibile(request, pk)
    esigi(request.user, azioni.CONVOCA, questa)
    com_e = {
        "oggetto": questa.oggetto,
        "quando": timezone.localtime(questa.quando).strftime("%Y-%m-%dT%H:%M"),
        "sede": questa.sede,
    }
    form = QuandoForm(inviato(request), initial=com_e)

    def scrivi() -> None:
        azioni.modifica_seduta(questa, **form.cleaned_data, da=request.user)

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Seduta modificata."))
        return redirect("seduta", pk)
    dati = della_seduta(questa, _("Modifica"))
    return _modulo(request, form, dati, titolo=_("Modifica la seduta"),
                   annulla=reverse("seduta", args=[pk]))  # fmt: skip


@require_POST
def punto_aggiungi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = seduta_visibile(request, pk)
    esigi(request.user, azioni.CONVOCA, questa)
    form = PuntoForm(request.POST, seduta=questa, utente=request.user)
    if tenta(form, lambda: azioni.aggiungi_punto(questa, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Punto aggiunto."))
        return redirect("seduta", pk)
    return pagina(request, questa, punto=form)


@require_POST
def punto_togli(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = PuntoOrdine.objects.visibili_a(request.user).select_related("seduta__edizione")
    punto = get_object_or_404(visibili, pk=pk)
    prova(request, lambda: azioni.togli_punto(punto, da=request.user), _("Punto tolto."))
    return redirect("seduta", punto.seduta_id)


@require_POST
def convoca(request: HttpRequest, pk: int) -> HttpResponse:
    questa = seduta_visibile(request, pk)
    esigi(request.user, azioni.CONVOCA, questa)
    form = ConvocaForm(request.POST, urgenza=azioni.regole_di(questa).urgenza)
    if tenta(form, lambda: azioni.convoca(questa, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Seduta convocata: i messaggi stanno partendo."))
        return redirect("seduta", pk)
    return pagina(request, questa, convoca=form)


@require_POST
def annulla(request: HttpRequest, pk: int) -> HttpResponse:
    questa = seduta_visibile(request, pk)
    esigi(request.user, azioni.CONVOCA, questa)
    form = MotivoForm(request.POST)
    if tenta(form, lambda: azioni.annulla_seduta(questa, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Seduta annullata."))
        return redirect("seduta", pk)
    return pagina(request, questa, annulla=form)


@require_safe
def calendario(request: HttpRequest, pk: int) -> HttpResponse:
    """The appointment, for who did not keep the message."""
    questa = seduta_visibile(request, pk)
    return HttpResponse(
        ics(questa, questa.punti.order_by("ordine")),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="seduta.ics"'},
    )


def _modulo(
    request: HttpRequest, form: forms.Form, dati: dict[str, Any], **altro: Any
) -> HttpResponse:
    edizione = dati["edizione"]
    return modulo(
        request,
        form,
        sopratitolo=str(edizione),
        invia=_("Salva la seduta"),
        briciole=dati["briciole"],
        **altro,
    )
