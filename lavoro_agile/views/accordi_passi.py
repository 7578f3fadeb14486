# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of an agreement, and what is said beside it: each is sent from its page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lavoro_agile.accordi.contenuto import condizioni_di
from lavoro_agile.azioni import accordo as azioni
from lavoro_agile.azioni import accordo_controlli as controlli
from lavoro_agile.azioni import accordo_fine
from lavoro_agile.forms.accordi import InformativaForm, TutelaForm, VerificaForm
from lavoro_agile.models import AccordoIndividuale, DomandaLavoroAgile, TutelaAccordo
from lavoro_agile.rules import esigi_di_persona
from lavoro_agile.views.accordi import accordo_visibile, pagina
from piani.forms import tenta
from piani.rules import esigi
from piani.views.richiesta import Richiesta


@require_POST
def prepara_da_domanda(request: Richiesta, pk: int) -> HttpResponse:
    visibili = DomandaLavoroAgile.objects.visibili_a(request.user)
    domanda = get_object_or_404(
        visibili.select_related("bando__edizione__azienda", "persona", "unita"), pk=pk
    )
    try:
        nuovo = azioni.prepara_da_domanda(domanda, da=request.user)
    except ValidationError as errore:
        _dice(request, errore)
        return redirect("lavoro_agile_accordi", domanda.azienda.codice)
    messages.success(request, _("Bozza preparata: adesso scrivi che cosa dice."))
    return redirect("agile_accordo_modifica", nuovo.pk)


@require_POST
def proponi(request: Richiesta, pk: int) -> HttpResponse:
    fatto = _("Accordo proposto: lo firmano la persona e chi firma per l'azienda.")
    return _passo(request, pk, lambda questo: azioni.proponi(questo, da=request.user), fatto)


@require_POST
def riprendi(request: Richiesta, pk: int) -> HttpResponse:
    fatto = _("Riportato in bozza: chi aveva firmato firma di nuovo.")
    return _passo(request, pk, lambda questo: azioni.riprendi(questo, da=request.user), fatto)


@require_POST
def annulla(request: Richiesta, pk: int) -> HttpResponse:
    fatto = _("Accordo annullato.")
    return _passo(request, pk, lambda questo: azioni.annulla(questo, da=request.user), fatto)


@require_POST
def firma(request: Richiesta, pk: int) -> HttpResponse:
    visto, fatto = _visto(request), _("Grazie: la tua firma è registrata.")
    return _passo(
        request, pk, lambda questo: azioni.firma(questo, visto=visto, da=request.user), fatto
    )


@require_POST
def firma_azienda(request: Richiesta, pk: int) -> HttpResponse:
    visto, fatto = _visto(request), _("Firma dell'azienda registrata.")
    return _passo(
        request, pk, lambda questo: azioni.firma_per_azienda(questo, visto=visto, da=request.user),
        fatto,
    )  # fmt: skip


@require_POST
def rinnova(request: Richiesta, pk: int) -> HttpResponse:
    questo = accordo_visibile(request, pk)
    try:
        nuovo = accordo_fine.rinnova(questo, da=request.user)
    except ValidationError as errore:
        _dice(request, errore)
        return redirect("agile_accordo", pk)
    messages.success(request, _("Preparata la bozza del rinnovo: controlla date e testi."))
    return redirect("agile_accordo", nuovo.pk)


@require_POST
def informativa(request: Richiesta, pk: int) -> HttpResponse:
    questo = accordo_visibile(request, pk)
    esigi(request.user, azioni.PREPARA, questo)
    form = InformativaForm(request.POST, prefix="informativa")
    if tenta(
        form,
        lambda: controlli.consegna_informativa(questo, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Scritta la consegna dell'informativa."))
        return redirect("agile_accordo", pk)
    return pagina(request, questo, informativa=form)


@require_POST
def verifica(request: Richiesta, pk: int) -> HttpResponse:
    questo = accordo_visibile(request, pk)
    esigi(request.user, azioni.PREPARA, questo)
    a_mano = [una.condizione.pk for una in condizioni_di(questo) if una.verifica.a_mano]
    form = VerificaForm(request.POST, prefix="verifica", a_mano=a_mano)
    if tenta(form, lambda: controlli.verifica_a_mano(questo, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Verifica scritta."))
        return redirect("agile_accordo", pk)
    return pagina(request, questo, verifica=form)


@require_POST
def tutela(request: Richiesta, pk: int) -> HttpResponse:
    questo = accordo_visibile(request, pk)
    esigi(request.user, azioni.PREPARA, questo)
    esigi_di_persona(request.user, controlli.LEGGE_MOTIVI, questo)
    form = TutelaForm(request.POST, prefix="tutela")
    if tenta(form, lambda: controlli.tutela(questo, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Tutela scritta: la leggono la persona e le risorse umane."))
        return redirect("agile_accordo", pk)
    return pagina(request, questo, tutela=form)


@require_POST
def togli_tutela(request: Richiesta, pk: int) -> HttpResponse:
    tutte: Any = TutelaAccordo.objects.select_related("accordo__edizione__azienda")
    questa = get_object_or_404(tutte.visibili_a(request.user), pk=pk)
    return _passo(
        request, questa.accordo_id,
        lambda questo: controlli.togli_tutela(questa, da=request.user), _("Tutela tolta."),
    )  # fmt: skip


def _passo(
    request: Richiesta, pk: int, azione: Callable[[AccordoIndividuale], object], fatto: str
) -> HttpResponse:
    """Take a step of an agreement; what it refuses is said on the page one goes back to."""
    questo = accordo_visibile(request, pk)
    try:
        azione(questo)
    except ValidationError as errore:
        _dice(request, errore)
    else:
        messages.success(request, fatto)
    return redirect("agile_accordo", pk)


def _dice(request: Richiesta, errore: ValidationError) -> None:
    for frase in errore.messages:
        messages.error(request, frase)


def _visto(request: Richiesta) -> int:
    """The number of the text that the person had before the eyes; -1 if it is not said."""
    detto = request.POST.get("visto", "")
    return int(detto) if detto.isascii() and detto.isdigit() and len(detto) < 10 else -1
