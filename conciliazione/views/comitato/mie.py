# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member's own page: where they are called, what they vote, which minutes they validate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione.comitato.miei import (
    convocazioni_di,
    passate_di,
    verbali_da_validare,
    votazioni_di,
)


@require_safe
def mie(request: HttpRequest) -> HttpResponse:
    contesto = {
        "convocazioni": convocazioni_di(request.user),
        "votazioni": votazioni_di(request.user),
        "verbali": verbali_da_validare(request.user),
        "passate": passate_di(request.user)[:20],
        "briciole": [(_("Conciliazione"), reverse("conciliazione")), (_("Le mie sedute"), "")],
    }
    return render(request, "conciliazione/comitato/mie.html", contesto)
