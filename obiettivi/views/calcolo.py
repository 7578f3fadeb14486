# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs of the computation and the explanation of what they gave."""

from typing import Any

import simplejson
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni
from obiettivi.forms import CalcolaForm
from obiettivi.models import Calcolo, Prospettiva, Raggiungimento
from obiettivi.spiega import spiega
from obiettivi.views.momento import AlForm, giorno_di, momento
from obiettivi.voti import voto_di
from piani.models import Piano
from piani.views.moduli import briciole_di

NOMI_CONTI = {
    Raggiungimento.Stato.CALCOLATO: gettext_lazy("Indicatori calcolati"),
    Raggiungimento.Stato.NON_CALCOLABILE: gettext_lazy("Indicatori non calcolabili"),
    Raggiungimento.Stato.ESCLUSO: gettext_lazy("Indicatori esclusi"),
}


CHIAVI = ("prospettiva", "anno", "frazione")


@require_POST
def calcola(request: HttpRequest, slug: str) -> HttpResponse:
    piano = get_object_or_404(Piano.objects.visibili_a(request.user), slug=slug)
    form = CalcolaForm(request.POST, piano=piano)
    if not form.is_valid():
        messages.error(request, _("Scegli che cosa calcolare e per quale anno del piano."))
        return redirect(piano)
    try:
        calcolo = azioni.avvia_calcolo(piano, **form.cleaned_data, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect(piano)
    return redirect(calcolo)


@require_safe
@never_cache
def calcolo(request: HttpRequest, pk: int) -> HttpResponse:
    questo = get_object_or_404(
        Calcolo.objects.visibili_a(request.user).select_related("piano__azienda", "da"), pk=pk
    )
    contesto = {"calcolo": questo, "esito": None if questo.aperto else _esito(questo)}
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "obiettivi/_calcolo.html", contesto)
    contesto["briciole"] = [*briciole_di(questo.piano), (_("Calcolo"), "")]
    return render(request, "obiettivi/calcolo.html", contesto)


@require_POST
def accetta_calcolo(request: HttpRequest, pk: int) -> HttpResponse:
    questo = get_object_or_404(
        Calcolo.objects.visibili_a(request.user).select_related("piano__azienda"), pk=pk
    )
    try:
        azioni.accetta_calcolo(questo, motivo=request.POST.get("motivo", ""), da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    return redirect(questo)


def _esito(calcolo: Calcolo) -> dict[str, Any]:
    """How the indicators came out, and the plan's own score."""
    righe = Raggiungimento.objects.filter(
        piano=calcolo.piano,
        prospettiva=calcolo.prospettiva,
        anno=calcolo.anno,
        frazione=calcolo.frazione,
    )
    conti = dict(
        righe.filter(livello=Raggiungimento.Livello.INDICATORE)
        .values_list("stato")
        .annotate(quanti=Count("oggetto"))
        .order_by()
    )
    del_piano = righe.filter(livello=Raggiungimento.Livello.PIANO).first()
    return {
        "conti": [(nome, conti.get(stato, 0)) for stato, nome in NOMI_CONTI.items()],
        "voto": voto_di(del_piano) if del_piano else None,
    }


@require_safe
def spiegazione(request: HttpRequest, slug: str, livello: str, oggetto: int) -> HttpResponse:
    piano, dati = _spiegazione(request, slug, livello, oggetto)
    json = reverse("spiegazione_json", args=[slug, livello, oggetto])
    contesto = {
        "piano": piano,
        "dati": dati,
        "voto": dati["voto"],
        "al": AlForm(request.GET if request.GET.get("al") else None),
        "giorno": giorno_di(request),
        "scelta": [(nome, request.GET.get(nome, "")) for nome in CHIAVI],
        "json": f"{json}?{request.GET.urlencode()}",
        "briciole": [*briciole_di(piano), (_("Perché questo punteggio"), "")],
    }
    return render(request, "obiettivi/spiegazione.html", contesto)


@require_safe
def spiegazione_json(request: HttpRequest, slug: str, livello: str, oggetto: int) -> HttpResponse:
    _piano, dati = _spiegazione(request, slug, livello, oggetto)
    del dati["voto"]
    testo = simplejson.dumps(dati, use_decimal=True, ensure_ascii=False)
    return HttpResponse(testo, content_type="application/json")


def _spiegazione(
    request: HttpRequest, slug: str, livello: str, oggetto: int
) -> tuple[Piano, dict[str, Any]]:
    """A plan and the explanation of one of its scores; 404 when there is no such score."""
    piano = get_object_or_404(Piano.objects.visibili_a(request.user).per_elenco(), slug=slug)
    anno = request.GET.get("anno", "")
    if not anno.isdecimal():
        raise Http404
    chiave = {
        "prospettiva": request.GET.get("prospettiva", Prospettiva.CONSUNTIVO),
        "anno": int(anno),
        "frazione": request.GET.get("frazione", ""),
        "livello": livello,
        "oggetto": oggetto,
    }
    get_object_or_404(Raggiungimento, piano=piano, **chiave)
    try:
        return piano, spiega(piano, **chiave, al=momento(request))
    except KeyError as errore:
        raise Http404(_("Ciò che aveva questo punteggio non è più nel piano.")) from errore
