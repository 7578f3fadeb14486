# SPDX-License-Identifier: AGPL-3.0-or-later
"""The search within the public section of an azienda: titles, objectives and indicators of the
documents in force, as they were published.
"""

from urllib.parse import quote

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from piani.models import Azienda, VoceRicerca
from piani.models.ricerca import VoceQuerySet
from piani.stampa.voci import semplice
from piani.views.trasparenza import briciole_azienda

PER_PAGINA = 50
PAROLE, LETTERE = 8, 2
LUNGHEZZA = 200
PUNTO = 120
Genere = VoceRicerca.Genere


class CercaForm(forms.Form):
    """Words, and what kind of thing they are looked for in."""

    q = forms.CharField(label=_("Parole da cercare"), required=False, max_length=LUNGHEZZA)
    genere = forms.ChoiceField(
        label=_("Dove"), required=False, choices=[("", _("Ovunque")), *Genere.choices]
    )


@login_not_required
@require_safe
def cerca(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.con_documenti(), codice=azienda)
    form = CercaForm(request.GET)
    valido = form.is_valid()
    parole = parole_di(form.cleaned_data["q"]) if valido else []
    trovate = _trovate(ente, parole, form.cleaned_data["genere"]) if parole else None
    pagina = Paginator(trovate, PER_PAGINA).get_page(request.GET.get("pagina")) if parole else None
    contesto = {
        "azienda": ente,
        "form": form,
        "cercato": valido and bool(form.cleaned_data["q"].strip()),
        "parole": parole,
        "pagina": pagina,
        "voci": [(voce, indirizzo(voce)) for voce in pagina] if pagina else [],
        "briciole": [*briciole_azienda(ente), (_("Cerca"), "")],
    }
    risposta = render(request, "piani/at_cerca.html", contesto)
    risposta["Cache-Control"] = "private, no-cache"
    risposta["X-Robots-Tag"] = "noindex"
    return risposta


def parole_di(testo: str) -> list[str]:
    """What to look for: the words of two letters or more, without accents, at most eight."""
    return [una for una in semplice(testo).split() if len(una) >= LETTERE][:PAROLE]


def indirizzo(voce: VoceRicerca) -> str:
    """Where the entry stands in its document; browsers that can go to the very words."""
    pagina = voce.documento.get_absolute_url()
    if voce.genere == Genere.DOCUMENTO:
        return pagina
    pagina = f"{pagina}#{voce.ancora}"
    if voce.genere == Genere.CAPITOLO:
        return pagina
    testo = " ".join(voce.testo.split())
    parole = testo if len(testo) <= PUNTO else testo[:PUNTO].rsplit(" ", 1)[0]
    return f"{pagina}:~:text={quote(parole, safe='').replace('-', '%2D')}"


def _trovate(ente: Azienda, parole: list[str], genere: str) -> VoceQuerySet:
    """The newest document first, in the order of its pages; its own title before all."""
    voci = VoceRicerca.objects.in_mostra(timezone.localdate()).con_parole(parole)
    if genere:
        voci = voci.filter(genere=genere)
    return (
        voci.filter(documento__piano__azienda=ente)
        .select_related("documento__piano")
        .defer("documento__contenuto", "documento__errore", "cercabile")
        .order_by("-documento__pubblicato_il", "documento", "ordine")
    )
