# SPDX-License-Identifier: AGPL-3.0-or-later
"""The actions of the whole network, with the meetings of their groups."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conciliazione.azioni import azione_piano as azioni
from conciliazione.forms.progetti import AzioneDiPianoForm, IncontroForm
from conciliazione.models import AzioneDiPiano, EdizioneConciliazione, IncontroAzione
from conciliazione.models.azioni import StatoAzione
from conciliazione.passaggi import prossimi
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from conciliazione.views.progetti import QUI
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive, modulo


@require_safe
def azione(request: HttpRequest, pk: int) -> HttpResponse:
    return _pagina(request, _azione(request, pk))


@legge_e_scrive
def nuova(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, azioni.PERMESSO, edizione)
    return _modulo(request, edizione, None)


@legge_e_scrive
def modifica(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _azione(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    return _modulo(request, questa.edizione, questa)


def _modulo(
    request: HttpRequest, edizione: EdizioneConciliazione, questa: AzioneDiPiano | None
) -> HttpResponse:
    form = AzioneDiPianoForm(inviato(request), instance=questa, edizione=edizione)
    scritte: list[AzioneDiPiano] = []
    if request.method == "POST" and tenta(
        form,
        lambda: scritte.append(
            azioni.scrivi_azione_di_piano(
                edizione, valori=form.cleaned_data, azione=questa, da=request.user
            )
        ),
    ):
        messages.success(request, _("Azione salvata."))
        return redirect("azione_piano", scritte[0].pk)
    indietro = reverse("conciliazione_progetti", args=[edizione.slug])
    if questa:
        indietro = reverse("azione_piano", args=[questa.pk])
    return modulo(
        request, form, titolo=_("Azione del piano"), sopratitolo=str(edizione),
        invia=_("Salva"), annulla=indietro,
    )  # fmt: skip


@legge_e_scrive
def togli(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _azione(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    return conferma(
        request,
        azione=lambda: azioni.togli_azione_di_piano(questa, da=request.user),
        fatto=_("Azione tolta."),
        dopo=reverse("conciliazione_progetti", args=[questa.edizione.slug]),
        titolo=_("Togli l'azione"),
        domanda=_("Tolgo «%(azione)s» dal piano?") % {"azione": questa},
        annulla=reverse("azione_piano", args=[pk]),
    )


@require_POST
def avanza(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _azione(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    stato = request.POST.get("stato", "")
    if stato in StatoAzione.values:
        try:
            azioni.avanza_azione_di_piano(questa, stato=stato, da=request.user)
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        else:
            messages.success(request, _("Stato dell'azione cambiato."))
    return redirect("azione_piano", pk)


@require_POST
def incontro(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _azione(request, pk)
    esigi(request.user, azioni.PERMESSO, questa)
    form = IncontroForm(request.POST)
    if tenta(form, lambda: azioni.aggiungi_incontro(questa, da=request.user, **form.cleaned_data)):
        messages.success(request, _("Incontro registrato."))
        return redirect("azione_piano", pk)
    return _pagina(request, questa, form)


@legge_e_scrive
def togli_incontro(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = IncontroAzione.objects.visibili_a(request.user)
    questo = get_object_or_404(visibili.select_related("azione__edizione__azienda"), pk=pk)
    esigi(request.user, azioni.PERMESSO, questo)
    indietro = reverse("azione_piano", args=[questo.azione_id])
    return conferma(
        request,
        azione=lambda: azioni.togli_incontro(questo, da=request.user),
        fatto=_("Incontro tolto."),
        dopo=indietro,
        titolo=_("Togli l'incontro"),
        domanda=_("Tolgo l'incontro %(incontro)s?") % {"incontro": questo},
        annulla=indietro,
    )


def _pagina(
    request: HttpRequest, questa: AzioneDiPiano, form: IncontroForm | None = None
) -> HttpResponse:
    rilevate = questa.rilevazioni.select_related("semestre").order_by(
        "semestre__anno", "semestre__semestre"
    )
    contesto = {
        "azione": questa,
        "incontri": questa.incontri.order_by("-giorno", "-pk"),
        "progetti": questa.progetti.all(),
        "rilevate": rilevate,
        "gestisce": request.user.has_perm(azioni.PERMESSO, questa),
        "stati": [(s, StatoAzione(s).label) for s in prossimi(questa)],
        "form": form or IncontroForm(),
    }
    return render(
        request,
        "conciliazione/progetti/azione_piano.html",
        di_edizione(questa.edizione, QUI, **contesto),
    )


def _azione(request: HttpRequest, pk: int) -> AzioneDiPiano:
    visibili = AzioneDiPiano.objects.visibili_a(request.user)
    return get_object_or_404(visibili.select_related("edizione__azienda"), pk=pk)
