# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public page behind a link. It keeps nothing of who opens it: no session, no log, no time."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from piani.forms import tenta
from piani.questionari.moduli import CompilaForm
from piani.questionari.risposte import invito_del, rispondi
from piani.views.moduli import inviato


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def compila(request: HttpRequest, gettone: str) -> HttpResponse:
    try:
        invito = invito_del(gettone)
    except ValidationError as errore:
        contesto = {"perche": " ".join(errore.messages)}
        return render(request, "piani/questionari/non_vale.html", contesto, status=410)
    form = CompilaForm(inviato(request), questionario=invito.questionario)
    if request.method == "POST" and tenta(form, lambda: rispondi(gettone, form.valori)):
        return redirect("questionario_fatto")
    contesto = {"questionario": invito.questionario, "form": form}
    return render(request, "piani/questionari/compila.html", contesto)


compila.anonima = True  # type: ignore[attr-defined] # the log of the Nucleo does not see it


@login_not_required
@require_safe
def fatto(request: HttpRequest) -> HttpResponse:
    return render(request, "piani/questionari/fatto.html")
