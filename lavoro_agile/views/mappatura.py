# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rounds of the mapping: their list, a round with its answers and its figures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lavoro_agile import fogli
from lavoro_agile.azioni import campagna as azioni
from lavoro_agile.azioni.mappatura import ACQUISISCE
from lavoro_agile.forms.mappatura import CampagnaForm, CampagnaModificaForm, UnitaForm
from lavoro_agile.mappatura.risposte import da_compilare, mancanti
from lavoro_agile.mappatura.totali import (
    INVIATE,
    attivita_visibili,
    per_esito,
    righe_attivita,
    righe_csv,
    totali,
)
from lavoro_agile.models import CampagnaMappatura, MappaturaAttivita
from lavoro_agile.rules import puo_di_persona
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani import esporta
from piani.forms import tenta
from piani.models import UnitaOrganizzativa
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

QUI = "mappatura"
LEGGE = "lavoro_agile.consulta"
Stato = CampagnaMappatura.Stato


@require_safe
def casa(request: Richiesta, azienda: str) -> HttpResponseBase:
    questa = azienda_visibile(request, azienda)
    campagne = CampagnaMappatura.objects.visibili_a(request.user).filter(azienda=questa)
    campagne = campagne.annotate(
        chieste=Count("mappature"),
        inviate=Count("mappature", filter=Q(mappature__stato__in=INVIATE)),
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.CAMPAGNE, campagne, di=azienda)
    contesto = di_azienda(
        questa, QUI,
        campagne=campagne,
        mie=da_compilare(request.user).filter(campagna__azienda=questa),
        apre=request.user.has_perm(azioni.PERMESSO, questa),
    )  # fmt: skip
    return render(request, "lavoro_agile/mappatura/casa.html", contesto)


@legge_e_scrive
def nuova(request: Richiesta, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, azioni.PERMESSO, questa)
    form = CampagnaForm(inviato(request))
    fatte: list[CampagnaMappatura] = []
    if request.method == "POST" and tenta(
        form,
        lambda: fatte.append(azioni.crea_campagna(questa, da=request.user, **form.cleaned_data)),
    ):
        messages.success(request, _("Mappatura preparata: adesso scegli le unità e aprila."))
        return redirect("campagna_unita", fatte[0].pk)
    contesto = di_azienda(
        questa, QUI, form=form, titolo=_("Nuova mappatura"),
        testo=_("Nasce in bozza: i responsabili la vedono quando la apri."), invia=_("Prepara"),
        annulla=reverse("lavoro_agile_mappatura", args=[questa.codice]),
    )  # fmt: skip
    return render(request, "lavoro_agile/mappatura/modulo.html", contesto)


@require_safe
def campagna(request: Richiesta, pk: int) -> HttpResponseBase:
    questa = _campagna(request, pk)
    schede = list(_schede(request, questa))
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.SCHEDE, schede, di=questa.anno)
    if esporta.chiesto(request, "persone"):
        return persone_csv(request, pk)
    if esporta.chiesto(request, "attivita"):
        return attivita_csv(request, pk)
    apre = request.user.has_perm(azioni.PERMESSO, questa)
    contesto = di_azienda(
        questa.azienda, QUI,
        campagna=questa,
        schede=schede,
        chieste=questa.mappature.count(),
        inviate=sum(una.stato in INVIATE for una in schede),
        mancanti=mancanti(schede, questa.azienda, timezone.localdate()) if apre else [],
        apre=apre,
        **_figure(request, questa),
    )  # fmt: skip
    return render(request, "lavoro_agile/mappatura/campagna.html", contesto)


@require_safe
def persone_csv(request: Richiesta, pk: int) -> HttpResponseBase:
    """A file leaves the program: small groups are silent in it for everybody."""
    questa = _campagna(request, pk)
    esigi(request.user, LEGGE, questa)
    nome, righe = f"mappatura-{questa.anno}-persone", righe_csv(totali(questa))
    return esporta.tabella(request, nome, _("Persone della mappatura"), righe)


@require_safe
def attivita_csv(request: Richiesta, pk: int) -> HttpResponseBase:
    questa = _campagna(request, pk)
    esigi(request.user, LEGGE, questa)
    righe = righe_attivita(attivita_visibili(questa, request.user))
    nome = f"mappatura-{questa.anno}-attivita"
    return esporta.tabella(request, nome, _("Attività della mappatura"), righe)


@legge_e_scrive
def modifica(request: Richiesta, pk: int) -> HttpResponse:
    questa = _campagna(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    form = CampagnaModificaForm(inviato(request), campagna=questa)
    if request.method == "POST" and tenta(
        form, lambda: azioni.modifica_campagna(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Mappatura modificata."))
        return redirect("campagna", pk)
    contesto = di_azienda(
        questa.azienda, QUI, form=form, titolo=str(questa),
        testo=_("Le parole e i giorni; il termine si sposta da qui."), invia=_("Salva"),
        annulla=reverse("campagna", args=[pk]),
    )  # fmt: skip
    return render(request, "lavoro_agile/mappatura/modulo.html", contesto)


@legge_e_scrive
def unita(request: Richiesta, pk: int) -> HttpResponse:
    """Which units are asked: all of them when the round opens, others afterwards."""
    questa = _campagna(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    nuova = questa.stato == Stato.BOZZA
    chieste = set(questa.mappature.values_list("unita", flat=True))
    oggi = timezone.localdate()
    di_oggi = UnitaOrganizzativa.objects.alla_data(questa.azienda, oggi)
    offerte = [una for una in di_oggi if una.pk not in chieste]
    form = UnitaForm(inviato(request), offerte=offerte, scelte=nuova)
    apri = azioni.apri_campagna if nuova else azioni.aggiungi_unita
    if request.method == "POST" and tenta(
        form, lambda: apri(questa, unita=form.cleaned_data["unita"], da=request.user)
    ):
        detto = _("Mappatura aperta: i responsabili la trovano fra le cose da fare.")
        messages.success(request, detto if nuova else _("Unità aggiunte."))
        return redirect("campagna", pk)
    contesto = di_azienda(
        questa.azienda, QUI, form=form, campagna=questa, offerte=offerte,
        invia=_("Apri la mappatura") if nuova else _("Aggiungi"),
    )  # fmt: skip
    return render(request, "lavoro_agile/mappatura/unita.html", contesto)


@require_POST
def chiudi(request: Richiesta, pk: int) -> HttpResponse:
    return _passo(request, pk, azioni.chiudi_campagna, _("Mappatura chiusa."))


@require_POST
def riapri(request: Richiesta, pk: int) -> HttpResponse:
    return _passo(request, pk, azioni.riapri_campagna, _("Mappatura riaperta."))


def _passo(request: Richiesta, pk: int, azione: Any, fatto: str) -> HttpResponse:
    try:
        azione(_campagna(request, pk), da=request.user)
        messages.success(request, fatto)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    return redirect("campagna", pk)


def _campagna(request: Richiesta, pk: int) -> CampagnaMappatura:
    visibili = CampagnaMappatura.objects.visibili_a(request.user).select_related("azienda")
    return get_object_or_404(visibili, pk=pk)


def _schede(request: Richiesta, campagna: CampagnaMappatura) -> Any:
    visibili = MappaturaAttivita.objects.visibili_a(request.user).filter(campagna=campagna)
    return visibili.select_related("unita", "campagna").order_by("unita__ordine", "pk")


def _figure(request: Richiesta, campagna: CampagnaMappatura) -> dict[str, Any]:
    """The figures, for who reads of the whole azienda."""
    if campagna.stato == Stato.BOZZA or not request.user.has_perm(LEGGE, campagna):
        return {}
    attivita = attivita_visibili(campagna, request.user)
    intero = puo_di_persona(request.user, ACQUISISCE, campagna)
    return {
        "quadro": totali(campagna, intero=intero),
        "esiti": per_esito(attivita),
        "quante_attivita": len(attivita),
    }
