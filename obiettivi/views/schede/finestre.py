# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calendar of an azienda: the windows of a year, and who has longer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni, fogli
from obiettivi.azioni.finestra import PERMESSO
from obiettivi.forms.finestra import DateForm, FinestraForm, ProrogaForm
from obiettivi.models import Finestra, Proroga
from piani import esporta
from piani.forms import tenta
from piani.models import Azienda
from piani.rules import esigi

ANNI_MASSIMI = range(2000, 2101)


@require_safe
def finestre(request: HttpRequest, azienda: str) -> HttpResponseBase:
    return _pagina(request, _ente(request, azienda), _anno(request))


@require_POST
def fissa(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente, anno = _ente(request, azienda), _anno(request)
    esigi(request.user, PERMESSO, ente)
    form = FinestraForm(request.POST)
    if tenta(
        form,
        lambda: azioni.fissa_finestra(ente, anno=anno, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Finestra fissata."))
        return _torna(ente, anno)
    return _pagina(request, ente, anno, form=form)


@require_POST
def proponi(request: HttpRequest, azienda: str) -> HttpResponse:
    ente, anno = _ente(request, azienda), _anno(request)
    try:
        fatte = azioni.proponi_finestre(ente, anno=anno, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(
            request,
            ngettext(
                "%(n)s finestra proposta: controlla le date.",
                "%(n)s finestre proposte: controlla le date.",
                len(fatte),
            )
            % {"n": len(fatte)},
        )
    return _torna(ente, anno)


@require_POST
def cambia(request: HttpRequest, azienda: str, pk: int) -> HttpResponseBase:
    def azione(finestra: Finestra, form: Form) -> None:
        azioni.cambia_finestra(finestra, da=request.user, **form.cleaned_data)

    return _su_finestra(request, azienda, pk, DateForm, azione, _("Date cambiate."))


@require_POST
def proroga(request: HttpRequest, azienda: str, pk: int) -> HttpResponseBase:
    def azione(finestra: Finestra, form: Form) -> None:
        azioni.proroga(finestra, da=request.user, **form.cleaned_data)

    return _su_finestra(request, azienda, pk, ProrogaForm, azione, _("Proroga concessa."))


@require_POST
def togli(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    finestra = _finestra(request, azienda, pk)
    _prova(request, lambda: azioni.togli_finestra(finestra, da=request.user), _("Finestra tolta."))
    return _torna(finestra.azienda, finestra.anno)


@require_POST
def togli_proroga(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente = _ente(request, azienda)
    data = get_object_or_404(
        Proroga.objects.select_related("finestra__azienda", "unita"), finestra__azienda=ente, pk=pk
    )
    _prova(request, lambda: azioni.togli_proroga(data, da=request.user), _("Proroga tolta."))
    return _torna(ente, data.finestra.anno)


def _su_finestra(
    request: HttpRequest,
    azienda: str,
    pk: int,
    modulo: type[Form],
    azione: Callable[[Finestra, Form], None],
    fatto: str,
) -> HttpResponseBase:
    """One of the forms of a window: done, or shown again beside it with what is wrong."""
    finestra = _finestra(request, azienda, pk)
    esigi(request.user, PERMESSO, finestra.azienda)
    altro = {"finestra": finestra} if modulo is ProrogaForm else {}
    form = modulo(request.POST, prefix=_prefisso(modulo, pk), **altro)
    if tenta(form, lambda: azione(finestra, form)):
        messages.success(request, fatto)
        return _torna(finestra.azienda, finestra.anno)
    return _pagina(request, finestra.azienda, finestra.anno, scritti={(modulo, pk): form})


def _prova(request: HttpRequest, azione: Callable[[], object], fatto: str) -> None:
    try:
        azione()
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, fatto)


def _pagina(
    request: HttpRequest,
    ente: Azienda,
    anno: int,
    *,
    form: FinestraForm | None = None,
    scritti: dict[tuple[type[Form], int], Form] | None = None,
) -> HttpResponseBase:
    """``scritti``: forms of a window sent with something wrong, by their kind and window."""
    scritti = scritti or {}
    righe = list(
        ente.finestre.filter(anno=anno)
        .order_by("apre", "scade", "pk")
        .prefetch_related("proroghe__unita", "proroghe__concessa_da")
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.FINESTRE, righe, di=f"{ente.codice}-{anno}")
    puo = request.user.has_perm(PERMESSO, ente)
    unita = list(ProrogaForm(finestra=Finestra(azienda=ente, anno=anno)).fields["unita"].queryset)
    contesto: dict[str, Any] = {
        "azienda": ente,
        "anno": anno,
        "anni": sorted({anno - 1, anno, anno + 1, timezone.localdate().year}),
        "oggi": timezone.localdate(),
        "righe": [_riga(una, scritti, unita) for una in righe],
        "form": form or FinestraForm(),
        "puo_fissare": puo,
        "briciole": [
            (_("Schede budget"), reverse("schede")),
            (_("Calendario del ciclo"), ""),
        ],
    }
    return render(request, "obiettivi/schede/finestre.html", contesto)


def _riga(
    una: Finestra, scritti: dict[tuple[type[Form], int], Form], unita: list[Any]
) -> dict[str, Any]:
    date = scritti.get((DateForm, una.pk))
    data = scritti.get((ProrogaForm, una.pk))
    proroga_form = data or ProrogaForm(finestra=una, prefix=_prefisso(ProrogaForm, una.pk))
    # The units are the same for every window of the year: read once for the page.
    proroga_form.fields["unita"].choices = [("", _("Scegli")), *((u.pk, str(u)) for u in unita)]
    return {
        "finestra": una,
        "date": date
        or DateForm(
            prefix=_prefisso(DateForm, una.pk), initial={"apre": una.apre, "scade": una.scade}
        ),
        "proroga": proroga_form,
        "aperta_date": date is not None,
        "aperta_proroga": data is not None,
        "aperta": una.apre <= timezone.localdate() <= una.scade,
    }


def _prefisso(modulo: type[Form], pk: int) -> str:
    return f"{'proroga' if modulo is ProrogaForm else 'date'}-{pk}"


def _ente(request: HttpRequest, azienda: str) -> Azienda:
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)


def _finestra(request: HttpRequest, azienda: str, pk: int) -> Finestra:
    visibili = Finestra.objects.visibili_a(request.user).select_related("azienda")
    return get_object_or_404(visibili, azienda__codice=azienda, pk=pk)


def _anno(request: HttpRequest) -> int:
    """The year asked for, in the address or in what was sent; this year if it is none."""
    scritto = request.POST.get("anno") or request.GET.get("anno") or ""
    anno = int(scritto) if scritto.isascii() and scritto.isdigit() and len(scritto) == 4 else 0
    return anno if anno in ANNI_MASSIMI else timezone.localdate().year


def _torna(ente: Azienda, anno: int) -> HttpResponse:
    return redirect(f"{reverse('finestre', args=[ente.codice])}?anno={anno}")
