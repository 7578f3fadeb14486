# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the editions: what is given and what is sent."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from conciliazione.api.base import Euro
from conciliazione.azioni.edizione import PRIMO, ULTIMO
from conciliazione.predefinite import NOMI
from piani.api.forme import Corpo, Forma, MiaAzienda

ANNO = {"min_value": PRIMO, "max_value": ULTIMO}


@extend_schema_field({"type": "object", "additionalProperties": {}})
class Regole(serializers.DictField):
    """The rules as the file of an edition writes them."""


class EdizioneForma(Forma):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    azienda = serializers.CharField(source="azienda.codice")
    nome = serializers.CharField()
    anno_inizio = serializers.IntegerField()
    anno_fine = serializers.IntegerField()
    atto = serializers.CharField()
    atto_data = serializers.DateField(allow_null=True)
    dotazione = Euro(allow_null=True)
    stato = serializers.CharField(help_text="bozza, in_vigore o chiusa.")
    dimostrativa = serializers.BooleanField(help_text="Inventata per prova.")
    piano = serializers.CharField(
        source="piano.slug", allow_null=True, help_text="Il Piano territoriale fra i piani."
    )
    indirizzo = serializers.CharField(
        source="indirizzo.slug", allow_null=True, help_text="Il Documento di indirizzo."
    )
    parametri = Regole(help_text="Le regole, ciascuna con il suo articolo.")


class CambiaEdizione(Corpo):
    nome = serializers.CharField(max_length=200, required=False)
    anno_inizio = serializers.IntegerField(required=False, **ANNO)
    anno_fine = serializers.IntegerField(required=False, **ANNO)
    atto = serializers.CharField(max_length=200, allow_blank=True, required=False)
    atto_data = serializers.DateField(allow_null=True, required=False)
    dotazione = Euro(min_value=0, allow_null=True, required=False)
    parametri = Regole(
        required=False, allow_empty=False,
        help_text="Le regole che cambiano, ciascuna per intero; le altre restano. Non si cambiano "
        "schema, nome e fonte.",
    )  # fmt: skip


class NuovaEdizione(Corpo):
    azienda = MiaAzienda()
    nome = serializers.CharField(max_length=200)
    anno_inizio = serializers.IntegerField(**ANNO)
    anno_fine = serializers.IntegerField(**ANNO)
    atto = serializers.CharField(max_length=200, allow_blank=True, default="")
    atto_data = serializers.DateField(allow_null=True, default=None)
    dotazione = Euro(min_value=0, allow_null=True, default=None)
    pronte = serializers.ChoiceField(
        choices=NOMI, required=False, help_text="Le regole che il programma ha già pronte."
    )
    copia_da = serializers.SlugField(
        max_length=80, required=False, help_text="L'edizione di cui copiare le regole."
    )

    def validate(self, dati: dict[str, Any]) -> dict[str, Any]:
        if ("pronte" in dati) == ("copia_da" in dati):
            raise serializers.ValidationError(
                {"copia_da": _("Le regole vengono da «pronte» oppure da «copia_da»: uno dei due.")}
            )
        return dati
