# SPDX-License-Identifier: AGPL-3.0-or-later
"""A KPI of a map: how it goes against where it started from, and its values one by one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import impatto as azioni
from conciliazione.forms.impatto import KpiForm, ValoreForm
from conciliazione.impatto.lettura import Letto, andamento
from conciliazione.models import Kpi, MappaImpatto, RigaMappa, ValoreKpi
from conciliazione.views.edizioni import di_edizione
from conciliazione.views.impatto import QUI
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive

FINO_A_CHI_GUIDA = (
    "mappa__edizione__azienda", "mappa__progetto", "mappa__azione",
)  # fmt: skip


@require_safe
def kpi(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _kpi(request, pk), ValoreForm())


@legge_e_scrive
def kpi_nuovo(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = RigaMappa.objects.visibili_a(request.user).select_related(*FINO_A_CHI_GUIDA)
    return _scrivi(request, get_object_or_404(visibili, pk=pk), None)


@legge_e_scrive
def kpi_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _kpi(request, pk)
    return _scrivi(request, questo.riga, questo)


def _scrivi(request: HttpRequest, riga: RigaMappa, questo: Kpi | None) -> HttpResponse:
    esigi(request.user, azioni.PERMESSO, riga)
    form = KpiForm(inviato(request), instance=questo)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.scrivi_kpi(riga, valori=form.cleaned_data, kpi=questo, da=request.user),
    ):
        messages.success(request, _("KPI salvato."))
        return redirect(_della_mappa(riga.mappa))
    contesto = {"form": form, "riga": riga, "annulla": _della_mappa(riga.mappa)}
    return render(
        request,
        "conciliazione/impatto/kpi_modifica.html",
        di_edizione(riga.mappa.edizione, QUI, **contesto),
    )


@legge_e_scrive
def kpi_togli(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _kpi(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    return conferma(
        request,
        azione=lambda: azioni.togli_kpi(questo, da=request.user),
        fatto=_("KPI tolto."),
        dopo=_della_mappa(questo.riga.mappa),
        titolo=_("Togli il KPI"),
        domanda=_("Tolgo «%(kpi)s» dalla mappa?") % {"kpi": questo},
        cose=[_("i suoi valori: %(n)d") % {"n": questo.valori.count()}],
        annulla=reverse("impatto_kpi", args=[pk]),
    )


@require_POST
def valore(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _kpi(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    form = ValoreForm(request.POST)
    if tenta(form, lambda: azioni.scrivi_valore(questo, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Valore registrato."))
        return redirect("impatto_kpi", pk)
    return _pagina(request, questo, form)


@require_POST
def valore_togli(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = ValoreKpi.objects.visibili_a(request.user)
    riga = get_object_or_404(
        visibili.select_related(*(f"kpi__riga__{passo}" for passo in FINO_A_CHI_GUIDA)), pk=pk
    )
    azioni.togli_valore(riga, da=request.user)
    messages.success(request, _("Valore tolto."))
    return redirect("impatto_kpi", riga.kpi_id)


def _pagina(request: HttpRequest, questo: Kpi, form: ValoreForm) -> HttpResponse:
    valori = list(questo.valori.all())
    contesto = {
        "kpi": questo,
        "letti": [Letto(questo, riga) for riga in valori],
        "andamento": andamento(questo, valori),
        "scrive": request.user.has_perm(azioni.PERMESSO, questo),
        "form": form,
        "della_mappa": _della_mappa(questo.riga.mappa),
    }
    return render(
        request,
        "conciliazione/impatto/kpi.html",
        di_edizione(questo.riga.mappa.edizione, QUI, **contesto),
    )


def _kpi(request: HttpRequest, pk: int) -> Kpi:
    visibili = Kpi.objects.visibili_a(request.user)
    passi = (f"riga__{passo}" for passo in FINO_A_CHI_GUIDA)
    return get_object_or_404(visibili.select_related(*passi), pk=pk)


def _della_mappa(mappa: MappaImpatto) -> str:
    di = "progetto" if mappa.progetto_id else "azione"
    return reverse("impatto_mappa", args=[di, mappa.progetto_id or mappa.azione_id])
