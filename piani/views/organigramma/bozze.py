# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft: its tree to change, its sheet, and the day it comes in force."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from piani import azioni
from piani.models import Organigramma, UnitaOrganizzativa
from piani.organigramma import foglio
from piani.organigramma.albero import annida
from piani.organigramma.moduli import (
    AggiungiForm,
    BozzaForm,
    DecorrenzaForm,
    FoglioForm,
    NuovaBozzaForm,
    riporta,
    scelte,
)
from piani.organigramma.passaggi import passaggi
from piani.organigramma.storia import storia
from piani.rules import esigi
from piani.views.organigramma.lettura import origini, per_specie
from piani.views.organigramma.pezzi import PERMESSO, briciole, disegno, ente, versione_di


@require_safe
@never_cache
def bozza(request: HttpRequest, azienda: str, versione: int) -> HttpResponse:
    questa = versione_di(request, azienda, versione)
    if not questa.in_bozza:
        return redirect(questa)
    return _pagina(request, questa)


def _pagina(request: HttpRequest, questa: Organigramma, **altro: Any) -> HttpResponse:
    """The page of a draft; ``altro`` brings back a form with its errors."""
    unita = list(UnitaOrganizzativa.objects.di_versione(questa))
    rami = annida(unita)
    sopra = request.GET.get("sotto", "")
    contesto = {
        "azienda": questa.azienda,
        "bozza": questa,
        "rami": rami,
        "quante": len(unita),
        "disegno": disegno(rami, str(questa)) if request.GET.get("vista") == "disegno" else "",
        "puo_modificare": request.user.has_perm(PERMESSO, questa),
        "mossa": _mossa(request),
        "aggiungi": AggiungiForm(initial={"padre": sopra}, unita=scelte(unita)),
        "aggiungi_aperto": bool(sopra) or not unita,
        "intestazione": BozzaForm(initial={"nome": questa.nome, "fonte": questa.fonte}),
        "foglio": FoglioForm(),
        "briciole": briciole(
            questa.azienda,
            (_("Versioni"), reverse("versioni_organigramma", args=[questa.azienda.codice])),
            (questa.nome, ""),
        ),
    }
    return render(request, "piani/organigramma/bozza.html", contesto | altro)


def _mossa(request: HttpRequest) -> tuple[int | None, str]:
    """The unit that was just moved and which way: its button takes the focus again."""
    chiave = request.GET.get("mossa", "")
    return int(chiave) if chiave.isdecimal() else None, request.GET.get("verso", "")


@require_POST
def apri(request: HttpRequest, azienda: str) -> HttpResponse:
    """A new draft, cloned from what was chosen; empty when there is nothing to clone."""
    questa = ente(request, azienda)
    esigi(request.user, PERMESSO, questa)
    tutte = list(questa.organigrammi.all())
    da_cui = origini(
        [una for una in tutte if not una.in_bozza], [una for una in tutte if una.in_bozza]
    )
    form = NuovaBozzaForm(request.POST, origini=da_cui)
    if form.is_valid():
        scelta = form.cleaned_data.get("origine")
        origine = next((una for una in da_cui if una.pk == scelta), None)
        try:
            nuova = azioni.apri_bozza(
                questa, nome=form.cleaned_data["nome"], origine=origine, da=request.user
            )
        except ValidationError as errore:
            riporta(form, errore)
        else:
            messages.success(request, _("Bozza aperta: ogni cambiamento si salva subito."))
            return redirect(nuova)
    for errori in form.errors.values():
        messages.error(request, " ".join(errori))
    return redirect("versioni_organigramma", azienda)


@require_POST
def modifica(request: HttpRequest, azienda: str, versione: int) -> HttpResponse:
    questa = versione_di(request, azienda, versione)
    esigi(request.user, PERMESSO, questa)
    form = BozzaForm(request.POST)
    if form.is_valid():
        try:
            azioni.modifica_bozza(questa, **form.cleaned_data, da=request.user)
        except ValidationError as errore:
            return _rifiutata(request, questa, errore)
        messages.success(request, _("Intestazione salvata."))
        return redirect(questa)
    return _pagina(request, questa, intestazione=form)


@require_POST
def elimina(request: HttpRequest, azienda: str, versione: int) -> HttpResponse:
    questa = versione_di(request, azienda, versione)
    try:
        azioni.elimina_bozza(questa, da=request.user)
    except ValidationError as errore:
        return _rifiutata(request, questa, errore)
    messages.success(request, _("Bozza «%(nome)s» eliminata.") % {"nome": questa})
    return redirect("versioni_organigramma", azienda)


@require_POST
def importa(request: HttpRequest, azienda: str, versione: int) -> HttpResponse:
    """A whole chart from a sheet: all of it, or the list of what is wrong."""
    questa = versione_di(request, azienda, versione)
    esigi(request.user, PERMESSO, questa)
    form = FoglioForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            righe = foglio.leggi(form.cleaned_data["file"].read())
            esito = azioni.importa_foglio(questa, righe, da=request.user)
        except ValidationError as errore:
            for frase in errore.messages:
                form.add_error("file", frase)
        else:
            detto = _(
                "Foglio importato. Unità aggiunte %(aggiunte)s, cambiate %(cambiate)s, tolte "
                "%(tolte)s."
            )
            messages.success(request, detto % vars(esito))
            return redirect(questa)
    if not questa.in_bozza:
        return redirect(questa)
    return _pagina(request, questa, foglio=form)


@require_POST
def aggiungi(request: HttpRequest, azienda: str, versione: int) -> HttpResponse:
    questa = versione_di(request, azienda, versione)
    esigi(request.user, PERMESSO, questa)
    unita = list(UnitaOrganizzativa.objects.di_versione(questa))
    form = AggiungiForm(request.POST, unita=scelte(unita))
    if form.is_valid():
        dati = dict(form.cleaned_data)
        padre = next((una for una in unita if una.pk == dati["padre"]), None)
        try:
            nuova = azioni.aggiungi_unita(questa, **dati | {"padre": padre}, da=request.user)
        except ValidationError as errore:
            riporta(form, errore)
        else:
            messages.success(request, _("Aggiunta «%(unita)s».") % {"unita": nuova})
            return redirect(f"{questa.get_absolute_url()}#u-{nuova.pk}")
    if not questa.in_bozza:
        return redirect(questa)
    return _pagina(request, questa, aggiungi=form, aggiungi_aperto=True)


@require_safe
@never_cache
def decorrenza(request: HttpRequest, azienda: str, versione: int) -> HttpResponse:
    """What will happen on that day: what changes, which incarichi follow, which are left."""
    questa = versione_di(request, azienda, versione)
    if not questa.in_bozza:
        return redirect(questa)
    ultima = questa.azienda.organigrammi.datate().first()
    form = DecorrenzaForm({"dal": request.GET.get("dal") or _primo_giorno(ultima)})
    dal = form.cleaned_data["dal"] if form.is_valid() else None
    cambiamenti = storia(questa.azienda).cambiamenti(ultima.pk, questa.pk) if ultima else []
    contesto = {
        "azienda": questa.azienda,
        "bozza": questa,
        "ultima": ultima,
        "form": form,
        "dal": dal,
        "superata": ultima is not None and questa.nata_da_id != ultima.pk,
        "gruppi": per_specie(cambiamenti),
        "passaggi": passaggi(questa, ultima, dal) if dal else None,
        "puo_modificare": request.user.has_perm(PERMESSO, questa),
        "briciole": briciole(
            questa.azienda,
            (_("Versioni"), reverse("versioni_organigramma", args=[questa.azienda.codice])),
            (questa.nome, questa.get_absolute_url()),
            (_("Metti in vigore"), ""),
        ),
    }
    return render(request, "piani/organigramma/decorrenza.html", contesto)


def _primo_giorno(ultima: Organigramma | None) -> date:
    """Tomorrow, or the first day allowed when the last version begins later."""
    oggi = timezone.localdate()
    inizio = ultima.valido_dal if ultima and ultima.valido_dal else oggi
    return max(oggi, inizio) + timedelta(days=1)


@require_POST
def metti_in_vigore(request: HttpRequest, azienda: str, versione: int) -> HttpResponse:
    questa = versione_di(request, azienda, versione)
    esigi(request.user, PERMESSO, questa)
    form = DecorrenzaForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["dal"]))
        return redirect("decorrenza_bozza", azienda, versione)
    try:
        esito = azioni.metti_in_vigore(questa, dal=form.cleaned_data["dal"], da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("decorrenza_bozza", azienda, versione)
    detto = _("«%(nome)s» è in vigore dal %(giorno)s.")
    giorno = f"{form.cleaned_data['dal']:%d/%m/%Y}"
    messages.success(request, detto % {"nome": questa, "giorno": giorno})
    if esito.restano:
        quanti = len(esito.restano)
        messages.warning(
            request,
            ngettext(
                "%(n)s incarico non ha seguito la sua unità: da allora è da sistemare.",
                "%(n)s incarichi non hanno seguito la loro unità: da allora sono da sistemare.",
                quanti,
            )
            % {"n": quanti},
        )
    return redirect(questa)


def _rifiutata(request: HttpRequest, questa: Organigramma, errore: ValidationError) -> HttpResponse:
    messages.error(request, " ".join(errore.messages))
    ancora = Organigramma.objects.filter(pk=questa.pk).select_related("azienda").first()
    return redirect(ancora) if ancora else redirect("versioni_organigramma", questa.azienda.codice)
