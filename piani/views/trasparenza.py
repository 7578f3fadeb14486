# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public pages of Amministrazione Trasparente: no login, nothing hidden from robots."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from piani import trasparenza as at
from piani.documenti_ente.forma import tabelle
from piani.models import (
    Azienda,
    CuraObbligo,
    DocumentoEnte,
    DocumentoPubblicato,
    ObbligoDiPubblicazione,
    PubblicazioneAltrove,
)
from piani.models.documento import ANNI_DI_PUBBLICAZIONE, DocumentoQuerySet
from piani.models.documento_ente import DocumentoEnteQuerySet
from piani.pubbliche import metadati
from piani.pubbliche.risposta import pubblica

RADICE = "Amministrazione Trasparente"


@pubblica
def amministrazione_trasparente(request: HttpRequest) -> HttpResponse:
    contesto = {
        "aziende": Azienda.objects.con_documenti(),
        "briciole": [(RADICE, "")],
    }
    return render(request, "piani/at.html", contesto)


@pubblica
def at_azienda(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.con_documenti(), codice=azienda)
    quanti = Counter(_in_mostra(ente).correnti().values_list("sezione_at", flat=True))
    quanti.update(_dell_ente(ente).correnti().values_list("sezione_at", flat=True))
    dette = _dichiarate(ente)

    def voce(sezione: at.SezioneAT) -> tuple[at.SezioneAT, int, Dichiarata]:
        return sezione, quanti[sezione.slug], dette[sezione.slug]

    return render(
        request,
        "piani/at_azienda.html",
        {
            "azienda": ente,
            "sezioni": [voce(sezione) for sezione in at.PERFORMANCE],
            "oiv": [voce(sezione) for sezione in at.ATTI_OIV],
            "controlli": at.CONTROLLI,
            "organismi": at.ORGANISMI,
            "generali": at.GENERALI,
            "atti_generali": at.ATTI_GENERALI,
            "programmazione": [voce(at.PROGRAMMAZIONE)],
            "altre": at.voci_di(ente),
            "dati_strutturati": metadati.di_sezione(ente, RADICE, request),
            "briciole": [_radice(), (ente.nome, "")],
        },
    )


@pubblica
def at_sezione(request: HttpRequest, azienda: str, sezione: str) -> HttpResponse:
    ente = get_object_or_404(Azienda.objects.con_documenti(), codice=azienda)
    if sezione not in at.PER_SLUG:
        raise Http404
    questa = at.PER_SLUG[sezione]
    versioni: dict[tuple[int, str], list[DocumentoPubblicato]] = defaultdict(list)
    for uno in _in_mostra(ente).filter(sezione_at=sezione).order_by("piano", "serie", "-versione"):
        versioni[uno.piano_id, uno.serie].append(uno)
    detta = _dichiarate(ente)[sezione]
    return render(
        request,
        "piani/at_sezione.html",
        {
            "azienda": ente,
            "sezione": questa,
            "altrove": detta.altrove,
            "non_applicabile": detta.non_applicabile,
            "finiti": finiti(ente, sezione),
            "atti": atti_di(ente, sezione),
            "documenti": [
                {"documento": corrente, "csv": nomi_csv(corrente), "versioni": [corrente, *prima]}
                for corrente, *prima in versioni.values()
                if corrente.sostituito_da_id is None
            ],
            "dati_strutturati": metadati.di_sezione(ente, questa.etichetta, request),
            "briciole": [
                *briciole_azienda(ente),
                (questa.etichetta, ""),
            ],
        },
    )


@dataclass
class Dichiarata:
    """What the azienda says of a sub-section beside the documents: what is published elsewhere,
    why it does not concern it.
    """

    altrove: list[PubblicazioneAltrove] = field(default_factory=list)
    non_applicabile: str = ""


def _dichiarate(ente: Azienda) -> defaultdict[str, Dichiarata]:
    """By sub-section, in three queries."""
    oggi = timezone.localdate()
    sezioni = dict(ObbligoDiPubblicazione.objects.in_vigore(oggi).values_list("codice", "sezione"))
    dette: defaultdict[str, Dichiarata] = defaultdict(Dichiarata)
    for riga in PubblicazioneAltrove.objects.in_mostra(oggi).filter(azienda=ente):
        dette[sezioni.get(riga.codice, "")].altrove.append(riga)
    for cura in CuraObbligo.objects.filter(azienda=ente, non_applicabile=True):
        dette[sezioni.get(cura.codice, "")].non_applicabile = cura.motivo
    return dette


def finiti(ente: Azienda, sezione: str) -> list[DocumentoPubblicato | DocumentoEnte]:
    """The documents whose five years are over: named, to be asked for by accesso civico."""
    limite = timezone.localdate().year - ANNI_DI_PUBBLICAZIONE
    fuori = {"sezione_at": sezione, "pubblicato_il__year__lt": limite}
    documenti = DocumentoPubblicato.objects.pubblicati().correnti().defer("contenuto")
    dell_ente = DocumentoEnte.objects.pubblicati().correnti().defer("contenuto")
    return [
        *documenti.filter(piano__azienda=ente, **fuori).order_by("-pubblicato_il"),
        *dell_ente.filter(azienda=ente, **fuori).order_by("-pubblicato_il"),
    ]


def atti_di(ente: Azienda, sezione: str) -> list[dict[str, Any]]:
    """The documents of the body in a sub-section, newest first, with the versions before."""
    tutti = list(
        _dell_ente(ente).filter(sezione_at=sezione).order_by("-anno", "-serie", "-versione")
    )
    return [
        {
            "documento": uno,
            "tabelle": [(f"{una['nome']}.csv", una["titolo"]) for una in tabelle(uno.fotografia)],
            "precedenti": [altro for altro in tutti if altro.serie == uno.serie and altro != uno],
        }
        for uno in tutti
        if uno.sostituito_da_id is None
    ]


def _dell_ente(ente: Azienda) -> DocumentoEnteQuerySet:
    return DocumentoEnte.objects.in_mostra(timezone.localdate()).filter(azienda=ente)


def _in_mostra(ente: Azienda) -> DocumentoQuerySet:
    in_mostra = DocumentoPubblicato.objects.in_mostra(timezone.localdate())
    return in_mostra.filter(piano__azienda=ente).defer("contenuto", "errore")


def briciole_azienda(ente: Azienda) -> list[tuple[str, str]]:
    """Where the public page of an azienda is found."""
    return [_radice(), (ente.nome, reverse("at_azienda", args=[ente.codice]))]


def _radice() -> tuple[str, str]:
    return RADICE, reverse("amministrazione_trasparente")


def nomi_csv(documento: DocumentoPubblicato) -> list[str]:
    """The names of the tables of a version, as they are in its folder."""
    nomi = (file.name for file in (documento.cartella / "csv").glob("*.csv"))
    return sorted(nomi, key=_come_si_conta)


def _come_si_conta(nome: str) -> list[tuple[bool, int, str]]:
    """«tabella-2» comes before «tabella-10»."""
    parti = re.split(r"(\d+)", nome)
    return [(una.isdigit(), int(una) if una.isdigit() else 0, una) for una in parti]


def briciole_di(documento: DocumentoPubblicato) -> list[tuple[str, Any]]:
    """Where a public document is found."""
    ente = documento.piano.azienda
    sezione = at.PER_SLUG[documento.sezione_at]
    return [
        *briciole_azienda(ente),
        (sezione.etichetta, reverse("at_sezione", args=[ente.codice, sezione.slug])),
        (f"{documento.nome} – v{documento.versione}", ""),
    ]
