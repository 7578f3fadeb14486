# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files for programs, and the page of the open data of an azienda: no login."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from piani import trasparenza as at
from piani.aperti import atti_oiv as tabella_oiv
from piani.aperti import dcat, mappa
from piani.aperti import scheda_anac as anac
from piani.aperti.insiemi import insiemi_di
from piani.models import Azienda, DocumentoEnte, DocumentoPubblicato
from piani.models.documento import DocumentoQuerySet
from piani.pubbliche.risposta import pubblica
from piani.stampa.dati import in_csv
from piani.views.trasparenza import briciole_azienda

in_cache = cache_control(public=True, max_age=3600)
CHIUSE = ("/gestione/", "/accedi/", "/invito/", "/api/v1/oauth/")
"""Where search engines find nothing for people."""


@pubblica
@in_cache
def at_map_xml(request: HttpRequest, azienda: str = "") -> HttpResponse:
    return HttpResponse(
        mappa.in_xml(_mappa(request, azienda)), content_type="application/xml; charset=utf-8"
    )


@pubblica
@in_cache
def at_map_json(request: HttpRequest, azienda: str = "") -> HttpResponse:
    return JsonResponse(_mappa(request, azienda), json_dumps_params={"ensure_ascii": False})


def _mappa(request: HttpRequest, codice: str) -> dict[str, object]:
    """The map of an azienda: that of the address, or the only one that publishes here. With more
    than one, the map of the site says only where the section begins.
    """
    aziende = list(Azienda.objects.con_documenti())
    if codice:
        aziende = [get_object_or_404(Azienda.objects.con_documenti(), codice=codice)]
    if len(aziende) == 1:
        link = mappa.link_di(aziende[0], timezone.localdate())
    else:
        radice = reverse("amministrazione_trasparente")
        link = [mappa.Link(mappa.RADICE, "", "Amministrazione Trasparente", "", radice)]
    modificata = mappa.ultima_modifica(aziende) or timezone.localdate()
    return mappa.mappa(link, modificata, _sito(request))


@pubblica
@in_cache
def sezioni_json(request: HttpRequest, azienda: str) -> HttpResponse:
    """The sub-sections with the labels that people read, the law and the key."""
    ente, sito = _ente(azienda), _sito(request)
    sezioni = [
        {
            "etichetta": uno.etichetta, "percorso": uno.percorso, "norma": uno.norma,
            "chiave": uno.chiave or None, "url": f"{sito}{uno.url}",
        }
        for uno in mappa.link_di(ente, timezone.localdate())
    ]  # fmt: skip
    dati = {"ente": ente.nome, "sezioni": sezioni}
    return JsonResponse(dati, json_dumps_params={"ensure_ascii": False})


@pubblica
@in_cache
def sitemap(request: HttpRequest) -> HttpResponse:
    sito = _sito(request)
    pagine = ((f"{sito}{url}", giorno) for url, giorno in _pagine())
    return HttpResponse(mappa.sitemap(pagine), content_type="application/xml; charset=utf-8")


def _pagine() -> Iterator[tuple[str, date | None]]:
    """The public pages; of a document, the version in force only."""
    yield reverse("home"), None
    yield reverse("amministrazione_trasparente"), None
    for nome in ("accessibilita", "note_legali", "privacy"):
        yield reverse(nome), None
    for azienda in Azienda.objects.con_documenti():
        yield reverse("at_azienda", args=[azienda.codice]), None
        for slug in at.PER_SLUG:
            yield reverse("at_sezione", args=[azienda.codice, slug]), None
        for voce in at.voci_di(azienda):
            yield voce.url, None
        yield reverse("atti_oiv", args=[azienda.codice]), None
    dell_ente = DocumentoEnte.objects.in_mostra(timezone.localdate()).correnti()
    for atto in dell_ente.defer("contenuto").order_by("azienda", "serie"):
        yield atto.get_absolute_url(), atto.pubblicato_il
    for documento in _in_vigore().order_by("piano", "serie"):
        yield documento.get_absolute_url(), documento.pubblicato_il


@pubblica
@in_cache
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; where search engines find the maps."""
    sito = _sito(request)
    righe = [
        "User-agent: *",
        *(f"Disallow: {parte}" for parte in CHIUSE),
        "",
        f"Sitemap: {sito}{reverse('sitemap')}",
        f"# Mappa dei link di Amministrazione Trasparente: {sito}{reverse('at_map_xml')}",
    ]
    return HttpResponse("\n".join(righe) + "\n", content_type="text/plain; charset=utf-8")


@pubblica
def dati_aperti(request: HttpRequest, azienda: str) -> HttpResponse:
    """The datasets of an azienda, for people."""
    ente = _ente(azienda)
    contesto = {
        "azienda": ente,
        "insiemi": insiemi_di(ente, timezone.localdate()),
        "briciole": [*briciole_azienda(ente), (_("Dati aperti"), "")],
    }
    return render(request, "aperti/dati_aperti.html", contesto)


@pubblica
@in_cache
def catalogo(request: HttpRequest, azienda: str) -> HttpResponse:
    """The same for programs: DCAT-AP_IT."""
    ente = _ente(azienda)
    insiemi = insiemi_di(ente, timezone.localdate())
    risposta = JsonResponse(
        dcat.catalogo(ente, insiemi, _sito(request)),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        content_type="application/ld+json",
    )
    risposta["Access-Control-Allow-Origin"] = "*"
    return risposta


@pubblica
def atti_oiv(request: HttpRequest, azienda: str) -> HttpResponse:
    """The acts of the OIV in one table, for people."""
    ente = _ente(azienda)
    atti = tabella_oiv.atti_di(ente, timezone.localdate())
    contesto = {
        "azienda": ente,
        "atti": atti,
        "schede": [(anno, anac.manca(atti, anno)) for anno in anac.anni(atti)],
        "versione_schema": anac.VERSIONE,
        "titolo": tabella_oiv.TITOLO,
        "norma": tabella_oiv.NORMA,
        "briciole": [*briciole_azienda(ente), (tabella_oiv.TITOLO, "")],
    }
    return render(request, "aperti/atti_oiv.html", contesto)


@pubblica
@in_cache
def atti_oiv_csv(request: HttpRequest, azienda: str) -> HttpResponse:
    righe = [asdict(uno) for uno in _atti(request, azienda)]
    campi = tabella_oiv.CAMPI
    risposta = HttpResponse(
        in_csv(campi, ([riga[c] if riga[c] is not None else "" for c in campi] for riga in righe)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="atti-oiv-{azienda}.csv"'},
    )
    risposta["Access-Control-Allow-Origin"] = "*"
    return risposta


@pubblica
@in_cache
def atti_oiv_json(request: HttpRequest, azienda: str) -> HttpResponse:
    """The same rows, with the names of the columns for who has only read the file."""
    dati = {
        "ente": _ente(azienda).nome,
        "titolo": tabella_oiv.TITOLO,
        "norma": tabella_oiv.NORMA,
        "licenza": "CC-BY-4.0",
        "campi": dict(zip(tabella_oiv.CAMPI, tabella_oiv.nomi_dei_campi(), strict=True)),
        "atti": [asdict(uno) for uno in _atti(request, azienda)],
    }
    return _in_json(dati)


@pubblica
@in_cache
def scheda_anac(request: HttpRequest, azienda: str, anno: int) -> HttpResponse:
    """The acts of a year as the A.N.AC. schema wants them; 404 while something is missing."""
    atti = _atti(request, azienda)
    if cosa := anac.manca(atti, anno):
        raise Http404(
            _("Per la scheda del %(anno)s manca: %(cosa)s.") % {"anno": anno, "cosa": cosa}
        )
    return _in_json(anac.scheda(atti, anno))


def _in_json(dati: dict[str, Any]) -> HttpResponse:
    """Data for anybody's programs."""
    risposta = JsonResponse(dati, json_dumps_params={"ensure_ascii": False, "indent": 1})
    risposta["Access-Control-Allow-Origin"] = "*"
    return risposta


def _atti(request: HttpRequest, azienda: str) -> list[tabella_oiv.Atto]:
    return tabella_oiv.atti_di(_ente(azienda), timezone.localdate(), _sito(request))


def _ente(codice: str) -> Azienda:
    return get_object_or_404(Azienda.objects.con_documenti(), codice=codice)


def _in_vigore() -> DocumentoQuerySet:
    in_mostra = DocumentoPubblicato.objects.in_mostra(timezone.localdate())
    return in_mostra.correnti().defer("contenuto")


def _sito(request: HttpRequest) -> str:
    """How every address of the site begins."""
    return request.build_absolute_uri("/").rstrip("/")
