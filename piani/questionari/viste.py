# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of who prepares a questionnaire and of who reads its results."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from piani import esporta
from piani.forms import tenta
from piani.models import Domanda, Questionario
from piani.questionari import azioni, domande
from piani.questionari.domande import PERMESSO
from piani.questionari.foglio import righe_dei_risultati
from piani.questionari.moduli import ApriForm, DomandaForm, InvitiForm, QuestionarioForm
from piani.questionari.risultati import risultati_di
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive, modulo


@require_safe
def questionario(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = _questionario(request, pk)
    if esporta.chiesto(request):
        return csv(request, pk)
    contesto = {
        "questionario": questo,
        "domande": questo.domande.all(),
        "risultati": risultati_di(questo),
        "prepara": request.user.has_perm(PERMESSO, questo),
        "briciole": [*_briciole(questo)[:-1], (questo.titolo, "")],
    }
    return render(request, "piani/questionari/questionario.html", contesto)


@legge_e_scrive
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _da_preparare(request, pk)
    form = QuestionarioForm(inviato(request), instance=questo)
    return _modulo(
        request, questo, form,
        lambda: azioni.modifica_questionario(questo, valori=form.cleaned_data, da=request.user),
        _("Modifica il questionario"), _("Salva"), _("Questionario salvato."),
    )  # fmt: skip


@legge_e_scrive
def domanda_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    return _scrivi_domanda(request, _da_preparare(request, pk), None)


@legge_e_scrive
def domanda_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _domanda(request, pk)
    return _scrivi_domanda(request, questa.questionario, questa)


def _scrivi_domanda(
    request: HttpRequest, questo: Questionario, questa: Domanda | None
) -> HttpResponse:
    form = DomandaForm(inviato(request), instance=questa)
    return _modulo(
        request, questo, form,
        lambda: domande.scrivi_domanda(
            questo, valori=form.cleaned_data, domanda=questa, da=request.user
        ),
        _("Modifica la domanda") if questa else _("Nuova domanda"),
        _("Salva"), _("Domanda salvata."),
    )  # fmt: skip


@legge_e_scrive
def domanda_togli(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _domanda(request, pk)
    return conferma(
        request,
        azione=lambda: domande.togli_domanda(questa, da=request.user),
        fatto=_("Domanda tolta."),
        dopo=_indirizzo(questa.questionario),
        titolo=_("Togli la domanda"),
        domanda=_("Tolgo «%(testo)s» dal questionario?") % {"testo": questa},
        annulla=_indirizzo(questa.questionario),
        briciole=_briciole(questa.questionario),
    )


@require_POST
def domanda_sposta(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _domanda(request, pk)
    try:
        domande.sposta_domanda(questa, su="su" in request.POST, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    return redirect(_indirizzo(questa.questionario))


@legge_e_scrive
def apri(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _da_preparare(request, pk)
    form = ApriForm(inviato(request))
    return _modulo(
        request, questo, form,
        lambda: azioni.apri(questo, **form.cleaned_data, da=request.user),
        _("Apri il questionario"), _("Apri"),
        _("Questionario aperto: ora si preparano i collegamenti da consegnare."),
        testo=_("Da qui in poi le domande non si cambiano più."),
    )  # fmt: skip


@legge_e_scrive
def chiudi(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _da_preparare(request, pk)
    return conferma(
        request,
        azione=lambda: azioni.chiudi(questo, da=request.user),
        fatto=_("Questionario chiuso: ecco i risultati."),
        dopo=_indirizzo(questo),
        titolo=_("Chiudi il questionario"),
        domanda=_("Nessuno risponderà più e i collegamenti si cancellano. Non si può riaprire."),
        annulla=_indirizzo(questo),
        briciole=_briciole(questo),
    )


@never_cache
@legge_e_scrive
def inviti(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The links appear in the answer to the form and nowhere else, on a page or in a file."""
    questo = _da_preparare(request, pk)
    form = InvitiForm(inviato(request))
    pronti: list[str] = []
    if request.method == "POST" and tenta(
        form, lambda: pronti.extend(_invita(request, questo, form))
    ):
        gruppo = form.cleaned_data["gruppo"]
        if not pronti:
            messages.success(request, _("Inviti in partenza."))
            return redirect(_indirizzo(questo))
        if "csv" in request.POST:
            righe = [[_("gruppo"), _("collegamento")], *([gruppo, uno] for uno in pronti)]
            nome = f"collegamenti-{questo.pk}"
            return esporta.tabella(request, nome, _("Collegamenti"), righe)
        contesto = {
            "questionario": questo, "collegamenti": pronti, "gruppo": gruppo,
            "briciole": _briciole(questo),
        }  # fmt: skip
        return render(request, "piani/questionari/collegamenti.html", contesto)
    contesto = {
        "questionario": questo, "form": form, "annulla": _indirizzo(questo),
        "briciole": [*_briciole(questo), (_("Inviti"), "")],
    }  # fmt: skip
    return render(request, "piani/questionari/inviti.html", contesto)


def _invita(request: HttpRequest, questo: Questionario, form: InvitiForm) -> list[str]:
    """The links to hand out; none if they left by post."""
    dati = form.cleaned_data
    if dati["quanti"]:
        return azioni.prepara_collegamenti(
            questo, quanti=dati["quanti"], gruppo=dati["gruppo"], da=request.user
        )
    azioni.invita_per_posta(
        questo, indirizzi=dati["indirizzi"].splitlines(), gruppo=dati["gruppo"], da=request.user
    )
    return []


@require_safe
def csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = _questionario(request, pk)
    righe = righe_dei_risultati(risultati_di(questo))
    return esporta.tabella(request, f"questionario-{questo.pk}", questo.titolo, righe)


def _questionario(request: HttpRequest, pk: int) -> Questionario:
    visibili = Questionario.objects.visibili_a(request.user).select_related("azienda")
    return get_object_or_404(visibili, pk=pk)


def _da_preparare(request: HttpRequest, pk: int) -> Questionario:
    questo = _questionario(request, pk)
    esigi(request.user, PERMESSO, questo)
    return questo


def _domanda(request: HttpRequest, pk: int) -> Domanda:
    visibili = Questionario.objects.visibili_a(request.user)
    trovate = Domanda.objects.filter(questionario__in=visibili)
    questa = get_object_or_404(trovate.select_related("questionario__azienda"), pk=pk)
    esigi(request.user, PERMESSO, questa.questionario)
    return questa


def _indirizzo(questo: Questionario) -> str:
    return reverse("questionario", args=[questo.pk])


def _briciole(questo: Questionario) -> list[tuple[str, str]]:
    return [(_("Questionari"), ""), (questo.titolo, _indirizzo(questo))]


def _modulo(
    request: HttpRequest,
    questo: Questionario,
    form: Any,
    azione: Any,
    titolo: str,
    invia: str,
    fatto: str,
    testo: str = "",
) -> HttpResponse:
    """A page with one form, that goes back to the questionnaire when it is done."""
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, fatto)
        return redirect(_indirizzo(questo))
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=questo.titolo,
        testo=testo,
        invia=invia,
        annulla=_indirizzo(questo),
        briciole=[*_briciole(questo), (titolo, "")],
    )
