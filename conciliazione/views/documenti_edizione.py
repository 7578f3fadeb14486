# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two documents of an edition: where they are, what is the next step of each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import documento as azioni
from conciliazione.forms.progetti import AdottaDocumentoForm
from conciliazione.models import EdizioneConciliazione
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from conciliazione.views.progetti import QUI
from piani.forms import PubblicaForm, tenta
from piani.models import DocumentoPubblicato, Piano
from piani.passaggi import Passo
from piani.rules import esigi
from piani.verifiche import cancello
from piani.views.moduli import inviato, legge_e_scrive, modulo


@require_safe
def documenti(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    contesto = {
        "righe": [_riga(request, edizione, quale) for quale in azioni.TITOLI],
        "apre": request.user.has_perm(azioni.APRE, edizione),
    }
    return render(
        request, "conciliazione/progetti/documenti.html", di_edizione(edizione, QUI, **contesto)
    )


def _riga(request: HttpRequest, edizione: EdizioneConciliazione, quale: str) -> dict[str, Any]:
    riga: dict[str, Any] = {"quale": quale, "titolo": azioni.titolo_di(edizione, quale)}
    documento: Piano | None = getattr(edizione, quale)
    if documento is None:
        return riga
    versioni = documento.documenti.del_piano()
    pubblicata = versioni.pubblicati().first()
    legge = Piano.objects.visibili_a(request.user).filter(pk=documento.pk).exists()
    prossimo = Passo.ADOZIONE if documento.stato == Piano.Stato.BOZZA else Passo.PUBBLICAZIONE
    return riga | {
        "documento": documento,
        "titolo": documento.titolo,
        "pubblicata": pubblicata,
        "in_stampa": versioni.filter(stato=DocumentoPubblicato.Stato.IN_ATTESA).exists(),
        "fallita": versioni.filter(stato=DocumentoPubblicato.Stato.FALLITO).exists(),
        "legge": legge,
        "scrive": legge and request.user.has_perm("piani.modifica", documento),
        "adotta": legge and request.user.has_perm(azioni.ADOTTA, documento),
        "pubblica": legge and request.user.has_perm("piani.pubblica", documento),
        "cancello": cancello(documento, prossimo) if legge else None,
        "form": PubblicaForm(auto_id=f"{quale}_%s"),
    }


@require_POST
def apri(request: HttpRequest, slug: str, quale: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    _esiste(quale)
    try:
        azioni.apri_documento(edizione, quale=quale, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Documento aperto: scrivi i capitoli, i dati ci sono già."))
    return redirect("progetto_documenti", slug)


@legge_e_scrive
def adotta(request: HttpRequest, slug: str, quale: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    _esiste(quale)
    documento: Piano | None = getattr(edizione, quale)
    if documento is None:
        raise Http404
    esigi(request.user, azioni.ADOTTA, documento)
    form = AdottaDocumentoForm(inviato(request), initial={"atto_organo": edizione.azienda.vertice})
    if request.method == "POST" and tenta(
        form, lambda: azioni.adotta_documento(documento, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Documento adottato: ora si può pubblicare."))
        return redirect("progetto_documenti", slug)
    return modulo(
        request, form, titolo=_("Adotta il documento"), sopratitolo=str(documento),
        invia=_("Registra l'atto"), annulla=reverse("progetto_documenti", args=[slug]),
    )  # fmt: skip


def _esiste(quale: str) -> None:
    if quale not in azioni.TITOLI:
        raise Http404
