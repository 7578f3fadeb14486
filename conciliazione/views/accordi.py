# SPDX-License-Identifier: AGPL-3.0-or-later
"""The agreements of a project: written, sent to be signed, signed by each body, dissolved."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conciliazione.azioni import accordo as azioni
from conciliazione.forms.progetti import AccordoForm
from conciliazione.models import Accordo, FirmaAccordo
from conciliazione.views.progetti import progetto_visibile
from piani.forms import MotivoForm, tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo


@legge_e_scrive
def scrivi(request: HttpRequest, pk: int, genere: str) -> HttpResponse:
    questo = progetto_visibile(request, pk)
    if genere not in Accordo.Genere.values:
        raise Http404
    esigi(request.user, azioni.chi_scrive(genere), questo)
    vivo = questo.accordi.filter(genere=genere).exclude(stato=Accordo.Stato.SCIOLTO).first()
    form = AccordoForm(inviato(request), instance=vivo)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.scrivi_accordo(
            questo, genere=genere, accordo=vivo, da=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Testo salvato: quando è pronto si manda alla firma."))
        return redirect("progetto", pk)
    return modulo(
        request, form, titolo=str(Accordo.Genere(genere).label), sopratitolo=str(questo),
        invia=_("Salva il testo"), annulla=reverse("progetto", args=[pk]),
    )  # fmt: skip


@require_POST
def alla_firma(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _accordo(request, pk)
    return _prova(
        request, questo.progetto_id,
        lambda: azioni.manda_alla_firma(questo, da=request.user),
        _("Accordo alla firma: ciascun ente firma con il proprio referente."),
    )  # fmt: skip


@require_POST
def firma(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = FirmaAccordo.objects.visibili_a(request.user)
    questa = get_object_or_404(visibili.select_related("accordo__progetto", "ente"), pk=pk)
    return _prova(
        request, questa.accordo.progetto_id, lambda: azioni.firma(questa, da=request.user),
        _("Firmato per %(ente)s.") % {"ente": questa.ente},
    )  # fmt: skip


@legge_e_scrive
def in_bozza(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _accordo(request, pk)
    esigi(request.user, azioni.chi_scrive(questo.genere), questo)
    return _con_motivo(
        request, questo, azioni.riporta_accordo_in_bozza,
        _("L'accordo è di nuovo in bozza."), titolo=_("Riporta l'accordo in bozza"),
        testo=_("Le firme già date cadono: resta scritto chi aveva firmato e quando."),
    )  # fmt: skip


@legge_e_scrive
def sciogli(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _accordo(request, pk)
    esigi(request.user, azioni.GESTISCE, questo)
    return _con_motivo(
        request, questo, azioni.sciogli_accordo, _("Accordo sciolto."),
        titolo=_("Sciogli l'accordo"),
    )  # fmt: skip


def _con_motivo(
    request: HttpRequest,
    questo: Accordo,
    azione: Callable[..., None],
    fatto: str,
    **contesto: Any,
) -> HttpResponse:
    form = MotivoForm(inviato(request))
    if request.method == "POST" and tenta(
        form, lambda: azione(questo, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, fatto)
        return redirect("progetto", questo.progetto_id)
    return modulo(
        request, form, sopratitolo=str(questo), invia=contesto["titolo"],
        annulla=reverse("progetto", args=[questo.progetto_id]), **contesto,
    )  # fmt: skip


def _prova(
    request: HttpRequest, progetto: int, azione: Callable[[], object], fatto: str
) -> HttpResponse:
    try:
        azione()
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, fatto)
    return redirect("progetto", progetto)


def _accordo(request: HttpRequest, pk: int) -> Accordo:
    visibili = Accordo.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("progetto__edizione__azienda"), pk=pk)
