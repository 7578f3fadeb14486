# SPDX-License-Identifier: AGPL-3.0-or-later
"""The simulator in the browser: a sheet and an edition in, scores out; nothing is stored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from obiettivi.calcolo.edizione import Edizione, EdizioneNonValida
from obiettivi.calcolo.edizione_dati import da_dati
from obiettivi.calcolo.predefinite import TUTTE
from obiettivi.forms import SimulatoreForm
from obiettivi.models import EdizioneSMVP
from obiettivi.simulazione import COLONNE, CasiNonValidi, Simulazione, in_csv, leggi_casi, simula

RIGHE_MASSIME = 5000
RIGHE_MOSTRATE = 500
ESEMPIO = """id;gruppo;target;operatore;valore;verso;base;risultato;peso
P1;Prevenzione;≥ 95%;;;;;92,3%;60
P2;Prevenzione;;>=;90%;;;54/60;40
E1;Economia;≤ 49;;;decrescente;;51;50
E2;Economia;Mantenimento;;;decrescente;120;118,5;50
S1;Sviluppo;Avvio;;;;;75%;
S2;Sviluppo;Sì;;;;;sì;
S3;Sviluppo;≥ 80%;;;;;n.d.;
"""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def simulatore(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        iniziali = {"righe": ESEMPIO, "edizione": request.GET.get("edizione")}
        form = SimulatoreForm(utente=request.user, initial=iniziali)
        return render(request, "obiettivi/simulatore.html", _contesto(form))
    form = SimulatoreForm(request.POST, request.FILES, utente=request.user)
    esito, problemi, foglio = _prova(form)
    contesto = _contesto(form) | {
        "esito": esito,
        "mostrate": esito.casi[:RIGHE_MOSTRATE] if esito else (),
        "problemi": problemi,
        "foglio": foglio,
    }
    return render(request, "obiettivi/simulatore.html", contesto)


@require_POST
@never_cache
def scarica(request: HttpRequest) -> HttpResponse:
    """The outcome as a file; what cannot be scored goes back to the page, with its reasons."""
    form = SimulatoreForm(request.POST, request.FILES, utente=request.user)
    esito, problemi, foglio = _prova(form)
    if esito is None:
        contesto = _contesto(form) | {"problemi": problemi, "foglio": foglio}
        return render(request, "obiettivi/simulatore.html", contesto)
    return HttpResponse(
        "\ufeff" + in_csv(esito, ";"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="esito-simulazione.csv"'},
    )


def _contesto(form: SimulatoreForm) -> dict[str, Any]:
    return {"form": form, "colonne": COLONNE, "briciole": [(_("Simulatore"), "")]}


def _prova(form: SimulatoreForm) -> tuple[Simulazione | None, tuple[str, ...], str]:
    """The outcome or all that is wrong, and the sheet as text."""
    if not form.is_valid():
        return None, (), ""
    caricato = form.cleaned_data["file"]
    contenuto = caricato.read() if caricato else form.cleaned_data["righe"]
    try:
        foglio = contenuto.decode("utf-8-sig") if isinstance(contenuto, bytes) else contenuto
        if foglio.count("\n") > RIGHE_MASSIME:
            return None, (_troppe(),), ""
        tabella = leggi_casi(foglio, form.cleaned_data["anno"])
        return simula(tabella, _regole(form.cleaned_data["edizione"])), (), foglio
    except UnicodeDecodeError as errore:
        detto = _("Il file non è in UTF-8 (byte %(n)s): salvarlo come «CSV UTF-8».")
        return None, (detto % {"n": errore.start + 1},), ""
    except (CasiNonValidi, EdizioneNonValida) as errore:
        return None, errore.problemi, foglio


def _troppe() -> str:
    return _(
        "Le righe sono più di %(massime)s: per un foglio così lungo c'è il comando "
        "«manage.py simula»."
    ) % {"massime": RIGHE_MASSIME}


def _regole(scelta: str) -> Edizione:
    """The edition chosen among those that the form offers to the person."""
    if scelta.startswith("p:"):
        return TUTTE[scelta.removeprefix("p:")]
    return da_dati(EdizioneSMVP.objects.get(pk=int(scelta.removeprefix("e"))).parametri)
