# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages that write a draft have in common: one form, one question, one way back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from piani import azioni
from piani.azioni.righe import perche_chiuso
from piani.forms import tenta
from piani.models import Piano
from piani.rules import esigi

PERMESSO = "piani.modifica"
legge_e_scrive = require_http_methods(["GET", "HEAD", "POST"])


def inviato(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form that is shown empty otherwise."""
    return request.POST if request.method == "POST" else None


def se_chiuso(request: HttpRequest, piano: Piano) -> HttpResponse | None:
    """403 for who does not fill in the plan; back to its state, with why, if it is no draft."""
    esigi(request.user, PERMESSO, piano)
    motivo = perche_chiuso(piano)
    if not motivo:
        return None
    messages.error(request, motivo)
    return redirect("stato_piano", piano.slug)


def briciole_di(piano: Piano) -> list[tuple[str, Any]]:
    """Where a plan is found."""
    return [(_("Piani"), reverse("piani")), (piano.titolo, piano.get_absolute_url())]


def modulo(request: HttpRequest, form: forms.BaseForm, **contesto: Any) -> HttpResponse:
    """A page with one form: ``titolo``, ``sopratitolo``, ``invia``, ``annulla``, ``briciole``."""
    return render(request, "piani/modulo.html", {"form": form, **contesto})


def conferma(
    request: HttpRequest, *, azione: Callable[[], object], fatto: str, dopo: str, **contesto: Any
) -> HttpResponse:
    """A page that names what will change (``titolo``, ``domanda``), and does it when told so."""
    form = forms.Form(inviato(request))
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, fatto)
        return redirect(dopo)
    return render(request, "piani/conferma.html", {"form": form, **contesto})


def scrivi_riga(form: Any, request: HttpRequest) -> None:
    """Write what the form of a row says: the row as it is then, or a new one."""
    riga, valori = form.instance, form.valori
    if riga.pk:
        azioni.modifica(riga, valori, visto=form.mostrata, da=request.user)
        return
    molti = {c: v for c, v in valori.items() if riga._meta.get_field(c).many_to_many}
    for campo in valori.keys() - molti.keys():
        setattr(riga, campo, valori[campo])
    azioni.aggiungi(riga, molti=molti, da=request.user)


def sposta(request: HttpRequest, riga: Any) -> None:
    """Move a row up or down, as the pressed button says."""
    verso = -1 if request.POST.get("verso") == "su" else 1
    try:
        azioni.sposta(riga, verso=verso, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
