# SPDX-License-Identifier: AGPL-3.0-or-later
"""An action of a project: what it is, its pieces by month, its budget."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conciliazione.azioni import azione_progetto as azioni
from conciliazione.azioni.progetto import APERTI
from conciliazione.forms.progetti import AttivitaForm, AzioneForm, BudgetForm
from conciliazione.models import AttivitaAzione, AzioneProgetto
from conciliazione.models.azioni import StatoAzione
from conciliazione.passaggi import prossimi
from conciliazione.views.edizioni import di_edizione
from conciliazione.views.progetti import QUI, gantt_di
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import conferma, legge_e_scrive


@legge_e_scrive
def azione(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _azione(request, pk)
    if request.method != "POST":
        return _pagina(request, questa)
    esigi(request.user, azioni.PERMESSO, questa)
    form = AzioneForm(request.POST, instance=questa)
    return _scritta(
        request, questa, "form", form,
        lambda: azioni.modifica_azione(questa, da=request.user, **form.cleaned_data),
        _("Azione salvata."),
    )  # fmt: skip


@require_POST
def attivita(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _azione(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    form = AttivitaForm(request.POST)
    return _scritta(
        request, questa, "form_attivita", form,
        lambda: azioni.aggiungi_attivita(questa, da=request.user, **form.cleaned_data),
        _("Attività aggiunta."),
    )  # fmt: skip


@require_POST
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _azione(request, pk)
    esigi(request.user, azioni.GESTISCE, questa)
    form = BudgetForm(request.POST, edizione=questa.progetto.edizione)
    return _scritta(
        request, questa, "form_budget", form,
        lambda: azioni.scrivi_budget(questa, da=request.user, **form.cleaned_data),
        _("Budget salvato."),
    )  # fmt: skip


@require_POST
def avanza(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _azione(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    stato = request.POST.get("stato", "")
    if stato in StatoAzione.values:
        try:
            azioni.avanza_azione(questa, stato=stato, da=request.user)
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        else:
            messages.success(request, _("Stato dell'azione cambiato."))
    return redirect("progetto_azione", pk)


@legge_e_scrive
def togli(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = AttivitaAzione.objects.visibili_a(request.user)
    questa = get_object_or_404(
        visibili.select_related("azione__progetto__edizione__azienda"), pk=pk
    )
    esigi(request.user, azioni.PERMESSO, questa)
    indietro = reverse("progetto_azione", args=[questa.azione_id])
    return conferma(
        request,
        azione=lambda: azioni.togli_attivita(questa, da=request.user),
        fatto=_("Attività tolta."),
        dopo=indietro,
        titolo=_("Togli l'attività"),
        domanda=_("Tolgo «%(nome)s»?") % {"nome": questa.nome},
        annulla=indietro,
    )


def _scritta(
    request: HttpRequest,
    questa: AzioneProgetto,
    nome: str,
    form: forms.BaseForm,
    azione: Callable[[], object],
    fatto: str,
) -> HttpResponse:
    """Do it and come back; what is refused stays on the page."""
    if tenta(form, azione):
        messages.success(request, fatto)
        return redirect("progetto_azione", questa.pk)
    return _pagina(request, questa, **{nome: form})


def _pagina(request: HttpRequest, questa: AzioneProgetto, **altri: Any) -> HttpResponse:
    progetto = questa.progetto
    aperto = progetto.stato in APERTI
    categorie = {una.codice: una.nome for una in progetto.edizione.regole.categorie_costo}
    contesto = {
        "progetto": progetto,
        "azione": questa,
        "gantt": gantt_di([questa]),
        "attivita": questa.attivita.all(),
        "voci": [(categorie.get(v.categoria, v.categoria), v) for v in questa.budget.all()],
        "documenta": aperto and request.user.has_perm(azioni.PERMESSO, questa),
        "gestisce": aperto and request.user.has_perm(azioni.GESTISCE, questa),
        "stati": [(s, StatoAzione(s).label) for s in prossimi(questa)],
        "form": AzioneForm(instance=questa),
        "form_attivita": AttivitaForm(),
        "form_budget": BudgetForm(edizione=progetto.edizione),
    } | altri
    return render(
        request,
        "conciliazione/progetti/azione.html",
        di_edizione(progetto.edizione, QUI, **contesto),
    )


def _azione(request: HttpRequest, pk: int) -> AzioneProgetto:
    visibili = AzioneProgetto.objects.visibili_a(request.user)
    righe = visibili.select_related("progetto__edizione__azienda", "progetto__capofila")
    return get_object_or_404(righe.prefetch_related("attivita", "budget"), pk=pk)
