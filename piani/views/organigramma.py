# SPDX-License-Identifier: AGPL-3.0-or-later
"""The organisation chart at a date."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani.forms import DataForm
from piani.models import Azienda, UnitaOrganizzativa


@require_safe
def organigramma(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)
    form = DataForm({"data": request.GET.get("data") or timezone.localdate()})
    giorno = form.cleaned_data["data"] if form.is_valid() else timezone.localdate()
    versioni = list(ente.organigrammi.all())
    unita = list(UnitaOrganizzativa.objects.alla_data(ente, giorno))
    return render(
        request,
        "piani/organigramma.html",
        {
            "azienda": ente,
            "giorno": giorno,
            "form": form,
            "versioni": versioni,
            "in_vigore": _in_vigore(versioni, giorno),
            "rami": annida(unita),
            "quante": len(unita),
            "briciole": [
                (_("Piani"), "/piani/"),
                (ente.nome, f"/piani/?azienda={ente.codice}"),
                (_("Organigramma"), ""),
            ],
        },
    )


def _in_vigore(versioni: list[Any], giorno: date) -> Any | None:
    valide = (
        v for v in versioni if v.valido_dal <= giorno and (not v.valido_al or v.valido_al >= giorno)
    )
    return next(valide, None)


def annida(unita: list[UnitaOrganizzativa]) -> list[dict[str, Any]]:
    """Units that come parents first as nested branches, no further query."""
    rami: list[dict[str, Any]] = []
    per_chiave: dict[int, dict[str, Any]] = {}
    for una in unita:
        ramo = {"unita": una, "rami": []}
        per_chiave[una.pk] = ramo
        padre = per_chiave.get(una.parent_id)
        (padre["rami"] if padre else rami).append(ramo)
    return rami
