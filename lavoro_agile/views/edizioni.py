# SPDX-License-Identifier: AGPL-3.0-or-later
"""The editions: their rules, a new one, in force, closed."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lavoro_agile.azioni import edizione as azioni
from lavoro_agile.calcolo.controlli import campo_e_frase, mancanze
from lavoro_agile.forms.edizione import EdizioneForm
from lavoro_agile.models import CondizioneDiLegge, SogliaDiLegge
from lavoro_agile.models import EdizioneLavoroAgile as Edizione
from lavoro_agile.models.accordo import Prevalenza
from lavoro_agile.regole import regole_scelte
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani.forms import tenta
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

PERMESSO = "lavoro_agile.modifica_edizione"


@require_safe
def edizione(request: Richiesta, slug: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    puo_modificare = request.user.has_perm(PERMESSO, questa)
    bozza = questa.stato == Edizione.Stato.BOZZA
    oggi = timezone.localdate()
    contesto = di_azienda(
        questa.azienda,
        edizione=questa,
        regole=questa.regole,
        prevalenza=Prevalenza(questa.regole.prevalenza.periodo).label,
        mancano=[campo_e_frase(una)[1] for una in mancanze(questa.regole)] if bozza else [],
        puo_modificare=puo_modificare,
        scrive=puo_modificare and bozza,
        soglie=SogliaDiLegge.objects.vigenti(oggi),
        condizioni=CondizioneDiLegge.objects.vigenti(oggi),
    )
    return render(request, "lavoro_agile/edizione.html", contesto)


@legge_e_scrive
def nuova(request: Richiesta, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    if not request.user.has_perm(PERMESSO, questa):
        raise PermissionDenied(_("Una nuova edizione la cominciano le risorse umane."))
    edizioni = list(Edizione.objects.visibili_a(request.user).filter(azienda=questa))
    form = EdizioneForm(inviato(request), edizioni=edizioni)
    create: list[Edizione] = []

    def crea() -> None:
        dati = dict(form.cleaned_data)
        parametri = regole_scelte(dati.pop("modello"), edizioni)
        create.append(azioni.crea_edizione(questa, parametri=parametri, da=request.user, **dati))

    if request.method == "POST" and tenta(form, crea):
        messages.success(
            request, _("Edizione cominciata: è una bozza, la vedono le risorse umane.")
        )
        return redirect(create[0])
    return render(request, "lavoro_agile/edizione_nuova.html", di_azienda(questa, form=form))


@require_POST
def in_vigore(request: Richiesta, slug: str) -> HttpResponse:
    return _passo(request, slug, azioni.metti_in_vigore, _("L'edizione è in vigore."))


@require_POST
def chiudi(request: Richiesta, slug: str) -> HttpResponse:
    return _passo(request, slug, azioni.chiudi_edizione, _("L'edizione è chiusa."))


def _passo(request: Richiesta, slug: str, azione: Callable[..., None], detto: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    try:
        azione(questa, da=request.user)
    except ValidationError as errore:
        for frase in errore.messages:
            messages.error(request, frase)
    else:
        messages.success(request, detto)
    return redirect(questa)


def edizione_visibile(request: Richiesta, slug: str) -> Edizione:
    """The edition of that address among those that the person sees, or 404."""
    visibili = Edizione.objects.visibili_a(request.user).select_related("azienda")
    return get_object_or_404(visibili, slug=slug)
