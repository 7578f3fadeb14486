# SPDX-License-Identifier: AGPL-3.0-or-later
"""The POLA as it is read: the list, the four parts with the programme, how its indicators go."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lavoro_agile import fogli
from lavoro_agile.azioni.pola import PERMESSO
from lavoro_agile.models import Pola
from lavoro_agile.pola.andamento import cammino, ultimi_punteggi
from lavoro_agile.pola.foglio import righe_csv
from lavoro_agile.pola.parti import parti_di
from lavoro_agile.pola.quadro import Programma
from lavoro_agile.pola.quadro import programma as programma_di
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani import esporta
from piani.azioni.righe import perche_chiuso
from piani.models import Piano
from piani.testo import html_da_markdown
from piani.views.richiesta import Richiesta

QUI = "pola"


@require_safe
def casa(request: Richiesta, azienda: str) -> HttpResponseBase:
    questa = azienda_visibile(request, azienda)
    piani = Piano.objects.visibili_a(request.user).filter(azienda=questa, tipo=Piano.Tipo.POLA)
    piani = (
        piani.select_related("pola__sezione_di")
        .annotate(indicatori=Count("pola__indicatori"))
        .order_by("-anno_inizio", "-pk")
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.POLA, piani, di=azienda)
    contesto = di_azienda(
        questa, QUI,
        piani=piani,
        tiene=request.user.has_perm(PERMESSO, questa),
    )  # fmt: skip
    return render(request, "lavoro_agile/pola/casa.html", contesto)


@require_safe
def piano(request: Richiesta, slug: str) -> HttpResponseBase:
    """The four parts, the phases, the programme with its levels; what the source prints."""
    if esporta.chiesto(request):
        return programma_csv(request, slug)
    pola = pola_visibile(request, slug)
    questo, quadro = pola.piano, programma_di(pola)
    contesto = di_azienda(
        questo.azienda, QUI,
        pola=pola,
        piano=questo,
        sezione_di=_se_visibile(request, pola),
        parti_scritte=_parti(questo),
        quadro=quadro,
        gruppi=_con_punteggi(questo, quadro),
        quadrature=list(questo.quadrature.all()),
        puo_modificare=request.user.has_perm("piani.modifica", questo),
        modificabile=modificabile(request, pola),
    )  # fmt: skip
    return render(request, "lavoro_agile/pola/piano.html", contesto)


@require_safe
def andamento(request: Richiesta, slug: str) -> HttpResponse:
    """Results, scores and trends of the indicators that have any."""
    pola = pola_visibile(request, slug)
    contesto = di_azienda(
        pola.azienda, QUI,
        pola=pola,
        piano=pola.piano,
        cammino=cammino(pola.piano, programma_di(pola)),
    )  # fmt: skip
    return render(request, "lavoro_agile/pola/andamento.html", contesto)


@require_safe
def programma_csv(request: Richiesta, slug: str) -> HttpResponseBase:
    pola = pola_visibile(request, slug)
    righe = righe_csv(programma_di(pola))
    return esporta.tabella(request, f"programma-{slug}", _("Programma del POLA"), righe)


def pola_visibile(request: Richiesta, slug: str) -> Pola:
    """A POLA among those of the plans that the person sees, or 404."""
    visibili = Pola.objects.visibili_a(request.user)
    return get_object_or_404(
        visibili.select_related("piano__azienda", "sezione_di"), piano__slug=slug
    )


def modificabile(request: Richiesta, pola: Pola) -> bool:
    """Whether the person may write the POLA now: the risorse umane, as long as it is a draft."""
    return request.user.has_perm(PERMESSO, pola) and not perche_chiuso(pola.piano)


def _se_visibile(request: Richiesta, pola: Pola) -> Piano | None:
    """The plan of which it is a section, for who sees that one too."""
    visibili = Piano.objects.visibili_a(request.user)
    return visibili.filter(pk=pola.sezione_di_id).first() if pola.sezione_di_id else None


def _parti(piano: Piano) -> list[dict[str, Any]]:
    """The four parts of the guideline, each with its sections written or still to write."""
    return [
        {
            "nome": _("Parte %(n)s: %(nome)s") % {"n": parte.numero, "nome": parte.nome},
            "sezioni": [
                {"riga": una, "html": html_da_markdown(una.testo)} for una in parte.sezioni
            ],
        }
        for parte in parti_di(piano)
    ]


def _con_punteggi(piano: Piano, quadro: Programma) -> list[dict[str, Any]]:
    """The programme dimension by dimension, each indicator with its newest score."""
    punteggi = ultimi_punteggi(piano)
    return [
        {
            "gruppo": gruppo,
            "colonne": gruppo.usate(piano),
            "righe": [
                {
                    "riga": riga,
                    "celle": [
                        coppia
                        for coppia in zip(gruppo.colonne, riga.livelli, strict=True)
                        if coppia[0] in gruppo.usate(piano)
                    ],
                    "punteggio": punteggi.get(riga.misura.pk),
                }
                for riga in gruppo.righe
            ],
        }
        for gruppo in quadro.gruppi
    ]
