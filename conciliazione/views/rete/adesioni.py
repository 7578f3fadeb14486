# SPDX-License-Identifier: AGPL-3.0-or-later
"""The requests to join, for the office: the list, one of them, what came of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import fogli
from conciliazione.azioni import adesione as azioni
from conciliazione.azioni import valutazione_adesione as valutazione
from conciliazione.forms.adesione import (
    AccogliForm,
    ConfermaUfficioForm,
    ModuloUfficioForm,
    RespingiForm,
)
from conciliazione.models import Adesione, EdizioneConciliazione
from conciliazione.rete.filtri import AdesioneFilter
from conciliazione.views.edizioni import edizione_visibile
from conciliazione.views.rete.cornice import modulo, pagina
from piani import esporta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive

PER_PAGINA = 50
PERMESSO = "conciliazione.valuta_adesione"


@require_safe
def adesioni(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    filtro = AdesioneFilter(
        request.GET,
        queryset=Adesione.objects.visibili_a(request.user)
        .filter(azienda=edizione.azienda)
        .select_related("ente", "rinuncia"),
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.ADESIONI, filtro.qs, di=slug)
    pagine = Paginator(filtro.qs, PER_PAGINA).get_page(request.GET.get("pagina"))
    return pagina(
        request, edizione, "adesioni", (_("Adesioni"), ""), filtro=filtro, pagina=pagine,
        puo_valutare=request.user.has_perm(PERMESSO, edizione),
    )  # fmt: skip


@require_safe
def adesione(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    questa = adesione_di(request, edizione, pk)
    chi = request.user
    puo_valutare = chi.has_perm(PERMESSO, questa)
    return pagina(
        request, edizione, "adesione", _elenco(edizione), (questa.denominazione, ""),
        adesione=questa, rinuncia=getattr(questa, "rinuncia", None), puo_valutare=puo_valutare,
        puo_rinunciare=bool(questa.ente_id) and chi.has_perm("conciliazione.rinuncia", questa),
        simili=valutazione.enti_simili(questa) if puo_valutare and not questa.ente_id else (),
    )  # fmt: skip


@legge_e_scrive
def nuova(request: HttpRequest, slug: str) -> HttpResponse:
    """The office copies a module that came signed by another way."""
    edizione = edizione_visibile(request, slug)
    esigi(request.user, PERMESSO, edizione)
    form = ModuloUfficioForm(inviato(request))
    return modulo(
        request, edizione, form, _elenco(edizione), modello="adesione_nuova",
        azione=lambda: azioni.registra_adesione(
            edizione.azienda, form.dati, arrivata_il=form.cleaned_data["arrivata_il"],
            da=request.user,
        ),
        fatto=_("La richiesta è registrata: adesso la valuta il Comitato."),
        dopo=reverse("rete_adesioni", args=[slug]), invia=_("Registra la richiesta"),
        titolo=_("Registra una richiesta arrivata firmata"),
    )  # fmt: skip


@legge_e_scrive
def accogli(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _valuta(
        request, slug, pk, AccogliForm, valutazione.accogli, titolo=_("Accogli la richiesta"),
        fatto=_("La richiesta è accolta: l'ente fa parte della Rete e riceve un messaggio."),
    )  # fmt: skip


@legge_e_scrive
def respingi(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _valuta(
        request, slug, pk, RespingiForm, valutazione.respingi, titolo=_("Respingi la richiesta"),
        fatto=_("La richiesta è respinta: l'ente riceve un messaggio con il motivo."),
    )  # fmt: skip


@legge_e_scrive
def conferma(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _valuta(
        request, slug, pk, ConfermaUfficioForm, valutazione.conferma_d_ufficio,
        titolo=_("Conferma dall'ufficio"), fatto=_("La richiesta è confermata: si può valutare."),
    )  # fmt: skip


def _valuta(
    request: HttpRequest, slug: str, pk: int, classe: type[forms.Form],
    azione: Callable[..., Any], *, titolo: str, fatto: str,
) -> HttpResponse:  # fmt: skip
    """One of the answers of the office to a request: its form, what it does, what it says."""
    edizione = edizione_visibile(request, slug)
    questa = adesione_di(request, edizione, pk)
    esigi(request.user, PERMESSO, questa)
    di_suo = {} if classe is ConfermaUfficioForm else {"adesione": questa}
    form = classe(inviato(request), **di_suo)
    dopo = reverse("rete_adesione", args=[slug, pk])
    return modulo(
        request, edizione, form, _elenco(edizione), (questa.denominazione, dopo),
        azione=lambda: azione(questa, da=request.user, **form.cleaned_data),
        fatto=fatto, dopo=dopo, titolo=titolo, invia=titolo, sottotitolo=questa.denominazione,
    )  # fmt: skip


def adesione_di(request: HttpRequest, edizione: EdizioneConciliazione, pk: int) -> Adesione:
    """A request to the azienda of an edition among those that the person sees, or 404."""
    visibili = Adesione.objects.visibili_a(request.user).filter(azienda=edizione.azienda)
    con = visibili.select_related("azienda", "ente", "seduta", "valutata_da", "rinuncia__seduta")
    return get_object_or_404(con, pk=pk)


def _elenco(edizione: EdizioneConciliazione) -> tuple[str, str]:
    return _("Adesioni"), reverse("rete_adesioni", args=[edizione.slug])
