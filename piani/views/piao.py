# SPDX-License-Identifier: AGPL-3.0-or-later
"""The receipt of the Portale PIAO, recorded from the page of the state."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from piani import azioni
from piani.forms import RicevutaForm
from piani.rules import esigi
from piani.views.stato import fai, piano_visibile


@require_POST
def ricevuta(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    esigi(request.user, "piani.pubblica", piano)
    form = RicevutaForm(request.POST)
    return fai(
        request, piano, "portale", form,
        lambda: azioni.registra_ricevuta(piano, **form.cleaned_data, da=request.user),
        _("Ricevuta registrata."),
    )  # fmt: skip
