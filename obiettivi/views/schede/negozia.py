# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a scheda up to the monitoring: send, say, sign, make known, read, revise."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from obiettivi import azioni
from obiettivi.forms.negoziazione import (
    AbbandonaForm,
    FirmaForm,
    InviaMolteForm,
    InviaSchedaForm,
    MessaggioForm,
    RevisioneForm,
)
from obiettivi.models import SchedaBudget
from obiettivi.views.schede.scheda import briciole_di, scheda_di
from piani.forms import tenta
from piani.models import Azienda
from piani.rules import esigi

Stato = SchedaBudget.Stato


@require_POST
def invia(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    esigi(request.user, "obiettivi.prepara_scheda", scheda)
    form = InviaSchedaForm(request.POST, prefix="invia")
    if not tenta(
        form, lambda: azioni.invia_scheda(scheda, da=request.user, **form.cleaned_data)
    ):  # fmt: skip
        return _modulo(request, scheda, form, _("Invia in negoziazione"), _("Invia"))
    messages.success(
        request,
        _("Inviata la versione %(n)s: chi deve firmare la trova fra le cose da fare.")
        % {"n": scheda.versione},
    )
    return _al_pannello(scheda)


@require_POST
def messaggio(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    esigi(request.user, "obiettivi.negozia_scheda", scheda)
    form = MessaggioForm(request.POST, prefix="messaggio")
    if not tenta(
        form, lambda: azioni.scrivi_messaggio(scheda, da=request.user, **form.cleaned_data)
    ):  # fmt: skip
        return _modulo(request, scheda, form, _("Scrivi un messaggio"), _("Invia il messaggio"))
    messages.success(request, _("Messaggio inviato."))
    return _al_pannello(scheda)


@require_POST
def firma(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    esigi(request.user, "obiettivi.negozia_scheda", scheda)
    form = FirmaForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Ricarica la pagina e firma la versione che hai letto."))
        return _al_pannello(scheda)

    def firmata() -> None:
        azioni.firma(
            scheda,
            ruolo=form.cleaned_data["ruolo"],
            versione_vista=form.cleaned_data["versione"],
            da=request.user,
        )

    detto = _("Firma registrata.")
    return _prova(request, scheda, firmata, lambda: _dopo_la_firma(scheda, detto))


def _dopo_la_firma(scheda: SchedaBudget, detto: str) -> str:
    if scheda.stato != Stato.SOTTOSCRITTA:
        return detto
    return f"{detto} {_('Ci sono tutte le firme dovute: la scheda è sottoscritta.')}"


@require_POST
def divulga(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    ritardo: list[int] = []

    def detto() -> str:
        if not ritardo[0]:
            return _("Scheda divulgata: il personale la vede e ne prende visione.")
        return ngettext(
            "Scheda divulgata con %(n)s giorno di ritardo sul mese dalla firma.",
            "Scheda divulgata con %(n)s giorni di ritardo sul mese dalla firma.",
            ritardo[0],
        ) % {"n": ritardo[0]}

    return _prova(
        request, scheda, lambda: ritardo.append(azioni.divulga(scheda, da=request.user)), detto
    )


@require_POST
def prendi_visione(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    return _prova(
        request,
        scheda,
        lambda: azioni.prendi_visione(scheda, da=request.user),
        lambda: _("Presa visione registrata."),
    )


@require_POST
def apri_revisione(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    esigi(request.user, "obiettivi.prepara_scheda", scheda)
    form = RevisioneForm(request.POST, prefix="revisione")
    if not tenta(
        form, lambda: azioni.apri_revisione(scheda, da=request.user, **form.cleaned_data)
    ):  # fmt: skip
        return _modulo(request, scheda, form, _("Apri una revisione"), _("Apri la revisione"))
    messages.success(
        request, _("Revisione aperta: cambia il contenuto e invia la nuova versione.")
    )  # fmt: skip
    return _al_pannello(scheda)


@require_POST
def abbandona_revisione(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    esigi(request.user, "obiettivi.prepara_scheda", scheda)
    form = AbbandonaForm(request.POST, prefix="abbandona")
    if not tenta(
        form, lambda: azioni.abbandona_revisione(scheda, da=request.user, **form.cleaned_data)
    ):  # fmt: skip
        return _modulo(
            request, scheda, form, _("Abbandona la revisione"), _("Abbandona la revisione")
        )  # fmt: skip
    messages.success(request, _("Revisione abbandonata: resta in vigore la versione firmata."))
    return _al_pannello(scheda)


@require_http_methods(["GET", "HEAD", "POST"])
def invia_molte(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    """The proposals of a year, to send together; those that could not be sent say why."""
    visibili = Azienda.objects.visibili_a(request.user)
    questa = get_object_or_404(visibili, codice=azienda)
    esigi(request.user, "obiettivi.prepara_scheda", questa)
    di_quell_anno = SchedaBudget.objects.visibili_a(request.user).dei_cdr().per_elenco()
    proposte = di_quell_anno.filter(azienda=questa, anno=anno, stato=Stato.PROPOSTA)
    dati = request.POST if request.method == "POST" else None
    form = InviaMolteForm(dati, proposte=proposte)
    esito = None
    if form.is_valid():
        esito = azioni.invia_schede(questa, anno, form.cleaned_data["schede"], da=request.user)
        if not esito.scartate:
            messages.success(
                request,
                ngettext("%(n)s scheda inviata.", "%(n)s schede inviate.", len(esito.inviate))
                % {"n": len(esito.inviate)},
            )
            return redirect("schede")
        form = InviaMolteForm(
            proposte=proposte, initial={"schede": [una.pk for una, _motivi in esito.scartate]}
        )
    elif not form.is_bound:
        form.initial["schede"] = [una.pk for una in proposte]
    contesto = {
        "azienda": questa,
        "anno": anno,
        "form": form,
        "ce_ne_sono": bool(proposte),
        "esito": esito,
        "briciole": [(_("Schede budget"), reverse("schede")), (_("Invia in negoziazione"), "")],
    }
    return render(request, "obiettivi/schede/invia_molte.html", contesto)


def _prova(
    request: HttpRequest,
    scheda: SchedaBudget,
    azione: Callable[[], object],
    detto: Callable[[], str],
) -> HttpResponse:
    """Do something that asks for nothing written, and say how it went on the scheda's page."""
    try:
        azione()
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, detto())
    return _al_pannello(scheda)


def _modulo(
    request: HttpRequest, scheda: SchedaBudget, form: forms.BaseForm, titolo: str, invia: str
) -> HttpResponse:
    """The form that was refused, on a page of its own: what was written stays."""
    contesto: dict[str, Any] = {
        "titolo": titolo,
        "sopratitolo": str(scheda),
        "form": form,
        "invia": invia,
        "annulla": scheda.get_absolute_url(),
        "briciole": [*briciole_di(scheda, dentro=True), (titolo, "")],
    }
    return render(request, "piani/modulo.html", contesto)


def _al_pannello(scheda: SchedaBudget) -> HttpResponse:
    return redirect(f"{scheda.get_absolute_url()}#negoziazione")
