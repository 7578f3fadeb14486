# SPDX-License-Identifier: AGPL-3.0-or-later
"""What anybody reads of a call once it is decided: places, contributions, their arithmetic."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from conciliazione.assegnazione import graduatoria_decisa
from conciliazione.models import Scenario
from conciliazione.riparto import tabelle
from conciliazione.riparto.tabelle import somme_di
from piani import esporta
from piani.pubbliche.risposta import pubblica


@pubblica
def risultati(request: HttpRequest, slug: str, numero: int) -> HttpResponseBase:
    if esporta.chiesto(request):
        return risultati_csv(request, slug, numero)
    questo = _deciso(slug, numero)
    bando = questo.manifestazione
    righe = list(questo.righe.select_related("proposta__capofila"))
    decisa = graduatoria_decisa(bando)
    posti = {riga.proposta_id: riga for riga in decisa.righe.all()} if decisa else {}
    contesto: dict[str, Any] = {
        "edizione": bando.edizione,
        "bando": bando,
        "scenario": questo,
        "graduatoria": decisa,
        "righe": sorted(
            ((riga, posti.get(riga.proposta_id)) for riga in righe),
            key=lambda coppia: (coppia[1] and coppia[1].posto) or len(righe) + 1,
        ),
        "fuori": decisa.righe.filter(idonea=False).select_related("proposta__capofila")
        if decisa
        else [],
        "somme": somme_di(righe),
        "costo": sum(riga.costo for riga in righe),
        "briciole": [(_("Esiti della manifestazione di interesse"), "")],
    }
    return render(request, "conciliazione/riparto/risultati.html", contesto)


@pubblica
def risultati_csv(request: HttpRequest, slug: str, numero: int) -> HttpResponseBase:
    righe = tabelle.dello_scenario(_deciso(slug, numero))
    return esporta.scarica(request, tabelle.ESITI, righe, di=f"{slug}-{numero}")


def _deciso(slug: str, numero: int) -> Scenario:
    """The scenario in force of a concluded call; 404 as long as nothing is decided."""
    return get_object_or_404(
        Scenario.objects.select_related("manifestazione__edizione__azienda", "seduta"),
        manifestazione__edizione__slug=slug,
        manifestazione__numero=numero,
        manifestazione__stato="conclusa",
        in_vigore=True,
    )
