# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questionnaires of an edition: prepared by the office, read by who sees the project."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione.azioni import questionari as azioni
from conciliazione.forms.impatto import QuestionarioImpattoForm
from conciliazione.models import QuestionarioImpatto
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from conciliazione.views.impatto import QUI
from piani import esporta
from piani.forms import tenta
from piani.questionari.confronto import confronta
from piani.questionari.foglio import righe_dei_risultati
from piani.questionari.risultati import risultati_di
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive


@legge_e_scrive
def nuovo(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, azioni.PERMESSO, edizione)
    form = QuestionarioImpattoForm(inviato(request), edizione=edizione, utente=request.user)
    fatti: list[QuestionarioImpatto] = []
    if request.method == "POST" and tenta(
        form,
        lambda: fatti.append(azioni.prepara(edizione, **form.cleaned_data, da=request.user)),
    ):
        messages.success(request, _("Bozza pronta: rivedi le domande, poi apri il questionario."))
        return redirect("questionario", fatti[0].questionario_id)
    contesto = {"form": form, "annulla": reverse("conciliazione_impatto", args=[slug])}
    return render(
        request,
        "conciliazione/impatto/questionario_nuovo.html",
        di_edizione(edizione, QUI, **contesto),
    )


@require_safe
def questionario(request: HttpRequest, pk: int) -> HttpResponseBase:
    if esporta.chiesto(request):
        return csv(request, pk)
    questo = _questionario(request, pk)
    risultati = risultati_di(questo.questionario)
    coppie = []
    # Whoever sees this one sees the means of the one before, already without small cells.
    if questo.confronto is not None:
        coppie = confronta(risultati_di(questo.confronto.questionario), risultati)
    contesto = {
        "questo": questo,
        "risultati": risultati,
        "coppie": coppie,
        "prepara": request.user.has_perm(azioni.PERMESSO, questo),
    }
    return render(
        request,
        "conciliazione/impatto/questionario.html",
        di_edizione(questo.edizione, QUI, **contesto),
    )


@require_safe
def csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = _questionario(request, pk)
    righe = righe_dei_risultati(risultati_di(questo.questionario))
    titolo = questo.questionario.titolo
    return esporta.tabella(request, f"questionario-impatto-{pk}", titolo, righe)


def _questionario(request: HttpRequest, pk: int) -> QuestionarioImpatto:
    visibili = QuestionarioImpatto.objects.visibili_a(request.user)
    return get_object_or_404(
        visibili.select_related(
            "edizione__azienda", "questionario__azienda", "progetto", "confronto__questionario"
        ),
        pk=pk,
    )
