# SPDX-License-Identifier: AGPL-3.0-or-later
"""The state of a plan: where it is, who brought it there, what stands before the next step."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import azioni, verifiche
from piani.forms import (
    AdottaForm,
    AttoForm,
    MotivoForm,
    ParereForm,
    PubblicaForm,
    RicevutaForm,
    ScorriForm,
    ValidaForm,
    tenta,
)
from piani.models import Evento, Parere, PareriDovuti, Piano, TermineAdozione
from piani.passaggi import ARRIVI, ORDINE, oltre, prossimo
from piani.registro import raccontati
from piani.rules import esigi

Stato = Piano.Stato
Azione = Callable[[], object]
ADOTTATI = set(Piano.ADOTTATI)
# In which states the page shows each form.
SI_VEDE = {
    "invia": {Stato.BOZZA},
    "valida": {Stato.IN_VALIDAZIONE},
    "bozza": {Stato.IN_VALIDAZIONE, Stato.VALIDATO},
    "parere": {Stato.VALIDATO},
    "adotta": {Stato.VALIDATO},
    "atto": ADOTTATI,
    "scorri": ADOTTATI,
    "portale": {Stato.PUBBLICATO},
}


@require_safe
def stato(request: HttpRequest, slug: str) -> HttpResponse:
    return pagina(request, piano_visibile(request, slug))


@require_POST
def invia(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    return fai(
        request, piano, "invia", forms.Form(request.POST),
        lambda: azioni.invia(piano, avvertenze_viste=viste(request), da=request.user),
        _("Piano inviato al Nucleo: finché non si esprime non si modifica."),
    )  # fmt: skip


@require_POST
def riporta_in_bozza(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    esigi(request.user, "piani.modifica", piano)
    form = MotivoForm(request.POST)
    return fai(
        request, piano, "bozza", form,
        lambda: azioni.riporta_in_bozza(piano, **form.cleaned_data, da=request.user),
        _("Il piano è di nuovo in bozza."),
    )  # fmt: skip


@require_POST
def valida(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    esigi(request.user, "piani.valida", piano)
    form = ValidaForm(request.POST)
    return fai(
        request, piano, "valida", form,
        lambda: azioni.valida(
            piano, **form.cleaned_data, avvertenze_viste=viste(request), da=request.user
        ),
        _("La tua valutazione è registrata."),
    )  # fmt: skip


@require_POST
def adotta(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    esigi(request.user, "piani.adotta", piano)
    form = AdottaForm(request.POST)
    return fai(
        request, piano, "adotta", form,
        lambda: azioni.adotta(
            piano, **form.cleaned_data, avvertenze_viste=viste(request), da=request.user
        ),
        _("Piano adottato."),
    )  # fmt: skip


@require_POST
def completa_atto(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    esigi(request.user, "piani.adotta", piano)
    form = AttoForm(request.POST, piano=piano)
    return fai(
        request, piano, "atto", form,
        lambda: azioni.completa_atto(piano, **form.cleaned_data, da=request.user),
        _("Atto completato."),
    )  # fmt: skip


@require_POST
def esprimi_parere(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    esigi(request.user, "piani.adotta", piano)
    form = ParereForm(request.POST)
    return fai(
        request, piano, "parere", form,
        lambda: azioni.esprimi_parere(piano, **form.cleaned_data, da=request.user),
        _("Parere registrato."),
    )  # fmt: skip


@require_POST
def togli_parere(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = Parere.objects.filter(piano__in=Piano.objects.visibili_a(request.user))
    parere = get_object_or_404(visibili.select_related("piano__azienda"), pk=pk)
    return fai(
        request, parere.piano, "", forms.Form(request.POST),
        lambda: azioni.togli_parere(parere, da=request.user),
        _("Parere tolto."),
    )  # fmt: skip


def viste(request: HttpRequest) -> str:
    """The mark of the warnings that the person ticked."""
    return request.POST.get("avvertenze", "")


def piano_visibile(request: HttpRequest, slug: str) -> Piano:
    return get_object_or_404(Piano.objects.visibili_a(request.user).per_elenco(), slug=slug)


def fai(
    request: HttpRequest, piano: Piano, nome: str, form: forms.Form, azione: Azione, fatto: str
) -> HttpResponse:
    """Do an action and go back to the page of the state, or show there why it was refused."""
    if tenta(form, azione):
        messages.success(request, fatto)
        return redirect("stato_piano", piano.slug)
    return rifiutato(request, piano, nome, form)


def rifiutato(request: HttpRequest, piano: Piano, nome: str, form: forms.Form) -> HttpResponse:
    """The page with the form as it was, and why; only why, if the plan has gone where it is not."""
    piano.refresh_from_db()
    if piano.stato in SI_VEDE.get(nome, ()):
        return pagina(request, piano, **{f"form_{nome}": form})
    for errori in form.errors.values():
        for errore in errori:
            messages.error(request, errore)
    return redirect("stato_piano", piano.slug)


def pagina(request: HttpRequest, piano: Piano, **rifiutati: forms.Form) -> HttpResponse:
    """The page of the state, with the forms that were refused in place of the new ones."""
    passaggio = prossimo(piano)
    cancello = verifiche.cancello(piano, passaggio.passo) if passaggio else verifiche.Cancello()
    eventi = list(_eventi(piano))
    termine = TermineAdozione.objects.per(piano)
    contesto = {
        "piano": piano,
        "tappe": _tappe(piano, eventi),
        "eventi": raccontati(reversed(eventi)),
        "passaggio": passaggio,
        "puo": passaggio is not None and request.user.has_perm(passaggio.permesso, piano),
        "cancello": cancello,
        "bloccano": verifiche.per_gruppo(cancello.bloccano),
        "avvertono": verifiche.per_gruppo(cancello.avvertono),
        "termine": termine,
        "scadenza": termine.nel(piano.anno_inizio) if termine else None,
        "pareri": list(piano.pareri.select_related("registrato_da")),
        "dovuti": PareriDovuti.objects.per(piano),
        "validazioni": list(piano.validazioni.select_related("da")),
        "ricevute": list(piano.ricevute_portale.select_related("registrata_da")),
        "scorrimenti": list(piano.scorrimenti.all()),
        "adottato": oltre(piano, Stato.ADOTTATO),
        "documenti": list(piano.documenti.pubblicati().correnti()),
        "briciole": [
            (_("Piani"), "/piani/"),
            (piano.titolo, piano.get_absolute_url()),
            (_("Stato"), ""),
        ],
    }
    return render(request, "piani/stato.html", contesto | _moduli(piano) | rifiutati)


def _moduli(piano: Piano) -> dict[str, forms.Form]:
    titolo = piano.titolo
    for anno in reversed(piano.anni):
        titolo = titolo.replace(str(anno), str(anno + 1))
    return {
        "form_valida": ValidaForm(),
        "form_bozza": MotivoForm(),
        "form_parere": ParereForm(),
        "form_adotta": AdottaForm(initial={"atto_organo": piano.azienda.vertice}),
        "form_atto": AttoForm(piano=piano),
        "form_pubblica": PubblicaForm(),
        "form_portale": RicevutaForm(),
        "form_scorri": ScorriForm(initial={"anno_inizio": piano.anno_inizio + 1, "titolo": titolo}),
    }


def _eventi(piano: Piano) -> QuerySet[Evento]:
    """What was done of the plan as a whole, the first thing first."""
    suoi = (
        Q(tipo__startswith="piano.")
        | Q(tipo__startswith="parere.")
        | Q(tipo__startswith="documento.")
        | Q(tipo="edizione.congelata")
    )
    tutti = Evento.objects.che_riguardano(piano).filter(suoi)
    return tutti.select_related("da", "per_conto_di").order_by("quando", "pk")


def _tappe(piano: Piano, eventi: list[Evento]) -> list[dict[str, Any]]:
    """The states in order; those behind with who brought the plan there last, and when.

    Of a draft left behind, who began it.
    """
    arrivi = [evento for evento in eventi if evento.tipo in ARRIVI and _di(piano, evento)]
    arrivo = {ARRIVI[evento.tipo]: evento for evento in arrivi}
    qui = ORDINE.index(piano.stato)
    if arrivi and qui > 0 and ARRIVI[arrivi[0].tipo] == Stato.BOZZA:
        arrivo[Stato.BOZZA] = arrivi[0]
    return [
        {
            "nome": nome,
            "fatta": posto < qui,
            "adesso": posto == qui,
            "evento": arrivo.get(Stato(codice)) if posto <= qui else None,
        }
        for posto, (codice, nome) in enumerate(Stato.choices)
        if codice != Stato.SUPERATO or posto == qui
    ]


def _di(piano: Piano, evento: Evento) -> bool:
    """The event is of this plan, not of the one that rolls on from it."""
    return evento.oggetto == f"piani.piano:{piano.pk}"
