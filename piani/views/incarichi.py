# SPDX-License-Identifier: AGPL-3.0-or-later
"""The incarichi of a person: given, changed, ended, lent; by the amministratore of the azienda."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from piani import azioni
from piani.forms_persone import CambiaIncaricoForm, ChiudiIncaricoForm, DelegaForm, IncaricoForm
from piani.models import Azienda, Incarico, Ruolo, Utente
from piani.views.persone import azienda_di, briciole, persona_di

METODI = ["GET", "HEAD", "POST"]


@require_http_methods(METODI)
def nuovo(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente = azienda_di(request, azienda)
    questa = persona_di(ente, pk)
    form = IncaricoForm(request.POST or None, azienda=ente)
    if form.is_valid():
        try:
            azioni.assegna_incarico(
                questa, ente, form.cleaned_data["ruolo"], form.dove, da=request.user
            )
        except ValidationError as errore:
            form.riporta(errore)
        else:
            return _fatto(request, ente, questa, _("Incarico assegnato."))
    titolo = _("Nuovo incarico di %(persona)s") % {"persona": questa}
    return _modulo(request, ente, questa, form, titolo, _("Assegna"))


@require_http_methods(METODI)
def modifica(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente, incarico = _incarico(request, azienda, pk)
    form = CambiaIncaricoForm(request.POST or None, incarico=incarico)
    if form.is_valid():
        try:
            cambiato = azioni.cambia_incarico(
                incarico, form.dove, visto=form.cleaned_data["visto"], da=request.user
            )
        except ValidationError as errore:
            form.riporta(errore)
        else:
            detto = _("Incarico cambiato.") if cambiato else _("L'incarico era già così.")
            return _fatto(request, ente, incarico.utente, detto)
    titolo = _("%(ruolo)s: %(persona)s") % _nomi(incarico)
    return _modulo(request, ente, incarico.utente, form, titolo, _("Salva"))


@require_http_methods(METODI)
def chiudi(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente, incarico = _incarico(request, azienda, pk)
    form = ChiudiIncaricoForm(request.POST or None)
    if form.is_valid():
        try:
            azioni.chiudi_incarico(incarico, al=form.cleaned_data["al"], da=request.user)
        except ValidationError as errore:
            form.riporta(errore)
        else:
            return _fatto(request, ente, incarico.utente, _("Incarico chiuso."))
    titolo = _("Chiudi l’incarico «%(ruolo)s» di %(persona)s") % _nomi(incarico)
    spiega = _("Dal giorno dopo l’incarico non dà più diritti. Ciò che è stato fatto resta.")
    return _modulo(request, ente, incarico.utente, form, titolo, _("Chiudi"), spiega)


@require_http_methods(METODI)
def delega(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Lend the incarico of who is away and cannot do it."""
    ente, incarico = _incarico(request, azienda, pk)
    form = DelegaForm(request.POST or None, incarico=incarico)
    if form.is_valid():
        dati = form.cleaned_data
        try:
            azioni.delega(
                incarico,
                a=dati["delegato"],
                dal=dati["dal"],
                al=dati["al"],
                motivo=dati["motivo"],
                da=request.user,
            )
        except ValidationError as errore:
            form.riporta(errore)
        else:
            return _fatto(request, ente, incarico.utente, _("Delega data."))
    titolo = _("Delega l’incarico «%(ruolo)s» di %(persona)s") % _nomi(incarico)
    spiega = _(
        "Chi riceve la delega agisce con i diritti di questo solo incarico, e il registro tiene "
        "tutti e due i nomi."
    )
    return _modulo(request, ente, incarico.utente, form, titolo, _("Delega"), spiega)


def _incarico(request: HttpRequest, azienda: str, pk: int) -> tuple[Azienda, Incarico]:
    ente = azienda_di(request, azienda)
    incarichi = ente.incarichi.select_related("utente", "azienda", "unita__organigramma")
    return ente, get_object_or_404(incarichi, pk=pk)


def _nomi(incarico: Incarico) -> dict[str, Any]:
    return {"ruolo": Ruolo(incarico.ruolo).label, "persona": incarico.utente}


def _fatto(request: HttpRequest, ente: Azienda, questa: Utente, detto: str) -> HttpResponse:
    messages.success(request, detto)
    return redirect("persona", ente.codice, questa.pk)


def _modulo(
    request: HttpRequest,
    ente: Azienda,
    questa: Utente,
    form: Any,
    titolo: str,
    invia: str,
    spiega: str = "",
) -> HttpResponse:
    torna = reverse("persona", args=[ente.codice, questa.pk])
    contesto = {
        "titolo": titolo,
        "spiega": spiega,
        "form": form,
        "invia": invia,
        "torna": torna,
        "briciole": briciole(ente, (str(questa), torna), (_("Incarico"), "")),
    }
    return render(request, "piani/persone/modulo.html", contesto)
