# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's deadlines: the page, what they receive by e-mail, the calendar to subscribe to."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import azioni, esporta, fogli
from piani.calendario import ics
from piani.forms_persone import AvvisiForm
from piani.models import Utente
from piani.models.avviso import FIRMA
from piani.scadenze import calendario as raccogli


@require_safe
def scadenze(request: HttpRequest) -> HttpResponseBase:
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.SCADENZE, raccogli(request.user))
    preferenze = azioni.preferenze_di(request.user)
    form = AvvisiForm(
        initial={"promemoria": preferenze.promemoria, "riepilogo": preferenze.riepilogo}
    )
    return _pagina(request, form)


def _pagina(request: HttpRequest, form: AvvisiForm) -> HttpResponse:
    oggi = timezone.localdate()
    tutte = raccogli(request.user)
    preferenze = azioni.preferenze_di(request.user)
    future = groupby(
        (una for una in tutte if una.il >= oggi), key=lambda una: una.il.replace(day=1)
    )
    contesto = {
        "oggi": oggi,
        "in_ritardo": [una for una in tutte if una.il < oggi and una.mia],
        "mesi": [(mese, list(sue)) for mese, sue in future],
        "form": form,
        "indirizzo": request.build_absolute_uri(
            reverse("calendario", args=[preferenze.chiave_calendario])
        ),
        "briciole": [(_("Scadenze"), "")],
    }
    return render(request, "piani/scadenze.html", contesto)


@require_POST
def scegli(request: HttpRequest) -> HttpResponse:
    form = AvvisiForm(request.POST)
    if not form.is_valid():
        return _pagina(request, form)
    try:
        azioni.scegli_avvisi(request.user, **form.cleaned_data)
    except ValidationError as errore:
        form.add_error(None, errore)
        return _pagina(request, form)
    messages.success(request, _("Scelta registrata."))
    return redirect("scadenze")


@require_POST
def rinnova(request: HttpRequest) -> HttpResponse:
    try:
        azioni.rinnova_calendario(request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("L’indirizzo di prima non funziona più: usa quello nuovo."))
    return redirect("scadenze")


@login_not_required
@require_safe
def calendario(request: HttpRequest, chiave: str) -> HttpResponse:
    """The calendar of whoever made the link: the link is the key, as calendars cannot log in."""
    try:
        persona, numero = FIRMA.unsign_object(chiave)
    except signing.BadSignature as errore:
        raise Http404 from errore
    chi = get_object_or_404(Utente, pk=persona, is_active=True)
    if azioni.preferenze_di(chi).calendario != numero:
        raise Http404
    contenuto = ics(raccogli(chi), timezone.now())
    risposta = HttpResponse(contenuto, content_type="text/calendar; charset=utf-8")
    risposta["Content-Disposition"] = 'inline; filename="albero.ics"'
    risposta["Cache-Control"] = "private, max-age=3600"
    return risposta
