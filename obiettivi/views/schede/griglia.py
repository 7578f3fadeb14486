# SPDX-License-Identifier: AGPL-3.0-or-later
"""One indicator for all the CdR that have it in their scheda, in a sheet."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from obiettivi import azioni
from obiettivi.forms.griglia import GrigliaForm
from obiettivi.models import Frazione
from obiettivi.schede.ciclo import TRIMESTRI
from obiettivi.schede.griglia import righe_della_griglia
from obiettivi.views.indicatore import visibile
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive


class PeriodoDellaGrigliaForm(forms.Form):
    """Which period the sheet is of."""

    anno = forms.IntegerField(label=gettext_lazy("Anno"), min_value=2000, max_value=2100)
    frazione = forms.ChoiceField(
        label=gettext_lazy("Periodo"), choices=Frazione.choices, required=False
    )


@legge_e_scrive
def griglia(request: HttpRequest, azienda: str, codice: str) -> HttpResponse:
    indicatore = visibile(request, azienda, codice)
    esigi(request.user, "obiettivi.certifica", indicatore)
    scelto = _periodo(request)
    anno, frazione = scelto.cleaned_data["anno"], scelto.cleaned_data["frazione"]
    righe = righe_della_griglia(indicatore, anno=anno, frazione=frazione, utente=request.user)
    form = GrigliaForm(inviato(request), indicatore=indicatore, righe=righe)
    if request.method == "POST" and tenta(
        form,
        lambda: _annuncia(
            request,
            azioni.rileva_griglia(
                indicatore,
                anno=anno,
                frazione=frazione,
                risultati=form.risultati,
                da=request.user,
            ),
        ),
    ):
        return redirect(request.get_full_path())
    contesto = {
        "indicatore": indicatore,
        "anno": anno,
        "periodo": Frazione(frazione).label,
        "scelto": scelto,
        "form": form,
        "briciole": [
            (_("Indicatore %(codice)s") % {"codice": indicatore.codice},
             indicatore.get_absolute_url()),
            (_("Per CdR"), ""),
        ],
    }  # fmt: skip
    return render(request, "obiettivi/schede/griglia.html", contesto)


def _annuncia(request: HttpRequest, cambiati: int) -> None:
    messages.success(
        request,
        ngettext("%(n)s risultato registrato.", "%(n)s risultati registrati.", cambiati)
        % {"n": cambiati}
        if cambiati
        else _("I risultati erano già questi: non è cambiato niente."),
    )


def _periodo(request: HttpRequest) -> PeriodoDellaGrigliaForm:
    """The period asked for in the address; the last quarter begun when it is none."""
    form = PeriodoDellaGrigliaForm(request.GET or None)
    if form.is_valid():
        return form
    oggi = timezone.localdate()
    ultimo = {"anno": oggi.year, "frazione": TRIMESTRI[(oggi.month - 1) // 3]}
    form = PeriodoDellaGrigliaForm(ultimo)
    form.is_valid()
    return form
