# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who has reported a quarter, and when: CdR by CdR, by department, on the whole."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

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
from obiettivi.templatetags.voti import percentuale
from piani.views.registro import innocua

COLONNE = (
    "azienda", "anno", "trimestre", "dipartimento", "centro di responsabilità",
    "stato della scheda", "righe dovute", "trasmesse", "nei termini", "dopo il termine", "in bozza",
    "mancano", "completezza %", "puntualità %", "scadenza", "ultima trasmissione",
    "situazione",
)  # fmt: skip


@dataclass(frozen=True)
class Quadro:
    """What is looked at, and what there is."""

    form: MonitoraggioForm
    gruppi: list[Gruppo]
    cdr: list[DelCdr]


@require_safe
def monitoraggio(request: HttpRequest) -> HttpResponse:
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
        "briciole": [(_("Schede budget"), "/schede/"), (_("Monitoraggio"), "")],
    }
    return render(request, "obiettivi/schede/monitoraggio.html", contesto)


@require_safe
def monitoraggio_csv(request: HttpRequest) -> HttpResponse:
    """What the page shows, with the same choices."""
    quadro = _quadro(request)
    uscita = io.StringIO()
    scrittore = csv.writer(uscita, delimiter=";", lineterminator="\n")
    scrittore.writerow(COLONNE)
    for gruppo in quadro.gruppi:
        for uno in gruppo.cdr:
            scrittore.writerow([innocua(cella) for cella in _celle(quadro, gruppo, uno)])
    return HttpResponse(
        "\ufeff" + uscita.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="monitoraggio.csv"'},
    )


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


def _celle(quadro: Quadro, gruppo: Gruppo, uno: DelCdr) -> list[str]:
    conto, scheda, tempo = uno.conto, uno.scheda, uno.tempo
    frazione = quadro.form.scelto.frazione if quadro.form.scelto else ""
    return [
        str(scheda.azienda),
        str(scheda.anno),
        frazione,
        gruppo.nome,
        str(scheda.unita),
        scheda.get_stato_display(),
        str(conto.dovute),
        str(conto.trasmesse),
        str(conto.puntuali) if conto.con_termine else "",
        str(conto.dopo_il_termine) if conto.con_termine else "",
        str(conto.bozze),
        str(conto.mancano),
        _percentuale(conto.completezza),
        _percentuale(conto.puntualita),
        tempo.scade.strftime("%d/%m/%Y") if tempo else "",
        uno.ultima.strftime("%d/%m/%Y") if uno.ultima else "",
        situazione(uno)[0],
    ]


def _percentuale(quota: Decimal | None) -> str:
    return "" if quota is None else percentuale(quota)
