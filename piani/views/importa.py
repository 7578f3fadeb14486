# SPDX-License-Identifier: AGPL-3.0-or-later
"""People from a sheet: a preview with the errors of each cell, then everything or nothing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from piani import azioni
from piani.forms_persone import ConfermaImportazioneForm, ImportaForm
from piani.importa_persone import COLONNE, ESEMPIO, RigaPersona, in_csv, leggi_persone
from piani.models import Azienda
from piani.views.persone import azienda_di, briciole


@require_http_methods(["GET", "HEAD", "POST"])
def importa(request: HttpRequest, azienda: str) -> HttpResponse:
    """The sheet, and its preview; nothing is written."""
    ente = azienda_di(request, azienda)
    form = ImportaForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _pagina(request, ente, form, [])
    try:
        righe = leggi_persone(form.contenuto)
    except ValidationError as errore:
        form.add_error(None, errore)
        return _pagina(request, ente, form, [])
    azioni.prova_importazione(ente, righe, da=request.user)
    return _pagina(request, ente, form, righe)


@require_POST
def conferma(request: HttpRequest, azienda: str) -> HttpResponse:
    """Write the sheet that the preview showed, checked again."""
    ente = azienda_di(request, azienda)
    form = ConfermaImportazioneForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("L'anteprima non è arrivata intera: carica di nuovo il foglio."))
        return redirect("persone_importa", ente.codice)
    foglio = form.cleaned_data["righe"]
    righe: list[RigaPersona] = []
    try:
        righe = leggi_persone(foglio)
        esito = azioni.importa_persone(
            ente, righe, spedisci=form.cleaned_data["spedisci"], da=request.user
        )
    except ValidationError as errore:
        ancora = ImportaForm({"righe": foglio})
        ancora.add_error(None, errore)
        return _pagina(request, ente, ancora, righe)
    messages.success(
        request,
        _("Scritte %(persone)s persone nuove e %(incarichi)s incarichi.") % vars(esito),
    )
    return redirect("persone", ente.codice)


def _pagina(
    request: HttpRequest, ente: Azienda, form: ImportaForm, righe: list[RigaPersona]
) -> HttpResponse:
    sbagliate = sum(bool(riga.errori) for riga in righe)
    contesto: dict[str, Any] = {
        "azienda": ente,
        "form": form,
        "colonne": COLONNE,
        "esempio": ESEMPIO,
        "righe": righe,
        "sbagliate": sbagliate,
        "briciole": briciole(ente, (_("Importa"), "")),
    }
    if righe and not sbagliate:
        contesto["conferma"] = ConfermaImportazioneForm(
            initial={"righe": in_csv(righe), "spedisci": True}
        )
    return render(request, "piani/persone/importa.html", contesto)
