# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public pages of Amministrazione Trasparente: no login, nothing hidden from robots."""

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from piani import trasparenza as at
from piani.models import Azienda, DocumentoPubblicato
from piani.models.documento import DocumentoQuerySet

RADICE = "Amministrazione Trasparente"


@login_not_required
@require_safe
def amministrazione_trasparente(request: HttpRequest) -> HttpResponse:
    contesto = {
        "aziende": Azienda.objects.con_documenti(),
        "briciole": [(RADICE, "")],
    }
    return render(request, "piani/at.html", contesto)


@login_not_required
@require_safe
def at_azienda(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.con_documenti(), codice=azienda)
    quanti = Counter(_in_mostra(ente).correnti().values_list("sezione_at", flat=True))
    return render(
        request,
        "piani/at_azienda.html",
        {
            "azienda": ente,
            "sezioni": [(s, quanti[s.slug]) for s in at.PERFORMANCE],
            "oiv": at.OIV,
            "quanti_oiv": quanti[at.OIV.slug],
            "controlli": at.CONTROLLI,
            "organismi": at.ORGANISMI,
            "generali": at.GENERALI,
            "atti_generali": at.ATTI_GENERALI,
            "programmazione": at.PROGRAMMAZIONE,
            "quanti_programmazione": quanti[at.PROGRAMMAZIONE.slug],
            "altre": at.voci_di(ente),
            "briciole": [_radice(), (ente.nome, "")],
        },
    )


@login_not_required
@require_safe
def at_sezione(request: HttpRequest, azienda: str, sezione: str) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.con_documenti(), codice=azienda)
    if sezione not in at.PER_SLUG:
        raise Http404
    questa = at.PER_SLUG[sezione]
    documenti = list(
        _in_mostra(ente).filter(sezione_at=sezione).order_by("piano", "serie", "-versione")
    )
    correnti = [d for d in documenti if d.sostituito_da_id is None]
    return render(
        request,
        "piani/at_sezione.html",
        {
            "azienda": ente,
            "sezione": questa,
            "documenti": [
                {
                    "documento": corrente,
                    "csv": nomi_csv(corrente),
                    "precedenti": [
                        d
                        for d in documenti
                        if (d.piano_id, d.serie) == (corrente.piano_id, corrente.serie)
                        and d != corrente
                    ],
                }
                for corrente in correnti
            ],
            "briciole": [
                _radice(),
                (ente.nome, reverse("at_azienda", args=[ente.codice])),
                (questa.etichetta, ""),
            ],
        },
    )


def _in_mostra(ente: Azienda) -> DocumentoQuerySet:
    return DocumentoPubblicato.objects.in_mostra(timezone.localdate()).filter(piano__azienda=ente)


def _radice() -> tuple[str, str]:
    return RADICE, reverse("amministrazione_trasparente")


def nomi_csv(documento: DocumentoPubblicato) -> list[str]:
    """The names of the tables of a version, as they are in its folder."""
    return sorted(file.name for file in (documento.cartella / "csv").glob("*.csv"))


def briciole_di(documento: DocumentoPubblicato) -> list[tuple[str, Any]]:
    """Where a public document is found."""
    ente = documento.piano.azienda
    sezione = at.PER_SLUG[documento.sezione_at]
    return [
        _radice(),
        (ente.nome, reverse("at_azienda", args=[ente.codice])),
        (sezione.etichetta, reverse("at_sezione", args=[ente.codice, sezione.slug])),
        (f"{documento.nome} – v{documento.versione}", ""),
    ]
