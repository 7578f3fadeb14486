# SPDX-License-Identifier: AGPL-3.0-or-later
"""One's own evaluations, those to do, the page of a sheet with its steps, its PDF."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from obiettivi import fogli
from obiettivi.forms.conciliazione import PASSI, passi_aperti
from obiettivi.forms.passi_individuali import PassoForm
from obiettivi.individuale.foglio import foglio_di
from obiettivi.individuale.stampa import pdf_di
from obiettivi.individuale.termini import conciliazione_di, firma_entro, richiesta_entro
from obiettivi.models import Finestra, ValutazioneIndividuale
from obiettivi.rules import di_persona, esigi_di_persona
from obiettivi.schede.finestre import tempo_di
from piani import esporta
from piani.forms import tenta
from piani.stampa import StampaNonDisponibile

PER_PAGINA = 50


@require_safe
def mie(request: HttpRequest) -> HttpResponseBase:
    visibili = ValutazioneIndividuale.objects.visibili_a(request.user)
    proprie = visibili.filter(persona=request.user).per_elenco()
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.VALUTAZIONI, proprie)
    pagina = Paginator(proprie, PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {"pagina": pagina, "briciole": [(_("Le mie valutazioni"), "")], "mie": True}
    return render(request, "obiettivi/individuale/mie.html", contesto)


@require_safe
def da_valutare(request: HttpRequest) -> HttpResponseBase:
    chi = request.user.per_conto_di or request.user
    visibili = ValutazioneIndividuale.objects.visibili_a(request.user)
    sue = visibili.filter(valutatore=chi).per_elenco()
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.VALUTAZIONI, sue)
    pagina = Paginator(sue, PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {"pagina": pagina, "briciole": [(_("Persone da valutare"), "")]}
    return render(request, "obiettivi/individuale/mie.html", contesto)


@require_safe
@never_cache
def valutazione(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _scheda(request, pk))


@require_POST
@never_cache
def passo(request: HttpRequest, pk: int, passo: str) -> HttpResponse:
    """A step of the sheet; when it is refused the page says why and keeps what was written."""
    questa = _scheda(request, pk)
    modulo = PASSI.get(passo)
    if modulo is None:
        raise Http404
    esigi_di_persona(request.user, modulo.PERMESSO, questa)
    form = modulo(request.POST, valutazione=questa)
    if tenta(form, lambda: form.fai(request.user)):
        messages.success(request, str(form.FATTO))
        return redirect(questa)
    return _pagina(request, _scheda(request, pk), form)


@require_safe
@never_cache
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as it was signed; there is none before the evaluator's signature."""
    questa = _scheda(request, pk)
    if questa.firmato is None:
        messages.error(request, _("Il PDF c'è dalla firma del valutatore."))
        return redirect(questa)
    try:
        contenuto = pdf_di(questa)
    except StampaNonDisponibile as errore:
        messages.error(request, str(errore))
        return redirect(questa)
    nome = f"valutazione-{questa.anno}-{questa.pk}.pdf"
    return HttpResponse(
        contenuto,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nome}"'},
    )


def _scheda(request: HttpRequest, pk: int) -> ValutazioneIndividuale:
    visibili = ValutazioneIndividuale.objects.visibili_a(request.user).per_elenco()
    return get_object_or_404(visibili.select_related("unita__organigramma", "scheda"), pk=pk)


def _pagina(
    request: HttpRequest, questa: ValutazioneIndividuale, rifiutato: PassoForm | None = None
) -> HttpResponse:
    """``rifiutato`` is a step sent with something wrong, shown as it was sent."""
    aperti = passi_aperti(questa, request.user)
    moduli = [
        rifiutato
        if rifiutato is not None and uno.NOME == rifiutato.NOME
        else uno(valutazione=questa)
        for uno in aperti
    ]
    if rifiutato is not None and rifiutato.NOME not in {uno.NOME for uno in aperti}:
        moduli.insert(0, rifiutato)  # its moment is over: what was written is still there
    contesto = {
        "valutazione": questa,
        "foglio": foglio_di(questa, request.user),
        "passi": moduli,
        "rifiutato": rifiutato,
        "conciliazione": conciliazione_di(questa),
        "termini": _termini(questa),
        "storia": questa.storia.select_related("da", "per_conto_di"),
        "briciole": _briciole(request, questa),
    }
    return render(request, "obiettivi/individuale/valutazione.html", contesto)


def _termini(questa: ValutazioneIndividuale) -> list[tuple[str, Any]]:
    """What has a deadline now: the windows while it is written, then the clocks."""
    Stato = ValutazioneIndividuale.Stato
    if questa.stato in ValutazioneIndividuale.DA_VALUTARE:
        tipi = (Finestra.Tipo.AUTOVALUTAZIONE, Finestra.Tipo.VALUTAZIONE)
        tempi = [
            (tipo.label, tempo_di(questa.azienda, questa.anno, tipo, unita=questa.unita))
            for tipo in tipi
        ]
        return [(nome, tempo.scade) for nome, tempo in tempi if tempo is not None]
    richiesta = conciliazione_di(questa)
    if richiesta is not None:
        aperta = richiesta.esito == richiesta.Esito.IN_ATTESA and richiesta.risposta_il is None
        nome = _("Risposta del valutatore alla conciliazione")
        return [(nome, richiesta.risposta_entro)] if aperta else []
    if questa.stato == Stato.FIRMATA_VALUTATORE:
        return [(_("Termine per la firma della persona"), firma_entro(questa))]
    if questa.stato in ValutazioneIndividuale.FIRMATE:
        return [(_("Termine per chiedere la conciliazione"), richiesta_entro(questa))]
    return []


def _briciole(request: HttpRequest, questa: ValutazioneIndividuale) -> list[tuple[str, str]]:
    if questa.persona_id == request.user.pk:
        return [(_("Le mie valutazioni"), reverse("mie_valutazioni")), (str(questa.anno), "")]
    if di_persona(request.user, "obiettivi.valuta_persona", questa):
        return [(_("Persone da valutare"), reverse("da_valutare")), (str(questa.persona), "")]
    elenco = reverse("valutazioni_anno", args=[questa.azienda.codice, questa.anno])
    return [(_("Valutazioni individuali"), elenco), (str(questa.persona), "")]
