# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the CUG's report and of the staff by gender."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import esporta
from piani.azioni_positive import personale, relazione, trasmissione
from piani.azioni_positive.azioni import PERMESSO as TIENE
from piani.azioni_positive.cifre import cifre
from piani.azioni_positive.documento import nome_di
from piani.azioni_positive.moduli_cug import (
    DipartimentoForm,
    NuovaRelazioneForm,
    PersonaleForm,
    RelazioneForm,
)
from piani.azioni_positive.scrittura import briciole_positive
from piani.azioni_positive.viste_versione import relazione_visibile
from piani.forms import tenta
from piani.models import Azienda, PersonalePerGenere, RelazioneCUG
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive, modulo


@require_safe
def leggi(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it is for who prepares it; as it was sent for who receives it."""
    questa = relazione_visibile(request, pk)
    versioni = list(questa.versioni.select_related("trasmessa_da"))
    prepara = request.user.has_perm(TIENE, questa)
    bozza = questa.stato == RelazioneCUG.Stato.BOZZA
    foto = versioni[0].fotografia if versioni and not (prepara and bozza) else None
    contesto = {
        "relazione": questa,
        "versioni": versioni,
        "parti": foto["sezioni"] if foto else _parti(questa),
        "cifre": foto or cifre(questa),
        "trasmesse": foto is not None or not bozza,
        "prepara": prepara,
        "scrive": request.user.has_perm(relazione.PERMESSO, questa),
        "finito": timezone.localdate().year > questa.anno,
        "oggi": timezone.localdate(),
        "briciole": briciole_positive(),
    }
    return render(request, "azioni_positive/relazione.html", contesto)


@legge_e_scrive
def nuova(request: HttpRequest) -> HttpResponse:
    form = NuovaRelazioneForm(inviato(request), utente=request.user)
    if not form.fields["azienda"].queryset:
        raise PermissionDenied(_("La relazione la scrive il CUG."))
    fatte: list[RelazioneCUG] = []
    if request.method == "POST" and tenta(
        form, lambda: fatte.append(relazione.comincia(**form.cleaned_data, da=request.user))
    ):
        messages.success(request, _("Relazione cominciata: scrivine le parti."))
        return redirect("cug_relazione", fatte[0].pk)
    return modulo(
        request,
        form,
        titolo=_("Comincia la relazione del CUG"),
        testo=_("Si trasmette entro il 30 marzo dell'anno dopo."),
        invia=_("Comincia"),
        annulla=reverse("azioni_positive"),
        briciole=[*briciole_positive(), (_("Nuova relazione"), "")],
    )


@legge_e_scrive
def scrivi(request: HttpRequest, pk: int) -> HttpResponse:
    questa = relazione_visibile(request, pk)
    esigi(request.user, relazione.PERMESSO, questa)
    if questa.stato != RelazioneCUG.Stato.BOZZA:
        messages.error(request, _("La relazione è trasmessa e non si modifica."))
        return redirect("cug_relazione", pk)
    form = RelazioneForm(inviato(request), instance=questa)
    if request.method == "POST" and tenta(
        form, lambda: relazione.scrivi(questa, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Relazione salvata."))
        return redirect("cug_relazione", pk)
    casa = reverse("cug_relazione", args=[pk])
    return modulo(
        request,
        form,
        titolo=str(questa),
        sopratitolo=str(questa.azienda),
        invia=_("Salva la relazione"),
        annulla=casa,
        briciole=[*briciole_positive(), (str(questa), casa), (_("Scrivi"), "")],
    )


@legge_e_scrive
def trasmetti(request: HttpRequest, pk: int) -> HttpResponse:
    questa = relazione_visibile(request, pk)
    esigi(request.user, relazione.PERMESSO, questa)
    casa = reverse("cug_relazione", args=[pk])
    return conferma(
        request,
        titolo=_("Trasmetti la relazione"),
        domanda=_("La relazione arriva alla Direzione e al Nucleo con le cifre di oggi, e non si "
                  "modifica più."),
        azione=lambda: trasmissione.trasmetti(questa, da=request.user),
        fatto=_("Relazione trasmessa."),
        dopo=casa,
        annulla=casa,
        briciole=[*briciole_positive(), (str(questa), casa), (_("Trasmetti"), "")],
    )  # fmt: skip


@legge_e_scrive
def al_dipartimento(request: HttpRequest, pk: int) -> HttpResponse:
    questa = relazione_visibile(request, pk)
    esigi(request.user, relazione.PERMESSO, questa)
    casa = reverse("cug_relazione", args=[pk])
    form = DipartimentoForm(inviato(request))
    if request.method == "POST" and tenta(
        form, lambda: trasmissione.al_dipartimento(questa, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Invio al Dipartimento registrato."))
        return redirect(casa)
    return modulo(
        request,
        form,
        titolo=_("Invio al Dipartimento della Funzione Pubblica"),
        sopratitolo=str(questa),
        invia=_("Registra"),
        annulla=casa,
        briciole=[*briciole_positive(), (str(questa), casa), (_("Dipartimento"), "")],
    )


@require_safe
def staff(request: HttpRequest, azienda: str) -> HttpResponseBase:
    """The staff of each year, whole for who counts it."""
    if esporta.chiesto(request):
        return staff_csv(request, azienda)
    questa = _azienda(request, azienda)
    intera = request.user.has_perm(TIENE, questa)
    anni = personale.anni_contati(questa)
    righe = PersonalePerGenere.objects.visibili_a(request.user).filter(azienda=questa)
    contesto = {
        "azienda": questa,
        "tavole": [personale.tavola_di(questa, anno, intera=intera) for anno in anni],
        "righe": righe.order_by("-anno", "ordine", "ruolo") if intera else [],
        "tiene": intera,
        "briciole": briciole_positive(),
    }
    return render(request, "azioni_positive/personale.html", contesto)


@require_safe
def staff_csv(request: HttpRequest, azienda: str) -> HttpResponseBase:
    """A file leaves the program: small groups are silent in it for everybody."""
    questa = _azienda(request, azienda)
    nome = f"personale-per-genere-{questa.codice}"
    righe = personale.righe_csv(questa)
    return esporta.tabella(request, nome, _("Personale per genere"), righe)


@legge_e_scrive
def conta(request: HttpRequest, azienda: str) -> HttpResponse:
    questa = _azienda(request, azienda)
    esigi(request.user, TIENE, questa)
    proposto = {"anno": timezone.localdate().year - 1}
    form = PersonaleForm(inviato(request), initial=proposto)
    casa = reverse("positive_personale", args=[azienda])
    if request.method == "POST" and tenta(
        form, lambda: personale.conta(questa, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Ruolo scritto."))
        return redirect(casa)
    return modulo(
        request,
        form,
        titolo=_("Personale di un ruolo"),
        sopratitolo=str(questa),
        invia=_("Scrivi"),
        annulla=casa,
        briciole=[*briciole_positive(), (_("Personale per genere"), casa), (_("Scrivi"), "")],
    )


@require_POST
def togli(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = PersonalePerGenere.objects.visibili_a(request.user).select_related("azienda")
    riga = get_object_or_404(visibili, pk=pk)
    personale.togli(riga, da=request.user)
    messages.success(request, _("Ruolo tolto."))
    return redirect("positive_personale", riga.azienda.codice)


def _azienda(request: HttpRequest, codice: str) -> Azienda:
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice)


def _parti(questa: RelazioneCUG) -> list[dict[str, str]]:
    return [
        {"titolo": nome_di(parte), "testo": getattr(questa, parte)} for parte in relazione.PARTI
    ]
