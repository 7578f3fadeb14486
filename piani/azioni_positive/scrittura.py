# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages that write a plan of the azioni positive, and what was done of an action."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from piani import azioni as azioni_piani
from piani.azioni_positive import azioni
from piani.azioni_positive.moduli import (
    AreaForm,
    AzioneForm,
    MonitoraggioForm,
    NuovoPositivoForm,
)
from piani.forms import RigaForm, tenta
from piani.models import AreaAzioniPositive, AzionePositiva, MonitoraggioAzione, Piano
from piani.rules import esigi
from piani.views.moduli import (
    conferma,
    inviato,
    legge_e_scrive,
    modulo,
    scrivi_riga,
    se_chiuso,
    sposta,
)


def briciole_positive(piano: Piano | None = None) -> list[tuple[str, Any]]:
    """Where the page of a plan of the azioni positive is found, and what is under it."""
    prima = [(_("Azioni positive"), reverse("azioni_positive"))]
    return prima if piano is None else [*prima, (piano.titolo, casa_di(piano))]


def casa_di(piano: Piano) -> str:
    return reverse("positive_piano", args=[piano.slug])


@legge_e_scrive
def nuovo(request: HttpRequest) -> HttpResponse:
    form = NuovoPositivoForm(inviato(request), utente=request.user)
    if not form.fields["azienda"].queryset:
        raise PermissionDenied(
            _("Il piano delle azioni positive lo cominciano il CUG o le risorse umane.")
        )
    fatto: list[Piano] = []
    if request.method == "POST" and tenta(
        form,
        lambda: fatto.append(
            azioni_piani.crea_piano(
                tipo=Piano.Tipo.AZIONI_POSITIVE, **form.cleaned_data, da=request.user
            )
        ),
    ):
        messages.success(request, _("Piano cominciato: aggiungi le aree e le loro azioni."))
        return redirect(casa_di(fatto[0]))
    return modulo(
        request,
        form,
        titolo=_("Comincia un piano delle azioni positive"),
        invia=_("Comincia"),
        annulla=reverse("azioni_positive"),
        briciole=[*briciole_positive(), (_("Nuovo"), "")],
    )


@legge_e_scrive
def area_nuova(request: HttpRequest, slug: str) -> HttpResponse:
    visibili = Piano.objects.visibili_a(request.user).per_elenco()
    piano = get_object_or_404(visibili, slug=slug, tipo=Piano.Tipo.AZIONI_POSITIVE)
    return _riga(request, AreaAzioniPositive(piano=piano), AreaForm, _("Nuova area"))


@legge_e_scrive
def area_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    area = _area(request, pk)
    return _riga(request, area, AreaForm, area.nome)


@legge_e_scrive
def azione_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    """A new action of that area."""
    return _riga(request, AzionePositiva(area=_area(request, pk)), AzioneForm, _("Nuova azione"))


@legge_e_scrive
def azione_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    azione = _azione(request, pk)
    return _riga(request, azione, AzioneForm, azione.titolo)


@legge_e_scrive
def area_togli(request: HttpRequest, pk: int) -> HttpResponse:
    area = _area(request, pk)
    cose = [str(azione) for azione in area.azioni.all()]
    return _togli(request, area, _("Togli l'area"), cose)


@legge_e_scrive
def azione_togli(request: HttpRequest, pk: int) -> HttpResponse:
    return _togli(request, _azione(request, pk), _("Togli l'azione"), [])


@require_POST
def area_sposta(request: HttpRequest, pk: int) -> HttpResponse:
    area = _area(request, pk)
    sposta(request, area)
    return redirect(casa_di(area.piano))


@require_POST
def azione_sposta(request: HttpRequest, pk: int) -> HttpResponse:
    azione = _azione(request, pk)
    sposta(request, azione)
    return redirect(casa_di(azione.piano))


@legge_e_scrive
def monitora(request: HttpRequest, pk: int, anno: int) -> HttpResponse:
    """What was done of an action in a year."""
    azione = _azione(request, pk)
    esigi(request.user, azioni.PERMESSO, azione)
    if not azione.anno_inizio <= anno <= azione.anno_fine:
        raise Http404
    if azione.piano.stato not in Piano.ADOTTATI:
        messages.error(request, _("Il piano non è ancora adottato: il monitoraggio comincia dopo."))
        return redirect(casa_di(azione.piano))
    riga = azione.monitoraggi.filter(anno=anno).first()
    form = MonitoraggioForm(
        inviato(request), instance=riga or MonitoraggioAzione(azione=azione, anno=anno)
    )
    dopo = reverse("positive_anno", args=[azione.piano.slug, anno])
    if request.method == "POST" and tenta(
        form, lambda: azioni.monitora(azione, anno=anno, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, _("Scritto ciò che si è fatto nel %(anno)s.") % {"anno": anno})
        return redirect(dopo)
    atteso = " — ".join(filter(None, [azione.indicatore, azione.atteso]))
    return modulo(
        request,
        form,
        titolo=f"{azione}, {anno}",
        sopratitolo=str(azione.piano),
        testo=_("Atteso: %(che)s") % {"che": atteso} if atteso else "",
        invia=_("Salva il monitoraggio"),
        annulla=dopo,
        briciole=[*briciole_positive(azione.piano), (str(anno), dopo), (azione.titolo, "")],
    )


def _area(request: HttpRequest, pk: int) -> AreaAzioniPositive:
    visibili = AreaAzioniPositive.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("piano__azienda"), pk=pk)


def _azione(request: HttpRequest, pk: int) -> AzionePositiva:
    visibili = AzionePositiva.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("area__piano__azienda"), pk=pk)


def _riga(request: HttpRequest, riga: Any, modello: type[RigaForm], titolo: str) -> HttpResponse:
    if chiuso := se_chiuso(request, riga.piano):
        return chiuso
    form = modello(inviato(request), instance=riga)
    casa = casa_di(riga.piano)
    if request.method == "POST" and tenta(form, lambda: scrivi_riga(form, request)):
        messages.success(request, _("Salvato."))
        return redirect(casa)
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=str(riga.piano),
        invia=_("Salva"),
        annulla=casa,
        briciole=[*briciole_positive(riga.piano), (titolo, "")],
    )


def _togli(request: HttpRequest, riga: Any, titolo: str, cose: list[str]) -> HttpResponse:
    if chiuso := se_chiuso(request, riga.piano):
        return chiuso
    casa = casa_di(riga.piano)
    return conferma(
        request,
        titolo=titolo,
        domanda=_("Vuoi togliere «%(riga)s»? Non si torna indietro.") % {"riga": riga},
        cose=cose,
        azione=lambda: azioni_piani.elimina(riga, da=request.user),
        fatto=_("Tolta."),
        dopo=casa,
        annulla=casa,
        briciole=[*briciole_positive(riga.piano), (titolo, "")],
    )
