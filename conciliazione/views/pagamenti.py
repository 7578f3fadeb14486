# SPDX-License-Identifier: AGPL-3.0-or-later
"""The payments of an edition: arranged, made, cancelled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione import fogli
from conciliazione.azioni import pagamento as azioni
from conciliazione.forms.rendiconto import AnnullaForm, DisponiForm, EseguiForm, PagaAzioneForm
from conciliazione.models import AzioneDiPiano, EdizioneConciliazione, Pagamento, Rendiconto
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from conciliazione.views.monitoraggio import QUI, briciole_di
from conciliazione.views.rendiconti import pagina_con
from piani import esporta
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo


@require_safe
def elenco(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _pagina(request, edizione_visibile(request, slug))


@require_POST
def disponi(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = Rendiconto.objects.visibili_a(request.user)
    questo = get_object_or_404(visibili.select_related("progetto__edizione__azienda"), pk=pk)
    esigi(request.user, azioni.PAGA, questo)
    form = DisponiForm(request.POST, prefix="disponi")
    if tenta(form, lambda: azioni.disponi_rata(questo, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Pagamento disposto."))
        return redirect("rendiconto", pk)
    return pagina_con(request, pk, disponi=form)


@legge_e_scrive
def per_azione(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, azioni.PAGA, edizione)
    azioni_piano = AzioneDiPiano.objects.visibili_a(request.user).filter(edizione=edizione)
    form = PagaAzioneForm(inviato(request), azioni=azioni_piano)
    if request.method == "POST" and tenta(
        form, lambda: azioni.disponi_per_azione(da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Pagamento disposto."))
        return redirect("pagamenti", slug)
    return modulo(
        request,
        form,
        titolo=_("Paga per un'azione del piano"),
        sopratitolo=edizione.nome,
        invia=_("Disponi il pagamento"),
        annulla=reverse("pagamenti", args=[slug]),
        briciole=briciole_di(
            edizione, (_("Pagamenti"), reverse("pagamenti", args=[slug])), (_("Nuovo"), "")
        ),
    )


@require_POST
def esegui(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = _pagamento(request, pk)
    esigi(request.user, azioni.PAGA, questo)
    form = EseguiForm(request.POST, prefix=f"esegui-{pk}")
    if tenta(form, lambda: azioni.esegui_pagamento(questo, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Pagamento eseguito."))
        return redirect("pagamenti", questo.edizione.slug)
    return _pagina(request, questo.edizione, esegui=(pk, form))


@require_POST
def annulla(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = _pagamento(request, pk)
    esigi(request.user, azioni.PAGA, questo)
    form = AnnullaForm(request.POST, prefix=f"annulla-{pk}")
    if tenta(form, lambda: azioni.annulla_pagamento(questo, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Pagamento annullato."))
        return redirect("pagamenti", questo.edizione.slug)
    return _pagina(request, questo.edizione, annulla=(pk, form))


def _pagina(
    request: HttpRequest,
    edizione: EdizioneConciliazione,
    *,
    esegui: tuple[int, EseguiForm] | None = None,
    annulla: tuple[int, AnnullaForm] | None = None,
) -> HttpResponseBase:
    """``esegui`` and ``annulla``: a payment and its form, sent with something wrong."""
    visibili = Pagamento.objects.visibili_a(request.user).filter(edizione=edizione)
    pagamenti = visibili.select_related("rendiconto__progetto", "azione").order_by(
        "-disposto_il", "-pk"
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.PAGAMENTI, pagamenti, di=edizione.slug)
    scritti = {"esegui": esegui or (0, None), "annulla": annulla or (0, None)}
    contesto = {
        "righe": [
            {
                "pagamento": uno,
                "aperto": uno.pk in (scritti["esegui"][0], scritti["annulla"][0]),
                "esegui": scritti["esegui"][1]
                if scritti["esegui"][0] == uno.pk
                else EseguiForm(prefix=f"esegui-{uno.pk}"),
                "annulla": scritti["annulla"][1]
                if scritti["annulla"][0] == uno.pk
                else AnnullaForm(prefix=f"annulla-{uno.pk}"),
            }
            for uno in pagamenti
        ],
        "paga": request.user.has_perm(azioni.PAGA, edizione),
        "briciole": briciole_di(edizione, (_("Pagamenti"), "")),
    }
    return render(
        request, "conciliazione/monitoraggio/pagamenti.html", di_edizione(edizione, QUI, **contesto)
    )


def _pagamento(request: HttpRequest, pk: int) -> Pagamento:
    visibili = Pagamento.objects.visibili_a(request.user)
    return get_object_or_404(
        visibili.select_related("edizione__azienda", "rendiconto__progetto", "azione"), pk=pk
    )
