# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Alleanza of a proposal, its papers, its sending and withdrawal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from conciliazione.azioni import allegato as azioni_allegato
from conciliazione.azioni import partner as azioni_partner
from conciliazione.azioni import presentazione
from conciliazione.azioni.proposta import SCRIVE
from conciliazione.forms.proposta import AllegaForm, InvitaForm
from conciliazione.models import AllegatoProposta, Ente, Partner, Proposta
from conciliazione.rules import esigi_referente
from conciliazione.views.proposte import contesto_proposta, di_proposta, proposta_visibile
from conciliazione.views.scrittura import GET_O_POST, fai, in_scrittura
from piani.forms import MotivoForm, tenta


@require_http_methods(GET_O_POST)
@never_cache
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    questa, _versione = in_scrittura(request, pk)
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
    return fai(
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
    risposta = fai(
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
    questa, _versione = in_scrittura(request, pk)
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
    return fai(
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
    return fai(
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


def _partner(request: HttpRequest, pk: int) -> Partner:
    visibili = Partner.objects.visibili_a(request.user).select_related("ente", "proposta__capofila")
    return get_object_or_404(visibili, pk=pk)
