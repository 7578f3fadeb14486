# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report of a row of a scheda in a quarter: read, written, sent, opened again, validated."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni
from obiettivi.azioni.condizioni_rendicontazione import controlla_riga
from obiettivi.azioni.rendicontazione import GUIDA
from obiettivi.forms.rendicontazione import (
    RendicontaForm,
    RiapriForm,
    ValidaRendicontazioneForm,
    iniziali,
)
from obiettivi.models import Prova, Rendicontazione, RigaScheda, Rilevazione, SchedaBudget
from obiettivi.schede.ciclo import TRIMESTRI
from obiettivi.schede.monitoraggio import Calendario, rendicontate
from obiettivi.views.schede.scheda import briciole_di
from piani.azioni.righe import Superata
from piani.forms import accanto_ai_campi, tenta
from piani.rules import esigi


@require_safe
def rendicontazione(request: HttpRequest, pk: int, frazione: str) -> HttpResponse:
    return _pagina(request, _riga(request, pk, frazione), frazione)


@require_POST
def salva(request: HttpRequest, pk: int, frazione: str) -> HttpResponse:
    """Keep the draft and its new files; then, if asked for, send it. What is refused stays on the
    page, what could be kept is kept.
    """
    riga = _riga(request, pk, frazione)
    esigi(request.user, GUIDA, riga.area.scheda)
    form = RendicontaForm(request.POST, request.FILES, indicatore=riga.indicatore)
    bozza = _salva(request, riga, frazione, form)
    if bozza is None:
        return _pagina(request, riga, frazione, form=form)
    for file in form.cleaned_data["prove"]:
        _carica(request, bozza, form, file)
    if not form.errors and request.POST.get("fai") == "trasmetti":
        return _trasmetti(request, bozza, form)
    if form.errors:
        messages.info(request, _("La bozza è salvata; qualche documento no."))
        return _pagina(request, riga, frazione, form=_riletto(form, bozza))
    messages.success(request, _("Bozza salvata."))
    return redirect("rendicontazione", pk, frazione)


@require_POST
def riapri(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _trasmessa(request, pk)
    form = RiapriForm(request.POST)
    if tenta(
        form,
        lambda: azioni.riapri_rendicontazione(questa, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Rendicontazione riaperta: ora è una bozza."))
        return redirect("rendicontazione", questa.riga_id, questa.frazione)
    return _pagina(request, questa.riga, questa.frazione, riapri=form)


@require_POST
def valida(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _trasmessa(request, pk)
    esigi(request.user, "obiettivi.valida_scheda", questa.riga.area.scheda)
    form = ValidaRendicontazioneForm(request.POST)
    if tenta(
        form,
        lambda: azioni.valida_rendicontazione(questa, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Percentuale validata registrata accanto a quella dichiarata."))
        return redirect("rendicontazione", questa.riga_id, questa.frazione)
    return _pagina(request, questa.riga, questa.frazione, valida=form)


@require_safe
def prova(request: HttpRequest, pk: int) -> HttpResponse:
    """An evidence file, always to be saved and never opened in the page."""
    questa = _prova(request, pk)
    try:
        with questa.file.open("rb") as aperto:
            contenuto = aperto.read()
    except OSError as errore:
        raise Http404(_("Il documento non è più nell'archivio.")) from errore
    return HttpResponse(
        contenuto,
        content_type=questa.tipo,
        headers={
            "Content-Disposition": content_disposition_header(True, questa.nome),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
def togli_prova(request: HttpRequest, pk: int) -> HttpResponse:
    questa = _prova(request, pk)
    dove = questa.rendicontazione
    try:
        azioni.togli_prova(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Documento tolto."))
    return redirect("rendicontazione", dove.riga_id, dove.frazione)


def _salva(
    request: HttpRequest, riga: RigaScheda, frazione: str, form: RendicontaForm
) -> Rendicontazione | None:
    if not form.is_valid():
        return None
    try:
        return azioni.salva_rendicontazione(
            riga,
            frazione=frazione,
            resoconto=form.resoconto,
            visto=form.cleaned_data["visto"],
            da=request.user,
        )
    except ValidationError as errore:
        accanto_ai_campi(form, errore)
        if isinstance(errore, Superata):
            form.data = form.data.copy()
            form.data["visto"] = errore.visto
        return None


def _carica(
    request: HttpRequest, bozza: Rendicontazione, form: RendicontaForm, file: UploadedFile
) -> None:
    try:
        azioni.carica_prova(bozza, file=file, da=request.user)
    except ValidationError as errore:
        accanto_ai_campi(form, errore)


def _trasmetti(request: HttpRequest, bozza: Rendicontazione, form: RendicontaForm) -> HttpResponse:
    riga = bozza.riga
    try:
        azioni.trasmetti(bozza, da=request.user)
    except ValidationError as errore:
        accanto_ai_campi(form, errore)
        messages.info(request, _("La bozza è salvata, ma non è stata trasmessa."))
        return _pagina(request, riga, bozza.frazione, form=_riletto(form, bozza))
    messages.success(request, _("Rendicontazione trasmessa: «%(o)s».") % {"o": riga.obiettivo})
    return redirect(f"{reverse('scheda', args=[riga.area.scheda_id])}#monitoraggio")


def _riletto(form: RendicontaForm, bozza: Rendicontazione) -> RendicontaForm:
    """The form with the mark of the draft just saved: who saves again is not refused."""
    form.data = form.data.copy()
    form.data["visto"] = bozza.impronta
    return form


def _pagina(request: HttpRequest, riga: RigaScheda, frazione: str, **moduli: Form) -> HttpResponse:
    """``moduli``: the forms sent with something wrong (``form``, ``riapri``, ``valida``).

    What refused them may also have closed the page to them: then they are told apart, with what
    was written in them.
    """
    scheda, chi = riga.area.scheda, request.user
    visibili = Rendicontazione.objects.visibili_a(chi).per_intero()
    questa = (
        visibili.filter(riga=riga, frazione=frazione)
        .select_related("validato_da", "scritta_da", "rilevazione__indicatore")
        .first()
    )
    tempo = Calendario.di(scheda.azienda, scheda.anno).tempo(frazione, scheda.unita_id)
    aperta = tempo is not None and tempo.aperta(timezone.localdate())
    guida, governa = chi.has_perm(GUIDA, scheda), chi.has_perm("obiettivi.prepara_scheda", scheda)
    perche_no, trasmessa = _perche_no(riga, frazione), bool(questa and questa.trasmessa)
    corregge = governa or (guida and aperta and questa is not None and questa.validato_il is None)
    aperti = {
        "form": guida and not trasmessa and not perche_no,
        "riapri": trasmessa and not perche_no and corregge,
        "valida": trasmessa and chi.has_perm("obiettivi.valida_scheda", scheda),
    }
    contesto = {
        "riga": riga,
        "scheda": scheda,
        "frazione": frazione,
        "trimestri": TRIMESTRI,
        "questa": questa,
        "prove": list(questa.prove.all()) if questa else [],
        "tempo": tempo,
        "aperta": aperta,
        "perche_no": perche_no,
        "governa": governa,
        "aperti": aperti,
        "rifiutati": [modulo for nome, modulo in moduli.items() if not aperti[nome]],
        "risultato": _risultato(riga, frazione),
        "form": moduli.get("form")
        or RendicontaForm(indicatore=riga.indicatore, initial=iniziali(questa)),
        "riapri": moduli.get("riapri") or RiapriForm(),
        "valida": moduli.get("valida")
        or ValidaRendicontazioneForm(
            initial={"validato": questa.validato, "nota": questa.nota_nucleo} if questa else {}
        ),
        "vicine": _vicine(riga),
        "briciole": [*briciole_di(scheda, dentro=True), (f"{_('Rendicontazione')} {frazione}", "")],
    }
    return render(request, "obiettivi/schede/rendicontazione.html", contesto)


def _perche_no(riga: RigaScheda, frazione: str) -> str:
    """Why the row cannot be reported now, "" if it can; the window is said apart."""
    try:
        controlla_riga(riga, frazione)
    except ValidationError as errore:
        return errore.messages[0]
    if riga.area.scheda.stato != SchedaBudget.Stato.IN_MONITORAGGIO:
        return _("La scheda non è in monitoraggio.")
    return ""


def _risultato(riga: RigaScheda, frazione: str) -> Rilevazione | None:
    """The result of the quarter as it is known now: the CdR's, or the azienda's if it is that."""
    scheda = riga.area.scheda
    dove: dict[str, Any] = {"unita__isnull": True} if riga.aziendale else {"unita": scheda.unita}
    return (
        Rilevazione.objects.correnti()
        .filter(indicatore=riga.indicatore, anno=scheda.anno, frazione=frazione, sede="", **dove)
        .select_related("indicatore", "dichiarata_da")
        .first()
    )


def _vicine(riga: RigaScheda) -> dict[str, int | None]:
    """The rows before and after, among those that are reported, in the order of the scheda."""
    righe = rendicontate().filter(area__scheda=riga.area.scheda_id)
    chiavi = list(
        righe.order_by("area__ordine", "area__pk", "ordine", "pk").values_list("pk", flat=True)
    )
    if riga.pk not in chiavi:
        return {"prima": None, "dopo": None}
    qui = chiavi.index(riga.pk)
    return {
        "prima": chiavi[qui - 1] if qui else None,
        "dopo": chiavi[qui + 1] if qui + 1 < len(chiavi) else None,
    }


def _riga(request: HttpRequest, pk: int, frazione: str) -> RigaScheda:
    if frazione not in TRIMESTRI:
        raise Http404
    schede = SchedaBudget.objects.visibili_a(request.user).dei_cdr()
    righe = RigaScheda.objects.filter(area__scheda__in=schede).select_related(
        "area__scheda__azienda", "area__scheda__unita", "indicatore__azienda"
    )
    return get_object_or_404(righe, pk=pk)


def _trasmessa(request: HttpRequest, pk: int) -> Rendicontazione:
    return get_object_or_404(Rendicontazione.objects.visibili_a(request.user).per_intero(), pk=pk)


def _prova(request: HttpRequest, pk: int) -> Prova:
    visibili = Prova.objects.visibili_a(request.user).select_related(
        "rendicontazione__riga__area__scheda__azienda",
        "rendicontazione__riga__area__scheda__unita",
    )
    return get_object_or_404(visibili, pk=pk)
