# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked of an indicator, with its reading beside it while it is written."""

import re
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from obiettivi import azioni
from obiettivi.azioni.albero import confermabile
from obiettivi.espressioni import leggi
from obiettivi.forms.albero import MisuraForm, NuovaMisuraForm
from obiettivi.models import Indicatore, Misura, Obiettivo, Target
from obiettivi.views.lettura import in_parole
from obiettivi.views.modifica.righe import (
    briciole_albero,
    dopo,
    misura_visibile,
    obiettivo_visibile,
)
from piani.forms import tenta
from piani.models import Piano
from piani.views.moduli import inviato, legge_e_scrive, se_chiuso

CAMPO = re.compile(r"base_stampata|atteso(_\d{4})?")


@require_safe
def lettura(request: HttpRequest) -> HttpResponse:
    """How a text would be read: what the page of a misura shows while one writes."""
    campo = request.GET.get("campo", "")
    if not CAMPO.fullmatch(campo):
        return HttpResponseBadRequest()
    contesto = {"lettura": lettura_di(campo, request.GET.get(campo, ""))}
    return render(request, "obiettivi/modifica/_lettura.html", contesto)


def lettura_di(campo: str, testo: str, confermato: object = None) -> dict[str, Any]:
    """The reading of a text written in a field; whether a person may confirm it.

    :param confermato: the row of which somebody confirmed the reading of this very text.
    """
    pulito = testo.strip()
    letto = leggi(pulito)
    return {
        "campo": campo,
        "testo": pulito,
        "parole": in_parole(letto) if pulito else None,
        "confermabile": campo != "base_stampata" and confermabile(letto) and not confermato,
        "confermato": confermato,
    }


def _confermato(target: Target | None, testo: str) -> Target | None:
    """The target, if somebody confirmed how that text is read."""
    confermato = target is not None and target.confermato_il and target.stampato == testo.strip()
    return target if confermato else None


@legge_e_scrive
def misura_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    obiettivo = obiettivo_visibile(request, pk)
    piano = obiettivo.piano
    if chiuso := se_chiuso(request, piano):
        return chiuso
    form = NuovaMisuraForm(
        inviato(request),
        piano=piano,
        azienda=piano.azienda,
        initial={"base_anno": piano.anno_inizio - 1},
    )
    if request.method == "POST" and tenta(form, lambda: _aggiungi(request, obiettivo, form)):
        messages.success(request, _("Indicatore aggiunto all'obiettivo."))
        return redirect(dopo(request, obiettivo.area))
    gia = obiettivo.misure.values("indicatore")
    biblioteca = Indicatore.objects.filter(azienda=piano.azienda).exclude(pk__in=gia)
    contesto = {
        "titolo": _("Aggiungi un indicatore"),
        "sopratitolo": f"{obiettivo.codice} {obiettivo}",
        "biblioteca": biblioteca.order_by("codice").values_list("codice", "nome"),
    }
    return _pagina(request, form, piano, obiettivo, contesto)


def _aggiungi(request: HttpRequest, obiettivo: Obiettivo, form: NuovaMisuraForm) -> None:
    """The misura with its indicator, new or not: both or neither."""
    with transaction.atomic():
        indicatore = form.indicatore or azioni.crea_indicatore(
            obiettivo.piano.azienda, **form.valori_nuovo, da=request.user
        )
        azioni.aggiungi_misura(obiettivo, indicatore, **form.valori, da=request.user)


@legge_e_scrive
def misura_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    misura = misura_visibile(request, pk)
    if chiuso := se_chiuso(request, misura.piano):
        return chiuso
    form = MisuraForm(inviato(request), piano=misura.piano, misura=misura)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.modifica_misura(
            misura, **form.valori, visto=form.cleaned_data["visto"], da=request.user
        ),
    ):
        messages.success(request, _("Salvato."))
        return redirect(dopo(request, misura.obiettivo.area))
    contesto = {
        "titolo": _("%(codice)s: che cosa ci si aspetta") % {"codice": misura.indicatore.codice},
        "sopratitolo": f"{misura.obiettivo.codice} {misura.obiettivo}",
        "indicatore": misura.indicatore,
    }
    return _pagina(request, form, misura.piano, misura.obiettivo, contesto, misura)


def _pagina(
    request: HttpRequest,
    form: MisuraForm,
    piano: Piano,
    obiettivo: Obiettivo,
    contesto: dict[str, Any],
    misura: Misura | None = None,
) -> HttpResponse:
    salvati = {t.anno: t for t in misura.target.select_related("confermato_da")} if misura else {}
    attesi = []
    for anno in piano.anni:
        campo = form[f"atteso_{anno}"]
        testo = str(campo.value() or "")
        confermato = _confermato(salvati.get(anno), testo)
        attesi.append({"campo": campo, "lettura": lettura_di(campo.name, testo, confermato)})
    base = form["base_stampata"]
    return render(
        request,
        "obiettivi/modifica/misura.html",
        contesto
        | {
            "form": form,
            "piano": piano,
            "attesi": attesi,
            "lettura_base": lettura_di("base_stampata", str(base.value() or "")),
            "annulla": dopo(request, obiettivo.area),
            "briciole": [*briciole_albero(piano), (contesto["titolo"], "")],
        },
    )
