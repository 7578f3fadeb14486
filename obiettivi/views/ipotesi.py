# SPDX-License-Identifier: AGPL-3.0-or-later
"""«E se…?»: a result is supposed, the scores it would give are shown, nothing is kept."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from obiettivi.forms import IpotesiForm
from obiettivi.ipotesi import Ipotesi, ipotizza
from piani.models import Piano
from piani.views.moduli import briciole_di


@require_safe
def ipotesi(request: HttpRequest, slug: str) -> HttpResponse:
    piano = get_object_or_404(Piano.objects.visibili_a(request.user).per_elenco(), slug=slug)
    chiesta = "valore" in request.GET
    form = IpotesiForm(request.GET if chiesta else None, piano=piano, initial=request.GET.dict())
    cambiamenti = None
    if chiesta and form.is_valid():
        try:
            cambiamenti = ipotizza(piano, Ipotesi(**form.cleaned_data))
        except ValidationError as errore:
            form.add_error(None, errore)
    contesto = {
        "piano": piano,
        "form": form,
        "cambiamenti": cambiamenti,
        "briciole": [*briciole_di(piano), (_("E se…?"), "")],
    }
    return render(request, "obiettivi/ipotesi.html", contesto)
