# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days and hours in agile work: the sums of a year, and what the risorse umane write."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lavoro_agile.azioni import giornate as azioni
from lavoro_agile.cifre.giornate import anni_con_giornate, anno_agile, grafico_mesi, righe_csv
from lavoro_agile.forms.cifre import GiornateForm
from lavoro_agile.models import GiornateAgili
from lavoro_agile.views.cifre import QUI, modulo, vede_i_piccoli
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani import esporta
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

UFFICIO = "lavoro_agile.rileva_cifre"


@require_safe
def giornate(request: Richiesta, azienda: str, anno: int) -> HttpResponseBase:
    if esporta.chiesto(request):
        return giornate_csv(request, azienda, anno)
    questa = azienda_visibile(request, azienda)
    anni = anni_con_giornate(questa, request.user)
    if anno not in anni:
        raise Http404
    legge_tutto = vede_i_piccoli(request, questa)
    quadro = anno_agile(questa, anno, request.user, intero=legge_tutto)
    righe = GiornateAgili.objects.none()
    if legge_tutto:
        righe = GiornateAgili.objects.visibili_a(request.user).filter(azienda=questa, anno=anno)
    contesto = di_azienda(
        questa, QUI,
        quadro=quadro,
        anni=anni,
        disegno=grafico_mesi(quadro),
        righe=righe.filter(accordo=None).select_related("unita"),
        scrive=legge_tutto,
    )  # fmt: skip
    return render(request, "lavoro_agile/cifre/giornate.html", contesto)


@require_safe
def giornate_csv(request: Richiesta, azienda: str, anno: int) -> HttpResponseBase:
    """A file leaves the program: small groups are silent in it for everybody."""
    questa = azienda_visibile(request, azienda)
    if anno not in anni_con_giornate(questa, request.user):
        raise Http404
    quadro = anno_agile(questa, anno, request.user)
    righe = righe_csv(quadro)
    return esporta.tabella(request, f"giornate-agili-{anno}", _("Giornate agili"), righe)


@legge_e_scrive
def nuove(request: Richiesta, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, UFFICIO, questa)
    form = GiornateForm(inviato(request), azienda=questa)
    if request.method == "POST" and tenta(
        form, lambda: azioni.registra_giornate(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Giornate scritte."))
        return redirect("cifre_giornate", questa.codice, form.cleaned_data["anno"])
    testo = _("Di un'unità in un mese: quante persone, quanti giorni, quante ore.")
    return modulo(request, questa, form, _("Nuove giornate"), testo, _("Scrivi"))


@require_POST
def togli(request: Richiesta, pk: int) -> HttpResponse:
    visibili = GiornateAgili.objects.visibili_a(request.user).select_related("azienda", "unita")
    questa = get_object_or_404(visibili, pk=pk)
    azioni.togli_giornate(questa, da=request.user)
    messages.success(request, _("Giornate tolte."))
    return redirect("lavoro_agile_cifre", questa.azienda.codice)
