# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report of a project in a semester: written and sent by the capofila, looked at by the ATS."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import rilevazione as azioni
from conciliazione.forms.monitoraggio import NotaForm, RilevazioneForm
from conciliazione.models import Progetto, RilevazioneProgetto, SemestreMonitoraggio
from conciliazione.rules import esigi_referente, puo_di_persona
from conciliazione.views.edizioni import di_edizione
from conciliazione.views.monitoraggio import QUI, briciole_di
from piani.forms import accanto_ai_campi, tenta
from piani.rules import esigi


@require_safe
def rilevazione(request: HttpRequest, pk: int, progetto: int) -> HttpResponse:
    return _pagina(request, *_di(request, pk, progetto))


@require_POST
def salva(request: HttpRequest, pk: int, progetto: int) -> HttpResponse:
    """Keep the draft; then, if asked for, send it."""
    semestre, questo = _di(request, pk, progetto)
    esigi_referente(request.user, azioni.GUIDA, questo)
    form = _modulo(semestre, questo, request.POST)
    salvate: list[RilevazioneProgetto] = []
    if not tenta(form, lambda: salvate.append(_salva(request, semestre, questo, form))):
        return _pagina(request, semestre, questo, form=form)
    if request.POST.get("fai") != "trasmetti":
        messages.success(request, _("Bozza salvata."))
        return redirect("rilevazione_progetto", pk, progetto)
    try:
        azioni.trasmetti_rilevazione(salvate[0], da=request.user)
    except ValidationError as errore:
        accanto_ai_campi(form, errore)
        form.data = form.data.copy()
        form.data["visto"] = str(salvate[0].modifiche)
        messages.info(request, _("La bozza è salvata, ma non è stata trasmessa."))
        return _pagina(request, semestre, questo, form=form)
    messages.success(request, _("Rilevazione trasmessa all'ATS."))
    return redirect("semestre", pk)


@require_POST
def valida(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _rilevazione(request, pk)
    esigi(request.user, azioni.CONTROLLA, questa)
    form = NotaForm(request.POST, prefix="valida")
    if tenta(form, lambda: azioni.valida_rilevazione(questa, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Rilevazione validata."))
        return redirect("semestre", questa.semestre_id)
    return _pagina(request, questa.semestre, questa.progetto, valida=form)


@require_POST
def rimanda(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _rilevazione(request, pk)
    esigi(request.user, azioni.CONTROLLA, questa)
    form = NotaForm(request.POST, prefix="rimanda")
    if tenta(
        form, lambda: azioni.rimanda_rilevazione(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Rilevazione rimandata al capofila."))
        return redirect("semestre", questa.semestre_id)
    return _pagina(request, questa.semestre, questa.progetto, rimanda=form)


def _salva(
    request: HttpRequest, semestre: SemestreMonitoraggio, progetto: Progetto, form: RilevazioneForm
) -> RilevazioneProgetto:
    dati = form.cleaned_data
    return azioni.salva_rilevazione(
        semestre,
        progetto,
        avanzamento=dati["avanzamento"],
        criticita=dati["criticita"],
        raggiunti=form.raggiunti,
        visto=dati["visto"],
        da=request.user,
    )


def _pagina(
    request: HttpRequest, semestre: SemestreMonitoraggio, progetto: Progetto, **moduli: Form
) -> HttpResponse:
    """``moduli``: the forms sent with something wrong (``form``, ``valida``, ``rimanda``)."""
    questa = (
        RilevazioneProgetto.objects.visibili_a(request.user)
        .filter(semestre=semestre, progetto=progetto)
        .select_related("trasmessa_da", "validata_da")
        .first()
    )
    in_bozza = questa is None or questa.stato == RilevazioneProgetto.Stato.BOZZA
    guida = puo_di_persona(request.user, azioni.GUIDA, progetto)
    form = moduli.get("form") or _modulo(semestre, progetto)
    dette = {una.azione_id: una for una in questa.azioni.all()} if questa else {}
    contesto: dict[str, Any] = {
        "semestre": semestre,
        "progetto": progetto,
        "rilevazione": questa,
        "guida": guida,
        "scrive": guida and in_bozza and semestre.aperto,
        "controlla": semestre.aperto
        and questa is not None
        and questa.stato == RilevazioneProgetto.Stato.TRASMESSA
        and request.user.has_perm(azioni.CONTROLLA, questa),
        "aperta": semestre.finestra_aperta(timezone.localdate()),
        "form": form,
        "righe": [
            (azione, dette.get(azione.pk), form.campi_di(azione, "persone", "imprese", "nota"))
            for azione in form.azioni
        ],
        "valida": moduli.get("valida") or NotaForm(prefix="valida"),
        "rimanda": moduli.get("rimanda") or NotaForm(prefix="rimanda"),
        "briciole": briciole_di(
            progetto.edizione,
            (str(semestre), reverse("semestre", args=[semestre.pk])),
            (progetto.titolo, ""),
        ),
    }
    return render(
        request,
        "conciliazione/monitoraggio/rilevazione.html",
        di_edizione(progetto.edizione, QUI, **contesto),
    )


def _modulo(
    semestre: SemestreMonitoraggio, progetto: Progetto, dati: Any = None
) -> RilevazioneForm:
    bozza = RilevazioneProgetto.objects.filter(semestre=semestre, progetto=progetto).first()
    dette = {una.azione_id: una for una in bozza.azioni.all()} if bozza else {}
    return RilevazioneForm(dati, azioni=progetto.azioni.all(), bozza=bozza, dette=dette)


def _di(request: HttpRequest, pk: int, progetto: int) -> tuple[SemestreMonitoraggio, Progetto]:
    semestri = SemestreMonitoraggio.objects.visibili_a(request.user)
    semestre = get_object_or_404(semestri.select_related("edizione__azienda"), pk=pk)
    progetti = Progetto.objects.visibili_a(request.user).filter(edizione=semestre.edizione_id)
    questo = get_object_or_404(
        progetti.select_related("edizione__azienda", "capofila"), pk=progetto
    )
    return semestre, questo


def _rilevazione(request: HttpRequest, pk: int) -> RilevazioneProgetto:
    visibili = RilevazioneProgetto.objects.visibili_a(request.user)
    return get_object_or_404(
        visibili.select_related("semestre__edizione__azienda", "progetto__edizione__azienda",
                                "progetto__capofila"), pk=pk,
    )  # fmt: skip
