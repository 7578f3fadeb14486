# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of an indicator, with what each choice does shown on worked examples."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni
from obiettivi.azioni.indicatore import Modificato, quanti_risultati
from obiettivi.azioni.piani_toccati import piani_con
from obiettivi.esempi_nel_tempo import esempi_aggregazione, esempi_cumulo
from obiettivi.forms.indicatore import IndicatoreForm
from obiettivi.models import Indicatore
from obiettivi.views.esiti import avvisa_dei_piani
from obiettivi.views.indicatore import visibile
from piani.forms import accanto_ai_campi
from piani.rules import esigi

PERMESSO = "obiettivi.modifica_indicatore"


@require_safe
@never_cache
def modifica(request: HttpRequest, azienda: str, codice: str) -> HttpResponse:
    questo = visibile(request, azienda, codice)
    esigi(request.user, PERMESSO, questo)
    quanti = quanti_risultati(questo)
    return _pagina(request, questo, IndicatoreForm(instance=questo, risultati=quanti), quanti)


@require_POST
def salva(request: HttpRequest, azienda: str, codice: str) -> HttpResponse:
    questo = visibile(request, azienda, codice)
    esigi(request.user, PERMESSO, questo)
    quanti = quanti_risultati(questo)
    form = IndicatoreForm(request.POST, instance=copy(questo), risultati=quanti)
    if form.is_valid():
        try:
            esito = azioni.modifica_indicatore(questo, **form.cambiati, da=request.user)
        except ValidationError as errore:
            accanto_ai_campi(form, errore)
        else:
            _racconta(request, esito)
            return redirect(questo)
    return _pagina(request, questo, form, quanti)


def _pagina(
    request: HttpRequest, questo: Indicatore, form: IndicatoreForm, quanti: int
) -> HttpResponse:
    contesto = {
        "indicatore": questo,
        "form": form,
        "risultati": quanti,
        "piani": piani_con(questo),
        "aggregazioni": esempi_aggregazione(),
        "cumuli": esempi_cumulo(),
        "briciole": [
            (_("Piani"), "/piani/"),
            (_("Indicatore %(codice)s") % {"codice": questo.codice}, questo.get_absolute_url()),
            (_("Modifica"), ""),
        ],
    }
    return render(request, "obiettivi/indicatore_modifica.html", contesto)


def _racconta(request: HttpRequest, esito: Modificato) -> None:
    if not esito.campi:
        messages.info(request, _("L’indicatore era già così: non è cambiato niente."))
        return
    messages.success(
        request,
        ngettext(
            "Indicatore modificato: %(n)s punteggio è cambiato.",
            "Indicatore modificato: %(n)s punteggi sono cambiati.",
            esito.punteggi,
        )
        % {"n": esito.punteggi},
    )
    avvisa_dei_piani(request, esito)
