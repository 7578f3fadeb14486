# SPDX-License-Identifier: AGPL-3.0-or-later
"""All the schede of a year: scores, what is done for many at once, the same as a file."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni
from obiettivi.azioni.valutazione_scheda import Fatte
from obiettivi.filters_valutazione import ValutateFilter
from obiettivi.forms.valutazione import AvviaValutazioneForm
from obiettivi.models import SchedaBudget
from obiettivi.schede.quadro import (
    FOGLIO,
    RigaQuadro,
    distribuzione,
    in_righe,
    ordina,
    per_reparto,
    quadro,
)
from obiettivi.voti import legenda
from piani import esporta
from piani.models import Azienda
from piani.rules import esigi

Stato = SchedaBudget.Stato


@require_safe
def quadro_schede(request: HttpRequest) -> HttpResponseBase:
    filtro = _filtro(request)
    codice, anno = filtro.scelti
    if codice and esporta.chiesto(request):
        return quadro_csv(request)
    righe = _righe(filtro)
    conti = distribuzione(righe)
    azienda = righe[0].scheda.azienda if righe else _vista(request, codice)
    stati = Counter(riga.scheda.stato for riga in righe)
    contesto = {
        "filtro": filtro,
        "anno": anno,
        "azienda": azienda,
        "periodo": filtro.frazione,
        "righe": righe,
        "reparti": per_reparto(righe) if filtro.ordine == "reparto" else [],
        "distribuzione": conti,
        "legenda": legenda(),
        "prepara": azienda is not None
        and request.user.has_perm("obiettivi.prepara_scheda", azienda),
        "da_avviare": stati[Stato.IN_MONITORAGGIO],
        "da_chiudere": stati[Stato.VALIDATA],
        "form": AvviaValutazioneForm(),
        "briciole": [(_("Schede budget"), reverse("schede")), (_("Valutazione"), "")],
    }
    return render(request, "obiettivi/schede/quadro.html", contesto)


def _vista(request: HttpRequest, codice: str) -> Azienda | None:
    return Azienda.objects.visibili_a(request.user).filter(codice=codice).first()


@require_safe
def quadro_csv(request: HttpRequest) -> HttpResponseBase:
    filtro = _filtro(request)
    codice, anno = filtro.scelti
    if not codice:
        raise Http404(_("Non vedi nessuna scheda."))
    righe = in_righe(_righe(filtro), filtro.frazione)
    return esporta.scarica(request, FOGLIO, righe, di=f"{codice}-{anno}")


@require_POST
def avvia_tutte(request: HttpRequest) -> HttpResponse:
    azienda, anno, schede = _di_un_anno(request, Stato.IN_MONITORAGGIO)
    fatte = azioni.avvia_valutazioni(schede, motivo=request.POST.get("motivo", ""), da=request.user)
    detto = ngettext(
        "Avviata la valutazione di %(n)s scheda.",
        "Avviata la valutazione di %(n)s schede.",
        len(fatte.fatte),
    )
    return _racconta(request, fatte, detto, azienda, anno)


@require_POST
def chiudi_tutte(request: HttpRequest) -> HttpResponse:
    azienda, anno, schede = _di_un_anno(request, Stato.VALIDATA)
    fatte = azioni.chiudi_schede(schede, da=request.user)
    detto = ngettext("Chiusa %(n)s scheda.", "Chiuse %(n)s schede.", len(fatte.fatte))
    return _racconta(request, fatte, detto, azienda, anno)


def _filtro(request: HttpRequest) -> ValutateFilter:
    """What may be looked at and what is asked for, among the schede that the person sees."""
    visibili = SchedaBudget.objects.visibili_a(request.user).dei_cdr()
    anni = visibili.order_by("-anno", "azienda__nome").values_list(
        "azienda__codice", "azienda__nome", "anno"
    )
    return ValutateFilter(request.GET, queryset=visibili.per_elenco(), anni=list(anni.distinct()))


def _righe(filtro: ValutateFilter) -> list[RigaQuadro]:
    if not filtro.scelti[0]:
        return []
    return ordina(quadro(list(filtro.qs), filtro.frazione), filtro.ordine)


def _di_un_anno(
    request: HttpRequest, stato: SchedaBudget.Stato
) -> tuple[Azienda, int, list[SchedaBudget]]:
    """The schede in a state, of the azienda and year sent, for who prepares them."""
    azienda = get_object_or_404(
        Azienda.objects.visibili_a(request.user), codice=request.POST.get("azienda", "")
    )
    esigi(request.user, "obiettivi.prepara_scheda", azienda)
    anno = request.POST.get("anno", "")
    if not (anno.isascii() and anno.isdecimal() and len(anno) == 4):
        raise Http404
    visibili = SchedaBudget.objects.visibili_a(request.user).dei_cdr().per_elenco()
    return azienda, int(anno), list(visibili.filter(azienda=azienda, anno=int(anno), stato=stato))


def _racconta(
    request: HttpRequest, fatte: Fatte, detto: str, azienda: Azienda, anno: int
) -> HttpResponse:
    if fatte.fatte or not fatte.scartate:
        messages.success(request, detto % {"n": len(fatte.fatte)})
    for scheda, motivo in fatte.scartate:
        messages.warning(request, f"{scheda}: {motivo}")
    return redirect(f"{reverse('schede_valutazione')}?azienda={azienda.codice}&anno={anno}")
