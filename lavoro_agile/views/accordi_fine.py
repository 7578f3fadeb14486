# SPDX-License-Identifier: AGPL-3.0-or-later
"""The withdrawal from an agreement, its PDF, the communication of agreements to the Ministry."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lavoro_agile.accordi.elenco import da_comunicare, righe_csv
from lavoro_agile.accordi.stampa import nome_del_file, rende_pdf
from lavoro_agile.azioni import accordo_fine as azioni
from lavoro_agile.azioni.accordo_controlli import COMUNICA, LEGGE_MOTIVI, comunica
from lavoro_agile.calcolo.condizioni import entro_quando
from lavoro_agile.forms.accordi import ComunicazioneForm, RecessoForm
from lavoro_agile.models import AccordoIndividuale, RecessoAccordo
from lavoro_agile.rules import puo_di_persona
from lavoro_agile.views.accordi import QUI, accordo_visibile, modulo
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani.forms import tenta
from piani.models import Azienda
from piani.questionari.foglio import risposta_csv
from piani.rules import esigi
from piani.stampa import StampaNonDisponibile
from piani.views.moduli import inviato, legge_e_scrive


@legge_e_scrive
def recesso(request: HttpRequest, pk: int) -> HttpResponse:
    questo = accordo_visibile(request, pk)
    parte = _di_chi_recede(request, questo)
    recede = azioni.recedi if parte == RecessoAccordo.Parte.PERSONA else azioni.recedi_per_azienda
    form = RecessoForm(inviato(request))
    if request.method == "POST" and tenta(
        form, lambda: recede(questo, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Recesso registrato: lo leggono le due parti."))
        return redirect("agile_accordo", pk)
    minima = azioni.decorrenza_minima(questo, parte, giustificato=False)
    testo = _("Con il preavviso l'accordo cessa dal %(giorno)s, o da un giorno dopo.") % {
        "giorno": f"{minima:%d/%m/%Y}"
    }
    return modulo(
        request, questo.azienda, form, testo=testo, invia=_("Recedi dall'accordo"),
        titolo=_("Recesso da «%(accordo)s»") % {"accordo": questo},
        annulla=reverse("agile_accordo", args=[pk]),
    )  # fmt: skip


def _di_chi_recede(request: HttpRequest, questo: AccordoIndividuale) -> RecessoAccordo.Parte:
    """For whom the person withdraws: for themselves, or, in the risorse umane, for the azienda."""
    if puo_di_persona(request.user, azioni.RECEDE, questo):
        return RecessoAccordo.Parte.PERSONA
    esigi(request.user, azioni.RECEDE_AZIENDA, questo)
    if not puo_di_persona(request.user, LEGGE_MOTIVI, questo):
        raise PermissionDenied(_("Per l'azienda recedono le risorse umane: scrivi a loro."))
    return RecessoAccordo.Parte.AZIENDA


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    questo = accordo_visibile(request, pk)
    try:
        contenuto = rende_pdf(questo).contenuto
    except StampaNonDisponibile as errore:
        messages.error(request, str(errore))
        return redirect("agile_accordo", pk)
    nome = nome_del_file(questo)
    return HttpResponse(
        contenuto,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nome}"'},
    )


@legge_e_scrive
def comunicazione(request: HttpRequest, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, COMUNICA, questa)
    form = ComunicazioneForm(inviato(request), azienda=questa)
    if request.method == "POST" and tenta(
        form, lambda: comunica(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Accordi segnati: il foglio di quel giorno è qui sotto."))
        return redirect("agile_comunicazione", questa.codice)
    scelti = set(form.data.getlist("accordi")) if form.is_bound else None
    contesto = di_azienda(
        questa, QUI,
        form=form,
        righe=[
            {
                "accordo": uno,
                "entro": entro_quando(uno.dal),
                "scelto": scelti is None or str(uno.pk) in scelti,
            }
            for uno in da_comunicare(questa)
        ],
        giorni=_comunicati(questa).dates("comunicato_il", "day", order="DESC"),
    )  # fmt: skip
    return render(request, "lavoro_agile/accordi/comunicazione.html", contesto)


@require_safe
def comunicazione_csv(request: HttpRequest, azienda: str, giorno: str) -> HttpResponse:
    """The agreements communicated on a day, or those to be (``da-comunicare``)."""
    questa = azienda_visibile(request, azienda)
    if not request.user.has_perm(COMUNICA, questa):
        raise Http404
    if giorno == "da-comunicare":
        accordi = da_comunicare(questa)
    else:
        accordi = _comunicati(questa).filter(comunicato_il=_giorno(giorno)).order_by("numero")
    return risposta_csv(righe_csv(questa, accordi), f"accordi-{giorno}")


def _comunicati(azienda: Azienda) -> QuerySet[AccordoIndividuale]:
    return AccordoIndividuale.objects.filter(
        edizione__azienda=azienda, comunicato_il__isnull=False
    ).select_related("persona")


def _giorno(detto: str) -> date:
    try:
        return date.fromisoformat(detto)
    except ValueError:
        raise Http404 from None
