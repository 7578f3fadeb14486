# SPDX-License-Identifier: AGPL-3.0-or-later
"""The weights of a draft as a sheet, with the sum of each group beside it."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi import azioni
from obiettivi.azioni.pesi import Chiave, Nodo, impronta_pesi, nodi_di
from obiettivi.calcolo.arrotondamento import italiano
from obiettivi.forms.albero import PesiForm
from obiettivi.models import AreaStrategica, Misura, Obiettivo
from obiettivi.views.modifica.righe import TANTE, briciole_albero, dopo
from piani.forms import tenta
from piani.views.moduli import inviato, legge_e_scrive, se_chiuso
from piani.views.stato import piano_visibile


@legge_e_scrive
def pesi(request: HttpRequest, slug: str) -> HttpResponse:
    """All the weights of a tree; of a large one the areas, and one area at a time."""
    piano = piano_visibile(request, slug)
    if chiuso := se_chiuso(request, piano):
        return chiuso
    tutti = nodi_di(piano)
    pesati = {chiave: nodo for chiave, nodo in tutti.items() if not _linea(nodo)}
    nodi = _scelti(pesati, request.GET.get("area", "")) if len(pesati) > TANTE else pesati
    nodi = _con_qualcuno(nodi)
    form = PesiForm(inviato(request), nodi=nodi, visto=impronta_pesi(tutti))
    cambiati: list[int] = []
    if request.method == "POST" and tenta(
        form,
        lambda: cambiati.append(
            azioni.pesa(piano, form.pesi, visto=form.cleaned_data["visto"], da=request.user)
        ),
    ):
        detto = ngettext("%(n)s peso cambiato.", "%(n)s pesi cambiati.", cambiati[0])
        messages.success(request, detto % {"n": cambiati[0]})
        return redirect(dopo(request, None, piano))
    contesto = {
        "piano": piano,
        "form": form,
        "gruppi": _gruppi(nodi, tutti, form),
        "altre": _aree(tutti) if len(pesati) > TANTE else [],
        "annulla": dopo(request, None, piano),
        "briciole": [*briciole_albero(piano), (_("Pesi"), "")],
    }
    return render(request, "obiettivi/modifica/pesi.html", contesto)


def _scelti(tutti: dict[Chiave, Nodo], area: str) -> dict[Chiave, Nodo]:
    """The rows of an area, or the areas alone."""
    return {
        chiave: nodo
        for chiave, nodo in tutti.items()
        if (chiave[0] != "area" and str(_area_di(nodo)) == area)
        or (chiave[0] == "area" and not area)
    }


def _con_qualcuno(nodi: dict[Chiave, Nodo]) -> dict[Chiave, Nodo]:
    """Those with somebody beside them: who is alone in its group counts for all of it."""
    quanti = Counter(_gruppo(nodo)[0] for nodo in nodi.values())
    return {
        chiave: nodo
        for chiave, nodo in nodi.items()
        if quanti[_gruppo(nodo)[0]] > 1 or nodo.peso is not None
    }


def _aree(tutti: dict[Chiave, Nodo]) -> list[Nodo]:
    return [nodo for (tipo, _pk), nodo in tutti.items() if tipo == "area"]


def _linea(nodo: Nodo) -> bool:
    """A linea is measured apart: it has no part in the plan's score, and no weight."""
    return isinstance(nodo, AreaStrategica) and nodo.tipo == AreaStrategica.Tipo.LINEA


def _area_di(nodo: Nodo) -> int:
    if isinstance(nodo, Misura):
        return nodo.obiettivo.area_id
    return nodo.area_id if isinstance(nodo, Obiettivo) else nodo.pk


def _gruppi(
    nodi: dict[Chiave, Nodo], tutti: dict[Chiave, Nodo], form: PesiForm
) -> list[dict[str, Any]]:
    """The sets that make 100: areas, objectives of an area, indicators of an objective."""
    gruppi: dict[tuple[str, int], dict[str, Any]] = {}
    for (tipo, pk), nodo in nodi.items():
        chiave, titolo, livello = _gruppo(nodo)
        gruppo = gruppi.setdefault(chiave, {"titolo": titolo, "livello": livello, "righe": []})
        gruppo["righe"].append(
            {"campo": form[f"{tipo}-{pk}"], "nodo": nodo, "codice": _codice(nodo)}
        )
    for chiave, gruppo in gruppi.items():
        gruppo["chiave"] = f"{chiave[0]}-{chiave[1]}"
        gruppo |= _somma(gruppo["righe"])
    ordine = _ordine(tutti)
    return sorted(gruppi.values(), key=lambda gruppo: ordine[gruppo["chiave"]])


def _gruppo(nodo: Nodo) -> tuple[tuple[str, int], str, int]:
    """Key, heading and depth of the set whose weights make 100 with this one."""
    if isinstance(nodo, AreaStrategica):
        return ("aree", 0), _("Aree del piano"), 0
    if isinstance(nodo, Obiettivo):
        titolo = _("Obiettivi di %(codice)s %(area)s") % {
            "codice": nodo.area.codice, "area": nodo.area,
        }  # fmt: skip
        return ("obiettivi", nodo.area_id), titolo, 1
    titolo = _("Indicatori di %(codice)s %(obiettivo)s") % {
        "codice": nodo.obiettivo.codice, "obiettivo": nodo.obiettivo,
    }  # fmt: skip
    return ("misure", nodo.obiettivo_id), titolo, 2


def _ordine(nodi: dict[Chiave, Nodo]) -> dict[str, tuple[int, ...]]:
    """The areas first; then, area by area, its objectives and the indicators of each."""
    posti = {chiave: posto for posto, chiave in enumerate(nodi)}
    ordine: dict[str, tuple[int, ...]] = {"aree-0": (-1,)}
    for (tipo, pk), nodo in nodi.items():
        area = posti.get(("area", _area_di(nodo)), _area_di(nodo))
        if tipo == "obiettivo":
            ordine[f"obiettivi-{_area_di(nodo)}"] = (area, 0)
            ordine[f"misure-{pk}"] = (area, 1, posti[tipo, pk])
    return ordine


def _codice(nodo: Nodo) -> str:
    return nodo.indicatore.codice if isinstance(nodo, Misura) else nodo.codice


def _somma(righe: list[dict[str, Any]]) -> dict[str, Any]:
    """The sum of a group as it is written now; "" when no weight can be read."""
    letti = [_numero(riga["campo"]) for riga in righe]
    presenti = [peso for peso in letti if peso is not None]
    somma = sum(presenti, Decimal())
    return {
        "somma": italiano(somma.normalize() + 0) if presenti else "",
        "fa_cento": not presenti or (somma == 100 and len(presenti) == len(righe)),
    }


def _numero(campo: Any) -> Decimal | None:
    """The weight of a field, from what is saved or from what was sent."""
    if not campo.form.is_bound:
        return campo.initial
    return campo.form.cleaned_data.get(campo.name)
