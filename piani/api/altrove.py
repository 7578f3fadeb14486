# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses under the API's that are nobody's."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from piani.api.errori import TIPO, dati_del_problema
from piani.api.formato import scrivi


@login_not_required
@csrf_exempt
def altrove(request: HttpRequest, resto: str) -> HttpResponse:
    dati = dati_del_problema(404, _("Questo indirizzo non c'è: guardare la descrizione dell'API."))
    risposta = HttpResponse(scrivi(dati), status=404, content_type=TIPO)
    risposta["Cache-Control"] = "no-store"
    return risposta
