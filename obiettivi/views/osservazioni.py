# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Nucleo's remarks on a plan: the list, a new one, the answer, the end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni, fogli
from obiettivi.forms import OsservaForm, RispondiForm
from obiettivi.models import Osservazione
from obiettivi.views.piano import briciole_di
from piani import esporta
from piani.models import Piano
from piani.rules import esigi


@require_safe
def osservazioni(request: HttpRequest, slug: str) -> HttpResponseBase:
    piano = _piano(request, slug)
    if esporta.chiesto(request):
        righe = piano.osservazioni.per_elenco()
        return esporta.scarica(request, fogli.OSSERVAZIONI, righe, azienda=piano.azienda, di=slug)
    return _pagina(request, piano, OsservaForm(piano=piano, initial={"su": request.GET.get("su")}))


@require_POST
def nuova(request: HttpRequest, slug: str) -> HttpResponse:
    piano = _piano(request, slug)
    esigi(request.user, "obiettivi.osserva", piano)
    form = OsservaForm(request.POST, piano=piano)
    if not form.is_valid():
        return _pagina(request, piano, form)
    azioni.osserva(piano, su=form.oggetto, testo=form.cleaned_data["testo"], da=request.user)
    messages.success(request, _("Osservazione registrata: la vede chi lavora al piano."))
    return redirect("osservazioni", piano.slug)


@require_POST
def rispondi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _osservazione(request, pk)
    esigi(request.user, "obiettivi.rispondi", questa)
    form = RispondiForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return _pagina(request, questa.piano, OsservaForm(piano=questa.piano), {pk: form})
    try:
        azioni.rispondi(questa, testo=form.cleaned_data["testo"], da=request.user)
    except ValidationError as errore:
        form.add_error(None, errore)  # what was written stays on the page
        return _pagina(request, questa.piano, OsservaForm(piano=questa.piano), {pk: form})
    messages.success(request, _("Risposta registrata: il Nucleo la trova fra le cose da fare."))
    return redirect("osservazioni", questa.piano.slug)


@require_POST
def chiudi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _osservazione(request, pk)
    try:
        azioni.chiudi_osservazione(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Osservazione chiusa."))
    return redirect("osservazioni", questa.piano.slug)


def _pagina(
    request: HttpRequest,
    piano: Piano,
    form: OsservaForm,
    scritte: dict[int, RispondiForm] | None = None,
) -> HttpResponse:
    """The list; ``scritte`` are answers sent with something wrong, by their remark."""
    scritte = scritte or {}
    righe = piano.osservazioni.per_elenco()
    contesto: dict[str, Any] = {
        "piano": piano,
        "form": form,
        "voci": [
            {"osservazione": una, "form": scritte.get(una.pk) or RispondiForm(prefix=str(una.pk))}
            for una in righe
        ],
        "scritte": set(scritte),
        "briciole": [*briciole_di(piano), (_("Osservazioni"), "")],
    }
    return render(request, "obiettivi/osservazioni.html", contesto)


def _piano(request: HttpRequest, slug: str) -> Piano:
    return get_object_or_404(Piano.objects.visibili_a(request.user).per_elenco(), slug=slug)


def _osservazione(request: HttpRequest, pk: int) -> Osservazione:
    visibili = Osservazione.objects.visibili_a(request.user).per_elenco()
    return get_object_or_404(visibili, pk=pk)
