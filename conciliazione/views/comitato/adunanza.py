# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting while it is held: presences, opening, outcomes, end, what was decided in it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conciliazione.azioni import adunanza as azioni
from conciliazione.azioni.presenze import segna_presenze, segna_presenze_rete
from conciliazione.azioni.seduta import VERBALIZZA
from conciliazione.comitato.decisioni import scelte
from conciliazione.forms.comitato import CollegaForm, EsitoForm
from conciliazione.models import PuntoOrdine, Seduta
from conciliazione.views.comitato.comune import della_seduta, prova, seduta_visibile
from conciliazione.views.comitato.foglio_presenze import (
    consultivi_detti,
    presenti_detti,
    righe_comitato,
    righe_consultivi,
    righe_rete,
    seggi_detti,
)
from conciliazione.views.comitato.pagina import pagina
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import legge_e_scrive


@legge_e_scrive
def presenze(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of the presences; what was sent wrong stays on it."""
    questa = seduta_visibile(request, pk)
    esigi(request.user, VERBALIZZA, questa)
    form = forms.Form(request.POST if request.method == "POST" else None)
    detti = request.POST if request.method == "POST" else None

    def scrivi() -> None:
        if questa.organo == Seduta.Organo.COMITATO:
            segna_presenze(
                questa,
                seggi=seggi_detti(request.POST),
                consultivi=consultivi_detti(request.POST),
                da=request.user,
            )
        else:
            segna_presenze_rete(questa, presenti=presenti_detti(request.POST), da=request.user)

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Presenze segnate."))
        return redirect("seduta", pk)
    comitato = questa.organo == Seduta.Organo.COMITATO
    dati: dict[str, Any] = della_seduta(
        questa,
        _("Presenze"),
        form=form,
        comitato=comitato,
        righe=righe_comitato(questa, detti) if comitato else righe_rete(questa, detti),
        consultivi=righe_consultivi(questa, detti) if comitato else [],
    )
    return render(request, "conciliazione/comitato/presenze.html", dati)


@require_POST
def apri(request: HttpRequest, pk: int) -> HttpResponse:
    questa = seduta_visibile(request, pk)
    prova(request, lambda: azioni.apri_seduta(questa, da=request.user), _("Seduta aperta."))
    return redirect("seduta", pk)


@require_POST
def deserta(request: HttpRequest, pk: int) -> HttpResponse:
    questa = seduta_visibile(request, pk)
    fatto = _("Seduta dichiarata deserta: si può convocare di nuovo.")
    prova(request, lambda: azioni.dichiara_deserta(questa, da=request.user), fatto)
    return redirect("seduta", pk)


@require_POST
def chiudi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = seduta_visibile(request, pk)
    fatto = _("Seduta chiusa: ora si scrive il verbale.")
    prova(request, lambda: azioni.chiudi_seduta(questa, da=request.user), fatto)
    return redirect("seduta", pk)


@require_POST
def esito(request: HttpRequest, pk: int) -> HttpResponse:
    punto = get_object_or_404(
        PuntoOrdine.objects.visibili_a(request.user).select_related("seduta__edizione__azienda"),
        pk=pk,
    )
    esigi(request.user, VERBALIZZA, punto)
    form = EsitoForm(request.POST, auto_id=f"esito_{pk}_%s")
    if tenta(form, lambda: azioni.scrivi_esito(punto, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Esito scritto."))
        return redirect("seduta", punto.seduta_id)
    return pagina(request, punto.seduta, **{f"esito-{pk}": form})


@require_POST
def collega(request: HttpRequest, pk: int) -> HttpResponse:
    questa = seduta_visibile(request, pk)
    esigi(request.user, VERBALIZZA, questa)
    form = CollegaForm(request.POST, scelte=scelte(questa))
    if not form.is_valid():
        messages.error(request, _("Quella decisione non c'è più, o è già collegata a una seduta."))
        return redirect("seduta", pk)
    genere, _due_punti, chiave = form.cleaned_data["cosa"].partition(":")
    prova(
        request,
        lambda: azioni.collega(questa, genere=genere, chiave=int(chiave), da=request.user),
        _("Decisione collegata alla seduta."),
    )
    return redirect("seduta", pk)
