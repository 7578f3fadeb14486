# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a period: its page, its file; of a plan, and of the CdR."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from obiettivi import azioni
from obiettivi.calcolo.periodi import genitori
from obiettivi.foglio.righe import RigaFoglio, anni_dei_cdr, cdr_del_foglio, righe_dei_cdr
from obiettivi.foglio.righe import righe_del_piano as del_piano
from obiettivi.foglio.scrittura import nome_del_foglio, periodo_breve, rende_foglio
from obiettivi.forms.foglio import FoglioForm, RicaricaForm
from obiettivi.models import PeriodoChiuso
from obiettivi.views.schede.stampe import XLSX
from piani.forms import accanto_ai_campi
from piani.models import Azienda, Piano, UnitaOrganizzativa
from piani.rules import esigi
from piani.views.moduli import briciole_di, inviato, legge_e_scrive
from piani.views.stato import piano_visibile


@dataclass(frozen=True)
class DiChi:
    """What a sheet is of: its azienda, its name, its years, its CdR, its rows, its addresses."""

    azienda: Azienda
    nome: str
    sigla: str
    anni: Iterable[int]
    cdr: list[UnitaOrganizzativa]
    righe: Callable[[FoglioForm], list[RigaFoglio]]
    pagina: str
    file: str
    briciole: list[tuple[str, Any]]


@legge_e_scrive
def foglio_piano(request: HttpRequest, slug: str) -> HttpResponse:
    return _pagina_o_ricarica(request, _del_piano(request, slug))


@require_safe
def foglio_piano_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    return _file(request, _del_piano(request, slug))


@legge_e_scrive
def foglio_cdr(request: HttpRequest, azienda: str) -> HttpResponse:
    return _pagina_o_ricarica(request, _dei_cdr(request, azienda))


@require_safe
def foglio_cdr_xlsx(request: HttpRequest, azienda: str) -> HttpResponse:
    return _file(request, _dei_cdr(request, azienda))


def _del_piano(request: HttpRequest, slug: str) -> DiChi:
    piano: Piano = piano_visibile(request, slug)
    esigi(request.user, "obiettivi.rileva", piano)
    oggi = timezone.localdate().year
    anni = [anno for anno in piano.anni if anno <= oggi]
    return DiChi(
        azienda=piano.azienda,
        nome=str(piano),
        sigla=piano.slug,
        anni=anni,
        cdr=[],
        righe=lambda form: del_piano(piano, **form.scelto),
        pagina=reverse("foglio_piano", args=[slug]),
        file=reverse("foglio_piano_xlsx", args=[slug]),
        briciole=briciole_di(piano),
    )


def _dei_cdr(request: HttpRequest, codice: str) -> DiChi:
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice)
    if not request.user.has_perm("obiettivi.usa_foglio", ente):
        raise PermissionDenied(_("Il tuo incarico non prende risultati."))
    return DiChi(
        azienda=ente,
        nome=_("Centri di responsabilità di %(azienda)s") % {"azienda": ente},
        sigla=ente.codice,
        anni=anni_dei_cdr(ente, request.user),
        cdr=cdr_del_foglio(ente, request.user),
        righe=lambda form: righe_dei_cdr(
            ente, **form.scelto, utente=request.user, unita=form.unita
        ),
        pagina=reverse("foglio_cdr", args=[codice]),
        file=reverse("foglio_cdr_xlsx", args=[codice]),
        briciole=[(_("Schede budget"), reverse("schede"))],
    )


def _form(request: HttpRequest, di_chi: DiChi) -> FoglioForm | None:
    """The choice of the period; None when there is no year to report."""
    anni = list(di_chi.anni)
    return FoglioForm(request.GET, anni=anni, cdr=di_chi.cdr) if anni else None


def _pagina_o_ricarica(request: HttpRequest, di_chi: DiChi) -> HttpResponse:
    """The page; or, when a sheet comes back, its preview: its columns are known already."""
    ricarica = RicaricaForm(inviato(request), request.FILES or None)
    if request.method == "POST" and ricarica.is_valid():
        try:
            importazione = azioni.ricarica_foglio(
                di_chi.azienda, file=ricarica.cleaned_data["file"], da=request.user
            )
        except ValidationError as errore:
            accanto_ai_campi(ricarica, errore)
        else:
            return redirect(importazione)
    return _pagina(request, di_chi, ricarica)


def _pagina(request: HttpRequest, di_chi: DiChi, ricarica: RicaricaForm) -> HttpResponse:
    form = _form(request, di_chi)
    righe = di_chi.righe(form) if form else []
    contesto = {
        "di_chi": di_chi,
        "form": form,
        "ricarica": ricarica,
        "quante": sum(1 for riga in righe if not riga.ripetuta),
        "mancano": sum(1 for riga in righe if riga.adesso is None and not riga.ripetuta),
        "chiuso": _chiuso(di_chi.azienda, form) if form else None,
        "briciole": [*di_chi.briciole, (_("Foglio dei risultati"), "")],
    }
    return render(request, "obiettivi/foglio.html", contesto)


def _chiuso(azienda: Azienda, form: FoglioForm) -> PeriodoChiuso | None:
    """What closes the period to new results, if anything does."""
    anno, frazione = form.scelto["anno"], form.scelto["frazione"]
    chiusi = PeriodoChiuso.objects.filter(
        azienda=azienda, anno=anno, frazione__in=(frazione, *genitori(frazione))
    )
    return chiusi.first()


def _file(request: HttpRequest, di_chi: DiChi) -> HttpResponse:
    form = _form(request, di_chi)
    righe = di_chi.righe(form) if form else []
    if form is None or not righe:
        return _pagina(request, di_chi, RicaricaForm())
    contenuto = rende_foglio(
        righe,
        titolo=f"{di_chi.nome}, {form.periodo}",
        generatore=f"Albero {settings.ALBERO_VERSIONE}",
    )
    nome = nome_del_foglio(di_chi.sigla, periodo_breve(**form.scelto))
    return HttpResponse(
        contenuto,
        content_type=XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="{nome}"',
            "Cache-Control": "private, no-store",
        },
    )
