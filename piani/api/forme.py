# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of what comes in and goes out: the fields that all resources have in common."""

import base64
import binascii
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from piani.api.formato import CARICO_MASSIMO
from piani.models import Azienda, UnitaOrganizzativa


class Corpo(serializers.Serializer):
    """What a request sends: a field that nobody knows is refused, not ignored; so is a number in
    place of yes or no, even one that Python takes for it.
    """

    def to_internal_value(self, data: Any) -> Any:
        valori = super().to_internal_value(data)
        sbagliati = dict.fromkeys(
            sorted(data.keys() - self.fields.keys()), _("Questo campo non esiste.")
        )
        for nome, campo in self.fields.items():
            if isinstance(campo, serializers.BooleanField) and _una_cifra(data.get(nome)):
                sbagliati[nome] = campo.error_messages["invalid"]
        if sbagliati:
            raise serializers.ValidationError(sbagliati)
        return valori


def _una_cifra(dato: object) -> bool:
    return isinstance(dato, int | float | Decimal) and not isinstance(dato, bool)


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


class Spostamento(Corpo):
    """A row one place up or down among those beside it."""

    verso = serializers.ChoiceField(choices=["su", "giu"])

    def validate_verso(self, verso: str) -> int:
        return -1 if verso == "su" else 1


class InBase64(serializers.CharField):
    """The bytes of a file, written in base64."""

    def __init__(self, **come: Any) -> None:
        super().__init__(**{"max_length": CARICO_MASSIMO, "trim_whitespace": True} | come)

    def to_internal_value(self, data: Any) -> Any:
        try:
            return base64.b64decode(super().to_internal_value(data), validate=True)
        except (binascii.Error, ValueError) as errore:
            raise serializers.ValidationError(_("Il file si manda scritto in base64.")) from errore


class Lista(serializers.ListField):
    """Some things together, neither too few nor too many."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not_a_list": gettext_lazy("Qui va un elenco."),
        "empty": gettext_lazy("L'elenco è vuoto."),
        "min_length": gettext_lazy("L'elenco è troppo corto: almeno {min_length}."),
        "max_length": gettext_lazy("L'elenco è troppo lungo: al più {max_length}."),
    }


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
class Ora(serializers.TimeField):
    """An hour of the day, without seconds: «09:30»."""

    def __init__(self, **come: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **come)


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
