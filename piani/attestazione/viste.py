# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the grid: the Nucleo writes it, the others read what was closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani import esporta, fogli
from piani.attestazione import azioni
from piani.attestazione.azioni import ATTESTA, PUBBLICA
from piani.attestazione.documento import fotografa
from piani.attestazione.moduli import CorreggiForm, GrigliaForm, NuovaForm, SchedaForm
from piani.documenti_ente.forma import per_pagina
from piani.documenti_ente.viste import RISERVATO, contesto_di, file_di
from piani.forms import tenta
from piani.models import DocumentoEnte, RilevazioneObblighi, Ruolo
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive, modulo


@require_safe
def elenco(request: HttpRequest) -> HttpResponseBase:
    """The grids of the aziende of the person."""
    visibili = RilevazioneObblighi.objects.visibili_a(request.user).select_related("azienda")
    rilevazioni = visibili.order_by("-riferimento", "azienda__nome")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.ATTESTAZIONI, rilevazioni)
    contesto = {
        "rilevazioni": rilevazioni,
        "apre": request.user.ha_ruolo(Ruolo.NUCLEO),
        "briciole": [(_("Attestazioni degli obblighi"), "")],
    }
    return render(request, "attestazione/elenco.html", contesto)


@legge_e_scrive
def nuova(request: HttpRequest) -> HttpResponse:
    form = NuovaForm(inviato(request), utente=request.user)
    if not form.fields["azienda"].queryset:  # type: ignore[attr-defined]
        raise PermissionDenied(_("La griglia degli obblighi la apre il Nucleo di valutazione."))
    fatta: list[RilevazioneObblighi] = []
    if request.method == "POST" and tenta(
        form, lambda: fatta.append(azioni.apri(**form.cleaned_data, da=request.user))
    ):
        messages.success(request, _("Griglia aperta, con una riga per ogni obbligo dovuto."))
        return redirect("attestazione_punteggi", fatta[0].pk)
    return modulo(
        request,
        form,
        titolo=_("Apri una griglia di rilevazione"),
        invia=_("Apri"),
        annulla=reverse("attestazioni"),
        briciole=[*_briciole(), (_("Nuova"), "")],
    )


@require_safe
def attestazione(request: HttpRequest, pk: int) -> HttpResponse:
    """How a grid stands: its versions for everybody, what is missing for who writes it."""
    questa = _visibile(request, pk)
    versioni = azioni.versioni(questa)
    scrive = request.user.has_perm(ATTESTA, questa)
    contesto = {
        "rilevazione": questa,
        "versioni": versioni,
        "scrive": scrive,
        "mancano": azioni.mancano(questa) if scrive and questa.aperta else [],
        "da_allineare": any(azioni.da_allineare(questa)) if scrive and questa.aperta else False,
        "pubblica": not questa.aperta
        and versioni[0].pubblicato_il is None
        and request.user.has_perm(PUBBLICA, questa.azienda),
        "briciole": [*_briciole(), (str(questa), "")],
    }
    if versioni:
        contesto |= contesto_di(versioni[0])
    return render(request, "attestazione/attestazione.html", contesto)


@legge_e_scrive
def punteggi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _da_scrivere(request, pk)
    griglia = GrigliaForm(inviato(request), questa)
    if request.method == "POST" and griglia.is_valid():
        try:
            azioni.scrivi_punteggi(
                questa,
                righe=griglia.valori,
                visto=griglia.visto.cleaned_data["visto"],
                da=request.user,
            )
        except ValidationError as errore:
            griglia.accetta(errore)
        else:
            messages.success(request, _("Punteggi salvati."))
            return redirect(questa)
    contesto = {
        "rilevazione": questa,
        "griglia": griglia,
        "briciole": [*_briciole(questa), (_("Punteggi"), "")],
    }
    return render(request, "attestazione/punteggi.html", contesto)


@legge_e_scrive
def scheda(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _da_scrivere(request, pk)
    form = SchedaForm(inviato(request), instance=questa)
    if request.method == "POST" and tenta(
        form, lambda: azioni.scrivi_scheda(questa, **form.valori, da=request.user)
    ):
        messages.success(request, _("Scheda di sintesi salvata."))
        return redirect(questa)
    return modulo(
        request,
        form,
        titolo=_("Scheda di sintesi e attestazione"),
        sopratitolo=str(questa),
        invia=_("Salva"),
        annulla=questa.get_absolute_url(),
        briciole=[*_briciole(questa), (_("Scheda di sintesi"), "")],
    )


@legge_e_scrive
def allinea(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _da_scrivere(request, pk)
    nuovi, tolti = azioni.da_allineare(questa)
    return conferma(
        request,
        titolo=_("Aggiorna l'elenco degli obblighi"),
        domanda=_("Vuoi portare la griglia agli obblighi che si applicano adesso?"),
        cose=[
            *(_("Si aggiunge: %(che)s") % {"che": uno} for uno in nuovi),
            *(_("Si toglie, con i suoi punteggi: %(che)s") % {"che": uno} for uno in tolti),
        ],
        azione=lambda: azioni.allinea(questa, da=request.user),
        fatto=_("Elenco aggiornato."),
        dopo=questa.get_absolute_url(),
        annulla=questa.get_absolute_url(),
        briciole=[*_briciole(questa), (_("Aggiorna l'elenco"), "")],
    )


@legge_e_scrive
def chiudi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    esigi(request.user, ATTESTA, questa)
    return conferma(
        request,
        titolo=_("Chiudi e attesta"),
        domanda=_("Vuoi chiudere «%(griglia)s»? È l'attestazione del Nucleo: griglia, scheda e "
                  "documento si fissano in una versione, che chi pubblica rende pubblica.")
        % {"griglia": questa},
        azione=lambda: azioni.chiudi(questa, da=request.user),
        fatto=_("Chiusa: la versione aspetta di essere pubblicata."),
        dopo=questa.get_absolute_url(),
        annulla=questa.get_absolute_url(),
        briciole=[*_briciole(questa), (_("Chiudi"), "")],
    )  # fmt: skip


@legge_e_scrive
def correggi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    esigi(request.user, ATTESTA, questa)
    form = CorreggiForm(inviato(request))
    if request.method == "POST" and tenta(
        form, lambda: azioni.correggi(questa, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Riaperta: correggila e chiudila di nuovo."))
        return redirect(questa)
    return modulo(
        request,
        form,
        titolo=_("Correggi la griglia"),
        sopratitolo=str(questa),
        testo=_("La versione chiusa resta com'è; quando chiudi di nuovo ne nasce un'altra, con il "
                "motivo che scrivi qui."),
        invia=_("Riapri"),
        annulla=questa.get_absolute_url(),
        briciole=[*_briciole(questa), (_("Correggi"), "")],
    )  # fmt: skip


@legge_e_scrive
def pubblica(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _visibile(request, pk)
    esigi(request.user, PUBBLICA, questa.azienda)
    return conferma(
        request,
        titolo=_("Pubblica l'attestazione"),
        domanda=_("Vuoi rendere pubblica in Amministrazione Trasparente l'ultima versione chiusa "
                  "dal Nucleo? Quella di prima, se c'è, resta leggibile e dice che è superata."),
        azione=lambda: azioni.pubblica(questa, da=request.user),
        fatto=_("Pubblicata."),
        dopo=questa.get_absolute_url(),
        annulla=questa.get_absolute_url(),
        briciole=[*_briciole(questa), (_("Pubblica"), "")],
    )  # fmt: skip


@require_safe
def anteprima(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it would be closed now: for who writes it."""
    questa = _visibile(request, pk)
    if not request.user.has_perm(ATTESTA, questa):
        raise Http404
    foto = fotografa(questa, versione=len(azioni.versioni(questa)) + 1, giorno=timezone.localdate())
    contesto = {
        "foto": foto,
        "parti": per_pagina(foto),
        "torna": questa.get_absolute_url(),
        "briciole": [*_briciole(questa), (_("Anteprima"), "")],
    }
    return render(request, "documenti_ente/anteprima.html", contesto)


@require_safe
def versione(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    questa = _visibile(request, pk)
    contesto = contesto_di(_versione(questa, numero)) | {
        "torna": questa.get_absolute_url(),
        "briciole": [*_briciole(questa), (_("Versione %(n)s") % {"n": numero}, "")],
    }
    return render(request, "documenti_ente/anteprima.html", contesto)


@require_safe
def file(request: HttpRequest, pk: int, numero: int, nome: str) -> HttpResponse:
    """One of the files of a closed version, public or not yet."""
    questa = _visibile(request, pk)
    return file_di(request, _versione(questa, numero), nome, RISERVATO)


def _visibile(request: HttpRequest, pk: int) -> RilevazioneObblighi:
    visibili = RilevazioneObblighi.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("azienda"), pk=pk)


def _da_scrivere(request: HttpRequest, pk: int) -> RilevazioneObblighi:
    questa = _visibile(request, pk)
    esigi(request.user, ATTESTA, questa)
    return questa


def _versione(rilevazione: RilevazioneObblighi, numero: int) -> DocumentoEnte:
    sue = DocumentoEnte.objects.filter(azienda=rilevazione.azienda_id, serie=rilevazione.serie)
    return get_object_or_404(sue.select_related("azienda"), versione=numero)


def _briciole(rilevazione: RilevazioneObblighi | None = None) -> list[tuple[str, Any]]:
    prima = [(_("Attestazioni degli obblighi"), reverse("attestazioni"))]
    if rilevazione is None:
        return prima
    return [*prima, (str(rilevazione), rilevazione.get_absolute_url())]
