# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of a request: the talk, the opinion, the second instance, its decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lavoro_agile.azioni import parere as azioni
from lavoro_agile.forms.domanda import ColloquioForm, DecisioneForm, ParereForm, RiesameForm
from lavoro_agile.models import DomandaLavoroAgile
from lavoro_agile.rules import esigi_di_persona
from lavoro_agile.views.domande import di_domanda, domanda_visibile
from piani.forms import tenta
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta


@legge_e_scrive
@never_cache
def colloquio(request: Richiesta, pk: int) -> HttpResponse:
    questa = _di_chi_puo(request, pk, azioni.ESPRIME)
    form = ColloquioForm(inviato(request), initial=_colloquio_scritto(questa))
    return _modulo(
        request, questa, form,
        lambda: azioni.registra_colloquio(questa, da=request.user, **form.cleaned_data),
        titolo=_("Colloquio"), invia=_("Salva il colloquio"), fatto=_("Colloquio salvato."),
    )  # fmt: skip


@legge_e_scrive
@never_cache
def parere(request: Richiesta, pk: int) -> HttpResponse:
    questa = _di_chi_puo(request, pk, azioni.ESPRIME)
    form = ParereForm(inviato(request), domanda=questa)
    return _modulo(
        request, questa, form,
        lambda: azioni.esprimi_parere(questa, da=request.user, **form.cleaned_data),
        titolo=_("Parere"), invia=_("Esprimi il parere"),
        fatto=_("Parere espresso: lo leggono la persona e le risorse umane."),
    )  # fmt: skip


@legge_e_scrive
@never_cache
def riesame(request: Richiesta, pk: int) -> HttpResponse:
    questa = _di_chi_puo(request, pk, azioni.CHIEDE_RIESAME)
    form = RiesameForm(inviato(request))
    return _modulo(
        request, questa, form,
        lambda: azioni.chiedi_riesame(questa, da=request.user, **form.cleaned_data),
        titolo=_("Seconda istanza"), invia=_("Chiedi alla Direzione"),
        fatto=_("Seconda istanza presentata: decide la Direzione."),
    )  # fmt: skip


@legge_e_scrive
@never_cache
def decisione(request: Richiesta, pk: int) -> HttpResponse:
    questa = _di_chi_puo(request, pk, azioni.DECIDE)
    form = DecisioneForm(inviato(request))
    return _modulo(
        request, questa, form,
        lambda: azioni.decidi_riesame(questa, da=request.user, **form.cleaned_data),
        titolo=_("Decisione sulla seconda istanza"), invia=_("Decidi"),
        fatto=_("Decisione presa: la legge la persona."),
    )  # fmt: skip


def _di_chi_puo(request: Richiesta, pk: int, permesso: str) -> DomandaLavoroAgile:
    questa = domanda_visibile(request, pk)
    esigi_di_persona(request.user, permesso, questa)
    return questa


def _colloquio_scritto(domanda: DomandaLavoroAgile) -> dict[str, Any]:
    """What was written of the talk already."""
    fatto = getattr(domanda, "colloquio", None)
    return {"giorno": fatto.giorno, "sintesi": fatto.sintesi} if fatto else {}


def _modulo(
    request: Richiesta, questa: DomandaLavoroAgile, form: Any, azione: Callable[[], object], *,
    titolo: str, invia: str, fatto: str,
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, fatto)
        return redirect("agile_domanda", questa.pk)
    contesto = di_domanda(
        questa, form=form, titolo=titolo, testo=f"{questa}, {questa.chi}", invia=invia,
        annulla=reverse("agile_domanda", args=[questa.pk]),
    )  # fmt: skip
    return render(request, "lavoro_agile/domande/modulo.html", contesto)
