# SPDX-License-Identifier: AGPL-3.0-or-later
"""The weights of the schede of a year as a sheet: objectives down, CdR across."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi import azioni
from obiettivi.azioni.matrice_schede import CelleSuperate
from obiettivi.filters import SchedaFilter
from obiettivi.forms.matrice import MatriceForm
from obiettivi.models import SchedaBudget
from obiettivi.schede.lettura import in_cifre
from obiettivi.schede.matrice import Cella, Matrice, SommaCella
from obiettivi.schede.matrice import matrice as matrice_di
from piani import esporta
from piani.forms import tenta
from piani.models import Azienda
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive

COLONNE = 12
"""Schede side by side: more would not be read, nor fit in what a form may send."""


@legge_e_scrive
def matrice(request: HttpRequest) -> HttpResponseBase:
    """The sheet of an azienda and year, both in the address, some schede at a time."""
    azienda, anno = _di_che_anno(request)
    filtro = _filtro(request, azienda, anno)
    if esporta.chiesto(request):
        return _foglio(request, azienda, anno, filtro)
    pagina = Paginator(filtro.qs, COLONNE).get_page(request.GET.get("pagina"))
    scrive = request.user.has_perm("obiettivi.prepara_scheda", azienda)
    if request.method == "POST":
        esigi(request.user, "obiettivi.prepara_scheda", azienda)
    foglio = matrice_di(list(pagina), scrive=scrive)
    form = MatriceForm(inviato(request), foglio=foglio)
    cambiate: list[int] = []

    def salva() -> None:
        try:
            cambiate.append(
                azioni.pesa_schede(
                    azienda, anno, form.celle, visti=form.visti_prima, da=request.user
                )
            )
        except CelleSuperate as errore:
            form.rimetti(errore)
            raise

    if request.method == "POST" and tenta(form, salva):
        detto = ngettext("%(n)s peso cambiato.", "%(n)s pesi cambiati.", cambiate[0])
        messages.success(request, detto % {"n": cambiate[0]})
        return redirect(request.get_full_path())
    contesto = {
        "azienda": azienda,
        "anno": anno,
        "filtri": [filtro.form[nome] for nome in ("azienda", "anno", "dipartimento", "q")],
        "pagina": pagina,
        "form": form,
        "colonne": foglio.schede,
        "aree": _aree(foglio, form),
        "totali": [_somma(una) for una in foglio.totali],
        "scrive": bool(foglio.scrivibili),
        "briciole": [(_("Schede budget"), reverse("schede")), (_("Matrice dei pesi"), "")],
    }
    return render(request, "obiettivi/schede/matrice.html", contesto)


def _foglio(
    request: HttpRequest, azienda: Azienda, anno: int, filtro: SchedaFilter
) -> HttpResponseBase:
    """All the schede of the filters side by side, with no page to turn."""
    foglio = matrice_di(list(filtro.qs), scrive=False)
    righe: list[list[Any]] = [
        [_("Area"), _("Obiettivo"), _("Codice indicatore"), _("Indicatore"),
         *(str(scheda.unita) for scheda in foglio.schede)]
    ]  # fmt: skip
    for area in foglio.aree:
        righe.append([area.nome, _("Peso dell’area"), "", "", *(cella.peso for cella in area.pesi)])
        righe += [
            [area.nome, riga.obiettivo, riga.indicatore.codice, riga.indicatore.nome,
             *(cella.peso for cella in riga.celle)]
            for riga in area.righe
        ]  # fmt: skip
    nome = f"matrice-dei-pesi-{azienda.codice}-{anno}"
    return esporta.tabella(request, nome, _("Matrice dei pesi"), righe)


def _di_che_anno(request: HttpRequest) -> tuple[Azienda, int]:
    """The azienda and the year of the address; without them those of the newest scheda seen."""
    visibili = SchedaBudget.objects.visibili_a(request.user).dei_cdr()
    codice, anno = request.GET.get("azienda", ""), request.GET.get("anno", "")
    if not codice and not anno:
        ultima = visibili.select_related("azienda").order_by("-anno", "azienda__nome").first()
        if ultima is None:
            raise Http404
        return ultima.azienda, ultima.anno
    if not (anno.isascii() and anno.isdigit() and len(anno) == 4):
        raise Http404
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice), int(anno)


def _filtro(request: HttpRequest, azienda: Azienda, anno: int) -> SchedaFilter:
    """The schede of the sheet, with the same filters as the list."""
    visibili = SchedaBudget.objects.visibili_a(request.user).dei_cdr().per_elenco()
    dati = request.GET.copy()
    dati["azienda"], dati["anno"] = azienda.codice, str(anno)
    return SchedaFilter(dati, queryset=visibili, request=request)


def _aree(foglio: Matrice, form: MatriceForm) -> list[dict[str, Any]]:
    """The blocks of the sheet, each cell with its field."""
    colonne = foglio.schede
    return [
        {
            "area": area,
            "pesi": [
                _cella(cella, form, f"{area.nome}, {scheda.unita}")
                for cella, scheda in zip(area.pesi, colonne, strict=True)
            ],
            "righe": [
                {
                    "riga": riga,
                    "celle": [
                        _cella(cella, form, f"{riga.indicatore.codice}, {scheda.unita}")
                        for cella, scheda in zip(riga.celle, colonne, strict=True)
                    ],
                }
                for riga in area.righe
            ],
            "somme": [_somma(una) for una in area.somme],
        }
        for area in foglio.aree
    ]


def _cella(cella: Cella, form: MatriceForm, nome: str) -> dict[str, Any]:
    campo = form[cella.nome] if cella.nome else None
    return {
        "cella": cella,
        "campo": campo,
        "valore": campo.value() if campo else None,
        "nome": nome,
        "letto": "" if cella.peso is None else in_cifre(cella.peso),
    }


def _somma(una: SommaCella) -> dict[str, Any]:
    return {"somma": una, "letta": "–" if una.somma is None else in_cifre(una.somma)}
