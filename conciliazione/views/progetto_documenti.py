# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of a project: always to be saved, never opened in the page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import documento_progetto as azioni
from conciliazione.forms.progetti import DocumentoForm
from conciliazione.models import DocumentoProgetto
from conciliazione.views.progetti import pagina, progetto_visibile
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import conferma, legge_e_scrive


@require_POST
def carica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = progetto_visibile(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    form = DocumentoForm(request.POST, request.FILES)
    if tenta(form, lambda: azioni.carica_documento(questo, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Documento conservato."))
        return redirect("progetto", pk)
    return pagina(request, questo, form)


@require_safe
def scarica(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _documento(request, pk)
    try:
        with questo.file.open("rb") as aperto:
            contenuto = aperto.read()
    except OSError as errore:
        raise Http404(_("Il documento non è più nell'archivio.")) from errore
    return HttpResponse(
        contenuto,
        content_type=questo.tipo,
        headers={
            "Content-Disposition": content_disposition_header(True, questo.nome),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


@legge_e_scrive
def togli(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _documento(request, pk)
    esigi(request.user, azioni.PERMESSO, questo)
    indietro = reverse("progetto", args=[questo.progetto_id])
    return conferma(
        request,
        azione=lambda: azioni.togli_documento(questo, da=request.user),
        fatto=_("Documento tolto."),
        dopo=indietro,
        titolo=_("Togli il documento"),
        domanda=_("Tolgo «%(nome)s» dal progetto?") % {"nome": questo.nome},
        annulla=indietro,
    )


def _documento(request: HttpRequest, pk: int) -> DocumentoProgetto:
    visibili = DocumentoProgetto.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("progetto__edizione__azienda"), pk=pk)
