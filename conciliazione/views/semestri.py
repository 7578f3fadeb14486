# SPDX-License-Identifier: AGPL-3.0-or-later
"""A semester: its window, who has reported, what the ATS reports itself, its indicators."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from conciliazione import fogli_soldi
from conciliazione.azioni import rilevazione as azioni_rilevazione
from conciliazione.azioni import semestre as azioni
from conciliazione.forms.monitoraggio import AzioniForm, FinestraForm, SemestreForm
from conciliazione.models import (
    AzioneDiPiano,
    Progetto,
    RilevazioneAzionePiano,
    RilevazioneProgetto,
    SemestreMonitoraggio,
)
from conciliazione.monitoraggio.tavole import Riga, righe_di, stampati
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from conciliazione.views.monitoraggio import QUI, briciole_di
from piani import esporta
from piani.forms import MotivoForm, tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo

TITOLI = {
    "a": gettext_lazy("Indicatori del piano"),
    "b": gettext_lazy("Indicatori dei progetti"),
    "c": gettext_lazy("Ulteriori indicatori"),
}


@legge_e_scrive
def nuovo(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, azioni.PERMESSO, edizione)
    form = SemestreForm(inviato(request))
    if request.method == "POST" and tenta(
        form, lambda: azioni.apri_semestre(edizione, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Semestre aperto: i capofila lo trovano fra le cose da fare."))
        return redirect("conciliazione_monitoraggio", edizione.slug)
    return modulo(
        request,
        form,
        titolo=_("Apri un semestre di monitoraggio"),
        sopratitolo=edizione.nome,
        testo=_("Fra le due date, comprese, i capofila trasmettono la rilevazione dei progetti."),
        invia=_("Apri il semestre"),
        annulla=reverse("conciliazione_monitoraggio", args=[edizione.slug]),
        briciole=briciole_di(edizione, (_("Nuovo semestre"), "")),
    )


@require_safe
def semestre(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = _semestre(request, pk)
    di = f"{questo.edizione.slug}-{questo.anno}-{questo.semestre}"
    if esporta.chiesto(request):
        return indicatori_csv(request, pk)
    if esporta.chiesto(request, "progetti"):
        return esporta.scarica(request, fogli_soldi.RILEVAZIONI, _progetti(request, questo), di=di)
    if esporta.chiesto(request, "azioni"):
        return esporta.scarica(
            request, fogli_soldi.AZIONI_RILEVATE, _azioni(request, questo), di=di
        )
    return _pagina(request, questo)


@require_POST
def finestra(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _semestre(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    form = FinestraForm(request.POST)
    if tenta(form, lambda: azioni.cambia_finestra(questo, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Finestra spostata."))
        return redirect("semestre", pk)
    return _pagina(request, questo, finestra=form)


@require_POST
def chiudi(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _semestre(request, pk)
    return fai(
        request,
        lambda: azioni.chiudi_semestre(questo, da=request.user),
        _("Semestre chiuso: i suoi indicatori sono fissati."),
        redirect("semestre", pk),
    )


@require_POST
def riapri(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _semestre(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    form = MotivoForm(request.POST)
    if tenta(form, lambda: azioni.riapri_semestre(questo, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Semestre riaperto: gli indicatori si calcolano di nuovo."))
        return redirect("semestre", pk)
    return _pagina(request, questo, riapri=form)


@legge_e_scrive
def azioni_del_piano(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _semestre(request, pk)
    esigi(request.user, "conciliazione.rileva_azioni", questo)
    dette = {una.azione_id: una for una in questo.rilevazioni_azioni.all()}
    azioni_piano = list(AzioneDiPiano.objects.filter(edizione=questo.edizione_id))
    form = AzioniForm(inviato(request), azioni=azioni_piano, dette=dette)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni_rilevazione.rileva_azioni(questo, raggiunti=form.raggiunti, da=request.user),
    ):
        messages.success(request, _("Azioni del piano rilevate."))
        return redirect("semestre", pk)
    contesto = {
        "semestre": questo,
        "form": form,
        "righe": [
            (una, form.campi_di(una, "avviata", "persone", "imprese", "nota"))
            for una in azioni_piano
        ],
        "briciole": _briciole(questo, (_("Azioni del piano"), "")),
    }
    return render(
        request,
        "conciliazione/monitoraggio/azioni.html",
        di_edizione(questo.edizione, QUI, **contesto),
    )


@require_safe
def indicatori_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = _semestre(request, pk)
    di = f"{questo.edizione.slug}-{questo.anno}-{questo.semestre}"
    return esporta.scarica(request, fogli_soldi.INDICATORI, righe_di(questo, request.user), di=di)


def fai(
    request: HttpRequest, azione: Callable[[], object], fatto: str, dopo: HttpResponse
) -> HttpResponse:
    """Do something that has no form of its own; what is wrong is said on the next page."""
    try:
        azione()
    except ValidationError as errore:
        for frase in errore.messages:
            messages.error(request, frase)
    else:
        messages.success(request, fatto)
    return dopo


def _pagina(request: HttpRequest, questo: SemestreMonitoraggio, **moduli: Form) -> HttpResponse:
    """``moduli``: the forms sent with something wrong (``finestra``, ``riapri``)."""
    apre = request.user.has_perm(azioni.PERMESSO, questo)
    righe = righe_di(questo, request.user)
    contesto: dict[str, Any] = {
        "semestre": questo,
        "aperta": questo.finestra_aperta(timezone.localdate()),
        "apre": apre,
        "progetti": _progetti(request, questo),
        "azioni": _azioni(request, questo),
        "gruppi": _gruppi(righe),
        "stampati": stampati(questo.edizione, request.user),
        "finestra": moduli.get("finestra")
        or FinestraForm(initial={"apre": questo.apre, "scade": questo.scade}),
        "riapri": moduli.get("riapri") or MotivoForm(),
        "briciole": _briciole(questo),
    }
    return render(
        request,
        "conciliazione/monitoraggio/semestre.html",
        di_edizione(questo.edizione, QUI, **contesto),
    )


def _progetti(
    request: HttpRequest, questo: SemestreMonitoraggio
) -> list[tuple[Progetto, RilevazioneProgetto | None]]:
    """The projects that the person sees, each with its report as they may see it."""
    viste = RilevazioneProgetto.objects.visibili_a(request.user).filter(semestre=questo)
    per_progetto = {una.progetto_id: una for una in viste}
    progetti = Progetto.objects.visibili_a(request.user).filter(edizione=questo.edizione_id)
    return [(uno, per_progetto.get(uno.pk)) for uno in progetti.select_related("capofila")]


def _azioni(
    request: HttpRequest, questo: SemestreMonitoraggio
) -> list[tuple[AzioneDiPiano, RilevazioneAzionePiano | None]]:
    viste = RilevazioneAzionePiano.objects.visibili_a(request.user).filter(semestre=questo)
    dette = {una.azione_id: una for una in viste}
    azioni_viste = AzioneDiPiano.objects.visibili_a(request.user)
    return [(una, dette.get(una.pk)) for una in azioni_viste.filter(edizione=questo.edizione_id)]


def _gruppi(righe: list[Riga]) -> list[tuple[str, str, list[Riga]]]:
    return [
        (gruppo, TITOLI[gruppo], list(sue))
        for gruppo, sue in groupby(
            sorted(righe, key=lambda una: una.gruppo), key=lambda una: una.gruppo
        )
    ]


def _briciole(questo: SemestreMonitoraggio, *altre: tuple[str, str]) -> list[tuple[str, str]]:
    qui = reverse("semestre", args=[questo.pk]) if altre else ""
    return briciole_di(questo.edizione, (str(questo), qui), *altre)


def _semestre(request: HttpRequest, pk: int) -> SemestreMonitoraggio:
    visibili = SemestreMonitoraggio.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("edizione__azienda"), pk=pk)
