# SPDX-License-Identifier: AGPL-3.0-or-later
"""The home of the part, the seats and who holds them."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione import fogli
from conciliazione.azioni import comitato as azioni
from conciliazione.azioni.referente import nomina_componente
from conciliazione.calcolo.numero_legale import numero_legale, spiega_numero_legale
from conciliazione.forms.comitato import FineForm, NominaForm, SeggioForm
from conciliazione.models import Componente, EdizioneConciliazione, Seduta, Seggio
from conciliazione.views.comitato.comune import contesto, mio_seggio
from conciliazione.views.edizioni import edizione_visibile
from piani import esporta
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo

COMPONE = azioni.COMPONE


@require_safe
def casa(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The meetings of an edition, and how many were held in the year."""
    edizione = edizione_visibile(request, slug)
    oggi = timezone.localdate()
    sedute = Seduta.objects.visibili_a(request.user).filter(edizione=edizione)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.SEDUTE, sedute.order_by("-quando"), di=slug)
    tenute = sedute.filter(stato=Seduta.Stato.CHIUSA, quando__year=oggi.year)
    organi = list(tenute.values_list("organo", flat=True))
    regole = edizione.regole
    quanti = edizione.seggi.in_carica(oggi).count()
    dati = contesto(
        edizione,
        sedute=sedute.select_related("verbale").order_by("-quando"),
        anno=oggi.year,
        riunioni=[
            (_("Comitato"), organi.count("comitato"), regole.comitato.riunioni),
            (_("Rete"), organi.count("rete"), regole.rete.riunioni),
        ],
        componenti=quanti,
        numero_legale=numero_legale(quanti, regole.comitato.quorum),
        perche=spiega_numero_legale(quanti, regole.comitato.quorum),
        mio=mio_seggio(request, edizione.pk),
    )
    return render(request, "conciliazione/comitato/casa.html", dati)


@require_safe
def elenco(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    seggi = (
        Seggio.objects.visibili_a(request.user)
        .filter(edizione=edizione)
        .select_related("ente")
        .prefetch_related(_componenti_di_oggi())
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.SEGGI, seggi, azienda=edizione.azienda, di=slug)
    dati = contesto(edizione, (_("Seggi"), ""), seggi=seggi)
    return render(request, "conciliazione/comitato/seggi.html", dati)


@require_safe
def seggio(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _visibile(request, pk), NominaForm())


@legge_e_scrive
def nuovo(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, COMPONE, edizione)
    form = SeggioForm(inviato(request), edizione=edizione)

    def scrivi() -> None:
        azioni.aggiungi_seggio(edizione, **form.cleaned_data, da=request.user)

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Seggio aggiunto."))
        return redirect("seggi", edizione.slug)
    return _modulo(request, edizione, form, _("Nuovo seggio"))


@legge_e_scrive
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _visibile(request, pk)
    esigi(request.user, COMPONE, questo)
    form = SeggioForm(inviato(request), instance=questo, edizione=questo.edizione)

    def scrivi() -> None:
        azioni.modifica_seggio(questo, **form.cleaned_data, da=request.user)

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Seggio corretto."))
        return redirect("seggio", questo.pk)
    return _modulo(request, questo.edizione, form, str(questo))


@require_POST
def nomina(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _visibile(request, pk)
    esigi(request.user, COMPONE, questo)
    form = NominaForm(request.POST)

    def scrivi() -> None:
        nomina_componente(questo, **form.cleaned_data, da=request.user)

    if tenta(form, scrivi):
        messages.success(request, _("Nomina registrata."))
        return redirect("seggio", questo.pk)
    return _pagina(request, questo, form)


@require_POST
def fine(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = Componente.objects.visibili_a(request.user).select_related("seggio__edizione")
    uno = get_object_or_404(visibili, pk=pk)
    esigi(request.user, COMPONE, uno)
    form = FineForm(request.POST)
    if tenta(form, lambda: azioni.fine_componente(uno, **form.cleaned_data, da=request.user)):
        messages.success(request, _("Segnato l'ultimo giorno."))
    else:
        messages.error(request, " ".join(str(una) for una in form.errors.get("al", [])) or _(
            "Il giorno non è stato segnato."))  # fmt: skip
    return redirect("seggio", uno.seggio_id)


def _visibile(request: HttpRequest, pk: int) -> Seggio:
    visibili = Seggio.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("edizione__azienda", "ente"), pk=pk)


def _pagina(request: HttpRequest, questo: Seggio, form: NominaForm) -> HttpResponse:
    tutti = questo.componenti.select_related("utente").order_by("-dal", "qualita")
    seggi = (_("Seggi"), reverse("seggi", args=[questo.edizione.slug]))
    dati = contesto(
        questo.edizione, seggi, (str(questo), ""), seggio=questo, componenti=tutti, form=form
    )
    return render(request, "conciliazione/comitato/seggio.html", dati)


def _modulo(
    request: HttpRequest, edizione: EdizioneConciliazione, form: SeggioForm, titolo: str
) -> HttpResponse:
    indietro = reverse("seggi", args=[edizione.slug])
    dati: dict[str, Any] = contesto(edizione, (_("Seggi"), indietro), (titolo, ""))
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=str(edizione),
        invia=_("Salva il seggio"),
        annulla=indietro,
        briciole=dati["briciole"],
    )


def _componenti_di_oggi() -> Prefetch:
    in_vigore = Componente.objects.in_vigore().select_related("utente").order_by("-qualita")
    return Prefetch("componenti", queryset=in_vigore, to_attr="di_oggi")
