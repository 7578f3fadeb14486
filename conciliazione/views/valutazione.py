# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation of the proposals of a call: evaluators, declarations, sheets."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import conflitti, fogli
from conciliazione.azioni import scheda_valutazione as azioni_scheda
from conciliazione.azioni import valutatori as azioni
from conciliazione.forms.valutazione import DichiaraForm, NominaForm, PunteggiForm
from conciliazione.models import (
    ManifestazioneInteresse,
    Proposta,
    SchedaValutazione,
    Valutatore,
)
from conciliazione.rules import esigi_referente
from conciliazione.valutazione.avanzamento import da_valutare, seggi_miei, valutatori_di
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from piani import esporta
from piani.forms import MotivoForm, tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive


@require_safe
def elenco(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    bandi = ManifestazioneInteresse.objects.visibili_a(request.user).filter(edizione=edizione)
    if esporta.chiesto(request):
        con_edizione = bandi.select_related("edizione")
        return esporta.scarica(request, fogli.BANDI, con_edizione, di=slug)
    contesto = di_edizione(edizione, "valutazione", bandi=bandi, briciole=briciole_di(edizione))
    return render(request, "conciliazione/valutazione/elenco.html", contesto)


@require_safe
def bando(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = bando_visibile(request, pk)
    edizione = questo.edizione
    consulta = request.user.has_perm("conciliazione.consulta", edizione)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.CRITERI, questo.criteri.all(), di=edizione.slug)
    if consulta and esporta.chiesto(request, "valutatori"):
        chi = valutatori_di(questo, request.user)
        return esporta.scarica(
            request, fogli.VALUTATORI, chi, azienda=edizione.azienda, di=edizione.slug
        )
    aperta = questo.stato == ManifestazioneInteresse.Stato.IN_VALUTAZIONE
    guida = aperta and request.user.has_perm("conciliazione.nomina_valutatori", edizione)
    contesto = di_edizione(
        edizione,
        "valutazione",
        bando=questo,
        miei=seggi_miei(questo, request.user),
        valutatori=valutatori_di(questo, request.user) if consulta else [],
        consulta=consulta,
        guida=guida,
        quante=da_valutare(questo) if consulta else 0,
        proposte=_leggibili(request, questo),
        criteri=questo.criteri.all(),
        minimo=edizione.regole.punteggio_minimo,
        graduatorie=questo.graduatorie.visibili_a(request.user).select_related("seduta"),
        briciole=briciole_di(edizione, questo, dentro=False),
    )
    return render(request, "conciliazione/valutazione/bando.html", contesto)


def _leggibili(request: HttpRequest, questo: ManifestazioneInteresse) -> list[Proposta]:
    """The proposals of which the person reads some sheet."""
    schede = SchedaValutazione.objects.visibili_a(request.user).filter(
        proposta__manifestazione=questo, consegnata_il__isnull=False
    )
    lette = Proposta.objects.visibili_a(request.user).filter(pk__in=schede.values("proposta"))
    return list(lette.order_by("numero", "pk"))


def bando_visibile(request: HttpRequest, pk: int) -> ManifestazioneInteresse:
    """The call of that key among those that the person sees, or 404."""
    visibili = ManifestazioneInteresse.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("edizione__azienda"), pk=pk)


def briciole_di(
    edizione: Any, questo: Any = None, parte: str = "valutazione", dentro: bool = True
) -> list[tuple[str, str]]:
    """Where the pages of this part are found."""
    nomi = {"valutazione": _("Valutazione"), "riparto": _("Riparto")}
    passi = [
        (_("Conciliazione"), reverse("conciliazione")),
        (edizione.nome, edizione.get_absolute_url()),
        (nomi[parte], reverse(f"conciliazione_{parte}", args=[edizione.slug]) if questo else ""),
    ]
    if questo is not None:
        passi.append((questo.titolo, reverse(f"{parte}_bando", args=[questo.pk]) if dentro else ""))
    return passi


def passo(
    request: HttpRequest,
    form: forms.BaseForm,
    azione: Callable[[], object],
    *,
    fatto: str,
    dopo: str,
    template: str = "conciliazione/valutazione/modulo.html",
    **contesto: Any,
) -> HttpResponse:
    """A page with one form: done when it is sent, shown again with what was wrong."""
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, fatto)
        return redirect(dopo)
    return render(request, template, contesto | {"form": form, "annulla": dopo})


@legge_e_scrive
def nomina(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    esigi(request.user, "conciliazione.nomina_valutatori", questo)
    form = NominaForm(
        inviato(request), manifestazione=questo, conflitti=conflitti.proponenti(questo)
    )
    return passo(
        request,
        form,
        lambda: azioni.nomina_valutatori(
            questo, seggi=list(form.cleaned_data["seggi"]), da=request.user
        ),
        fatto=_("Valutatori nominati: ora dichiarano se hanno conflitti."),
        dopo=reverse("valutazione_bando", args=[questo.pk]),
        titolo=_("Nomina i valutatori"),
        invia=_("Nomina"),
        **di_edizione(
            questo.edizione,
            "valutazione",
            briciole=[*briciole_di(questo.edizione, questo), (_("Nomina"), "")],
        ),
    )


def valutatore_visibile(request: HttpRequest, pk: int) -> Valutatore:
    visibili = Valutatore.objects.visibili_a(request.user).select_related(
        "manifestazione__edizione__azienda", "seggio__ente"
    )
    return get_object_or_404(visibili, pk=pk)


@legge_e_scrive
def dichiara(request: HttpRequest, pk: int) -> HttpResponse:
    questo = valutatore_visibile(request, pk)
    esigi_referente(request.user, "conciliazione.dichiara_conflitto", questo)
    form = DichiaraForm(inviato(request))
    return passo(
        request,
        form,
        lambda: azioni.dichiara(questo, **form.cleaned_data, da=request.user),
        fatto=_("Dichiarazione registrata."),
        **_modulo_valutatore(questo, _("Dichiara i conflitti di interessi"), _("Dichiara")),
    )


@legge_e_scrive
def astieni(request: HttpRequest, pk: int) -> HttpResponse:
    questo = valutatore_visibile(request, pk)
    esigi(request.user, "conciliazione.nomina_valutatori", questo)
    form = MotivoForm(inviato(request))
    return passo(
        request,
        form,
        lambda: azioni.astieni(questo, motivo=form.cleaned_data["motivo"], da=request.user),
        fatto=_("Il valutatore si astiene: le sue schede non contano più."),
        **_modulo_valutatore(questo, _("Togli dai valutatori"), _("Togli")),
    )


def _modulo_valutatore(questo: Valutatore, titolo: str, invia: str) -> dict[str, Any]:
    bando = questo.manifestazione
    return {
        "dopo": reverse("valutazione_bando", args=[bando.pk]),
        "titolo": f"{titolo}: {questo}",
        "invia": invia,
        "regola": bando.edizione.regole.astensione,
    } | di_edizione(
        bando.edizione,
        "valutazione",
        briciole=[*briciole_di(bando.edizione, bando), (titolo, "")],
    )


@legge_e_scrive
def valuta(request: HttpRequest, pk: int, proposta: int) -> HttpResponse:
    """The sheet of a proposal: kept as a draft or handed in, by the button that is pressed."""
    questo = valutatore_visibile(request, pk)
    dopo = reverse("valutazione_bando", args=[questo.manifestazione_id])
    esigi_referente(request.user, "conciliazione.dichiara_conflitto", questo)
    fermo = azioni_scheda.perche_fermo(questo, da=request.user)
    if fermo and request.method != "POST":
        messages.error(request, fermo)
        return redirect(dopo)
    una = get_object_or_404(
        questo.manifestazione.proposte.inviate().select_related("capofila"), pk=proposta
    )
    scheda = SchedaValutazione.objects.filter(valutatore=questo, proposta=una).first()
    if scheda is not None and scheda.consegnata_il is not None:
        return redirect("valuta_schede", una.pk)
    form = PunteggiForm(
        inviato(request), criteri=list(questo.manifestazione.criteri.all()), scheda=scheda
    )
    consegna = request.POST.get("passo") == "consegna"
    azione = azioni_scheda.consegna_scheda if consegna else azioni_scheda.salva_scheda
    return passo(
        request,
        form,
        lambda: azione(questo, una, **form.valori, da=request.user),
        fatto=_("Scheda consegnata.") if consegna else _("Bozza salvata: non l'ha letta nessuno."),
        dopo=dopo,
        template="conciliazione/valutazione/scheda.html",
        valutatore=questo,
        proposta=una,
        **di_edizione(
            questo.manifestazione.edizione,
            "valutazione",
            briciole=[
                *briciole_di(questo.manifestazione.edizione, questo.manifestazione),
                (una.titolo, ""),
            ],
        ),
    )


@require_safe
def schede(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets of a proposal that the person may read: one's own is in, or all are."""
    una = get_object_or_404(
        Proposta.objects.visibili_a(request.user).select_related(
            "capofila", "manifestazione__edizione__azienda"
        ),
        pk=pk,
    )
    lette = (
        SchedaValutazione.objects.visibili_a(request.user)
        .filter(proposta=una, consegnata_il__isnull=False)
        .select_related("valutatore__seggio__ente")
        .prefetch_related("punteggi__criterio")
        .order_by("valutatore__seggio__ordine")
    )
    bando = una.manifestazione
    if not lette and not request.user.has_perm("conciliazione.consulta", bando.edizione):
        raise PermissionDenied(_("Le schede si leggono dopo aver consegnato la propria."))
    contesto = di_edizione(
        bando.edizione,
        "valutazione",
        proposta=una,
        schede=lette,
        briciole=[*briciole_di(bando.edizione, bando), (una.titolo, "")],
    )
    return render(request, "conciliazione/valutazione/schede.html", contesto)
