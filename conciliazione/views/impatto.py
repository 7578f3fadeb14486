# SPDX-License-Identifier: AGPL-3.0-or-later
"""The impact of an edition: its maps, its questionnaires, what its documents print of them."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import fogli_soldi
from conciliazione.azioni import impatto as azioni
from conciliazione.azioni.questionari import PERMESSO as PREPARA
from conciliazione.forms.impatto import MappaForm, RigheMappa
from conciliazione.impatto.lettura import STAMPATI, ultimo
from conciliazione.models import (
    AzioneDiPiano,
    MappaImpatto,
    Progetto,
    QuestionarioImpatto,
    Riscontro,
)
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from piani import esporta
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive

QUI = "impatto"
DI_CHE = {"progetto": Progetto, "azione": AzioneDiPiano}
Cosa = Progetto | AzioneDiPiano


@require_safe
def impatto(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    conti = {
        "righe": Count("mappa_impatto__righe", distinct=True),
        "quanti_kpi": Count("mappa_impatto__righe__kpi", distinct=True),
    }
    questionari = QuestionarioImpatto.objects.visibili_a(request.user).filter(edizione=edizione)
    riscontri = Riscontro.objects.visibili_a(request.user).filter(edizione=edizione)
    progetti = _di(Progetto, request, edizione).select_related("capofila").annotate(**conti)
    azioni = _di(AzioneDiPiano, request, edizione).annotate(**conti)
    questionari = questionari.select_related("questionario", "progetto")
    elenchi = {
        "": (fogli_soldi.IMPATTO, progetti),
        "azioni": (fogli_soldi.IMPATTO_AZIONI, azioni),
        "questionari": (fogli_soldi.QUESTIONARI, questionari),
    }
    for nome, (foglio, righe) in elenchi.items():
        if esporta.chiesto(request, nome):
            return esporta.scarica(request, foglio, righe, di=slug)
    contesto = {
        "progetti": progetti,
        "azioni": azioni,
        "questionari": questionari,
        "prepara": request.user.has_perm(PREPARA, edizione),
        "riscontri": riscontri.filter(chiave__startswith=STAMPATI),
    }
    return render(
        request, "conciliazione/impatto/impatto.html", di_edizione(edizione, QUI, **contesto)
    )


def _di(modello: Any, request: HttpRequest, edizione: Any) -> Any:
    return modello.objects.visibili_a(request.user).filter(edizione=edizione)


@require_safe
def mappa(request: HttpRequest, di: str, pk: int) -> HttpResponse:
    cosa = _cosa(request, di, pk)
    questa = azioni.mappa_di(cosa)
    righe = list(questa.righe.prefetch_related("kpi__valori")) if questa else []
    tavola = [(riga, [ultimo(kpi) for kpi in riga.kpi.all()]) for riga in righe]
    contesto = {
        "cosa": cosa, "di": di, "mappa": questa, "tavola": tavola,
        "colonne": [_nome_colonna(nome) for nome in azioni.COLONNE],
        "scrive": request.user.has_perm(azioni.PERMESSO, cosa),
    }  # fmt: skip
    return render(
        request, "conciliazione/impatto/mappa.html", di_edizione(cosa.edizione, QUI, **contesto)
    )


@legge_e_scrive
def mappa_modifica(request: HttpRequest, di: str, pk: int) -> HttpResponse:
    cosa = _cosa(request, di, pk)
    esigi(request.user, azioni.PERMESSO, cosa)
    questa = azioni.mappa_di(cosa)
    form = MappaForm(inviato(request), mappa=questa)
    righe = RigheMappa(inviato(request), initial=_iniziali(questa), prefix="righe")
    if request.method == "POST" and righe.is_valid() and tenta(
        form, lambda: _scrivi(request, cosa, form, righe)
    ):  # fmt: skip
        messages.success(request, _("Mappa salvata."))
        return redirect("impatto_mappa", di, pk)
    contesto = {
        "cosa": cosa, "form": form, "righe": righe,
        "colonne": [_nome_colonna(nome) for nome in azioni.COLONNE],
        "annulla": reverse("impatto_mappa", args=[di, pk]),
    }  # fmt: skip
    return render(
        request,
        "conciliazione/impatto/mappa_modifica.html",
        di_edizione(cosa.edizione, QUI, **contesto),
    )


def _scrivi(request: HttpRequest, cosa: Cosa, form: MappaForm, righe: Any) -> None:
    azioni.scrivi_mappa(
        cosa,
        premessa=form.cleaned_data["premessa"],
        righe=[una.cleaned_data for una in righe.forms if not una.vuota],
        visto=form.cleaned_data["visto"],
        da=request.user,
    )


def _iniziali(questa: MappaImpatto | None) -> list[dict[str, Any]]:
    return list(questa.righe.values("pk", *azioni.COLONNE)) if questa else []


def _nome_colonna(nome: str) -> str:
    from conciliazione.models import RigaMappa

    return str(RigaMappa._meta.get_field(nome).verbose_name).capitalize()


def _cosa(request: HttpRequest, di: str, pk: int) -> Cosa:
    """The project, or the action of the network, that the map is of."""
    if di not in DI_CHE:
        raise Http404
    visibili = DI_CHE[di].objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("edizione__azienda", "mappa_impatto"), pk=pk)
