# SPDX-License-Identifier: AGPL-3.0-or-later
"""«Stampato e calcolato»: every printed figure of the documents of an edition beside ours."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import fogli
from conciliazione.azioni import riscontro as azioni
from conciliazione.filters_riscontri import CONDIZIONI, ESITI, RiscontroFilter
from conciliazione.forms.finanziario import PresaAttoForm
from conciliazione.models import EdizioneConciliazione, Riscontro
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from piani import esporta
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo

PER_PAGINA = 100
PERMESSO = "conciliazione.tiene_piano_finanziario"


@require_safe
def elenco(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    filtro = _filtrati(request, edizione)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.RISCONTRI, filtro.qs, di=slug)
    tutte = Riscontro.objects.visibili_a(request.user).filter(edizione=edizione)
    per_esito = {f"con_{nome}": Count("pk", filter=q) for nome, q in CONDIZIONI.items()}
    conti = tutte.aggregate(tutti=Count("pk"), **per_esito)
    contesto = {
        "filtro": filtro,
        "pagina": Paginator(filtro.qs, PER_PAGINA).get_page(request.GET.get("pagina")),
        "tutti": conti["tutti"],
        "conti": [(nome, conti[f"con_{esito}"]) for esito, nome in ESITI.items()],
        "prende_atto": request.user.has_perm(PERMESSO, edizione),
    }
    return render(
        request,
        "conciliazione/finanziario/riscontri.html",
        di_edizione(edizione, "finanziario", **contesto),
    )


@require_safe
def tabella(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same rows as the page, all of them."""
    righe = _filtrati(request, edizione_visibile(request, slug)).qs
    return esporta.scarica(request, fogli.RISCONTRI, righe, di=slug)


@legge_e_scrive
def prendi_atto(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = Riscontro.objects.visibili_a(request.user).select_related("edizione__azienda")
    questo = get_object_or_404(visibili, pk=pk)
    esigi(request.user, PERMESSO, questo)
    form = PresaAttoForm(inviato(request), initial={"motivo": questo.presa_atto})
    dove = reverse("finanze_riscontri", args=[questo.edizione.slug])
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.prendi_atto(questo, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Presa d'atto registrata: le due cifre restano come sono."))
        return redirect(dove)
    return modulo(
        request,
        form,
        titolo=_("Presa d'atto di una differenza"),
        sopratitolo=str(questo.edizione),
        testo=_("%(dove)s: la fonte stampa %(stampato)s.")
        % {"dove": questo.dove, "stampato": questo.stampato},
        invia=_("Registra"),
        annulla=dove,
    )


def _filtrati(request: HttpRequest, edizione: EdizioneConciliazione) -> RiscontroFilter:
    righe = Riscontro.objects.visibili_a(request.user).filter(edizione=edizione)
    return RiscontroFilter(
        request.GET,
        queryset=righe.select_related("presa_atto_da").order_by("ordine", "pk"),
        request=request,
    )
