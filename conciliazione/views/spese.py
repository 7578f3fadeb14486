# SPDX-License-Identifier: AGPL-3.0-or-later
"""The expenses of a project with their papers, and what its bodies gave."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import apporto as azioni_apporto
from conciliazione.azioni import giustificativo as azioni_documento
from conciliazione.azioni import spesa as azioni
from conciliazione.forms.rendiconto import ApportoForm, GiustificativoForm, SpesaForm
from conciliazione.models import (
    ApportoCofinanziamento,
    Ente,
    Giustificativo,
    Progetto,
    Rendiconto,
    Spesa,
)
from conciliazione.rules import enti_rappresentati, esigi_referente, puo_di_persona
from conciliazione.views.edizioni import di_edizione
from conciliazione.views.monitoraggio import QUI, briciole_di
from conciliazione.views.semestri import fai
from piani.forms import tenta
from piani.views.moduli import inviato, legge_e_scrive, modulo


@legge_e_scrive
def nuova(request: HttpRequest, pk: int) -> HttpResponse:
    progetto = progetto_visibile(request, pk)
    esigi_referente(request.user, azioni.SPENDE, progetto)
    form = _modulo(request, progetto)
    scritte: list[Spesa] = []
    if request.method == "POST" and tenta(
        form,
        lambda: scritte.append(azioni.inserisci_spesa(progetto, dati=form.dati, da=request.user)),
    ):
        _con_il_documento(request, scritte[0], form.cleaned_data["file"])
        return redirect("spesa", scritte[0].pk)
    return modulo(
        request,
        form,
        titolo=_("Nuova spesa"),
        sopratitolo=progetto.titolo,
        invia=_("Inserisci la spesa"),
        annulla=reverse("rendiconti_progetto", args=[progetto.pk]),
        briciole=briciole_del(progetto, (_("Nuova spesa"), "")),
    )


@legge_e_scrive
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _spesa(request, pk)
    azioni.esigi_spesa(questa.progetto, questa.ente, request.user)
    form = _modulo(request, questa.progetto, questa)
    if request.method == "POST" and tenta(
        form, lambda: azioni.cambia_spesa(questa, dati=form.dati, da=request.user)
    ):
        messages.success(request, _("Spesa cambiata."))
        return redirect("spesa", pk)
    return modulo(
        request,
        form,
        titolo=_("Modifica la spesa"),
        sopratitolo=questa.progetto.titolo,
        invia=_("Salva"),
        annulla=reverse("spesa", args=[pk]),
        briciole=briciole_del(questa.progetto, (questa.descrizione, "")),
    )


@require_safe
def spesa(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _spesa(request, pk))


@require_POST
def togli(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _spesa(request, pk)
    return fai(
        request,
        lambda: azioni.togli_spesa(questa, da=request.user),
        _("Spesa tolta."),
        redirect("rendiconti_progetto", questa.progetto_id),
    )


@require_POST
def carica(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _spesa(request, pk)
    azioni.esigi_spesa(questa.progetto, questa.ente, request.user)
    form = GiustificativoForm(request.POST, request.FILES)
    if tenta(
        form,
        lambda: azioni_documento.carica_giustificativo(
            questa, file=form.cleaned_data["file"], da=request.user
        ),
    ):
        messages.success(request, _("Documento aggiunto."))
        return redirect("spesa", pk)
    return _pagina(request, questa, form=form)


@require_safe
def giustificativo(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of an expense, always to be saved and never opened in the page."""
    questo = _documento(request, pk)
    try:
        with questo.file.open("rb") as aperto:
            contenuto = aperto.read()
    except (OSError, ValueError) as errore:
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


@require_POST
def togli_documento(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _documento(request, pk)
    return fai(
        request,
        lambda: azioni_documento.togli_giustificativo(questo, da=request.user),
        _("Documento tolto."),
        redirect("spesa", questo.spesa_id),
    )


@legge_e_scrive
def apporto_nuovo(request: HttpRequest, pk: int) -> HttpResponse:
    progetto = progetto_visibile(request, pk)
    esigi_referente(request.user, azioni.SPENDE, progetto)
    form = ApportoForm(inviato(request), progetto=progetto, enti=_enti(request, progetto))
    if request.method == "POST" and tenta(
        form,
        lambda: azioni_apporto.inserisci_apporto(progetto, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Cofinanziamento inserito."))
        return redirect("rendiconti_progetto", progetto.pk)
    return modulo(
        request,
        form,
        titolo=_("Nuovo cofinanziamento"),
        sopratitolo=progetto.titolo,
        testo=_("Ciò che un ente ha messo davvero: denaro, oppure ore del suo personale."),
        invia=_("Inserisci"),
        annulla=reverse("rendiconti_progetto", args=[progetto.pk]),
        briciole=briciole_del(progetto, (_("Nuovo cofinanziamento"), "")),
    )


@require_POST
def apporto_togli(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = ApportoCofinanziamento.objects.visibili_a(request.user)
    questo = get_object_or_404(
        visibili.select_related("progetto__edizione__azienda", "progetto__capofila", "ente"), pk=pk
    )
    return fai(
        request,
        lambda: azioni_apporto.togli_apporto(questo, da=request.user),
        _("Cofinanziamento tolto."),
        redirect("rendiconti_progetto", questo.progetto_id),
    )


def progetto_visibile(request: HttpRequest, pk: int) -> Progetto:
    """The project among those that the person sees, or 404."""
    visibili = Progetto.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("edizione__azienda", "capofila"), pk=pk)


def briciole_del(progetto: Progetto, *altre: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of the money of a project is found."""
    qui = reverse("rendiconti_progetto", args=[progetto.pk]) if altre else ""
    return briciole_di(progetto.edizione, (progetto.titolo, qui), *altre)


def categorie_di(progetto: Progetto) -> dict[str, str]:
    """The names of the headings of cost of the edition, by code."""
    return {una.codice: una.nome for una in progetto.edizione.regole.categorie_costo}


def scrivibile(utente: Any, questa: Spesa) -> bool:
    """Whether the person may write that expense now."""
    inviata = questa.rendiconto is not None and (
        questa.rendiconto.stato not in Rendiconto.SCRIVIBILI
    )
    if inviata or not puo_di_persona(utente, azioni.SPENDE, questa):
        return False
    return bool({questa.ente_id, questa.progetto.capofila_id} & enti_rappresentati(utente))


def _pagina(
    request: HttpRequest, questa: Spesa, *, form: GiustificativoForm | None = None
) -> HttpResponse:
    contesto = {
        "spesa": questa,
        "categoria": categorie_di(questa.progetto).get(
            questa.voce.categoria, questa.voce.categoria
        ),
        "documenti": list(questa.giustificativi.all()),
        "scrive": scrivibile(request.user, questa),
        "form": form or GiustificativoForm(),
        "briciole": briciole_del(questa.progetto, (questa.descrizione, "")),
    }
    return render(
        request,
        "conciliazione/monitoraggio/spesa.html",
        di_edizione(questa.progetto.edizione, QUI, **contesto),
    )


def _modulo(request: HttpRequest, progetto: Progetto, spesa: Spesa | None = None) -> SpesaForm:
    return SpesaForm(
        inviato(request),
        request.FILES or None,
        progetto=progetto,
        enti=_enti(request, progetto),
        categorie=categorie_di(progetto),
        spesa=spesa,
    )


def _enti(request: HttpRequest, progetto: Progetto) -> list[Ente]:
    """The bodies that the person writes for: its own; all of them, for the capofila."""
    tutti = azioni.enti_dell_alleanza(progetto)
    miei = enti_rappresentati(request.user)
    if progetto.capofila_id in miei:
        return tutti
    return [uno for uno in tutti if uno.pk in miei]


def _con_il_documento(request: HttpRequest, scritta: Spesa, file: Any) -> None:
    """Keep the paper that came with a new expense; if it is refused, the expense stays."""
    if file is None:
        messages.success(request, _("Spesa inserita: aggiungi il suo documento."))
        return
    try:
        azioni_documento.carica_giustificativo(scritta, file=file, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        messages.info(request, _("La spesa è inserita; il suo documento no."))
    else:
        messages.success(request, _("Spesa inserita con il suo documento."))


def _spesa(request: HttpRequest, pk: int) -> Spesa:
    visibili = Spesa.objects.visibili_a(request.user).select_related(
        "progetto__edizione__azienda", "progetto__capofila", "ente", "voce__azione", "rendiconto"
    )
    return get_object_or_404(visibili, pk=pk)


def _documento(request: HttpRequest, pk: int) -> Giustificativo:
    visibili = Giustificativo.objects.visibili_a(request.user).select_related(
        "spesa__progetto__edizione__azienda", "spesa__progetto__capofila", "spesa__ente",
        "spesa__rendiconto",
    )  # fmt: skip
    return get_object_or_404(visibili, pk=pk)
