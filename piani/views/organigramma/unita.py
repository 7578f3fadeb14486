# SPDX-License-Identifier: AGPL-3.0-or-later
"""Change a unit of a draft; appoint the head of one in force."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from piani import azioni
from piani.models import UnitaOrganizzativa
from piani.organigramma.moduli import (
    PartiFormSet,
    PrecedentiForm,
    SpostaForm,
    UnisciForm,
    UnitaForm,
    riporta,
    scelte,
)
from piani.rules import esigi
from piani.views.organigramma.pezzi import PERMESSO, PERMESSO_NOMINA, unita_di
from piani.views.organigramma.scheda import da_unire, modulo_nomina, rifiutata

Fatto = Callable[[dict[str, Any]], HttpResponse]


def _scrive(
    request: HttpRequest,
    questa: UnitaOrganizzativa,
    nome: str,
    form: Any,
    fai: Fatto,
    di_bozza: bool = True,
) -> HttpResponse:
    """Do it and go where it says; or show the page again with what was refused."""
    rifiuto = None
    if form.is_valid():
        try:
            return fai(form.cleaned_data)
        except ValidationError as errore:
            riporta(form, errore)
            rifiuto = errore
    moduli = {nome: form, "aperto": nome}
    return rifiutata(request, questa, rifiuto, di_bozza=di_bozza, **moduli)


def _fatto(request: HttpRequest, questa: UnitaOrganizzativa, detto: str) -> HttpResponse:
    messages.success(request, detto)
    return redirect(questa)


@require_POST
def modifica(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    questa = unita_di(request, azienda, pk)
    esigi(request.user, PERMESSO, questa)

    def fai(dati: dict[str, Any]) -> HttpResponse:
        azioni.modifica_unita(questa, **dati, da=request.user)
        return _fatto(request, questa, _("Unità salvata."))

    return _scrive(request, questa, "modifica", UnitaForm(request.POST), fai)


@require_POST
def sposta(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    questa = unita_di(request, azienda, pk)
    esigi(request.user, PERMESSO, questa)
    tutte = list(UnitaOrganizzativa.objects.di_versione(questa.organigramma))
    per_chiave = {una.pk: una for una in tutte}

    def fai(dati: dict[str, Any]) -> HttpResponse:
        azioni.sposta_unita(questa, padre=per_chiave.get(dati["padre"]), da=request.user)
        return _fatto(request, questa, _("Unità spostata."))

    return _scrive(request, questa, "sposta", SpostaForm(request.POST, unita=scelte(tutte)), fai)


@require_POST
def collega(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Say what the unit was in the version before."""
    questa = unita_di(request, azienda, pk)
    esigi(request.user, PERMESSO, questa)
    di_prima = questa.organigramma.nata_da
    vecchie = list(UnitaOrganizzativa.objects.di_versione(di_prima)) if di_prima else []

    def fai(dati: dict[str, Any]) -> HttpResponse:
        scelte_ = [una for una in vecchie if una.pk in dati["precedenti"]]
        azioni.collega_precedenti(questa, precedenti=scelte_, da=request.user)
        return _fatto(request, questa, _("Salvato da che cosa viene l’unità."))

    form = PrecedentiForm(request.POST, unita=scelte(vecchie))
    return _scrive(request, questa, "collega", form, fai)


@require_POST
def unisci(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Merge the unit with those chosen; the one that is left may be another."""
    questa = unita_di(request, azienda, pk)
    esigi(request.user, PERMESSO, questa)
    versione = questa.organigramma
    tutte = list(UnitaOrganizzativa.objects.di_versione(versione))

    def fai(dati: dict[str, Any]) -> HttpResponse:
        scelte_ = {questa.pk, *dati.pop("altre")}
        insieme = [una for una in tutte if una.pk in scelte_]
        resta = azioni.unisci_unita(versione, unita=insieme, **dati, da=request.user)
        return _fatto(request, resta, _("Unite in «%(unita)s».") % {"unita": resta})

    form = UnisciForm(request.POST, auto_id="unisci_%s", unita=da_unire(questa, tutte))
    return _scrive(request, questa, "unisci", form, fai)


@require_POST
def dividi(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    questa = unita_di(request, azienda, pk)
    esigi(request.user, PERMESSO, questa)
    parti = PartiFormSet(request.POST, prefix="parti")
    rifiuto = None
    if parti.is_valid():
        piene = [azioni.Parte(**una) for una in parti.cleaned_data if una.get("codice")]
        try:
            nate = azioni.dividi_unita(questa, parti=piene, da=request.user)
        except ValidationError as errore:
            rifiuto = errore
        else:
            nomi = ", ".join(f"«{una}»" for una in nate)
            messages.success(request, _("Divisa in %(nomi)s.") % {"nomi": nomi})
            return redirect(f"{questa.organigramma.get_absolute_url()}#u-{questa.pk}")
    frase = " ".join(rifiuto.messages) if rifiuto else ""
    return rifiutata(request, questa, rifiuto, parti=parti, rifiuto=frase, aperto="dividi")


@require_POST
def ordina(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Up or down among the units beside it; the page comes back on the same button."""
    questa = unita_di(request, azienda, pk)
    verso = "su" if request.POST.get("verso") == "su" else "giu"
    # Without a fragment: where there is one, browsers do not give the focus to a button.
    indirizzo = f"{questa.organigramma.get_absolute_url()}?mossa={questa.pk}&verso={verso}"
    try:
        azioni.ordina_unita(questa, in_su=verso == "su", da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect(questa.organigramma)
    return redirect(indirizzo)


@require_POST
def elimina(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    questa = unita_di(request, azienda, pk)
    try:
        azioni.elimina_unita(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect(questa)
    messages.success(request, _("Tolta «%(unita)s».") % {"unita": questa})
    return redirect(questa.organigramma)


@require_POST
def nomina(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    questa = unita_di(request, azienda, pk)
    esigi(request.user, PERMESSO_NOMINA, questa)

    def fai(dati: dict[str, Any]) -> HttpResponse:
        incarico = azioni.nomina(questa, **dati, da=request.user)
        messages.success(request, _("Nomina registrata: %(chi)s.") % {"chi": incarico})
        return redirect(f"{questa.get_absolute_url()}#responsabili")

    form = modulo_nomina(questa.azienda, timezone.localdate(), request.POST)
    return _scrive(request, questa, "nomina", form, fai, di_bozza=False)
