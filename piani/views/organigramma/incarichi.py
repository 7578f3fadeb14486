# SPDX-License-Identifier: AGPL-3.0-or-later
"""Incarichi that want a unit of the chart in force, and the end of those of heads and deputies."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from piani import azioni, esporta, fogli
from piani.models import Azienda, Incarico, UnitaOrganizzativa
from piani.organigramma.moduli import RiassegnaForm, Scelte, TerminaForm, riporta, scelte
from piani.organigramma.sospesi import rimasti_indietro, senza_unita
from piani.rules import esigi
from piani.views.organigramma.pezzi import PERMESSO, PERMESSO_NOMINA, briciole, ente


@require_safe
@never_cache
def da_sistemare(request: HttpRequest, azienda: str) -> HttpResponseBase:
    questa, oggi = ente(request, azienda), timezone.localdate()
    if esporta.chiesto(request):
        righe = [*rimasti_indietro(questa, oggi), *senza_unita(questa, oggi)]
        return esporta.scarica(request, fogli.INCARICHI, righe, azienda=questa, di=azienda)
    return _pagina(request, questa)


def _pagina(
    request: HttpRequest, azienda: Azienda, rifiutato: tuple[int, RiassegnaForm] | None = None
) -> HttpResponse:
    oggi = timezone.localdate()
    unita = list(UnitaOrganizzativa.objects.alla_data(azienda, oggi))
    indietro = list(rimasti_indietro(azienda, oggi))
    prefetch_related_objects(indietro, "unita__successive")
    voci = [_voce(incarico, unita) for incarico in (*indietro, *senza_unita(azienda, oggi))]
    for voce in voci:
        if rifiutato and voce["incarico"].pk == rifiutato[0]:
            voce["form"] = rifiutato[1]
    contesto = {
        "azienda": azienda,
        "giorno": oggi,
        "voci": voci,
        "c_e": bool(unita),
        "puo_modificare": request.user.has_perm(PERMESSO, azienda),
        "puo_nominare": request.user.has_perm(PERMESSO_NOMINA, azienda),
        "briciole": briciole(azienda, (_("Incarichi da sistemare"), "")),
    }
    return render(request, "piani/organigramma/incarichi.html", contesto)


def _voce(incarico: Incarico, unita: list[UnitaOrganizzativa]) -> dict[str, Any]:
    form = RiassegnaForm(auto_id=f"incarico_{incarico.pk}_%s", unita=_mete(incarico, unita))
    return {"incarico": incarico, "form": form}


def _mete(incarico: Incarico, unita: list[UnitaOrganizzativa]) -> Scelte:
    """Where it may go: first the units born of its own."""
    if incarico.unita is None:
        return scelte(unita)
    nate = {una.pk for una in incarico.unita.successive.all()}
    sue = [(una.pk, f"{una.nome} ({una.codice})") for una in unita if una.pk in nate]
    if not sue:
        return scelte(unita)
    return [(_("Nate dalla sua unità"), sue), (_("Tutte"), scelte(unita))]


@require_POST
def riassegna(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    questa = ente(request, azienda)
    incarico = get_object_or_404(_suoi(questa), pk=pk)
    permesso = PERMESSO if incarico.unita_id else PERMESSO_NOMINA
    esigi(request.user, permesso, questa)
    unita = list(UnitaOrganizzativa.objects.alla_data(questa, timezone.localdate()))
    form = RiassegnaForm(request.POST, auto_id=f"incarico_{pk}_%s", unita=_mete(incarico, unita))
    if form.is_valid():
        scelta = next(una for una in unita if una.pk == form.cleaned_data["unita"])
        try:
            azioni.riassegna(incarico, unita=scelta, da=request.user)
        except ValidationError as errore:
            riporta(form, errore)
        else:
            detto = _("%(persona)s passa a «%(unita)s».")
            messages.success(request, detto % {"persona": incarico.utente, "unita": scelta})
            return redirect("incarichi_da_sistemare", azienda)
    return _pagina(request, questa, (pk, form))


@require_POST
def termina(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    questa = ente(request, azienda)
    incarico = get_object_or_404(_suoi(questa).filter(unita__isnull=False), pk=pk)
    esigi(request.user, PERMESSO_NOMINA, questa)
    form = TerminaForm(request.POST)
    if form.is_valid():
        giorno: date = form.cleaned_data["al"]
        try:
            azioni.termina(incarico, al=giorno, da=request.user)
        except ValidationError as errore:
            riporta(form, errore)
        else:
            messages.success(
                request,
                _("L’incarico di %(persona)s finisce il %(giorno)s.")
                % {"persona": incarico.utente, "giorno": f"{giorno:%d/%m/%Y}"},
            )
    for errori in form.errors.values():
        messages.error(request, " ".join(errori))
    return redirect(f"{incarico.unita.get_absolute_url()}#responsabili")


def _suoi(azienda: Azienda) -> Any:
    return Incarico.objects.filter(azienda=azienda).select_related(
        "utente", "unita__organigramma__azienda"
    )
