# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page needs: version, whose page it is, the main menu."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from piani.models import Azienda
from piani.rules import consulta_registri

# L.r. 33/2009 of Lombardia: these kinds of body exist there only.
LOMBARDE = (Azienda.Tipo.ATS, Azienda.Tipo.ASST, Azienda.Tipo.AREU)
ALCUNE = 20


@dataclass(frozen=True)
class Voce:
    """A link of the main menu."""

    nome: str
    url: str
    attiva: bool


@dataclass(frozen=True)
class Testata:
    """Header and footer: region and azienda of the person, menu for the person's role."""

    regione: str
    azienda: Azienda | None
    menu: list[Voce]


def di_ogni_pagina(richiesta: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy: a fragment without header asks the database nothing."""
    return {
        "versione": settings.ALBERO_VERSIONE,
        "testata": SimpleLazyObject(lambda: _testata(richiesta)),
    }


def _testata(richiesta: HttpRequest) -> Testata:
    aziende = _aziende(richiesta)
    regione = _("Servizio sanitario nazionale")
    if aziende and all(azienda.tipo in LOMBARDE for azienda in aziende):
        regione = _("Regione Lombardia")
    azienda = aziende[0] if len(aziende) == 1 else None
    return Testata(regione, azienda, _menu(richiesta))


def _aziende(richiesta: HttpRequest) -> list[Azienda]:
    """Those of the person, or those that have published something; one or many is enough."""
    if _autenticato(richiesta):
        return list(Azienda.objects.visibili_a(richiesta.user)[:ALCUNE])
    return list(Azienda.objects.con_documenti()[:ALCUNE])


def _autenticato(richiesta: HttpRequest) -> bool:
    return hasattr(richiesta, "user") and richiesta.user.is_authenticated


def _menu(richiesta: HttpRequest) -> list[Voce]:
    voci = [("Home", reverse("home"), ())]
    if _autenticato(richiesta):
        prefissi = ("/piani/", "/obiettivi/", "/aziende/", "/calcoli/", "/aree/", "/misure/",
                    "/sezioni/", "/albero/", "/quadrature/")  # fmt: skip
        voci.append((_("Piani"), reverse("piani"), prefissi))
        if consulta_registri(richiesta.user):
            voci.append((_("Registro"), reverse("registro"), ("/registro/",)))
    trasparente = reverse("amministrazione_trasparente")
    voci.append(("Amministrazione Trasparente", trasparente, (trasparente, "/documenti/")))
    if _autenticato(richiesta) and richiesta.user.is_staff:
        voci.append((_("Gestione"), reverse("admin:index"), ()))
    return [
        Voce(nome, url, richiesta.path == url or richiesta.path.startswith(tuple(prefissi)))
        for nome, url, prefissi in voci
    ]
