# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of the network have in common."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from conciliazione.models import EdizioneConciliazione
from conciliazione.views.edizioni import di_edizione
from piani.forms import tenta

QUI = "rete"
Briciola = tuple[str, str]


def pagina(
    request: HttpRequest, edizione: EdizioneConciliazione, modello: str, *briciole: Briciola,
    **contesto: Any,
) -> HttpResponse:  # fmt: skip
    """A page of the network of an edition; ``briciole`` are the steps below its home."""
    strada = [
        (_("Conciliazione"), reverse("conciliazione")),
        (edizione.nome, edizione.get_absolute_url()),
        (_("Rete"), reverse("conciliazione_rete", args=[edizione.slug]) if briciole else ""),
        *briciole,
    ]
    di = di_edizione(edizione, QUI, briciole=strada, **contesto)
    return render(request, f"conciliazione/rete/{modello}.html", di)


def modulo(
    request: HttpRequest,
    edizione: EdizioneConciliazione,
    form: forms.BaseForm,
    *briciole: Briciola,
    azione: Callable[[], object],
    fatto: str,
    dopo: str,
    **contesto: Any,
) -> HttpResponse:
    """A page with one form (``titolo``, ``invia``, ``testo``): when it is sent and the action
    accepts it, say so and go on to ``dopo``; otherwise it keeps what was written.
    """
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, fatto)
        return redirect(dopo)
    contesto.setdefault("invia", _("Salva"))
    contesto.setdefault("modello", "modulo")
    titolo = (contesto["titolo"], "")
    return pagina(
        request, edizione, contesto.pop("modello"), *briciole, titolo, form=form, annulla=dopo,
        **contesto,
    )  # fmt: skip


def prova(request: HttpRequest, azione: Callable[[], object], fatto: str) -> None:
    """Do what a button asks, and say how it went."""
    try:
        azione()
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, fatto)
