# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a unit: read, written and sent by who leads it, taken or given back by the office."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lavoro_agile.azioni import campagna as azioni_campagna
from lavoro_agile.azioni import mappatura as azioni
from lavoro_agile.forms.mappatura import MappaturaForm, NotaForm
from lavoro_agile.mappatura.totali import INVIATE, totali
from lavoro_agile.models import CampagnaMappatura, MappaturaAttivita
from lavoro_agile.rules import esigi_di_persona, puo_di_persona
from lavoro_agile.views.ingresso import di_azienda
from lavoro_agile.views.mappatura import QUI
from piani.forms import accanto_ai_campi, tenta
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta


@require_safe
def scheda(request: Richiesta, pk: int) -> HttpResponse:
    return _pagina(request, _scheda(request, pk))


@legge_e_scrive
def compila(request: Richiesta, pk: int) -> HttpResponse:
    """Keep the draft; then, if asked for, send it."""
    questa = _scheda(request, pk)
    azioni.esigi_compila(request.user, questa)
    if request.method != "POST" and not _si_scrive(questa):
        messages.info(request, _("La scheda adesso si legge soltanto."))
        return redirect("mappatura_scheda", pk)
    form = MappaturaForm(inviato(request), mappatura=questa)
    salvate: list[MappaturaAttivita] = []
    if request.method == "POST" and tenta(form, lambda: salvate.append(_salva(request, form))):
        if request.POST.get("fai") != "trasmetti":
            messages.success(request, _("Bozza salvata."))
            return redirect("mappatura_compila", pk)
        if _trasmessa(request, salvate[0], form):
            messages.success(request, _("Scheda trasmessa alle risorse umane."))
            return redirect("mappatura_scheda", pk)
    contesto = di_azienda(
        questa.azienda, QUI, mappatura=questa, form=form,
        per_conto=not puo_di_persona(request.user, azioni.COMPILA, questa),
    )  # fmt: skip
    return render(request, "lavoro_agile/mappatura/compila.html", contesto)


@require_POST
def acquisisci(request: Richiesta, pk: int) -> HttpResponse:
    questa = _scheda(request, pk)
    esigi_di_persona(request.user, azioni.ACQUISISCE, questa)
    form = NotaForm(request.POST, prefix="acquisisci")
    if tenta(
        form, lambda: azioni.acquisisci_mappatura(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Scheda acquisita."))
        return redirect("campagna", questa.campagna_id)
    return _pagina(request, questa, acquisisci=form)


@require_POST
def riapri(request: Richiesta, pk: int) -> HttpResponse:
    questa = _scheda(request, pk)
    esigi_di_persona(request.user, azioni.ACQUISISCE, questa)
    form = NotaForm(request.POST, prefix="riapri")
    if tenta(form, lambda: azioni.riapri_mappatura(questa, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Scheda riaperta: chi la compila legge la nota."))
        return redirect("campagna", questa.campagna_id)
    return _pagina(request, questa, riapri=form)


@require_POST
def togli(request: Richiesta, pk: int) -> HttpResponse:
    questa = _scheda(request, pk)
    try:
        azioni_campagna.togli_unita(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("mappatura_scheda", pk)
    messages.success(request, _("Unità tolta dalla mappatura."))
    return redirect("campagna", questa.campagna_id)


def _salva(request: Richiesta, form: MappaturaForm) -> MappaturaAttivita:
    return azioni.scrivi_mappatura(
        form.mappatura,
        valori=form.valori,
        attivita=form.attivita,
        profili=form.profili,
        visto=form.cleaned_data["visto"],
        da=request.user,
    )


def _trasmessa(request: Richiesta, salvata: MappaturaAttivita, form: MappaturaForm) -> bool:
    """Whether it was sent; otherwise the form says why, and the draft is kept."""
    visto = str(salvata.modifiche)
    try:
        azioni.trasmetti_mappatura(salvata, visto=visto, da=request.user)
    except ValidationError as errore:
        accanto_ai_campi(form, errore)
        dati = request.POST.copy()
        dati["visto"] = visto
        form.data = dati
        messages.info(request, _("La bozza è salvata, ma non è stata trasmessa."))
        return False
    return True


def _pagina(request: Richiesta, questa: MappaturaAttivita, **moduli: NotaForm) -> HttpResponse:
    """``moduli``: the forms sent with something wrong (``acquisisci``, ``riapri``)."""
    ufficio = puo_di_persona(request.user, azioni.ACQUISISCE, questa)
    compila = azioni.puo_compilare(request.user, questa)
    inviata = questa.stato in INVIATE
    contesto: dict[str, Any] = di_azienda(
        questa.azienda, QUI,
        mappatura=questa,
        attivita=questa.attivita.all(),
        # Who neither leads the unit nor is of the office reads no small group.
        profili=questa.profili.all() if compila else None,
        gruppo=None if compila or not inviata else totali(questa.campagna).di(questa.pk),
        compila=compila and _si_scrive(questa),
        ufficio=ufficio,
        si_riapre=inviata and questa.campagna.stato == CampagnaMappatura.Stato.APERTA,
        acquisisci=moduli.get("acquisisci") or NotaForm(prefix="acquisisci"),
        riapri=moduli.get("riapri") or NotaForm(prefix="riapri"),
    )  # fmt: skip
    return render(request, "lavoro_agile/mappatura/scheda.html", contesto)


def _si_scrive(mappatura: MappaturaAttivita) -> bool:
    aperta = mappatura.campagna.stato == CampagnaMappatura.Stato.APERTA
    return aperta and mappatura.stato in azioni.SI_SCRIVE


def _scheda(request: Richiesta, pk: int) -> MappaturaAttivita:
    visibili = MappaturaAttivita.objects.visibili_a(request.user)
    legate = visibili.select_related("campagna__azienda", "unita", "trasmessa_da")
    return get_object_or_404(legate, pk=pk)
