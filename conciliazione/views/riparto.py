# SPDX-License-Identifier: AGPL-3.0-or-later
"""The allocation of the envelope of a call: scenarios side by side, one of them chosen."""

from collections.abc import Iterable
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
from conciliazione.assegnazione import graduatoria_decisa, in_gara
from conciliazione.azioni import scelta_scenario
from conciliazione.azioni import scenario as azioni
from conciliazione.calcolo.dotazione import dividi
from conciliazione.calcolo.metodo import Metodo, metodo_da_dati
from conciliazione.forms.riparto import ScegliForm, ScenarioForm, ScorriForm
from conciliazione.models import ManifestazioneInteresse, Proposta, RigaRiparto, Scenario
from conciliazione.riparto import tabelle
from conciliazione.riparto.tabelle import confronto, somme_di
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from conciliazione.views.valutazione import bando_visibile, briciole_di, passo
from piani import esporta
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive

RIPARTE = "conciliazione.riparte"


@require_safe
def elenco(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    bandi = ManifestazioneInteresse.objects.visibili_a(request.user).filter(edizione=edizione)
    if esporta.chiesto(request):
        con_edizione = bandi.select_related("edizione")
        return esporta.scarica(request, fogli.BANDI, con_edizione, di=slug)
    parti = dividi(edizione.dotazione, edizione.regole) if edizione.dotazione else []
    if esporta.chiesto(request, "risorse"):
        return esporta.scarica(request, fogli.RISORSE, parti, di=slug)
    contesto = di_edizione(
        edizione,
        "riparto",
        bandi=bandi,
        risorse=parti,
        briciole=briciole_di(edizione, parte="riparto"),
    )
    return render(request, "conciliazione/riparto/elenco.html", contesto)


@require_safe
def bando(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = bando_visibile(request, pk)
    scenari = list(
        Scenario.objects.visibili_a(request.user)
        .filter(manifestazione=questo)
        .select_related("deriva_da")
        .prefetch_related("righe__proposta__capofila")
        .order_by("creato_il", "pk")
    )
    con_somme = [(uno, somme_di(uno.righe.all())) for uno in scenari]
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.SCENARI, con_somme, di=questo.edizione.slug)
    in_vigore = next((uno for uno in scenari if uno.in_vigore), None)
    contesto = di_edizione(
        questo.edizione,
        "riparto",
        bando=questo,
        scenari=con_somme,
        in_vigore=in_vigore,
        ritirate=_ritirate(in_vigore.righe.all()) if in_vigore else [],
        confronto=confronto(scenari) if scenari else [],
        graduatoria=graduatoria_decisa(questo),
        guida=questo.stato in azioni.SI_RIPARTE and request.user.has_perm(RIPARTE, questo.edizione),
        briciole=briciole_di(questo.edizione, questo, "riparto", dentro=False),
    )
    return render(request, "conciliazione/riparto/bando.html", contesto)


def _ritirate(righe: Iterable[RigaRiparto]) -> list[RigaRiparto]:
    """The rows of the scenario in force whose project withdrew: what they had is to be scrolled."""
    return [
        riga for riga in righe if riga.assegnato and riga.proposta.stato == Proposta.Stato.RITIRATA
    ]


@require_safe
def scenario(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = scenario_visibile(request, pk)
    if esporta.chiesto(request):
        return scenario_csv(request, pk)
    righe = list(questo.righe.select_related("proposta__capofila"))
    edizione, somme = questo.manifestazione.edizione, somme_di(righe)
    contesto = di_edizione(
        edizione,
        "riparto",
        scenario=questo,
        righe=righe,
        somme=somme,
        eccedenza=max(somme.assegnato - questo.dotazione, 0),
        costo=sum(riga.costo for riga in righe),
        guida=request.user.has_perm(RIPARTE, edizione),
        sceglie=questo.scelto_il is None
        and request.user.has_perm("conciliazione.sceglie_scenario", edizione),
        ritirate=_ritirate(righe) if questo.in_vigore else [],
        briciole=[*briciole_di(edizione, questo.manifestazione, "riparto"), (questo.nome, "")],
    )
    return render(request, "conciliazione/riparto/scenario.html", contesto)


@require_safe
def scenario_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    questo = scenario_visibile(request, pk)
    return esporta.scarica(request, tabelle.SCENARIO, tabelle.dello_scenario(questo), di=pk)


@legge_e_scrive
def nuovo(request: HttpRequest, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    esigi(request.user, RIPARTE, questo)
    return _scrivi(
        request,
        questo,
        metodo=Metodo(),
        fonti=azioni.fonti_proposte(questo),
        nome="",
        titolo=_("Nuovo scenario di riparto"),
        dopo=reverse("riparto_bando", args=[questo.pk]),
        azione=lambda **dati: azioni.crea_scenario(questo, **dati, da=request.user),
    )


@legge_e_scrive
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = scenario_visibile(request, pk)
    esigi(request.user, RIPARTE, questo)
    dopo = reverse("scenario", args=[questo.pk])
    if questo.scelto_il is not None:
        messages.error(request, _("Lo scenario è stato scelto e resta com'è: copialo."))
        return redirect(dopo)
    return _scrivi(
        request,
        questo.manifestazione,
        metodo=metodo_da_dati(questo.parametri),
        fonti=azioni.fonti_di(questo),
        nome=questo.nome,
        titolo=_("Cambia lo scenario «%(nome)s»") % {"nome": questo},
        dopo=dopo,
        azione=lambda **dati: azioni.cambia_scenario(questo, **dati, da=request.user),
    )


def _scrivi(
    request: HttpRequest,
    questo: ManifestazioneInteresse,
    *,
    metodo: Metodo,
    fonti: list[Any],
    nome: str,
    titolo: str,
    dopo: str,
    azione: Any,
) -> HttpResponse:
    """The form of a scenario: new, or being changed."""
    try:
        concorrenti = in_gara(questo)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("riparto_bando", questo.pk)
    form = ScenarioForm(
        inviato(request),
        regole=questo.edizione.regole,
        concorrenti=concorrenti,
        metodo=metodo,
        fonti=fonti,
        initial={"nome": nome},
    )
    return passo(
        request,
        form,
        lambda: azione(nome=form.cleaned_data["nome"], fonti=form.fonti, metodo=form.metodo),
        fatto=_("Scenario calcolato."),
        dopo=dopo,
        template="conciliazione/riparto/modifica.html",
        titolo=titolo,
        graduatoria=graduatoria_decisa(questo),
        **di_edizione(
            questo.edizione,
            "riparto",
            briciole=[*briciole_di(questo.edizione, questo, "riparto"), (titolo, "")],
        ),
    )


@require_POST
def copia(request: HttpRequest, pk: int) -> HttpResponse:
    questo = scenario_visibile(request, pk)
    try:
        nuova = azioni.copia_scenario(questo, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("scenario", questo.pk)
    messages.success(request, _("Scenario copiato: cambia i suoi parametri."))
    return redirect("scenario_modifica", nuova.pk)


@legge_e_scrive
def elimina(request: HttpRequest, pk: int) -> HttpResponse:
    questo = scenario_visibile(request, pk)
    esigi(request.user, RIPARTE, questo)
    edizione = questo.manifestazione.edizione
    return conferma(
        request,
        azione=lambda: azioni.elimina_scenario(questo, da=request.user),
        fatto=_("Scenario eliminato."),
        dopo=reverse("riparto_bando", args=[questo.manifestazione_id]),
        titolo=_("Elimina lo scenario"),
        domanda=_("Eliminare lo scenario «%(nome)s»?") % {"nome": questo},
        annulla=reverse("scenario", args=[questo.pk]),
        briciole=[*briciole_di(edizione, questo.manifestazione, "riparto"), (questo.nome, "")],
    )


@legge_e_scrive
def scegli(request: HttpRequest, pk: int) -> HttpResponse:
    questo = scenario_visibile(request, pk)
    esigi(request.user, "conciliazione.sceglie_scenario", questo)
    form = ScegliForm(inviato(request), manifestazione=questo.manifestazione)
    return passo(
        request,
        form,
        lambda: scelta_scenario.scegli_scenario(questo, **form.cleaned_data, da=request.user),
        fatto=_("Scenario in vigore: i progetti che ricevono un contributo sono finanziati."),
        **_modulo(questo, _("Scegli questo scenario"), _("Metti in vigore")),
    )


@legge_e_scrive
def scorri(request: HttpRequest, pk: int) -> HttpResponse:
    questo = scenario_visibile(request, pk)
    esigi(request.user, RIPARTE, questo)
    form = ScorriForm(inviato(request))
    return passo(
        request,
        form,
        lambda: azioni.scorri(questo, come=form.cleaned_data["come"], da=request.user),
        fatto=_("Nuovo scenario calcolato: confrontalo, e se va bene si sceglie."),
        **_modulo(questo, _("Scorri le risorse liberate"), _("Calcola lo scorrimento"))
        | {"dopo": reverse("riparto_bando", args=[questo.manifestazione_id])},
    )


def _modulo(questo: Scenario, titolo: str, invia: str) -> dict[str, Any]:
    edizione = questo.manifestazione.edizione
    briciole = [*briciole_di(edizione, questo.manifestazione, "riparto"), (titolo, "")]
    return {
        "dopo": reverse("scenario", args=[questo.pk]),
        "titolo": titolo,
        "sottotitolo": questo.nome,
        "invia": invia,
    } | di_edizione(edizione, "riparto", briciole=briciole)


def scenario_visibile(request: HttpRequest, pk: int) -> Scenario:
    visibili = Scenario.objects.visibili_a(request.user).select_related(
        "manifestazione__edizione__azienda", "deriva_da", "seduta", "scelto_da"
    )
    return get_object_or_404(visibili, pk=pk)
