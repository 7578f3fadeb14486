# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an azienda by year: the list, one in words, its form with worked examples."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from obiettivi import azioni, fogli
from obiettivi.azioni.edizione import perche_congelata
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.calcolo.predefinite import TUTTE
from obiettivi.edizioni.esempi import esempi_inviati
from obiettivi.edizioni.esempi import prova as prova_esempi
from obiettivi.edizioni.modulo import Modulo, dati_inviati, modulo
from obiettivi.edizioni.parole import in_parole
from obiettivi.effetto import effetti
from obiettivi.forms import NuovaEdizioneForm
from obiettivi.models import EdizioneSMVP
from piani import esporta
from piani.models import Azienda, Piano
from piani.rules import esigi

PERMESSO = "obiettivi.modifica_edizione"


@require_safe
def edizioni(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = _ente(request, azienda)
    return _elenco(request, ente, NuovaEdizioneForm(azienda=ente))


@require_POST
def crea(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = _ente(request, azienda)
    esigi(request.user, PERMESSO, ente)
    form = NuovaEdizioneForm(request.POST, azienda=ente)
    if not form.is_valid():
        return _elenco(request, ente, form)
    parametri = _da_copiare(ente, form.cleaned_data["copia_da"])
    try:
        nuova = azioni.crea_edizione(ente, form.cleaned_data["anno"], parametri, da=request.user)
    except ValidationError as errore:
        form.add_error("anno", errore)
        return _elenco(request, ente, form)
    messages.success(request, _("Create le regole del %(anno)s.") % {"anno": nuova.anno})
    return redirect("edizione_modifica", ente.codice, nuova.anno)


@require_safe
def edizione(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    questa = _edizione(request, azienda, anno)
    regole, problemi = None, ()
    try:
        regole = da_dati(questa.parametri)
    except EdizioneNonValida as errore:
        problemi = errore.problemi
    contesto = {
        "sezioni": in_parole(regole) if regole else [],
        "problemi": problemi,
        "prova": prova_esempi(esempi_inviati({}), regole) if regole else None,
    }
    return render(request, "obiettivi/edizione.html", _contesto(request, questa) | contesto)


@require_safe
def edizione_json(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    questa = _edizione(request, azienda, anno)
    testo = json.dumps(questa.parametri, ensure_ascii=False, indent=2) + "\n"
    return HttpResponse(
        testo,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="regole-{azienda}-{anno}.json"'},
    )


@require_safe
@never_cache
def modifica(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    """The form; who cannot save it may try it all the same."""
    questa = _edizione(request, azienda, anno)
    if questa.congelata_il:
        return redirect("edizione", azienda, anno)
    return _modulo(request, questa, modulo(questa.parametri))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def prova(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    """What the rules being written do to the examples; nothing is saved."""
    questa = _edizione(request, azienda, anno)
    inviato = request.method == "POST"
    scritto = modulo(dati_inviati(request.POST) if inviato else questa.parametri)
    if request.htmx:
        contesto = _esiti(request, questa, scritto)
        return render(request, "obiettivi/edizione/_esiti.html", contesto)
    return _modulo(request, questa, scritto)


@require_POST
def salva(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    questa = _edizione(request, azienda, anno)
    esigi(request.user, PERMESSO, questa)
    scritto = modulo(dati_inviati(request.POST))
    if scritto.edizione is None:
        return _modulo(request, questa, scritto)
    try:
        cambiata = azioni.modifica_edizione(questa, scritto.dati, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("edizione", azienda, anno)
    detto = _("Regole salvate.") if cambiata else _("Le regole erano già così.")
    messages.success(request, detto)
    return redirect("edizione", azienda, anno)


@require_POST
def congela(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    questa = _edizione(request, azienda, anno)
    try:
        azioni.congela_edizione(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Regole congelate: non si cambiano più."))
    return redirect("edizione", azienda, anno)


def _ente(request: HttpRequest, azienda: str) -> Azienda:
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)


def _edizione(request: HttpRequest, azienda: str, anno: int) -> EdizioneSMVP:
    visibili = EdizioneSMVP.objects.select_related("azienda").filter(
        azienda__in=Azienda.objects.visibili_a(request.user)
    )
    return get_object_or_404(visibili, azienda__codice=azienda, anno=anno)


def _elenco(request: HttpRequest, ente: Azienda, form: NuovaEdizioneForm) -> HttpResponseBase:
    if esporta.chiesto(request):
        righe = ente.edizioni_smvp.all()
        return esporta.scarica(request, fogli.EDIZIONI, righe, di=ente.codice)
    contesto = {
        "azienda": ente,
        "edizioni": list(ente.edizioni_smvp.all()),
        "form": form,
        "puo_modificare": request.user.has_perm(PERMESSO, ente),
        "briciole": [*_briciole(ente)[:-1], (_("Regole"), "")],
    }
    return render(request, "obiettivi/edizioni.html", contesto)


def _briciole(ente: Azienda) -> list[tuple[str, Any]]:
    return [
        (_("Piani"), "/piani/"),
        (ente.nome, f"/piani/?azienda={ente.codice}"),
        (_("Regole"), reverse("edizioni", args=[ente.codice])),
    ]


def _contesto(request: HttpRequest, questa: EdizioneSMVP) -> dict[str, Any]:
    return {
        "edizione": questa,
        "azienda": questa.azienda,
        "congelata": perche_congelata(questa),
        "puo_modificare": request.user.has_perm(PERMESSO, questa),
        "briciole": [*_briciole(questa.azienda), (str(questa.anno), "")],
    }


def _modulo(request: HttpRequest, questa: EdizioneSMVP, scritto: Modulo) -> HttpResponse:
    contesto = _contesto(request, questa) | _esiti(request, questa, scritto)
    contesto["briciole"] = [
        *_briciole(questa.azienda),
        (str(questa.anno), reverse("edizione", args=[questa.azienda.codice, questa.anno])),
        (_("Modifica"), ""),
    ]
    return render(request, "obiettivi/edizione/modifica.html", contesto)


def _esiti(request: HttpRequest, questa: EdizioneSMVP, scritto: Modulo) -> dict[str, Any]:
    """The form with what its rules do: to the examples and to the results of the plans."""
    contesto: dict[str, Any] = {"modulo": scritto, "esempi": esempi_inviati(request.POST)}
    if scritto.edizione is None:
        return contesto
    piani = Piano.objects.visibili_a(request.user).filter(azienda=questa.azienda)
    return contesto | {
        "prova": prova_esempi(contesto["esempi"], scritto.edizione),
        "effetti": list(effetti(questa, scritto.edizione, piani)),
    }


def _da_copiare(ente: Azienda, scelta: str) -> dict[str, Any]:
    """The rules chosen in the form, whose choices are those of the azienda and of the product."""
    if scelta.startswith("p:"):
        return come_dati(TUTTE[scelta.removeprefix("p:")])
    return dict(ente.edizioni_smvp.get(pk=int(scelta.removeprefix("e"))).parametri)
