# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede that a person may see, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from obiettivi import fogli
from obiettivi.filters import SchedaFilter
from obiettivi.models import SchedaBudget
from obiettivi.rules import aziende_governate
from obiettivi.schede.lettura import contenuti
from obiettivi.schede.pannelli import pannelli
from piani import esporta

PER_PAGINA = 50


@require_safe
def elenco(request: HttpRequest) -> HttpResponseBase:
    visibili = SchedaBudget.objects.visibili_a(request.user).dei_cdr().per_elenco()
    filtro = SchedaFilter(request.GET, queryset=visibili, request=request)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.SCHEDE, filtro.qs)
    pagina = Paginator(filtro.qs, PER_PAGINA).get_page(request.GET.get("pagina"))
    lette = contenuti(list(pagina))
    contesto = {
        "filtro": filtro,
        "pagina": pagina,
        "storte": {chiave for chiave, letta in lette.items() if not letta.pesi_giusti},
        "prepara": aziende_governate(request.user).exists(),
        "matrici": {(una.azienda.codice, una.anno): str(una.azienda) for una in pagina},
        "briciole": [(_("Schede budget"), "")],
    }
    return render(request, "obiettivi/schede/elenco.html", contesto)


@require_safe
def scheda(request: HttpRequest, pk: int) -> HttpResponse:
    questa = scheda_di(request, pk)
    contesto = {
        "scheda": questa,
        "pannelli": pannelli(questa, request.user),
        "briciole": briciole_di(questa),
    }
    return render(request, "obiettivi/schede/scheda.html", contesto)


def scheda_di(request: HttpRequest, pk: int) -> SchedaBudget:
    """The scheda, if the person may see it; 404 otherwise."""
    return get_object_or_404(SchedaBudget.objects.visibili_a(request.user).per_elenco(), pk=pk)


def briciole_di(scheda: SchedaBudget, *, dentro: bool = False) -> list[tuple[str, str]]:
    """Where the page is; ``dentro`` a page of the scheda, whose name the caller adds."""
    briciole = [(_("Schede budget"), reverse("schede"))]
    if scheda.modello:
        briciole.append((_("Modelli"), reverse("schede_modelli")))
    return [*briciole, (str(scheda), scheda.get_absolute_url() if dentro else "")]
