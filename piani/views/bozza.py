# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft filled in from the pages: the plan itself, its sections, the figures that differ."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from piani import azioni
from piani.azioni.righe import perche_chiuso
from piani.forms import MotivoForm, NuovoPianoForm, PianoForm, SezioneForm, tenta
from piani.models import Piano, Quadratura, Sezione
from piani.rules import esigi
from piani.testo import html_da_markdown
from piani.views.moduli import (
    PERMESSO,
    briciole_di,
    conferma,
    inviato,
    legge_e_scrive,
    modulo,
    scrivi_riga,
    se_chiuso,
    sposta,
)
from piani.views.stato import piano_visibile


@legge_e_scrive
def nuovo(request: HttpRequest) -> HttpResponse:
    form = NuovoPianoForm(inviato(request), utente=request.user)
    if not form.fields["azienda"].queryset:
        raise PermissionDenied(_("I piani li comincia il controllo di gestione."))
    fatto: list[Piano] = []
    if request.method == "POST" and tenta(
        form, lambda: fatto.append(azioni.crea_piano(**form.cleaned_data, da=request.user))
    ):
        messages.success(request, _("Piano cominciato: riempi le sezioni e l'albero."))
        return redirect(fatto[0])
    return modulo(
        request,
        form,
        titolo=_("Comincia un piano"),
        invia=_("Comincia"),
        annulla=reverse("piani"),
        briciole=[(_("Piani"), reverse("piani")), (_("Nuovo"), "")],
    )


@legge_e_scrive
def dati(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    if chiuso := se_chiuso(request, piano):
        return chiuso
    form = PianoForm(inviato(request), instance=piano)
    if request.method == "POST" and tenta(
        form, lambda: azioni.modifica_piano(piano, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Dati salvati."))
        return redirect(piano)
    return modulo(
        request,
        form,
        titolo=_("Dati del piano"),
        sopratitolo=str(piano),
        invia=_("Salva"),
        annulla=piano.get_absolute_url(),
        briciole=[*briciole_di(piano), (_("Dati"), "")],
    )


@legge_e_scrive
def elimina(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    if chiuso := se_chiuso(request, piano):
        return chiuso
    return conferma(
        request,
        titolo=_("Elimina la bozza"),
        domanda=_("Vuoi eliminare «%(piano)s» con tutto ciò che contiene? Non si torna indietro.")
        % {"piano": piano},
        azione=lambda: azioni.elimina_piano(piano, da=request.user),
        fatto=_("Bozza eliminata."),
        dopo=reverse("piani"),
        annulla=reverse("stato_piano", args=[slug]),
        briciole=[*briciole_di(piano), (_("Elimina"), "")],
    )


@require_safe
def sezioni(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    contesto = {
        "piano": piano,
        "sezioni": [
            {"riga": una, "html": html_da_markdown(una.testo)} for una in piano.sezioni.all()
        ],
        "modificabile": request.user.has_perm(PERMESSO, piano) and not perche_chiuso(piano),
        "briciole": [*briciole_di(piano), (_("Sezioni"), "")],
    }
    return render(request, "piani/sezioni.html", contesto)


@legge_e_scrive
def sezione_nuova(request: HttpRequest, slug: str) -> HttpResponse:
    piano = piano_visibile(request, slug)
    if chiuso := se_chiuso(request, piano):
        return chiuso
    return _sezione(request, Sezione(piano=piano), _("Nuova sezione"))


@legge_e_scrive
def sezione_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    sezione = _sezione_visibile(request, pk)
    if chiuso := se_chiuso(request, sezione.piano):
        return chiuso
    return _sezione(request, sezione, sezione.titolo)


def _sezione(request: HttpRequest, sezione: Sezione, titolo: str) -> HttpResponse:
    form = SezioneForm(inviato(request), instance=sezione)
    elenco = reverse("sezioni", args=[sezione.piano.slug])
    dai_controlli = request.GET.get("torna") == "stato"
    dopo = reverse("stato_piano", args=[sezione.piano.slug]) if dai_controlli else elenco
    if request.method == "POST" and tenta(form, lambda: scrivi_riga(form, request)):
        messages.success(request, _("Sezione salvata."))
        return redirect(dopo)
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=str(sezione.piano),
        invia=_("Salva la sezione"),
        annulla=dopo,
        briciole=[*briciole_di(sezione.piano), (_("Sezioni"), elenco), (titolo, "")],
    )


@legge_e_scrive
def sezione_togli(request: HttpRequest, pk: int) -> HttpResponse:
    sezione = _sezione_visibile(request, pk)
    piano = sezione.piano
    if chiuso := se_chiuso(request, piano):
        return chiuso
    elenco = reverse("sezioni", args=[piano.slug])
    return conferma(
        request,
        titolo=_("Togli la sezione"),
        domanda=_("Vuoi togliere dal piano la sezione «%(titolo)s»? Il registro ne tiene il testo.")
        % {"titolo": sezione.titolo},
        azione=lambda: azioni.elimina(sezione, da=request.user),
        fatto=_("Sezione tolta."),
        dopo=elenco,
        annulla=elenco,
        briciole=[*briciole_di(piano), (_("Sezioni"), elenco), (_("Togli"), "")],
    )


@require_POST
def sezione_sposta(request: HttpRequest, pk: int) -> HttpResponse:
    sezione = _sezione_visibile(request, pk)
    sposta(request, sezione)
    return redirect("sezioni", sezione.piano.slug)


@legge_e_scrive
def quadratura(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = Quadratura.objects.filter(piano__in=Piano.objects.visibili_a(request.user))
    questa = get_object_or_404(visibili.select_related("piano__azienda"), pk=pk)
    piano = questa.piano
    esigi(request.user, PERMESSO, piano)
    form = MotivoForm(inviato(request))
    form.fields["motivo"].label = _("Perché la differenza resta")
    if request.method == "POST" and tenta(
        form, lambda: azioni.prendi_atto(questa, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Differenza presa in carico."))
        return redirect(f"{piano.get_absolute_url()}#quadrature")
    return modulo(
        request,
        form,
        titolo=_("Un totale che non torna"),
        sopratitolo=str(piano),
        invia=_("Prendo atto"),
        annulla=f"{piano.get_absolute_url()}#quadrature",
        briciole=[*briciole_di(piano), (_("Quadratura"), "")],
        prima="piani/_quadratura.html",
        quadratura=questa,
    )


def _sezione_visibile(request: HttpRequest, pk: int) -> Sezione:
    visibili = Sezione.objects.filter(piano__in=Piano.objects.visibili_a(request.user))
    return get_object_or_404(visibili.select_related("piano__azienda"), pk=pk)
