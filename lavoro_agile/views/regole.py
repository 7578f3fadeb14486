# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of a draft, a section at a time, beside those of another edition; its name and act."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lavoro_agile.azioni import edizione as azioni
from lavoro_agile.calcolo.edizione_dati import come_dati
from lavoro_agile.forms.edizione import DatiEdizioneForm
from lavoro_agile.forms.regole import SEZIONI
from lavoro_agile.models import EdizioneLavoroAgile as Edizione
from lavoro_agile.regole import regole_scelte, scelte
from lavoro_agile.views.edizioni import PERMESSO, edizione_visibile
from lavoro_agile.views.ingresso import di_azienda
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

CAMPI = ("nome", "anno_inizio", "anno_fine", "atto", "atto_data")


@legge_e_scrive
@never_cache
def modifica(request: Richiesta, slug: str, sezione: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    esigi(request.user, PERMESSO, questa)
    if sezione not in SEZIONI:
        raise Http404
    if non_bozza := _non_piu_bozza(request, questa):
        return non_bozza
    altre = _altre(request, questa)
    offerte = scelte(altre)
    accanto = _scelta(request, offerte)
    form = SEZIONI[sezione](
        inviato(request), parametri=come_dati(questa.regole), accanto=regole_scelte(accanto, altre)
    )

    def scrivi() -> None:
        visto = form.cleaned_data["visto"]
        azioni.scrivi_regole(questa, form.parti, visto=visto, da=request.user)

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Regole salvate: %(parte)s.") % {"parte": form.TITOLO})
        return redirect(questa)
    contesto = di_azienda(
        questa.azienda,
        edizione=questa,
        form=form,
        sezioni=[(chiave, una.TITOLO) for chiave, una in SEZIONI.items()],
        sezione=sezione,
        offerte=offerte,
        accanto=accanto,
        nome_accanto=next(nome for _g, voci in offerte for c, nome in voci if c == accanto),
    )
    return render(request, "lavoro_agile/regole.html", contesto)


@legge_e_scrive
@never_cache
def dati(request: Richiesta, slug: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    esigi(request.user, PERMESSO, questa)
    if non_bozza := _non_piu_bozza(request, questa):
        return non_bozza
    iniziali = {campo: getattr(questa, campo) for campo in CAMPI}
    form = DatiEdizioneForm(inviato(request), initial=iniziali)
    if request.method == "POST" and tenta(
        form, lambda: azioni.modifica_dati(questa, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Dati dell'edizione salvati."))
        return redirect(questa)
    contesto = di_azienda(questa.azienda, edizione=questa, form=form)
    return render(request, "lavoro_agile/edizione_dati.html", contesto)


def _altre(request: Richiesta, questa: Edizione) -> list[Edizione]:
    """The other editions of the azienda, the last first."""
    visibili = Edizione.objects.visibili_a(request.user).filter(azienda=questa.azienda)
    return list(visibili.exclude(pk=questa.pk))


def _scelta(request: Richiesta, offerte: list[Any]) -> str:
    """The rules to keep beside: those asked, or the edition before, or the first ready ones."""
    chiavi = [chiave for _gruppo, voci in offerte for chiave, _nome in voci]
    chiesta = request.GET.get("accanto", "")
    return chiesta if chiesta in chiavi else chiavi[0]


def _non_piu_bozza(request: Richiesta, questa: Edizione) -> HttpResponse | None:
    if questa.stato == Edizione.Stato.BOZZA:
        return None
    messages.info(request, _("L'edizione non è più una bozza: le sue regole non si cambiano."))
    return redirect(questa)
