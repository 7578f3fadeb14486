# SPDX-License-Identifier: AGPL-3.0-or-later
"""The minutes of a meeting: written, sent, validated, final; the PDF."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import verbale as azioni
from conciliazione.azioni.seduta import VERBALIZZA
from conciliazione.comitato.stampa import rende_pdf
from conciliazione.comitato.verbale import nome_del_file
from conciliazione.forms.comitato import MotivoForm, ValidaForm, VerbaleForm
from conciliazione.models import Seduta, Seggio, Verbale
from conciliazione.rules import esigi_referente
from conciliazione.views.comitato.comune import (
    della_seduta,
    mio_seggio,
    prova,
    rimasti,
    seduta_visibile,
)
from piani.forms import tenta
from piani.rules import esigi
from piani.stampa import StampaNonDisponibile
from piani.testo import html_da_markdown
from piani.views.moduli import inviato, legge_e_scrive, modulo

Stato = Verbale.Stato


@require_safe
def verbale(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _visibile(request, pk))


@require_POST
def proponi(request: HttpRequest, pk: int) -> HttpResponse:
    seduta = seduta_visibile(request, pk)
    fatto = _("Il testo è proposto dalle presenze, dai punti e dai voti: rileggilo.")
    if prova(request, lambda: azioni.proponi_verbale(seduta, da=request.user), fatto):
        return redirect("verbale_modifica", pk)
    return redirect("seduta", pk)


@legge_e_scrive
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _visibile(request, pk)
    esigi(request.user, VERBALIZZA, questo)
    form = VerbaleForm(inviato(request), initial={"testo": questo.testo})

    def scrivi() -> None:
        azioni.scrivi_verbale(questo, **form.cleaned_data, da=request.user)

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Verbale salvato."))
        return redirect("verbale", pk)
    dati = della_seduta(questo.seduta, _("Verbale"))
    return modulo(
        request,
        form,
        titolo=_("Verbale"),
        sopratitolo=str(questo.seduta),
        invia=_("Salva il verbale"),
        annulla=reverse("verbale", args=[pk]),
        briciole=dati["briciole"],
    )


@require_POST
def invia(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _visibile(request, pk)
    fatto = _("Verbale inviato: da ora resta com'è.")
    prova(request, lambda: azioni.invia_verbale(questo, da=request.user), fatto)
    return redirect("verbale", pk)


@require_POST
def riprendi(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _visibile(request, pk)
    esigi(request.user, VERBALIZZA, questo)
    form = MotivoForm(request.POST)
    if tenta(form, lambda: azioni.riprendi_verbale(questo, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Verbale riportato in bozza."))
        return redirect("verbale", pk)
    return _pagina(request, questo, riprendi=form)


@require_POST
def valida(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _visibile(request, pk)
    seggio = mio_seggio(request, questo.seduta.edizione_id)
    esigi_referente(request.user, azioni.VALIDA, seggio)
    form = ValidaForm(request.POST)

    def scrivi() -> None:
        azioni.valida_verbale(questo, seggio=seggio, **form.cleaned_data, da=request.user)

    if tenta(form, scrivi):
        messages.success(request, _("Grazie: la tua risposta è registrata."))
        return redirect("verbale", pk)
    return _pagina(request, questo, valida=form)


@require_POST
def concludi(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _visibile(request, pk)
    fatto = _("Verbale definitivo: il PDF si prepara da sé.")
    prova(request, lambda: azioni.concludi_validazione(questo, da=request.user), fatto)
    return redirect("verbale", pk)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The final PDF as it is kept; until then, a copy of what was sent."""
    questo = _visibile(request, pk)
    foto = questo.fotografia
    if questo.stato == Stato.BOZZA or not foto:
        raise Http404
    try:
        contenuto = _conservato(questo) or rende_pdf(foto).contenuto
    except StampaNonDisponibile as errore:
        messages.error(request, str(errore))
        return redirect("verbale", pk)
    return HttpResponse(
        contenuto,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nome_del_file(foto)}"'},
    )


def _conservato(questo: Verbale) -> bytes:
    if not questo.file:
        return b""
    with questo.file.open("rb") as aperto:
        return bytes(aperto.read())


def _visibile(request: HttpRequest, pk: int) -> Verbale:
    """By the key of its meeting."""
    visibili = Verbale.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("seduta__edizione__azienda"), seduta=pk)


def _pagina(request: HttpRequest, questo: Verbale, **scritti: forms.Form) -> HttpResponse:
    seduta = questo.seduta
    foto: dict[str, Any] = questo.fotografia or {}
    validazioni = list(
        questo.validazioni.select_related("seggio__ente", "data_da").order_by("seggio__ordine")
    )
    comitato = seduta.organo == Seduta.Organo.COMITATO
    mio = mio_seggio(request, seduta.edizione_id) if comitato else None
    mia = next((una for una in validazioni if mio and una.seggio_id == mio.pk), None)
    mostrati = {"riprendi"} if questo.stato == Stato.INVIATO else set()
    if mostrati and mio and not mia:
        mostrati.add("valida")
    dati = della_seduta(
        seduta,
        _("Verbale"),
        rimasti=rimasti(scritti, mostrati),
        verbale=questo,
        foto=foto,
        html=html_da_markdown(questo.testo) if questo.stato == Stato.BOZZA else foto["html"],
        comitato=comitato,
        validazioni=validazioni,
        seggi=Seggio.objects.filter(edizione=seduta.edizione_id).in_carica().count(),
        mio=mio,
        mia=mia,
        puo_verbalizzare=request.user.has_perm(VERBALIZZA, seduta),
        valida=scritti.get("valida") or ValidaForm(),
        riprendi=scritti.get("riprendi") or MotivoForm(auto_id="riprendi_%s"),
        scritti=scritti,
    )
    return render(request, "conciliazione/comitato/verbale.html", dati)
