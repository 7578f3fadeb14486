# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the prizes: who keeps the staff types them, who publishes makes them public."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from obiettivi import fogli
from obiettivi.azioni import premi as azioni
from obiettivi.azioni.premi import PUBBLICA, TIENE
from obiettivi.forms.premi import AnnoForm, CriteriForm, PubblicaPremiForm, VoceForm
from obiettivi.models import PremiAnno, VocePremi
from obiettivi.premi.documento import GENERI, Genere, fotografa, somme
from piani import esporta
from piani.documenti_ente.azioni import prossima_versione
from piani.documenti_ente.forma import per_pagina
from piani.forms import tenta
from piani.models import Azienda, DocumentoEnte
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive, modulo


@require_safe
def elenco(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = _ente(request, azienda)
    anni = PremiAnno.objects.filter(azienda=ente)
    if esporta.chiesto(request):
        sommati = anni.con_somme().order_by("-anno")
        return esporta.scarica(request, fogli.PREMI, sommati, azienda=ente, di=azienda)
    contesto = {
        "azienda": ente,
        "anni": anni,
        "tiene": request.user.has_perm(TIENE, ente),
        "briciole": [(_("Premi"), "")],
    }
    return render(request, "obiettivi/premi/elenco.html", contesto)


@legge_e_scrive
def nuovi(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = _ente(request, azienda)
    esigi(request.user, TIENE, ente)
    form = AnnoForm(inviato(request))
    fatti: list[PremiAnno] = []
    if request.method == "POST" and tenta(
        form,
        lambda: fatti.append(azioni.comincia_premi(ente, **form.cleaned_data, da=request.user)),
    ):
        messages.success(request, _("Anno aggiunto: scrivi gli importi e i criteri."))
        return redirect(fatti[0])
    return modulo(
        request, form, titolo=_("Premi di un altro anno"), sopratitolo=str(ente),
        invia=_("Comincia"), annulla=reverse("premi_di", args=[azienda]),
        briciole=[*_briciole(ente), (_("Nuovo anno"), "")],
    )  # fmt: skip


@require_safe
def premi(request: HttpRequest, pk: int) -> HttpResponseBase:
    questi = _visibili(request, pk)
    voci = list(questi.voci.select_related("premi"))
    if esporta.chiesto(request):
        di = f"{questi.azienda.codice}-{questi.anno}"
        return esporta.scarica(request, fogli.VOCI_PREMI, voci, azienda=questi.azienda, di=di)
    stanziato, distribuito = somme(voci)
    contesto = {
        "premi": questi,
        "azienda": questi.azienda,
        "voci": voci,
        "stanziato": stanziato,
        "distribuito": distribuito,
        "generi": [(uno, _versioni(questi, uno)) for uno in GENERI.values()],
        "tiene": request.user.has_perm(TIENE, questi),
        "pubblica": request.user.has_perm(PUBBLICA, questi.azienda),
        "briciole": [*_briciole(questi.azienda), (str(questi), "")],
    }
    return render(request, "obiettivi/premi/premi.html", contesto)


@legge_e_scrive
def criteri(request: HttpRequest, pk: int) -> HttpResponse:
    questi = _da_scrivere(request, pk)
    form = CriteriForm(inviato(request), premi=questi)
    if request.method == "POST" and tenta(
        form, lambda: azioni.scrivi_premi(questi, **form.valori, da=request.user)
    ):
        messages.success(request, _("Criteri salvati."))
        return redirect(questi)
    return modulo(
        request, form, titolo=_("Criteri e categorie"), sopratitolo=str(questi),
        invia=_("Salva"), annulla=questi.get_absolute_url(),
        briciole=[*_briciole(questi.azienda, questi), (_("Criteri"), "")],
    )  # fmt: skip


@legge_e_scrive
def voce_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    return _voce(request, VocePremi(premi=_da_scrivere(request, pk)), _("Nuova voce"))


@legge_e_scrive
def voce_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    voce = _voce_visibile(request, pk)
    return _voce(request, voce, voce.nome)


@legge_e_scrive
def voce_togli(request: HttpRequest, pk: int) -> HttpResponse:
    voce = _voce_visibile(request, pk)
    casa = voce.premi.get_absolute_url()
    return conferma(
        request,
        titolo=_("Togli la voce"),
        domanda=_("Vuoi togliere «%(voce)s»?") % {"voce": voce},
        azione=lambda: azioni.togli_voce(voce, da=request.user),
        fatto=_("Tolta."),
        dopo=casa,
        annulla=casa,
        briciole=[*_briciole(voce.azienda, voce.premi), (_("Togli la voce"), "")],
    )


@require_safe
def anteprima(request: HttpRequest, pk: int, quale: str) -> HttpResponse:
    """A table as it would be published now: for who types it and for who publishes it."""
    questi, genere = _visibili(request, pk), _genere(quale)
    if not (
        request.user.has_perm(TIENE, questi) or request.user.has_perm(PUBBLICA, questi.azienda)
    ):
        raise Http404
    versione = prossima_versione(questi.azienda, genere.serie(questi))
    foto = fotografa(questi, genere, versione=versione, giorno=timezone.localdate())
    contesto = {
        "foto": foto,
        "parti": per_pagina(foto),
        "torna": questi.get_absolute_url(),
        "briciole": [*_briciole(questi.azienda, questi), (_("Anteprima"), "")],
    }
    return render(request, "documenti_ente/anteprima.html", contesto)


@legge_e_scrive
def pubblica(request: HttpRequest, pk: int, quale: str) -> HttpResponse:
    questi, genere = _visibili(request, pk), _genere(quale)
    esigi(request.user, PUBBLICA, questi.azienda)
    form = PubblicaPremiForm(inviato(request))
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.pubblica_premi(questi, genere, **form.cleaned_data, da=request.user),
    ):
        messages.success(request, _("Pubblicato in Amministrazione Trasparente."))
        return redirect(questi)
    return modulo(
        request,
        form,
        titolo=_("Pubblica: %(che)s") % {"che": genere.titolo},
        sopratitolo=str(questi),
        testo=_("La tabella si fissa com'è adesso. Se ce n'è già una pubblicata resta leggibile e "
                "dice di essere superata."),
        invia=_("Pubblica"),
        annulla=questi.get_absolute_url(),
        briciole=[*_briciole(questi.azienda, questi), (_("Pubblica"), "")],
    )  # fmt: skip


def _voce(request: HttpRequest, voce: VocePremi, titolo: str) -> HttpResponse:
    esigi(request.user, TIENE, voce.premi)
    iniziali = {campo: getattr(voce, campo) for campo in VocePremi.SCRITTI} if voce.pk else {}
    form = VoceForm(inviato(request), initial=iniziali)
    if request.method == "POST" and tenta(
        form, lambda: azioni.scrivi_voce(voce, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Salvato."))
        return redirect(voce.premi)
    return modulo(
        request, form, titolo=titolo, sopratitolo=str(voce.premi), invia=_("Salva"),
        annulla=voce.premi.get_absolute_url(),
        briciole=[*_briciole(voce.azienda, voce.premi), (titolo, "")],
    )  # fmt: skip


def _ente(request: HttpRequest, codice: str) -> Azienda:
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice)


def _visibili(request: HttpRequest, pk: int) -> PremiAnno:
    visibili = PremiAnno.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("azienda"), pk=pk)


def _da_scrivere(request: HttpRequest, pk: int) -> PremiAnno:
    questi = _visibili(request, pk)
    esigi(request.user, TIENE, questi)
    return questi


def _voce_visibile(request: HttpRequest, pk: int) -> VocePremi:
    visibili = PremiAnno.objects.visibili_a(request.user)
    sue = VocePremi.objects.filter(premi__in=visibili).select_related("premi__azienda")
    voce = get_object_or_404(sue, pk=pk)
    esigi(request.user, TIENE, voce.premi)
    return voce


def _genere(quale: str) -> Genere:
    if quale not in GENERI:
        raise Http404
    return GENERI[quale]


def _versioni(premi: PremiAnno, genere: Genere) -> list[DocumentoEnte]:
    sue = DocumentoEnte.objects.filter(azienda=premi.azienda_id, serie=genere.serie(premi))
    return list(sue.select_related("azienda", "firmato"))


def _briciole(azienda: Azienda, premi: PremiAnno | None = None) -> list[tuple[str, Any]]:
    prima = [(_("Premi"), reverse("premi_di", args=[azienda.codice]))]
    return prima if premi is None else [*prima, (str(premi), premi.get_absolute_url())]
