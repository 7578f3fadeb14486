# SPDX-License-Identifier: AGPL-3.0-or-later
"""The projects of an edition and its other actions; one project with all that is part of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from conciliazione import fogli_soldi
from conciliazione.azioni import progetto as azioni
from conciliazione.calcolo.gantt import Lavoro, gantt
from conciliazione.calcolo.importi import quota_contributo
from conciliazione.conti import liquidato
from conciliazione.forms.progetti import DocumentoForm
from conciliazione.models import (
    Accordo,
    AzioneDiPiano,
    AzioneProgetto,
    FirmaAccordo,
    Progetto,
    Proposta,
)
from conciliazione.rules import enti_rappresentati
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from piani import esporta
from piani.rules import esigi
from piani.testo import html_da_markdown

QUI = "progetti"
REVOCA = ("revoca", gettext_lazy("Revoca"))
PASSI = {
    Progetto.Stato.DA_AVVIARE: [("avvia", gettext_lazy("Avvia")), REVOCA],
    Progetto.Stato.IN_CORSO: [
        ("concludi", gettext_lazy("Concludi")),
        ("sospendi", gettext_lazy("Sospendi")),
        REVOCA,
    ],
    Progetto.Stato.SOSPESO: [("riprendi", gettext_lazy("Riprendi")), REVOCA],
}


@require_safe
def elenco(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    progetti = (
        Progetto.objects.visibili_a(request.user)
        .filter(edizione=edizione)
        .select_related("capofila")
        .annotate(quante_azioni=Count("azioni"))
        .order_by("numero")
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli_soldi.PROGETTI, progetti, di=slug)
    somme = progetti.aggregate(costo=Sum("costo"), contributo=Sum("contributo"))
    azioni_piano = AzioneDiPiano.objects.visibili_a(request.user).filter(edizione=edizione)
    if esporta.chiesto(request, "azioni"):
        return esporta.scarica(request, fogli_soldi.AZIONI, azioni_piano, di=slug)
    gestisce = request.user.has_perm(azioni.PERMESSO, edizione)
    contesto = {
        "progetti": progetti,
        "somme": somme,
        "generi": _per_genere(list(azioni_piano.annotate(quanti_incontri=Count("incontri")))),
        "finanziate": azioni.da_finanziate(edizione) if gestisce else [],
        "gestisce": gestisce,
    }
    return render(
        request, "conciliazione/progetti/elenco.html", di_edizione(edizione, QUI, **contesto)
    )


def _per_genere(righe: list[AzioneDiPiano]) -> list[tuple[str, list[AzioneDiPiano]]]:
    nomi = {
        AzioneDiPiano.Genere.SISTEMA: _("Azioni di sistema"),
        AzioneDiPiano.Genere.TRASVERSALE: _("Azioni trasversali"),
        AzioneDiPiano.Genere.DIRETTA: _("Azioni dirette di ATS"),
    }
    return [(nome, [una for una in righe if una.genere == genere]) for genere, nome in nomi.items()]


@require_POST
def crea(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, azioni.PERMESSO, edizione)
    chiave = request.POST.get("proposta", "")
    proposta = get_object_or_404(
        Proposta.objects.visibili_a(request.user).filter(manifestazione__edizione=edizione),
        pk=int(chiave) if chiave.isdecimal() else 0,
    )
    try:
        nuovo = azioni.crea_progetto(proposta, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("conciliazione_progetti", slug)
    messages.success(request, _("Progetto creato: ora servono l'accordo e l'atto di concessione."))
    return redirect("progetto", nuovo.pk)


@require_safe
def progetto(request: HttpRequest, pk: int) -> HttpResponse:
    return pagina(request, progetto_visibile(request, pk))


def progetto_visibile(request: HttpRequest, pk: int) -> Progetto:
    """The project of that key among those that the person sees, or 404."""
    visibili = Progetto.objects.visibili_a(request.user).select_related(
        "edizione__azienda", "capofila", "proposta"
    )
    return get_object_or_404(visibili, pk=pk)


def pagina(
    request: HttpRequest, questo: Progetto, form_documento: DocumentoForm | None = None
) -> HttpResponse:
    righe = list(questo.azioni.prefetch_related("attivita", "budget").order_by("ordine"))
    gestisce = request.user.has_perm(azioni.PERMESSO, questo)
    documenta = request.user.has_perm("conciliazione.documenta_progetto", questo)
    contesto: dict[str, Any] = {
        "progetto": questo,
        "righe": righe,
        "gantt": gantt_di(righe),
        "budget": _budget(questo, righe),
        "partner": questo.proposta.partner.attuali().select_related("ente"),
        "accordi": _accordi(request, questo),
        "documenti": questo.documenti.select_related("caricato_da"),
        "quota": quota_contributo(questo.contributo, questo.costo),
        "cofinanziamento": questo.costo - questo.contributo,
        "liquidato": liquidato(questo),
        "gestisce": gestisce,
        "documenta": documenta,
        "passi": PASSI.get(questo.stato, []) if gestisce else [],
        "aperto": questo.stato in azioni.APERTI,
        "form_documento": form_documento or DocumentoForm(),
        "generi_mancanti": _generi_mancanti(questo, gestisce=gestisce, documenta=documenta),
    }
    return render(
        request,
        "conciliazione/progetti/progetto.html",
        di_edizione(questo.edizione, QUI, **contesto),
    )


def gantt_di(righe: list[AzioneProgetto]) -> Any:
    """The actions of a project by month, each with its pieces; in no query of its own."""
    return gantt(
        lavoro
        for una in righe
        for lavoro in (
            Lavoro(una.titolo, una.dal, una.al),
            *(Lavoro(a.nome, a.dal, a.al, 1) for a in una.attivita.all()),
        )
    )


def _budget(questo: Progetto, righe: list[AzioneProgetto]) -> list[tuple[str, Any]]:
    """The amounts by heading of cost, with the name that the edition gives to it."""
    nomi = {una.codice: una.nome for una in questo.edizione.regole.categorie_costo}
    somme: dict[str, Any] = {}
    for una in righe:
        for voce in una.budget.all():
            somme[voce.categoria] = somme.get(voce.categoria, 0) + voce.importo
    return [(nomi.get(codice, codice), importo) for codice, importo in somme.items()]


def _accordi(request: HttpRequest, questo: Progetto) -> list[dict[str, Any]]:
    """Each agreement with its text, its signatures and what the reader may do of it."""
    miei = enti_rappresentati(request.user)
    return [
        {
            "accordo": uno,
            "html": html_da_markdown(uno.testo),
            "firme": [
                {"firma": firma, "mia": _da_firmare(uno, firma) and firma.ente_id in miei}
                for firma in uno.firme.all()
            ],
            "scrive": _scrive(request, questo, uno.genere),
        }
        for uno in questo.accordi.prefetch_related("firme__ente", "firme__firmata_da")
    ]


def _da_firmare(accordo: Accordo, firma: FirmaAccordo) -> bool:
    return accordo.stato == Accordo.Stato.ALLA_FIRMA and firma.firmata_il is None


def _scrive(request: HttpRequest, questo: Progetto, genere: str) -> bool:
    scrive = "conciliazione.documenta_progetto"
    permesso = scrive if genere == Accordo.Genere.PARTENARIATO else azioni.PERMESSO
    return bool(request.user.has_perm(permesso, questo))


def _generi_mancanti(questo: Progetto, *, gestisce: bool, documenta: bool) -> list[tuple[str, str]]:
    """The agreements that the reader may begin: none of that kind is alive."""
    if questo.stato not in azioni.APERTI:
        return []
    vivi = {uno.genere for uno in questo.accordi.all() if uno.stato != Accordo.Stato.SCIOLTO}
    chi = {Accordo.Genere.PARTENARIATO: documenta, Accordo.Genere.CONVENZIONE: gestisce}
    return [
        (genere.value, str(genere.label)) for genere in Accordo.Genere
        if chi[genere] and genere.value not in vivi
    ]  # fmt: skip
