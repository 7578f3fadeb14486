# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the resources of the lavoro agile have in common."""

from decimal import ROUND_HALF_UP, Decimal

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request

from lavoro_agile.models import EdizioneLavoroAgile
from piani.api.forme import Forma
from piani.api.risorse import Lettura

TANTI = 1_000_000
"""People: more than there can be."""


def edizione_di(request: Request, slug: str) -> EdizioneLavoroAgile:
    """A regulation of who asks, by its slug; 404 if it is not."""
    visibili = EdizioneLavoroAgile.objects.visibili_a(request.user).select_related("azienda")
    trovata: EdizioneLavoroAgile = get_object_or_404(visibili, slug=slug)
    return trovata


class Risorsa(Lettura):
    """A resource of the lavoro agile, read as a list and one by one."""

    ambito = "lavoro_agile"


class DellUnitaForma(Forma):
    """A row of a unit of the chart, or of one known by its printed name."""

    unita = serializers.IntegerField(source="unita_id", allow_null=True)
    unita_nome = serializers.CharField(source="unita.nome", allow_null=True)
    unita_stampata = serializers.CharField(help_text="Se l'unità non è nell'organigramma.")


class DiUnaPersonaForma(DellUnitaForma):
    """A row of somebody, by name where it is still kept."""

    persona = serializers.IntegerField(source="persona_id", allow_null=True)
    cognome = serializers.CharField(source="persona.last_name", allow_null=True)
    nome = serializers.CharField(source="persona.first_name", allow_null=True)
    codice = serializers.CharField(help_text="Al posto del nome, dove non si conserva più.")
    area = serializers.CharField(help_text="comparto o dirigenza.")
    profilo = serializers.CharField()


def due_decimali(quota: Decimal | None) -> Decimal | None:
    """A share as the pages write it."""
    return None if quota is None else quota.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


class ConteggioForma(Forma):
    """A count of people by name; null where it would give a small group away."""

    nome = serializers.CharField()
    quanti = serializers.IntegerField(
        allow_null=True, help_text="Nullo se farebbe riconoscere poche persone."
    )
