# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the imports: the file, its columns, its preview, what came of it."""

import csv
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from piani.forms import accanto_ai_campi
from piani.importazioni import avanzamento, azioni
from piani.importazioni.abbinamento import Abbinamento
from piani.importazioni.celle import normale
from piani.importazioni.forme import AbbinaForm, CaricaForm, DoveForm
from piani.importazioni.genere import Campo, Esito, Genere, generi
from piani.importazioni.intestazioni import proponi, salvata_per
from piani.importazioni.lavoro import CONTI, contesto_di
from piani.models import Azienda, CorrispondenzaColonne, Importazione, RigaImportata

Stato = Importazione.Stato
PER_PAGINA = 100
IN_ELENCO = 30
# What is looked at first: what stands in the way, then what would be written.
ORDINE = (
    Esito.SBAGLIATA, Esito.SUPERATA, Esito.TOLTA, Esito.CAMBIATA, Esito.NUOVA, Esito.UGUALE,
)  # fmt: skip


@require_safe
def scegli(request: HttpRequest) -> HttpResponse:
    """From the menu to the azienda: at once if there is one, else a choice."""
    aziende = list(Azienda.objects.visibili_a(request.user).order_by("nome"))
    if len(aziende) == 1:
        return redirect("importazioni", aziende[0].codice)
    titolo = _("Importazioni")
    contesto = {"aziende": aziende, "pagina": "importazioni", "titolo": titolo}
    return render(request, "piani/scegli_azienda.html", contesto | {"briciole": [(titolo, "")]})


@require_safe
@never_cache
def importazioni(request: HttpRequest, azienda: str) -> HttpResponse:
    """What the person may bring in here, and what was brought in."""
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)
    sue = Importazione.objects.visibili_a(request.user).filter(azienda=ente)
    pagine = Paginator(sue.defer("struttura", "annullo").select_related("da"), IN_ELENCO)
    contesto = {
        "azienda": ente,
        "generi": _miei(request, ente),
        "pagina": pagine.get_page(request.GET.get("pagina")),
        "briciole": [(_("Importazioni"), "")],
    }
    return render(request, "importazioni/elenco.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def nuova(request: HttpRequest, azienda: str, genere: str) -> HttpResponse:
    """The file, and what must be known of it."""
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)
    questo = next((uno for uno in _miei(request, ente) if uno.chiave == genere), None)
    if questo is None:
        raise Http404
    personali = any(uno.personale for uno in questo.campi)
    carica = CaricaForm(
        request.POST or None, request.FILES or None, initial={"senza_originale": personali}
    )
    ambito = questo.ambito(
        request.POST or None, azienda=ente, utente=request.user, initial=request.GET.dict()
    )
    if request.method == "POST" and carica.is_valid() and ambito.is_valid():
        try:
            return redirect(
                azioni.carica(
                    ente, questo, **carica.cleaned_data, ambito=ambito.come_dati(), da=request.user
                )
            )
        except ValidationError as errore:
            accanto_ai_campi(carica, errore)
    contesto = {
        "azienda": ente,
        "genere": questo,
        "carica": carica,
        "ambito": ambito,
        "briciole": [*_briciole(ente), (str(questo.nome), "")],
    }
    return render(request, "importazioni/nuova.html", contesto)


@require_safe
def esempio(request: HttpRequest, azienda: str, genere: str) -> HttpResponse:
    """A small sheet of that kind, to begin from."""
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)
    questo = next((uno for uno in _miei(request, ente) if uno.chiave == genere), None)
    if questo is None or not questo.esempio:
        raise Http404
    risposta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="{questo.chiave}-esempio.csv"'
    csv.writer(risposta, delimiter=";").writerows(questo.esempio)
    return risposta


@require_safe
@never_cache
def importazione(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """An import as it stands: at work, to match, in preview, or done."""
    questa = _questa(request, azienda, pk)
    contesto: dict[str, Any] = {
        "importazione": questa,
        "genere": questa.tipo,
        "briciole": [*_briciole(questa.azienda), (questa.nome, "")],
    }
    if questa.lavoro:
        fatte, totale = avanzamento.quanto(questa.pk)
        contesto |= {"fatte": fatte, "totale": totale}
        a_pezzi = request.htmx and not request.htmx.history_restore_request
        nome = "importazioni/_lavoro.html" if a_pezzi else "importazioni/lavoro.html"
        return render(request, nome, contesto)
    if request.htmx and not request.htmx.history_restore_request:
        risposta = HttpResponse()
        risposta["HX-Refresh"] = "true"  # the job is over: the whole page is another
        return risposta
    if questa.stato == Stato.CARICATA or (questa.stato == Stato.LETTA and "abbina" in request.GET):
        return _da_abbinare(request, questa, contesto)
    return render(request, "importazioni/importazione.html", contesto | _righe(request, questa))


@require_POST
def abbina(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """The columns chosen: the file is read."""
    questa = _questa(request, azienda, pk)
    form = _form_abbina(request, questa, request.POST)
    if form is None:
        messages.error(request, _("L'importazione è andata avanti: ecco com'è adesso."))
        return redirect(questa)
    if form.is_valid():
        try:
            azioni.abbina(
                questa,
                abbinamento=form.abbinamento(),
                fonte=form.cleaned_data["fonte"],
                da=request.user,
            )
            return redirect(questa)
        except ValidationError as errore:
            accanto_ai_campi(form, errore)
    contesto = {
        "importazione": questa,
        "genere": questa.tipo,
        "briciole": [*_briciole(questa.azienda), (questa.nome, "")],
    }
    return _pagina_abbina(request, questa, form, contesto)


@require_POST
def conferma(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Write what the preview shows."""
    questa = _questa(request, azienda, pk)
    try:
        azioni.conferma(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    return redirect(questa)


@require_POST
def scarta(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Throw away a file that was not written."""
    questa = _questa(request, azienda, pk)
    try:
        azioni.scarta(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect(questa)
    messages.success(request, _("«%(nome)s» è stato scartato.") % {"nome": questa.nome})
    return redirect("importazioni", questa.azienda.codice)


@require_http_methods(["GET", "HEAD", "POST"])
def annulla(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    """Take back what was written, after saying what that means."""
    questa = _questa(request, azienda, pk)
    if request.method == "POST":
        try:
            azioni.annulla(questa, da=request.user)
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        return redirect(questa)
    contesto = {
        "titolo": _("Annulla l’importazione"),
        "domanda": _("Tutto ciò che «%(nome)s» ha scritto torna com’era prima: %(nuove)s nuove, "
                     "%(cambiate)s cambiate, %(tolte)s tolte. Se nel frattempo qualcuno ha "
                     "cambiato gli stessi dati non si annulla niente, e la pagina dice quali.")
        % {nome: getattr(questa, nome) for nome in ("nome", "nuove", "cambiate", "tolte")},
        "annulla": questa.get_absolute_url(),
        "briciole": [*_briciole(questa.azienda), (questa.nome, questa.get_absolute_url())],
    }  # fmt: skip
    return render(request, "piani/conferma.html", contesto)


def _questa(request: HttpRequest, azienda: str, pk: int) -> Importazione:
    visibili = Importazione.objects.visibili_a(request.user).select_related("azienda", "da")
    questa: Importazione = get_object_or_404(visibili, pk=pk, azienda__codice=azienda)
    return questa


def _miei(request: HttpRequest, ente: Azienda) -> list[Genere]:
    """The kinds that the person may bring in here."""
    return [uno for uno in generi().values() if request.user.has_perm(uno.permesso, ente)]


def _briciole(ente: Azienda) -> list[tuple[str, str]]:
    return [(_("Importazioni"), reverse("importazioni", args=[ente.codice]))]


def _da_abbinare(
    request: HttpRequest, questa: Importazione, contesto: dict[str, Any]
) -> HttpResponse:
    form = _form_abbina(request, questa, None)
    if form is None:
        messages.error(
            request, _("Il file non è stato tenuto: per abbinarlo di nuovo va ricaricato.")
        )
        return redirect(questa)
    return _pagina_abbina(request, questa, form, contesto)


def _form_abbina(request: HttpRequest, questa: Importazione, dati: Any | None) -> AbbinaForm | None:
    """The columns of the sheet asked for in the address; None if the file is not here any more."""
    viste = azioni.viste_di(questa)
    if not viste or questa.stato not in (Stato.CARICATA, Stato.LETTA):
        return None
    salvate = _salvate(questa)
    dove = DoveForm(request.GET or None, viste=viste)
    scelto: dict[str, Any] = dict(dove.cleaned_data) if dove.is_valid() else {}
    if not scelto and questa.abbinamento:
        proposto = Abbinamento.da_dati(questa.abbinamento)
    else:
        proposto = proponi(contesto_di(questa), questa.tipo, viste, salvate=salvate, **scelto)
    vista = next(una for una in viste if una.nome == proposto.foglio)
    salvata = salvata_per(vista.titoli(proposto.riga, proposto.righe), salvate)
    return AbbinaForm(
        dati,
        genere=questa.tipo,
        vista=vista,
        proposto=proposto,
        initial={"fonte": salvata.fonte if salvata else ""},
    )


def _salvate(questa: Importazione) -> list[CorrispondenzaColonne]:
    return list(CorrispondenzaColonne.objects.filter(azienda=questa.azienda, genere=questa.genere))


def _pagina_abbina(
    request: HttpRequest, questa: Importazione, form: AbbinaForm, contesto: dict[str, Any]
) -> HttpResponse:
    viste, come = azioni.viste_di(questa), form.proposto
    titoli = [normale(titolo) for titolo in form.titoli if titolo]
    contesto |= {
        "form": form,
        "dove": DoveForm(
            initial={"foglio": come.foglio, "riga": come.riga, "righe": come.righe}, viste=viste
        ),
        "ripetute": sorted({uno for uno in titoli if titoli.count(uno) > 1}),
        "parametri": urlencode({"foglio": come.foglio, "riga": come.riga, "righe": come.righe}),
        "gia": _gia_importato(questa),
    }
    return render(request, "importazioni/abbina.html", contesto)


def _gia_importato(questa: Importazione) -> Importazione | None:
    """The same file already written, if it was."""
    return (
        Importazione.objects.filter(
            azienda=questa.azienda,
            genere=questa.genere,
            sha256=questa.sha256,
            stato=Stato.CONFERMATA,
        )
        .exclude(pk=questa.pk)
        .first()
    )


def _righe(request: HttpRequest, questa: Importazione) -> dict[str, Any]:
    """The rows of a page of the preview, those of one outcome if it is asked for."""
    esito = request.GET.get("esito", "")
    righe: QuerySet[RigaImportata] = questa.righe.order_by("posto")
    scelto = next((uno for uno in ORDINE if uno.value == esito), None)
    quante = questa.righe_in_tutto
    if scelto is not None:
        righe = righe.filter(esito=scelto)
        quante = getattr(questa, CONTI[scelto])
    pagine = Paginator(righe, PER_PAGINA)
    pagine.count = quante  # counted when it was read: no need to count thousands of rows again
    pagina = pagine.get_page(request.GET.get("pagina"))
    mostrate = list(pagina)
    return {
        "linguette": [
            (uno, getattr(questa, CONTI[uno]), uno == scelto)
            for uno in ORDINE
            if getattr(questa, CONTI[uno])
        ],
        "scelto": scelto,
        "pagina": pagina,
        "righe": mostrate,
        "colonne": _colonne(questa, mostrate),
        "tenute": bool(mostrate) or not quante,
    }


def _colonne(questa: Importazione, righe: list[RigaImportata]) -> list[Campo]:
    """The fields that the file has, and those that something of these rows would change."""
    usati = {nome for riga in righe for nome in (*riga.celle, *riga.prima, *riga.errori)}
    return [uno for uno in questa.tipo.campi if uno.chiave in usati]
