# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests of consultation: asked and signed by the members, brought to a meeting by the office."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione import fogli
from conciliazione.azioni import consultazione as azioni
from conciliazione.azioni.seduta import CONVOCA
from conciliazione.comitato.firme import firme_delle, firme_di
from conciliazione.forms.comitato import FirmaForm, InSedutaForm, RichiestaForm
from conciliazione.models import EdizioneConciliazione, Ente, RichiestaConsultazione, Seduta
from conciliazione.models.visibilita import enti_di
from conciliazione.views.comitato.comune import contesto, prova, rimasti
from conciliazione.views.edizioni import edizione_visibile
from piani import esporta
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo


@require_safe
def elenco(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    richieste = list(
        RichiestaConsultazione.objects.visibili_a(request.user)
        .filter(edizione=edizione)
        .select_related("proposta_da", "seduta", "edizione__azienda")
    )
    righe = [
        {"richiesta": una, "firme": firme}
        for una, firme in zip(richieste, firme_delle(edizione, richieste), strict=True)
    ]
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.CONSULTAZIONI, righe, di=slug)
    dati = contesto(
        edizione,
        (_("Consultazioni"), ""),
        righe=righe,
        regole=edizione.regole.rete,
        chiedo=_miei(request, edizione).exists(),
    )
    return render(request, "conciliazione/comitato/consultazioni.html", dati)


@legge_e_scrive
def nuova(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    miei = _esigi_miei(request, edizione)
    form = RichiestaForm(inviato(request), enti=miei)
    fatta: list[Any] = []

    def scrivi() -> None:
        dati = form.cleaned_data
        fatta.append(azioni.chiedi_consultazione(edizione, **dati, da=request.user))

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Richiesta registrata con la tua firma: ora servono le altre."))
        return redirect("consultazione", fatta[0].pk)
    indietro = reverse("consultazioni", args=[edizione.slug])
    briciole = contesto(edizione, (_("Consultazioni"), indietro), (_("Nuova"), ""))["briciole"]
    return modulo(
        request,
        form,
        titolo=_("Chiedi una consultazione"),
        sopratitolo=str(edizione),
        testo=_("La Rete esprime pareri anche su richiesta dei suoi membri."),
        invia=_("Chiedi e firma"),
        annulla=indietro,
        briciole=briciole,
    )


@require_safe
def richiesta(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _visibile(request, pk))


@require_POST
def firma(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    form = FirmaForm(request.POST, enti=_esigi_miei(request, questa.edizione))

    def scrivi() -> None:
        azioni.firma_richiesta(questa, **form.cleaned_data, da=request.user)

    if tenta(form, scrivi):
        messages.success(request, _("Firma registrata."))
        return redirect("consultazione", pk)
    return _pagina(request, questa, firma=form)


@require_POST
def in_seduta(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    esigi(request.user, CONVOCA, questa)
    form = InSedutaForm(request.POST, sedute=_da_convocare(questa))
    if tenta(form, lambda: azioni.porta_in_seduta(questa, **form.cleaned_data, da=request.user)):
        messages.success(request, _("La richiesta è all'ordine del giorno."))
        return redirect("consultazione", pk)
    return _pagina(request, questa, porta=form)


@require_POST
def stacca(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    fatto = _("Richiesta staccata dalla riunione.")
    prova(request, lambda: azioni.stacca_richiesta(questa, da=request.user), fatto)
    return redirect("consultazione", pk)


def _pagina(
    request: HttpRequest, questa: RichiestaConsultazione, **scritti: forms.Form
) -> HttpResponse:
    firme = questa.firme.select_related("ente").order_by("firmata_il", "pk")
    gia = [una.ente_id for una in firme]
    miei = _miei(request, questa.edizione).exclude(pk__in=gia)
    sedute = _da_convocare(questa)
    mostrati = set() if questa.seduta_id else {"porta"}
    if mostrati and miei:
        mostrati.add("firma")
    elenco_url = reverse("consultazioni", args=[questa.edizione.slug])
    dati = contesto(
        questa.edizione,
        (_("Consultazioni"), elenco_url),
        (questa.oggetto, ""),
        richiesta=questa,
        rimasti=rimasti(scritti, mostrati),
        firme=firme,
        conto=firme_di(questa),
        miei=miei if questa.seduta_id is None else miei.none(),
        firma=scritti.get("firma") or FirmaForm(enti=miei),
        puo_convocare=request.user.has_perm(CONVOCA, questa),
        sedute=sedute,
        porta=scritti.get("porta") or InSedutaForm(sedute=sedute),
    )
    return render(request, "conciliazione/comitato/consultazione.html", dati)


def _visibile(request: HttpRequest, pk: int) -> RichiestaConsultazione:
    visibili = RichiestaConsultazione.objects.visibili_a(request.user)
    collegati = visibili.select_related("edizione__azienda", "proposta_da", "seduta")
    return get_object_or_404(collegati, pk=pk)


def _miei(request: HttpRequest, edizione: EdizioneConciliazione) -> Any:
    """The bodies of the network that the person represents today."""
    return Ente.objects.filter(azienda=edizione.azienda_id, pk__in=enti_di(request.user)).membri()


def _esigi_miei(request: HttpRequest, edizione: EdizioneConciliazione) -> Any:
    miei = _miei(request, edizione)
    if not miei.exists():
        raise PermissionDenied(_("Oggi non rappresenti un ente della Rete."))
    return miei


def _da_convocare(questa: RichiestaConsultazione) -> Any:
    return Seduta.objects.filter(
        edizione=questa.edizione_id, organo=Seduta.Organo.RETE, stato=Seduta.Stato.BOZZA
    ).order_by("quando")
