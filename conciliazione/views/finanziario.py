# SPDX-License-Identifier: AGPL-3.0-or-later
"""The financial plan of an edition: sources and uses, printed beside computed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione import fogli
from conciliazione.azioni import finanziario as azioni
from conciliazione.finanziario.grandezze import nomi_di
from conciliazione.finanziario.quadro import quadro_di
from conciliazione.forms.finanziario import ApriPianoForm, VoceForm
from conciliazione.models import EdizioneConciliazione, PianoFinanziario, VoceFinanziaria
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from piani import esporta
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive

QUI = "finanziario"


@require_safe
def piano(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _pagina(request, edizione_visibile(request, slug))


@require_POST
def apri(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, azioni.PERMESSO, edizione)
    form = ApriPianoForm(request.POST)
    if tenta(
        form,
        lambda: azioni.apri_piano_finanziario(edizione, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Bozza aperta: completa le voci, poi approva."))
        return redirect("conciliazione_finanziario", slug)
    return _pagina(request, edizione, form=form)


@require_POST
def approva(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _piano(request, pk)
    try:
        azioni.approva_piano_finanziario(questo, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Piano finanziario approvato."))
    return redirect(_indirizzo(questo))


@legge_e_scrive
def voce_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _piano(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    return _modulo(request, questo, None)


@legge_e_scrive
def voce(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _voce(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    return _modulo(request, questa.piano, questa)


@legge_e_scrive
def voce_togli(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _voce(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    return conferma(
        request,
        azione=lambda: azioni.togli_voce(questa, da=request.user),
        fatto=_("Voce tolta."),
        dopo=_indirizzo(questa.piano),
        titolo=_("Togli la voce"),
        domanda=_("Tolgo «%(voce)s» dal piano finanziario?") % {"voce": questa},
        cose=[str(una) for una in questa.figlie.all()],
        annulla=_indirizzo(questa.piano),
    )


def _modulo(
    request: HttpRequest, questo: PianoFinanziario, questa: VoceFinanziaria | None
) -> HttpResponse:
    form = VoceForm(inviato(request), instance=questa, piano=questo)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.scrivi_voce(questo, valori=form.cleaned_data, voce=questa, da=request.user),
    ):
        messages.success(request, _("Voce salvata."))
        return redirect(_indirizzo(questo))
    contesto = {
        "form": form,
        "voce": questa,
        "piano": questo,
        "annulla": _indirizzo(questo),
    }
    return render(
        request,
        "conciliazione/finanziario/voce.html",
        di_edizione(questo.edizione, QUI, **contesto),
    )


def _pagina(
    request: HttpRequest, edizione: EdizioneConciliazione, form: ApriPianoForm | None = None
) -> HttpResponseBase:
    piani = list(
        PianoFinanziario.objects.visibili_a(request.user)
        .filter(edizione=edizione)
        .select_related("edizione__azienda")
    )
    mostrato = next(
        (uno for uno in piani if str(uno.numero) == request.GET.get("versione")),
        piani[0] if piani else None,
    )
    if esporta.chiesto(request):
        quadro = quadro_di(mostrato) if mostrato else None
        voci = (*quadro.fonti, *quadro.impieghi, *quadro.totali) if quadro else ()
        return esporta.scarica(request, fogli.VOCI, voci, di=edizione.slug)
    tiene = request.user.has_perm(azioni.PERMESSO, edizione)
    in_bozza = any(uno.stato == PianoFinanziario.Stato.BOZZA for uno in piani)
    contesto: dict[str, Any] = {
        "piani": piani,
        "piano": mostrato,
        "tiene": tiene,
        "scrive": tiene and bool(mostrato) and mostrato.stato == PianoFinanziario.Stato.BOZZA,
        "form": form or (ApriPianoForm(initial={"nome": _("Piano finanziario")})),
        "puo_aprire": tiene and not in_bozza,
    }
    if mostrato:
        contesto |= {"quadro": quadro_di(mostrato), "lati": _lati(mostrato)}
    return render(
        request, "conciliazione/finanziario/piano.html", di_edizione(edizione, QUI, **contesto)
    )


def _lati(questo: PianoFinanziario) -> dict[int, dict[str, Any]]:
    """What the page says of each item beyond its figures, by key."""
    nomi = nomi_di(questo.edizione)
    return {
        una.pk: {
            "calcolo": nomi.get(una.calcolo, ""),
            "stampato": una.stampato,
            "nota": una.nota,
            "riga": una.riga_fonte,
            "percentuale": una.calcolo.endswith("_percentuale"),
        }
        for una in questo.voci.all()
    }


def _piano(request: HttpRequest, pk: int) -> PianoFinanziario:
    visibili = PianoFinanziario.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("edizione__azienda"), pk=pk)


def _voce(request: HttpRequest, pk: int) -> VoceFinanziaria:
    visibili = VoceFinanziaria.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("piano__edizione__azienda", "padre"), pk=pk)


def _indirizzo(questo: PianoFinanziario) -> str:
    return reverse("conciliazione_finanziario", args=[questo.edizione.slug])
