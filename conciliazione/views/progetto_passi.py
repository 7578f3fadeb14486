# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a project, and what the office writes of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from conciliazione.azioni import progetto as azioni
from conciliazione.azioni.revoca import revoca_progetto
from conciliazione.forms.progetti import AvviaForm, ConcludiForm, ProgettoForm, RevocaForm
from conciliazione.views.progetti import progetto_visibile
from piani.forms import MotivoForm, tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo

Passo = tuple[type[forms.Form], Callable[..., None], str, str]


def _passi() -> dict[str, Passo]:
    return {
        "avvia": (AvviaForm, azioni.avvia_progetto, _("Avvia il progetto"),
                  _("Progetto avviato.")),
        "sospendi": (MotivoForm, azioni.sospendi_progetto, _("Sospendi il progetto"),
                     _("Progetto sospeso.")),
        "riprendi": (forms.Form, azioni.riprendi_progetto, _("Riprendi il progetto"),
                     _("Progetto di nuovo in corso.")),
        "concludi": (ConcludiForm, azioni.concludi_progetto, _("Concludi il progetto"),
                     _("Progetto concluso.")),
        "revoca": (RevocaForm, revoca_progetto, _("Revoca il contributo"),
                   _("Contributo revocato.")),
    }  # fmt: skip


@legge_e_scrive
def passo(request: HttpRequest, pk: int, passo: str) -> HttpResponse:
    questo = progetto_visibile(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    if passo not in _passi():
        raise Http404
    quale, azione, titolo, fatto = _passi()[passo]
    form = quale(inviato(request))
    return _con_modulo(
        request, questo, form, lambda: azione(questo, da=request.user, **form.cleaned_data),
        fatto, titolo=titolo, invia=titolo,
    )  # fmt: skip


@legge_e_scrive
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = progetto_visibile(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    form = ProgettoForm(inviato(request), instance=questo)
    return _con_modulo(
        request, questo, form,
        lambda: azioni.modifica_progetto(questo, da=request.user, **form.cleaned_data),
        _("Dati del progetto salvati."), titolo=_("Dati del progetto"), invia=_("Salva"),
    )  # fmt: skip


def _con_modulo(
    request: HttpRequest,
    questo: Any,
    form: forms.BaseForm,
    azione: Callable[[], object],
    fatto: str,
    **contesto: Any,
) -> HttpResponse:
    if request.method == "POST" and tenta(form, azione):
        messages.success(request, fatto)
        return redirect("progetto", questo.pk)
    indietro = reverse("progetto", args=[questo.pk])
    return modulo(request, form, sopratitolo=str(questo), annulla=indietro, **contesto)
