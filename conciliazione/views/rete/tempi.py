# SPDX-License-Identifier: AGPL-3.0-or-later
"""The projects of L.r. 28/2004 on the times of the cities."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import fogli
from conciliazione.azioni.righe import scrivi_riga
from conciliazione.forms.territorio import ProgettoTempiForm
from conciliazione.models import EdizioneConciliazione, InterventoTempi, ProgettoTempi
from conciliazione.views.edizioni import edizione_visibile
from conciliazione.views.rete.cornice import modulo, pagina
from piani import esporta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive

PERMESSO = "conciliazione.gestisce_rete"


@require_safe
def tempi(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    progetti = ProgettoTempi.objects.visibili_a(request.user).filter(azienda=edizione.azienda)
    interventi = InterventoTempi.objects.visibili_a(request.user).filter(azienda=edizione.azienda)
    progetti, interventi = progetti.select_related("comune"), interventi.prefetch_related("comuni")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.PROGETTI_TEMPI, progetti, di=slug)
    if esporta.chiesto(request, "azioni"):
        return esporta.scarica(request, fogli.INTERVENTI_TEMPI, interventi, di=slug)
    return pagina(
        request, edizione, "tempi", (_("Tempi delle città"), ""),
        progetti=progetti, interventi=interventi,
        puo_gestire=request.user.has_perm(PERMESSO, edizione),
    )  # fmt: skip


@legge_e_scrive
def progetto_nuovo(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    riga = ProgettoTempi(azienda=edizione.azienda)
    return _progetto(request, edizione, riga, _("Aggiungi un progetto"))


@legge_e_scrive
def progetto_modifica(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    visibili = ProgettoTempi.objects.visibili_a(request.user).filter(azienda=edizione.azienda)
    riga = get_object_or_404(visibili.select_related("comune", "azienda"), pk=pk)
    return _progetto(request, edizione, riga, _("Modifica il progetto"))


def _progetto(
    request: HttpRequest, edizione: EdizioneConciliazione, riga: ProgettoTempi, titolo: str
) -> HttpResponse:
    esigi(request.user, PERMESSO, edizione)
    form = ProgettoTempiForm(inviato(request), instance=riga, azienda=edizione.azienda)
    dopo = reverse("rete_tempi", args=[edizione.slug])
    return modulo(
        request, edizione, form, (_("Tempi delle città"), dopo), titolo=titolo, dopo=dopo,
        azione=lambda: scrivi_riga(
            riga, form.valori, permesso=PERMESSO, tipo="conc_progetto_tempi",
            visto=form.mostrata, da=request.user,
        ),
        fatto=_("Progetto salvato."),
    )  # fmt: skip
