# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures: how many are authorised, over whom, beside what the law asks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lavoro_agile.azioni import questionario as azioni_questionario
from lavoro_agile.azioni import rilevazione as azioni
from lavoro_agile.cifre.autorizzati import (
    grafico_quote,
    grafico_unita,
    prospetti,
    prospetto,
    quote_csv,
    righe_csv,
)
from lavoro_agile.cifre.giornate import anni_con_giornate
from lavoro_agile.cifre.motivi import conteggi_motivi
from lavoro_agile.cifre.proposte import valori_proposti
from lavoro_agile.cifre.soglie import soglie_il, tutte
from lavoro_agile.forms.cifre import QuestionarioAgileForm, RilevazioneForm
from lavoro_agile.models import BandoLavoroAgile, QuestionarioAgile, RilevazioneAgile
from lavoro_agile.rules import puo_di_persona
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani import esporta
from piani.forms import tenta
from piani.models import Azienda
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

QUI = "cifre"
DIPINTE = 8
"""Counts drawn together: the last ones."""


@require_safe
def casa(request: Richiesta, azienda: str) -> HttpResponseBase:
    questa = azienda_visibile(request, azienda)
    legge_tutto = vede_i_piccoli(request, questa)
    rilevazioni = RilevazioneAgile.objects.visibili_a(request.user).filter(azienda=questa)
    if esporta.chiesto(request):
        righe = quote_csv(prospetti(list(rilevazioni)))
        nome = f"lavoro-agile-{questa.codice}"
        return esporta.tabella(request, nome, _("Quote del lavoro agile"), righe)
    quadri = prospetti(list(rilevazioni), intere=legge_tutto)
    ultimo = quadri[0] if quadri else None
    questionari = QuestionarioAgile.objects.visibili_a(request.user)
    contesto = di_azienda(
        questa, QUI,
        quadri=quadri,
        ultimo=ultimo,
        soglie=soglie_il(questa, ultimo.rilevazione.giorno, ultimo.quota) if ultimo else [],
        leggi=tutte(),
        disegno=grafico_quote(quadri[:DIPINTE][::-1]) if quadri else "",
        bandi=_bandi(request, questa),
        anni=anni_con_giornate(questa, request.user),
        questionari=questionari.filter(edizione__azienda=questa).select_related("questionario"),
        rileva=request.user.has_perm(azioni.PERMESSO, questa),
    )  # fmt: skip
    return render(request, "lavoro_agile/cifre/casa.html", contesto)


@require_safe
def rilevazione(request: Richiesta, pk: int) -> HttpResponseBase:
    if esporta.chiesto(request):
        return rilevazione_csv(request, pk)
    questa = _rilevazione(request, pk)
    quadro = prospetto(questa, intera=vede_i_piccoli(request, questa.azienda))
    contesto = di_azienda(
        questa.azienda, QUI,
        quadro=quadro,
        soglie=soglie_il(questa.azienda, questa.giorno, quadro.quota),
        disegno=grafico_unita(quadro) if quadro.righe else "",
        rileva=request.user.has_perm(azioni.PERMESSO, questa),
    )  # fmt: skip
    return render(request, "lavoro_agile/cifre/rilevazione.html", contesto)


@require_safe
def rilevazione_csv(request: Richiesta, pk: int) -> HttpResponseBase:
    """A file leaves the program: small groups are silent in it for everybody."""
    questa = _rilevazione(request, pk)
    nome = f"lavoro-agile-{questa.giorno:%Y-%m-%d}"
    righe = righe_csv(prospetto(questa))
    return esporta.tabella(request, nome, _("Autorizzati al lavoro agile"), righe)


@legge_e_scrive
def rileva(request: Richiesta, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, azioni.PERMESSO, questa)
    form = RilevazioneForm(inviato(request), initial=valori_proposti(questa))
    fatte: list[RilevazioneAgile] = []
    if request.method == "POST" and tenta(
        form, lambda: fatte.append(azioni.rileva(questa, da=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Contati gli accordi in vigore quel giorno."))
        return redirect("cifre_rilevazione", fatte[0].pk)
    testo = _("Si contano gli accordi in vigore quel giorno, per unità e genere.")
    return modulo(request, questa, form, _("Nuova rilevazione"), testo, _("Conta"))


@require_POST
def rilevazione_togli(request: Richiesta, pk: int) -> HttpResponse:
    questa = _rilevazione(request, pk)
    azioni.togli(questa, da=request.user)
    messages.success(request, _("Rilevazione tolta."))
    return redirect("lavoro_agile_cifre", questa.azienda.codice)


@legge_e_scrive
def questionario_nuovo(request: Richiesta, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, azioni_questionario.PERMESSO, questa)
    form = QuestionarioAgileForm(inviato(request), azienda=questa)
    fatti: list[QuestionarioAgile] = []
    if request.method == "POST" and tenta(
        form,
        lambda: fatti.append(azioni_questionario.prepara(da=request.user, **form.cleaned_data)),
    ):
        messages.success(request, _("Bozza pronta: rivedi le domande, poi apri il questionario."))
        return redirect("questionario", fatti[0].questionario_id)
    testo = _("Anonimo, con le domande proposte per chi risponde: si cambiano finché è una bozza.")
    return modulo(request, questa, form, _("Nuovo questionario"), testo, _("Prepara"))


def vede_i_piccoli(request: Richiesta, azienda: Azienda) -> bool:
    """Whether the person reads the small groups too: the risorse umane, in person."""
    return puo_di_persona(request.user, "lavoro_agile.rileva_cifre", azienda)


def modulo(
    request: Richiesta, azienda: Azienda, form: Any, titolo: str, testo: str, invia: str
) -> HttpResponse:
    contesto = di_azienda(azienda, QUI, form=form, titolo=titolo, testo=testo, invia=invia)
    contesto["annulla"] = reverse("lavoro_agile_cifre", args=[azienda.codice])
    return render(request, "lavoro_agile/cifre/modulo.html", contesto)


def _bandi(request: Richiesta, azienda: Azienda) -> list[dict[str, Any]]:
    """The reasons of the last call, counted; for who reads of the whole azienda."""
    if not request.user.has_perm("lavoro_agile.consulta", azienda):
        return []
    bandi = BandoLavoroAgile.objects.visibili_a(request.user).filter(edizione__azienda=azienda)
    ultimi = bandi.exclude(stato="bozza").select_related("edizione").order_by("-apre_il")[:1]
    intero = vede_i_piccoli(request, azienda)
    return [{"bando": uno, "motivi": conteggi_motivi(uno, intero=intero)} for uno in ultimi]


def _rilevazione(request: Richiesta, pk: int) -> RilevazioneAgile:
    visibili = RilevazioneAgile.objects.visibili_a(request.user).select_related("azienda")
    return get_object_or_404(visibili, pk=pk)
