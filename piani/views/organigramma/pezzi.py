# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page of the chart starts from: the azienda and the row, among the visible ones."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from piani.models import Azienda, Organigramma, UnitaOrganizzativa
from piani.organigramma.albero import Ramo
from piani.stampa.disegno_organigramma import Casella
from piani.stampa.disegno_organigramma import organigramma as disegna

PERMESSO = "piani.modifica_organigramma"
PERMESSO_NOMINA = "piani.nomina_responsabile"
Briciole = list[tuple[Any, str]]


def ente(request: HttpRequest, azienda: str) -> Azienda:
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)


def versione_di(request: HttpRequest, azienda: str, versione: int) -> Organigramma:
    visibili = Organigramma.objects.visibili_a(request.user).select_related("azienda", "nata_da")
    return get_object_or_404(visibili, azienda__codice=azienda, pk=versione)


def unita_di(request: HttpRequest, azienda: str, pk: int) -> UnitaOrganizzativa:
    visibili = UnitaOrganizzativa.objects.visibili_a(request.user)
    return get_object_or_404(
        visibili.select_related("organigramma__azienda", "organigramma__nata_da", "parent"),
        organigramma__azienda__codice=azienda,
        pk=pk,
    )


def briciole(azienda: Azienda, *altre: tuple[Any, str]) -> Briciole:
    return [
        (_("Piani"), "/piani/"),
        (azienda.nome, f"/piani/?azienda={azienda.codice}"),
        (_("Organigramma"), reverse("organigramma", args=[azienda.codice]) if altre else ""),
        *altre,
    ]


def disegno(rami: Iterable[Ramo], titolo: str) -> SafeString:
    """The branches as a picture; the CdR stand out, and say so in words."""
    return disegna("organigramma", titolo, [_casella(ramo) for ramo in rami])


def _casella(ramo: Ramo) -> Casella:
    unita = ramo.unita
    tipo = str(unita.get_tipo_display())
    return Casella(
        nome=unita.nome,
        dettaglio=f"{tipo} · CdR" if unita.cdr else tipo,
        piena=unita.cdr,
        figlie=tuple(_casella(figlio) for figlio in ramo.rami),
    )
