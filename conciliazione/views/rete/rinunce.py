# SPDX-License-Identifier: AGPL-3.0-or-later
"""A body leaves the network: its page, and the note that the Comitato takes of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conciliazione.azioni import rinuncia as azioni
from conciliazione.forms.adesione import PresaAttoForm, RinunciaForm
from conciliazione.models import EdizioneConciliazione, Rinuncia
from conciliazione.views.edizioni import edizione_visibile
from conciliazione.views.rete.adesioni import adesione_di
from conciliazione.views.rete.cornice import modulo, prova
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive


@legge_e_scrive
def rinuncia(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    adesione = adesione_di(request, edizione, pk)
    if adesione.ente_id is None:
        raise Http404
    esigi(request.user, "conciliazione.rinuncia", adesione)
    form = RinunciaForm(inviato(request))
    dopo = reverse("rete_adesione", args=[slug, pk])
    return modulo(
        request, edizione, form, (adesione.denominazione, dopo),
        azione=lambda: azioni.rinuncia(adesione, da=request.user, **form.cleaned_data),
        fatto=_("La rinuncia è presentata: l'ente resta nella Rete fino alla presa d'atto."),
        dopo=dopo, titolo=_("Rinuncia alla Rete"), invia=_("Presenta la rinuncia"),
        sottotitolo=adesione.denominazione,
    )  # fmt: skip


@legge_e_scrive
def presa_d_atto(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    riga = rinuncia_di(request, edizione, pk)
    esigi(request.user, "conciliazione.valuta_adesione", riga.adesione)
    form = PresaAttoForm(inviato(request), adesione=riga.adesione)
    dopo = reverse("rete_adesione", args=[slug, riga.adesione_id])
    return modulo(
        request, edizione, form, (riga.adesione.denominazione, dopo),
        azione=lambda: azioni.prendi_atto(riga, da=request.user, **form.cleaned_data),
        fatto=_("Presa d'atto registrata: l'ente riceve un messaggio."), dopo=dopo,
        titolo=_("Prendi atto della rinuncia"), invia=_("Prendi atto"),
        sottotitolo=riga.adesione.denominazione,
    )  # fmt: skip


@require_POST
def ritira(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    riga = rinuncia_di(request, edizione, pk)
    prova(
        request, lambda: azioni.ritira_rinuncia(riga, da=request.user),
        _("La rinuncia è ritirata: l'ente resta nella Rete."),
    )  # fmt: skip
    return redirect("rete_adesione", slug, riga.adesione_id)


def rinuncia_di(request: HttpRequest, edizione: EdizioneConciliazione, pk: int) -> Rinuncia:
    visibili = Rinuncia.objects.visibili_a(request.user).filter(adesione__azienda=edizione.azienda)
    return get_object_or_404(visibili.select_related("adesione__azienda", "adesione__ente"), pk=pk)
