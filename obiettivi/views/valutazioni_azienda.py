# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual evaluation of an azienda: its years, rules, sheets, figures."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from obiettivi import fogli
from obiettivi.azioni.individuale.assegna import assegna_valutazioni
from obiettivi.azioni.individuale.edizione import (
    crea_edizione_individuale,
    modifica_edizione_individuale,
    perche_congelata,
)
from obiettivi.azioni.individuale.firme import chiudi_concluse
from obiettivi.forms.edizione_individuale import (
    DECISORI,
    MODI,
    PARTI,
    AssegnaForm,
    EdizioneIndividualeForm,
    NuovaEdizioneIndividualeForm,
)
from obiettivi.individuale.elenchi import ValutazioneFilter, edizioni_visibili
from obiettivi.individuale.righe_aggregati import aggregati_per, righe_di
from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale
from piani import esporta
from piani.forms import accanto_ai_campi, tenta
from piani.models import Azienda
from piani.rules import esigi

PER_PAGINA = 50
REGOLA = "obiettivi.regola_individuale"
ELENCA = "obiettivi.elenca_valutazioni"
GESTISCE = "obiettivi.gestisce_valutazioni"
MODELLO = settings.BASE / "fixtures" / "edizioni_individuali" / "asst-cremona-2022.json"


@require_safe
def anni(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = _ente(request, azienda)
    edizioni = list(edizioni_visibili(request.user, ente))
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.ANNI, edizioni, di=azienda)
    return _anni(request, ente, NuovaEdizioneIndividualeForm(edizioni=edizioni))


@require_POST
def crea(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = _ente(request, azienda)
    esigi(request.user, REGOLA, ente)
    edizioni = list(edizioni_visibili(request.user, ente))
    form = NuovaEdizioneIndividualeForm(request.POST, edizioni=edizioni)

    def azione() -> EdizioneIndividuale:
        scelta, anno = form.cleaned_data["copia_da"], form.cleaned_data["anno"]
        parametri = _da_copiare(scelta, edizioni)
        return crea_edizione_individuale(ente, anno, parametri, da=request.user)

    if tenta(form, azione):
        messages.success(request, _("Regole create: ora si possono cambiare."))
        return redirect("regole_individuali_modifica", azienda, form.cleaned_data["anno"])
    return _anni(request, ente, form)


def _da_copiare(scelta: str, edizioni: list[EdizioneIndividuale]) -> dict[str, Any]:
    for una in edizioni:
        if str(una.anno) == scelta:
            return dict(una.parametri)
    letto: dict[str, Any] = json.loads(MODELLO.read_text(encoding="utf-8"))
    return letto


def _anni(request: HttpRequest, ente: Azienda, form: NuovaEdizioneIndividualeForm) -> HttpResponse:
    contesto = {
        "azienda": ente,
        "edizioni": list(edizioni_visibili(request.user, ente)),
        "form": form,
        "puo_regolare": request.user.has_perm(REGOLA, ente),
        "puo_elencare": request.user.has_perm(ELENCA, ente),
        "briciole": [(_("Valutazioni individuali"), "")],
    }
    return render(request, "obiettivi/individuale/anni.html", contesto)


@require_safe
def regole(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    questa = _edizione(request, azienda, anno)
    scritte = questa.regole
    contesto = _contesto(request, questa, _("Regole")) | {
        "regole": scritte,
        "arrotondamento": MODI[scritte.arrotondamento.modo],
        "decide": DECISORI[scritte.decide],
        "parte_mancante": PARTI[scritte.parte_mancante],
        "congelata": perche_congelata(questa),
    }
    return render(request, "obiettivi/individuale/regole.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def modifica(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    questa = _edizione(request, azienda, anno)
    esigi(request.user, REGOLA, questa)
    if request.method == "POST":
        form = EdizioneIndividualeForm(request.POST)
        if tenta(form, lambda: _salva(request, questa, form)):
            messages.success(request, _("Regole salvate."))
            return redirect(questa)
    elif perche := perche_congelata(questa):
        messages.error(request, perche)
        return redirect(questa)
    else:
        form = EdizioneIndividualeForm(initial=EdizioneIndividualeForm.iniziali(questa.parametri))
    contesto = _contesto(request, questa, _("Modifica le regole")) | {"form": form}
    return render(request, "obiettivi/individuale/regole_modifica.html", contesto)


def _salva(
    request: HttpRequest, questa: EdizioneIndividuale, form: EdizioneIndividualeForm
) -> None:
    modifica_edizione_individuale(questa, form.parametri, da=request.user)


@require_safe
def elenco(request: HttpRequest, azienda: str, anno: int) -> HttpResponseBase:
    """The sheets of a year, for who keeps or directs the staff."""
    questa = _edizione(request, azienda, anno)
    esigi(request.user, ELENCA, questa)
    return _elenco(request, questa, AssegnaForm(edizione=questa))


@require_POST
def assegna(request: HttpRequest, azienda: str, anno: int) -> HttpResponseBase:
    questa = _edizione(request, azienda, anno)
    esigi(request.user, GESTISCE, questa.azienda)
    form = AssegnaForm(request.POST, request.FILES, edizione=questa)
    if not form.is_valid():
        return _elenco(request, questa, form)
    dati = form.cleaned_data
    try:
        fatte = assegna_valutazioni(
            questa,
            categoria_responsabili=dati["categoria_responsabili"],
            categoria_personale=dati["categoria_personale"],
            scelte=dati["scelte"],
            da=request.user,
        )
    except ValidationError as errore:
        accanto_ai_campi(form, errore)
        return _elenco(request, questa, form)
    messages.success(
        request,
        _("Schede nuove: %(nuove)s. Già assegnate: %(gia)s. Senza valutatore: %(senza)s.")
        % {"nuove": fatte.nuove, "gia": fatte.gia, "senza": fatte.senza_valutatore},
    )
    return redirect("valutazioni_anno", azienda, anno)


@require_POST
def chiudi(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    questa = _edizione(request, azienda, anno)
    quante = chiudi_concluse(questa, da=request.user)
    messages.success(request, _("Valutazioni chiuse: %(n)s.") % {"n": quante})
    return redirect("valutazioni_anno", azienda, anno)


def _elenco(
    request: HttpRequest, questa: EdizioneIndividuale, form: AssegnaForm
) -> HttpResponseBase:
    visibili = ValutazioneIndividuale.objects.di_chi_gestisce(request.user)
    filtro = ValutazioneFilter(
        request.GET, queryset=visibili.filter(edizione=questa).per_elenco(), edizione=questa
    )
    if esporta.chiesto(request):
        di = f"{questa.azienda.codice}-{questa.anno}"
        return esporta.scarica(request, fogli.VALUTAZIONI, filtro.qs, azienda=questa.azienda, di=di)
    contesto = _contesto(request, questa, _("Schede")) | {
        "filtro": filtro,
        "form": form,
        "pagina": Paginator(filtro.qs, PER_PAGINA).get_page(request.GET.get("pagina")),
        "puo_gestire": request.user.has_perm(GESTISCE, questa.azienda),
    }
    return render(request, "obiettivi/individuale/elenco.html", contesto)


@require_safe
def figure(request: HttpRequest, azienda: str, anno: int) -> HttpResponseBase:
    if esporta.chiesto(request):
        return figure_csv(request, azienda, anno)
    questa = _edizione(request, azienda, anno)
    contesto = _contesto(request, questa, _("Aggregati")) | {
        "dati": aggregati_per(request.user, questa)
    }
    return render(request, "obiettivi/individuale/aggregati.html", contesto)


@require_safe
def figure_csv(request: HttpRequest, azienda: str, anno: int) -> HttpResponseBase:
    """The figures that the page shows, and no other."""
    dati = aggregati_per(request.user, _edizione(request, azienda, anno))
    return esporta.scarica(request, fogli.AGGREGATI, righe_di(dati), di=anno)


def _ente(request: HttpRequest, azienda: str) -> Azienda:
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)


def _edizione(request: HttpRequest, azienda: str, anno: int) -> EdizioneIndividuale:
    ente = _ente(request, azienda)
    return get_object_or_404(edizioni_visibili(request.user, ente), anno=anno)


def _contesto(request: HttpRequest, questa: EdizioneIndividuale, dove: str) -> dict[str, Any]:
    codice = questa.azienda.codice
    return {
        "edizione": questa,
        "azienda": questa.azienda,
        "puo_regolare": request.user.has_perm(REGOLA, questa),
        "puo_elencare": request.user.has_perm(ELENCA, questa),
        "briciole": [
            (_("Valutazioni individuali"), reverse("valutazioni_azienda", args=[codice])),
            (f"{questa.anno}: {dove.lower()}", ""),
        ],
    }
