# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan: its state, its scores, its tree; what is missing in it."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from obiettivi import fogli
from obiettivi.conoscenza import conosciuto
from obiettivi.filters import MisuraFilter, Scelto, etichetta_di
from obiettivi.forms import CalcolaForm
from obiettivi.models import Misura, Prospettiva, Raggiungimento, Relazione
from obiettivi.relazione.passaggi import SI_RENDICONTA
from obiettivi.views.albero import aree_di, costruisci, indirizzo_perche
from obiettivi.views.momento import giorno_di, momento
from obiettivi.voti import voto_di
from piani import esporta, verifiche
from piani.forms import PubblicaForm
from piani.models import Piano, Utente
from piani.passaggi import Passo, prossimo
from piani.testo import html_da_markdown
from piani.views.moduli import briciole_di

POCHI = 60
Livello = Raggiungimento.Livello


@require_safe
@vary_on_headers("HX-Request")
def piano(request: HttpRequest, slug: str) -> HttpResponseBase:
    questo = get_object_or_404(Piano.objects.visibili_a(request.user).per_elenco(), slug=slug)
    punteggi = _punteggi(questo)
    aree = aree_di(questo)
    filtro = MisuraFilter(
        request.GET,
        queryset=Misura.objects.filter(obiettivo__area__piano=questo),
        aree=[(area["codice"], f"{area['codice']} · {area['nome']}") for area in aree],
        punteggi=[_di_chi(riga) for riga in punteggi],
    )
    allora = _allora(request, questo, filtro)
    if esporta.chiesto(request):
        return _foglio(request, questo, filtro)
    albero = costruisci(
        questo,
        aree,
        filtro.qs,
        filtro.scelto,
        tutte=not filtro.attivo,
        noti=filtro.noti,
        al=str(allora["giorno"]) if allora else "",
    )
    contesto = {
        "allora": allora,
        "piano": questo,
        "filtro": filtro,
        "albero": albero,
        "colonne": len(albero.anni) + 3,
        "aperto": not albero.pigro and (filtro.attivo or albero.quante <= POCHI),
        "scelto": etichetta_di(*filtro.scelto) if filtro.scelto else "",
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "obiettivi/_albero.html", contesto)
    return render(
        request,
        "obiettivi/piano.html",
        contesto | _riassunto(questo, punteggi, filtro.scelto, request.user),
    )


def _foglio(request: HttpRequest, piano: Piano, filtro: MisuraFilter) -> HttpResponseBase:
    """The indicators that the page shows, with the scores that it shows."""
    scelto, noti = filtro.scelto, filtro.noti
    if noti is None and scelto is not None:
        noti = Raggiungimento.objects.filter(
            piano=piano, livello=Livello.INDICATORE, prospettiva=scelto[0], anno=scelto[1],
            frazione=scelto[2],
        )  # fmt: skip
    punteggi = {
        una.oggetto: una.punteggio for una in noti or () if una.livello == Livello.INDICATORE
    }
    misure = (
        filtro.qs.select_related("obiettivo__area", "obiettivo__responsabile", "indicatore")
        .prefetch_related("target")
        .order_by("obiettivo__area__tipo", "obiettivo__area__ordine", "obiettivo__ordine",
                  "obiettivo", "ordine", "pk")
    )  # fmt: skip
    foglio = fogli.albero(piano, punteggi, etichetta_di(*scelto) if scelto else "")
    return esporta.scarica(request, foglio, misure, di=piano.slug)


def _allora(request: HttpRequest, piano: Piano, filtro: MisuraFilter) -> dict[str, Any] | None:
    """What was known on the day asked for, if one is; the filter then looks at those scores."""
    al, giorno = momento(request), giorno_di(request)
    if al is None or giorno is None:
        return None
    noto = conosciuto(piano, filtro.scelto, al)
    filtro.noti = noto.righe if filtro.scelto else None
    del_piano = next((riga for riga in noto.righe if riga.livello == Livello.PIANO), None)
    return {
        "giorno": giorno,
        "frasi": noto.frasi,
        "documento": noto.documento,
        "voto": voto_di(del_piano) if del_piano else None,
        "perche": _perche(piano, del_piano, str(giorno)),
    }


@require_safe
def da_completare(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What is missing: what stops the next step of the plan, and what is only to be seen."""
    questo = get_object_or_404(Piano.objects.visibili_a(request.user).per_elenco(), slug=slug)
    passaggio = prossimo(questo)
    cancello = verifiche.cancello(questo, passaggio.passo if passaggio else Passo.PUBBLICAZIONE)
    if esporta.chiesto(request):
        righe = [(True, una) for una in cancello.bloccano]
        righe += [(False, una) for una in cancello.avvertono]
        return esporta.scarica(request, fogli.MANCANZE, righe, di=slug)
    contesto = {
        "piano": questo,
        "passaggio": passaggio,
        "cancello": cancello,
        "bloccano": verifiche.per_gruppo(cancello.bloccano),
        "avvertono": verifiche.per_gruppo(cancello.avvertono),
        "puo_modificare": request.user.has_perm("piani.modifica", questo),
        "briciole": [*briciole_di(questo), (_("Che cosa manca"), "")],
    }
    return render(request, "obiettivi/da_completare.html", contesto)


def _punteggi(piano: Piano) -> list[Raggiungimento]:
    """The plan's own scores: whole years before their parts, results before starting position,
    the latest year first.
    """
    righe = Raggiungimento.objects.filter(piano=piano, livello=Livello.PIANO)
    return sorted(
        righe,
        key=lambda riga: (
            riga.frazione != "",
            riga.prospettiva != Prospettiva.CONSUNTIVO,
            -riga.anno,
            riga.frazione,
        ),
    )


def _di_chi(riga: Raggiungimento) -> Scelto:
    return riga.prospettiva, riga.anno, riga.frazione


def _riassunto(
    piano: Piano, punteggi: list[Raggiungimento], scelto: Scelto | None, utente: Utente
) -> dict[str, Any]:
    """For each perspective the score looked at, otherwise the latest."""
    ultimi = {riga.prospettiva: riga for riga in punteggi if _di_chi(riga) == scelto}
    for riga in punteggi:
        ultimi.setdefault(riga.prospettiva, riga)
    sezioni = {s.tipo: s for s in piano.sezioni.filter(tipo__in=("missione", "mandato"))}
    missione = sezioni.get("missione") or sezioni.get("mandato")
    quadrature = list(piano.quadrature.all())
    return {
        "briciole": briciole_di(piano),
        "pareri": list(piano.pareri.all()),
        "documenti": list(piano.documenti.del_piano()),
        "relazioni": _relazioni(piano, utente),
        "missione": missione,
        "missione_html": html_da_markdown(missione.testo) if missione else "",
        "quadrature": quadrature,
        "storte": [quadratura for quadratura in quadrature if not quadratura.quadra],
        "calcoli_aperti": list(piano.calcoli.aperti()),
        "voti": [
            {
                "prospettiva": etichetta_di(*_di_chi(ultimi[prospettiva]))
                if prospettiva in ultimi
                else prospettiva.label,
                "voto": voto_di(ultimi[prospettiva]) if prospettiva in ultimi else None,
                "perche": _perche(piano, ultimi.get(prospettiva)),
            }
            for prospettiva in Prospettiva
        ],
        "calcola_form": CalcolaForm(piano=piano, initial={"prospettiva": Prospettiva.CONSUNTIVO}),
        "pubblica_form": PubblicaForm(),
    }


def _relazioni(piano: Piano, utente: Utente) -> list[tuple[int, Relazione | None]]:
    """The years of the plan that have begun, each with its Relazione if there is one."""
    if piano.stato not in SI_RENDICONTA:
        return []
    fatte = {una.anno: una for una in piano.relazioni.visibili_a(utente)}
    oggi = timezone.localdate().year
    return [(anno, fatte.get(anno)) for anno in piano.anni if anno <= oggi]


def _perche(piano: Piano, riga: Raggiungimento | None, al: str = "") -> str:
    if riga is None:
        return ""
    return indirizzo_perche(piano.slug, riga.livello, riga.oggetto, *_di_chi(riga), al)
