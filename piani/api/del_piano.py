# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the resources under ``/piani/{piano}/`` have in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from piani.api.forme import Spostamento
from piani.api.piani import SLUG
from piani.api.risorse import Risorsa
from piani.azioni import modifica, sposta
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
    """A row of a draft, at its own address: changed, moved and removed with its plan locked, as
    the actions do.
    """

    condizionati = ("partial_update", "destroy")

    def blocca(self, riga: Any) -> None:
        con_riga_bloccata(riga.piano)

    @extend_schema(summary="Sposta di un posto", request=Spostamento)
    @action(detail=True, methods=["post"])
    def spostamento(self, request: Request, pk: str) -> HttpResponse:
        riga = self.oggetto()
        self.esigi("piani.modifica", riga.piano)
        sposta(riga, verso=self.letti(Spostamento)["verso"], da=request.user)
        return self.risposta(self.una(pk=riga.pk))

    def cambia(self, forma: type[Serializer]) -> HttpResponse:
        """Change the row of the address by what was sent."""
        with self.in_modifica("piani.modifica", lambda riga: riga.piano) as riga:
            modifica(riga, self.letti(forma), da=self.request.user)
        return self.risposta(self.una(pk=riga.pk))

    def togli(self, azione: Any) -> HttpResponse:
        """Remove the row of the address by an action."""
        with self.in_modifica("piani.modifica", lambda riga: riga.piano) as riga:
            azione(riga, da=self.request.user)
        return HttpResponse(status=204)
