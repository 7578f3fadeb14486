# SPDX-License-Identifier: AGPL-3.0-or-later
"""The receipt of the Portale PIAO: recorded from the page of the state, and read from there."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from piani import azioni
from piani.forms import RicevutaForm
from piani.models import Piano, RicevutaPortale
from piani.rules import esigi
from piani.views.stato import fai, piano_visibile


@require_POST
def ricevuta(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    esigi(request.user, "piani.pubblica", piano)
    form = RicevutaForm(request.POST, request.FILES)
    return fai(
        request, piano, "portale", form,
        lambda: azioni.registra_ricevuta(piano, **form.cleaned_data, da=request.user),
        _("Ricevuta registrata."),
    )  # fmt: skip


@require_safe
@never_cache
def ricevuta_file(request: HttpRequest, pk: int) -> FileResponse:
    """The receipt as the Portale gave it, for who sees the plan."""
    visibili = RicevutaPortale.objects.filter(piano__in=Piano.objects.visibili_a(request.user))
    questa = get_object_or_404(visibili.select_related("piano"), pk=pk)
    if not questa.file or not questa.file.storage.exists(questa.file.name):
        raise Http404
    return FileResponse(questa.file.open("rb"), as_attachment=True, filename=questa.nome_del_file)
