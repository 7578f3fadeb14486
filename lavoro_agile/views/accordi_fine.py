# SPDX-License-Identifier: AGPL-3.0-or-later
"""The withdrawal from an agreement, its PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lavoro_agile.accordi.contenuto import solo_giustificato
from lavoro_agile.accordi.stampa import nome_del_file, rende_pdf
from lavoro_agile.azioni import accordo_fine as azioni
from lavoro_agile.azioni.accordo_controlli import LEGGE_MOTIVI
from lavoro_agile.forms.accordi import RecessoForm
from lavoro_agile.models import AccordoIndividuale, RecessoAccordo
from lavoro_agile.rules import puo_di_persona
from lavoro_agile.views.accordi import accordo_visibile, modulo
from piani.forms import tenta
from piani.rules import esigi
from piani.stampa import StampaNonDisponibile
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta


@legge_e_scrive
def recesso(request: Richiesta, pk: int) -> HttpResponse:
    questo = accordo_visibile(request, pk)
    parte = _di_chi_recede(request, questo)
    recede = azioni.recedi if parte == RecessoAccordo.Parte.PERSONA else azioni.recedi_per_azienda
    form = RecessoForm(inviato(request))
    if request.method == "POST" and tenta(
        form, lambda: recede(questo, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Recesso registrato: lo leggono le due parti."))
        return redirect("agile_accordo", pk)
    return modulo(
        request, questo.azienda, form, testo=_quando(questo, parte), invia=_("Recedi dall'accordo"),
        titolo=_("Recesso da «%(accordo)s»") % {"accordo": questo},
        annulla=reverse("agile_accordo", args=[pk]),
    )  # fmt: skip


def _quando(questo: AccordoIndividuale, parte: RecessoAccordo.Parte) -> str:
    """From when the agreement may cease, as the law and the rules say."""
    if solo_giustificato(questo):
        return _("L'accordo è a termine: prima del %(giorno)s si recede solo per giustificato "
                 "motivo, e cessa da oggi o da un giorno dopo (art. 19 c. 2 L. 81/2017).") % {
            "giorno": f"{questo.al:%d/%m/%Y}"
        }  # fmt: skip
    minima = azioni.decorrenza_minima(questo, parte, giustificato=False)
    return _("Con il preavviso l'accordo cessa dal %(giorno)s, o da un giorno dopo; per "
             "giustificato motivo anche da oggi (art. 19 c. 2 L. 81/2017).") % {
        "giorno": f"{minima:%d/%m/%Y}"
    }  # fmt: skip


def _di_chi_recede(request: Richiesta, questo: AccordoIndividuale) -> RecessoAccordo.Parte:
    """For whom the person withdraws: for themselves, or, in the risorse umane, for the azienda."""
    if puo_di_persona(request.user, azioni.RECEDE, questo):
        return RecessoAccordo.Parte.PERSONA
    esigi(request.user, azioni.RECEDE_AZIENDA, questo)
    if not puo_di_persona(request.user, LEGGE_MOTIVI, questo):
        raise PermissionDenied(_("Per l'azienda recedono le risorse umane: scrivi a loro."))
    return RecessoAccordo.Parte.AZIENDA


@require_safe
def pdf(request: Richiesta, pk: int) -> HttpResponse:
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
