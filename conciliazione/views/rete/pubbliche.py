# SPDX-License-Identifier: AGPL-3.0-or-later
"""What anybody sees of the network, logged in or not: its figures, and the module to join it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from conciliazione import fogli
from conciliazione.azioni import adesione as azioni
from conciliazione.forms.adesione import ModuloPubblicoForm
from conciliazione.models import Ambito, Dimensione, EdizioneConciliazione
from conciliazione.rete.composizione import conosciuta, grafico
from conciliazione.rete.membri import membri_per_dimensione
from piani import esporta
from piani.forms import tenta
from piani.limite import oltre_il_limite
from piani.models import Azienda
from piani.pubbliche.risposta import pubblica
from piani.views.moduli import inviato, legge_e_scrive


@pubblica
def rete(request: HttpRequest, azienda: str) -> HttpResponseBase:
    """The members by kind and by size, and the territory: numbers, no names of people."""
    ente = con_una_rete(azienda)
    if esporta.chiesto(request):
        return rete_csv(request, azienda)
    (quadro, al), dimensioni = conosciuta(ente), membri_per_dimensione(ente)
    nomi = {**dict(Dimensione.choices), "": _("Non dichiarata")}
    contesto = {
        "azienda": ente, "quadro": quadro, "al": al, "aperta": azioni.rete_aperta(ente),
        "disegno": grafico("rete-pubblica", quadro),
        "dimensioni": [(nomi[chiave], quanti) for chiave, quanti in dimensioni.items() if quanti],
        "ambiti": Ambito.objects.filter(azienda=ente).prefetch_related("comuni"),
        "briciole": [(_("Rete di conciliazione"), "")],
    }  # fmt: skip
    return render(request, "conciliazione/rete/pubblica.html", contesto)


@pubblica
def rete_csv(request: HttpRequest, azienda: str) -> HttpResponseBase:
    quadro, _al = conosciuta(con_una_rete(azienda))
    righe = ((voce.nome, voce.numero) for voce in (*quadro.voci, quadro.totale))
    return esporta.scarica(request, fogli.RETE_PUBBLICA, righe, di=azienda)


@login_not_required
@never_cache
@legge_e_scrive
def chiedi(request: HttpRequest, azienda: str) -> HttpResponse:
    """The module of Allegato 1. A robot that fills the trap believes that it was sent."""
    ente = con_una_rete(azienda)
    form = ModuloPubblicoForm(inviato(request))
    grazie = redirect("adesione_chiesta", azienda)
    troppe = False
    if request.method == "POST":
        if form.da_un_robot:
            return grazie
        troppe = form.is_valid() and oltre_il_limite(request, "adesione", settings.ADESIONI_PER_ORA)
        if troppe:
            form.add_error(None, _("Da questa rete sono arrivate molte richieste nell'ultima ora. "
                                   "Ciò che hai scritto è ancora qui: riprova più tardi, oppure "
                                   "manda il modulo per posta certificata."))  # fmt: skip
        elif tenta(form, lambda: azioni.chiedi(ente, form.dati)):
            return grazie
    contesto = {
        "azienda": ente, "form": form, "aperta": azioni.rete_aperta(ente),
        "giorni": settings.ADESIONE_GIORNI,
        "briciole": [
            (_("Rete di conciliazione"), reverse("rete_pubblica", args=[azienda])),
            (_("Aderisci"), ""),
        ],
    }  # fmt: skip
    return render(
        request, "conciliazione/rete/aderisci.html", contesto, status=429 if troppe else 200
    )


@pubblica
def chiesta(request: HttpRequest, azienda: str) -> HttpResponse:
    contesto = {"azienda": con_una_rete(azienda), "giorni": settings.ADESIONE_GIORNI}
    return render(request, "conciliazione/rete/chiesta.html", contesto)


@login_not_required
@never_cache
@legge_e_scrive
def conferma(request: HttpRequest, gettone: str) -> HttpResponse:
    """The page behind the link. Only its button confirms: who checks the mail for viruses opens
    the links too.
    """
    try:
        adesione = azioni.richiesta_del(gettone)
        if request.method == "POST":
            azioni.conferma(gettone)
    except ValidationError as errore:
        contesto = {"perche": " ".join(errore.messages)}
        return render(request, "conciliazione/rete/non_confermabile.html", contesto, status=410)
    if request.method == "POST":
        return render(request, "conciliazione/rete/confermata.html", {"adesione": adesione})
    return render(request, "conciliazione/rete/conferma.html", {"adesione": adesione})


def con_una_rete(codice: str) -> Azienda:
    """An azienda whose network is known to everybody, or 404: it has an edition that is not a
    draft.
    """
    note = EdizioneConciliazione.objects.exclude(stato=EdizioneConciliazione.Stato.BOZZA)
    return get_object_or_404(Azienda.objects.filter(pk__in=note.values("azienda")), codice=codice)
