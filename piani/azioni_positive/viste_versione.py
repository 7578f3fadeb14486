# SPDX-License-Identifier: AGPL-3.0-or-later
"""The CUG's report as a document: as it would be sent now, as it was sent, and its files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani.azioni_positive.azioni import PERMESSO as TIENE
from piani.azioni_positive.documento import fotografa
from piani.azioni_positive.moduli_cug import RiapriForm
from piani.azioni_positive.relazione import PERMESSO
from piani.azioni_positive.scrittura import briciole_positive
from piani.azioni_positive.trasmissione import nome_del_file, riapri
from piani.forms import tenta
from piani.models import RelazioneCUG, VersioneRelazioneCUG
from piani.rules import esigi
from piani.stampa import StampaNonDisponibile, rende_csv, rende_pdf
from piani.stampa.generi import contesto_di
from piani.views.moduli import inviato, legge_e_scrive, modulo

PDF, JSON = "documento.pdf", "documento.json"


@require_safe
def anteprima(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it would be sent now: for who prepares it."""
    questa = relazione_visibile(request, pk)
    if not request.user.has_perm(TIENE, questa):
        raise Http404
    prossima = questa.versioni.count() + 1
    foto = fotografa(questa, versione=prossima, giorno=timezone.localdate())
    casa = reverse("cug_relazione", args=[pk])
    contesto = {
        **contesto_di(foto),
        "indirizzo_piano": casa,
        "torna": _("Torna alla relazione"),
        "briciole": [*briciole_positive(), (str(questa), casa), (_("Anteprima"), "")],
    }
    return render(request, "piani/anteprima.html", contesto)


@require_safe
def versione(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    questa = _versione(request, pk, numero)
    foto = questa.fotografia
    ultima = VersioneRelazioneCUG.objects.filter(relazione=pk).first()
    contesto = {
        **contesto_di(foto),
        "versione": questa,
        "ultima": ultima,
        "csv": sorted(rende_csv(foto)),
        "briciole": [
            *briciole_positive(),
            (str(questa.relazione), reverse("cug_relazione", args=[pk])),
            (_("Versione %(n)s") % {"n": numero}, ""),
        ],
    }
    return render(request, "azioni_positive/versione.html", contesto)


@require_safe
def file(request: HttpRequest, pk: int, numero: int, nome: str) -> HttpResponse:
    """One of the files of a version, all from the same photograph."""
    questa = _versione(request, pk, numero)
    if nome == PDF:
        return _pdf(request, questa)
    if nome == JSON:
        return _risposta(questa.contenuto.encode(), "application/json", questa, ".json")
    tabella = rende_csv(questa.fotografia).get(nome.removeprefix("csv/"))
    if tabella is None or not nome.startswith("csv/"):
        raise Http404
    coda = f"-{nome.removeprefix('csv/')}"
    return _risposta(tabella, "text/csv; charset=utf-8", questa, coda)


@legge_e_scrive
def correggi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = relazione_visibile(request, pk)
    esigi(request.user, PERMESSO, questa)
    casa = reverse("cug_relazione", args=[pk])
    form = RiapriForm(inviato(request))
    if request.method == "POST" and tenta(
        form, lambda: riapri(questa, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Relazione riaperta: correggila e trasmettila di nuovo."))
        return redirect(casa)
    return modulo(
        request,
        form,
        titolo=_("Correggi la relazione"),
        sopratitolo=str(questa),
        testo=_("La versione trasmessa resta leggibile; quando trasmetti di nuovo ne nasce "
                "un'altra, con il motivo che scrivi qui e le cifre di quel giorno."),
        invia=_("Riapri"),
        annulla=casa,
        briciole=[*briciole_positive(), (str(questa), casa), (_("Correggi"), "")],
    )  # fmt: skip


def relazione_visibile(request: HttpRequest, pk: int) -> RelazioneCUG:
    """A report among those of the person, or 404."""
    visibili = RelazioneCUG.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("azienda", "piano", "trasmessa_da"), pk=pk)


def _versione(request: HttpRequest, pk: int, numero: int) -> VersioneRelazioneCUG:
    visibili = VersioneRelazioneCUG.objects.visibili_a(request.user)
    sue = visibili.select_related("relazione__azienda")
    return get_object_or_404(sue, relazione=pk, numero=numero)


def _pdf(request: HttpRequest, questa: VersioneRelazioneCUG) -> HttpResponse:
    """The PDF that is kept; drawn now, if the job has still to draw it."""
    if questa.file:
        with questa.file.open("rb") as aperto:
            return _risposta(aperto.read(), "application/pdf", questa, ".pdf")
    try:
        contenuto = rende_pdf(questa.fotografia).contenuto
    except StampaNonDisponibile as errore:
        messages.error(request, str(errore))
        return redirect("cug_versione", questa.relazione_id, questa.numero)
    return _risposta(contenuto, "application/pdf", questa, ".pdf")


def _risposta(contenuto: bytes, tipo: str, questa: VersioneRelazioneCUG, coda: str) -> HttpResponse:
    """Private: who receives the report keeps it, nobody between."""
    nome = nome_del_file(questa).removesuffix(".pdf") + coda
    modo = "attachment" if coda.endswith(".csv") else "inline"
    return HttpResponse(
        contenuto,
        content_type=tipo,
        headers={
            "Content-Disposition": f'{modo}; filename="{nome}"',
            "Cache-Control": "private, no-cache",
        },
    )
