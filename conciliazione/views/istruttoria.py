# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the office does of a proposal: admitted or not, given back to be worked on together."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conciliazione.azioni import istruttoria as azioni
from conciliazione.azioni.istruttoria import ISTRUISCE
from conciliazione.forms.bando import IstruttoriaForm
from conciliazione.models import Proposta
from conciliazione.views.proposte import di_proposta, proposta_visibile
from piani.forms import MotivoForm, tenta
from piani.rules import esigi


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def istruisci(request: HttpRequest, pk: int) -> HttpResponse:
    questa = proposta_visibile(request, pk)
    form = IstruttoriaForm(request.POST or None, initial={"motivo": questa.motivo})

    def decidi() -> None:
        azione = {"ammetti": azioni.ammetti, "non_ammettere": azioni.non_ammettere}
        dati = form.cleaned_data
        azione[dati["esito"]](questa, motivo=dati["motivo"], da=request.user)

    return _modulo(request, questa, form, _("Istruttoria della proposta"), decidi)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def coprogetta(request: HttpRequest, pk: int) -> HttpResponse:
    questa = proposta_visibile(request, pk)
    form = MotivoForm(request.POST or None)
    return _modulo(
        request,
        questa,
        form,
        _("Apri la co-progettazione"),
        lambda: azioni.coprogetta(questa, da=request.user, **form.cleaned_data),
    )


def _modulo(
    request: HttpRequest, questa: Proposta, form: Any, titolo: str, azione: Callable[[], Any]
) -> HttpResponse:
    esigi(request.user, ISTRUISCE, questa)
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, _("Fatto: la proposta adesso è «%(stato)s».")
                         % {"stato": questa.get_stato_display()})  # fmt: skip
        return redirect("proposta", questa.pk)
    contesto = di_proposta(questa, form=form, titolo=titolo)
    return render(request, "conciliazione/bando/modulo.html", contesto)
