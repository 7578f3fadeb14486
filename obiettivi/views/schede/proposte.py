# SPDX-License-Identifier: AGPL-3.0-or-later
"""New schede: the proposals of a year, the templates."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from obiettivi import azioni, fogli
from obiettivi.forms.proposta_scheda import DiCheAnnoForm, ModelloForm, ProponiForm
from obiettivi.models import SchedaBudget
from obiettivi.rules import aziende_governate
from obiettivi.schede.proposte import cdr_di
from piani import esporta
from piani.forms import tenta
from piani.models import Azienda
from piani.views.moduli import inviato, legge_e_scrive

PER_PAGINA = 50


@require_safe
def modelli(request: HttpRequest) -> HttpResponseBase:
    visibili = SchedaBudget.objects.visibili_a(request.user).modelli().per_elenco()
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.MODELLI, visibili)
    contesto = {
        "pagina": Paginator(visibili, PER_PAGINA).get_page(request.GET.get("pagina")),
        "prepara": aziende_governate(request.user).exists(),
        "briciole": [*_briciole(), (_("Modelli"), "")],
    }
    return render(request, "obiettivi/schede/modelli.html", contesto)


@legge_e_scrive
def proponi(request: HttpRequest) -> HttpResponse:
    """The azienda and the year first; then its CdR, to be ticked."""
    quale = _di_che_anno(request)
    briciole = [*_briciole(), (_("Proponi le schede"), "")]
    if not quale.is_valid():
        return _scelta(request, quale, _("Proponi le schede"), briciole)
    azienda, anno = quale.cleaned_data["azienda"], quale.cleaned_data["anno"]
    cdr = cdr_di(azienda, anno)
    continuano = [uno for uno in cdr if len(uno.dell_anno_prima) == 1]
    form = ProponiForm(inviato(request), azienda=azienda, anno=anno, continua=bool(continuano))
    spuntati = set(request.POST.getlist("unita"))
    if request.method != "POST":
        spuntati = {str(uno.unita.pk) for uno in continuano or cdr}
    fatte: list[SchedaBudget] = []
    if request.method == "POST" and tenta(form, _proponi(request, form, azienda, anno, fatte)):
        detto = ngettext("Proposta %(n)s scheda.", "Proposte %(n)s schede.", len(fatte))
        messages.success(request, detto % {"n": len(fatte)})
        return redirect(f"{reverse('schede')}?azienda={azienda.codice}&anno={anno}")
    contesto = {
        "quale": quale,
        "form": form,
        "azienda": azienda,
        "anno": anno,
        "cdr": [{"cdr": uno, "scelto": str(uno.unita.pk) in spuntati} for uno in cdr],
        "briciole": briciole,
    }
    return render(request, "obiettivi/schede/proponi.html", contesto)


def _proponi(
    request: HttpRequest, form: ProponiForm, azienda: Azienda, anno: int, fatte: list[SchedaBudget]
) -> Callable[[], None]:
    def esegui() -> None:
        unita = form.cleaned_data["unita"]
        fatte.extend(azioni.proponi(azienda, anno, unita, origine=form.scelta, da=request.user))

    return esegui


@legge_e_scrive
def modello_nuovo(request: HttpRequest) -> HttpResponse:
    quale = _di_che_anno(request)
    titolo = _("Nuovo modello")
    briciole = [*_briciole(), (_("Modelli"), reverse("schede_modelli")), (titolo, "")]
    if not quale.is_valid():
        return _scelta(request, quale, titolo, briciole)
    azienda, anno = quale.cleaned_data["azienda"], quale.cleaned_data["anno"]
    form = ModelloForm(inviato(request), azienda=azienda, anno=anno)
    fatti: list[SchedaBudget] = []

    def crea() -> None:
        nome = form.cleaned_data["nome"]
        fatti.append(
            azioni.crea_modello(azienda, anno=anno, nome=nome, origine=form.scelta, da=request.user)
        )

    if request.method == "POST" and tenta(form, crea):
        messages.success(request, _("Modello creato: adesso si scrive che cosa contiene."))
        return redirect("scheda_modifica", fatti[0].pk)
    contesto: dict[str, Any] = {
        "titolo": titolo,
        "sopratitolo": f"{azienda} {anno}",
        "form": form,
        "invia": _("Crea il modello"),
        "annulla": reverse("schede_modelli"),
        "briciole": briciole,
    }
    return render(request, "piani/modulo.html", contesto)


def _di_che_anno(request: HttpRequest) -> DiCheAnnoForm:
    """Which azienda and year the address says, or what was sent without them in the address; 403
    for who prepares the schede of none.
    """
    aziende = aziende_governate(request.user).order_by("nome")
    if not aziende:
        raise PermissionDenied(_("Le schede le propone il controllo di gestione."))
    detto = {"azienda", "anno"} <= request.GET.keys()
    return DiCheAnnoForm(request.GET if detto else inviato(request), aziende=aziende)


def _scelta(
    request: HttpRequest, quale: DiCheAnnoForm, titolo: str, briciole: list[tuple[str, str]]
) -> HttpResponse:
    contesto = {"quale": quale, "titolo": titolo, "briciole": briciole}
    return render(request, "obiettivi/schede/di_che_anno.html", contesto)


def _briciole() -> list[tuple[str, str]]:
    return [(_("Schede budget"), reverse("schede"))]
