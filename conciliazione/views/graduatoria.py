# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ranking of a call: formed, read with every figure explained, decided, as a file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import graduatoria as azioni
from conciliazione.forms.valutazione import DecidiForm
from conciliazione.models import Graduatoria
from conciliazione.riparto import tabelle
from conciliazione.valutazione.stampa import fotografa, nome_del_file, rende_pdf
from conciliazione.views.edizioni import di_edizione
from conciliazione.views.valutazione import bando_visibile, briciole_di, passo
from piani import esporta
from piani.rules import esigi
from piani.stampa import StampaNonDisponibile
from piani.views.moduli import inviato, legge_e_scrive


@require_POST
def forma(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    try:
        nuova = azioni.forma_graduatoria(questo, da=request.user)
    except ValidationError as errore:
        for messaggio in errore.messages:
            messages.error(request, messaggio)
        return redirect("valutazione_bando", questo.pk)
    messages.success(request, _("Graduatoria formata: la decide il Comitato in una seduta."))
    return redirect("graduatoria", nuova.pk)


@require_safe
def graduatoria(request: HttpRequest, pk: int) -> HttpResponseBase:
    if esporta.chiesto(request):
        return graduatoria_csv(request, pk)
    questa = _visibile(request, pk)
    bando = questa.manifestazione
    contesto = di_edizione(
        bando.edizione,
        "valutazione",
        graduatoria=questa,
        bando=bando,
        righe=questa.righe.select_related("proposta__capofila").order_by("-idonea", "posto", "pk"),
        minimo=bando.edizione.regole.punteggio_minimo,
        decide=questa.decisa_il is None
        and request.user.has_perm("conciliazione.forma_graduatoria", bando.edizione),
        briciole=[
            *briciole_di(bando.edizione, bando),
            (_("Graduatoria %(n)s") % {"n": questa.numero}, ""),
        ],
    )
    return render(request, "conciliazione/valutazione/graduatoria.html", contesto)


@require_safe
def graduatoria_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    questa = _visibile(request, pk)
    foglio, righe = tabelle.della_graduatoria(questa)
    di = f"{questa.manifestazione.edizione.slug}-{questa.numero}"
    return esporta.scarica(request, foglio, righe, di=di)


@require_safe
def graduatoria_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Drawn when it is asked for: its rows do not change, so neither does it."""
    questa = _visibile(request, pk)
    foto = fotografa(questa)
    try:
        contenuto = rende_pdf(foto).contenuto
    except StampaNonDisponibile as errore:
        messages.error(request, str(errore))
        return redirect("graduatoria", pk)
    return HttpResponse(
        contenuto,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nome_del_file(foto)}"'},
    )


@legge_e_scrive
def decidi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    esigi(request.user, "conciliazione.forma_graduatoria", questa)
    bando = questa.manifestazione
    form = DecidiForm(inviato(request), manifestazione=bando)
    titolo = _("Registra la decisione del Comitato")
    return passo(
        request,
        form,
        lambda: azioni.decidi_graduatoria(questa, **form.cleaned_data, da=request.user),
        fatto=_("Graduatoria decisa."),
        dopo=reverse("graduatoria", args=[questa.pk]),
        titolo=titolo,
        invia=_("Registra"),
        **di_edizione(
            bando.edizione,
            "valutazione",
            briciole=[*briciole_di(bando.edizione, bando), (titolo, "")],
        ),
    )


def _visibile(request: HttpRequest, pk: int) -> Graduatoria:
    visibili = Graduatoria.objects.visibili_a(request.user).select_related(
        "manifestazione__edizione__azienda", "seduta"
    )
    return get_object_or_404(visibili, pk=pk)
