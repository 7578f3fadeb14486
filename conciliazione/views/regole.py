# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition: begun, its data and rules written while a draft, put in force, closed."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conciliazione.azioni import edizione as azioni
from conciliazione.bando.regole import SEZIONI, sezione_di
from conciliazione.bando.regole_scritte import in_parole
from conciliazione.calcolo.controlli import mancanze
from conciliazione.calcolo.edizione_dati import come_dati
from conciliazione.forms.edizione import DatiEdizioneForm, NuovaEdizioneForm
from conciliazione.forms.regole import RegoleForm
from conciliazione.models import EdizioneConciliazione as Edizione
from conciliazione.predefinite import dati_predefiniti
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from piani.forms import tenta
from piani.models import Azienda
from piani.rules import esigi

PERMESSO = azioni.PERMESSO
CAMPI = ("nome", "anno_inizio", "anno_fine", "atto", "atto_data", "dotazione")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def nuova(request: HttpRequest) -> HttpResponse:
    aziende = aziende_guidate(request)
    if not aziende:
        raise PermissionDenied(_("Una nuova edizione la comincia chi guida la Rete per l'ATS."))
    edizioni = list(Edizione.objects.visibili_a(request.user).per_elenco())
    form = NuovaEdizioneForm(request.POST or None, aziende=aziende, edizioni=edizioni)
    create: list[Edizione] = []
    if request.method == "POST" and tenta(form, lambda: create.append(_crea(request, form))):
        messages.success(request, _("Edizione cominciata: è una bozza, si vede solo nell'ATS."))
        return redirect("conciliazione_regole", create[0].slug)
    briciole = [(_("Conciliazione"), reverse("conciliazione")), (_("Nuova edizione"), "")]
    contesto = {"form": form, "briciole": briciole}
    return render(request, "conciliazione/bando/edizione_nuova.html", contesto)


def aziende_guidate(request: HttpRequest) -> list[Azienda]:
    """The ATS whose network the person leads."""
    tutte = Azienda.objects.visibili_a(request.user).filter(tipo=Azienda.Tipo.ATS)
    return [una for una in tutte if request.user.has_perm(PERMESSO, una)]


def _crea(request: HttpRequest, form: NuovaEdizioneForm) -> Edizione:
    dati = dict(form.cleaned_data)
    azienda, modello = dati.pop("azienda"), dati.pop("copia_da")
    if modello.startswith("p:"):
        parametri = dati_predefiniti(modello.removeprefix("p:"))
    else:
        parametri = edizione_visibile(request, modello.removeprefix("e:")).parametri
    return azioni.crea_edizione(azienda, parametri=parametri, da=request.user, **dati)


@require_safe
def regole(request: HttpRequest, slug: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    scrive = request.user.has_perm(PERMESSO, questa)
    bozza = questa.stato == Edizione.Stato.BOZZA
    contesto = di_edizione(
        questa,
        sezioni=in_parole(come_dati(questa.regole)),
        fonte=questa.regole.fonte,
        mancano=mancanze(questa.regole) if bozza else [],
        scrive=scrive,
        bozza=bozza,
    )
    return render(request, "conciliazione/bando/regole.html", contesto)


@require_safe
def regole_json(request: HttpRequest, slug: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    testo = json.dumps(come_dati(questa.regole), ensure_ascii=False, indent=2) + "\n"
    return HttpResponse(
        testo,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{questa.slug}.json"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def modifica(request: HttpRequest, slug: str, sezione: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    esigi(request.user, PERMESSO, questa)
    quale = sezione_di(sezione)
    if quale is None:
        raise Http404
    if chiusa := _non_piu_bozza(request, questa):
        return chiusa
    form = RegoleForm(request.POST or None, sezione=quale, parametri=come_dati(questa.regole))
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.scrivi_regole(questa, form.parti, viste=form.viste, da=request.user),
    ):
        messages.success(request, _("Regole salvate: %(parte)s.") % {"parte": quale.titolo})
        return redirect("conciliazione_regole", slug)
    contesto = di_edizione(questa, form=form, sezione=quale, sezioni=SEZIONI)
    return render(request, "conciliazione/bando/regole_modifica.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def dati(request: HttpRequest, slug: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    esigi(request.user, PERMESSO, questa)
    if chiusa := _non_piu_bozza(request, questa):
        return chiusa
    iniziali = {campo: getattr(questa, campo) for campo in CAMPI}
    form = DatiEdizioneForm(request.POST or None, initial=iniziali)
    if request.method == "POST" and tenta(
        form, lambda: azioni.modifica_dati(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Dati dell'edizione salvati."))
        return redirect("conciliazione_regole", slug)
    return render(request, "conciliazione/bando/edizione_dati.html", di_edizione(questa, form=form))


def _non_piu_bozza(request: HttpRequest, questa: Edizione) -> HttpResponse | None:
    if questa.stato == Edizione.Stato.BOZZA:
        return None
    messages.info(request, _("L'edizione non è più una bozza: le sue regole non si cambiano."))
    return redirect("conciliazione_regole", questa.slug)


@require_POST
def in_vigore(request: HttpRequest, slug: str) -> HttpResponse:
    return _passo(request, slug, azioni.metti_in_vigore, _("L'edizione è in vigore."))


@require_POST
def chiudi(request: HttpRequest, slug: str) -> HttpResponse:
    return _passo(request, slug, azioni.chiudi_edizione, _("L'edizione è chiusa."))


@require_POST
def riapri(request: HttpRequest, slug: str) -> HttpResponse:
    return _passo(request, slug, azioni.riapri_edizione, _("L'edizione è di nuovo in vigore."))


def _passo(request: HttpRequest, slug: str, azione: Callable[..., Any], detto: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    try:
        azione(questa, da=request.user)
    except ValidationError as errore:
        for frase in errore.messages:
            messages.error(request, frase)
    else:
        messages.success(request, detto)
    return redirect("conciliazione_regole", slug)
