# SPDX-License-Identifier: AGPL-3.0-or-later
"""The editions: their rules, a new one, in force, closed."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lavoro_agile.azioni import edizione as azioni
from lavoro_agile.calcolo.controlli import mancanze
from lavoro_agile.forms.edizione import EdizioneForm
from lavoro_agile.models import EdizioneLavoroAgile as Edizione
from lavoro_agile.predefinite import dati_predefiniti
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani.forms import tenta
from piani.models import Azienda

PERMESSO = "lavoro_agile.modifica_edizione"


@require_safe
def edizione(request: HttpRequest, slug: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    contesto = di_azienda(
        questa.azienda,
        edizione=questa,
        regole=questa.regole,
        mancano=mancanze(questa.regole) if questa.stato == Edizione.Stato.BOZZA else [],
        puo_modificare=request.user.has_perm(PERMESSO, questa),
    )
    return render(request, "lavoro_agile/edizione.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def nuova(request: HttpRequest, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    if not request.user.has_perm(PERMESSO, questa):
        raise PermissionDenied(_("Una nuova edizione la cominciano le risorse umane."))
    form = EdizioneForm(request.POST or None)
    create: list[Edizione] = []
    if request.method == "POST" and tenta(
        form, lambda: create.append(_crea(request, questa, form))
    ):
        messages.success(
            request, _("Edizione cominciata: è una bozza, la vedono le risorse umane.")
        )
        return redirect(create[0])
    return render(request, "lavoro_agile/edizione_nuova.html", di_azienda(questa, form=form))


def _crea(request: HttpRequest, azienda: Azienda, form: EdizioneForm) -> Edizione:
    dati = dict(form.cleaned_data)
    parametri = dati_predefiniti(dati.pop("modello"))
    return azioni.crea_edizione(azienda, parametri=parametri, da=request.user, **dati)


@require_POST
def in_vigore(request: HttpRequest, slug: str) -> HttpResponse:
    return _passo(request, slug, azioni.metti_in_vigore, _("L'edizione è in vigore."))


@require_POST
def chiudi(request: HttpRequest, slug: str) -> HttpResponse:
    return _passo(request, slug, azioni.chiudi_edizione, _("L'edizione è chiusa."))


def _passo(
    request: HttpRequest, slug: str, azione: Callable[..., None], detto: str
) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    try:
        azione(questa, da=request.user)
    except ValidationError as errore:
        for frase in errore.messages:
            messages.error(request, frase)
    else:
        messages.success(request, detto)
    return redirect(questa)


def edizione_visibile(request: HttpRequest, slug: str) -> Edizione:
    """The edition of that address among those that the person sees, or 404."""
    visibili = Edizione.objects.visibili_a(request.user).select_related("azienda")
    return get_object_or_404(visibili, slug=slug)
