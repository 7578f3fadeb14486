# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages that begin a POLA and write its phases."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lavoro_agile.azioni import pola as azioni
from lavoro_agile.forms.pola import FasiForm, PolaForm
from lavoro_agile.models import Pola
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from lavoro_agile.views.pola import QUI, pola_visibile
from piani.azioni.righe import perche_chiuso
from piani.forms import tenta
from piani.models import Piano
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta


@legge_e_scrive
def nuovo(request: Richiesta, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, azioni.PERMESSO, questa)
    anno = timezone.localdate().year
    form = PolaForm(
        inviato(request), azienda=questa, utente=request.user,
        initial={"anno_inizio": anno, "anno_fine": anno + 2},
    )  # fmt: skip
    fatti: list[Pola] = []
    if request.method == "POST" and tenta(
        form,
        lambda: fatti.append(azioni.comincia_pola(questa, da=request.user, **form.cleaned_data)),
    ):
        messages.success(
            request, _("POLA cominciato: scrivi le quattro parti e scegli gli indicatori.")
        )
        return redirect("pola_piano", fatti[0].piano.slug)
    contesto = di_azienda(
        questa, QUI, form=form, titolo=_("Comincia un POLA"),
        testo=_("Nasce in bozza, con le quattro parti della linea guida da scrivere e una fase "
                "per ogni anno."),
        invia=_("Comincia"), annulla=reverse("lavoro_agile_pola", args=[questa.codice]),
    )  # fmt: skip
    return render(request, "lavoro_agile/pola/modulo.html", contesto)


@require_POST
def apri(request: Richiesta, slug: str) -> HttpResponse:
    """The programme of a POLA that was begun from the plans, or that rolls on from another."""
    visibili = Piano.objects.visibili_a(request.user).select_related("azienda")
    piano = get_object_or_404(visibili, slug=slug, tipo=Piano.Tipo.POLA)
    try:
        azioni.apri_programma(piano, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("lavoro_agile_pola", piano.azienda.codice)
    messages.success(request, _("Programma aperto."))
    return redirect("pola_piano", slug)


@legge_e_scrive
def fasi(request: Richiesta, slug: str) -> HttpResponse:
    pola = pola_visibile(request, slug)
    if chiuso := se_chiuso(request, pola):
        return chiuso
    form = FasiForm(inviato(request), pola=pola, utente=request.user)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.scrivi_fasi(
            pola, fasi=form.fasi, sezione_di=form.cleaned_data["sezione_di"], da=request.user
        ),
    ):
        messages.success(request, _("Fasi salvate."))
        return redirect("pola_piano", slug)
    contesto = di_azienda(pola.azienda, QUI, form=form, pola=pola, piano=pola.piano)
    return render(request, "lavoro_agile/pola/fasi.html", contesto)


def se_chiuso(request: Richiesta, pola: Pola) -> HttpResponse | None:
    """403 for who does not keep the POLA; back to its page, with why, if it is no draft."""
    esigi(request.user, azioni.PERMESSO, pola)
    motivo = perche_chiuso(pola.piano)
    if not motivo:
        return None
    messages.error(request, motivo)
    return redirect("pola_piano", pola.piano.slug)
