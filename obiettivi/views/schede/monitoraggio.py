# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who has reported a quarter, and when: CdR by CdR, by department, on the whole."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from obiettivi.calcolo.arrotondamento import Modo, arrotonda
from obiettivi.forms.monitoraggio import MonitoraggioForm
from obiettivi.models import SchedaBudget
from obiettivi.schede.monitoraggio import (
    DIVULGATE,
    DelCdr,
    Gruppo,
    dei_cdr,
    per_dipartimento,
    totale,
)
from piani import esporta
from piani.esporta import di_celle

FOGLIO = di_celle("monitoraggio", gettext_lazy("Monitoraggio"), (
    "azienda", "anno", "trimestre", "dipartimento", "centro di responsabilità",
    "stato della scheda", "righe dovute", "trasmesse", "nei termini", "dopo il termine", "in bozza",
    "mancano", "completezza %", "puntualità %", "scadenza", "ultima trasmissione",
    "situazione",
))  # fmt: skip


@dataclass(frozen=True)
class Quadro:
    """What is looked at, and what there is."""

    form: MonitoraggioForm
    gruppi: list[Gruppo]
    cdr: list[DelCdr]


@require_safe
def monitoraggio(request: HttpRequest) -> HttpResponseBase:
    if esporta.chiesto(request):
        return monitoraggio_csv(request)
    quadro = _quadro(request)
    oggi = timezone.localdate()
    contesto: dict[str, Any] = {
        "form": quadro.form,
        "scelto": quadro.form.scelto,
        "gruppi": [
            (gruppo, [(uno, situazione(uno)) for uno in gruppo.cdr]) for gruppo in quadro.gruppi
        ],
        "totale": totale(quadro.cdr),
        "completi": sum(1 for uno in quadro.cdr if uno.conto.dovute and not uno.conto.mancano),
        "in_ritardo": sum(1 for uno in quadro.cdr if uno.in_ritardo(oggi)),
        "quanti": len(quadro.cdr),
        "usa_foglio": bool(quadro.cdr)
        and request.user.has_perm("obiettivi.usa_foglio", quadro.cdr[0].scheda.azienda),
        "briciole": [(_("Schede budget"), "/schede/"), (_("Monitoraggio"), "")],
    }
    return render(request, "obiettivi/schede/monitoraggio.html", contesto)


@require_safe
def monitoraggio_csv(request: HttpRequest) -> HttpResponseBase:
    """What the page shows, with the same choices."""
    quadro = _quadro(request)
    righe = (_celle(quadro, gruppo, uno) for gruppo in quadro.gruppi for uno in gruppo.cdr)
    return esporta.scarica(request, FOGLIO, righe)


def situazione(uno: DelCdr) -> tuple[str, str]:
    """How a CdR is, in a word and in its kind (for the colour)."""
    oggi, conto = timezone.localdate(), uno.conto
    if not conto.dovute:
        return _("Niente da rendicontare"), "escluso"
    if not conto.mancano:
        return _("Completa"), "verde"
    if uno.in_ritardo(oggi):
        return _("In ritardo"), "rosso"
    if uno.tempo is None:
        return _("Finestra non fissata"), "senza"
    if oggi < uno.tempo.finestra.apre:
        return _("Non ancora aperta"), "senza"
    return _("In corso"), "giallo"


def _quadro(request: HttpRequest) -> Quadro:
    visibili = SchedaBudget.objects.visibili_a(request.user).dei_cdr().filter(stato__in=DIVULGATE)
    form = MonitoraggioForm(request.GET, schede=visibili)
    if form.scelto is None:
        return Quadro(form, [], [])
    schede = visibili.filter(azienda__codice=form.scelto.azienda, anno=form.scelto.anno)
    cdr = dei_cdr(list(schede.per_elenco()), form.scelto.frazione)
    return Quadro(form, per_dipartimento(cdr), cdr)


def _celle(quadro: Quadro, gruppo: Gruppo, uno: DelCdr) -> list[Any]:
    conto, scheda, tempo = uno.conto, uno.scheda, uno.tempo
    frazione = quadro.form.scelto.frazione if quadro.form.scelto else ""
    con_termine = conto.con_termine
    return [
        scheda.azienda, scheda.anno, frazione, gruppo.nome, scheda.unita,
        scheda.get_stato_display(), conto.dovute, conto.trasmesse,
        conto.puntuali if con_termine else None,
        conto.dopo_il_termine if con_termine else None,
        conto.bozze, conto.mancano, _percentuale(conto.completezza),
        _percentuale(conto.puntualita), tempo.scade if tempo else None,
        uno.ultima, situazione(uno)[0],
    ]  # fmt: skip


def _percentuale(quota: Decimal | None) -> Decimal | None:
    return None if quota is None else arrotonda(quota, Modo.META_SU, 1)
