# SPDX-License-Identifier: AGPL-3.0-or-later
"""An objective with what measures it; an indicator with its targets, results and trend."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni, fogli
from obiettivi.azioni.rilevazione import Rilevata
from obiettivi.calcolo.arrotondamento import numero
from obiettivi.filters import etichetta_di
from obiettivi.forms import RilevaForm
from obiettivi.models import (
    Indicatore,
    Misura,
    Obiettivo,
    Raggiungimento,
    Rilevazione,
    SchedaBudget,
    Target,
)
from obiettivi.views.albero import indirizzo_perche
from obiettivi.views.andamento import andamento
from obiettivi.views.esiti import avvisa_dei_piani
from obiettivi.views.lettura import in_parole
from obiettivi.views.momento import AlForm, giorno_di, momento
from obiettivi.voti import voto_di
from piani import esporta
from piani.forms import accanto_ai_campi
from piani.models import Piano
from piani.rules import esigi
from piani.views.moduli import briciole_di

Livello = Raggiungimento.Livello


@require_safe
def obiettivo(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = Obiettivo.objects.visibili_a(request.user).select_related(
        "area__piano__azienda", "responsabile", "parent"
    )
    questo = get_object_or_404(visibili, pk=pk)
    piano = questo.area.piano
    misure = list(questo.misure.select_related("indicatore").prefetch_related("target"))
    contesto = {
        "obiettivo": questo,
        "piano": piano,
        "contributrici": list(questo.contributrici.all()),
        "figli": list(questo.children.all()),
        "voti": _voti(Livello.OBIETTIVO, {questo.pk: piano}).get(questo.pk, []),
        "misure": _con_voti(misure, {misura.pk: piano for misura in misure}),
        "briciole": [
            *briciole_di(piano),
            (_("Obiettivo %(codice)s") % {"codice": questo.codice}, ""),
        ],
    }
    return render(request, "obiettivi/obiettivo.html", contesto)


@require_safe
def indicatore(request: HttpRequest, azienda: str, codice: str) -> HttpResponseBase:
    questo = visibile(request, azienda, codice)
    quest_anno = {"anno": timezone.localdate().year}
    return _pagina(request, questo, RilevaForm(indicatore=questo, initial=quest_anno))


@require_POST
def rileva(request: HttpRequest, azienda: str, codice: str) -> HttpResponseBase:
    questo = visibile(request, azienda, codice)
    form = RilevaForm(request.POST, indicatore=questo)
    esigi(request.user, "obiettivi.rileva", questo)
    if form.is_valid():
        try:
            esito = azioni.rileva(questo, **form.cleaned_data, da=request.user)
        except ValidationError as errore:
            accanto_ai_campi(form, errore)
        else:
            _racconta(request, esito)
            return redirect(questo)
    return _pagina(request, questo, form)


def _racconta(request: HttpRequest, esito: Rilevata) -> None:
    if not esito.cambiata:
        messages.info(request, _("Il risultato era già questo: non è cambiato niente."))
        return
    messages.success(
        request,
        ngettext(
            "Risultato registrato: %(n)s punteggio è cambiato.",
            "Risultato registrato: %(n)s punteggi sono cambiati.",
            esito.punteggi,
        )
        % {"n": esito.punteggi},
    )
    avvisa_dei_piani(request, esito)


def visibile(request: HttpRequest, azienda: str, codice: str) -> Indicatore:
    """An indicator that the person may see, or 404."""
    visibili = Indicatore.objects.visibili_a(request.user).select_related(
        "azienda", "fonte", "rilevatore"
    )
    return get_object_or_404(visibili, azienda__codice=azienda, codice=codice)


def _pagina(request: HttpRequest, questo: Indicatore, form: RilevaForm) -> HttpResponseBase:
    misure = list(_misure_di(questo, request))
    al = momento(request)
    note = questo.rilevazioni.conosciute_al(al) if al else questo.rilevazioni.correnti()
    # The results of a CdR are for who sees its scheda.
    schede = SchedaBudget.objects.visibili_a(request.user).filter(unita__isnull=False)
    note = note.filter(Q(unita__isnull=True) | Q(unita__in=schede.values("unita")))
    note = note.select_related("unita", "indicatore").order_by("anno", "frazione", "sede")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.RISULTATI, note, di=questo.codice)
    rilevazioni = list(note)
    contesto = {
        "rileva_form": form,
        "al": AlForm(request.GET if request.GET.get("al") else None),
        "giorno": giorno_di(request),
        "indicatore": questo,
        "misure": _con_voti(misure, {m.pk: m.obiettivo.area.piano for m in misure}),
        "rilevazioni": [_riga_rilevazione(questo, una) for una in rilevazioni],
        "riferimenti": list(questo.riferimenti.all()),
        "andamento": andamento(questo, misure[0] if misure else None, rilevazioni),
        "briciole": _briciole(questo, misure),
    }
    return render(request, "obiettivi/indicatore.html", contesto)


@require_POST
def conferma_lettura(request: HttpRequest, pk: int) -> HttpResponse:
    target = get_object_or_404(
        Target.objects.visibili_a(request.user).select_related(
            "misura__obiettivo__area__piano__azienda", "misura__indicatore__azienda"
        ),
        pk=pk,
    )
    try:
        azioni.conferma_lettura(target, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(
            request, _("Lettura di «%(testo)s» confermata.") % {"testo": target.stampato}
        )
    return redirect(target.misura.indicatore)


def _misure_di(indicatore: Indicatore, request: HttpRequest) -> QuerySet[Misura]:
    return (
        Misura.objects.visibili_a(request.user)
        .filter(indicatore=indicatore)
        .select_related("obiettivo__area__piano__azienda", "indicatore__azienda")
        .prefetch_related(Prefetch("target", Target.objects.select_related("confermato_da")))
        .order_by("-obiettivo__area__piano__anno_inizio", "pk")
    )


def _briciole(indicatore: Indicatore, misure: list[Misura]) -> list[tuple[str, Any]]:
    qui = (_("Indicatore %(codice)s") % {"codice": indicatore.codice}, "")
    if not misure:
        return [(_("Piani"), "/piani/"), qui]
    return [*briciole_di(misure[0].obiettivo.area.piano), qui]


def _con_voti(misure: list[Misura], piani: dict[int, Piano]) -> list[dict[str, Any]]:
    voti = _voti(Livello.INDICATORE, piani)
    return [
        {
            "misura": misura,
            "piano": piani[misura.pk],
            "voti": voti.get(misura.pk, []),
            "target": [
                {"riga": target, "letto": target.letto, "parole": in_parole(target.letto)}
                for target in misura.target.all()
            ],
            "base": in_parole(misura.base) if misura.base else None,
        }
        for misura in misure
    ]


def _voti(livello: str, piani: dict[int, Piano]) -> dict[int, list[dict[str, Any]]]:
    """The scores of each object, by perspective and year, in one query."""
    righe = Raggiungimento.objects.filter(
        piano__in=list(piani.values()), livello=livello, oggetto__in=piani
    ).order_by("prospettiva", "anno", "frazione")
    voti: dict[int, list[dict[str, Any]]] = {}
    for riga in righe:
        slug = piani[riga.oggetto].slug
        voti.setdefault(riga.oggetto, []).append(
            {
                "etichetta": etichetta_di(riga.prospettiva, riga.anno, riga.frazione),
                "voto": voto_di(riga),
                "perche": indirizzo_perche(
                    slug, livello, riga.oggetto, riga.prospettiva, riga.anno, riga.frazione
                ),
            }
        )
    return voti


def _riga_rilevazione(indicatore: Indicatore, una: Rilevazione) -> dict[str, Any]:
    return {
        "periodo": f"{una.anno} {una.get_frazione_display() if una.frazione else ''}".strip(),
        "dove": una.sede or (una.unita.nome if una.unita else _("Tutta l'azienda")),
        "valore": _valore_mostrato(indicatore, una),
        "calcolo": _da_dove_viene(una),
        "testo": una.testo,
        "origine": una.origine,
        "dimostrativa": una.dimostrativa,
        "provvisoria": una.provvisoria,
    }


def _valore_mostrato(indicatore: Indicatore, una: Rilevazione) -> str:
    if una.stato != Rilevazione.Stato.NUMERO:
        return una.get_stato_display()
    valore = una.cifra
    if valore is not None:
        return f"{numero(valore, indicatore.decimali)} {indicatore.unita}".strip()
    if una.denominatore == 0:
        return _("Non calcolabile: denominatore zero")
    if una.avanzamento is not None:
        return _("Avanzamento %(quanto)s%%") % {"quanto": numero(una.avanzamento)}
    if una.data is not None:
        return f"{una.data:%d/%m/%Y}"
    return una.testo or "–"


def _da_dove_viene(una: Rilevazione) -> str:
    if una.numeratore is None or una.denominatore is None:
        return ""
    return f"{numero(Decimal(una.numeratore))} / {numero(Decimal(una.denominatore))}"
