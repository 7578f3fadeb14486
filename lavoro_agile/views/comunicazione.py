# SPDX-License-Identifier: AGPL-3.0-or-later
"""The communication of agreements to the Ministry: what is due, the sheets, what is done."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lavoro_agile.accordi import comunicazioni
from lavoro_agile.azioni.comunicazione import COMUNICA, comunica, comunica_fini
from lavoro_agile.calcolo.condizioni import entro_quando
from lavoro_agile.forms.accordi import ComunicazioneForm
from lavoro_agile.models import AccordoIndividuale
from lavoro_agile.views.accordi import QUI
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani import esporta
from piani.forms import tenta
from piani.models import Azienda
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

Accordi = QuerySet[AccordoIndividuale]


@legge_e_scrive
def comunicazione(request: Richiesta, azienda: str) -> HttpResponseBase:
    """That agreements began."""
    return _segna(request, azienda, comunica, "inizi")


@legge_e_scrive
def fini(request: Richiesta, azienda: str) -> HttpResponseBase:
    """That agreements ended before their time."""
    return _segna(request, azienda, comunica_fini, "fini")


def _segna(
    request: Richiesta, azienda: str, azione: Callable[..., int], quali: str
) -> HttpResponseBase:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, COMUNICA, questa)
    if esporta.chiesto(request):
        return comunicazione_csv(request, azienda, "da-comunicare")
    attesi = _attesi(questa)
    form = ComunicazioneForm(inviato(request), attesi=attesi[quali])
    if request.method == "POST" and tenta(
        form, lambda: azione(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Accordi segnati: il foglio di quel giorno è qui sotto."))
        return redirect("agile_comunicazione", questa.codice)
    contesto = di_azienda(
        questa, QUI,
        parti_da_segnare=[
            {"quali": uno, "form": mio, "righe": _righe(mio, uno, attesi[uno])}
            for uno in attesi
            for mio in [form if uno == quali else ComunicazioneForm(attesi=attesi[uno])]
        ],
        giorni=comunicazioni.giorni_comunicati(questa),
    )  # fmt: skip
    return render(request, "lavoro_agile/accordi/comunicazione.html", contesto)


def _attesi(azienda: Azienda) -> dict[str, Accordi]:
    return {
        "inizi": comunicazioni.da_comunicare(azienda),
        "fini": comunicazioni.fini_da_comunicare(azienda),
    }


def _righe(form: ComunicazioneForm, quali: str, accordi: Accordi) -> list[dict[str, Any]]:
    """The rows to tick, with the day by which each is due."""
    scelti = set(form["accordi"].data) if form.is_bound else None
    return [
        {
            "accordo": uno,
            "entro": entro_quando(uno.dal if quali == "inizi" else uno.cessa_il or uno.dal),
            "scelto": scelti is None or str(uno.pk) in scelti,
        }
        for uno in accordi
    ]


@require_safe
def comunicazione_csv(request: Richiesta, azienda: str, giorno: str) -> HttpResponseBase:
    """What was communicated on a day, or what is to be (``da-comunicare``)."""
    questa = azienda_visibile(request, azienda)
    if not request.user.has_perm(COMUNICA, questa):
        raise Http404
    if giorno == "da-comunicare":
        attesi = _attesi(questa)
        righe = comunicazioni.righe_csv(questa, attesi["inizi"], attesi["fini"])
    else:
        quel_giorno = _giorno(giorno)
        inizi = comunicazioni.comunicati(questa).filter(comunicato_il=quel_giorno)
        finiti = comunicazioni.fini_comunicate(questa, quel_giorno)
        righe = comunicazioni.righe_csv(questa, inizi.order_by("numero"), finiti.order_by("numero"))
    return esporta.tabella(
        request, f"accordi-{giorno}", _("Comunicazione degli accordi"), righe,
        personali=True, azienda=questa,
    )  # fmt: skip


def _giorno(detto: str) -> date:
    try:
        return date.fromisoformat(detto)
    except ValueError:
        raise Http404 from None
