# SPDX-License-Identifier: AGPL-3.0-or-later
"""The revision «a scorrimento»: begun from a plan, and compared with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni
from obiettivi.revisione import confronta
from piani.forms import ScorriForm, tenta
from piani.models import Piano
from piani.rules import esigi
from piani.views.moduli import briciole_di
from piani.views.stato import piano_visibile, rifiutato


@require_POST
def scorri(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    esigi(request.user, "piani.modifica", piano)
    form = ScorriForm(request.POST)
    nuovi: list[Piano] = []
    if tenta(
        form, lambda: nuovi.append(azioni.scorri(piano, **form.cleaned_data, da=request.user))
    ):
        messages.success(
            request, _("La revisione è cominciata: è una bozza con l'albero del piano di prima.")
        )
        return redirect("stato_piano", nuovi[0].slug)
    return rifiutato(request, piano, "scorri", form)


@require_safe
def revisione(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed since the plan that this one rolls on from, if the person may see that one."""
    piano = piano_visibile(request, slug)
    visibili = Piano.objects.visibili_a(request.user).per_elenco()
    vecchio = visibili.filter(pk=piano.scorrimento_di_id).first()
    contesto = {
        "piano": piano,
        "confronto": confronta(piano, vecchio) if vecchio else None,
        "briciole": [*briciole_di(piano), (_("Che cosa è cambiato"), "")],
    }
    return render(request, "obiettivi/revisione.html", contesto)
