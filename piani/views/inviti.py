# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invitations: sent and revoked by the amministratore, accepted by who receives them."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from piani import azioni
from piani.azioni.invito import indirizzo_di
from piani.forms_persone import ScegliPasswordForm
from piani.models import Azienda, Invito, Utente


def da_consegnare(inviti: Sequence[Invito]) -> str:
    """Where messages do not leave the machine, the link that the amministratore hands over."""
    if settings.POSTA_IN_USCITA:
        return ""
    return next((indirizzo_di(uno) for uno in inviti if uno.aperto and not uno.scaduto), "")


@require_POST
def invita(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)
    questa = get_object_or_404(Utente.objects.di(ente), pk=pk)
    try:
        azioni.invita(questa, ente, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Invito in partenza per %(posta)s.") % {"posta": questa.email})
    return redirect("persona", ente.codice, questa.pk)


@require_POST
def revoca(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)
    invito = get_object_or_404(ente.inviti.select_related("utente", "azienda"), pk=pk)
    try:
        azioni.revoca_invito(invito, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Invito revocato: il collegamento non vale più."))
    return redirect("persona", ente.codice, invito.utente_id)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "ripetuta")
@require_http_methods(["GET", "HEAD", "POST"])
def accetta(request: HttpRequest, chiave: str) -> HttpResponse:
    """The page behind the link: choose a password, once."""
    try:
        invito = azioni.invito_da(chiave)
    except ValidationError as errore:
        contesto = {"perche": " ".join(errore.messages)}
        return render(request, "piani/persone/invito_non_valido.html", contesto, status=410)
    form = ScegliPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            azioni.accetta_invito(chiave, form.cleaned_data["password"])
        except ValidationError as errore:
            form.riporta(errore)
        else:
            messages.success(request, _("Password scelta. Ora accedi con il tuo nome utente."))
            return redirect("account_login")
    contesto = {"invito": invito, "form": form}
    return render(request, "piani/persone/invito.html", contesto)
