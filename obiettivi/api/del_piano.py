# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the resources under ``/piani/{piano}/`` have in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from piani.api.piani import SLUG
from piani.api.risorse import Risorsa
from piani.azioni.righe import con_riga_bloccata
from piani.models import Piano

SOTTO_IL_PIANO = rf"piani/(?P<piano>{SLUG})"
IL_PIANO = OpenApiParameter("piano", OpenApiTypes.STR, OpenApiParameter.PATH)


class DelPiano(Risorsa):
    """A resource whose address begins with a plan's."""

    def piano(self) -> Piano:
        """The plan of the address, if who asks may read it."""
        visibili = Piano.objects.visibili_a(self.request.user).select_related("azienda")
        return get_object_or_404(visibili, slug=self.kwargs["piano"])


class RigaDellaBozza(Risorsa):
    """A row of the tree of a draft, at its own address: changed and removed with its plan locked,
    as the actions do.
    """

    ambito = "obiettivi"
    condizionati = ("partial_update", "destroy")

    def blocca(self, riga: Any) -> None:
        con_riga_bloccata(riga.piano)

    def togli(self, azione: Any) -> HttpResponse:
        """Remove the row of the address by an action."""
        with self.in_modifica("piani.modifica", lambda riga: riga.piano) as riga:
            azione(riga, da=self.request.user)
        return HttpResponse(status=204)
