# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation of a scheda: its steps, one page each, and why a score is what it is."""

from collections.abc import Callable
from typing import Any

import simplejson
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.forms.valutazione import (
    AvviaValutazioneForm,
    ControdeduciForm,
    RispostaForm,
    ValidaSchedaForm,
)
from obiettivi.models import (
    Controdeduzione,
    EdizioneSMVP,
    Frazione,
    PunteggioScheda,
    SchedaBudget,
)
from obiettivi.schede.spiega import spiega_scheda
from obiettivi.schede.valutazione import (
    impronta_valutazione,
    non_rendicontati,
    punteggio_annuo,
)
from obiettivi.views.schede.scheda import briciole_di, scheda_di
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo


@legge_e_scrive
def avvia(request: HttpRequest, pk: int) -> HttpResponse:
    questa = scheda_di(request, pk)
    esigi(request.user, "obiettivi.prepara_scheda", questa)
    manca = non_rendicontati(questa.azienda, questa.anno, [questa])[questa.pk]
    form = AvviaValutazioneForm(inviato(request))
    return _modulo(
        request,
        questa,
        form,
        lambda: azioni.avvia_valutazione(
            questa, motivo=form.cleaned_data["motivo"], da=request.user
        ),
        fatto=_("Valutazione avviata: i punteggi sono quelli dei risultati di oggi."),
        titolo=_("Avvia la valutazione"),
        invia=_("Avvia la valutazione"),
        testo=_("Non è ancora rendicontato: %(periodi)s.") % {"periodi": ", ".join(manca)}
        if manca
        else _("Tutti i periodi sono rendicontati."),
    )


@legge_e_scrive
def controdeduci(request: HttpRequest, pk: int) -> HttpResponse:
    questa = scheda_di(request, pk)
    esigi(request.user, "obiettivi.guida_scheda", questa)
    form = ControdeduciForm(
        inviato(request), scheda=questa, initial={"riga": request.GET.get("riga")}
    )
    return _modulo(
        request,
        questa,
        form,
        lambda: azioni.controdeduci(questa, **form.cleaned_data, da=request.user),
        fatto=_("Controdeduzione presentata: risponde il controllo di gestione."),
        titolo=_("Controdeduci"),
        invia=_("Presenta la controdeduzione"),
    )


@legge_e_scrive
def rispondi(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = SchedaBudget.objects.visibili_a(request.user)
    una = get_object_or_404(
        Controdeduzione.objects.filter(scheda__in=visibili).select_related(
            "scheda__azienda", "scheda__unita", "riga__indicatore", "presentata_da"
        ),
        pk=pk,
    )
    esigi(request.user, "obiettivi.prepara_scheda", una.scheda)
    form = RispostaForm(inviato(request), indicatore=una.riga.indicatore if una.riga else None)
    return _modulo(
        request,
        una.scheda,
        form,
        lambda: azioni.rispondi_controdeduzione(
            una,
            esito=form.cleaned_data["esito"],
            risposta=form.cleaned_data["risposta"],
            risultato=form.risultato,
            da=request.user,
        ),
        fatto=_("Risposta registrata."),
        titolo=_("Rispondi alla controdeduzione"),
        invia=_("Registra la risposta"),
        prima="obiettivi/schede/_controdeduzione.html",
        una=una,
    )


@legge_e_scrive
def valida(request: HttpRequest, pk: int) -> HttpResponse:
    questa = scheda_di(request, pk)
    esigi(request.user, "obiettivi.valida_scheda", questa)
    form = ValidaSchedaForm(
        inviato(request),
        solo_rinvio=questa.stato == SchedaBudget.Stato.VALIDATA,
        initial={"visto": impronta_valutazione(questa)},
    )
    annuo = punteggio_annuo(questa)
    return _modulo(
        request,
        questa,
        form,
        lambda: azioni.valida_scheda(questa, **form.cleaned_data, da=request.user),
        fatto=_("Registrato quello che il Nucleo dice della scheda."),
        titolo=_("Valida la valutazione"),
        invia=_("Registra"),
        testo=_("Il punteggio della scheda è %(punteggio)s.") % {"punteggio": annuo.mostrato}
        if annuo and annuo.mostrato
        else _("La scheda non ha un punteggio: la motivazione dica perché."),
    )


@require_POST
def chiudi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = scheda_di(request, pk)
    try:
        azioni.chiudi_scheda(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(
            request, _("Scheda chiusa: il suo punteggio va alla valutazione individuale.")
        )
    return redirect(_pannello(questa))


def _pannello(scheda: SchedaBudget) -> str:
    return f"{scheda.get_absolute_url()}#valutazione"


def _modulo(
    request: HttpRequest,
    scheda: SchedaBudget,
    form: forms.Form,
    azione: Callable[[], object],
    *,
    fatto: str,
    titolo: str,
    **contesto: Any,
) -> HttpResponse:
    """The page of a step: done when it is sent, shown again with what was wrong."""
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, fatto)
        return redirect(_pannello(scheda))
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=str(scheda),
        annulla=_pannello(scheda),
        briciole=[*briciole_di(scheda, dentro=True), (titolo, "")],
        **contesto,
    )


# --- why ----------------------------------------------------------------------------------


@require_safe
def spiegazione(request: HttpRequest, pk: int, livello: str, oggetto: int) -> HttpResponse:
    questa, dati = _spiegazione(request, pk, livello, oggetto)
    json = reverse("scheda_perche_json", args=[pk, livello, oggetto])
    contesto = {
        "scheda": questa,
        "dati": dati,
        "voto": dati["voto"],
        "json": f"{json}?{request.GET.urlencode()}".removesuffix("?"),
        "torna": _pannello(questa),
        "briciole": [*briciole_di(questa, dentro=True), (_("Perché questo punteggio"), "")],
    }
    return render(request, "obiettivi/schede/spiegazione.html", contesto)


@require_safe
def spiegazione_json(request: HttpRequest, pk: int, livello: str, oggetto: int) -> HttpResponse:
    _questa, dati = _spiegazione(request, pk, livello, oggetto)
    del dati["voto"]
    testo = simplejson.dumps(dati, use_decimal=True, ensure_ascii=False)
    return HttpResponse(testo, content_type="application/json")


def _spiegazione(
    request: HttpRequest, pk: int, livello: str, oggetto: int
) -> tuple[SchedaBudget, dict[str, Any]]:
    """A scheda and the explanation of one of its scores; 404 when there is no such score."""
    questa = scheda_di(request, pk)
    frazione = request.GET.get("frazione", "")
    if frazione not in Frazione.values:
        raise Http404
    salvato = get_object_or_404(
        PunteggioScheda, scheda=questa, frazione=frazione, livello=livello, oggetto=oggetto
    )
    try:
        return questa, spiega_scheda(questa, salvato)
    except KeyError as errore:
        raise Http404(_("Ciò che aveva questo punteggio non è più nella scheda.")) from errore
    except (EdizioneSMVP.DoesNotExist, EdizioneNonValida) as errore:
        raise Http404(_("Le regole di quell'anno non si possono usare.")) from errore
