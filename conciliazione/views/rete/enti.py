# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bodies known to an ATS: the list, one of them, entering and correcting it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import fogli
from conciliazione.azioni.ente import scrivi_ente
from conciliazione.azioni.unione import UNISCE, unisci_enti
from conciliazione.forms.rete import EnteForm, SuoiDatiForm, UnisciForm
from conciliazione.models import Adesione, EdizioneConciliazione, Ente, Referente
from conciliazione.rete.filtri import EnteFilter
from conciliazione.rete.membri import e_membro
from conciliazione.rules import enti_rappresentati
from conciliazione.views.edizioni import edizione_visibile
from conciliazione.views.rete.cornice import modulo, pagina
from piani import esporta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive

PER_PAGINA = 50


@require_safe
def enti(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    filtro = filtrati(request, edizione)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.ENTI, filtro.qs, di=slug)
    pagine = Paginator(filtro.qs, PER_PAGINA).get_page(request.GET.get("pagina"))
    return pagina(
        request, edizione, "enti", (_("Enti"), ""), filtro=filtro, pagina=pagine,
        puo_gestire=request.user.has_perm("conciliazione.gestisce_rete", edizione),
    )  # fmt: skip


@require_safe
def enti_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The bodies that the page shows, all its pages, with the same filters."""
    righe = filtrati(request, edizione_visibile(request, slug)).qs
    return esporta.scarica(request, fogli.ENTI, righe, di=slug)


@require_safe
def ente(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    questo = ente_di(request, edizione, pk)
    chi = request.user
    adesioni = Adesione.objects.visibili_a(chi).filter(ente=questo).select_related("rinuncia")
    referenti = Referente.objects.visibili_a(chi).filter(ente=questo).select_related("utente")
    gestisce = chi.has_perm("conciliazione.gestisce_rete", questo)
    # Who is only a colleague in the network reads who it is, not how to reach its people.
    legge_tutto = chi.has_perm("conciliazione.consulta", questo) or pk in enti_rappresentati(chi)
    return pagina(
        request, edizione, "ente", _elenco(edizione), (questo.nome, ""), ente=questo,
        membro=e_membro(questo), adesioni=adesioni, referenti=referenti, puo_gestire=gestisce,
        legge_tutto=legge_tutto,
        puo_aggiornare=chi.has_perm("conciliazione.aggiorna_ente", questo),
    )  # fmt: skip


@legge_e_scrive
def ente_nuovo(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, "conciliazione.gestisce_rete", edizione)
    nuovo = Ente(azienda=edizione.azienda)
    form = EnteForm(inviato(request), instance=nuovo, azienda=edizione.azienda)
    return modulo(
        request, edizione, form, _elenco(edizione),
        azione=lambda: scrivi_ente(nuovo, form.valori, da=request.user),
        fatto=_("L'ente è nell'elenco. Fa parte della Rete quando ha un'adesione accolta."),
        dopo=reverse("rete_enti", args=[slug]),
        titolo=_("Aggiungi un ente"), invia=_("Aggiungi"),
    )  # fmt: skip


@legge_e_scrive
def ente_modifica(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    questo = ente_di(request, edizione, pk)
    esigi(request.user, "conciliazione.aggiorna_ente", questo)
    dati = inviato(request)
    form: Any = SuoiDatiForm(dati, instance=questo)
    if request.user.has_perm("conciliazione.gestisce_rete", questo):
        form = EnteForm(dati, instance=questo, azienda=edizione.azienda)
    dopo = reverse("rete_ente", args=[slug, pk])
    return modulo(
        request, edizione, form, _elenco(edizione), (questo.nome, dopo),
        azione=lambda: scrivi_ente(questo, form.valori, visto=form.mostrata, da=request.user),
        fatto=_("Dati salvati."), dopo=dopo, titolo=_("Modifica i dati"),
    )  # fmt: skip


@legge_e_scrive
def ente_unisci(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another row of the same body becomes this one."""
    edizione = edizione_visibile(request, slug)
    questo = ente_di(request, edizione, pk)
    esigi(request.user, UNISCE, questo)
    form = UnisciForm(inviato(request), ente=questo)
    dopo = reverse("rete_ente", args=[slug, pk])
    return modulo(
        request, edizione, form, _elenco(edizione), (questo.nome, dopo),
        azione=lambda: unisci_enti(questo, **form.cleaned_data, da=request.user),
        fatto=_("Uniti: ora è un ente solo."), dopo=dopo,
        titolo=_("Unisci a un'altra riga"), sottotitolo=questo.nome,
        testo=_(
            "Quando un documento stampa un ente con due nomi, qui se ne fa uno: adesioni, "
            "referenti, seggi, presenze, proposte, progetti, spese e firme dell'altra riga passano "
            "a questa, che prende anche i dati che le mancano. Il registro ricorda il nome che "
            "sparisce. Non si torna indietro."
        ),
        invia=_("Unisci"),
    )  # fmt: skip


def ente_di(request: HttpRequest, edizione: EdizioneConciliazione, pk: int) -> Ente:
    """A body of the azienda of an edition among those that the person sees, or 404."""
    visibili = Ente.objects.visibili_a(request.user).filter(azienda=edizione.azienda)
    return get_object_or_404(visibili.select_related("comune", "ambito", "azienda"), pk=pk)


def filtrati(request: HttpRequest, edizione: EdizioneConciliazione) -> EnteFilter:
    return EnteFilter(request.GET, queryset=_per_elenco(request, edizione),
                      azienda=edizione.azienda)  # fmt: skip


def _per_elenco(request: HttpRequest, edizione: EdizioneConciliazione) -> QuerySet[Ente]:
    """Each with ``dentro``: whether it is in the network today."""
    oggi = Adesione.objects.in_vigore().filter(ente=OuterRef("pk"))
    visibili = Ente.objects.visibili_a(request.user).filter(azienda=edizione.azienda)
    return visibili.select_related("comune", "ambito").annotate(dentro=Exists(oggi))


def _elenco(edizione: EdizioneConciliazione) -> tuple[str, str]:
    return _("Enti"), reverse("rete_enti", args=[edizione.slug])
