# SPDX-License-Identifier: AGPL-3.0-or-later
"""The money of a project: its expenses, its requests, and each of these from draft to payment."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione import fogli_soldi
from conciliazione.azioni import rendiconto as azioni
from conciliazione.azioni import verifica_rendiconto as verifiche
from conciliazione.azioni.apporto import come_si_calcola
from conciliazione.azioni.pagamento import PAGA
from conciliazione.azioni.progetto import PERMESSO as GESTISCE
from conciliazione.azioni.spesa import SPENDE
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.rendiconto import Verifica
from conciliazione.conti import da_disporre, voci_di
from conciliazione.forms.monitoraggio import NotaForm
from conciliazione.forms.rendiconto import ApprovaForm, DisponiForm, EsameForm, RendicontoForm
from conciliazione.models import (
    ApportoCofinanziamento,
    Incasso,
    Pagamento,
    Rendiconto,
    Spesa,
)
from conciliazione.monitoraggio.conto import situazioni, verifica_di
from conciliazione.rules import esigi_referente, puo_di_persona
from conciliazione.views.edizioni import di_edizione
from conciliazione.views.monitoraggio import QUI
from conciliazione.views.semestri import fai
from conciliazione.views.spese import briciole_del, categorie_di, progetto_visibile, scrivibile
from piani import esporta
from piani.forms import accanto_ai_campi, tenta
from piani.rules import esigi


@require_safe
def del_progetto(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Expenses, cofinancing and requests of a project, as far as the person may read them."""
    progetto, chi = progetto_visibile(request, pk), request.user
    richieste = Rendiconto.objects.visibili_a(chi).filter(progetto=progetto)
    spese = Spesa.objects.visibili_a(chi).filter(progetto=progetto)
    apporti = ApportoCofinanziamento.objects.visibili_a(chi).filter(progetto=progetto)
    if esporta.chiesto(request):
        con_voce = spese.select_related("ente", "voce__azione", "rendiconto", "progetto")
        return esporta.scarica(request, fogli_soldi.SPESE, con_voce, di=_di(progetto))
    if esporta.chiesto(request, "rendiconti"):
        return esporta.scarica(request, fogli_soldi.RENDICONTI, richieste, di=_di(progetto))
    if esporta.chiesto(request, "apporti"):
        con_ente = apporti.select_related("ente", "azione", "rendiconto")
        return esporta.scarica(request, fogli_soldi.APPORTI, con_ente, di=_di(progetto))
    guida = puo_di_persona(chi, azioni.RENDICONTA, progetto)
    tutto = guida or chi.has_perm("conciliazione.consulta", progetto)
    nomi = {una.codice: una for una in progetto.edizione.regole.rate}
    contesto: dict[str, Any] = {
        "progetto": progetto,
        "situazione": situazioni([progetto])[0] if tutto else None,
        "incassi": Incasso.objects.visibili_a(chi).filter(progetto=progetto),
        "recupera": chi.has_perm(PAGA, progetto),
        "revoca": chi.has_perm(GESTISCE, progetto),
        "voci": voci_di(progetto) if tutto else [],
        "spese": [
            (una, scrivibile(chi, una))
            for una in spese.select_related(
                "ente", "voce__azione", "rendiconto", "progetto"
            ).prefetch_related("giustificativi")
        ],
        "apporti": [
            (uno, come_si_calcola(uno))
            for uno in apporti.select_related("ente", "azione", "rendiconto")
        ],
        "rendiconti": [(uno, nomi.get(uno.rata)) for uno in richieste],
        "spende": puo_di_persona(chi, SPENDE, progetto),
        "prossima": nomi.get(azioni.si_puo_chiedere(progetto)) if guida else None,
        "categorie": categorie_di(progetto),
        "briciole": briciole_del(progetto),
    }
    return render(
        request,
        "conciliazione/monitoraggio/progetto.html",
        di_edizione(progetto.edizione, QUI, **contesto),
    )


def _di(progetto: Any) -> str:
    return f"{progetto.edizione.slug}-{progetto.numero}"


@require_POST
def apri(request: HttpRequest, pk: int) -> HttpResponse:
    progetto = progetto_visibile(request, pk)
    esigi_referente(request.user, azioni.RENDICONTA, progetto)
    try:
        nuovo = azioni.apri_rendiconto(progetto, rata=request.POST.get("rata", ""), da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("rendiconti_progetto", pk)
    messages.success(request, _("Rendiconto iniziato: scegli le spese e scrivi quanto chiedi."))
    return redirect("rendiconto", nuovo.pk)


@require_safe
def rendiconto(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _rendiconto(request, pk))


@require_POST
def scrivi(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the draft; then, if asked for, send it."""
    questo = _rendiconto(request, pk)
    esigi_referente(request.user, azioni.RENDICONTA, questo)
    form = _modulo(questo, request.POST)
    if not tenta(form, lambda: azioni.scrivi_rendiconto(questo, dati=form.dati, da=request.user)):
        return _pagina(request, questo, form=form)
    if request.POST.get("fai") != "trasmetti":
        messages.success(request, _("Rendiconto salvato."))
        return redirect("rendiconto", pk)
    try:
        azioni.trasmetti_rendiconto(questo, da=request.user)
    except ValidationError as errore:
        accanto_ai_campi(form, errore)
        messages.info(request, _("Il rendiconto è salvato, ma non è stato trasmesso."))
        return _pagina(request, _rendiconto(request, pk), form=form)
    messages.success(request, _("Rendiconto trasmesso all'ATS."))
    return redirect("rendiconti_progetto", questo.progetto_id)


@require_POST
def togli(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _rendiconto(request, pk)
    return fai(
        request,
        lambda: azioni.togli_rendiconto(questo, da=request.user),
        _("Rendiconto tolto: le sue spese restano, libere."),
        redirect("rendiconti_progetto", questo.progetto_id),
    )


@require_POST
def esamina(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _rendiconto(request, pk)
    esigi(request.user, verifiche.VERIFICA, questo)
    form = _esame(questo, request.POST)
    if tenta(
        form,
        lambda: verifiche.ammetti(
            questo,
            spese=form.ammessi("spesa"),
            apporti=form.ammessi("apporto"),
            da=request.user,
        ),
    ):
        messages.success(request, _("Esame salvato."))
        return redirect("rendiconto", pk)
    return _pagina(request, questo, esame=form)


@require_POST
def approva(request: HttpRequest, pk: int) -> HttpResponse:
    def azione(questo: Rendiconto, form: Form) -> None:
        verifiche.approva_rendiconto(questo, da=request.user, **form.cleaned_data)

    return _decidi(request, pk, ApprovaForm, "approva", azione, _("Rendiconto approvato."))


@require_POST
def integra(request: HttpRequest, pk: int) -> HttpResponse:
    def azione(questo: Rendiconto, form: Form) -> None:
        verifiche.chiedi_integrazione(questo, da=request.user, **form.cleaned_data)

    return _decidi(request, pk, NotaForm, "integra", azione, _("Rendiconto da completare."))


@require_POST
def respingi(request: HttpRequest, pk: int) -> HttpResponse:
    def azione(questo: Rendiconto, form: Form) -> None:
        verifiche.respingi_rendiconto(questo, da=request.user, **form.cleaned_data)

    return _decidi(request, pk, NotaForm, "respingi", azione, _("Rendiconto respinto."))


def pagina_con(request: HttpRequest, pk: int, **moduli: Form) -> HttpResponse:
    """The page of a request with a form that was sent with something wrong."""
    return _pagina(request, _rendiconto(request, pk), **moduli)


def _decidi(
    request: HttpRequest,
    pk: int,
    modulo: type[Form],
    nome: str,
    azione: Callable[[Rendiconto, Form], None],
    fatto: str,
) -> HttpResponse:
    questo = _rendiconto(request, pk)
    esigi(request.user, verifiche.VERIFICA, questo)
    form = modulo(request.POST, prefix=nome)
    if tenta(form, lambda: azione(questo, form)):
        messages.success(request, fatto)
        return redirect("rendiconto", pk)
    return _pagina(request, questo, **{nome: form})


def _pagina(request: HttpRequest, questo: Rendiconto, **moduli: Form) -> HttpResponse:
    """``moduli``: forms sent with something wrong (``form``, ``esame``, ``approva``, ...)."""
    chi, stato = request.user, questo.stato
    guida = puo_di_persona(chi, azioni.RENDICONTA, questo)
    in_esame = stato == Rendiconto.Stato.TRASMESSO and chi.has_perm(verifiche.VERIFICA, questo)
    esito = _verifica(questo)
    pagamenti = Pagamento.objects.visibili_a(chi).filter(rendiconto=questo)
    resta = da_disporre(questo)
    contesto: dict[str, Any] = {
        "rendiconto": questo,
        "progetto": questo.progetto,
        "rata": esito.rata if esito else None,
        "esito": esito if stato != Rendiconto.Stato.APPROVATO else None,
        "fissate": questo.verifiche,
        "scrive": guida and stato in Rendiconto.SCRIVIBILI,
        "guida": guida,
        "in_esame": in_esame,
        "pagamenti": list(pagamenti),
        "da_disporre": resta,
        "paga": resta > ZERO and chi.has_perm(PAGA, questo),
        "disponi": moduli.get("disponi")
        or DisponiForm(prefix="disponi", initial={"importo": resta}),
        "briciole": briciole_del(questo.progetto, (esito.rata.nome if esito else questo.rata, "")),
    }
    contesto |= _righe(questo)
    if contesto["scrive"]:
        contesto["form"] = moduli.get("form") or _modulo(questo)
    if in_esame:
        contesto |= _dell_esame(questo, esito, moduli)
    return render(
        request,
        "conciliazione/monitoraggio/rendiconto.html",
        di_edizione(questo.progetto.edizione, QUI, **contesto),
    )


def _dell_esame(
    questo: Rendiconto, esito: Verifica | None, moduli: dict[str, Form]
) -> dict[str, Any]:
    esame = moduli.get("esame") or _esame(questo)
    massimo = esito.massimo if esito else ZERO
    proposto = min(questo.richiesto or ZERO, massimo)
    return {
        "esame": esame,
        "da_esaminare": {
            nome: [
                (una, esame[f"{nome}-{una.pk}"], esame[f"{nome}-{una.pk}-motivo"])
                for una in esame.righe[nome]
            ]
            for nome in ("spesa", "apporto")
        },
        "approva": moduli.get("approva")
        or ApprovaForm(prefix="approva", initial={"riconosciuto": proposto}),
        "integra": moduli.get("integra") or NotaForm(prefix="integra"),
        "respingi": moduli.get("respingi") or NotaForm(prefix="respingi"),
    }


def _righe(questo: Rendiconto) -> dict[str, Any]:
    """What the request brings, with the arithmetic of the staff."""
    spese = questo.spese.select_related("ente", "voce__azione").prefetch_related("giustificativi")
    apporti = questo.apporti.select_related("ente")
    return {
        "spese": list(spese),
        "apporti": [(uno, come_si_calcola(uno)) for uno in apporti],
        "categorie": categorie_di(questo.progetto),
    }


def _verifica(questo: Rendiconto) -> Verifica | None:
    """The checks as they come out now; None if the edition no longer has that instalment."""
    try:
        return verifica_di(questo)
    except ValidationError:
        return None


def _modulo(questo: Rendiconto, dati: Any = None) -> RendicontoForm:
    """The rows that may be chosen: of this request, or of none."""
    libere = Q(rendiconto=questo) | Q(rendiconto__isnull=True)
    spese = Spesa.objects.filter(libere, progetto=questo.progetto_id).select_related("ente")
    apporti = ApportoCofinanziamento.objects.filter(libere, progetto=questo.progetto_id)
    return RendicontoForm(
        dati, rendiconto=questo, spese=spese, apporti=apporti.select_related("ente")
    )


def _esame(questo: Rendiconto, dati: Any = None) -> EsameForm:
    return EsameForm(
        dati,
        spese=questo.spese.select_related("ente", "voce__azione").prefetch_related(
            "giustificativi"
        ),
        apporti=questo.apporti.select_related("ente"),
    )


def _rendiconto(request: HttpRequest, pk: int) -> Rendiconto:
    visibili = Rendiconto.objects.visibili_a(request.user).select_related(
        "progetto__edizione__azienda", "progetto__capofila", "trasmesso_da", "verificato_da"
    )
    return get_object_or_404(visibili, pk=pk)
