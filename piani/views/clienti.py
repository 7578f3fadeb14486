# SPDX-License-Identifier: AGPL-3.0-or-later
"""The programs that use the API of an azienda, for its amministratore."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from piani import azioni, esporta, fogli
from piani.forms import tenta
from piani.forms_clienti import ClienteForm, RinnovaForm
from piani.models import Azienda, ClienteApi
from piani.rules import esigi
from piani.views.moduli import inviato


def azienda_di(request: HttpRequest, codice: str) -> Azienda:
    """The azienda of the address, if the person sees to its programs."""
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice)
    esigi(request.user, "piani.gestisce_clienti", ente)
    return ente


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clienti(request: HttpRequest, azienda: str) -> HttpResponseBase:
    """The list, and the form of a new one; its secret is shown here, this once."""
    ente = azienda_di(request, azienda)
    programmi = ente.clienti_api.select_related("user").order_by("revocato_il", "name")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.CLIENTI, programmi, azienda=ente, di=azienda)
    form = ClienteForm(inviato(request))
    fatto: list[tuple[ClienteApi, str]] = []
    if request.method == "POST" and tenta(
        form,
        lambda: fatto.append(azioni.crea_cliente(ente, **form.cleaned_data, da=request.user)),
    ):
        return _segreto(request, *fatto[0])
    contesto = {
        "azienda": ente,
        "clienti": programmi,
        "form": form,
        "rinnova": RinnovaForm(),
        "indirizzo": request.build_absolute_uri(reverse("api:token")),
        "briciole": [
            (_("Persone"), reverse("persone", args=[ente.codice])),
            (_("Programmi"), ""),
        ],
    }
    return render(request, "piani/clienti/elenco.html", contesto)


@never_cache
@require_POST
def rinnova(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Another secret for a program, shown this once."""
    ente = azienda_di(request, azienda)
    cliente = get_object_or_404(ente.clienti_api, pk=pk)
    form = RinnovaForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Scegli per quanti giorni vale ancora il segreto di prima."))
        return redirect("clienti_api", ente.codice)
    try:
        segreto = azioni.rinnova_segreto(cliente, **form.cleaned_data, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("clienti_api", ente.codice)
    cliente.refresh_from_db()
    return _segreto(request, cliente, segreto)


@require_POST
def revoca(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente = azienda_di(request, azienda)
    cliente = get_object_or_404(ente.clienti_api, pk=pk)
    try:
        azioni.revoca_cliente(cliente, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Programma revocato: da ora non entra più."))
    return redirect("clienti_api", ente.codice)


def _segreto(request: HttpRequest, cliente: ClienteApi, segreto: str) -> HttpResponse:
    elenco = reverse("clienti_api", args=[cliente.azienda.codice])
    contesto = {
        "cliente": cliente,
        "segreto": segreto,
        "indirizzo": request.build_absolute_uri(reverse("api:token")),
        "elenco": elenco,
        "briciole": [(_("Programmi"), elenco), (cliente.name, "")],
    }
    return render(request, "piani/clienti/segreto.html", contesto)
