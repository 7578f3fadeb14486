# SPDX-License-Identifier: AGPL-3.0-or-later
"""The periods of an azienda, year by year: open or closed to new results, by whom and why."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni, fogli
from obiettivi.azioni.periodo import cominciato
from obiettivi.calcolo.periodi import genitori
from obiettivi.forms import PeriodoForm
from obiettivi.models import Frazione, PeriodoChiuso, Rilevazione
from obiettivi.schede.monitoraggio import dovute_per_periodo, mancanti
from piani import esporta
from piani.forms import accanto_ai_campi
from piani.models import Azienda, Evento
from piani.rules import esigi

PERMESSO = "obiettivi.chiudi_periodo"
ORDINE = ("", "S1", "T1", "T2", "S2", "T3", "T4")
ULTIMI = 20
Chiave = tuple[int, str]


@require_safe
def periodi(request: HttpRequest, azienda: str) -> HttpResponseBase:
    return _pagina(request, _ente(request, azienda), PeriodoForm())


@require_POST
def chiudi(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = _ente(request, azienda)
    esigi(request.user, PERMESSO, ente)
    form = PeriodoForm(request.POST)
    if form.is_valid():
        dati = form.cleaned_data
        try:
            chiuso = azioni.chiudi_periodo(
                ente, anno=dati["anno"], frazione=dati["frazione"], da=request.user
            )
        except ValidationError as errore:
            accanto_ai_campi(form, errore)
        else:
            messages.success(request, _("Chiuso ai risultati: %(p)s.") % {"p": chiuso})
            _avvisa_di_chi_manca(request, ente, chiuso)
            return redirect("periodi", ente.codice)
    return _pagina(request, ente, form)


@require_POST
def riapri(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = _ente(request, azienda)
    esigi(request.user, PERMESSO, ente)
    form = PeriodoForm(request.POST)
    if form.is_valid():
        try:
            azioni.riapri_periodo(ente, **form.cleaned_data, da=request.user)
        except ValidationError as errore:
            accanto_ai_campi(form, errore)
        else:
            messages.success(
                request, _("Periodo riaperto: i risultati si possono di nuovo inserire.")
            )
            return redirect("periodi", ente.codice)
    return _pagina(request, ente, form)


def _avvisa_di_chi_manca(request: HttpRequest, ente: Azienda, chiuso: PeriodoChiuso) -> None:
    quante = mancanti(ente, chiuso.anno, chiuso.frazione)
    if quante:
        messages.warning(
            request,
            ngettext(
                "%(n)s rendicontazione delle schede manca, e ora non si può trasmettere.",
                "%(n)s rendicontazioni delle schede mancano, e ora non si possono trasmettere.",
                quante,
            )
            % {"n": quante},
        )


def _ente(request: HttpRequest, azienda: str) -> Azienda:
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)


def _pagina(request: HttpRequest, ente: Azienda, form: PeriodoForm) -> HttpResponseBase:
    chiusi = {(c.anno, c.frazione): c for c in ente.periodi_chiusi.select_related("chiuso_da")}
    contati = _contati(ente)
    anni = _anni(ente, {anno for anno, _frazione in (*chiusi, *contati)})
    rendicontazioni = dovute_per_periodo(ente)
    righe = [
        (anno, [_riga(anno, f, chiusi, contati, rendicontazioni) for f in ORDINE]) for anno in anni
    ]
    if esporta.chiesto(request):
        tutte = (riga for _anno, sue in righe for riga in sue)
        return esporta.scarica(request, fogli.PERIODI, tutte, di=ente.codice)
    contesto = {
        "azienda": ente,
        "form": form,
        "anni": righe,
        "sbagliato": _chiave(form),
        "puo_chiudere": request.user.has_perm(PERMESSO, ente),
        "storia": _storia(ente),
        "briciole": [
            (_("Piani"), reverse("piani")),
            (ente.nome, f"{reverse('piani')}?azienda={ente.codice}"),
            (_("Periodi"), ""),
        ],
    }
    return render(request, "obiettivi/periodi.html", contesto)


def _chiave(form: PeriodoForm) -> Chiave | None:
    """The period whose form was refused: its row stays open, with the error."""
    if not form.errors:
        return None
    return form.cleaned_data.get("anno") or 0, form.cleaned_data.get("frazione") or ""


def _anni(ente: Azienda, scritti: Iterable[int]) -> list[int]:
    """From the newest: this year, those of the plans, those with results or closures."""
    oggi = timezone.localdate().year
    estremi = ente.piani.aggregate(da=Min("anno_inizio"), a=Max("anno_fine"))
    dei_piani = range(estremi["da"], min(estremi["a"], oggi) + 1) if estremi["da"] else ()
    return sorted({oggi, *scritti, *dei_piani}, reverse=True)


def _contati(ente: Azienda) -> dict[Chiave, dict[str, int]]:
    """How many results each period has, and how many of them are provisional."""
    righe = (
        Rilevazione.objects.correnti()
        .filter(indicatore__azienda=ente)
        .order_by()
        .values("anno", "frazione")
        .annotate(quanti=Count("pk"), provvisori=Count("pk", filter=Q(provvisoria=True)))
    )
    return {(riga["anno"], riga["frazione"]): riga for riga in righe}


def _riga(
    anno: int,
    frazione: str,
    chiusi: dict[Chiave, PeriodoChiuso],
    contati: dict[Chiave, dict[str, int]],
    rendicontazioni: dict[Chiave, tuple[int, int]],
) -> dict[str, Any]:
    chiuso = chiusi.get((anno, frazione))
    intorno = [chiusi[anno, f] for f in genitori(frazione) if (anno, f) in chiusi]
    e_cominciato = cominciato(anno, frazione, timezone.localdate())
    return {
        "frazione": frazione,
        "nome": Frazione(frazione).label,
        "chiave": (anno, frazione),
        "chiuso": chiuso,
        "intorno": intorno,
        "contati": contati.get((anno, frazione)),
        "rendicontazioni": rendicontazioni.get((anno, frazione)),
        "cominciato": e_cominciato,
        "aperto": e_cominciato and not chiuso and not intorno,
    }


def _storia(ente: Azienda) -> list[Evento]:
    eventi = Evento.objects.filter(
        azienda=ente, tipo__in=("periodo.chiuso", "periodo.riaperto")
    ).select_related("da")
    return list(eventi[:ULTIMI])
