# SPDX-License-Identifier: AGPL-3.0-or-later
"""The webhooks of an azienda's programs, for its amministratore."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from piani import esporta, fogli
from piani.forms import tenta
from piani.forms_clienti import RinnovaForm
from piani.models import Azienda, Consegna, Webhook
from piani.views.clienti import azienda_di
from piani.views.moduli import inviato, modulo
from piani.webhook import azioni
from piani.webhook.moduli import ConsegneForm, WebhookForm

PER_PAGINA = 25


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def del_programma(request: HttpRequest, azienda: str, cliente: int) -> HttpResponseBase:
    """The webhooks of a program, and the form of a new one; its secret is shown here, once."""
    ente = azienda_di(request, azienda)
    programma = get_object_or_404(ente.clienti_api, pk=cliente)
    suoi = programma.webhook.order_by("stato", "pk")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.WEBHOOK, suoi, azienda=ente, di=programma.name)
    form = WebhookForm(inviato(request), cliente=programma)
    fatto: list[tuple[Webhook, str]] = []
    if request.method == "POST" and tenta(
        form,
        lambda: fatto.append(azioni.crea_webhook(programma, **form.cleaned_data, da=request.user)),
    ):
        return _segreto(request, *fatto[0])
    contesto = {
        "azienda": ente,
        "cliente": programma,
        "webhook": suoi,
        "form": form,
        "briciole": [*_briciole(ente), (programma.name, "")],
    }
    return render(request, "piani/webhook/elenco.html", contesto)


@require_safe
def webhook(request: HttpRequest, azienda: str, pk: int) -> HttpResponseBase:
    """One, and the log of its deliveries."""
    questo = _mio(request, azienda, pk)
    scelta = ConsegneForm(request.GET)
    stato = scelta.cleaned_data["stato"] if scelta.is_valid() else ""
    consegne = questo.consegne.select_related("annuncio").prefetch_related("tentativi")
    if stato:
        consegne = consegne.filter(stato=stato)
    if esporta.chiesto(request):
        di = f"{questo.cliente.name} {questo.pk}"
        return esporta.scarica(request, fogli.CONSEGNE, consegne, azienda=questo.azienda, di=di)
    contesto = {
        "azienda": questo.azienda,
        "webhook": questo,
        "pagina": Paginator(consegne, PER_PAGINA).get_page(request.GET.get("pagina")),
        "scelta": scelta,
        "stato": stato,
        "rinnova": RinnovaForm(),
        "aperto": questo.stato != Webhook.Stato.CHIUSO,
        "briciole": [*_briciole_di(questo), (questo.indirizzo, "")],
    }
    return render(request, "piani/webhook/webhook.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def modifica(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Another address, or other events."""
    questo = _mio(request, azienda, pk)
    iniziali = {"indirizzo": questo.indirizzo, "eventi": questo.eventi}
    form = WebhookForm(inviato(request), cliente=questo.cliente, initial=iniziali)
    if request.method == "POST" and tenta(
        form, lambda: azioni.cambia_webhook(questo, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Webhook cambiato."))
        return redirect(_pagina(questo))
    return modulo(
        request,
        form,
        titolo=_("Cambia il webhook"),
        sopratitolo=questo.cliente.name,
        invia=_("Salva"),
        annulla=_pagina(questo),
        briciole=[*_briciole_di(questo), (_("Cambia"), "")],
    )


@never_cache
@require_POST
def segreto(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Another secret, shown this once."""
    questo = _mio(request, azienda, pk)
    form = RinnovaForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Scegli per quanti giorni si firma ancora con il precedente."))
        return redirect(_pagina(questo))
    try:
        nuovo = azioni.rinnova_segreto_webhook(questo, **form.cleaned_data, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect(_pagina(questo))
    questo.refresh_from_db()
    return _segreto(request, questo, nuovo)


@require_POST
def prova(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    detto = _("Prova mandata: l'esito è la prima riga delle consegne.")
    return _fai(request, _mio(request, azienda, pk), azioni.prova_webhook, detto)


@require_POST
def sospendi(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    detto = _("Webhook sospeso: ciò che accade intanto aspetta.")
    return _fai(request, _mio(request, azienda, pk), azioni.sospendi_webhook, detto)


@require_POST
def riattiva(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    detto = _("Webhook riattivato: parte ciò che aspettava.")
    return _fai(request, _mio(request, azienda, pk), azioni.riattiva_webhook, detto)


@require_POST
def chiudi(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    detto = _("Webhook chiuso: non riceve più niente.")
    return _fai(request, _mio(request, azienda, pk), azioni.chiudi_webhook, detto)


@require_POST
def rimanda(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Send a delivery again."""
    ente = azienda_di(request, azienda)
    consegne = Consegna.objects.visibili_a(request.user).filter(webhook__azienda=ente)
    una = get_object_or_404(
        consegne.select_related("annuncio", "webhook__azienda", "webhook__cliente"), pk=pk
    )
    detto = _("Rimandata: l'esito è nella sua riga.")
    return _fai(request, una.webhook, lambda _w, da: azioni.rimanda_consegna(una, da=da), detto)


def _mio(request: HttpRequest, azienda: str, pk: int) -> Webhook:
    """The webhook of the address, among those of the azienda that the person sees to."""
    ente = azienda_di(request, azienda)
    visibili = Webhook.objects.visibili_a(request.user).select_related("azienda", "cliente")
    return get_object_or_404(visibili, pk=pk, azienda=ente)


def _fai(
    request: HttpRequest, questo: Webhook, azione: Callable[..., Any], detto: str
) -> HttpResponse:
    try:
        azione(questo, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, detto)
    return redirect(_pagina(questo))


def _pagina(questo: Webhook) -> str:
    return reverse("webhook", args=[questo.azienda.codice, questo.pk])


def _briciole(ente: Azienda) -> list[tuple[str, str]]:
    return [
        (_("Persone"), reverse("persone", args=[ente.codice])),
        (_("Programmi"), reverse("clienti_api", args=[ente.codice])),
    ]


def _briciole_di(questo: Webhook) -> list[tuple[str, str]]:
    suoi = reverse("webhook_del_programma", args=[questo.azienda.codice, questo.cliente_id])
    return [*_briciole(questo.azienda), (questo.cliente.name, suoi)]


def _segreto(request: HttpRequest, questo: Webhook, nuovo: str) -> HttpResponse:
    contesto = {
        "webhook": questo,
        "segreto": nuovo,
        "pagina": _pagina(questo),
        "briciole": [*_briciole_di(questo), (_("Segreto"), "")],
    }
    return render(request, "piani/webhook/segreto.html", contesto)
