# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public form to report an error, and the inbox of the office."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from piani import esporta, fogli
from piani.forms import tenta
from piani.limite import oltre_il_limite
from piani.models import Azienda, DocumentoPubblicato, Segnalazione
from piani.segnalazioni import azioni
from piani.segnalazioni.moduli import RispostaForm, SegnalaForm
from piani.views.moduli import inviato, legge_e_scrive, modulo
from piani.views.trasparenza import briciole_azienda

PER_PAGINA = 50


@login_not_required
@never_cache
@legge_e_scrive
def segnala(request: HttpRequest, azienda: str) -> HttpResponse:
    """A robot that fills the trap believes that it was sent."""
    ente = get_object_or_404(Azienda.objects.con_documenti(), codice=azienda)
    documento = _documento(request, ente)
    form = SegnalaForm(inviato(request))
    if request.method == "POST":
        grazie = redirect("segnala_grazie", ente.codice)
        if form.da_un_robot:
            return grazie
        if form.is_valid() and oltre_il_limite(
            request, "segnalazione", settings.SEGNALAZIONI_PER_ORA
        ):
            form.add_error(
                None,
                _("Da questa rete sono arrivate molte segnalazioni nell'ultima ora. Ciò che hai "
                  "scritto è ancora qui: riprova più tardi."),
            )  # fmt: skip
        elif tenta(form, lambda: azioni.ricevi(ente, documento=documento, **form.scritto)):
            return grazie
    contesto = {
        "azienda": ente,
        "documento": documento,
        "form": form,
        "mesi": settings.SEGNALAZIONI_MESI,
        "briciole": [*briciole_azienda(ente), (_("Segnala un errore"), "")],
    }
    return render(request, "segnalazioni/segnala.html", contesto)


def _documento(request: HttpRequest, ente: Azienda) -> DocumentoPubblicato | None:
    """The document that the address names, if it is a public one of that azienda."""
    chiave = request.GET.get("documento", "")
    if not chiave.isascii() or not chiave.isdigit() or len(chiave) > 15:
        return None
    in_mostra = DocumentoPubblicato.objects.in_mostra(timezone.localdate()).defer("contenuto")
    return in_mostra.filter(piano__azienda=ente, pk=chiave).first()


@login_not_required
@require_safe
def grazie(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.con_documenti(), codice=azienda)
    contesto = {"azienda": ente, "briciole": [*briciole_azienda(ente), (_("Ricevuta"), "")]}
    return render(request, "segnalazioni/grazie.html", contesto)


@require_safe
def elenco(request: HttpRequest) -> HttpResponseBase:
    """The inbox: the open ones first, unless the address asks for the closed."""
    visibili = Segnalazione.objects.visibili_a(request.user)
    chiuse = request.GET.get("stato") == Segnalazione.Stato.CHIUSA
    righe = visibili.filter(stato=Segnalazione.Stato.CHIUSA) if chiuse else visibili.aperte()
    righe = righe.select_related("azienda", "documento__piano", "presa_da")
    righe = righe.defer("documento__contenuto")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.SEGNALAZIONI, righe)
    contesto = {
        "pagina": Paginator(righe, PER_PAGINA).get_page(request.GET.get("pagina")),
        "chiuse": chiuse,
        "briciole": [(_("Segnalazioni"), "")],
    }
    return render(request, "segnalazioni/elenco.html", contesto)


@require_safe
def segnalazione(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _segnalazione(request, pk)
    contesto = {"segnalazione": questa, "briciole": _briciole(questa)}
    return render(request, "segnalazioni/segnalazione.html", contesto)


@require_POST
def prendi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _segnalazione(request, pk)
    try:
        azioni.prendi(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Presa in carico."))
    return redirect("segnalazione", pk)


@legge_e_scrive
def chiudi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _segnalazione(request, pk)
    form = RispostaForm(inviato(request))
    casa = reverse("segnalazione", args=[pk])
    if request.method == "POST" and tenta(
        form, lambda: azioni.chiudi(questa, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Segnalazione chiusa."))
        return redirect(casa)
    return modulo(
        request,
        form,
        titolo=_("Rispondi e chiudi"),
        sopratitolo=str(questa),
        testo=_("La risposta parte per posta.") if questa.email else _("Chi ha scritto non ha "
              "lasciato un indirizzo: la risposta resta agli atti."),
        invia=_("Chiudi la segnalazione"),
        annulla=casa,
        briciole=[*_briciole(questa)[:-1], (str(questa), casa), (_("Rispondi"), "")],
    )  # fmt: skip


def _segnalazione(request: HttpRequest, pk: int) -> Segnalazione:
    visibili = Segnalazione.objects.visibili_a(request.user)
    con = visibili.select_related("azienda", "documento__piano", "presa_da", "chiusa_da")
    return get_object_or_404(con.defer("documento__contenuto"), pk=pk)


def _briciole(questa: Segnalazione) -> list[tuple[str, Any]]:
    return [(_("Segnalazioni"), reverse("segnalazioni")), (str(questa), "")]
