# SPDX-License-Identifier: AGPL-3.0-or-later
"""The document of a plan: preview, publication, a new print."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import azioni
from piani.documenti import fotografa
from piani.forms import PubblicaForm
from piani.models import Piano
from piani.stampa.generi import contesto_di


@require_safe
def anteprima(request: HttpRequest, slug: str) -> HttpResponse:
    """The document as it would be published now; nothing is kept."""
    piano = get_object_or_404(Piano.objects.visibili_a(request.user).per_elenco(), slug=slug)
    prossima = piano.documenti.del_piano().count() + 1
    contesto = {
        **contesto_di(fotografa(piano, versione=prossima, giorno=timezone.localdate())),
        "indirizzo_piano": piano.get_absolute_url(),
        "briciole": [
            (_("Piani"), "/piani/"),
            (piano.titolo, piano.get_absolute_url()),
            (_("Anteprima"), ""),
        ],
    }
    return render(request, "piani/anteprima.html", contesto)


@require_POST
def pubblica(request: HttpRequest, slug: str) -> HttpResponse:
    piano = get_object_or_404(Piano.objects.visibili_a(request.user), slug=slug)
    form = PubblicaForm(request.POST)
    if form.is_valid():
        try:
            nuovo = azioni.pubblica(
                piano,
                da=request.user,
                motivo=form.cleaned_data["motivo"],
                avvertenze_viste=request.POST.get("avvertenze", ""),
            )
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
            if not piano.documenti.del_piano().exists():
                return redirect("stato_piano", slug)
        else:
            messages.success(
                request,
                _("Versione %(n)s fissata: sarà pubblica appena finita la stampa.")
                % {"n": nuovo.versione},
            )
    return redirect(piano)


@require_POST
def ristampa(request: HttpRequest, slug: str) -> HttpResponse:
    """Try again the print that failed."""
    piano = get_object_or_404(Piano.objects.visibili_a(request.user), slug=slug)
    try:
        azioni.ristampa(piano, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("La stampa è stata rimandata in coda."))
    return redirect(piano)
