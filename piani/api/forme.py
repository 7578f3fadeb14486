# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of what comes in and goes out: the fields that all resources have in common."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from piani.models import Azienda, UnitaOrganizzativa


class Corpo(serializers.Serializer):
    """What a request sends: a field that nobody knows is refused, not ignored."""

    def to_internal_value(self, data: Any) -> Any:
        valori = super().to_internal_value(data)
        ignoti = data.keys() - self.fields.keys()
        if ignoti:
            raise serializers.ValidationError(
                {nome: _("Questo campo non esiste.") for nome in sorted(ignoti)}
            )
        return valori


class Forma(serializers.Serializer):
    """What is given. ``calcolati``: the fields that are not columns."""

    calcolati: ClassVar[tuple[str, ...]] = ()


class Numero(serializers.DecimalField):
    """An exact number, as the tables hold it."""

    def __init__(self, max_digits: int = 15, decimal_places: int = 4, **come: Any) -> None:
        super().__init__(max_digits, decimal_places, coerce_to_string=False, **come)


class Peso(Numero):
    """A weight out of 100."""

    def __init__(self, **come: Any) -> None:
        come = {"required": False, "allow_null": True} | come
        super().__init__(5, 2, min_value=0, max_value=100, **come)


class MiaAzienda(serializers.SlugRelatedField):
    """An azienda of who asks, by its code."""

    def __init__(self, **come: Any) -> None:
        if not come.get("read_only"):
            come["queryset"] = Azienda.objects.all()
        super().__init__(slug_field="codice", **come)

    def get_queryset(self) -> Any:
        return Azienda.objects.visibili_a(self.context["request"].user)


class MiaUnita(serializers.PrimaryKeyRelatedField):
    """A unit of an azienda of who asks, by its key."""

    def __init__(self, **come: Any) -> None:
        if not come.get("read_only"):
            come["queryset"] = UnitaOrganizzativa.objects.all()
        super().__init__(**come)

    def get_queryset(self) -> Any:
        visibili = UnitaOrganizzativa.objects.visibili_a(self.context["request"].user)
        return visibili.select_related("organigramma__azienda")


class Collegamento(Forma):
    """Something named inside something else."""

    id = serializers.IntegerField()
    codice = serializers.CharField()
    nome = serializers.CharField()
