# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chart on a day, its checks, its versions and what changed between two of them."""

from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani import esporta, fogli
from piani.forms import DataForm
from piani.models import Organigramma, UnitaOrganizzativa
from piani.organigramma import foglio, verifiche
from piani.organigramma.albero import annida
from piani.organigramma.confronto import TITOLI, Cambiamento
from piani.organigramma.moduli import ConfrontoForm, NuovaBozzaForm
from piani.organigramma.responsabili import guide
from piani.organigramma.storia import Storia, storia
from piani.views.organigramma.pezzi import PERMESSO, briciole, disegno, ente, versione_di


@require_safe
def organigramma(request: HttpRequest, azienda: str) -> HttpResponseBase:
    questa = ente(request, azienda)
    form, giorno = _giorno(request)
    versioni = list(questa.organigrammi.datate())
    unita = list(UnitaOrganizzativa.objects.alla_data(questa, giorno))
    if esporta.chiesto(request):
        righe = foglio.righe(unita)
        return esporta.scarica(request, fogli.ORGANIGRAMMA, righe, di=f"{azienda}-{giorno}")
    rami = annida(unita, guide(unita, giorno))
    disegnato = request.GET.get("vista") == "disegno"
    titolo = _("Organigramma di %(azienda)s") % {"azienda": questa}
    contesto = {
        "azienda": questa,
        "giorno": giorno,
        "form": form,
        "in_vigore": next((una for una in versioni if una.vale_il(giorno)), None),
        "ultima": versioni[0] if versioni else None,
        "rami": rami,
        "disegno": disegno(rami, titolo) if disegnato else "",
        "quante": len(unita),
        "briciole": briciole(questa),
    }
    return render(request, "piani/organigramma/oggi.html", contesto)


@require_safe
def controlli(request: HttpRequest, azienda: str) -> HttpResponseBase:
    """What is wrong with the chart on a day, with where to mend it."""
    questa = ente(request, azienda)
    form, giorno = _giorno(request)
    trovate = verifiche.raccogli(questa, giorno)
    if esporta.chiesto(request):
        righe = ((una.titolo, uno.testo) for una in trovate for uno in una.mancanze)
        return esporta.scarica(
            request, fogli.VERIFICHE, righe, azienda=questa, di=f"{azienda}-{giorno}"
        )
    contesto = {
        "azienda": questa,
        "giorno": giorno,
        "form": form,
        "c_e": questa.organigrammi.in_vigore(giorno).exists(),
        "verifiche": trovate,
        "quante": sum(len(verifica.mancanze) for verifica in trovate),
        "briciole": briciole(questa, (_("Verifiche"), "")),
    }
    return render(request, "piani/organigramma/verifiche.html", contesto)


@require_safe
def versioni(request: HttpRequest, azienda: str) -> HttpResponseBase:
    """The versions with their dates, the drafts, and the comparison of two."""
    questa = ente(request, azienda)
    tutte = list(questa.organigrammi.select_related("nata_da"))
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.VERSIONI, tutte, di=azienda)
    della_storia = storia(questa)
    datate = [una for una in tutte if not una.in_bozza]
    bozze = [una for una in tutte if una.in_bozza]
    form = ConfrontoForm(request.GET or _da_confrontare(datate, bozze), versioni=tutte)
    contesto = {
        "azienda": questa,
        "versioni": _con_cambiamenti(datate, della_storia),
        "bozze": [(una, len(della_storia.nodi.get(una.pk, []))) for una in bozze],
        "confronto": form,
        "confrontate": _confronto(form, tutte, della_storia),
        "nuova": NuovaBozzaForm(origini=origini(datate, bozze)),
        "puo_modificare": request.user.has_perm(PERMESSO, questa),
        "briciole": briciole(questa, (_("Versioni"), "")),
    }
    return render(request, "piani/organigramma/versioni.html", contesto)


@require_safe
def scarica(request: HttpRequest, azienda: str, versione: int) -> HttpResponseBase:
    """A version as a sheet, as it can be imported again in a draft."""
    questa = versione_di(request, azienda, versione)
    righe = foglio.righe(UnitaOrganizzativa.objects.di_versione(questa))
    return esporta.scarica(request, fogli.ORGANIGRAMMA, righe, di=f"{azienda}-{versione}")


def origini(datate: list[Organigramma], bozze: list[Organigramma]) -> list[Organigramma]:
    """What a new draft may start from: the last dated version, or another draft."""
    return [*datate[:1], *bozze]


def _giorno(request: HttpRequest) -> tuple[DataForm, date]:
    form = DataForm({"data": request.GET.get("data") or timezone.localdate()})
    return form, form.cleaned_data["data"] if form.is_valid() else timezone.localdate()


def _con_cambiamenti(datate: list[Organigramma], della_storia: Storia) -> list[dict[str, Any]]:
    """Each dated version, the newest first, with how many units and how much changed."""
    righe = [{"versione": una, "quante": len(della_storia.nodi.get(una.pk, []))} for una in datate]
    for riga, (dopo, prima) in zip(righe, pairwise(datate), strict=False):
        riga["prima"] = prima
        riga["cambiamenti"] = len(della_storia.cambiamenti(prima.pk, dopo.pk))
    return righe


def _da_confrontare(datate: list[Organigramma], bozze: list[Organigramma]) -> dict[str, Any] | None:
    """Without a choice: the last two dated versions, or the only one and what is made of it."""
    coppia = datate[1::-1] if len(datate) > 1 else [*datate, *bozze][:2]
    return {"prima": coppia[0].pk, "dopo": coppia[1].pk} if len(coppia) == 2 else None


def _confronto(
    form: ConfrontoForm, tutte: list[Organigramma], della_storia: Storia
) -> dict[str, Any] | None:
    """The two versions chosen, the older first however they were chosen, and what changed."""
    if not form.is_bound or not form.is_valid():
        return None
    per_chiave = {una.pk: una for una in tutte}
    prima, dopo = sorted(
        (per_chiave[form.cleaned_data[nome]] for nome in ("prima", "dopo")),
        key=lambda una: (una.valido_dal or date.max, una.pk),
    )
    cambiamenti = della_storia.cambiamenti(prima.pk, dopo.pk)
    return {"prima": prima, "dopo": dopo, "gruppi": per_specie(cambiamenti)}


def per_specie(cambiamenti: list[Cambiamento]) -> list[tuple[str, list[Cambiamento]]]:
    """The changes, which come by kind, under the title of their kind."""
    return [
        (str(TITOLI[specie]), list(gruppo))
        for specie, gruppo in groupby(cambiamenti, key=lambda c: c.specie)
    ]
