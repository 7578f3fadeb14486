# SPDX-License-Identifier: AGPL-3.0-or-later
"""A call: its page with the requests that one sees, its writing, its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lavoro_agile import fogli
from lavoro_agile.azioni import bando as azioni
from lavoro_agile.azioni.ammissione import PERMESSO as AMMETTE
from lavoro_agile.azioni.bando import PERMESSO
from lavoro_agile.azioni.domanda import CHIEDE
from lavoro_agile.domande.graduatoria import con_liberi
from lavoro_agile.forms.bando import BandoForm, RiapriForm, TrancheForm
from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile, EdizioneLavoroAgile
from lavoro_agile.rules import puo_di_persona
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani import esporta
from piani.forms import MotivoForm, tenta
from piani.rules import esigi
from piani.testo import html_da_markdown
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

QUI = "domande"
PER_PAGINA = 50
Stato = BandoLavoroAgile.Stato


@require_safe
def bando(request: Richiesta, pk: int) -> HttpResponseBase:
    questo = bando_visibile(request, pk)
    domande = DomandaLavoroAgile.objects.visibili_a(request.user).filter(bando=questo)
    mie = domande.filter(persona=request.user.pk).exclude(stato="ritirata")
    scelto = request.GET.get("stato", "")
    if scelto in DomandaLavoroAgile.Stato.values:
        domande = domande.filter(stato=scelto)
    domande = domande.select_related("persona", "unita", "tranche").order_by("numero")
    if esporta.chiesto(request):
        return esporta.scarica(
            request, fogli.DOMANDE, domande, azienda=questo.azienda, di=questo.pk
        )
    pagina = Paginator(domande, PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = di_bando(
        questo,
        html=html_da_markdown(questo.testo),
        tranche=con_liberi(questo),
        pagina=pagina,
        stati=DomandaLavoroAgile.Stato.choices,
        scelto=scelto,
        mia=mie.first(),
        bandisce=request.user.has_perm(PERMESSO, questo),
        ammette=request.user.has_perm(AMMETTE, questo),
        legge_cifre=request.user.has_perm("lavoro_agile.consulta", questo),
        puo_chiedere=questo.aperto and puo_di_persona(request.user, CHIEDE, questo),
    )
    return render(request, "lavoro_agile/domande/bando.html", contesto)


@legge_e_scrive
def nuovo(request: Richiesta, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, PERMESSO, questa)
    edizione = EdizioneLavoroAgile.objects.filter(azienda=questa).in_vigore().first()
    if edizione is None:
        messages.error(request, _("Nessun regolamento in vigore: prima mettine in vigore uno."))
        return redirect("lavoro_agile_azienda", questa.codice)
    form = BandoForm(inviato(request))
    creati: list[BandoLavoroAgile] = []
    if request.method == "POST" and tenta(
        form,
        lambda: creati.append(azioni.crea_bando(edizione, da=request.user, **form.cleaned_data)),
    ):
        messages.success(request, _("Bozza scritta, con le tranche del regolamento."))
        return redirect("agile_bando", creati[0].pk)
    contesto = di_azienda(
        questa, QUI,
        form=form,
        titolo=_("Nuovo bando"),
        testo=_("Nasce in bozza: lo vedono le risorse umane finché non lo pubblicano."),
        invia=_("Salva la bozza"),
        annulla=reverse("lavoro_agile_domande", args=[questa.codice]),
    )  # fmt: skip
    return render(request, "lavoro_agile/domande/modulo.html", contesto)


@legge_e_scrive
def modifica(request: Richiesta, pk: int) -> HttpResponse:
    questo = _di_chi_bandisce(request, pk)
    form = BandoForm(inviato(request), initial=BandoForm.iniziali(questo))
    return _modulo(
        request, questo, form,
        lambda: azioni.modifica_bando(questo, da=request.user, **form.cleaned_data),
        titolo=_("Modifica la bozza"), invia=_("Salva la bozza"), fatto=_("Bozza salvata."),
    )  # fmt: skip


@legge_e_scrive
def tranche(request: Richiesta, pk: int) -> HttpResponse:
    questo = _di_chi_bandisce(request, pk)
    form = TrancheForm(inviato(request), initial=TrancheForm.iniziali(questo))
    return _modulo(
        request, questo, form,
        lambda: azioni.scrivi_tranche(questo, da=request.user, **form.cleaned_data),
        titolo=_("Tranche di ammissione"), invia=_("Salva le tranche"),
        fatto=_("Tranche salvate."),
    )  # fmt: skip


@legge_e_scrive
def riapri(request: Richiesta, pk: int) -> HttpResponse:
    questo = _di_chi_bandisce(request, pk)
    form = RiapriForm(inviato(request))
    return _modulo(
        request, questo, form,
        lambda: azioni.riapri_bando(questo, da=request.user, **form.cleaned_data),
        titolo=_("Riapri i termini"), invia=_("Riapri"), fatto=_("Il bando prende altre domande."),
    )  # fmt: skip


@legge_e_scrive
def annulla(request: Richiesta, pk: int) -> HttpResponse:
    questo = _di_chi_bandisce(request, pk)
    form = MotivoForm(inviato(request))
    return _modulo(
        request, questo, form,
        lambda: azioni.annulla_bando(questo, da=request.user, **form.cleaned_data),
        titolo=_("Annulla il bando"), invia=_("Annulla il bando"), fatto=_("Bando annullato."),
    )  # fmt: skip


@require_POST
def pubblica(request: Richiesta, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    detto = _("Pubblicato: chi lavora nell'azienda lo legge.")
    fai(request, lambda: azioni.pubblica_bando(questo, da=request.user), detto)
    return redirect("agile_bando", pk)


@require_POST
def concludi(request: Richiesta, pk: int) -> HttpResponse:
    questo = bando_visibile(request, pk)
    detto = _("Bando concluso: pareri e ammissioni proseguono.")
    fai(request, lambda: azioni.concludi_bando(questo, da=request.user), detto)
    return redirect("agile_bando", pk)


def bando_visibile(request: Richiesta, pk: int) -> BandoLavoroAgile:
    """The call among those that the person sees, or 404."""
    visibili = BandoLavoroAgile.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("edizione__azienda"), pk=pk)


def di_bando(questo: BandoLavoroAgile, **altro: Any) -> dict[str, Any]:
    """What every page of a call shows."""
    return di_azienda(questo.azienda, QUI, bando=questo, **altro)


def fai(request: Richiesta, azione: Callable[[], object], detto: str) -> bool:
    """Take a step that has no form: what came of it is said on the next page."""
    try:
        azione()
    except ValidationError as errore:
        for frase in errore.messages:
            messages.error(request, frase)
        return False
    messages.success(request, detto)
    return True


def _di_chi_bandisce(request: Richiesta, pk: int) -> BandoLavoroAgile:
    questo = bando_visibile(request, pk)
    esigi(request.user, PERMESSO, questo)
    return questo


def _modulo(
    request: Richiesta, questo: BandoLavoroAgile, form: Any, azione: Callable[[], object], *,
    titolo: str, invia: str, fatto: str,
) -> HttpResponse:  # fmt: skip
    """A page with one form on a call."""
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, fatto)
        return redirect("agile_bando", questo.pk)
    contesto = di_bando(
        questo, form=form, titolo=titolo, testo=str(questo), invia=invia,
        annulla=reverse("agile_bando", args=[questo.pk]),
    )  # fmt: skip
    return render(request, "lavoro_agile/domande/modulo.html", contesto)
