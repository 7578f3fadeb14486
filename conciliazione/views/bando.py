# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calls of an edition: the list, one with its proposals, its steps, its public page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conciliazione import fogli
from conciliazione.azioni import bando as azioni
from conciliazione.azioni import istruttoria
from conciliazione.azioni.bando import BANDISCE, mancanze_del_bando
from conciliazione.azioni.istruttoria import ISTRUISCE
from conciliazione.bando.elenco import proposte_con_conti
from conciliazione.forms.bando import CriteriForm, FusioneForm, ManifestazioneForm, ProrogaForm
from conciliazione.models import EdizioneConciliazione, Ente
from conciliazione.models import ManifestazioneInteresse as Manifestazione
from conciliazione.models.visibilita import enti_di
from conciliazione.views.concessioni import sopra
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from conciliazione.views.rete.pubbliche import con_una_rete
from piani import esporta
from piani.forms import MotivoForm, tenta
from piani.models import Azienda
from piani.pubbliche.risposta import pubblica
from piani.rules import esigi
from piani.testo import html_da_markdown

Stato = Manifestazione.Stato


@require_safe
def elenco(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    bandi = Manifestazione.objects.visibili_a(request.user).filter(edizione=edizione)
    if esporta.chiesto(request):
        con_edizione = bandi.select_related("edizione")
        return esporta.scarica(request, fogli.BANDI, con_edizione, di=slug)
    proposte = proposte_con_conti(request.user, bandi)
    if esporta.chiesto(request, "proposte"):
        return esporta.scarica(request, fogli.PROPOSTE, proposte.voci, di=slug)
    contesto = di_edizione(
        edizione,
        "bando",
        bandi=bandi,
        proposte=proposte,
        bandisce=request.user.has_perm(BANDISCE, edizione)
        and edizione.stato == EdizioneConciliazione.Stato.IN_VIGORE,
    )
    return render(request, "conciliazione/bando/elenco.html", contesto)


@require_safe
def bando(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = bando_visibile(request, pk)
    proposte = proposte_con_conti(request.user, [questo])
    if esporta.chiesto(request):
        di = f"{questo.edizione.slug}-{questo.numero}"
        return esporta.scarica(request, fogli.PROPOSTE, proposte.voci, di=di)
    miei = Ente.objects.filter(pk__in=enti_di(request.user), azienda=questo.azienda)
    bandisce = request.user.has_perm(BANDISCE, questo)
    contesto = di_bando(
        questo,
        html=html_da_markdown(questo.testo),
        criteri=list(questo.criteri.all()),
        proposte=proposte,
        bandisce=bandisce,
        istruisce=request.user.has_perm(ISTRUISCE, questo),
        mancano=mancanze_del_bando(questo) if bandisce and questo.stato == Stato.BOZZA else [],
        puo_proporre=questo.aperta and miei.exists(),
    )
    return render(request, "conciliazione/bando/bando.html", contesto)


@pubblica
def pubblici(request: HttpRequest, azienda: str = "") -> HttpResponseBase:
    """The calls that anybody may read, the open ones first: of all, or of one azienda."""
    ente = con_una_rete(azienda) if azienda else None
    bandi = (
        Manifestazione.objects.exclude(stato=Stato.BOZZA)
        .filter(edizione__dimostrativa=False)
        .select_related("edizione__azienda")
        .order_by("-chiude_il", "pk")
    )
    if ente is not None:
        bandi = bandi.filter(edizione__azienda=ente)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.BANDI, bandi, di=azienda)
    contesto = {"bandi": bandi, "azienda": ente, "briciole": _briciole_pubbliche(ente)}
    return render(request, "conciliazione/bando/pubblici.html", contesto)


def _briciole_pubbliche(ente: Azienda | None) -> list[tuple[str, str]]:
    qui = (_("Manifestazioni di interesse"), "")
    return [*sopra(ente), qui] if ente else []


@pubblica
def pubblico(request: HttpRequest, pk: int) -> HttpResponse:
    """A published call, for anybody."""
    pubblicati = Manifestazione.objects.exclude(stato=Stato.BOZZA)
    questo = get_object_or_404(pubblicati.select_related("edizione__azienda"), pk=pk)
    contesto = {
        "bando": questo,
        "edizione": questo.edizione,
        "html": html_da_markdown(questo.testo),
        "criteri": list(questo.criteri.all()),
    }
    return render(request, "conciliazione/bando/pubblico.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def nuovo(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, BANDISCE, edizione)
    form = ManifestazioneForm(request.POST or None)
    creati: list[Manifestazione] = []
    if request.method == "POST" and tenta(
        form,
        lambda: creati.append(
            azioni.crea_manifestazione(edizione, da=request.user, **form.cleaned_data)
        ),
    ):
        messages.success(request, _("Bozza scritta: adesso i criteri con i loro punti."))
        return redirect("bando_criteri", creati[0].pk)
    contesto = di_edizione(
        edizione, "bando", form=form, titolo=_("Nuova manifestazione di interesse")
    )
    return render(request, "conciliazione/bando/modulo.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    form = ManifestazioneForm(request.POST or None, initial=ManifestazioneForm.iniziali(questo))
    return _modulo(
        request,
        questo,
        form,
        _("Modifica la bozza"),
        lambda: azioni.modifica_manifestazione(questo, da=request.user, **form.cleaned_data),
        BANDISCE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def criteri(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    form = CriteriForm(request.POST or None, initial=CriteriForm.iniziali(questo))
    return _modulo(
        request,
        questo,
        form,
        _("Criteri di valutazione"),
        lambda: azioni.scrivi_criteri(questo, form.cleaned_data["criteri"], da=request.user),
        BANDISCE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def proroga(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    form = ProrogaForm(request.POST or None, initial={"chiude_il": questo.chiude_il})
    return _modulo(
        request,
        questo,
        form,
        _("Proroga il termine"),
        lambda: azioni.proroga(questo, da=request.user, **form.cleaned_data),
        BANDISCE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def annulla(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    form = MotivoForm(request.POST or None)
    return _modulo(
        request,
        questo,
        form,
        _("Annulla la manifestazione di interesse"),
        lambda: azioni.annulla(questo, da=request.user, **form.cleaned_data),
        BANDISCE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def fusione(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    esigi(request.user, ISTRUISCE, questo)
    if questo.sigillata:
        raise PermissionDenied(_("Le proposte sono sigillate fino alla chiusura."))
    form = FusioneForm(request.POST or None, bando=questo)

    def fondi() -> None:
        dati = form.cleaned_data
        istruttoria.fondi(
            dati["rimane"], list(dati["altre"]), titolo=dati["titolo"], motivo=dati["motivo"],
            da=request.user,
        )  # fmt: skip

    return _modulo(request, questo, form, _("Fondi più proposte in una"), fondi, ISTRUISCE)


def _modulo(
    request: HttpRequest,
    questo: Manifestazione,
    form: Any,
    titolo: str,
    azione: Callable[[], Any],
    permesso: str,
) -> HttpResponse:
    """A form of a call and its sending; back to the call when it is done."""
    esigi(request.user, permesso, questo)
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, _("Fatto: %(che)s.") % {"che": titolo.lower()})
        return redirect("bando_avviso", questo.pk)
    return render(
        request, "conciliazione/bando/modulo.html", di_bando(questo, form=form, titolo=titolo)
    )


@require_POST
def pubblica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    return _passo(
        request,
        questo,
        lambda: azioni.pubblica_manifestazione(questo, da=request.user),
        _("Pubblicata: si apre e si chiude da sé, alle date scritte."),
    )


@require_POST
def apri_buste(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    return _passo(
        request,
        questo,
        lambda: azioni.apri_buste(questo, da=request.user),
        _("Le proposte sono aperte: adesso si guardano una per una."),
    )


def _passo(
    request: HttpRequest, questo: Manifestazione, azione: Callable[[], Any], detto: str
) -> HttpResponse:
    try:
        azione()
    except ValidationError as errore:
        for frase in errore.messages:
            messages.error(request, frase)
    else:
        messages.success(request, detto)
    return redirect("bando_avviso", questo.pk)


def bando_visibile(request: HttpRequest, pk: int) -> Manifestazione:
    """The call of that key among those that the person sees, or 404."""
    visibili = Manifestazione.objects.visibili_a(request.user).select_related("edizione__azienda")
    return get_object_or_404(visibili, pk=pk)


def di_bando(questo: Manifestazione, **altro: Any) -> dict[str, Any]:
    """What the pages of a call share."""
    return di_edizione(questo.edizione, "bando", bando=questo, **altro)
