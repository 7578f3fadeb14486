# SPDX-License-Identifier: AGPL-3.0-or-later
"""Admission in tranches, by the risorse umane; the figures of a call."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lavoro_agile.azioni import ammissione as azioni
from lavoro_agile.cifre.motivi import conteggi_motivi
from lavoro_agile.domande.cifre import dinieghi, istanze, quadro, righe_csv
from lavoro_agile.domande.graduatoria import con_liberi, da_ammettere
from lavoro_agile.forms.bando import AmmissioneForm
from lavoro_agile.models import DomandaLavoroAgile
from lavoro_agile.rules import puo_di_persona
from lavoro_agile.views.bandi import bando_visibile, di_bando
from piani import esporta
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta


@legge_e_scrive
@never_cache
def ammissione(request: Richiesta, pk: int) -> HttpResponse:
    bando = bando_visibile(request, pk)
    esigi(request.user, azioni.PERMESSO, bando)
    righe = da_ammettere(bando, request.user)
    altrui = [una for una in righe if una.domanda.persona_id != request.user.pk]
    tranche = con_liberi(bando)
    prima = next((una for una in tranche if una.liberi > 0), None)
    form = AmmissioneForm(
        inviato(request),
        bando=bando,
        domande=DomandaLavoroAgile.objects.filter(pk__in=[una.domanda.pk for una in altrui]),
        initial={
            "tranche": prima.pk if prima else None,
            "domande": [una.domanda.pk for una in altrui if prima and una.tranche == prima],
        },
    )
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.ammetti(
            list(form.cleaned_data["domande"]),
            tranche=form.cleaned_data["tranche"],
            da=request.user,
        ),
    ):
        messages.success(
            request,
            _("Ammesse nella %(tranche)s.") % {"tranche": form.cleaned_data["tranche"]},
        )
        return redirect("agile_bando_ammissione", pk)
    contesto = di_bando(
        bando,
        form=form,
        righe=righe,
        scelte={str(una) for una in form["domande"].value() or []},
        tranche=tranche,
        legge_motivi=puo_di_persona(request.user, "lavoro_agile.legge_motivi", bando),
    )
    return render(request, "lavoro_agile/domande/ammissione.html", contesto)


@require_safe
def cifre(request: Richiesta, pk: int) -> HttpResponseBase:
    if esporta.chiesto(request):
        return cifre_csv(request, pk)
    bando = bando_visibile(request, pk)
    esigi(request.user, "lavoro_agile.consulta", bando)
    intero = puo_di_persona(request.user, "lavoro_agile.legge_motivi", bando)
    contesto = di_bando(
        bando,
        quadro=quadro(bando, intero=intero),
        motivi=conteggi_motivi(bando, intero=intero),
        intero=intero,
        dinieghi=dinieghi(bando) if intero else [],
        istanze=istanze(bando) if intero else None,
    )
    return render(request, "lavoro_agile/domande/cifre.html", contesto)


@require_safe
def cifre_csv(request: Richiesta, pk: int) -> HttpResponseBase:
    """The same figures as a file, without the small groups whoever asks."""
    bando = bando_visibile(request, pk)
    esigi(request.user, "lavoro_agile.consulta", bando)
    righe = righe_csv(bando)
    return esporta.tabella(request, f"cifre-bando-{bando.pk}", _("Cifre del bando"), righe)
