# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scheda on paper and in a sheet, two versions side by side, the archive of a year."""

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from obiettivi import azioni, fogli
from obiettivi.forms.negoziazione import ArchivioForm, ConfrontoForm
from obiettivi.models import ArchivioSchede, SchedaBudget, VersioneScheda
from obiettivi.schede.confronto import confronta
from obiettivi.schede.punteggi_noti import punteggi_noti
from obiettivi.schede.stampa import da_stampare, nome_del_file, rende_pdf, rende_xlsx
from obiettivi.schede.versioni import versioni_leggibili
from obiettivi.views.schede.scheda import briciole_di, scheda_di
from piani import esporta
from piani.forms import accanto_ai_campi
from piani.models import Azienda

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ULTIMI = 20


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    foto = da_stampare(scheda, _versione_chiesta(request, scheda))
    return _file(rende_pdf(foto).contenuto, "application/pdf", nome_del_file(foto, "pdf"))


@require_safe
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    foto = da_stampare(scheda, _versione_chiesta(request, scheda))
    return _file(rende_xlsx([foto]), XLSX, nome_del_file(foto, "xlsx"))


def _versione_chiesta(request: HttpRequest, scheda: SchedaBudget) -> VersioneScheda | None:
    """The one that the address says, or the last that the person may read; None for a proposal
    that was never sent.
    """
    leggibili = versioni_leggibili(scheda, request.user)
    numero = request.GET.get("versione", "")
    if numero:
        if not (numero.isascii() and numero.isdigit()) or len(numero) > 4:
            raise Http404
        return get_object_or_404(leggibili, numero=int(numero))
    ultima = leggibili.filter(numero__lte=scheda.versione).order_by("-numero").first()
    if ultima is None and not request.user.has_perm("obiettivi.legge_negoziazione", scheda):
        raise Http404
    return ultima


def _file(contenuto: bytes, tipo: str, nome: str) -> HttpResponse:
    risposta = HttpResponse(contenuto, content_type=tipo)
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta


@require_safe
def confronto(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes from a version to another: the last two, if the address does not say."""
    scheda = scheda_di(request, pk)
    versioni = {una.numero: una for una in versioni_leggibili(scheda, request.user)}
    numeri = sorted(versioni)
    form = ConfrontoForm(request.GET or None, numeri=numeri)
    scelti = numeri[-2:]
    if form.is_valid():
        scelti = [form.cleaned_data["prima"], form.cleaned_data["dopo"]]
    elif not form.is_bound and len(scelti) == 2:
        form.initial = {"prima": scelti[0], "dopo": scelti[1]}
    contesto = {
        "scheda": scheda,
        "form": form,
        "bastano": len(numeri) > 1,
        "briciole": [*briciole_di(scheda, dentro=True), (_("Confronto fra versioni"), "")],
    }
    if len(scelti) == 2 and (form.is_valid() or not form.is_bound):
        prima, dopo = (versioni[numero] for numero in scelti)
        contesto |= {
            "prima": prima,
            "dopo": dopo,
            "confronto": confronta(prima.contenuto, dopo.contenuto, punteggi_noti(scheda)),
        }
    return render(request, "obiettivi/schede/confronto.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def archivi(request: HttpRequest) -> HttpResponseBase:
    """Ask for the schede of a year together, and find the archives asked so far."""
    if esporta.chiesto(request):
        chiesti = ArchivioSchede.objects.visibili_a(request.user).select_related("azienda")
        return esporta.scarica(request, fogli.ARCHIVI, chiesti)
    schede = SchedaBudget.objects.visibili_a(request.user).dei_cdr()
    aziende = Azienda.objects.visibili_a(request.user).filter(pk__in=schede.values("azienda"))
    anni = sorted(set(schede.order_by().values_list("anno", flat=True)), reverse=True)
    dati = request.POST if request.method == "POST" else None
    form = ArchivioForm(dati, aziende=aziende, anni=anni)
    if form.is_valid():
        try:
            return redirect(azioni.chiedi_archivio(**form.cleaned_data, da=request.user))
        except ValidationError as errore:
            accanto_ai_campi(form, errore)
    contesto = {
        "form": form,
        "ce_ne_sono": bool(anni),
        "archivi": ArchivioSchede.objects.visibili_a(request.user).select_related("azienda")[
            :ULTIMI
        ],
        "briciole": [(_("Schede budget"), reverse("schede")), (_("Tutte in un archivio"), "")],
    }
    return render(request, "obiettivi/schede/archivi.html", contesto)


@require_safe
@never_cache
def archivio(request: HttpRequest, pk: int) -> HttpResponse:
    questo = _archivio(request, pk)
    contesto = {"archivio": questo}
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "obiettivi/schede/_archivio.html", contesto)
    contesto["briciole"] = [
        (_("Schede budget"), reverse("schede")),
        (_("Tutte in un archivio"), reverse("schede_archivi")),
        (str(questo), ""),
    ]
    return render(request, "obiettivi/schede/archivio.html", contesto)


@require_safe
@never_cache
def archivio_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, to who asked for it, as long as they still see all that is in it."""
    questo = _archivio(request, pk)
    if not azioni.si_scarica(questo, request.user):
        raise Http404
    return FileResponse(
        questo.percorso.open("rb"),
        content_type="application/zip",
        as_attachment=True,
        filename=questo.nome_del_file,
    )


def _archivio(request: HttpRequest, pk: int) -> ArchivioSchede:
    miei = ArchivioSchede.objects.visibili_a(request.user)
    return get_object_or_404(miei.select_related("azienda"), pk=pk)
