# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runs of many plans: asked together, followed in one page."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from obiettivi import azioni, fogli
from obiettivi.forms.giro import GiroForm
from obiettivi.models import EdizioneSMVP, GiroDiCalcolo, Prospettiva
from obiettivi.rules import aziende_governate
from piani import esporta
from piani.forms import accanto_ai_campi
from piani.models import Piano, Utente
from piani.models.piano import PianoQuerySet

PER_PAGINA = 50
ULTIMI = 5


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def giri(request: HttpRequest) -> HttpResponseBase:
    """Ask for a giro: first the year, then its periods and the plans that cover it."""
    piani = _governati(request.user)
    if esporta.chiesto(request):
        tutti = GiroDiCalcolo.objects.visibili_a(request.user).values("pk")
        visti = GiroDiCalcolo.objects.filter(pk__in=tutti).con_conti(request.user)
        return esporta.scarica(request, fogli.GIRI, visti.select_related("da"))
    anni = _anni(piani)
    contesto: dict[str, Any] = {
        "anni": anni,
        "ultimi": _ultimi(request.user),
        "briciole": [(_("Piani"), reverse("piani")), (_("Calcola più piani"), "")],
    }
    if not anni:
        return render(request, "obiettivi/giri.html", contesto)
    chiesto = (request.POST or request.GET).get("anno", "")
    anno = {str(uno): uno for uno in anni}.get(chiesto) or _proposto(piani, anni)
    coprono = piani.filter(anno_inizio__lte=anno, anno_fine__gte=anno).per_elenco()
    dati = request.POST if request.method == "POST" else None
    form = GiroForm(dati, anno=anno, piani=list(coprono))
    if form.is_valid():
        try:
            return redirect(
                azioni.avvia_giro(
                    form.cleaned_data["piani"],
                    prospettiva=Prospettiva.CONSUNTIVO,
                    anno=form.cleaned_data["anno"],
                    frazioni=form.cleaned_data["frazioni"],
                    da=request.user,
                )
            )
        except ValidationError as errore:
            accanto_ai_campi(form, errore)
    contesto |= {"form": form, "anno": anno, "con_regole": _con_regole(anno)}
    return render(request, "obiettivi/giri.html", contesto)


@require_safe
@never_cache
def giro(request: HttpRequest, pk: int) -> HttpResponseBase:
    visti = GiroDiCalcolo.objects.visibili_a(request.user).con_conti(request.user)
    questo = get_object_or_404(visti.select_related("da"), pk=pk)
    calcoli = questo.calcoli.visibili_a(request.user).select_related("piano__azienda")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.CALCOLI, calcoli.per_urgenza(), di=pk)
    pagine = Paginator(calcoli.per_urgenza(), PER_PAGINA)
    contesto = {
        "giro": questo,
        "pagina": pagine.get_page(request.GET.get("pagina")),
        "scartati": _scartati(questo, request.user),
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "obiettivi/_giro.html", contesto)
    contesto["briciole"] = [(_("Piani"), reverse("piani")), (str(questo), "")]
    return render(request, "obiettivi/giro.html", contesto)


def _governati(utente: Utente) -> PianoQuerySet:
    """The plans whose runs the person may ask for; who governs no azienda is told so."""
    aziende = aziende_governate(utente)
    if not aziende.exists():
        raise PermissionDenied(_("Il tuo incarico non consente di avviare calcoli."))
    return Piano.objects.visibili_a(utente).filter(azienda__in=aziende)


def _anni(piani: PianoQuerySet) -> list[int]:
    """The years that the plans cover, from the newest."""
    estremi = piani.order_by().values_list("anno_inizio", "anno_fine").distinct()
    return sorted({anno for da, a in estremi for anno in range(da, a + 1)}, reverse=True)


def _proposto(piani: PianoQuerySet, anni: list[int]) -> int:
    """The last year with rules to compute it by; without any, the last one that has begun."""
    edizioni = EdizioneSMVP.objects.filter(azienda__in=piani.values("azienda"), anno__in=anni)
    con_regole: int | None = edizioni.aggregate(ultimo=Max("anno"))["ultimo"]
    oggi = timezone.localdate().year
    return con_regole or next((anno for anno in anni if anno <= oggi), anni[-1])


def _con_regole(anno: int) -> set[int]:
    """The aziende that have the rules of a year."""
    return set(EdizioneSMVP.objects.filter(anno=anno).values_list("azienda", flat=True))


def _ultimi(utente: Utente) -> list[GiroDiCalcolo]:
    """The last giri that the person sees, newest first."""
    visti = GiroDiCalcolo.objects.visibili_a(utente).values_list("pk", flat=True)
    ultimi = GiroDiCalcolo.objects.filter(pk__in=list(visti[:ULTIMI]))
    return list(ultimi.con_conti(utente).select_related("da"))


def _scartati(giro: GiroDiCalcolo, utente: Utente) -> list[tuple[Piano, str]]:
    """The plans left out, among those that the person sees, each with its reason."""
    motivi = {uno["piano"]: uno["motivo"] for uno in giro.scartati}
    piani = Piano.objects.visibili_a(utente).filter(pk__in=motivi).per_elenco()
    return [(piano, motivi[piano.pk]) for piano in piani]
