# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal as it is read: the sheet, its receipt, its papers, its versions side by side."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione.azioni.istruttoria import ISTRUISCE
from conciliazione.azioni.proposta import SCRIVE
from conciliazione.bando.ammissibilita import verifiche_di
from conciliazione.bando.fotografia import come_testo, fotografia_di
from conciliazione.calcolo.confronto import confronta
from conciliazione.conti import costi_di, versione_aperta, versione_di
from conciliazione.models import AllegatoProposta, Partner, Proposta, VersioneProposta
from conciliazione.models.visibilita import enti_di
from conciliazione.rules import puo_di_persona
from conciliazione.views.edizioni import di_edizione
from piani.forms import MotivoForm

Stato = Proposta.Stato


@require_safe
def proposta(request: HttpRequest, pk: int) -> HttpResponse:
    questa = proposta_visibile(request, pk)
    return render(request, "conciliazione/bando/proposta.html", contesto_proposta(request, questa))


def contesto_proposta(request: HttpRequest, questa: Proposta, **altro: Any) -> dict[str, Any]:
    """The sheet: for who writes, the version being written; for the others, the one that counts."""
    guida = puo_di_persona(request.user, SCRIVE, questa)
    scrive = guida and questa.stato in Proposta.SCRIVIBILI
    versione = versione_aperta(questa) if scrive else versione_di(questa)
    partner = list(questa.partner.select_related("ente"))
    miei = set(enti_di(request.user).values_list("ente", flat=True))
    return di_proposta(
        questa,
        versione=versione,
        versioni=list(questa.versioni.all()),
        guida=guida,
        scrive=scrive and versione is not None,
        istruisce=request.user.has_perm(ISTRUISCE, questa),
        sigillata=questa.manifestazione.sigillata,
        partner=partner,
        inviti=[
            uno for uno in partner if uno.stato == Partner.Stato.INVITATO and uno.ente_id in miei
        ],
        allegati=list(questa.allegati.all()),
        confluite=list(questa.confluite.select_related("capofila")),
        **(_della_versione(questa, versione) if versione else {}),
        **altro,
    )


def _della_versione(questa: Proposta, versione: VersioneProposta) -> dict[str, Any]:
    """What a version says, its table of costs, its checks (those kept, once it is closed)."""
    versione.proposta = questa
    regole, costi = questa.manifestazione.edizione.regole, costi_di(versione)
    categorie = regole.categorie_costo
    azioni = list(versione.azioni.prefetch_related("costi"))
    return {
        "costi": costi,
        "categorie": categorie,
        "azioni": [
            {
                "azione": una,
                "intervento": _intervento(questa, una.intervento),
                "celle": _celle(una, [voce.codice for voce in categorie]),
                "totale": costi.per_azione.get(una.pk),
            }
            for una in azioni
        ],
        "totali": [costi.per_categoria.get(voce.codice) for voce in categorie],
        "apporti": list(versione.cofinanziamenti.select_related("ente")),
        "finalita": [una.nome for una in regole.finalita if una.codice in versione.finalita],
        "verifiche": _verifiche(versione),
    }


def _celle(azione: Any, codici: list[str]) -> list[Any]:
    importi = {uno.categoria: uno.importo for uno in azione.costi.all()}
    return [importi.get(codice) for codice in codici]


def _intervento(questa: Proposta, codice: str) -> str:
    categoria = questa.manifestazione.edizione.regole.categoria(codice)
    if categoria is None:
        return codice
    voce = next((una for una in (categoria, *categoria.interventi) if una.codice == codice), None)
    return f"{codice}) {voce.nome}" if voce else codice


def _verifiche(versione: VersioneProposta) -> list[Any]:
    if versione.chiusa_il is not None:
        return list((versione.ammissibilita or {}).get("verifiche", []))
    return list(verifiche_di(versione))


@require_safe
def ricevuta(request: HttpRequest, pk: int) -> HttpResponse:
    """Numero, hour and hash of what was sent."""
    questa = proposta_visibile(request, pk)
    versione = _inviata(questa)
    contesto = di_proposta(
        questa, versione=versione, sha256=(versione.ammissibilita or {}).get("sha256", "")
    )
    return render(request, "conciliazione/bando/ricevuta.html", contesto)


@require_safe
def fotografia(request: HttpRequest, pk: int) -> HttpResponse:
    """The photograph, character by character as it was hashed."""
    questa = proposta_visibile(request, pk)
    versione = _inviata(questa)
    return HttpResponse(
        come_testo(fotografia_di(versione)),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="proposta-{pk}-v{versione.numero}.json"',
            "Cache-Control": "private, no-store",
        },
    )


def _inviata(questa: Proposta) -> VersioneProposta:
    versione = versione_di(questa)
    if versione is None or versione.chiusa_il is None:
        raise Http404(_("La proposta non è ancora stata presentata."))
    return versione


@require_safe
def versioni(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions side by side: the last two if not said. The open one is of who writes it."""
    questa = proposta_visibile(request, pk)
    guida = puo_di_persona(request.user, SCRIVE, questa)
    tutte = [una for una in questa.versioni.all() if guida or una.chiusa_il is not None]
    prima, dopo = _scelte(request, tutte)
    contesto: dict[str, Any] = {"tutte": tutte, "prima": prima, "dopo": dopo}
    if prima and dopo:
        for una in (prima, dopo):
            una.proposta = questa
        nomi = {
            una.codice: una.nome for una in questa.manifestazione.edizione.regole.categorie_costo
        }
        contesto["confronto"] = confronta(fotografia_di(prima), fotografia_di(dopo), nomi)
    return render(request, "conciliazione/bando/versioni.html", di_proposta(questa, **contesto))


def _scelte(
    request: HttpRequest, tutte: list[VersioneProposta]
) -> tuple[VersioneProposta | None, VersioneProposta | None]:
    numeri = {str(una.numero): una for una in tutte}
    ultime = ([None, None] + tutte)[-2:]  # noqa: RUF005 -- padded on the left
    prima = numeri.get(request.GET.get("prima", ""), ultime[0])
    return prima, numeri.get(request.GET.get("dopo", ""), ultime[1])


@require_safe
def allegato(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper, always to be saved and never opened in the page."""
    visibili = AllegatoProposta.objects.visibili_a(request.user)
    questo = get_object_or_404(visibili, pk=pk)
    try:
        with questo.file.open("rb") as aperto:
            contenuto = aperto.read()
    except OSError as errore:
        raise Http404(_("Il documento non è più nell'archivio.")) from errore
    return HttpResponse(
        contenuto,
        content_type=questo.tipo,
        headers={
            "Content-Disposition": content_disposition_header(True, questo.nome),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


def proposta_visibile(request: HttpRequest, pk: int) -> Proposta:
    """The proposal of that key among those that the person sees, or 404."""
    visibili = Proposta.objects.visibili_a(request.user).select_related(
        "capofila", "manifestazione__edizione__azienda", "confluita_in"
    )
    return get_object_or_404(visibili, pk=pk)


def di_proposta(questa: Proposta, **altro: Any) -> dict[str, Any]:
    """What the pages of a proposal share."""
    bando = questa.manifestazione
    return di_edizione(
        bando.edizione, "bando", proposta=questa, bando=bando, motivo=MotivoForm(), **altro
    )
