# SPDX-License-Identifier: AGPL-3.0-or-later
"""The requests: the calls of an azienda, one's own draft, a request with what was said of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lavoro_agile import fogli
from lavoro_agile.azioni import domanda as azioni
from lavoro_agile.azioni.parere import (
    CHIEDE_RIESAME,
    DECIDE,
    ESPRIME,
    serve_colloquio,
    termine_riesame,
)
from lavoro_agile.domande.motivi import motivi_leggibili
from lavoro_agile.forms.domanda import DomandaForm
from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile
from lavoro_agile.models.visibilita import propria
from lavoro_agile.passaggi import prossimi
from lavoro_agile.rules import esigi_di_persona, puo_di_persona
from lavoro_agile.views.bandi import bando_visibile, di_bando, fai
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani import esporta
from piani.forms import tenta
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

Stato = DomandaLavoroAgile.Stato


@require_safe
@never_cache
def casa(request: Richiesta, azienda: str) -> HttpResponseBase:
    questa = azienda_visibile(request, azienda)
    bandi = BandoLavoroAgile.objects.visibili_a(request.user).filter(edizione__azienda=questa)
    bandi = bandi.select_related("edizione").order_by("-apre_il", "-pk")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.BANDI, bandi, di=azienda)
    mie = DomandaLavoroAgile.objects.filter(propria(request.user), bando__edizione__azienda=questa)
    contesto = di_azienda(
        questa, "domande",
        bandi=bandi,
        mie=mie.select_related("bando").order_by("-pk"),
        bandisce=request.user.has_perm("lavoro_agile.bandisce", questa),
    )  # fmt: skip
    return render(request, "lavoro_agile/domande/casa.html", contesto)


@require_safe
@never_cache
def domanda(request: Richiesta, pk: int) -> HttpResponse:
    questa = domanda_visibile(request, pk)
    regole = questa.bando.edizione.regole
    parere = getattr(questa, "parere", None)
    causa = next((u for u in regole.dinieghi if parere and u.codice == parere.causa), None)
    contesto = di_domanda(
        questa,
        motivi=motivi_leggibili(questa, request.user),
        legge_motivi=_legge_motivi(request, questa),
        colloquio=getattr(questa, "colloquio", None),
        parere=parere,
        causa=causa,
        istanza=getattr(questa, "seconda_istanza", None),
        termine=termine_riesame(questa) if parere and questa.stato == Stato.NEGATA else None,
        mancano=azioni.mancanze(questa) if questa.stato == Stato.BOZZA else [],
        puo=_passi(request, questa),
    )
    return render(request, "lavoro_agile/domande/domanda.html", contesto)


@legge_e_scrive
@never_cache
def nuova(request: Richiesta, pk: int) -> HttpResponse:
    bando = bando_visibile(request, pk)
    esigi_di_persona(request.user, azioni.CHIEDE, bando)
    mie = DomandaLavoroAgile.objects.filter(propria(request.user), bando=bando)
    if gia := mie.exclude(stato=Stato.RITIRATA).first():
        messages.info(request, _("In questo bando hai già una domanda: è questa."))
        return redirect("agile_domanda", gia.pk)
    form = DomandaForm(inviato(request), bando=bando, utente=request.user)
    create: list[DomandaLavoroAgile] = []
    if request.method == "POST" and tenta(
        form, lambda: create.append(azioni.comincia(bando, scritta=form.scritta, da=request.user))
    ):
        messages.success(request, _("Bozza salvata. Rileggila, poi presentala."))
        return redirect("agile_domanda", create[0].pk)
    contesto = di_bando(bando, form=form, annulla=reverse("agile_bando", args=[bando.pk]))
    return render(request, "lavoro_agile/domande/domanda_modulo.html", contesto)


@legge_e_scrive
@never_cache
def modifica(request: Richiesta, pk: int) -> HttpResponse:
    questa = domanda_visibile(request, pk)
    esigi_di_persona(request.user, azioni.SCRIVE, questa)
    if questa.stato != Stato.BOZZA:
        messages.error(request, _("La domanda è già stata presentata: non si modifica più."))
        return redirect("agile_domanda", pk)
    form = DomandaForm(inviato(request), bando=questa.bando, utente=request.user, domanda=questa)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.modifica(
            questa, scritta=form.scritta, visto=form.cleaned_data["visto"], da=request.user
        ),
    ):
        messages.success(request, _("Bozza salvata. Rileggila, poi presentala."))
        return redirect("agile_domanda", pk)
    contesto = di_domanda(questa, form=form, annulla=reverse("agile_domanda", args=[pk]))
    return render(request, "lavoro_agile/domande/domanda_modulo.html", contesto)


@require_POST
def presenta(request: Richiesta, pk: int) -> HttpResponse:
    questa = domanda_visibile(request, pk)
    detto = _("Domanda presentata: adesso la legge chi dirige la tua unità.")
    fai(request, lambda: azioni.presenta(questa, da=request.user), detto)
    return redirect("agile_domanda", pk)


@require_POST
def ritira(request: Richiesta, pk: int) -> HttpResponse:
    questa = domanda_visibile(request, pk)
    detto = _("Domanda ritirata: i motivi che avevi scritto sono stati cancellati.")
    fai(request, lambda: azioni.ritira(questa, da=request.user), detto)
    return redirect("agile_domanda", pk)


def domanda_visibile(request: Richiesta, pk: int) -> DomandaLavoroAgile:
    """The request among those that the person sees, or 404."""
    visibili = DomandaLavoroAgile.objects.visibili_a(request.user).select_related(
        "bando__edizione__azienda", "persona", "unita", "tranche", "colloquio__con",
        "parere__dato_da", "seconda_istanza",
    )  # fmt: skip
    return get_object_or_404(visibili, pk=pk)


def di_domanda(questa: DomandaLavoroAgile, **altro: Any) -> dict[str, Any]:
    """What every page of a request shows."""
    return di_bando(questa.bando, domanda=questa, **altro)


def _legge_motivi(request: Richiesta, questa: DomandaLavoroAgile) -> bool:
    sua = questa.persona_id == request.user.pk and request.user.delega is None
    return sua or puo_di_persona(request.user, "lavoro_agile.legge_motivi", questa)


def _passi(request: Richiesta, questa: DomandaLavoroAgile) -> dict[str, bool]:
    """What the person may do of a request now."""
    poi, stato = prossimi(questa), questa.stato
    sua = puo_di_persona(request.user, azioni.SCRIVE, questa)
    esprime = stato == Stato.PRESENTATA and puo_di_persona(request.user, ESPRIME, questa)
    regole = questa.bando.edizione.regole
    return {
        "modifica": sua and stato == Stato.BOZZA,
        "presenta": sua and stato == Stato.BOZZA and questa.bando.aperto,
        "ritira": sua and Stato.RITIRATA in poi,
        "colloquio": esprime and serve_colloquio(questa),
        "parere": esprime,
        "riesame": stato == Stato.NEGATA
        and regole.seconda_istanza.valore
        and puo_di_persona(request.user, CHIEDE_RIESAME, questa),
        "decide": stato == Stato.IN_RIESAME and puo_di_persona(request.user, DECIDE, questa),
    }
