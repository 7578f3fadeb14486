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

from conciliazione.azioni import allegato as azioni_allegato
from conciliazione.azioni import partner as azioni_partner
from conciliazione.azioni import presentazione
from conciliazione.azioni import proposta as azioni
from conciliazione.azioni.proposta import SCRIVE
from conciliazione.conti import costi_di
from conciliazione.forms.proposta import (
    AllegaForm,
    AzioneForm,
    ContenutoForm,
    InvitaForm,
    NuovaPropostaForm,
    RisorseForm,
)
from conciliazione.models import (
    AllegatoProposta,
    AzioneProposta,
    Ente,
    Partner,
    Proposta,
    VersioneProposta,
)
from conciliazione.models.visibilita import enti_di
from conciliazione.rules import esigi_referente
from conciliazione.views.bando import bando_visibile, di_bando
from conciliazione.views.proposte import (
    contesto_proposta,
    di_proposta,
    proposta_visibile,
    versione_aperta,
)
from piani.forms import MotivoForm, tenta

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
    questa, versione = _in_scrittura(request, pk)
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
    questa, versione = _in_scrittura(request, pk)
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
    return _fai(
        request, questa.pk, lambda: azioni.togli_azione(una, da=request.user), _("Azione tolta.")
    )


@require_http_methods(GET_O_POST)
@never_cache
def risorse(request: HttpRequest, pk: int) -> HttpResponse:
    questa, versione = _in_scrittura(request, pk)
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


@require_http_methods(GET_O_POST)
@never_cache
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    questa, _versione = _in_scrittura(request, pk)
    gia = questa.partner.attuali().values("ente")
    enti = (
        Ente.objects.membri()
        .filter(azienda=questa.manifestazione.azienda)
        .exclude(pk__in=gia)
        .exclude(pk=questa.capofila_id)
    )
    form = InvitaForm(request.POST or None, enti=enti)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni_partner.invita_partner(questa, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Invitato: chi rappresenta l'ente riceve un messaggio."))
        return redirect("proposta_partner", pk)
    contesto = di_proposta(
        questa,
        form=form,
        sezione="partner",
        partner=questa.partner.select_related("ente", "risposto_da"),
    )
    return render(request, "conciliazione/bando/partner.html", contesto)


@require_POST
def partner_togli(request: HttpRequest, pk: int) -> HttpResponse:
    uno = _partner(request, pk)
    return _fai(
        request,
        uno.proposta_id,
        lambda: azioni_partner.togli_partner(uno, da=request.user),
        _("%(ente)s non è più nell'Alleanza.") % {"ente": uno.ente},
        "proposta_partner",
    )


@require_POST
def partner_risposta(request: HttpRequest, pk: int) -> HttpResponse:
    uno = _partner(request, pk)
    accetta = request.POST.get("risposta") == "si"
    nota = request.POST.get("nota", "")[:2000]
    detto = _("Hai confermato: %(ente)s è nell'Alleanza.") if accetta else _(
        "Hai rifiutato per %(ente)s: la proposta non si vede più."
    )  # fmt: skip
    risposta = _fai(
        request,
        uno.proposta_id,
        lambda: azioni_partner.rispondi(uno, accetta=accetta, nota=nota, da=request.user),
        detto % {"ente": uno.ente},
    )
    if Proposta.objects.visibili_a(request.user).filter(pk=uno.proposta_id).exists():
        return risposta
    return redirect("bando_avviso", uno.proposta.manifestazione_id)


@require_http_methods(GET_O_POST)
@never_cache
def allega(request: HttpRequest, pk: int) -> HttpResponse:
    questa, _versione = _in_scrittura(request, pk)
    form = AllegaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni_allegato.allega(questa, file=form.cleaned_data["file"], da=request.user),
    ):
        messages.success(request, _("Documento allegato."))
        return redirect("proposta_allega", pk)
    contesto = di_proposta(
        questa, form=form, sezione="allegati", allegati=list(questa.allegati.all())
    )
    return render(request, "conciliazione/bando/allegati.html", contesto)


@require_POST
def allegato_togli(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = AllegatoProposta.objects.visibili_a(request.user)
    questo = get_object_or_404(visibili.select_related("proposta__capofila"), pk=pk)
    return _fai(
        request,
        questo.proposta_id,
        lambda: azioni_allegato.togli_allegato(questo, da=request.user),
        _("Documento tolto."),
        "proposta_allega",
    )


@require_POST
def presenta(request: HttpRequest, pk: int) -> HttpResponse:
    """Send to the call, or give back to the co-progettazione; refused, the page says every why."""
    questa = proposta_visibile(request, pk)
    esigi_referente(request.user, SCRIVE, questa)
    letto = request.POST.get("visto", "")
    visto = int(letto) if letto.isdecimal() and len(letto) < 9 else None
    try:
        if questa.stato == Proposta.Stato.IN_COPROGETTAZIONE:
            presentazione.consegna(questa, visto=visto, da=request.user)
            messages.success(request, _("Versione consegnata."))
            return redirect("proposta", pk)
        presentazione.presenta(questa, visto=visto, da=request.user)
    except ValidationError as errore:
        contesto = contesto_proposta(request, questa, rifiuti=errore.messages)
        return render(request, "conciliazione/bando/proposta.html", contesto)
    messages.success(request, _("Proposta presentata: questa è la ricevuta."))
    return redirect("proposta_ricevuta", pk)


@require_POST
def riprendi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = proposta_visibile(request, pk)
    return _fai(
        request,
        pk,
        lambda: presentazione.riprendi(questa, da=request.user),
        _("Ora è di nuovo una bozza: conta solo se la presenti ancora prima della chiusura."),
    )


@require_http_methods(GET_O_POST)
@never_cache
def ritira(request: HttpRequest, pk: int) -> HttpResponse:
    questa = proposta_visibile(request, pk)
    esigi_referente(request.user, SCRIVE, questa)
    form = MotivoForm(request.POST or None)
    if request.method == "POST" and tenta(
        form, lambda: presentazione.ritira(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Proposta ritirata."))
        return redirect("proposta", pk)
    contesto = di_proposta(questa, form=form, titolo=_("Ritira la proposta"))
    return render(request, "conciliazione/bando/modulo.html", contesto)


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


def _in_scrittura(request: HttpRequest, pk: int) -> tuple[Proposta, VersioneProposta]:
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


def _partner(request: HttpRequest, pk: int) -> Partner:
    visibili = Partner.objects.visibili_a(request.user).select_related("ente", "proposta__capofila")
    return get_object_or_404(visibili, pk=pk)


def _fai(
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
