# SPDX-License-Identifier: AGPL-3.0-or-later
"""Oneself: incarichi, how one gets in, deleghe given and received, acting for somebody."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import azioni
from piani.accesso.middleware import AGISCE, FORTI
from piani.forms_persone import DelegaForm
from piani.models import Delega, Incarico, Ruolo, Utente


@require_safe
def profilo(request: HttpRequest) -> HttpResponse:
    return _pagina(request)


def _pagina(
    request: HttpRequest, scritto: DelegaForm | None = None, di: Incarico | None = None
) -> HttpResponse:
    """The profile; ``scritto`` is a delega of the incarico ``di`` sent with something wrong."""
    incarichi = list(_miei(request.user))
    contesto: dict[str, Any] = {
        "incarichi": [
            {"incarico": uno, "form": _modulo(uno, scritto if uno == di else None)}
            for uno in incarichi
        ],
        "secondo_fattore": is_mfa_enabled(request.user, FORTI),
        "date": Delega.objects.filter(incarico__utente=request.user).per_intero(),
        "ricevute": Delega.objects.filter(delegato=request.user).per_intero(),
        "usabili": set(_usabili(request.user).values_list("pk", flat=True)),
        "aperto": di,
        "briciole": [(_("Il tuo profilo"), "")],
    }
    return render(request, "piani/profilo.html", contesto)


def _miei(utente: Utente) -> Any:
    """One's own incarichi, also while acting for somebody else."""
    return utente.incarichi.select_related("azienda", "unita").order_by("-dal")


def _modulo(incarico: Incarico, scritto: DelegaForm | None) -> DelegaForm | None:
    """The form to lend an incarico; None if it cannot be lent."""
    if incarico.finito or incarico.ruolo == Ruolo.NUCLEO:
        return None
    return scritto or DelegaForm(incarico=incarico, auto_id=f"id_{incarico.pk}_%s")


@require_POST
def delega(request: HttpRequest) -> HttpResponse:
    """Lend one of one's own incarichi."""
    chiave = request.POST.get("incarico", "")
    incarico = get_object_or_404(_miei(request.user), pk=chiave if chiave.isdigit() else None)
    form = DelegaForm(request.POST, incarico=incarico, auto_id=f"id_{incarico.pk}_%s")
    if not form.is_valid():
        return _pagina(request, form, incarico)
    dati = form.cleaned_data
    try:
        data = azioni.delega(
            incarico,
            a=dati["delegato"],
            dal=dati["dal"],
            al=dati["al"],
            motivo=dati["motivo"],
            da=request.user,
        )
    except ValidationError as errore:
        form.riporta(errore)
        return _pagina(request, form, incarico)
    messages.success(request, _("Delega data a %(persona)s.") % {"persona": data.delegato})
    return redirect("profilo")


@require_POST
def revoca(request: HttpRequest, pk: int) -> HttpResponse:
    delega = get_object_or_404(Delega.objects.visibili_a(request.user).per_intero(), pk=pk)
    try:
        azioni.revoca_delega(delega, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Delega revocata."))
    if delega.delegante == request.user:
        return redirect("profilo")
    return redirect("persona", delega.azienda.codice, delega.delegante.pk)


@require_POST
def agisci(request: HttpRequest) -> HttpResponse:
    """Begin to act with a delega received, or go back to oneself (no ``delega``)."""
    chiave = request.POST.get("delega", "")
    if not chiave:
        request.session.pop(AGISCE, None)
        messages.success(request, _("Ora agisci per te."))
        return redirect("home")
    scelta = get_object_or_404(_usabili(request.user), pk=chiave if chiave.isdigit() else None)
    request.session[AGISCE] = scelta.pk
    messages.success(request, _("Ora agisci per conto di %(chi)s.") % {"chi": scelta.delegante})
    return redirect("home")


def _usabili(utente: Utente) -> Any:
    return Delega.objects.in_vigore().filter(delegato=utente).per_intero()
