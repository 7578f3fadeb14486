# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of a draft as it is written: its outline, and its rows one at a time."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from obiettivi.forms.albero import AreaForm, ObiettivoForm
from obiettivi.models import AreaStrategica, Misura, Obiettivo
from obiettivi.views.albero import in_ordine
from piani import azioni
from piani.azioni.righe import perche_chiuso
from piani.forms import RigaForm, tenta
from piani.models import Piano
from piani.views.moduli import (
    PERMESSO,
    briciole_di,
    conferma,
    inviato,
    legge_e_scrive,
    modulo,
    scrivi_riga,
    se_chiuso,
    sposta,
)
from piani.views.stato import piano_visibile

TANTE = 300  # rows beyond which an area is written one at a time


@require_safe
def albero(request: HttpRequest, slug: str) -> HttpResponse:
    """The outline: every row with its commands. Of a large tree, one area at a time."""
    piano = piano_visibile(request, slug)
    aree = list(AreaStrategica.objects.filter(piano=piano).order_by("tipo", "ordine", "pk"))
    grande = Misura.objects.filter(obiettivo__area__piano=piano).count() > TANTE
    una_sola = _area_scelta(request, aree) if grande else None
    contesto = {
        "piano": piano,
        "chiuso": perche_chiuso(piano),
        "modificabile": request.user.has_perm(PERMESSO, piano) and not perche_chiuso(piano),
        "aree": _con_rami(piano, aree, una_sola),
        "grande": grande,
        "briciole": [*briciole_di(piano), (_("Modifica dell'albero"), "")],
    }
    return render(request, "obiettivi/modifica/albero.html", contesto)


def _area_scelta(request: HttpRequest, aree: list[AreaStrategica]) -> int:
    """The area asked for, or none of them."""
    scelta = request.GET.get("area", "")
    return next((area.pk for area in aree if str(area.pk) == scelta), 0)


def _con_rami(
    piano: Piano, aree: list[AreaStrategica], una_sola: int | None
) -> list[dict[str, Any]]:
    """Each area with its objectives and their misure, in a fixed number of queries."""
    misure = Misura.objects.filter(obiettivo__area__piano=piano)
    obiettivi = Obiettivo.objects.di_piano(piano)
    if una_sola is not None:
        misure = misure.filter(obiettivo__area=una_sola)
        obiettivi = obiettivi.filter(area=una_sola)
    foglie = defaultdict(list)
    con_target = misure.select_related("indicatore").prefetch_related("target")
    for misura in con_target.order_by("obiettivo", "ordine", "pk"):
        foglie[misura.obiettivo_id].append(misura)
    righe = [
        {"pk": uno.pk, "parent_id": uno.parent_id, "riga": uno, "misure": foglie[uno.pk]}
        for uno in obiettivi.order_by("area", "ordine", "pk")
    ]
    fratelli = defaultdict(list)
    for riga in righe:
        fratelli[riga["riga"].area_id, riga["parent_id"]].append(riga["pk"])
    rami = defaultdict(list)
    for riga in in_ordine(righe):
        suoi = fratelli[riga["riga"].area_id, riga["parent_id"]]
        posto = {"primo": suoi[0] == riga["pk"], "ultimo": suoi[-1] == riga["pk"]}
        rami[riga["riga"].area_id].append(riga | posto)
    tipi = [area.tipo for area in aree]
    return [
        {
            "riga": area,
            "obiettivi": rami[area.pk],
            "aperta": una_sola in (None, area.pk),
            "prima": posto == 0 or tipi[posto - 1] != area.tipo,
            "ultima": posto == len(aree) - 1 or tipi[posto + 1] != area.tipo,
        }
        for posto, area in enumerate(aree)
    ]


@legge_e_scrive
def area_nuova(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    return _pagina(request, AreaStrategica(piano=piano), AreaForm, _("Nuova area"))


@legge_e_scrive
def area_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    area = area_visibile(request, pk)
    return _pagina(request, area, AreaForm, _("Area %(codice)s") % {"codice": area.codice})


@legge_e_scrive
def obiettivo_nuovo(request: HttpRequest, pk: int) -> HttpResponse:
    area = area_visibile(request, pk)
    obiettivo = Obiettivo(area=area)
    quanti = Obiettivo.objects.filter(area=area).count()
    return _pagina(
        request, obiettivo, ObiettivoForm, _("Nuovo obiettivo"),
        {"codice": f"{area.codice}.{quanti + 1}"},
    )  # fmt: skip


@legge_e_scrive
def obiettivo_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    obiettivo = obiettivo_visibile(request, pk)
    titolo = _("Obiettivo %(codice)s") % {"codice": obiettivo.codice}
    return _pagina(request, obiettivo, ObiettivoForm, titolo)


def _pagina(
    request: HttpRequest,
    riga: AreaStrategica | Obiettivo,
    tipo_form: type[RigaForm],
    titolo: str,
    proposti: dict[str, str] | None = None,
) -> HttpResponse:
    """The form of a row: 403 for who does not write, back to the state if the plan is closed."""
    if chiuso := se_chiuso(request, riga.piano):
        return chiuso
    form = tipo_form(inviato(request), instance=riga, initial=proposti)
    if request.method == "POST" and tenta(form, lambda: scrivi_riga(form, request)):
        messages.success(request, _("Salvato."))
        area = riga if isinstance(riga, AreaStrategica) else riga.area
        return redirect(dopo(request, area))
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=str(riga.piano),
        invia=_("Salva"),
        annulla=dopo(request, None if isinstance(riga, AreaStrategica) else riga.area, riga.piano),
        briciole=[*briciole_albero(riga.piano), (titolo, "")],
    )


def dopo(request: HttpRequest, area: AreaStrategica | None, piano: Piano | None = None) -> str:
    """Where to go back: the page of the state, if one came from its checks, or the outline."""
    questo = piano or area.piano
    if request.GET.get("torna") == "stato":
        return reverse("stato_piano", args=[questo.slug])
    indirizzo = reverse("albero_modifica", args=[questo.slug])
    return f"{indirizzo}?area={area.pk}#area-{area.pk}" if area and area.pk else indirizzo


def briciole_albero(piano: Piano) -> list[tuple[str, Any]]:
    outline = (_("Modifica dell'albero"), reverse("albero_modifica", args=[piano.slug]))
    return [*briciole_di(piano), outline]


def area_visibile(request: HttpRequest, pk: int) -> AreaStrategica:
    visibili = AreaStrategica.objects.filter(piano__in=Piano.objects.visibili_a(request.user))
    return get_object_or_404(visibili.select_related("piano__azienda"), pk=pk)


def obiettivo_visibile(request: HttpRequest, pk: int) -> Obiettivo:
    visibili = Obiettivo.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("area__piano__azienda", "parent"), pk=pk)


def misura_visibile(request: HttpRequest, pk: int) -> Misura:
    visibili = Misura.objects.visibili_a(request.user)
    return get_object_or_404(
        visibili.select_related("obiettivo__area__piano__azienda", "indicatore__azienda"), pk=pk
    )


TROVA: dict[str, Callable[[HttpRequest, int], Any]] = {
    "area": area_visibile,
    "obiettivo": obiettivo_visibile,
    "misura": misura_visibile,
}


def _riga(request: HttpRequest, tipo: str, pk: int) -> Any:
    if tipo not in TROVA:
        raise Http404
    return TROVA[tipo](request, pk)


def _area_di(riga: Any) -> AreaStrategica:
    if isinstance(riga, Misura):
        return riga.obiettivo.area
    return riga if isinstance(riga, AreaStrategica) else riga.area


@legge_e_scrive
def togli(request: HttpRequest, tipo: str, pk: int) -> HttpResponse:
    riga = _riga(request, tipo, pk)
    if chiuso := se_chiuso(request, riga.piano):
        return chiuso
    area = _area_di(riga)
    return conferma(
        request,
        titolo=_("Togli dal piano"),
        domanda=_("Vuoi togliere dal piano «%(riga)s»?") % {"riga": riga},
        cose=_contenuto(riga),
        azione=lambda: azioni.elimina(riga, da=request.user),
        fatto=_("Tolto dal piano: il registro ricorda che cosa diceva."),
        dopo=dopo(request, None if riga == area else area, riga.piano),
        annulla=dopo(request, area),
        briciole=[*briciole_albero(riga.piano), (_("Togli"), "")],
    )


def _contenuto(riga: Any) -> list[str]:
    """What goes away with a row, counted."""
    if isinstance(riga, Misura):
        quanti = riga.target.count()
        return [ngettext("%(n)s target", "%(n)s target", quanti) % {"n": quanti}] if quanti else []
    if isinstance(riga, AreaStrategica):
        obiettivi = Obiettivo.objects.filter(area=riga)
    else:
        obiettivi = riga.descendants()
    misure = Misura.objects.filter(obiettivo__in=[*obiettivi, *_se_obiettivo(riga)]).count()
    quanti = len(obiettivi)
    frasi = [
        ngettext("%(n)s obiettivo", "%(n)s obiettivi", quanti) % {"n": quanti} if quanti else "",
        ngettext("%(n)s indicatore con i suoi target", "%(n)s indicatori con i loro target", misure)
        % {"n": misure}
        if misure
        else "",
    ]
    return [frase for frase in frasi if frase]


def _se_obiettivo(riga: Any) -> list[Obiettivo]:
    return [riga] if isinstance(riga, Obiettivo) else []


@require_POST
def muovi(request: HttpRequest, tipo: str, pk: int) -> HttpResponse:
    riga = _riga(request, tipo, pk)
    sposta(request, riga)
    return redirect(dopo(request, _area_di(riga)))
