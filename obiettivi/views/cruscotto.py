# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plans that a person sees, side by side: the map of their scores, and the same as a file."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from obiettivi.cruscotto import PUNTEGGI, Riga, disponibili, in_righe, mappa, ordina, sintesi
from obiettivi.filters import ConfrontoFilter, codice_di, etichetta_di
from obiettivi.models import AreaStrategica
from obiettivi.views.calcolo import CHIAVI
from obiettivi.voti import legenda
from piani import esporta
from piani.models import Piano

DEL_PIANO = AreaStrategica.objects.filter(piano=OuterRef("pk"), tipo=AreaStrategica.Tipo.AREA)


@require_safe
@vary_on_headers("HX-Request")
def confronto(request: HttpRequest) -> HttpResponseBase:
    filtro = _filtro(request)
    if filtro.scelto and esporta.chiesto(request):
        return confronto_csv(request)
    righe = _righe(filtro)
    contesto = {
        "filtro": filtro,
        "righe": righe,
        "posti": range(1, max((len(riga.aree) for riga in righe), default=0) + 1),
        "sintesi": sintesi(righe),
        "legenda": legenda(),
        "codice": codice_di(*filtro.scelto) if filtro.scelto else "",
        "domanda": urlencode(dict(zip(CHIAVI, filtro.scelto or (), strict=False))),
        "etichetta": etichetta_di(*filtro.scelto) if filtro.scelto else "",
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "obiettivi/_confronto.html", contesto)
    contesto["briciole"] = [(_("Confronto fra aziende"), "")]
    return render(request, "obiettivi/confronto.html", contesto)


@require_safe
def confronto_csv(request: HttpRequest) -> HttpResponseBase:
    filtro = _filtro(request)
    if filtro.scelto is None:
        raise Http404(_("Nessuno dei piani che vedi ha un punteggio."))
    righe = in_righe(_righe(filtro), filtro.scelto)
    return esporta.scarica(request, PUNTEGGI, righe, di=codice_di(*filtro.scelto))


def _filtro(request: HttpRequest) -> ConfrontoFilter:
    """What may be compared and what is asked for, among the plans that the person sees."""
    piani = Piano.objects.visibili_a(request.user)
    visti = list(piani.values_list("pk", "anno_inizio", "anno_fine", "azienda__tipo"))
    anni = {anno for _chiave, primo, ultimo, _tipo in visti for anno in range(primo, ultimo + 1)}
    return ConfrontoFilter(
        request.GET,
        queryset=piani.filter(Exists(DEL_PIANO)).per_elenco(),
        punteggi=disponibili([chiave for chiave, *_resto in visti], anni),
        tipi={tipo for *_resto, tipo in visti},
    )


def _righe(filtro: ConfrontoFilter) -> list[Riga]:
    if filtro.scelto is None:
        return []
    return ordina(mappa(filtro.qs, filtro.scelto), filtro.ordine)
