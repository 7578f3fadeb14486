# SPDX-License-Identifier: AGPL-3.0-or-later
"""The revision «a scorrimento»: begun from a plan, and compared with it."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni, fogli
from obiettivi.revisione import Confronto, confronta
from piani import esporta
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
def revisione(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What changed since the plan that this one rolls on from, if the person may see that one."""
    piano = piano_visibile(request, slug)
    visibili = Piano.objects.visibili_a(request.user).per_elenco()
    vecchio = visibili.filter(pk=piano.scorrimento_di_id).first()
    confronto = confronta(piano, vecchio) if vecchio else None
    if esporta.chiesto(request):
        righe = _righe(confronto) if confronto else ()
        return esporta.scarica(request, fogli.REVISIONE, righe, di=slug)
    contesto = {
        "piano": piano,
        "confronto": confronto,
        "briciole": [*briciole_di(piano), (_("Che cosa è cambiato"), "")],
    }
    return render(request, "obiettivi/revisione.html", contesto)


def _righe(confronto: Confronto) -> Iterator[tuple[str, ...]]:
    """A line for each row added or removed, one for each thing changed in the others."""
    for gruppo in confronto.gruppi:
        for come, voci in ((_("aggiunta"), gruppo.aggiunte), (_("tolta"), gruppo.tolte)):
            for voce in voci:
                yield gruppo.titolo, come, voce.codice, voce.nome, voce.dove, "", "", ""
        for voce in gruppo.cambiate:
            for cambiamento in voce.cambiamenti:
                yield gruppo.titolo, _("cambiata"), voce.codice, voce.nome, voce.dove, *cambiamento
