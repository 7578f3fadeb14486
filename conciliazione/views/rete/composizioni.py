# SPDX-License-Identifier: AGPL-3.0-or-later
"""The composition of the network, semester by semester."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione import fogli
from conciliazione.azioni import composizione as azioni
from conciliazione.forms.rete import ComposizioneForm
from conciliazione.models import ComposizioneRete, EdizioneConciliazione
from conciliazione.rete.composizione import Prospetto, grafico, prospetto
from conciliazione.views.edizioni import edizione_visibile
from conciliazione.views.rete.cornice import modulo, pagina, prova
from piani import esporta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive

PERMESSO = "conciliazione.gestisce_rete"


@require_safe
def composizioni(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    righe = (
        ComposizioneRete.objects.visibili_a(request.user)
        .filter(edizione=edizione)
        .prefetch_related("righe")
        .order_by("-anno", "-semestre")
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.COMPOSIZIONI, righe, di=slug)
    return pagina(
        request, edizione, "composizioni", (_("Composizione"), ""), composizioni=righe,
        puo_gestire=request.user.has_perm(PERMESSO, edizione),
    )  # fmt: skip


@require_safe
def composizione(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    riga = composizione_di(request, edizione, pk)
    quadro = prospetto(riga)
    if esporta.chiesto(request):
        return _foglio(request, riga, quadro)
    return pagina(
        request, edizione, "composizione", _elenco(edizione), (_nome(riga), ""), riga=riga,
        quadro=quadro, nome=_nome(riga), disegno=grafico(f"composizione-{riga.pk}", quadro),
        puo_gestire=request.user.has_perm(PERMESSO, riga),
    )  # fmt: skip


@require_safe
def composizione_csv(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    riga = composizione_di(request, edizione_visibile(request, slug), pk)
    return _foglio(request, riga, prospetto(riga))


def _foglio(request: HttpRequest, riga: ComposizioneRete, quadro: Prospetto) -> HttpResponseBase:
    di = f"{riga.edizione.slug}-{riga.anno}-{riga.semestre}"
    return esporta.scarica(request, fogli.COMPOSIZIONE, quadro.righe(), di=di)


@legge_e_scrive
def nuova(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, PERMESSO, edizione)
    form = ComposizioneForm(inviato(request))
    return modulo(
        request, edizione, form, _elenco(edizione),
        azione=lambda: azioni.prepara(edizione, da=request.user, **form.dati),
        fatto=_("La bozza è pronta: i numeri vengono dalle adesioni, finché non si approva."),
        dopo=reverse("composizioni", args=[slug]), titolo=_("Prepara la composizione"),
        testo=_("I numeri stampati servono solo se un documento li riporta già."),
    )  # fmt: skip


@legge_e_scrive
def modifica(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    riga = composizione_di(request, edizione, pk)
    esigi(request.user, PERMESSO, riga)
    form = ComposizioneForm(inviato(request), riga=riga)
    dopo = reverse("composizione", args=[slug, pk])
    return modulo(
        request, edizione, form, _elenco(edizione), (_nome(riga), dopo),
        azione=lambda: azioni.correggi(riga, da=request.user, **form.dati),
        fatto=_("Composizione corretta."), dopo=dopo, titolo=_("Correggi la composizione"),
    )  # fmt: skip


@require_POST
def approva(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    riga = composizione_di(request, edizione_visibile(request, slug), pk)
    prova(
        request, lambda: azioni.approva(riga, da=request.user),
        _("La composizione è approvata: i suoi numeri non cambiano più."),
    )  # fmt: skip
    return redirect("composizione", slug, pk)


@require_POST
def togli(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    riga = composizione_di(request, edizione_visibile(request, slug), pk)
    prova(
        request, lambda: azioni.togli_composizione(riga, da=request.user), _("Bozza tolta.")
    )  # fmt: skip
    return redirect("composizioni", slug)


def composizione_di(
    request: HttpRequest, edizione: EdizioneConciliazione, pk: int
) -> ComposizioneRete:
    visibili = ComposizioneRete.objects.visibili_a(request.user).filter(edizione=edizione)
    return get_object_or_404(
        visibili.select_related("edizione__azienda").prefetch_related("righe"), pk=pk
    )


def _nome(riga: ComposizioneRete) -> str:
    return _("%(semestre)s semestre %(anno)s") % {
        "semestre": _("Primo") if riga.semestre == 1 else _("Secondo"),
        "anno": riga.anno,
    }


def _elenco(edizione: EdizioneConciliazione) -> tuple[str, str]:
    return _("Composizione"), reverse("composizioni", args=[edizione.slug])
