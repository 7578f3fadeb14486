# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entrance of the azioni positive: the plans that one sees, the reports of the CUG."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani.models import Piano, RelazioneCUG


@require_safe
def ingresso(request: HttpRequest) -> HttpResponse:
    piani = Piano.objects.visibili_a(request.user).per_elenco()
    relazioni = RelazioneCUG.objects.visibili_a(request.user).select_related("azienda")
    contesto = {
        "piani": piani.filter(tipo=Piano.Tipo.AZIONI_POSITIVE),
        "relazioni": relazioni.order_by("azienda__nome", "-anno"),
        "briciole": [(_("Azioni positive"), "")],
    }
    return render(request, "azioni_positive/ingresso.html", contesto)
