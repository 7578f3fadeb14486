# SPDX-License-Identifier: AGPL-3.0-or-later
"""Votes: put, given by each seat or gathered in the room, counted, withdrawn."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conciliazione.azioni import votazione as azioni
from conciliazione.azioni.seduta import VERBALIZZA
from conciliazione.conflitti import senza_voto
from conciliazione.forms.comitato import MotivoForm, VotazioneForm, VotoForm
from conciliazione.models import PuntoOrdine, Votazione, Voto
from conciliazione.rules import esigi_referente
from conciliazione.views.comitato.comune import della_seduta, mio_seggio, prova
from conciliazione.views.comitato.pagina import pagina
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive


@require_POST
def apri(request: HttpRequest, pk: int) -> HttpResponse:
    punto = get_object_or_404(
        PuntoOrdine.objects.visibili_a(request.user).select_related("seduta__edizione__azienda"),
        pk=pk,
    )
    esigi(request.user, VERBALIZZA, punto)
    form = VotazioneForm(request.POST, auto_id=f"quesito_{pk}_%s")
    if tenta(form, lambda: azioni.apri_votazione(punto, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Si vota: chi siede trova la scheda in questa pagina."))
        return redirect("seduta", punto.seduta_id)
    return pagina(request, punto.seduta, **{f"quesito-{pk}": form})


@require_POST
def vota(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own vote, for the seat that one holds."""
    questa = _visibile(request, pk)
    seduta = questa.punto.seduta
    seggio = mio_seggio(request, seduta.edizione_id)
    esigi_referente(request.user, azioni.VOTA, seggio)
    form = VotoForm(request.POST, auto_id=f"voto_{pk}_%s")

    def scrivi() -> None:
        azioni.vota(questa, seggio=seggio, **form.cleaned_data, da=request.user)

    if tenta(form, scrivi):
        messages.success(request, _("Il voto è registrato."))
        return redirect("seduta", seduta.pk)
    return pagina(request, seduta, **{f"voto-{pk}": form})


@legge_e_scrive
def raccogli(request: HttpRequest, pk: int) -> HttpResponse:
    """The votes given in the room: a row for each seat that is there and has not voted."""
    questa = _visibile(request, pk)
    esigi(request.user, VERBALIZZA, questa)
    form = forms.Form(inviato(request))
    presenze = (
        questa.punto.seduta.presenze.filter(presente=True, seggio__isnull=False)
        .exclude(seggio__in=questa.voti.values("seggio"))
        .select_related("seggio__ente", "utente")
    )
    fermi = senza_voto(questa.punto, presenze)
    righe = [
        {"presenza": una, "detto": request.POST.get(f"v-{una.seggio_id}", "")}
        for una in presenze
        if una.seggio_id not in fermi
    ]

    def scrivi() -> None:
        voti = {una["presenza"].seggio_id: una["detto"] for una in righe if una["detto"]}
        azioni.raccogli_voti(questa, voti=voti, da=request.user)

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Voti raccolti."))
        return redirect("seduta", questa.punto.seduta_id)
    dati = della_seduta(
        questa.punto.seduta,
        _("Voti in sala"),
        votazione=questa,
        form=form,
        righe=righe,
        fermi=[una.seggio for una in presenze if una.seggio_id in fermi],
        valori=Voto.Valore.choices,
    )
    return render(request, "conciliazione/comitato/raccogli.html", dati)


@require_POST
def chiudi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    prova(
        request,
        lambda: azioni.chiudi_votazione(questa, da=request.user),
        _("Votazione chiusa: il conteggio è nella pagina."),
    )
    return redirect("seduta", questa.punto.seduta_id)


@require_POST
def ritira(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    esigi(request.user, VERBALIZZA, questa)
    form = MotivoForm(request.POST, auto_id=f"ritira_{pk}_%s")
    seduta = questa.punto.seduta
    if tenta(form, lambda: azioni.annulla_votazione(questa, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Votazione ritirata."))
        return redirect("seduta", seduta.pk)
    return pagina(request, seduta, **{f"ritira-{pk}": form})


def _visibile(request: HttpRequest, pk: int) -> Votazione:
    visibili = Votazione.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("punto__seduta__edizione__azienda"), pk=pk)
