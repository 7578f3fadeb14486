# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal as its capofila writes it: section by section, each saved by itself."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from conciliazione.azioni import proposta as azioni
from conciliazione.azioni.proposta import SCRIVE
from conciliazione.conti import costi_di, versione_aperta
from conciliazione.forms.proposta import (
    AzioneForm,
    ContenutoForm,
    NuovaPropostaForm,
    RisorseForm,
)
from conciliazione.models import (
    AzioneProposta,
    Ente,
    Proposta,
    VersioneProposta,
)
from conciliazione.models.visibilita import enti_di
from conciliazione.rules import esigi_referente
from conciliazione.views.bando import bando_visibile, di_bando
from conciliazione.views.proposte import (
    di_proposta,
    proposta_visibile,
)
from piani.forms import tenta

GET_O_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_O_POST)
@never_cache
def nuova(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    enti = Ente.objects.filter(pk__in=enti_di(request.user), azienda=questo.azienda)
    if not enti:
        raise PermissionDenied(_("Propone chi rappresenta un ente della Rete."))
    form = NuovaPropostaForm(request.POST or None, enti=enti)
    create: list[Proposta] = []
    if request.method == "POST" and tenta(
        form,
        lambda: create.append(
            azioni.comincia_proposta(questo, da=request.user, **form.cleaned_data)
        ),
    ):
        messages.success(request, _("Bozza cominciata: la legge solo la tua Alleanza."))
        return redirect("proposta_contenuto", create[0].pk)
    contesto = di_bando(questo, form=form, titolo=_("Nuova proposta"))
    return render(request, "conciliazione/bando/modulo.html", contesto)


@require_http_methods(GET_O_POST)
@never_cache
def contenuto(request: HttpRequest, pk: int) -> HttpResponse:
    questa, versione = in_scrittura(request, pk)
    form = ContenutoForm(
        request.POST or None,
        initial=ContenutoForm.iniziali(versione),
        regole=questa.manifestazione.edizione.regole,
    )
    return _sezione(
        request,
        questa,
        form,
        "contenuto",
        lambda: azioni.scrivi_contenuto(
            versione, visto=form.cleaned_data["visto"], da=request.user, **form.valori
        ),
    )


@require_http_methods(GET_O_POST)
@never_cache
def azione_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    questa, versione = in_scrittura(request, pk)
    return _azione(request, questa, versione, None)


@require_http_methods(GET_O_POST)
@never_cache
def azione(request: HttpRequest, pk: int) -> HttpResponse:
    una, questa = _azione_visibile(request, pk)
    esigi_referente(request.user, SCRIVE, questa)
    if una.versione.chiusa_il is not None:
        raise Http404
    una.versione.proposta = questa
    return _azione(request, questa, una.versione, una)


def _azione(
    request: HttpRequest, questa: Proposta, versione: VersioneProposta, una: AzioneProposta | None
) -> HttpResponse:
    iniziali = AzioneForm.iniziali(una) if una else {}
    form = AzioneForm(
        request.POST or None,
        initial=iniziali | {"visto": versione.modifiche},
        regole=questa.manifestazione.edizione.regole,
    )
    return _sezione(
        request,
        questa,
        form,
        "azioni",
        lambda: azioni.scrivi_azione(
            versione, una, visto=form.cleaned_data["visto"], da=request.user, **form.valori
        ),
        azione=una,
    )


@require_POST
def azione_togli(request: HttpRequest, pk: int) -> HttpResponse:
    una, questa = _azione_visibile(request, pk)
    una.versione.proposta = questa
    return fai(
        request, questa.pk, lambda: azioni.togli_azione(una, da=request.user), _("Azione tolta.")
    )


@require_http_methods(GET_O_POST)
@never_cache
def risorse(request: HttpRequest, pk: int) -> HttpResponse:
    questa, versione = in_scrittura(request, pk)
    partner = questa.partner.attuali().select_related("ente")
    enti = [questa.capofila, *(uno.ente for uno in partner)]
    costi = costi_di(versione)
    form = RisorseForm(
        request.POST or None, initial=RisorseForm.iniziali(versione, costi), enti=enti
    )
    return _sezione(
        request,
        questa,
        form,
        "risorse",
        lambda: azioni.scrivi_risorse(
            versione, visto=form.cleaned_data["visto"], da=request.user, **form.valori
        ),
        costi=costi,
    )


def _sezione(
    request: HttpRequest,
    questa: Proposta,
    form: Any,
    sezione: str,
    salva: Callable[[], Any],
    **altro: Any,
) -> HttpResponse:
    """A section and its sending; what was refused stays in the form, with why."""
    if request.method == "POST" and tenta(form, salva):
        messages.success(request, _("Salvata."))
        if request.POST.get("fai") == "resta":
            return redirect(request.path)
        return redirect("proposta", questa.pk)
    contesto = di_proposta(questa, form=form, sezione=sezione, **altro)
    return render(request, f"conciliazione/bando/{sezione}.html", contesto)


def in_scrittura(request: HttpRequest, pk: int) -> tuple[Proposta, VersioneProposta]:
    """A proposal that the person writes, with its open version; 404 if there is none."""
    questa = proposta_visibile(request, pk)
    esigi_referente(request.user, SCRIVE, questa)
    versione = versione_aperta(questa)
    if versione is None or questa.stato not in Proposta.SCRIVIBILI:
        raise Http404(_("La proposta è presentata: non si scrive più."))
    return questa, versione


def _azione_visibile(request: HttpRequest, pk: int) -> tuple[AzioneProposta, Proposta]:
    visibili = AzioneProposta.objects.visibili_a(request.user).select_related("versione")
    una = get_object_or_404(visibili, pk=pk)
    return una, proposta_visibile(request, una.versione.proposta_id)


def fai(
    request: HttpRequest, pk: int, azione: Callable[[], Any], detto: str, dove: str = "proposta"
) -> HttpResponse:
    """A step with no form, then back to the proposal."""
    try:
        azione()
    except ValidationError as errore:
        for frase in errore.messages:
            messages.error(request, frase)
    else:
        messages.success(request, detto)
    return redirect(dove, pk)
